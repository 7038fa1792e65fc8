//! Lists, and strings with a grammar of their own, in a document.

use ackground_core::experiment::json::Json;
use ackground_core::experiment::mistake::{At, Found};

/// Reads a list and records what is wrong with it or in it. Each item comes with its index.
pub(super) fn list<T>(
    json: &Json,
    at: &At<'_>,
    found: &mut Found,
    min: usize,
    max: usize,
    mut read: impl FnMut(&Json, &At<'_>, &mut Found) -> Option<T>,
) -> Vec<(usize, T)> {
    match json {
        Json::List(items) if (min..=max).contains(&items.len()) => {
            let items = items.iter().enumerate();
            let read = items.filter_map(|(i, item)| Some((i, read(item, &at.index(i), found)?)));
            read.collect()
        }
        Json::List(items) => {
            let count = items.len();
            let message = format!("{count} items are not allowed; a list of {min} to {max} items");
            found.add(at, message);
            Vec::new()
        }
        other => {
            let message =
                format!("{} is not allowed; a list of {min} to {max} items", other.show());
            found.add(at, message);
            Vec::new()
        }
    }
}

/// Reads a string with a grammar of its own.
pub(super) fn line<T, E: std::fmt::Display>(
    json: &Json,
    at: &At<'_>,
    found: &mut Found,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Option<T> {
    match json {
        Json::Text(text) => read(text).map_err(|error| found.add(at, error.to_string())).ok(),
        other => {
            found.add(at, format!("{} is not allowed; a line of text", other.show()));
            None
        }
    }
}

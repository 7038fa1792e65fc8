//! Where an experiment comes from: a file, standard input or a share link.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::experiment::link::looks_like_link;
use crate::experiment::{Experiment, LONGEST_DOCUMENT};

/// The longest text that is read, in bytes: a link is longer than the document that it holds.
const LONGEST_TEXT: u64 = 2 * LONGEST_DOCUMENT as u64;

/// Reads the experiment that an argument names, or tells what is wrong with it.
pub(super) fn read(name: &OsStr, stdin: &mut dyn Read) -> Result<Experiment, String> {
    if let Some(link) = name
        .to_str()
        .filter(|text| looks_like_link(text) && !Path::new(name).is_file())
    {
        return of_link(link);
    }
    let shown = name.to_string_lossy();
    let (text, whence) = if name == "-" {
        (text(stdin), "standard input".into())
    } else {
        (File::open(name).and_then(|mut file| text(&mut file)), shown)
    };
    let text = text.map_err(|error| format!("{whence} cannot be read: {error}"))?;
    // A link can come through a pipe as well; a document may hold an address, but never begins with one.
    if !text.trim_start().starts_with('{') && looks_like_link(&text) {
        return of_link(&text);
    }
    Experiment::from_json(&text)
        .map_err(|mistakes| format!("{whence} is not an experiment:\n{mistakes}"))
}

fn text(source: &mut dyn Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(LONGEST_TEXT).read_to_string(&mut text)?;
    Ok(text)
}

fn of_link(link: &str) -> Result<Experiment, String> {
    match Experiment::from_link(link) {
        Ok(Some(experiment)) => Ok(experiment),
        Ok(None) => Err("This address holds no experiment: nothing follows its #.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

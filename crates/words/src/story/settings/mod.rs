//! The long description of each setting, beyond its label: what it decides, what its values mean, and what
//! products call it.
//!
//! One file per part of the format, keyed by setting path. Tests check that they cover the format's own list
//! of fields.

use std::sync::OnceLock;

use ackground_core::experiment::Product;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::label::setting;

const TEXTS: [&str; 5] = [
    include_str!("run.json"),
    include_str!("faults.json"),
    include_str!("producer.json"),
    include_str!("broker.json"),
    include_str!("consumer.json"),
];

/// All descriptions, file by file. Never inlined: the callers are in the page's first chunk, and the texts are
/// not.
#[inline(never)]
fn files() -> &'static [Json] {
    static FILES: OnceLock<Vec<Json>> = OnceLock::new();
    FILES.get_or_init(|| {
        let read = |text: &&str| serde_json::from_str(text).expect("the files are JSON");
        TEXTS.iter().map(read).collect()
    })
}

/// The description of the setting at a path, with or without the lane.
fn said(path: &str) -> Option<&'static Json> {
    let path = setting(path)?.path.as_str();
    files().iter().find_map(|file| file.get(path))
}

fn text(json: &'static Json) -> Option<&'static str> {
    if let Json::Text(text) = json { Some(text) } else { None }
}

/// What a setting decides, and with what consequence.
///
/// ```
/// let sentence = ackground_words::story::sentence("consumer.batch").expect("it is part of the format");
/// assert!(sentence.starts_with("How many messages are fetched"));
/// ```
pub fn sentence(path: &str) -> Option<&'static str> {
    text(said(path)?.get("sentence")?)
}

/// What a value of a setting, as the format writes it, means; falls back to what the setting decides if the value
/// has no description.
pub fn meaning(path: &str, value: &str) -> Option<&'static str> {
    let said = said(path)?;
    let own = said.get("values").and_then(|values| values.get(value));
    text(own.or_else(|| said.get("sentence"))?)
}

/// A setting's name in each product, with its default in square brackets; products without such a setting are left
/// out.
pub fn in_products(path: &str) -> Vec<(Product, &'static str)> {
    let theirs = said(path).and_then(|said| said.get("products"));
    let of = |product: &Product| Some((*product, text(theirs?.get(product.name())?)?));
    Product::ALL.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ackground_core::experiment::label::{Setting, settings};

    use super::*;

    fn fields(json: Option<&Json>) -> &[(String, Json)] {
        match json {
            Some(Json::Object(fields)) => fields,
            _ => &[],
        }
    }

    #[test]
    fn something_is_said_about_every_setting_and_about_nothing_else() {
        let all = files().iter().flat_map(|file| fields(Some(file)));
        let told: Vec<&str> = all.map(|(path, _)| path.as_str()).collect();
        let there: BTreeSet<&str> = settings().map(|setting| setting.path.as_str()).collect();
        assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), there);
        assert_eq!(told.len(), there.len(), "each once");
    }

    #[test]
    fn something_is_said_about_every_value_with_a_label_and_about_no_other() {
        for setting in settings() {
            let values = fields(said(&setting.path).and_then(|said| said.get("values")));
            let told: Vec<&str> = values.iter().map(|(value, _)| value.as_str()).collect();
            let named: Vec<&str> = setting.named().map(|(value, _)| value).collect();
            assert_eq!(told, named, "{}", setting.path);
        }
    }

    #[test]
    fn sentences_end() {
        let ends = |text: &str| text.ends_with('.') && !text.contains("  ");
        for Setting { path, .. } in settings() {
            let said = said(path).expect("the files are complete");
            assert!(sentence(path).is_some_and(ends), "{path}");
            for (value, meaning) in fields(said.get("values")) {
                assert!(matches!(meaning, Json::Text(text) if ends(text)), "{path} {value}");
            }
        }
    }

    #[test]
    fn products_come_in_their_order_and_once() {
        for Setting { path, .. } in settings() {
            let told = said(path).and_then(|said| said.get("products"));
            let told: Vec<&str> = fields(told).iter().map(|(name, _)| name.as_str()).collect();
            let known = in_products(path);
            let known: Vec<&str> = known.iter().map(|(product, _)| product.name()).collect();
            assert_eq!(told, known, "{path}");
        }
    }
}

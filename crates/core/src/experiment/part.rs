//! How a value of the format is read over a base, and written as the difference from it.
//!
//! Fields that a document leaves out fall back to a base (a preset, or the defaults), and a value
//! is written as its difference from that base: one rule for every depth. This file owns that rule
//! and the description of what is allowed ([`Shape`]); the leaf types are in `value`, records are
//! made by `record!`.

use std::fmt;

use super::json::Json;
use super::mistake::{At, Found, either, nearest};
use super::settings::Topic;

/// A value of the format with a place of its own: a leaf, or a record of leaves.
pub trait Part: Clone + PartialEq {
    /// What is allowed here.
    fn shape() -> Shape;

    /// Applies what the document says as a patch. Whatever it leaves out or gets wrong stays as it
    /// was, and every mistake is noted with its path.
    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found);

    /// What differs from `base`; `None` when nothing does.
    fn diff(&self, base: &Self) -> Option<Json>;

    /// The whole value, every field written out.
    fn write(&self) -> Json;
}

/// A [`Part`] that is accepted or refused as a whole.
pub trait Leaf: Clone + PartialEq {
    /// What is allowed here.
    fn allowed() -> Shape;
    /// The value, if it is valid.
    fn from_json(json: &Json) -> Option<Self>;
    /// The value as written in a document.
    fn to_json(&self) -> Json;
}

impl<T: Leaf> Part for T {
    fn shape() -> Shape {
        T::allowed()
    }

    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        match T::from_json(json) {
            Some(value) => *self = value,
            None => found.add(at, refusal(json, &T::allowed())),
        }
    }

    fn diff(&self, base: &Self) -> Option<Json> {
        (self != base).then(|| self.to_json())
    }

    fn write(&self) -> Json {
        self.to_json()
    }
}

/// `2000 is not allowed; a whole number from 0 to 1000 or "unlimited"`
pub fn refusal(json: &Json, shape: &Shape) -> String {
    let meant = match json {
        Json::Text(text) => nearest(text, shape.words()),
        _ => None,
    };
    match meant {
        // A long list would bury the word that was meant.
        Some(word) if shape.words().len() > 12 => {
            format!("{} is not allowed; did you mean \"{word}\"?", json.show())
        }
        Some(word) => format!("{} is not allowed; did you mean \"{word}\"? ({shape})", json.show()),
        None => format!("{} is not allowed; {shape}", json.show()),
    }
}

/// The notation for "no difference": an empty object for a record, otherwise the value itself.
pub fn nothing<T: Part>(value: &T) -> Json {
    match T::shape() {
        Shape::Record(_) => Json::Object(Vec::new()),
        _ => value.write(),
    }
}

/// The difference from `base`, which has the same fields; always includes the `needed` ones.
pub fn sparse(whole: Json, base: Json, needed: &[&str]) -> Json {
    let (Json::Object(whole), Json::Object(base)) = (whole, base) else {
        unreachable!("a record writes itself as an object");
    };
    let fields = whole.into_iter().zip(base);
    let told = fields.filter(|(field, usual)| needed.contains(&field.0.as_str()) || field != usual);
    Json::Object(told.map(|(field, _)| field).collect())
}

/// Notes each required field that an object leaves out.
pub fn require(json: &Json, at: &At<'_>, found: &mut Found, fields: &[FieldInfo], needed: &[&str]) {
    if !matches!(json, Json::Object(_)) {
        return; // What is not an object at all has its own mistake.
    }
    for field in fields {
        if needed.contains(&field.name) && json.get(field.name).is_none() {
            let message = format!("is missing; {}", (field.shape)());
            found.add(&at.field(field.name), message);
        }
    }
}

/// The message for an unknown field.
pub fn unknown_field(name: &str, known: &[&'static str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(word) => format!("is not a field here; did you mean \"{word}\"?"),
        None => format!("is not a field here; allowed: {}", known.join(", ")),
    }
}

/// Visits the fields of an object; `take` returns whether it knew the field. Unknown fields,
/// repeated fields and anything that is not an object are noted.
pub fn each_field(
    json: &Json,
    at: &At<'_>,
    found: &mut Found,
    known: &[&'static str],
    mut take: impl FnMut(&str, &Json, &At<'_>, &mut Found) -> bool,
) {
    let Json::Object(fields) = json else {
        found.add(at, format!("{} is not allowed; an object", json.show()));
        return;
    };
    for (i, (name, value)) in fields.iter().enumerate() {
        let here = at.field(name);
        // Only among the first few: a record has fewer fields than that, so a later field is either
        // unknown or repeats one of them, and a hostile object cannot make this quadratic.
        let repeated = fields[..i.min(64)].iter().any(|(other, _)| other == name);
        if repeated {
            found.add(&here, "is given twice");
        } else if !take(name, value, &here, found) {
            found.add(&here, unknown_field(name, known));
        }
    }
}

impl Leaf for bool {
    fn allowed() -> Shape {
        Shape::Flag
    }
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Flag(flag) => Some(*flag),
            _ => None,
        }
    }
    fn to_json(&self) -> Json {
        Json::Flag(*self)
    }
}

/// `null` is `None`.
impl<T: Leaf> Leaf for Option<T> {
    fn allowed() -> Shape {
        Shape::OrNull(Box::new(T::allowed()))
    }
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            json => T::from_json(json).map(Some),
        }
    }
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::to_json)
    }
}

/// One field of a record.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Its name in the document.
    pub name: &'static str,
    /// What it means, in one or two sentences; empty in Wasm, where nobody asks for a schema.
    pub doc: &'static str,
    /// What it allows.
    pub shape: fn() -> Shape,
    /// The setting's name, short enough for a label; empty if it is not a setting.
    pub label: &'static str,
    /// The setting's word in a readable link; empty if it has a place of its own there.
    pub link: &'static str,
    /// The words of its choice that identify the setting in a link without its key.
    pub alone: &'static [&'static str],
    /// Labels of its values, other than the words of a choice, by value as the document writes it.
    pub named: &'static [(&'static str, &'static str)],
    /// Its topic; none for those that decide most.
    pub topic: Option<Topic>,
}

impl FieldInfo {
    /// A field as `record!` declares it.
    pub const fn new(name: &'static str, doc: &'static str, shape: fn() -> Shape) -> Self {
        let doc = for_schema(doc);
        FieldInfo { name, doc, shape, label: "", link: "", alone: &[], named: &[], topic: None }
    }

    /// Adds the setting's name.
    pub const fn label(self, label: &'static str) -> Self {
        FieldInfo { label, ..self }
    }

    /// Adds the setting's word in a readable link.
    pub const fn link(self, link: &'static str) -> Self {
        FieldInfo { link, ..self }
    }

    /// Adds words that stand in a link without the key.
    pub const fn alone(self, alone: &'static [&'static str]) -> Self {
        FieldInfo { alone, ..self }
    }

    /// Adds labels of values.
    pub const fn named(self, named: &'static [(&'static str, &'static str)]) -> Self {
        FieldInfo { named, ..self }
    }

    /// Adds the topic.
    pub const fn topic(self, topic: Topic) -> Self {
        FieldInfo { topic: Some(topic), ..self }
    }
}

/// Called for a record of settings, so that one without a label does not compile.
pub(super) const fn labelled(fields: &[FieldInfo]) {
    let mut at = 0;
    while at < fields.len() {
        assert!(!fields[at].label.is_empty(), "a setting has no label: #[setting(\"…\")]");
        at += 1;
    }
}

/// Visits every field below these with its path, a record before its own fields.
pub fn each_below(
    above: &str,
    fields: &'static [FieldInfo],
    take: &mut dyn FnMut(String, &'static FieldInfo, Shape),
) {
    for field in fields {
        let path = match above {
            "" => field.name.to_owned(),
            above => format!("{above}.{}", field.name),
        };
        let shape = (field.shape)();
        let below = if let Shape::Record(below) = shape { below } else { &[] };
        take(path.clone(), field, shape);
        each_below(&path, below, take);
    }
}

/// One word of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WordInfo {
    /// The word in the document.
    pub word: &'static str,
    /// What it means; empty in Wasm, like that of a field.
    pub doc: &'static str,
    /// What it is called next to the label of its setting; empty if it speaks for itself.
    pub label: &'static str,
}

impl WordInfo {
    /// A word as `choice!` declares it.
    pub const fn new(word: &'static str, doc: &'static str) -> Self {
        let doc = for_schema(doc);
        WordInfo { word, doc, label: "" }
    }

    /// Adds the label.
    pub const fn label(self, label: &'static str) -> Self {
        WordInfo { label, ..self }
    }
}

/// Documentation for the schema, which the command line generates and the page does not: it would
/// only slow down the page's first load.
const fn for_schema(doc: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { doc }
}

/// What is allowed in a place. As text it completes an error: "a whole number from 1 to 8".
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole {
        /// The minimum.
        min: u64,
        /// The maximum.
        max: u64,
    },
    /// A whole number, or a word that stands for none.
    Limit {
        /// The minimum.
        min: u64,
        /// The maximum.
        max: u64,
        /// The word.
        word: &'static str,
    },
    /// Any number in a range.
    Number {
        /// The minimum.
        min: u64,
        /// The maximum.
        max: u64,
    },
    /// A list of two whole numbers, the first not above the second.
    Range {
        /// The maximum.
        max: u64,
    },
    /// One of several words.
    Words(&'static [WordInfo]),
    /// A text.
    Text {
        /// The maximum number of characters.
        longest: usize,
    },
    /// A short id: lower-case letters, digits, `-` and `_`, a letter first.
    Id,
    /// Lines of the fault script.
    Lines {
        /// The maximum number of lines.
        most: usize,
    },
    /// A list.
    List {
        /// The minimum number of items.
        min: usize,
        /// The maximum number of items.
        max: usize,
        /// What each item is.
        of: Box<Shape>,
    },
    /// What another shape allows, or `null`.
    OrNull(Box<Shape>),
    /// What either of two shapes allows.
    Or(Box<Shape>, Box<Shape>),
    /// An object with these fields, all of them optional.
    Record(&'static [FieldInfo]),
}

impl Shape {
    /// The words that it allows.
    fn words(&self) -> Vec<&'static str> {
        match self {
            Shape::Words(words) => words.iter().map(|info| info.word).collect(),
            Shape::Limit { word, .. } => vec![word],
            Shape::OrNull(shape) => shape.words(),
            Shape::Or(one, other) => [one.words(), other.words()].concat(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Flag => f.write_str("true or false"),
            Shape::Whole { min, max } => write!(f, "a whole number from {min} to {max}"),
            Shape::Limit { min, max, word } => {
                write!(f, "a whole number from {min} to {max} or \"{word}\"")
            }
            Shape::Number { min, max } => write!(f, "a number from {min} to {max}"),
            Shape::Range { max } => write!(
                f,
                "a list of two whole numbers from 0 to {max}, the first not above the second"
            ),
            Shape::Words(words) => {
                let quoted: Vec<String> = words.iter().map(|w| format!("\"{}\"", w.word)).collect();
                f.write_str(&either(quoted.iter().map(String::as_str)))
            }
            Shape::Text { longest } => write!(f, "a text of at most {longest} characters"),
            Shape::Id => f.write_str(
                "a text of 1 to 40 characters from a-z, 0-9, - and _, the first one a letter",
            ),
            Shape::Lines { most } => write!(f, "a list of at most {most} lines of text"),
            Shape::List { min, max, .. } => write!(f, "a list of {min} to {max} items"),
            Shape::OrNull(shape) => write!(f, "{shape}, or null"),
            Shape::Or(one, other) => write!(f, "{one}, or {other}"),
            Shape::Record(_) => f.write_str("an object"),
        }
    }
}

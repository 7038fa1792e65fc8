//! Texts of limited length, and ids.

use std::fmt;
use std::ops::Deref;

use super::serde_of_leaf;
use crate::experiment::json::Json;
use crate::experiment::part::{Leaf, Shape};

/// A text of at most `LONGEST` characters (Unicode scalar values). Derefs to `str`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const LONGEST: usize>(String);

impl<const LONGEST: usize> Text<LONGEST> {
    /// The text, if it is not too long.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        text.chars().nth(LONGEST).is_none().then_some(Text(text))
    }

    /// The text, cut to the longest length: for what a person types.
    pub fn cut(text: &str) -> Self {
        Text(text.chars().take(LONGEST).collect())
    }
}

impl<const LONGEST: usize> Deref for Text<LONGEST> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const LONGEST: usize> fmt::Debug for Text<LONGEST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const LONGEST: usize> fmt::Display for Text<LONGEST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const LONGEST: usize> Leaf for Text<LONGEST> {
    fn allowed() -> Shape {
        Shape::Text { longest: LONGEST }
    }
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Text(text) => Text::new(text.as_str()),
            _ => None,
        }
    }
    fn to_json(&self) -> Json {
        Json::text(self.0.as_str())
    }
}

serde_of_leaf!([const LONGEST: usize] Text<LONGEST>);

/// A short name that fits into one word of a script line or an address: 1 to 40 characters from
/// a-z, 0-9, `-` and `_`, starting with a letter. Derefs to `str`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id, if the text is a valid one.
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_lowercase());
        let plain = |c: u8| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        (fits && text.bytes().all(plain)).then(|| Id(text.to_owned()))
    }

    /// An id known to be valid.
    ///
    /// # Panics
    ///
    /// If it is not.
    pub fn of(text: &str) -> Self {
        Id::new(text).expect("the program's own ids are written right")
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Id {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Leaf for Id {
    fn allowed() -> Shape {
        Shape::Id
    }
    fn from_json(json: &Json) -> Option<Self> {
        match json {
            Json::Text(text) => Id::new(text),
            _ => None,
        }
    }
    fn to_json(&self) -> Json {
        Json::text(self.0.as_str())
    }
}

serde_of_leaf!([] Id);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_text_is_counted_in_characters() {
        assert!(Text::<3>::new("äöü").is_some());
        assert!(Text::<3>::new("äöüa").is_none());
        assert_eq!(&*Text::<3>::cut("äöüa"), "äöü");
    }

    #[test]
    fn an_id_is_one_plain_word() {
        for text in ["credit", "a", "step-2", "b_1"] {
            assert!(Id::new(text).is_some(), "{text}");
        }
        let long = "a".repeat(41);
        for text in ["", "2nd", "-a", "Credit", "a b", "a#1", "ä", long.as_str()] {
            assert!(Id::new(text).is_none(), "{text}");
        }
    }
}

//! The choices in the teachers' view: which part is open, and what is presented.

use crate::state::taken::Taken;
use ackground_core::experiment::value::Id;

ackground_core::words! {
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ClassPart {
        #[default]
        Guide = "guide",
        /// Create an exercise.
        Build = "build",
        /// Present a lesson or an exercise in class.
        Present = "present",
        /// Mark submissions.
        Mark = "mark",
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassChoices {
    pub part: ClassPart,
    /// The id of the lesson or built-in exercise to present, or `None` for the draft exercise. The id is not
    /// checked here and may not exist.
    pub of: Option<Id>,
}

impl ClassChoices {
    pub(crate) fn write(&self) -> Vec<(&'static str, String)> {
        let mut keys = Vec::new();
        if self.part != ClassPart::default() {
            keys.push(("part", self.part.word().to_owned()));
        }
        if let Some(id) = &self.of {
            keys.push(("of", id.to_string()));
        }
        keys
    }

    pub(crate) fn take(&mut self, key: &str, value: &str) -> Taken {
        match key {
            "part" => match ClassPart::from_word(value) {
                Some(part) => self.part = part,
                None => {
                    let words = ClassPart::ALL.map(ClassPart::word);
                    return Taken::BadValue(words.join(", "));
                }
            },
            "of" => match Id::new(value) {
                Some(id) => self.of = Some(id),
                None => return Taken::BadValue("the ID of a lesson or an exercise".to_owned()),
            },
            _ => return Taken::UnknownKey,
        }
        Taken::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for part in ClassPart::ALL {
            for of in [None, Id::new("two-generals")] {
                let choices = ClassChoices { part, of };
                let mut read = ClassChoices::default();
                for (key, value) in choices.write() {
                    assert_eq!(read.take(key, &value), Taken::Yes);
                }
                assert_eq!(read, choices);
            }
        }
        let mut read = ClassChoices::default();
        assert!(matches!(read.take("part", "party"), Taken::BadValue(_)));
        assert!(matches!(read.take("of", "a b"), Taken::BadValue(_)));
        assert_eq!(read.take("seed", "1"), Taken::UnknownKey);
    }
}

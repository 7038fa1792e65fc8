//! What is chosen in the view for teachers: which part of it, and what is presented.

use crate::state::taken::Taken;
use ackground_core::experiment::value::Id;

ackground_core::words! {
    /// A part of the view for teachers.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ClassPart {
        /// The teacher's guide.
        #[default]
        Guide = "guide",
        /// Make an exercise.
        Build = "build",
        /// Show a lesson or an exercise to a class.
        Present = "present",
        /// Mark what was handed in.
        Mark = "mark",
    }
}

/// Which part, and what is presented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassChoices {
    /// The part that is shown.
    pub part: ClassPart,
    /// The id of the lesson or the built-in exercise that is presented; the exercise that is being made
    /// if there is none. Whether there is such a one is not the address's to know.
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
                None => return Taken::BadValue("the id of a lesson or an exercise".to_owned()),
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

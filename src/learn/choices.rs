//! The choices in Learn: the list, a lesson and the step reached, or an exercise.
//!
//! | key | value |
//! |---|---|
//! | `lesson` | the id of a lesson |
//! | `step` | the step reached, from 1 |
//! | `exercise` | the id of a built-in exercise, or an encoded one, `x1.…` |
//! | `variant` | the seed of a student's variant of the exercise |

use std::rc::Rc;

use crate::state::taken::Taken;
use ackground_core::experiment::Seed;
use ackground_learn::exercise::{EXERCISE_FORM, Exercise, built_in, built_in_ids};
use ackground_learn::text::ENGLISH;

/// The prefix of an encoded exercise.
const PACKED: &str = "x1.";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Learning {
    /// The list of everything.
    #[default]
    List,
    Lesson(&'static str),
    BuiltIn(&'static str),
    /// An exercise from a link: the value of `exercise=`.
    Linked(Rc<str>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnChoices {
    pub open: Learning,
    /// The step reached in a lesson, from 1.
    pub step: u16,
    pub variant: Option<Seed>,
}

impl Default for LearnChoices {
    fn default() -> LearnChoices {
        LearnChoices { open: Learning::List, step: 1, variant: None }
    }
}

impl LearnChoices {
    /// An upper bound for every lesson.
    pub const MOST_STEPS: u16 = 200;

    /// A lesson at its first step.
    pub fn lesson(id: &'static str) -> LearnChoices {
        LearnChoices::of(Learning::Lesson(id))
    }

    pub fn exercise(id: &'static str) -> LearnChoices {
        LearnChoices::of(Learning::BuiltIn(id))
    }

    fn of(open: Learning) -> LearnChoices {
        LearnChoices { open, ..LearnChoices::default() }
    }

    /// An exercise from a document, or the built-in exercise if it is equal to one.
    pub fn given(exercise: &Exercise) -> LearnChoices {
        let known = built_in_ids().find(|id| *id == exercise.id.as_str());
        if let Some(id) = known.filter(|id| built_in(id, &ENGLISH).as_ref() == Some(exercise)) {
            return LearnChoices::exercise(id);
        }
        let link = exercise.to_link();
        let packed = link.split_once('=').map_or("", |(_, packed)| packed);
        LearnChoices::of(Learning::Linked(packed.into()))
    }

    /// Whether a key and value of an address name a lesson or an exercise, valid or not.
    pub fn leads(key: &str, value: &str) -> bool {
        match key {
            "lesson" => ENGLISH.lessons.iter().any(|(id, _)| *id == value),
            "exercise" => value.starts_with(PACKED) || built_in_ids().any(|id| id == value),
            _ => false,
        }
    }

    #[must_use]
    pub fn at_step(&self, step: u16) -> LearnChoices {
        LearnChoices { step: step.clamp(1, Self::MOST_STEPS), ..self.clone() }
    }

    /// The open exercise, before a variant is applied; `None` if none is open.
    pub fn opened(&self) -> Option<Exercise> {
        match &self.open {
            Learning::BuiltIn(id) => built_in(id, &ENGLISH),
            Learning::Linked(packed) => linked(packed).ok(),
            Learning::List | Learning::Lesson(_) => None,
        }
    }

    /// Whether a key belongs to Learn only, so that a link may omit the view.
    pub fn owns(key: &str) -> bool {
        matches!(key, "lesson" | "exercise")
    }

    /// As key-value pairs.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        let mut keys = Vec::new();
        match &self.open {
            Learning::List => return keys,
            Learning::Lesson(id) => {
                keys.push(("lesson", (*id).to_owned()));
                if self.step > 1 {
                    keys.push(("step", self.step.to_string()));
                }
                return keys;
            }
            Learning::BuiltIn(id) => keys.push(("exercise", (*id).to_owned())),
            Learning::Linked(packed) => keys.push(("exercise", packed.to_string())),
        }
        if let Some(seed) = self.variant {
            keys.push(("variant", seed.get().to_string()));
        }
        keys
    }

    /// Applies a key.
    pub fn take(&mut self, key: &str, value: &str) -> Taken {
        match key {
            "lesson" => {
                let known = ENGLISH.lessons.iter().find(|(id, _)| *id == value);
                match known {
                    Some((id, _)) => self.open = Learning::Lesson(id),
                    None => return Taken::BadValue("the ID of a lesson".to_owned()),
                }
            }
            "step" => match value.parse() {
                Ok(step) if (1..=Self::MOST_STEPS).contains(&step) => self.step = step,
                _ => return Taken::BadValue(format!("1 to {}", Self::MOST_STEPS)),
            },
            "exercise" => {
                if let Some(id) = built_in_ids().find(|id| *id == value) {
                    self.open = Learning::BuiltIn(id);
                    return Taken::Yes;
                }
                match linked(value) {
                    Ok(_) => self.open = Learning::Linked(value.into()),
                    Err(why) => return Taken::BadValue(why),
                }
            }
            "variant" => match value.parse().ok().and_then(Seed::new) {
                Some(seed) => self.variant = Some(seed),
                None => return Taken::BadValue("a seed".to_owned()),
            },
            _ => return Taken::UnknownKey,
        }
        Taken::Yes
    }

    /// Parses what [`LearnChoices::written`] returns; `None` if nothing in it is known.
    pub fn of_written(text: &str) -> Option<LearnChoices> {
        let mut choices = LearnChoices::default();
        for part in text.split('&') {
            let (key, value) = part.split_once('=')?;
            if choices.take(key, value) != Taken::Yes {
                return None;
            }
        }
        (choices.open != Learning::List).then_some(choices)
    }

    /// All pairs in one string: `lesson=offsets&step=3`.
    pub fn written(&self) -> String {
        let keys = self.write().into_iter();
        let keys: Vec<String> = keys.map(|(key, value)| format!("{key}={value}")).collect();
        keys.join("&")
    }
}

/// Decodes an exercise, or says what is wrong with it.
fn linked(packed: &str) -> Result<Exercise, String> {
    let whole = format!("exercise={packed}");
    match whole.starts_with(EXERCISE_FORM).then(|| Exercise::from_link(&whole)) {
        Some(Some(Ok(exercise))) => Ok(exercise),
        Some(Some(Err(why))) => Err(format!("an exercise that is whole; this one is not: {why}")),
        _ => Err("the ID of an exercise, or a link of one".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read_as_it_is_written() {
        let packed = built_in("lose-one", &ENGLISH).expect("it is built in");
        let packed = packed.to_link();
        let packed = packed.strip_prefix("exercise=").expect("its key");
        let linked = LearnChoices::of(Learning::Linked(packed.into()));
        let variant = LearnChoices { variant: Seed::new(7), ..LearnChoices::exercise("lose-one") };
        for choices in [
            LearnChoices::lesson("offsets"),
            LearnChoices::lesson("offsets").at_step(4),
            linked,
            variant,
        ] {
            let read = LearnChoices::of_written(&choices.written());
            assert_eq!(read, Some(choices));
        }
        assert_eq!(LearnChoices::of_written(""), None);
    }

    #[test]
    fn a_document_is_the_exercise_that_is_built_in_or_one_of_its_own() {
        let known = built_in("lose-one", &ENGLISH).expect("it is built in");
        assert_eq!(LearnChoices::given(&known), LearnChoices::exercise("lose-one"));
        let own = Exercise { level: ackground_learn::exercise::Level::of(5), ..known };
        let choices = LearnChoices::given(&own);
        assert_eq!(choices.opened(), Some(own));
        assert!(matches!(&choices.open, Learning::Linked(packed) if packed.starts_with(PACKED)));
    }

    #[test]
    fn what_there_is_not_is_refused_with_what_there_is() {
        let mut choices = LearnChoices::default();
        for (key, value) in [
            ("lesson", "gardening"),
            ("step", "0"),
            ("exercise", "gardening"),
            ("exercise", "x1.broken"),
            ("variant", "-1"),
        ] {
            let taken = choices.take(key, value);
            assert!(matches!(taken, Taken::BadValue(_)), "{key}={value}: {taken:?}");
        }
        assert_eq!(choices, LearnChoices::default());
        assert_eq!(choices.take("colour", "red"), Taken::UnknownKey);
    }
}

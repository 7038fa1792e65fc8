//! What is chosen in Learn: the list, a lesson and how far it is read, or an exercise.
//!
//! | key | value |
//! |---|---|
//! | `lesson` | the id of a lesson |
//! | `step` | how far it is read, from 1 |
//! | `exercise` | the id of a built-in exercise, or one that is packed, `x1.…` |
//! | `variant` | the seed of a student's own variant of the exercise |

use std::rc::Rc;

use crate::state::taken::Taken;
use ackground_core::experiment::Seed;
use ackground_learn::exercise::{EXERCISE_FORM, Exercise, built_in, built_in_ids};
use ackground_learn::text::ENGLISH;

/// How an exercise begins that is packed.
const PACKED: &str = "x1.";

/// What is open in Learn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Learning {
    /// Everything that there is.
    #[default]
    List,
    /// A lesson.
    Lesson(&'static str),
    /// A built-in exercise.
    BuiltIn(&'static str),
    /// An exercise that came as a link: what follows `exercise=`.
    Linked(Rc<str>),
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnChoices {
    /// What is open.
    pub open: Learning,
    /// How far a lesson is read, from 1.
    pub step: u16,
    /// The variant of an exercise.
    pub variant: Option<Seed>,
}

impl Default for LearnChoices {
    fn default() -> LearnChoices {
        LearnChoices { open: Learning::List, step: 1, variant: None }
    }
}

impl LearnChoices {
    /// No lesson has more steps.
    pub const MOST_STEPS: u16 = 200;

    /// A lesson, from its first step.
    pub fn lesson(id: &'static str) -> LearnChoices {
        LearnChoices::of(Learning::Lesson(id))
    }

    /// A built-in exercise.
    pub fn exercise(id: &'static str) -> LearnChoices {
        LearnChoices::of(Learning::BuiltIn(id))
    }

    fn of(open: Learning) -> LearnChoices {
        LearnChoices { open, ..LearnChoices::default() }
    }

    /// An exercise that was given as a document: the built-in one, if it is that.
    pub fn given(exercise: &Exercise) -> LearnChoices {
        let known = built_in_ids().find(|id| *id == exercise.id.as_str());
        if let Some(id) = known.filter(|id| built_in(id, &ENGLISH).as_ref() == Some(exercise)) {
            return LearnChoices::exercise(id);
        }
        let link = exercise.to_link();
        let packed = link.split_once('=').map_or("", |(_, packed)| packed);
        LearnChoices::of(Learning::Linked(packed.into()))
    }

    /// Whether a part of an address leads to a lesson or an exercise, be it whole or broken.
    pub fn leads(key: &str, value: &str) -> bool {
        match key {
            "lesson" => ENGLISH.lessons.iter().any(|(id, _)| *id == value),
            "exercise" => value.starts_with(PACKED) || built_in_ids().any(|id| id == value),
            _ => false,
        }
    }

    /// The same lesson, read so far.
    #[must_use]
    pub fn at_step(&self, step: u16) -> LearnChoices {
        LearnChoices { step: step.clamp(1, Self::MOST_STEPS), ..self.clone() }
    }

    /// The exercise that is open, before a variant is made of it; `None` where none is.
    pub fn opened(&self) -> Option<Exercise> {
        match &self.open {
            Learning::BuiltIn(id) => built_in(id, &ENGLISH),
            Learning::Linked(packed) => linked(packed).ok(),
            Learning::List | Learning::Lesson(_) => None,
        }
    }

    /// Whether a key belongs to Learn and to no other view, so that a link needs not name the view.
    pub fn owns(key: &str) -> bool {
        matches!(key, "lesson" | "exercise")
    }

    /// As keys with their values.
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

    /// Takes a key over.
    pub fn take(&mut self, key: &str, value: &str) -> Taken {
        match key {
            "lesson" => {
                let known = ENGLISH.lessons.iter().find(|(id, _)| *id == value);
                match known {
                    Some((id, _)) => self.open = Learning::Lesson(id),
                    None => return Taken::BadValue("the id of a lesson".to_owned()),
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

    /// What these keys say, in one text, as [`LearnChoices::written`] has it; `None` if nothing of it is known.
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

    /// All keys in one text: `lesson=offsets&step=3`.
    pub fn written(&self) -> String {
        let keys = self.write().into_iter();
        let keys: Vec<String> = keys.map(|(key, value)| format!("{key}={value}")).collect();
        keys.join("&")
    }
}

/// The exercise that is packed; or what is wrong with it.
fn linked(packed: &str) -> Result<Exercise, String> {
    let whole = format!("exercise={packed}");
    match whole.starts_with(EXERCISE_FORM).then(|| Exercise::from_link(&whole)) {
        Some(Some(Ok(exercise))) => Ok(exercise),
        Some(Some(Err(why))) => Err(format!("an exercise that is whole; this one is not: {why}")),
        _ => Err("the id of an exercise, or a link of one".to_owned()),
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

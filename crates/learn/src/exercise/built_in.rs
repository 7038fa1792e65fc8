//! The built-in exercises: data here, texts in the folder of each language.
//!
//! A data file is an exercise in the public format without its title and texts; a text file has a `title`, a
//! `task` block, and a `question` block for each prediction, with a list item for each
//! option.

use super::{Exercise, Task, built_in_exercises};
use crate::text::{Block, Language, Sheet};
use ackground_core::experiment::Mistake;
use ackground_core::experiment::scenario::{Label, Prose};

macro_rules! exercises {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("built_in/", $id, ".json")))),*]
    };
}

/// From easy to hard.
const BUILT_IN: &[(&str, &str)] = built_in_exercises!(exercises!);

/// The ids of the built-in exercises, from easy to hard.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(id, _)| *id)
}

/// A built-in exercise with its texts in a language; `None` if there is none with this id.
///
/// ```
/// use ackground_learn::exercise::built_in;
/// use ackground_learn::text::ENGLISH;
///
/// let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
/// assert_eq!(&*exercise.title, "Charge a customer twice");
/// ```
pub fn built_in(id: &str, language: &Language) -> Option<Exercise> {
    let (_, data) = BUILT_IN.iter().find(|(known, _)| *known == id)?;
    // A test reads them all, with every text.
    let mut exercise = Exercise::from_json(data).ok()?;
    let text = language.exercise(id)?;
    exercise.read_text(id, text).ok()?;
    Some(exercise)
}

impl Exercise {
    /// Takes the title, the task and the questions from a text file.
    fn read_text(&mut self, name: &str, text: &str) -> Result<(), Mistake> {
        let sheet = Sheet::parse(name, text)?;
        let title = sheet.field("title").and_then(Label::new);
        self.title = title.ok_or_else(|| sheet.mistake(1, "title: is missing or too long"))?;
        let mut questions = self.predictions.iter_mut();
        for block in &sheet.blocks {
            match block.name {
                "task" => {
                    let task = Task::new(block.body);
                    self.text =
                        task.ok_or_else(|| sheet.mistake(block.line, "the task is too long"))?;
                }
                "question" => {
                    let asked = questions.next();
                    let asked =
                        asked.ok_or_else(|| sheet.mistake(block.line, "a question too many"))?;
                    let (question, options) = question(block);
                    if options.len() != asked.options.len() {
                        let count = asked.options.len();
                        let message = format!("this question has {count} options");
                        return Err(sheet.mistake(block.line, message));
                    }
                    asked.question = Prose::cut(&question);
                    for (option, text) in asked.options.iter_mut().zip(options) {
                        option.text = Prose::cut(&text);
                    }
                }
                _ => return Err(sheet.mistake(block.line, "there are task and question")),
            }
        }
        match questions.next() {
            Some(_) => Err(sheet.mistake(1, "a question is missing")),
            None => Ok(()),
        }
    }
}

/// The question and the items under it, each on one line.
fn question(block: &Block<'_>) -> (String, Vec<String>) {
    let (mut question, mut options) = (String::new(), Vec::<String>::new());
    for line in block.body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("- "), options.last_mut()) {
            (Some(option), _) => options.push(option.to_owned()),
            (None, Some(option)) => *option = format!("{option} {line}"),
            (None, None) if question.is_empty() => question = line.to_owned(),
            (None, None) => question = format!("{question} {line}"),
        }
    }
    (question, options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ENGLISH, LANGUAGES};

    #[test]
    fn every_exercise_is_whole_in_every_language() {
        for (id, data) in BUILT_IN {
            let exercise = Exercise::from_json(data).unwrap_or_else(|e| panic!("{id}: {e}"));
            assert_eq!(exercise.id.as_str(), *id, "a file is called as what is in it");
            for language in LANGUAGES {
                let text = language.exercise(id).unwrap_or_else(|| panic!("{id} has no text"));
                let mut whole = exercise.clone();
                whole.read_text(id, text).unwrap_or_else(|e| panic!("{id}: {e}"));
                assert!(!whole.text.is_empty() && !whole.title.is_empty(), "{id}");
                assert_eq!(Exercise::from_json(&whole.to_json()), Ok(whole), "{id}");
            }
        }
    }

    #[test]
    fn they_are_many_and_get_harder() {
        let levels: Vec<u64> =
            built_in_ids().filter_map(|id| Some(built_in(id, &ENGLISH)?.level.get())).collect();
        assert!(levels.len() >= 20 && levels.len() == BUILT_IN.len(), "{levels:?}");
        assert!(levels.is_sorted(), "{levels:?}");
        for level in 1..=5 {
            assert!(levels.contains(&level), "there is none of level {level}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused_with_its_line() {
        let mut exercise = built_in("lose-one", &ENGLISH).expect("it is built in");
        for (text, why) in [
            ("title: A\n\n== task\nX\n", "x:1: a question is missing"),
            ("title: A\n\n== question\nX\n- one\n", "x:3: this question has 3 options"),
            ("== task\nX\n", "x:1: title: is missing or too long"),
            ("title: A\n\n== tsk\nX\n", "x:3: there are task and question"),
        ] {
            let told = exercise.read_text("x", text).expect_err(why).to_string();
            assert_eq!(told, why);
        }
    }
}

//! Everything that a person reads in lessons and built-in exercises: plain text files, a folder per language.
//!
//! | file in the folder | holds |
//! |---|---|
//! | `ui.txt` | the words of the Learn views, `id = text` a line |
//! | `lessons/ID.txt` | a lesson, see [`Lesson`](super::lesson::Lesson) |
//! | `exercises/ID.txt` | the text of an exercise |
//! | `teacher.txt` | the teacher's guide |
//!
//! This file owns which texts there are and how one is found; [`Sheet`] the form of the files. What a text
//! says and where it is shown is not known here. Tests compare the list with the folder, languages with one
//! another, and the words of the views with the code that asks for them.

mod sheet;

use std::sync::OnceLock;

pub use sheet::{Block, Field, Sheet};

use crate::exercise::built_in_exercises;

/// A text with its id.
pub type Named = (&'static str, &'static str);

/// A language, with everything that is written in it.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Its tag and its folder: `en`.
    pub tag: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// The words of the views.
    ui: &'static str,
    /// The teacher's guide.
    pub teacher: &'static str,
    /// The lessons, in the order in which they are taught.
    pub lessons: &'static [Named],
    /// The texts of the exercises.
    pub exercises: &'static [Named],
}

/// The texts of a folder.
macro_rules! texts {
    ($folder:literal: $($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!($folder, "/", $id, ".txt")))),*]
    };
}

/// English, the language that every text is written in first.
pub static ENGLISH: Language = Language {
    tag: "en",
    name: "English",
    ui: include_str!("en/ui.txt"),
    teacher: include_str!("en/teacher.txt"),
    lessons: texts!("en/lessons":
        "messages",
        "post",
        "at-most-once",
        "at-least-once",
        "exactly-once",
        "acknowledgments",
        "offsets",
        "retries",
        "deduplication",
        "idempotent-consumer",
        "two-generals",
        "idempotent-producer",
        "transactions",
        "delivery-and-processing",
        "durability",
        "rebalances",
        "outbox",
        "choosing",
        "five-mistakes",
        "four-myths",
        "three-pitfalls",
    ),
    exercises: built_in_exercises!(texts! "en/exercises":),
};

/// Every language.
pub static LANGUAGES: &[&Language] = &[&ENGLISH];

impl Language {
    /// The lesson with this id, as it is written.
    pub fn lesson(&self, id: &str) -> Option<&'static str> {
        named(self.lessons, id)
    }

    /// The text of the exercise with this id, as it is written.
    pub fn exercise(&self, id: &str) -> Option<&'static str> {
        named(self.exercises, id)
    }

    /// The words of the views with their ids, in the order of the file.
    pub fn words(&self) -> impl Iterator<Item = Named> + use<> {
        words(self.ui)
    }
}

/// The words of a view, in English: `ui("predict.ask")`. An id that is not there is shown as it is; a test
/// finds it.
///
/// ```
/// assert_eq!(ackground_learn::text::ui("lesson.minutes"), "{n} minutes");
/// ```
pub fn ui(id: &'static str) -> &'static str {
    static WORDS: OnceLock<Vec<Named>> = OnceLock::new();
    let words = WORDS.get_or_init(|| ENGLISH.words().collect());
    named(words, id).unwrap_or(id)
}

/// The words of a view with their gaps filled: `{n}` by the value that is called `n`.
///
/// ```
/// assert_eq!(ackground_learn::text::ui_with("lesson.minutes", &[("n", "6")]), "6 minutes");
/// ```
pub fn ui_with(id: &'static str, values: &[(&str, &str)]) -> String {
    let (mut text, mut rest) = (String::new(), ui(id));
    while let Some((before, after)) = rest.split_once('{') {
        let gap = after.split_once('}');
        let value = gap.and_then(|(name, _)| values.iter().find(|(known, _)| *known == name));
        text.push_str(before);
        match (gap, value) {
            (Some((_, after)), Some((_, value))) => {
                text.push_str(value);
                rest = after;
            }
            _ => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

fn named(texts: &[Named], id: &str) -> Option<&'static str> {
    let found = texts.iter().find(|(known, _)| *known == id)?;
    Some(found.1)
}

/// The lines `id = text` of a file; what begins with `#` is a remark.
fn words(file: &'static str) -> impl Iterator<Item = Named> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (id, text) = line.split_once('=')?;
        Some((id.trim(), text.trim()))
    })
}

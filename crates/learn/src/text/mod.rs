//! The text of lessons and built-in exercises: plain text files, one folder per language.
//!
//! | file in the folder | holds |
//! |---|---|
//! | `ui.txt` | the strings of the Learn views, one `id = text` per line |
//! | `lessons/ID.txt` | a lesson, see [`Lesson`](super::lesson::Lesson) |
//! | `exercises/ID.txt` | the text of an exercise |
//! | `teacher.txt` | the teacher's guide |
//!
//! This module owns the list of texts and their lookup, [`Sheet`] the file format; neither knows what a text
//! says or where it is shown. Tests compare the list with the folder, the languages with one another, and the
//! view strings with the code that asks for them.

mod sheet;

use std::sync::OnceLock;

pub use sheet::{Block, Field, Sheet};

use crate::exercise::built_in_exercises;

/// A text with its id.
pub type Named = (&'static str, &'static str);

/// A language, with all texts in it.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Its tag, which is also its folder: `en`.
    pub tag: &'static str,
    /// Its name for itself.
    pub name: &'static str,
    /// The strings of the views.
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

/// English, in which every text is written first.
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
    /// The lesson with this id, as source text.
    pub fn lesson(&self, id: &str) -> Option<&'static str> {
        named(self.lessons, id)
    }

    /// The text of the exercise with this id, as source text.
    pub fn exercise(&self, id: &str) -> Option<&'static str> {
        named(self.exercises, id)
    }

    /// The strings of the views with their ids, in file order.
    pub fn words(&self) -> impl Iterator<Item = Named> + use<> {
        words(self.ui)
    }
}

/// A string of the views, in English: `ui("predict.ask")`. A missing id is shown as it is; a test catches
/// it.
///
/// ```
/// assert_eq!(ackground_learn::text::ui("lesson.minutes"), "{n} minutes");
/// ```
pub fn ui(id: &'static str) -> &'static str {
    static WORDS: OnceLock<Vec<Named>> = OnceLock::new();
    let words = WORDS.get_or_init(|| ENGLISH.words().collect());
    named(words, id).unwrap_or(id)
}

/// A string of the views with its placeholders filled: `{n}` by the value named `n`.
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

/// The lines `id = text` of a file; lines that begin with `#` are comments.
fn words(file: &'static str) -> impl Iterator<Item = Named> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (id, text) = line.split_once('=')?;
        Some((id.trim(), text.trim()))
    })
}

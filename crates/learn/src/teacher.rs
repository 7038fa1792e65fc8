//! The teacher's guide: the purpose of each lesson, common misconceptions, and questions to ask.
//!
//! The text is in `teacher.txt` of each language; this module owns its format. It holds no right answers, just
//! like the lessons: keys are found by simulator and prover.
//!
//! ```text
//! title: Teaching with Ackground
//!
//! == part How a lesson goes in class
//! Text, in the marks of `learn::markup`.
//!
//! == lesson two-generals
//! class: 30
//! - An objective, what people can do afterwards.
//!
//! They say: "More answers make it safe."
//! Ask: Who knows that the last one arrived?
//! ```

use super::markup::{Line, Markup, spans};
use super::text::{Block, Language, Sheet};
use ackground_core::experiment::Mistakes;
use ackground_core::experiment::mistake::Found;

/// The teacher's guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its title.
    pub title: String,
    /// The general parts, in order.
    pub parts: Vec<Part>,
    /// The advice on each lesson, in teaching order.
    pub lessons: Vec<Advice>,
}

/// A part of the guide, with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: Markup,
}

/// What a teacher should know about a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The lesson's id.
    pub lesson: String,
    /// How long it takes in class, discussion included, in minutes.
    pub class: u16,
    /// What students can do afterwards.
    pub objectives: Vec<Line>,
    /// Common misconceptions, and what to ask about them.
    pub beliefs: Vec<Belief>,
}

/// A common misconception, and a question that unsettles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// What students say.
    pub says: Line,
    /// What to ask them.
    pub ask: Line,
}

impl Guide {
    /// The guide in a language.
    ///
    /// ```
    /// use ackground_learn::teacher::Guide;
    /// use ackground_learn::text::ENGLISH;
    ///
    /// let guide = Guide::of(&ENGLISH)?;
    /// assert!(guide.lessons.iter().any(|advice| advice.lesson == "two-generals"));
    /// # Ok::<(), ackground_core::experiment::Mistakes>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything wrong with the file, with line numbers.
    pub fn of(language: &Language) -> Result<Guide, Mistakes> {
        Guide::parse(language.teacher)
    }

    /// Parses the text of a guide.
    ///
    /// # Errors
    ///
    /// Everything wrong with it, with line numbers.
    pub fn parse(text: &str) -> Result<Guide, Mistakes> {
        let sheet = Sheet::parse("teacher.txt", text)
            .map_err(|mistake| Mistakes::one(mistake.path, mistake.message))?;
        let mut found = Found::default();
        let mut guide = Guide {
            title: sheet.field("title").unwrap_or_default().to_owned(),
            parts: Vec::new(),
            lessons: Vec::new(),
        };
        if guide.title.is_empty() {
            found.push(sheet.mistake(1, "title is missing"));
        }
        for block in &sheet.blocks {
            match block.name {
                "part" => guide
                    .parts
                    .push(Part { heading: block.rest.to_owned(), text: Markup::parse(block.body) }),
                "lesson" => guide.lessons.push(advice(&sheet, block, &mut found)),
                _ => found.push(sheet.mistake(block.line, "there are part and lesson")),
            }
        }
        found.give(guide)
    }
}

fn advice(sheet: &Sheet<'_>, block: &Block<'_>, found: &mut Found) -> Advice {
    let mut advice = Advice {
        lesson: block.rest.to_owned(),
        class: 0,
        objectives: Vec::new(),
        beliefs: Vec::new(),
    };
    let mut says = None;
    for (index, line) in block.body.lines().enumerate() {
        let at = block.body_line + index;
        if let Some(minutes) = line.strip_prefix("class:") {
            advice.class = minutes.trim().parse().unwrap_or(0);
        } else if let Some(objective) = line.strip_prefix("- ") {
            advice.objectives.push(spans(objective));
        } else if let Some(belief) = line.strip_prefix("They say: ") {
            says = Some(spans(belief));
        } else if let Some(ask) = line.strip_prefix("Ask: ") {
            match says.take() {
                Some(says) => advice.beliefs.push(Belief { says, ask: spans(ask) }),
                None => found.push(sheet.mistake(at, "a question follows what they say")),
            }
        } else if !line.trim().is_empty() {
            found.push(sheet.mistake(at, "class: , - , They say: or Ask: "));
        }
    }
    let missing = [
        (advice.class == 0, "class: says how many minutes it takes"),
        (advice.objectives.is_empty(), "there is no objective"),
        (advice.beliefs.is_empty(), "there is nothing that they say"),
        (says.is_some(), "what they say is followed by a question"),
    ];
    for (_, message) in missing.iter().filter(|(missing, _)| *missing) {
        found.push(sheet.mistake(block.line, *message));
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_line() {
        let good = "title: A\n\n== lesson a\nclass: 20\n- Can.\n\nThey say: no\nAsk: why?\n";
        assert!(Guide::parse(good).is_ok());
        for (from, to, said) in [
            ("class: 20", "class: long", "teacher.txt:3: class:"),
            ("- Can.", "", "teacher.txt:3: there is no objective"),
            ("Ask: why?", "", "teacher.txt:3: there is nothing that they say"),
            ("They say: no\n", "", "teacher.txt:7: a question follows"),
            ("- Can.", "Can.", "teacher.txt:5: class: , - "),
            ("== lesson", "== lessen", "teacher.txt:3: there are part and lesson"),
            ("title: A", "name: A", "teacher.txt:1: title is missing"),
        ] {
            let told = match Guide::parse(&good.replacen(from, to, 1)) {
                Ok(_) => String::new(),
                Err(mistakes) => mistakes.to_string(),
            };
            assert!(told.contains(said), "{to}: {told}");
        }
    }
}

//! The lines of a script in order, and which of them are switched off.
//!
//! A line that is switched off keeps its place and does nothing: simulation, measurement and proof
//! use [`Script::lines`] and never see it.

use super::{Line, LineError};
use crate::experiment::json::Json;
use crate::experiment::mistake::{At, Found};
use crate::experiment::part::{Part, Shape};
use crate::experiment::record::serde_of_part;

/// A line of a script as listed: as text it is the line, after the word `off` if switched off.
///
/// ```
/// use ackground_core::experiment::script::Entry;
///
/// let entry: Entry = "off drop ack 1".parse()?;
/// assert!(!entry.on);
/// assert_eq!(entry.line.to_string(), "drop ack 1");
/// assert_eq!(entry.to_string(), "off drop ack 1");
/// # Ok::<(), ackground_core::experiment::script::LineError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The line itself.
    pub line: Line,
    /// Whether it is in force.
    pub on: bool,
}

impl Entry {
    /// The word before a line that is switched off.
    pub const OFF: &'static str = "off";
}

impl From<Line> for Entry {
    fn from(line: Line) -> Self {
        Entry { line, on: true }
    }
}

/// The lines of a script, in order, at most [`Script::MOST`] of them.
///
/// In a document this is a list of texts, or a single text with line breaks. A line preceded by the
/// word `off` is kept but does nothing.
///
/// ```
/// use ackground_core::experiment::script::Script;
///
/// let script: Script = serde_json::from_str(r#"["off drop ack 1", "fail 2"]"#).unwrap();
/// assert_eq!(script.len(), 2);
/// assert_eq!(script.lines().len(), 1);
/// assert_eq!(script.index_of_active(0), Some(1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script {
    /// The lines that are on.
    lines: Vec<Line>,
    /// The lines that are off, in order, each with its index among all.
    off: Vec<(usize, Line)>,
}

impl Script {
    /// The most lines, including those that are off.
    pub const MOST: usize = 200;

    /// The script, unless it has too many lines.
    pub fn new(lines: Vec<Line>) -> Option<Self> {
        let off = Vec::new();
        (lines.len() <= Self::MOST).then_some(Script { lines, off })
    }

    /// The script of these entries, unless there are too many.
    pub fn of(entries: Vec<Entry>) -> Option<Self> {
        (entries.len() <= Self::MOST).then(|| Self::sorted(entries))
    }

    fn sorted(entries: Vec<Entry>) -> Self {
        let mut script = Script::default();
        for (place, Entry { line, on }) in entries.into_iter().enumerate() {
            if on {
                script.lines.push(line);
            } else {
                script.off.push((place, line));
            }
        }
        script
    }

    /// The lines that are on. Traces refer to them by their index in this slice.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many lines there are, on and off.
    pub fn len(&self) -> usize {
        self.lines.len() + self.off.len()
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All lines in order, on and off.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.lines.iter().cloned().map(Entry::from).collect();
        for (place, line) in &self.off {
            let (line, on) = (line.clone(), false);
            entries.insert(*place, Entry { line, on });
        }
        entries
    }

    /// The index among all lines of the one with this index among those that are on, both from 0.
    pub fn index_of_active(&self, active: usize) -> Option<usize> {
        let before = |place: usize, (off, _): &(usize, Line)| place + usize::from(*off <= place);
        (active < self.lines.len()).then(|| self.off.iter().fold(active, before))
    }

    /// The script with this line appended; `None` if it is full.
    pub fn with(&self, line: Line) -> Option<Self> {
        let mut script = self.clone();
        script.lines.push(line);
        (script.len() <= Self::MOST).then_some(script)
    }

    /// The script without the line at `index` among all; unchanged if there is none.
    pub fn without(&self, index: usize) -> Self {
        let mut entries = self.entries();
        if index < entries.len() {
            entries.remove(index);
        }
        Self::sorted(entries)
    }
}

impl<'a> IntoIterator for &'a Script {
    type Item = &'a Line;
    type IntoIter = std::slice::Iter<'a, Line>;

    /// Iterates over the lines that are on.
    fn into_iter(self) -> Self::IntoIter {
        self.lines.iter()
    }
}

impl Part for Script {
    fn shape() -> Shape {
        Shape::Lines { most: Self::MOST }
    }

    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        let texts: Vec<&Json>;
        let rows: Vec<Json>;
        match json {
            Json::List(items) => texts = items.iter().collect(),
            Json::Text(text) => {
                let filled = text.lines().filter(|row| !row.trim().is_empty());
                rows = filled.map(Json::text).collect();
                texts = rows.iter().collect();
            }
            other => {
                found.add(at, format!("{} is not allowed; {}", other.show(), Self::shape()));
                return;
            }
        }
        if texts.len() > Self::MOST {
            let message = format!("{} lines are not allowed; {}", texts.len(), Self::shape());
            found.add(at, message);
            return;
        }
        let mut entries = Vec::with_capacity(texts.len());
        for (i, item) in texts.into_iter().enumerate() {
            match item {
                Json::Text(text) => match text.parse() {
                    Ok(entry) => entries.push(entry),
                    Err(error) => found.add(&at.index(i), LineError::in_line(&error, text)),
                },
                other => found
                    .add(&at.index(i), format!("{} is not allowed; a line of text", other.show())),
            }
        }
        *self = Self::sorted(entries);
    }

    fn diff(&self, base: &Self) -> Option<Json> {
        (self != base).then(|| self.write())
    }

    fn write(&self) -> Json {
        let entries = self.entries().into_iter();
        Json::List(entries.map(|entry| Json::Text(entry.to_string())).collect())
    }
}

serde_of_part!(Script);

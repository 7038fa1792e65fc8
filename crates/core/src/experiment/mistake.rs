//! What is wrong with a document: every mistake, with the path of the value concerned.
//!
//! This file owns paths and the list of mistakes. It does not know what is allowed where.

use std::fmt;

/// How many mistakes of one document are kept; the rest are only counted.
const KEPT: usize = 100;

/// One thing wrong in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Mistake {
    /// Where: `lanes[1].producer.retries`; empty if it concerns the document as a whole.
    pub path: String,
    /// What is wrong and what is allowed, completing a sentence that starts with the path.
    pub message: String,
}

impl Mistake {
    /// A mistake at a path.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Mistake { path: path.into(), message: message.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

/// Everything wrong with a document: at least one [`Mistake`], in the order of the document.
///
/// At most 100 are kept; if there are more, the last one says how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// A single mistake.
    pub fn one(path: impl Into<String>, message: impl Into<String>) -> Self {
        Mistakes(vec![Mistake::new(path, message)])
    }

    /// These mistakes; `None` if there are none.
    pub fn of(mistakes: Vec<Mistake>) -> Option<Self> {
        (!mistakes.is_empty()).then_some(Mistakes(mistakes))
    }

    /// Each mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Mistake> {
        self.0.iter()
    }

    /// The mistakes as a list.
    pub fn into_vec(self) -> Vec<Mistake> {
        self.0
    }
}

/// One mistake per line.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, mistake) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// Collects mistakes while a document is read, so that all of them are reported at once.
#[derive(Debug, Default)]
pub struct Found {
    list: Vec<Mistake>,
    more: usize,
}

impl Found {
    /// Notes a mistake.
    pub fn add(&mut self, at: &At<'_>, message: impl Into<String>) {
        self.push(Mistake::new(at.to_string(), message));
    }

    /// Notes a mistake that was already assembled.
    pub fn push(&mut self, mistake: Mistake) {
        if self.list.len() < KEPT {
            self.list.push(mistake);
        } else {
            self.more += 1;
        }
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The value if nothing was noted, otherwise the mistakes.
    pub fn give<T>(mut self, value: T) -> Result<T, Mistakes> {
        if self.list.is_empty() {
            return Ok(value);
        }
        if self.more > 0 {
            let more = format!("and {} more mistakes", self.more);
            self.list.push(Mistake::new("", more));
        }
        Err(Mistakes(self.list))
    }
}

/// A place in a document. Costs nothing until it is printed.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The document itself.
    Root,
    /// A field of an object.
    Field(&'a At<'a>, &'a str),
    /// An item of a list, counted from 0.
    Index(&'a At<'a>, usize),
}

impl<'a> At<'a> {
    /// The place of a field of the object here.
    pub fn field(&'a self, name: &'a str) -> At<'a> {
        At::Field(self, name)
    }

    /// The place of an item of the list here, counted from 0.
    pub fn index(&'a self, i: usize) -> At<'a> {
        At::Index(self, i)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Root => Ok(()),
            At::Field(At::Root, name) => f.write_str(&short(name)),
            At::Field(outer, name) => write!(f, "{outer}.{}", short(name)),
            At::Index(outer, i) => write!(f, "{outer}[{i}]"),
        }
    }
}

/// Text from a document as shown in an error: at most 60 characters, none of them invisible.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == LONGEST {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// `a`, `a or b`, `a, b or c`.
pub fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The word most likely meant: at most two slips away, or one for a short word.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given: Vec<char> = given.to_lowercase().chars().take(64).collect();
    let allowed = if given.len() < 5 { 1 } else { 2 };
    known
        .into_iter()
        .map(|word| (slips(&given, word), word))
        .filter(|(n, _)| *n <= allowed)
        .min_by_key(|(n, _)| *n)
        .map(|(_, word)| word)
}

/// The Levenshtein distance, with a swap of neighbours counted as one (optimal string alignment).
fn slips(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut n = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                n = n.min(before[j - 2] + 1);
            }
            row.push(n);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_the_document() {
        let lanes = At::Root.field("lanes");
        let lane = lanes.index(1);
        let producer = lane.field("producer");
        assert_eq!(producer.field("retries").to_string(), "lanes[1].producer.retries");
        assert_eq!(At::Root.to_string(), "");
    }

    #[test]
    fn a_slip_is_understood_and_a_guess_is_not_made() {
        let known = ["retries", "acks", "backoff", "source"];
        assert_eq!(nearest("retires", known), Some("retries"), "a swap");
        assert_eq!(nearest("Acks", known), Some("acks"), "case");
        assert_eq!(nearest("back_off", known), Some("backoff"), "one too many");
        assert_eq!(nearest("replicas", known), None, "another word altogether");
        assert_eq!(nearest("", known), None, "nothing given");
    }

    #[test]
    fn a_flood_of_mistakes_is_counted_not_kept() {
        let mut found = Found::default();
        for i in 0..1000 {
            found.add(&At::Root.index(i), "no");
        }
        let mistakes = found.give(()).expect_err("there are mistakes").into_vec();
        assert_eq!(mistakes.len(), KEPT + 1);
        assert_eq!(mistakes[KEPT].to_string(), "and 900 more mistakes");
    }

    #[test]
    fn hostile_text_is_shown_short_and_visible() {
        assert_eq!(short("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(short(&"x".repeat(1000)).chars().count(), 61);
    }
}

//! Errors that a person can act on: a sentence and a next step.
//!
//! The output of a failed tool is printed right where it failed (see [`crate::run`]), above the sentence.

use std::fmt;

pub type Outcome<T = ()> = Result<T, Failure>;

/// A sentence, and what to type or install next.
#[derive(Clone, Debug)]
pub struct Failure {
    sentence: String,
    next: Option<String>,
}

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), next: None }
    }

    /// Whether this only says that `program` failed.
    pub fn is_from(&self, program: &str) -> bool {
        self.sentence.starts_with(&format!("{program} failed"))
    }

    /// Adds the next step.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sentence)?;
        match &self.next {
            Some(next) => write!(f, "\n  next: {next}"),
            None => Ok(()),
        }
    }
}

/// Adds the path to an I/O error.
pub trait AtPath<T> {
    fn at(self, doing: &str, path: &std::path::Path) -> Outcome<T>;
}

impl<T> AtPath<T> for std::io::Result<T> {
    fn at(self, doing: &str, path: &std::path::Path) -> Outcome<T> {
        self.map_err(|error| {
            Failure::new(format!("Could not {doing} {}: {error}.", path.display()))
        })
    }
}

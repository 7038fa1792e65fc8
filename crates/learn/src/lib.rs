//! Learn: lessons and exercises that the simulator settles, and a classroom without a server.
//!
//! Nothing here states an outcome: a claim is a question to the simulator, the prover or a measurement, and
//! the right answer is whatever they find. It knows nothing of the page.
//!
//! | module | owns |
//! |---|---|
//! | [`claim`] | a checkable sentence about an experiment, and what checking it takes |
//! | [`lesson`] | situation, prediction, run, explanation and something to try |
//! | [`exercise`] | an experiment, what may be changed, and the goals |
//! | [`submission`] | what a student hands in: a file, or a line to paste |
//! | [`marking`] | rerunning and proving submissions, and the table of marks |
//! | [`keys`] | the answer keys to lessons and exercises |
//! | [`teacher`] | the teacher's guide |
//! | [`text`] | the texts, one folder per language, and their file format |
//! | [`markup`] | a subset of Markdown as typed blocks |
//! | [`coverage`] | where each fact of the field is shown at work |
#![deny(missing_docs)]

pub mod claim;
pub mod coverage;
pub mod exercise;
pub mod keys;
pub mod lesson;
pub mod marking;
pub mod markup;
pub mod submission;
pub mod teacher;
pub mod text;

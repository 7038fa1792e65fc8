//! Learn: lessons and exercises that are settled by the simulator, and a class without a server.
//!
//! Nothing in this room says how something ends: a claim is a question to the simulator, the prover or
//! the measurement, and which answer is right is what they find. It knows nothing of the page.
//!
//! | module | owns |
//! |---|---|
//! | [`claim`] | a sentence about an experiment that can be checked, and what checking it takes |
//! | [`lesson`] | situation, prediction, run, explanation and a thing to try |
//! | [`exercise`] | an experiment, what may be changed, and what is to be reached |
//! | [`submission`] | what a student hands in: a file, or a line to paste |
//! | [`marking`] | submissions run again and proved, and the table of marks |
//! | [`keys`] | what is right in every lesson, and how every exercise is solved |
//! | [`teacher`] | the teacher's guide |
//! | [`text`] | the texts, a folder per language, and the form of their files |
//! | [`markup`] | a few marks of Markdown as typed blocks |
//! | [`coverage`] | where each fact of the field is found working |
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

//! The guide: a few questions that end in a recommended setup.
//!
//! It turns the field's decision trees and use-case tables into one typed graph. An ending is a complete lane with a
//! story, a reason for each setting that refers to the answer behind it, its cost and its caveats. Which guarantee it
//! gives is not written down: the prover says so on the page, and `tests/guide.rs` walks every path and proves that
//! its lane keeps what was asked for.
//!
//! | file | owns |
//! |---|---|
//! | `question` | the graph: questions, answers, paths |
//! | `table` | the wording |
//! | `advice` | from answers to a setup, with reasons |
//! | `conclusion` | answers and recommendation in a sentence |
//! | `notes` | costs, caveats, alternatives |
//! | `trial` | the experiment that shows the setup's strength |

mod advice;
mod conclusion;
mod notes;
mod question;
mod table;
mod trial;

pub use advice::{Ending, Reason, Wants};
pub use notes::{About, Note, notes};
pub use question::{Answer, NoSuchPath, Path, Question};
pub use table::{AnswerWords, QuestionWords, why_not};

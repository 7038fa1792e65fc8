//! The guide: a few questions that end in a recommended setup.
//!
//! Decision trees and use-case tables of the field, as one typed graph. An ending is a complete lane with
//! a story, a reason for each setting that goes back to the answer that asked for it, what it costs and
//! what to watch out for. Which guarantee it gives is not written here: the prover says it on the page,
//! and `tests/guide.rs` walks every path and proves that its lane keeps what was asked for.
//!
//! | file | owns |
//! |---|---|
//! | `question` | the graph: questions, answers, paths |
//! | `table` | what is said of them |
//! | `advice` | from answers to a setup, with reasons |
//! | `notes` | costs, cautions, alternatives |
//! | `trial` | the experiment that shows the setup's strength |

mod advice;
mod notes;
mod question;
mod table;
mod trial;

pub use advice::{Ending, Reason, Wants};
pub use notes::{About, Note, notes};
pub use question::{Answer, NoSuchPath, Path, Question};
pub use table::{AnswerWords, QuestionWords, why_not};

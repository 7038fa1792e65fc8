//! The story: what an event means, why a message was lost, what a setting is called.
//!
//! Everything the page and a transcript say is made here, from an experiment and its trace. It states what the
//! trace shows and nothing else, and knows nothing of the page.
//!
//! | file | owns |
//! |---|---|
//! | `headline` | the title above the lanes |
//! | `in_short` | a setup in one line |
//! | `mishap`, `what_goes_wrong` | a fault as a sentence; all faults as one |
//! | `narrate` | a sentence for each event, its importance, and the transcript |
//! | `balance` | by how much the store is off |
//! | `outcome` | a message's outcome in a few words |
//! | `cause` | the cause of an outcome in one line |
//! | `why` | the chain of causes behind an outcome |
//! | `remedy` | which setting would have prevented it |
//! | `change_summary` | the effect of an edit |
//! | `figure_reason` | why a measured figure is what it is |
//! | `promise` | what the prover found |
//! | `spans` | the times within which it was found |
//! | `noun` | what one message is called |
//! | `verb` | the scenario's steps in their grammatical forms |
//! | `telling`, `history` | a lane's run with its names, and what the trace says about the past |
//! | `again`, `loss` | why a copy is redelivered, and how a message was lost |
//! | `settings` | what each setting decides, and its name in each product |
//! | `symptom` | what people say when messages go wrong, and experiments that show it |
//! | [`guide`] | questions that end in a recommended setup |
//! | [`words`] | the glossary, and its terms in running text |
//!
//! Matches on events are exhaustive, without a wildcard arm: a new event in the simulator does not compile here
//! until somebody has given it a sentence and an importance.

#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod again;
mod balance;
mod cause;
mod change_summary;
mod decisive;
mod figure_reason;
#[allow(clippy::wildcard_enum_match_arm)]
pub mod guide;
mod headline;
mod history;
mod in_short;
mod loss;
mod mishap;
mod narrate;
mod noun;
mod outcome;
mod promise;
mod remedy;
mod settings;
mod spans;
mod symptom;
mod telling;
mod verb;
mod what_goes_wrong;
mod why;
pub mod words;
mod written;

pub use ackground_core::experiment::Product;
pub use ackground_core::experiment::label::{Setting, setting, settings, value_words};
pub use ackground_core::number::{
    capital, clock, count, count_of, difference, duration, millis, money, ordinal, percent, times,
};
pub use balance::{Balance, balance};
pub use cause::cause;
pub use change_summary::{Judged, change_summary};
pub use decisive::{decisive, lost_by};
pub use figure_reason::{FigureReason, figure_reasons};
pub use headline::{Headline, headline};
pub use in_short::in_short;
pub use mishap::{DELAYS, KindWords, Stage, by_hand, kind, mishap, stage};
pub use narrate::{CONSEQUENCE, Line, importance, narrate, tells, transcript, worth_telling};
pub use noun::{noun, nouns};
pub use outcome::outcome;
pub use promise::{PropertyWords, bounds, counted, faults, guarantee, promise, property};
pub use remedy::{Change, Price, Remedy, Search, candidates, changed};
pub use settings::{in_products, meaning, sentence};
pub use spans::{Untried, spans, travel, untried};
pub use symptom::{Symptom, symptoms};
pub use telling::Sentence;
pub use what_goes_wrong::{Sign, Wrong, what_goes_wrong, wrongs};
pub use why::{Chain, Link, why};
pub use written::written;

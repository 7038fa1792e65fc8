//! Words for people: what an event means, why a message was lost, what a setting is called.
//!
//! Everything that the page and a transcript say is made here, in one place, from an experiment and
//! its trace. It states what the trace shows and nothing else, and knows nothing of the page.
//!
//! | file | owns |
//! |---|---|
//! | `headline` | the line above the lanes |
//! | `narrate` | a sentence per event, how much it tells, and the transcript |
//! | `written` | the whole run as plain text |
//! | `outcome` | a message's result in a few words |
//! | `why` | the chain of causes behind it |
//! | `remedy` | which setting would have prevented it |
//! | `decisive` | the moment at which a run breaks a property |
//! | `change_summary` | what an act did |
//! | `mishap` | a line of the fault script in words |
//! | `promise` | what the prover found |
//! | `verb` | the scenario's steps in their grammatical forms |
//! | `telling`, `history` | a lane's run, its names, and what the trace says about the time before |
//! | `again`, `loss` | why a copy comes again, and how a message was lost |
//! | `settings` | what each setting decides, and what products call it |
//! | [`guide`] | questions that end in a recommended setup |
//! | [`words`] | the glossary, and its terms in running text |
//!
//! No match on an event has an arm for the rest: one that is new to the simulator does not compile here
//! before somebody has said how it is told and how much it weighs.

#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod again;
mod change_summary;
mod decisive;
#[allow(clippy::wildcard_enum_match_arm)]
pub mod guide;
mod headline;
mod history;
mod loss;
mod mishap;
mod narrate;
mod outcome;
mod promise;
mod remedy;
mod settings;
mod telling;
mod verb;
mod why;
pub mod words;
mod written;

pub use ackground_core::experiment::Product;
pub use ackground_core::experiment::label::{Setting, setting, settings, value_words};
pub use ackground_core::number::{
    capital, clock, count, count_of, difference, duration, millis, money, ordinal, percent, times,
};
pub use change_summary::{Judged, change_summary};
pub use decisive::decisive;
pub use headline::{Headline, headline};
pub use mishap::{DELAYS, KindWords, Stage, by_hand, kind, mishap, stage};
pub use narrate::{CONSEQUENCE, Line, importance, narrate, tells, transcript, worth_telling};
pub use outcome::outcome;
pub use promise::{PropertyWords, bounds, counted, faults, guarantee, promise, property};
pub use remedy::{Change, Price, Remedy, Search, candidates, changed};
pub use settings::{in_products, meaning, sentence};
pub use telling::Sentence;
pub use why::{Chain, Link, why};
pub use written::written;

//! Words for people: what an event means, why a message was lost, what a setting is called.
//!
//! Everything that the page and a transcript say is made here, in one place, from an experiment and
//! its trace. It states what the trace shows and nothing else, and knows nothing of the page.
//!
//! | file | owns |
//! |---|---|
//! | `headline` | the line above the lanes |
//! | `narrate`, `salience` | a sentence per event, the transcript, and how much an event tells |
//! | `written` | the whole run as plain text |
//! | `outcome` | a message's result in a few words |
//! | `why` | the chain of causes behind it |
//! | `remedy` | which setting would have prevented it |
//! | `decisive` | the moment at which a run breaks a property |
//! | `news` | what an act did |
//! | `mishap` | a line of the fault script as a sentence |
//! | `promise` | what the prover found |
//! | `deed` | the scenario's steps in their grammatical forms |
//! | `telling`, `history` | a lane's run, its names, and what the trace says about the time before |
//! | `again`, `loss` | why a copy comes again, and how a message was lost |
//! | `settings` | what each setting decides, and what products call it |
//! | [`guide`] | questions that end in a recommended setup |
//! | [`words`] | the glossary, and its terms in running text |

mod again;
mod decisive;
mod deed;
pub mod guide;
mod headline;
mod history;
mod loss;
mod mishap;
mod narrate;
mod news;
mod outcome;
mod promise;
mod remedy;
mod salience;
mod settings;
mod telling;
mod why;
pub mod words;
mod written;

pub use ackground_core::experiment::Product;
pub use ackground_core::experiment::label::{Setting, setting, settings, value_words};
pub use ackground_core::number::{
    capital, clock, count, count_of, difference, duration, millis, money, ordinal, percent, times,
};
pub use decisive::decisive;
pub use headline::{Headline, headline};
pub use mishap::{Stage, mishap, stage};
pub use narrate::{Line, narrate, transcript};
pub use news::{Judged, news};
pub use outcome::outcome;
pub use promise::{
    KindWords, PropertyWords, bounds, counted, faults, guarantee, kind, promise, property,
};
pub use remedy::{Change, Price, Remedy, Search, candidates, changed};
pub use salience::CONSEQUENCE;
pub use salience::{salience, tells, worth_telling};
pub use settings::{in_products, meaning, sentence};
pub use telling::Sentence;
pub use why::{Chain, Link, why};
pub use written::written;

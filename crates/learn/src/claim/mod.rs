//! A claim: a sentence about an experiment that the simulator, the prover or a measurement can check.
//!
//! Lessons and exercises are made of claims: which option of a prediction is right, and whether a goal
//! is met, is never written down but found. A claim is one line of text, as a fault is:
//!
//! ```text
//! lane N: message M ends once|lost|duplicated|parked|pending
//! lane N: message M is told ok|error|nothing
//! lane N: message M is sent|delivered|applied K times
//! lane N: ledger is short|over|exact
//! lane N: PROPERTY holds|breaks
//! lane N: PROPERTY holds|breaks within BOUNDS
//! lane N: guarantee is GUARANTEE within BOUNDS
//! lane N: keeps GUARANTEE within BOUNDS
//! lane N: FIGURE at most|at least NUMBER
//! lane N: FIGURE more than|less than lane L
//! ```
//!
//! `N`, `L` and `M` count from 1. `PROPERTY` is a word of [`Property`], `GUARANTEE` one of
//! [`Guarantee`], `FIGURE` the name of a [`Quantity`] in files, such as `sends_per_message` or
//! `latency_p99_ms`. `BOUNDS` are `3 faults, 2 messages, of drop crash`; without the messages there are
//! 2, without the kinds they are `drop crash fail slow`.
//!
//! The first five are about the run with the experiment's own rates, script and seed; `within` asks the
//! prover, which tries every schedule; figures are measured.
//!
//! | file | owns |
//! |---|---|
//! | `line` | a claim as a line of text, and back |
//! | `words` | a claim as a sentence |
//! | `known` | what has to be found out, and what has been |
//! | `judge` | whether a claim holds, given what is known |

mod judge;
mod known;
mod line;
mod words;

use ackground_core::audit::{Learnt, Outcome, Property};
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::measure::Quantity;
use ackground_core::prove::{Bounds, Guarantee, Kinds};

pub use judge::{Answer, Evidence, Held};
pub(crate) use known::run;
pub use known::{Fact, Known, MEASURED, Need};
pub use line::ClaimError;
pub(crate) use line::{Tokens, within};
pub(crate) use words::{in_lane, of_bounds};

/// A sentence about a lane that is true or not.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_learn::claim::{Answer, Claim};
///
/// let experiment = Experiment::default();
/// let claim: Claim = "lane 1: message 2 ends lost".parse()?;
/// assert_eq!(claim.hold(&experiment).answer, Answer::Yes);
///
/// let claim: Claim = "lane 2: no_duplicates holds within 1 fault".parse()?;
/// let held = claim.hold(&experiment);
/// assert_eq!(held.answer, Answer::No);
/// assert_eq!(held.evidence.expect("a schedule").lines.len(), 1);
/// # Ok::<(), ackground_learn::claim::ClaimError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Claim {
    /// About which lane, counted from 0.
    pub lane: usize,
    /// What is said of it.
    pub says: Says,
}

/// What a claim says of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Says {
    /// A message, counted from 1, ends so in the run.
    Ends(u16, Outcome),
    /// The producer learns this of a message, counted from 1.
    Told(u16, Learnt),
    /// Something happens to a message, counted from 1, exactly so often in the run.
    Times(u16, Occurrence, u32),
    /// The books of the run come to this.
    Ledger(Books),
    /// A property holds in the run, or it does not.
    InRun(Property, bool),
    /// A property holds in every run within bounds, or there is one that breaks it.
    Always(Property, bool, Within),
    /// The guarantee is this one and no other.
    Is(Guarantee, Within),
    /// What a guarantee promises is kept: a stronger one keeps it as well.
    Keeps(Guarantee, Within),
    /// A measured figure is at most, or at least, so much.
    Figure(Quantity, Side, Amount),
    /// A measured figure is greater than that of another lane, counted from 0, or less.
    Than(Quantity, Order, usize),
}

ackground_core::words! {
    /// What happens to a message, and can be counted.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Occurrence {
        /// A publish leaves the producer.
        Sent = "sent",
        /// The handler is called.
        Delivered = "delivered",
        /// The primary effect takes place.
        Applied = "applied",
    }
}

ackground_core::words! {
    /// What a store holds, compared with what it should hold.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Books {
        /// Too little.
        Short = "short",
        /// Too much.
        Over = "over",
        /// As much as it should; a loss and a repeat can make up for each other.
        Exact = "exact",
    }
}

/// On which side of a number a figure has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Not above it.
    AtMost,
    /// Not below it.
    AtLeast,
}

/// How two figures compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The first is the greater one.
    More,
    /// The first is the smaller one.
    Less,
}

/// A number that a figure is held against, from 0, in millionths, so that it is read and written
/// exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Millionths in one.
    const PARTS: u64 = 1_000_000;
    /// The greatest whole number, which is a year in milliseconds.
    const GREATEST: u64 = ackground_core::experiment::settings::YEAR_MS;

    /// The number.
    pub fn value(self) -> f64 {
        self.0 as f64 / Amount::PARTS as f64
    }
}

/// The bounds of a proof that a claim asks for: small enough for a page and for a stack of submissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Within {
    faults: u8,
    messages: u16,
    kinds: Kinds,
}

impl Within {
    /// The most faults.
    pub const MOST_FAULTS: u8 = 4;
    /// The most messages.
    pub const MOST_MESSAGES: u16 = 4;
    /// Events that are simulated before a proof stops and the answer is "not known": some ten seconds.
    const MOST_EVENTS: u64 = 100_000_000;

    /// These bounds, within what is allowed.
    pub fn new(faults: u8, messages: u16, kinds: Kinds) -> Within {
        Within {
            faults: faults.min(Within::MOST_FAULTS),
            messages: messages.clamp(1, Within::MOST_MESSAGES),
            kinds,
        }
    }

    /// The bounds for the prover.
    pub fn bounds(self) -> Bounds {
        Bounds {
            faults: self.faults,
            messages: self.messages,
            kinds: self.kinds,
            most_events: Within::MOST_EVENTS,
            ..Bounds::default()
        }
    }
}

impl Claim {
    /// Whether it holds, found out at once: costs what [`Claim::needs`] cost.
    pub fn hold(&self, experiment: &Experiment) -> Held {
        self.judge(experiment, &Known::at_once(experiment, &self.needs()))
    }

    /// What has to be found out before it can be judged.
    pub fn needs(&self) -> Vec<Need> {
        let lane = self.lane;
        vec![match self.says {
            Says::Ends(..)
            | Says::Told(..)
            | Says::Times(..)
            | Says::Ledger(_)
            | Says::InRun(..) => Need::Run { lane },
            Says::Always(_, _, within) | Says::Is(_, within) | Says::Keeps(_, within) => {
                Need::Prove { lane, bounds: within.bounds() }
            }
            Says::Figure(..) | Says::Than(..) => Need::Measure { messages: MEASURED },
        }]
    }

    /// The lane, counted from 0, that its own is compared with.
    pub fn other_lane(&self) -> Option<usize> {
        match self.says {
            Says::Than(_, _, other) => Some(other),
            _ => None,
        }
    }

    /// What is wrong with it for this experiment: a lane or a message that it does not have.
    ///
    /// # Errors
    ///
    /// The rest of a sentence that a path begins.
    pub fn fits(&self, experiment: &Experiment) -> Result<(), String> {
        let lanes = experiment.lanes.len();
        for lane in [self.lane, self.other_lane().unwrap_or(self.lane)] {
            if lane >= lanes {
                return Err(format!("there is no lane {}; the experiment has {lanes}", lane + 1));
            }
        }
        match self.says {
            Says::Ends(message, _) | Says::Told(message, _) | Says::Times(message, ..)
                if u64::from(message) > experiment.messages.get() =>
            {
                let messages = experiment.messages;
                Err(format!("there is no message {message}; the experiment has {messages}"))
            }
            _ => Ok(()),
        }
    }

    /// The same claim when the lanes stand in another order: `places[old]` is the new place.
    #[must_use]
    pub fn moved(self, places: &[usize; Lanes::MOST]) -> Claim {
        let to = |lane: usize| places.get(lane).copied().unwrap_or(lane);
        let says = match self.says {
            Says::Than(quantity, order, other) => Says::Than(quantity, order, to(other)),
            says => says,
        };
        let lane = to(self.lane);
        Claim { lane, says }
    }
}

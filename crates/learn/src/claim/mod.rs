//! A claim: a sentence about an experiment that the simulator, the prover or a measurement can check.
//!
//! Lessons and exercises are made of claims: which option of a prediction is right and whether a goal is met
//! is never written down, but found out. A claim is one line of text, as a fault is:
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
//! | `line` | parsing and printing a claim |
//! | `words` | a claim as a sentence |
//! | `known` | what has to be found out, and what has been found out |
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

/// A sentence about a lane that is either true or false.
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
    /// The lane, counted from 0.
    pub lane: usize,
    /// What is claimed of it.
    pub says: Says,
}

/// What a claim says about a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Says {
    /// A message, counted from 1, has this outcome in the run.
    Ends(u16, Outcome),
    /// The producer learns this of a message, counted from 1.
    Told(u16, Learnt),
    /// Something happens to a message, counted from 1, exactly this many times in the run.
    Times(u16, Occurrence, u32),
    /// The balance of the run.
    Ledger(Books),
    /// A property holds in the run, or it does not.
    InRun(Property, bool),
    /// A property holds in every run within bounds, or there is one that breaks it.
    Always(Property, bool, Within),
    /// The guarantee is exactly this one.
    Is(Guarantee, Within),
    /// The guarantee's promises are kept; a stronger guarantee keeps them too.
    Keeps(Guarantee, Within),
    /// A measured figure is at most, or at least, this amount.
    Figure(Quantity, Side, Amount),
    /// A measured figure is greater, or less, than that of another lane, counted from 0.
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

/// Which side of a number a figure has to be on.
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

/// A threshold for a figure, from 0, in millionths, so that it is parsed and printed without
/// rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Millionths in one.
    const PARTS: u64 = 1_000_000;
    /// The greatest whole number: a year in milliseconds.
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
    /// Events simulated before a proof gives up with "not known": some ten seconds.
    const MOST_EVENTS: u64 = 100_000_000;

    /// These bounds, clamped to what is allowed.
    pub fn new(faults: u8, messages: u16, kinds: Kinds) -> Within {
        Within {
            faults: faults.min(Within::MOST_FAULTS),
            messages: messages.clamp(1, Within::MOST_MESSAGES),
            kinds,
        }
    }

    /// The same bounds for the prover.
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
    /// Judges it, finding out everything on the spot: costs what [`Claim::needs`] costs.
    pub fn hold(&self, experiment: &Experiment) -> Held {
        self.judge(experiment, &Known::at_once(experiment, &self.needs()))
    }

    /// What has to be found out to judge it.
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

    /// The lane, counted from 0, it compares its own with.
    pub fn other_lane(&self) -> Option<usize> {
        match self.says {
            Says::Than(_, _, other) => Some(other),
            _ => None,
        }
    }

    /// Checks that the experiment has the lanes and messages it is about.
    ///
    /// # Errors
    ///
    /// The end of a sentence that begins with a path.
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

    /// The same claim after reordering the lanes: `places[old]` is the new index.
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

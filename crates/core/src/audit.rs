//! The outside judge: the outcome of each message, the ledger, and the properties of a run.
//!
//! It sees the trace and the effects, never what an actor believes, and knows nothing about the
//! internals of the simulator. It can judge a run at any moment, which is how the page shows the
//! balance at the playhead.

use std::hash::{Hash, Hasher};

use crate::experiment::Experiment;
use crate::experiment::scenario::{KeyMode, Scenario};
use crate::sim::renew::clone_in_place;
use crate::sim::{Carries, End, Leg, Milestone, Observer, Packet, Step, Time, Told, Trace};

crate::words! {
    /// What the producer learnt of a message.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Learnt {
        /// It was told that the broker has it.
        Ok = "ok",
        /// It was told, or concluded, that sending failed.
        Error = "error",
        /// Nothing: no answer came, it was forgotten, or with `acks: none` nobody answers.
        Nothing = "nothing",
    }
}

crate::words! {
    /// What became of a message. Every message has exactly one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Outcome {
        /// The primary effect happened exactly once.
        Once = "once",
        /// It never happened, and the message is not parked.
        Lost = "lost",
        /// It happened twice or more.
        Duplicated = "duplicated",
        /// In the dead letter queue, primary effect not applied.
        Parked = "parked",
        /// Not settled within the horizon, even if the primary effect has happened once by then: it
        /// may happen again. Before the run is over: the primary effect has not happened yet.
        Pending = "pending",
    }
}

/// The record of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRecord {
    /// Whether the business event has taken place.
    pub created: bool,
    /// Publishes that left the producer.
    pub sent: u32,
    /// Handler calls.
    pub delivered: u32,
    /// Effects per step of the scenario, in its order.
    pub applied: Vec<u32>,
    /// Repeats that were recognised: publishes dropped, handler calls skipped, effects absorbed.
    pub recognised: u32,
    /// What the producer learnt.
    pub told: Learnt,
    /// Its outcome.
    pub end: Outcome,
}

impl MessageRecord {
    /// Lost without the producer knowing.
    pub fn silent(&self) -> bool {
        self.end == Outcome::Lost && self.told != Learnt::Error
    }
}

/// Messages by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// See [`Outcome::Once`].
    pub once: u32,
    /// See [`Outcome::Lost`].
    pub lost: u32,
    /// Lost without the producer knowing; part of `lost`.
    pub silent: u32,
    /// See [`Outcome::Duplicated`].
    pub duplicated: u32,
    /// See [`Outcome::Parked`].
    pub parked: u32,
    /// See [`Outcome::Pending`].
    pub pending: u32,
}

/// The scenario's books, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ledger {
    /// What the store should hold: the amount of every business event that took place.
    pub expected: u64,
    /// What it holds: the amount of every primary effect.
    pub actual: u64,
}

crate::words! {
    /// A property of a run, and so of a setup: whether it holds in every run.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Property {
        /// See [`Properties::no_loss`].
        NoLoss = "no_loss",
        /// See [`Properties::no_silent_loss`].
        NoSilentLoss = "no_silent_loss",
        /// See [`Properties::no_duplicates`].
        NoDuplicates = "no_duplicates",
        /// See [`Properties::no_torn`].
        NoTorn = "no_torn",
        /// See [`Properties::in_order`].
        InOrder = "in_order",
        /// See [`Properties::settles`].
        Settles = "settles",
    }
}

/// Which properties hold over all messages of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Properties {
    /// No message was lost.
    pub no_loss: bool,
    /// No message was lost without the producer being told.
    pub no_silent_loss: bool,
    /// No primary effect happened twice.
    pub no_duplicates: bool,
    /// Every message had all of its steps happen, or none.
    pub no_torn: bool,
    /// First effects under one key follow the order of sending.
    pub in_order: bool,
    /// Nothing was left to happen.
    pub settles: bool,
}

impl Properties {
    /// Whether this one holds.
    pub const fn holds(self, property: Property) -> bool {
        match property {
            Property::NoLoss => self.no_loss,
            Property::NoSilentLoss => self.no_silent_loss,
            Property::NoDuplicates => self.no_duplicates,
            Property::NoTorn => self.no_torn,
            Property::InOrder => self.in_order,
            Property::Settles => self.settles,
        }
    }
}

/// The judgement of a run, or of a run up to a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One record per message, in order.
    pub messages: Vec<MessageRecord>,
    /// Messages by outcome.
    pub totals: Totals,
    /// The books.
    pub ledger: Ledger,
    /// Which properties hold.
    pub properties: Properties,
    /// When the run settled, if that moment is part of what was judged.
    pub settled: Option<Time>,
    /// Whether the judgement covers the run to its end, settled or not.
    pub over: bool,
}

/// Judges a finished run.
pub fn judge(experiment: &Experiment, trace: &Trace) -> Report {
    judge_until(experiment, trace, Time::from_micros(u64::MAX))
}

/// Judges what had happened up to and including a moment. Until the run is over, a message without
/// an effect counts as [`Outcome::Pending`], because only a drained system proves a loss.
pub fn judge_until(experiment: &Experiment, trace: &Trace, until: Time) -> Report {
    let mut audit = Audit::new(&experiment.scenario, experiment.messages.get() as usize);
    for step in trace.steps.iter().take_while(|step| step.at <= until) {
        audit.see(step, trace.sent(step.what));
    }
    audit.report((until >= trace.end.at()).then_some(trace.end))
}

/// Judges a run as it happens.
#[derive(Debug)]
pub struct Audit {
    messages: Vec<Seen>,
    /// How each stored copy stands.
    copies: Vec<Stand>,
    /// Effects per message and step, row by row.
    applied: Vec<u32>,
    steps: usize,
    primary: usize,
    amount: u64,
    key: KeyMode,
    /// The highest message so far to have had its first effect.
    latest_first_effect: usize,
    in_order: bool,
}

clone_in_place!(Audit {
    messages,
    copies,
    applied,
    steps,
    primary,
    amount,
    key,
    latest_first_effect,
    in_order,
});

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    created: bool,
    sent: u32,
    delivered: u32,
    recognised: u32,
    told: Option<Told>,
    /// Copies that are stored and still live.
    copies: u32,
    parked: bool,
}

/// How a stored copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stand {
    /// Neither settled nor gone.
    Live,
    /// Its transaction is aborted. A reader of uncommitted messages may be given it all the same, and
    /// then it is as live as any other.
    Aborted,
    /// Settled, given up or lost.
    Done,
}

impl Audit {
    /// A judge for this many messages of a scenario.
    pub fn new(scenario: &Scenario, messages: usize) -> Audit {
        Audit {
            messages: vec![Seen::default(); messages],
            copies: Vec::new(),
            applied: vec![0; messages * scenario.steps.len()],
            steps: scenario.steps.len(),
            primary: scenario.steps.primary(),
            amount: scenario.amount.get(),
            key: scenario.key,
            latest_first_effect: 0,
            in_order: true,
        }
    }

    /// Resets the judge for another run, reusing its memory.
    pub fn renew(&mut self) {
        self.messages.fill(Seen::default());
        self.copies.clear();
        self.applied.fill(0);
        self.latest_first_effect = 0;
        self.in_order = true;
    }

    /// The judgement, given how the run ended (`None`: it is still going on).
    pub fn report(&self, end: Option<End>) -> Report {
        let messages: Vec<MessageRecord> =
            (0..self.messages.len()).map(|index| self.record(index, end)).collect();
        let totals = self.totals(end);
        let (mut created, mut effects) = (0, 0);
        for record in &messages {
            created += u64::from(record.created);
            effects += u64::from(record.applied[self.primary]);
        }
        Report {
            ledger: Ledger { expected: created * self.amount, actual: effects * self.amount },
            properties: self.properties_of(totals, end),
            settled: end.filter(|end| end.settled()).map(End::at),
            over: end.is_some(),
            messages,
            totals,
        }
    }

    /// Which properties hold, given how the run ended: those of the [report](Audit::report),
    /// without the records.
    pub fn properties(&self, end: End) -> Properties {
        self.properties_of(self.totals(Some(end)), Some(end))
    }

    fn properties_of(&self, totals: Totals, end: Option<End>) -> Properties {
        let settles = end.is_some_and(End::settled);
        Properties {
            no_loss: totals.lost == 0,
            no_silent_loss: totals.silent == 0,
            no_duplicates: totals.duplicated == 0,
            no_torn: !(settles && (0..self.messages.len()).any(|index| self.torn(index))),
            in_order: self.in_order,
            settles,
        }
    }

    fn totals(&self, end: Option<End>) -> Totals {
        let mut totals = Totals::default();
        for index in 0..self.messages.len() {
            let outcome = self.outcome(index, end);
            *match outcome {
                Outcome::Once => &mut totals.once,
                Outcome::Lost => &mut totals.lost,
                Outcome::Duplicated => &mut totals.duplicated,
                Outcome::Parked => &mut totals.parked,
                Outcome::Pending => &mut totals.pending,
            } += 1;
            totals.silent += u32::from(self.silent(index, outcome));
        }
        totals
    }

    /// Whether the message with this index and outcome was lost without the producer knowing.
    pub fn silent(&self, index: usize, outcome: Outcome) -> bool {
        outcome == Outcome::Lost && self.messages[index].told != Some(Told::Error)
    }

    /// How often the message with this index left the producer, and how often it reached a handler.
    pub fn sent_and_delivered(&self, index: usize) -> (u32, u32) {
        let seen = &self.messages[index];
        (seen.sent, seen.delivered)
    }

    fn steps_of(&self, index: usize) -> &[u32] {
        &self.applied[index * self.steps..][..self.steps]
    }

    /// Whether some steps of this message happened and others did not.
    fn torn(&self, index: usize) -> bool {
        let steps = self.steps_of(index);
        steps.iter().any(|&times| times > 0) && steps.contains(&0)
    }

    /// The outcome of the message with this index, given how the run ended (`None`: not yet).
    pub fn outcome(&self, index: usize, end: Option<End>) -> Outcome {
        let seen = &self.messages[index];
        let open = !seen.created || seen.told.is_none() || seen.copies > 0;
        let under_way = end.is_none_or(|end| open && !end.settled());
        match self.steps_of(index)[self.primary] {
            0 if seen.parked => Outcome::Parked,
            0 if under_way => Outcome::Pending,
            0 => Outcome::Lost,
            1 if under_way && end.is_some() => Outcome::Pending,
            1 => Outcome::Once,
            _ => Outcome::Duplicated,
        }
    }

    fn record(&self, index: usize, end: Option<End>) -> MessageRecord {
        let seen = &self.messages[index];
        MessageRecord {
            created: seen.created,
            sent: seen.sent,
            delivered: seen.delivered,
            applied: self.steps_of(index).to_vec(),
            recognised: seen.recognised,
            told: match seen.told {
                Some(Told::Ok) => Learnt::Ok,
                Some(Told::Error) => Learnt::Error,
                Some(Told::Nothing) | None => Learnt::Nothing,
            },
            end: self.outcome(index, end),
        }
    }

    fn first_effect(&mut self, index: usize) {
        if self.key == KeyMode::One {
            self.in_order &= index >= self.latest_first_effect;
            self.latest_first_effect = self.latest_first_effect.max(index);
        }
    }
}

/// Covers what decides the properties of a run from here on: not how often a message was sent or
/// delivered, and of its effects only whether there were none, one, or more.
impl Hash for Audit {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for seen in &self.messages {
            (seen.created, seen.told, seen.copies, seen.parked).hash(state);
        }
        self.copies.hash(state);
        for &times in &self.applied {
            state.write_u8(times.min(2) as u8);
        }
        (self.latest_first_effect, self.in_order).hash(state);
    }
}

impl Observer for Audit {
    const NUMBERS: bool = false;

    fn see(&mut self, step: &Step, packet: Option<&Packet>) {
        let Some(index) = step.message.map(|message| message.index()) else {
            return;
        };
        let Some(milestone) = step.what.milestone() else {
            return;
        };
        let seen = &mut self.messages[index];
        match milestone {
            Milestone::Created => seen.created = true,
            Milestone::Sent(_) => {
                let Some(packet) = packet else { return };
                let published = packet.leg == Leg::Publish && packet.repeats.is_none();
                seen.sent += u32::from(published);
                if let Carries::Delivery(delivery) = packet.carries {
                    let stand = self.copies.get_mut(delivery.copy as usize);
                    if let Some(stand @ Stand::Aborted) = stand {
                        *stand = Stand::Live;
                        seen.copies += 1;
                    }
                }
            }
            Milestone::Begun => seen.delivered += 1,
            Milestone::Told(told) => seen.told = Some(told),
            Milestone::Stored(copy) => {
                seen.copies += 1;
                self.copies.resize(copy as usize, Stand::Done);
                self.copies.push(Stand::Live);
            }
            // A copy can meet more than one end: once settled it may still be lost with its node.
            Milestone::Settled(copy)
            | Milestone::Discarded(copy)
            | Milestone::Parked(copy)
            | Milestone::Lost(copy)
            | Milestone::Aborted(copy) => {
                seen.parked |= matches!(milestone, Milestone::Parked(_));
                let aborted = matches!(milestone, Milestone::Aborted(_));
                if let Some(stand) = self.copies.get_mut(copy as usize) {
                    seen.copies -= u32::from(*stand == Stand::Live);
                    *stand = match stand {
                        Stand::Live | Stand::Aborted if aborted => Stand::Aborted,
                        Stand::Live | Stand::Aborted | Stand::Done => Stand::Done,
                    };
                }
            }
            Milestone::Dropped | Milestone::Recognised => seen.recognised += 1,
            Milestone::Applied(step) => {
                let times = &mut self.applied[index * self.steps + step as usize];
                *times += 1;
                if *times == 1 && step as usize == self.primary {
                    self.first_effect(index);
                }
            }
            // Only the consequences of these count.
            Milestone::Refused | Milestone::Failed | Milestone::Crashed(_) => {}
        }
    }
}

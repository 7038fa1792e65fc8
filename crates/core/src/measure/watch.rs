//! The counts of one run of one lane, taken by an observer that keeps no record.
//!
//! The outcome of a message is the [`Audit`]'s business; this adds whatever else the figures need,
//! and is reused from run to run without allocating.

use crate::audit::{Audit, Outcome};
use crate::experiment::Experiment;
use crate::sim::{End, Event, Keeper, Observer, Packet, Step, Time};

use super::Share;

/// Everyone who may keep ids: the table, eight members, eight partitions.
const KEEPERS: usize = 1 + 8 + 8;

/// The counts of one run.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// The index of the primary step in the scenario.
    primary: u8,
    audit: Audit,
    messages: Vec<Message>,
    kept: [usize; KEEPERS],
    /// Per message, one bit for each [`Share`] it belongs to.
    pub(super) verdicts: Vec<u8>,
    /// Messages by [`Share`].
    pub(super) shares: [u64; Share::ALL.len()],
    /// By [`Count`](super::Count).
    pub(super) counts: [u64; super::Count::ALL.len()],
    /// When the first business event took place.
    begun: Option<Time>,
    /// When the last message had its first effect.
    served: Option<Time>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Message {
    created: Option<Time>,
    /// When the first effect took place.
    served: Option<Time>,
}

impl Watch {
    pub(super) fn new(experiment: &Experiment) -> Watch {
        let messages = experiment.messages.get() as usize;
        Watch {
            primary: experiment.scenario.steps.primary() as u8,
            audit: Audit::new(&experiment.scenario, messages),
            messages: vec![Message::default(); messages],
            kept: [0; KEEPERS],
            verdicts: vec![0; messages],
            shares: Default::default(),
            counts: Default::default(),
            begun: None,
            served: None,
        }
    }

    /// Begins a new run.
    pub(super) fn begin(&mut self) {
        self.audit.renew();
        self.messages.fill(Message::default());
        self.kept = [0; KEEPERS];
        self.shares = Default::default();
        self.counts = Default::default();
        (self.begun, self.served) = (None, None);
    }

    /// Ends the run and judges every message.
    pub(super) fn conclude(&mut self, end: End) {
        let [sends, _, deliveries, _] = &mut self.counts;
        for (index, verdict) in self.verdicts.iter_mut().enumerate() {
            let outcome = self.audit.outcome(index, Some(end));
            let share = match outcome {
                Outcome::Once => Share::Once,
                Outcome::Lost => Share::Lost,
                Outcome::Duplicated => Share::Duplicated,
                Outcome::Parked => Share::Parked,
                Outcome::Pending => Share::Pending,
            };
            *verdict = 1 << share as u8;
            self.shares[share as usize] += 1;
            if self.audit.silent(index, outcome) {
                *verdict |= 1 << Share::Silent as u8;
                self.shares[Share::Silent as usize] += 1;
            }
            let (sent, delivered) = self.audit.sent_and_delivered(index);
            *sends += u64::from(sent);
            *deliveries += u64::from(delivered);
        }
    }

    /// From business event to first effect, for each message that had one, in microseconds.
    pub(super) fn latencies(&self) -> impl Iterator<Item = u64> {
        let messages = self.messages.iter();
        messages.filter_map(|message| Some((message.served? - message.created?).micros()))
    }

    /// From the first business event to the last first effect, in microseconds; 0 without any.
    pub(super) fn span(&self) -> u64 {
        match (self.begun, self.served) {
            (Some(begun), Some(served)) => (served - begun).micros(),
            _ => 0,
        }
    }
}

impl Observer for Watch {
    const NUMBERS: bool = Audit::NUMBERS;

    fn see(&mut self, step: &Step, packet: Option<&Packet>) {
        self.audit.see(step, packet);
        let Some(message) = step.message else {
            return;
        };
        let message = &mut self.messages[message.index()];
        let [_, packets, _, _] = &mut self.counts;
        match step.what {
            Event::Created => {
                message.created = Some(step.at);
                self.begun = self.begun.or(Some(step.at));
            }
            Event::Sent(_) => *packets += 1,
            Event::Applied { step: act } if act == self.primary && message.served.is_none() => {
                message.served = Some(step.at);
                self.served = Some(step.at);
            }
            _ => {}
        }
    }

    fn kept(&mut self, keeper: Keeper, ids: usize) {
        let place = match keeper {
            Keeper::Table => 0,
            Keeper::Memory(member) => 1 + member as usize,
            Keeper::Window(partition) => 9 + partition as usize,
        };
        self.kept[place] = ids;
        let [_, _, _, most] = &mut self.counts;
        *most = self.kept.iter().map(|&ids| ids as u64).sum::<u64>().max(*most);
    }
}

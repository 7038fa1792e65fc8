//! What is counted in one run of one lane: an observer that keeps no record.
//!
//! It comes to the same verdicts as the [`Audit`](crate::audit::Audit), which a test holds it to, but
//! leaves out what no figure needs, and is used again from run to run without asking for memory.

use crate::experiment::Experiment;
use crate::sim::{End, Happening, Keeper, Leg, Observer, Packet, Step, Time, Told};

use super::Share;

/// Who may keep ids: the table, eight members, eight partitions.
const KEEPERS: usize = 1 + 8 + 8;

/// The counts of one run.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// The place of the primary step in the scenario.
    primary: u8,
    messages: Vec<Message>,
    /// Whether each stored copy is still neither settled nor gone.
    live: Vec<bool>,
    kept: [usize; KEEPERS],
    /// For each message a bit for each [`Share`] that it belongs to.
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
    told: Option<Told>,
    /// Copies stored and neither settled nor gone.
    copies: u32,
    effects: u32,
    /// When the first effect took place.
    served: Time,
    parked: bool,
}

impl Watch {
    pub(super) fn new(experiment: &Experiment) -> Watch {
        let messages = experiment.messages.get() as usize;
        Watch {
            primary: experiment.scenario.steps.primary() as u8,
            messages: vec![Message::default(); messages],
            live: Vec::with_capacity(messages),
            kept: [0; KEEPERS],
            verdicts: vec![0; messages],
            shares: Default::default(),
            counts: Default::default(),
            begun: None,
            served: None,
        }
    }

    /// A new run begins.
    pub(super) fn begin(&mut self) {
        self.messages.fill(Message::default());
        self.live.clear();
        self.kept = [0; KEEPERS];
        self.shares = Default::default();
        self.counts = Default::default();
        (self.begun, self.served) = (None, None);
    }

    /// The run is over: judges every message.
    pub(super) fn conclude(&mut self, end: End) {
        for (message, verdict) in self.messages.iter().zip(&mut self.verdicts) {
            let under_way = !end.settled()
                && (message.created.is_none() || message.told.is_none() || message.copies > 0);
            let share = match message.effects {
                0 if message.parked => Share::Parked,
                0 if under_way => Share::Pending,
                0 => Share::Lost,
                1 => Share::Once,
                _ => Share::Duplicated,
            };
            *verdict = 1 << share as u8;
            self.shares[share as usize] += 1;
            if share == Share::Lost && message.told != Some(Told::Error) {
                *verdict |= 1 << Share::Silent as u8;
                self.shares[Share::Silent as usize] += 1;
            }
        }
    }

    /// From business event to first effect, for each message that had one, in microseconds.
    pub(super) fn latencies(&self) -> impl Iterator<Item = u64> {
        let served = self.messages.iter().filter(|message| message.effects > 0);
        served.filter_map(|message| Some((message.served - message.created?).micros()))
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
    fn see(&mut self, step: &Step, packet: Option<&Packet>) {
        let Some(index) = step.message.map(|message| message.index()) else {
            return;
        };
        let message = &mut self.messages[index];
        let [sends, packets, deliveries, _] = &mut self.counts;
        match step.what {
            Happening::Created => {
                message.created = Some(step.at);
                self.begun = self.begun.or(Some(step.at));
            }
            Happening::Sent(_) => {
                *packets += 1;
                let published =
                    packet.is_some_and(|p| p.leg == Leg::Publish && p.repeats.is_none());
                *sends += u64::from(published);
            }
            Happening::HandlerStarted { .. } => *deliveries += 1,
            Happening::Told(told) => message.told = Some(told),
            Happening::Stored { copy } => {
                message.copies += 1;
                self.live.resize(copy as usize, false);
                self.live.push(true);
            }
            Happening::Settled { copy }
            | Happening::Discarded { copy }
            | Happening::Parked { copy }
            | Happening::CopyLost { copy }
            | Happening::TransactionAborted { copy } => {
                message.parked |= matches!(step.what, Happening::Parked { .. });
                let live = self.live.get_mut(copy as usize);
                if live.is_some_and(std::mem::take) {
                    message.copies -= 1;
                }
            }
            Happening::Applied { step: act } if act == self.primary => {
                message.effects += 1;
                if message.effects == 1 {
                    message.served = step.at;
                    self.served = Some(step.at);
                }
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
        *most = self
            .kept
            .iter()
            .map(|&ids| ids as u64)
            .sum::<u64>()
            .max(*most);
    }
}

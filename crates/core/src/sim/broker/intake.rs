//! What a partition remembers about the messages it has taken in: sequence numbers per producer id,
//! and message ids within a window.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use super::super::setup::Setup;
use super::super::time::Time;
use super::super::trace::{Guard, MessageNo, Refusal};

/// The memory of one partition. A record that is lost is forgotten here as well.
#[derive(Debug, Clone, Default, Hash)]
pub(super) struct Intake {
    /// Sequence numbers per producer id.
    sequences: BTreeMap<u32, Sequences>,
    /// When each message id was first stored.
    first_stored: BTreeMap<MessageNo, Time>,
    /// The same in order of time; may still list what has been forgotten since.
    order: VecDeque<(MessageNo, Time)>,
}

/// The sequence numbers stored: all below `floor`, and some above it.
#[derive(Debug, Clone, Default, Hash)]
struct Sequences {
    floor: u32,
    above: BTreeSet<u32>,
}

/// The sender of a message, and its place in the order of sending.
#[derive(Debug, Clone, Copy, Hash)]
pub(in super::super) struct Origin {
    pub(in super::super) message: MessageNo,
    pub(in super::super) session: u32,
    pub(in super::super) id: u32,
    pub(in super::super) sequence: u32,
}

/// What a partition decides about a publish.
pub(super) enum Verdict {
    /// Store it.
    New,
    /// It is stored already.
    Repeat(Guard),
    /// Refuse it.
    Refuse(Refusal),
}

impl Intake {
    pub(super) fn judge(&self, setup: &Setup<'_>, origin: Origin, now: Time) -> Verdict {
        if setup.lane.producer.idempotent {
            let none = Sequences::default();
            let stored = self.sequences.get(&origin.id).unwrap_or(&none);
            if origin.sequence < stored.floor || stored.above.contains(&origin.sequence) {
                return Verdict::Repeat(Guard::Sequence);
            }
            if origin.sequence > stored.floor {
                return Verdict::Refuse(Refusal::OutOfOrder);
            }
        }
        let window = Time::from_millis(setup.lane.broker.dedup_window_ms.get());
        match self.first_stored.get(&origin.message) {
            Some(&first) if now < first + window => Verdict::Repeat(Guard::MessageId),
            _ => Verdict::New,
        }
    }

    /// Takes a record in. Returns how many message ids are kept, if the broker keeps any.
    pub(super) fn remember(
        &mut self,
        setup: &Setup<'_>,
        origin: Origin,
        now: Time,
    ) -> Option<usize> {
        if setup.lane.producer.idempotent {
            let stored = self.sequences.entry(origin.id).or_default();
            if origin.sequence == stored.floor {
                stored.floor += 1;
            } else {
                stored.above.insert(origin.sequence);
            }
            while stored.above.remove(&stored.floor) {
                stored.floor += 1;
            }
        }
        let window = Time::from_millis(setup.lane.broker.dedup_window_ms.get());
        if window == Time::ZERO {
            return None;
        }
        self.first_stored.insert(origin.message, now);
        self.order.push_back((origin.message, now));
        while let Some(&(oldest, first)) = self.order.front() {
            if now < first + window {
                break;
            }
            self.order.pop_front();
            // An id that was forgotten and stored again is kept from the second time on.
            if self.first_stored.get(&oldest) == Some(&first) {
                self.first_stored.remove(&oldest);
            }
        }
        Some(self.first_stored.len())
    }

    /// The message ids that are kept at a moment, in the order of being stored.
    pub(super) fn ids(&self, setup: &Setup<'_>, now: Time) -> Vec<MessageNo> {
        let window = Time::from_millis(setup.lane.broker.dedup_window_ms.get());
        let is_kept = |(message, first): &&(MessageNo, Time)| {
            self.first_stored.get(message) == Some(first) && now < *first + window
        };
        self.order.iter().filter(is_kept).map(|(message, _)| *message).collect()
    }

    /// The producer will not send these numbers any more: nobody waits for them.
    pub(super) fn abandon(&mut self, id: u32, numbers: Range<u32>) {
        let stored = self.sequences.entry(id).or_default();
        stored.above.extend(numbers.start.max(stored.floor)..numbers.end);
        while stored.above.remove(&stored.floor) {
            stored.floor += 1;
        }
    }

    /// A record is lost or aborted, so its message may be published again.
    pub(super) fn forget(&mut self, origin: Origin) {
        self.first_stored.remove(&origin.message);
        if let Some(stored) = self.sequences.get_mut(&origin.id) {
            // Only its own number becomes free; those above it stay taken.
            stored.above.extend(origin.sequence..stored.floor);
            stored.floor = stored.floor.min(origin.sequence);
            stored.above.remove(&origin.sequence);
        }
    }
}

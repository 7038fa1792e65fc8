//! What a partition remembers about the messages it has taken in: the numbers that each session of the
//! producer counts, which end with it, and the ids that the application chooses, which survive the
//! sender's restart, within a window.

use std::collections::{BTreeMap, VecDeque};

use super::super::setup::Setup;
use super::super::time::Time;
use super::super::trace::{Guard, MessageNo, Refusal};

/// The memory of one partition. A record that is lost is forgotten here as well.
#[derive(Debug, Clone, Default, Hash)]
pub(super) struct Intake {
    /// The next number that fits, per session and producer id: all below it are stored.
    next: BTreeMap<(u32, u32), u32>,
    /// When each message id was first stored.
    first_stored: BTreeMap<MessageNo, Time>,
    /// The same in order of time; may still list what has been forgotten since.
    order: VecDeque<(MessageNo, Time)>,
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

impl Origin {
    /// Who numbers.
    fn numbering(self) -> (u32, u32) {
        (self.session, self.id)
    }
}

impl Intake {
    /// Judges a publish. The number of a message that is known by its id is passed, as if it were
    /// stored: no other message will carry it.
    pub(super) fn judge(&mut self, setup: &Setup<'_>, origin: Origin, now: Time) -> Verdict {
        if setup.lane.producer.idempotent {
            let (session, id) = origin.numbering();
            let next = self.next.get(&(session, id)).copied().unwrap_or(0);
            if origin.sequence < next {
                return Verdict::Repeat(Guard::Sequence);
            }
            // What a session sent under an earlier id is void once it numbers anew, as an earlier
            // epoch of Kafka's producers is.
            let mut later = self.next.range((session, id + 1)..=(session, u32::MAX));
            if origin.sequence > next || later.next().is_some() {
                return Verdict::Refuse(Refusal::OutOfOrder);
            }
        }
        let window = Time::from_millis(setup.lane.broker.dedup_window_ms.get());
        match self.first_stored.get(&origin.message) {
            Some(&first) if now < first + window => {
                self.pass(setup, origin);
                Verdict::Repeat(Guard::MessageId)
            }
            _ => Verdict::New,
        }
    }

    fn pass(&mut self, setup: &Setup<'_>, origin: Origin) {
        if setup.lane.producer.idempotent {
            self.next.insert(origin.numbering(), origin.sequence + 1);
        }
    }

    /// Takes a record in. Returns how many message ids are kept, if the broker keeps any.
    pub(super) fn remember(
        &mut self,
        setup: &Setup<'_>,
        origin: Origin,
        now: Time,
    ) -> Option<usize> {
        self.pass(setup, origin);
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

    /// A record is aborted: its number stays taken, but its message may be published again.
    pub(super) fn release(&mut self, message: MessageNo) {
        self.first_stored.remove(&message);
    }

    /// A record is lost, and so is its number, with all that came after it.
    pub(super) fn forget(&mut self, origin: Origin) {
        self.first_stored.remove(&origin.message);
        if let Some(next) = self.next.get_mut(&origin.numbering()) {
            *next = (*next).min(origin.sequence);
        }
    }
}

//! What survives a crash of the consumer: the effects, and the ids written down.

use std::collections::VecDeque;

use super::broker::Broker;
use super::renew::clone_in_place;
use super::time::Time;
use super::trace::MessageNo;
use crate::experiment::scenario::StepKind;
use crate::experiment::settings::{Consumer as ConsumerSettings, Write};

/// Which effects have taken place, and the table of ids.
#[derive(Debug, Hash)]
pub(super) struct Store {
    /// Per message and step, row by row.
    applied: Vec<bool>,
    steps: usize,
    pub(super) table: Seen,
}

clone_in_place!(Store { applied, steps, table });

impl Store {
    pub(super) fn new(messages: usize, steps: usize, settings: &ConsumerSettings) -> Store {
        Store {
            applied: vec![false; messages * steps],
            steps,
            table: Seen::new(messages, settings),
        }
    }

    /// Requests an effect; returns whether it had already taken place.
    pub(super) fn apply(&mut self, message: MessageNo, step: u8) -> bool {
        std::mem::replace(&mut self.applied[message.index() * self.steps + step as usize], true)
    }
}

/// What a transaction of a handler call can reach: the store, and, where the position is kept with
/// the effect, the broker's record of it.
pub(super) struct Reach<'w> {
    pub(super) store: &'w mut Store,
    pub(super) broker: &'w mut Broker,
}

/// Whether the target of a step recognises a repeat.
pub(super) fn absorbs(settings: &ConsumerSettings, kind: StepKind) -> bool {
    match kind {
        StepKind::Db => settings.write == Write::Upsert,
        StepKind::External => settings.idempotency_key,
        StepKind::Produce => false,
    }
}

/// The ids seen, limited in number and in age.
#[derive(Debug, Hash)]
pub(super) struct Seen {
    /// Per message. Empty until the first id is written down, because most setups keep none.
    since: Vec<Option<Time>>,
    messages: usize,
    order: VecDeque<MessageNo>,
    most: usize,
    lifetime: Option<Time>,
}

clone_in_place!(Seen { since, messages, order, most, lifetime });

impl Seen {
    pub(super) fn new(messages: usize, settings: &ConsumerSettings) -> Seen {
        Seen {
            since: Vec::new(),
            messages,
            order: VecDeque::new(),
            most: settings.dedup_window.limit().map_or(usize::MAX, |most| most as usize),
            lifetime: settings.dedup_ttl_ms.limit().map(Time::from_millis),
        }
    }

    pub(super) fn contains(&self, message: MessageNo, now: Time) -> bool {
        let since = self.since.get(message.index()).copied().flatten();
        since.is_some_and(|since| self.lifetime.is_none_or(|lifetime| now < since + lifetime))
    }

    /// Writes an id down and evicts expired and surplus ones, oldest first. Returns how many stay.
    #[must_use]
    pub(super) fn insert(&mut self, message: MessageNo, now: Time) -> usize {
        if self.since.is_empty() {
            self.since.resize(self.messages, None);
        }
        if self.since[message.index()].replace(now).is_some() {
            self.order.retain(|&kept| kept != message);
        }
        self.order.push_back(message);
        while let Some(&oldest) = self.order.front() {
            if self.order.len() <= self.most && self.contains(oldest, now) {
                break;
            }
            self.order.pop_front();
            self.since[oldest.index()] = None;
        }
        self.order.len()
    }

    /// The ids that are kept at a moment, in the order of being written down.
    pub(super) fn ids(&self, now: Time) -> Vec<MessageNo> {
        self.order.iter().copied().filter(|&message| self.contains(message, now)).collect()
    }

    pub(super) fn clear(&mut self) {
        self.since.fill(None);
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::value::Limit;

    fn kept(settings: &ConsumerSettings, inserts: &[(usize, u64)]) -> Vec<usize> {
        let mut seen = Seen::new(10, settings);
        let inserts = inserts.iter();
        let insert = |&(id, ms): &(usize, u64)| {
            seen.insert(MessageNo::from_index(id), Time::from_millis(ms))
        };
        inserts.map(insert).collect()
    }

    #[test]
    fn ids_go_when_there_are_too_many_or_when_they_are_too_old() {
        let mut settings = ConsumerSettings::default();
        let inserts = [(0, 0), (1, 10), (1, 20), (2, 99), (3, 100), (4, 500)];
        assert_eq!(kept(&settings, &inserts), [1, 2, 2, 3, 4, 5]);
        settings.dedup_window = Limit::of(3);
        assert_eq!(kept(&settings, &inserts), [1, 2, 2, 3, 3, 3]);
        settings.dedup_ttl_ms = Limit::of(100);
        assert_eq!(kept(&settings, &inserts), [1, 2, 2, 3, 3, 1]);
        settings.dedup_window = Limit::Unlimited;
        assert_eq!(
            kept(&settings, &inserts),
            [1, 2, 2, 3, 3, 1],
            "the first is 100 ms old when the fourth comes"
        );
    }
}

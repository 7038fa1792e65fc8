//! Ids that are kept to know a repeat by: at most so many, and for so long.
//!
//! It repeats what the simulator's own tables do, from the outside: the tests hold the two to the same
//! counts at every write.

use std::collections::VecDeque;

use ackground_core::sim::{MessageNo, Time};

/// Ids in the order in which they were written down, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    order: VecDeque<(MessageNo, Time)>,
    most: usize,
    lifetime: Option<Time>,
}

impl Ids {
    /// Keeps so many, each for so long; `None` is without end.
    pub(super) fn keeping(most: Option<u64>, lifetime: Option<Time>) -> Ids {
        Ids {
            order: VecDeque::new(),
            most: most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX),
            lifetime,
        }
    }

    /// Writes an id down; one that is there becomes the youngest.
    pub(super) fn insert(&mut self, message: MessageNo, now: Time) {
        self.forget(message);
        self.order.push_back((message, now));
        if self.order.len() > self.most {
            self.order.pop_front();
        }
        self.expire(now);
    }

    /// What is too old goes.
    pub(super) fn expire(&mut self, now: Time) {
        let Some(lifetime) = self.lifetime else {
            return;
        };
        while self.order.front().is_some_and(|(_, since)| *since + lifetime <= now) {
            self.order.pop_front();
        }
    }

    pub(super) fn forget(&mut self, message: MessageNo) {
        self.order.retain(|(kept, _)| *kept != message);
    }

    pub(super) fn clear(&mut self) {
        self.order.clear();
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The messages, the oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = MessageNo> + ExactSizeIterator {
        self.order.iter().map(|(message, _)| *message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(index: usize) -> MessageNo {
        MessageNo::from_index(index)
    }

    #[test]
    fn the_oldest_goes_when_there_are_too_many_or_its_time_is_over() {
        let mut ids = Ids::keeping(Some(2), Some(Time::from_millis(100)));
        for (index, at) in [(0, 0), (1, 10), (2, 20)] {
            ids.insert(message(index), Time::from_millis(at));
        }
        assert_eq!(ids.messages().collect::<Vec<_>>(), [message(1), message(2)]);
        ids.expire(Time::from_millis(110));
        assert_eq!(ids.messages().collect::<Vec<_>>(), [message(2)], "at 110 ms, no later");
    }

    #[test]
    fn an_id_that_is_written_again_is_young_again() {
        let mut ids = Ids::keeping(Some(2), None);
        for index in [0, 1, 0, 2] {
            ids.insert(message(index), Time::ZERO);
        }
        assert_eq!(ids.messages().collect::<Vec<_>>(), [message(0), message(2)]);
    }
}

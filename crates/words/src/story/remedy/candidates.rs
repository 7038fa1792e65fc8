//! The candidates for a remedy: changes of one setting, and of the few that only work together.
//!
//! Their order is a judgement: a switch in a configuration file comes before anything that needs another table,
//! another machine or different code. It knows no run, nor whether a change helps.

use ackground_core::experiment::Lane;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::settings::YEAR_MS;

use super::Change;

/// A change to try.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The settings and their new values.
    sets: &'static [(&'static str, To)],
    /// The lane's new trait, in two or three words for its name.
    pub(super) short: &'static str,
    /// The price to pay.
    pub(super) cost: &'static str,
}

/// A new value for a setting.
#[derive(Debug, Clone, Copy)]
enum To {
    Word(&'static str),
    Flag(bool),
    Whole(u64),
    Null,
    /// The first round time above the slowest handler call of the run.
    AboveTheSlowest,
}

/// Round times, in milliseconds.
const ROUND_MS: [u64; 8] =
    [10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000, YEAR_MS];

impl Candidate {
    /// How many settings it changes.
    pub(super) fn size(&self) -> usize {
        self.sets.len()
    }

    /// The changes, given the slowest handler call in milliseconds; `None` if the lane has all of them
    /// already.
    pub(super) fn changes(&self, lane: &Lane, slowest_ms: u64) -> Option<Vec<Change>> {
        let written = lane.write();
        let now = |path: &str| written.at(path);
        let mut differs = false;
        let changes = self.sets.iter().map(|&(path, to)| {
            let value = match to {
                To::Word(word) => Json::text(word),
                To::Flag(flag) => Json::Flag(flag),
                To::Whole(number) => Json::Whole(number),
                To::Null => Json::Null,
                To::AboveTheSlowest => {
                    let now = now(path).and_then(Json::as_whole).unwrap_or(0);
                    let longer = |ms: &u64| *ms > slowest_ms && *ms > now;
                    Json::Whole(ROUND_MS.into_iter().find(longer).unwrap_or(YEAR_MS))
                }
            };
            differs |= now(path) != Some(&value);
            Change { path, value }
        });
        let changes: Vec<Change> = changes.collect();
        differs.then_some(changes)
    }
}

const fn one(
    set: &'static [(&'static str, To)],
    short: &'static str,
    cost: &'static str,
) -> Candidate {
    Candidate { sets: set, short, cost }
}

/// Every candidate, smallest first. Of two values for one setting the better comes first.
pub(super) const CANDIDATES: &[Candidate] = &[
    one(
        &[("consumer.on_failure", To::Word("nack"))],
        "failed messages returned",
        "The work is repeated, including anything it had done before it failed.",
    ),
    one(
        &[("consumer.ack", To::Word("after_processing"))],
        "acknowledged after the work",
        "A crash between the work and the acknowledgment repeats the work.",
    ),
    one(
        &[("producer.acks", To::Word("leader"))],
        "waits for the leader",
        "A round trip for each message.",
    ),
    one(
        &[("producer.acks", To::Word("all"))],
        "waits for all in-sync replicas",
        "A round trip for each message, and the wait for its replicas.",
    ),
    one(
        &[("producer.retries", To::Word("unlimited"))],
        "resends",
        "A message arrives twice whenever only the reply was lost.",
    ),
    one(
        &[("producer.delivery_timeout_ms", To::Null)],
        "never gives up",
        "While the broker does not reply, messages pile up at the sender.",
    ),
    one(
        &[("producer.request_timeout_ms", To::Whole(10_000))],
        "waits longer for the reply",
        "A lost message is noticed and resent that much later.",
    ),
    one(
        &[("broker.dead_letter", To::Flag(true))],
        "dead letter queue",
        "Someone has to look after the dead letter queue.",
    ),
    one(
        &[("broker.max_deliveries", To::Word("unlimited"))],
        "no limit of deliveries",
        "A message that always fails is tried forever.",
    ),
    one(
        &[("broker.max_deliveries", To::Whole(5))],
        "five deliveries",
        "A message that fails five times is given up, whatever the reason.",
    ),
    one(
        &[("broker.redelivery_timeout_ms", To::AboveTheSlowest)],
        "longer redelivery timeout",
        "After a consumer crash, its messages wait that much longer.",
    ),
    one(
        &[("broker.unclean_election", To::Flag(false))],
        "clean elections",
        "Without an in-sync replica, everything stops until one is back.",
    ),
    one(
        &[("broker.late_ack", To::Word("accept"))],
        "late acknowledgments count",
        "An acknowledgment counts even while another consumer works on the message.",
    ),
    one(
        &[("broker.min_in_sync", To::Whole(2))],
        "two in-sync replicas needed",
        "With fewer than two replicas up, nothing can be written.",
    ),
    one(
        &[("producer.idempotent", To::Flag(true))],
        "numbered sends",
        "The broker keeps the last numbers of every producer.",
    ),
    one(
        &[("consumer.isolation", To::Word("read_committed"))],
        "reads committed only",
        "A message is read only once its transaction has ended.",
    ),
    one(
        &[("consumer.batch", To::Whole(1))],
        "one at a time",
        "A fetch and an acknowledgment for each message.",
    ),
    one(
        &[("producer.max_in_flight", To::Whole(1))],
        "one send at a time",
        "Each send waits for the reply to the previous one.",
    ),
    one(
        &[("consumer.dedup_window", To::Word("unlimited"))],
        "all IDs kept",
        "The list of IDs grows with every message.",
    ),
    one(
        &[("consumer.dedup_ttl_ms", To::Word("unlimited"))],
        "IDs kept forever",
        "The list of IDs grows with every message.",
    ),
    one(
        &[("consumer.write", To::Word("upsert"))],
        "upserts",
        "Every effect has to be a row of its own, keyed by the message's ID.",
    ),
    one(
        &[("consumer.idempotency_key", To::Flag(true))],
        "idempotency key",
        "The other side has to remember the keys, for as long as it chooses.",
    ),
    one(
        &[("consumer.dedup", To::Word("atomic"))],
        "atomic dedup",
        "An ID table in the same database, and one extra row per transaction.",
    ),
    one(
        &[("consumer.dedup", To::Word("table_after"))],
        "dedup table",
        "A dedup table; a crash between the effect and its record still repeats the effect.",
    ),
    one(
        &[("consumer.dedup", To::Word("memory"))],
        "IDs in memory",
        "Memory; a crash erases every ID.",
    ),
    one(
        &[("broker.dedup_window_ms", To::Whole(600_000))],
        "broker drops repeats",
        "The broker keeps the IDs of the last ten minutes.",
    ),
    one(
        &[("producer.source", To::Word("outbox"))],
        "outbox",
        "A table beside the business row, and a relay that sends from it.",
    ),
    one(
        &[("broker.flush", To::Word("each_write"))],
        "flush at each write",
        "A write to disk before each reply.",
    ),
    one(
        &[("broker.replicas", To::Whole(3))],
        "three replicas",
        "Three machines, and the network between them.",
    ),
    one(
        &[("consumer.ack", To::Word("with_effect"))],
        "acknowledged with the effect",
        "The position is kept in the store of the effect, in the same transaction.",
    ),
    one(
        &[("producer.idempotent", To::Flag(true)), ("producer.transactional", To::Flag(true))],
        "transactions",
        "Two more round trips for each transaction, and readers wait for its end.",
    ),
    one(
        &[
            ("producer.idempotent", To::Flag(true)),
            ("producer.transactional", To::Flag(true)),
            ("consumer.ack", To::Word("with_effect")),
            ("consumer.isolation", To::Word("read_committed")),
        ],
        "one transaction from read to write",
        "Reading and writing share one transaction, and readers wait for its end.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::story::setting;
    use ackground_core::experiment::Experiment;

    #[test]
    fn every_candidate_is_allowed_has_words_and_is_there_once() {
        let (experiment, mut had) = (Experiment::default(), BTreeSet::new());
        for candidate in CANDIDATES {
            for (path, to) in candidate.sets {
                assert!(setting(path).is_some(), "{path}");
                assert!(had.insert(format!("{path} {to:?} {}", candidate.short)));
            }
            assert!(candidate.cost.ends_with('.') && candidate.short.len() < 36);
            // In the lane that waits for answers everything can be set by itself.
            if let Some(changes) = candidate.changes(&experiment.lanes[1], 100) {
                let changed = super::super::changed(&experiment, 1, &changes);
                assert!(changed.is_some(), "{:?}", candidate.sets);
            }
        }
    }

    #[test]
    fn what_a_lane_has_already_is_not_tried() {
        let lane = &Experiment::default().lanes[2];
        let atomic = |candidate: &&Candidate| candidate.short == "atomic dedup";
        let atomic = CANDIDATES.iter().find(atomic).expect("it is tried");
        assert!(atomic.changes(lane, 100).is_none());
    }

    #[test]
    fn the_redelivery_timeout_goes_above_the_slowest_call() {
        let lane = &Experiment::default().lanes[1];
        let longer = |candidate: &&Candidate| candidate.short == "longer redelivery timeout";
        let longer = CANDIDATES.iter().find(longer).expect("it is tried");
        for (slowest, round) in [(100, 10_000), (10_000, 30_000), (70_000, 300_000)] {
            let changes = longer.changes(lane, slowest).expect("another time");
            assert_eq!(changes[0].value, Json::Whole(round));
        }
    }
}

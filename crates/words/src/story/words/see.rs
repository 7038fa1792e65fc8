//! The glossary's experiments: what is run, and the outcome of each message.

use ackground_core::audit::Outcome::{self, Duplicated, Lost, Once, Parked};
use ackground_core::experiment::scenario::{BuiltIn, Label};
use ackground_core::experiment::script::Script;
use ackground_core::experiment::settings::{Dedup, Flush, Write};
use ackground_core::experiment::value::{Bounded, Limit};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};

/// A name for a modified setup, and the modification.
type Change = (&'static str, fn(&mut Lane));

/// A lane of such an experiment: a named setup, modified.
#[derive(Clone, Copy, Debug)]
struct Setup {
    preset: PresetId,
    change: Option<Change>,
    /// The outcome of each message.
    ends: &'static [Outcome],
}

/// An experiment that shows a term.
#[derive(Clone, Copy, Debug)]
pub struct See {
    /// What there is to see.
    pub says: &'static str,
    scenario: BuiltIn,
    script: &'static str,
    setups: &'static [Setup],
}

impl See {
    /// The experiment.
    pub fn experiment(&self) -> Experiment {
        let lanes = self.setups.iter().map(|setup| {
            let mut lane = Lane::of_preset(setup.preset);
            if let Some((name, change)) = setup.change {
                lane.name = Label::cut(name);
                change(&mut lane);
            }
            lane
        });
        let mut experiment = Experiment::of_lanes(Lanes::new(lanes.collect()).unwrap_or_default());
        experiment.scenario = self.scenario.scenario();
        let lines = self.script.lines().filter_map(|line| line.parse().ok());
        experiment.faults.script = Script::new(lines.collect()).unwrap_or_default();
        experiment
    }

    /// The outcome of each message in each lane; a test runs the experiment and compares.
    pub fn ends(&self) -> impl Iterator<Item = &'static [Outcome]> {
        self.setups.iter().map(|setup| setup.ends)
    }

    /// The faults, one script line each.
    pub fn script(&self) -> impl Iterator<Item = &'static str> {
        self.script.lines()
    }
}

const fn setup(preset: PresetId, ends: &'static [Outcome]) -> Setup {
    Setup { preset, change: None, ends }
}

const fn changed(
    preset: PresetId,
    name: &'static str,
    change: fn(&mut Lane),
    ends: &'static [Outcome],
) -> Setup {
    Setup { preset, change: Some((name, change)), ends }
}

const fn payments(says: &'static str, script: &'static str, setups: &'static [Setup]) -> See {
    See { says, scenario: BuiltIn::Payment, script, setups }
}

/// All three messages take effect once.
const ALL: &[Outcome] = &[Once, Once, Once];
/// The second one is lost.
const GAP: &[Outcome] = &[Once, Lost, Once];
/// The second one takes effect twice.
const TWICE: &[Outcome] = &[Once, Duplicated, Once];

use PresetId::*;

pub(super) const AT_MOST_ONCE: See = payments(
    "The second payment is lost on its way, and is never resent.",
    "drop publish 2",
    &[setup(PresetId::AtMostOnce, GAP)],
);
pub(super) const AT_LEAST_ONCE: See = payments(
    "The consumer crashes after the credit and before the acknowledgment. The second payment is credited twice.",
    "crash consumer after credit 2",
    &[setup(AtLeastOnce, TWICE)],
);
pub(super) const EFFECTIVELY_ONCE: See = payments(
    "The same crash: the message is redelivered in both lanes, and takes effect twice in one.",
    "crash consumer after credit 2",
    &[setup(AtLeastOnce, TWICE), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const TWO_GENERALS: See = payments(
    "Only the reply is lost. The lane that resends repeats the payment; the other would have lost it, had the message \
     been lost instead.",
    "drop publish-ack 2",
    &[setup(AtLeastOnce, TWICE), setup(PresetId::AtMostOnce, ALL)],
);
pub(super) const RETRY: See = payments(
    "The same packet is lost in both lanes. One resends it.",
    "drop publish 2",
    &[setup(PresetId::AtMostOnce, GAP), setup(AtLeastOnce, ALL)],
);
pub(super) const LOST_ACK: See = payments(
    "The work is done and its acknowledgment is lost: the message is redelivered.",
    "drop ack 2",
    &[setup(RabbitmqQuorum, TWICE), setup(RabbitmqEffectivelyOnce, ALL)],
);
pub(super) const NACK: See = payments(
    "The second call fails; the message is returned and handled once more.",
    "fail 2",
    &[setup(RabbitmqQuorum, ALL), setup(SwallowedFailure, GAP)],
);
pub(super) const CONFIRM: See = payments(
    "The message is lost before it reaches the broker. Only a producer that waits for a confirm notices.",
    "drop publish 2",
    &[setup(RabbitmqDefaults, GAP), setup(RabbitmqQuorum, ALL)],
);
pub(super) const COMMIT_FIRST: See = payments(
    "The position is committed, the consumer crashes, and the message is skipped.",
    "crash consumer before credit 2",
    &[setup(CommitBeforeProcessing, GAP), setup(AtLeastOnce, ALL)],
);
pub(super) const LEADER: See = payments(
    "The leader fails right after its reply, before a follower has the message.",
    "crash broker after ack 2",
    &[setup(LeaderOnly, GAP), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const FLUSH: See = payments(
    "The only replica fails right after its reply. Everything that was not on disk is gone.",
    "crash broker after ack 2",
    &[
        changed(
            PresetId::EffectivelyOnce,
            "One replica, not flushed",
            |lane| one_copy(lane, Flush::Never),
            GAP,
        ),
        changed(
            PresetId::EffectivelyOnce,
            "One replica, flushed at once",
            |lane| one_copy(lane, Flush::EachWrite),
            ALL,
        ),
    ],
);
pub(super) const VISIBILITY: See = payments(
    "The work takes longer than the visibility timeout: the message is redelivered while it is being handled.",
    "slow 2 by 40s",
    &[setup(SqsStandard, TWICE), setup(SqsEffectivelyOnce, ALL)],
);
pub(super) const IDEMPOTENT_PRODUCER: See = payments(
    "The reply is lost and the message is resent. The broker recognises its number in one lane.",
    "drop publish-ack 2",
    &[setup(AtLeastOnce, TWICE), setup(IdempotentProducerOnly, ALL)],
);
pub(super) const PRODUCER_ID: See = payments(
    "The producer crashes after sending. It comes back under a new ID, so its resend is treated as a new message.",
    "crash producer after publish 2",
    &[setup(IdempotentProducerOnly, TWICE), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const TRANSACTION: See = See {
    says: "The consumer crashes after writing its output. In one transaction with the position the output is \
           undone; without one it is written twice.",
    scenario: BuiltIn::Pipeline,
    script: "crash consumer after write 2",
    setups: &[setup(KafkaAtLeastOnce, TWICE), setup(KafkaTransactions, ALL)],
};
pub(super) const OUTBOX: See = payments(
    "The producer crashes between its own commit and the send. Only the outbox remembers what is \
     left to send.",
    "crash producer before publish 2",
    &[setup(DualWrite, GAP), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const DEDUP_WINDOW: See = payments(
    "The ID is forgotten before the resend arrives.",
    "drop publish-ack 2",
    &[setup(DedupWindowTooShort, TWICE), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const DEDUP_TABLE: See = payments(
    "A crash between the effect and its record. Only one transaction closes that gap.",
    "crash consumer after credit 2",
    &[setup(DedupRecordLast, TWICE), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const DEDUP_FIRST: See = payments(
    "A crash between the record and the effect: the message is redelivered, and is mistaken for a repeat.",
    "crash consumer after record 2",
    &[setup(DedupRecordFirst, GAP), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const DEDUP_MEMORY: See = payments(
    "The crash that causes the redelivery also erases the memory that would recognise it.",
    "crash consumer after credit 2",
    &[setup(DedupInMemory, TWICE), setup(PresetId::EffectivelyOnce, ALL)],
);
pub(super) const IDEMPOTENCY_KEY: See = See {
    says: "The mailer crashes after sending. With a key, the email service recognises the second request.",
    scenario: BuiltIn::Email,
    script: "crash consumer after send 2",
    setups: &[
        setup(AtLeastOnce, TWICE),
        changed(
            AtLeastOnce,
            "With an idempotency key",
            |lane| lane.consumer.idempotency_key = true,
            ALL,
        ),
    ],
};
pub(super) const UPSERT: See = See {
    says: "The same click is handled twice. Adding one counts it twice; writing its row does not.",
    scenario: BuiltIn::Clicks,
    script: "crash consumer after count 2",
    setups: &[
        setup(AtLeastOnce, TWICE),
        changed(AtLeastOnce, "A row per click", |lane| lane.consumer.write = Write::Upsert, ALL),
    ],
};
pub(super) const POISON: See = payments(
    "The second message fails every time. After three deliveries it is parked in one lane and discarded in the \
     other.",
    "poison 2",
    &[
        changed(
            PresetId::EffectivelyOnce,
            "With a dead letter queue",
            |lane| lane.broker.max_deliveries = Limit::of(3),
            &[Once, Parked, Once],
        ),
        changed(
            PresetId::EffectivelyOnce,
            "Without one",
            |lane| {
                lane.broker.max_deliveries = Limit::of(3);
                lane.broker.dead_letter = false;
            },
            GAP,
        ),
    ],
);
pub(super) const TORN: See = See {
    says: "A crash between debit and credit. In one lane the money has left A and never reaches B.",
    scenario: BuiltIn::Transfer,
    script: "crash consumer after debit 2",
    setups: &[setup(PresetId::AtMostOnce, GAP), setup(PresetId::EffectivelyOnce, ALL)],
};
pub(super) const REBALANCE: See = payments(
    "One of two consumers crashes. Its partition goes to the other, which reads on from the committed \
     position and handles the second payment once more.",
    "crash consumer after credit 2",
    &[changed(
        AtLeastOnce,
        "Two consumers",
        |lane| {
            lane.consumer.instances = Bounded::of(2);
            lane.broker.partitions = Bounded::of(2);
        },
        TWICE,
    )],
);
pub(super) const REDELIVERY: See = payments(
    "No acknowledgment came, so the broker redelivers the message. The consumer recognises it by its ID.",
    "crash consumer after credit 2",
    &[changed(
        AtLeastOnce,
        "IDs in the same transaction",
        |lane| lane.consumer.dedup = Dedup::Atomic,
        ALL,
    )],
);
pub(super) const RECEIVE_AND_DELETE: See = payments(
    "The delivery itself is lost. The broker settled the message by sending it, so it is not redelivered.",
    "drop deliver 2",
    &[setup(ServiceBusAtMostOnce, GAP), setup(ServiceBusAtLeastOnce, ALL)],
);

fn one_copy(lane: &mut Lane, flush: Flush) {
    lane.broker.replicas = Bounded::of(1);
    lane.broker.min_in_sync = Bounded::of(1);
    lane.broker.flush = flush;
}

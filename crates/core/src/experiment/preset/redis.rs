//! Redis Streams: `XADD`, consumer groups with a pending list, persistence by snapshot or by file.

use super::super::settings::{
    AckMode, Acks, Broker, BrokerKind, Consumer, Dedup, Flush, LateAck, Producer, Source,
};
use super::super::value::{Bounded, Limit};
use super::Preset;

const STREAMS: &str = "https://redis.io/docs/latest/develop/data-types/streams/";
const PERSISTENCE: &str =
    "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/";

/// One primary with a snapshot within the hour, and a group that acknowledges after the work.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: STREAMS,
        not_covered: "Redis redelivers nothing by itself: a claim loop of the application does, after \
            an idle time of its choice, for which 5 s stand in. Failover to a replica, which is \
            asynchronous and may lose, is left out.",
        producer: Producer {
            acks: Acks::Leader,
            retries: Limit::of(0),
            source: Source::Direct,
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Async,
            flush_interval_ms: Bounded::of(3_600_000),
            dead_letter: false,
            late_ack: LateAck::Accept,
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn defaults() -> Preset {
    Preset {
        name: "Redis Streams: defaults",
        tagline: "In memory, with a snapshot within the hour",
        description: "The append-only file is off, and a few messages are saved only by the snapshot \
            within an hour: a machine that fails forgets what it has confirmed. `XADD` is sent once.",
        source: PERSISTENCE,
        not_covered: "Snapshots come sooner under load (100 changes in 5 min, 10000 in 1 min). \
            Nothing is redelivered without a claim loop, for which 5 s stand in.",
        ..base()
    }
}

pub(super) fn at_most_once() -> Preset {
    let base = base();
    Preset {
        name: "Redis Streams: at most once",
        tagline: "XREADGROUP with NOACK",
        description: "With `NOACK` an entry is settled by reading it and never enters the pending \
            list. What a crashed consumer had read is gone.",
        source: "https://redis.io/docs/latest/commands/xreadgroup/",
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn at_least_once() -> Preset {
    let base = base();
    Preset {
        name: "Redis Streams: at least once",
        tagline: "Pending list, claim loop, AOF always",
        description: "Every write is synced before its reply, the outbox resends `XADD` until \
            it has one, and entries without `XACK` are claimed again. A repeated `XADD` is another entry, \
            and a late `XACK` still counts.",
        producer: Producer { retries: Limit::Unlimited, source: Source::Outbox, ..base.producer },
        broker: Broker { flush: Flush::EachWrite, ..base.broker },
        ..base
    }
}

pub(super) fn idmp() -> Preset {
    let base = at_least_once();
    Preset {
        name: "Redis Streams: IDMP",
        tagline: "A producer's ID, recognised for 100 s",
        description: "Since Redis 8.6 `XADD` recognises an ID that the same producer has used. \
            That stops duplicates from resends; entries that the group claims again are still handled again.",
        not_covered: "At most 100 IDs are kept per producer, whatever their age; the model knows the \
            100 s only. The claim loop's idle time is the application's, 5 s stand in.",
        broker: Broker { dedup_window_ms: Bounded::of(100_000), ..base.broker },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = idmp();
    Preset {
        name: "Redis Streams: effectively once",
        tagline: "IDMP + idempotent effect",
        description: "Redis recognises what the producer resends. The consumer writes the \
            ID in the transaction of the effect, which recognises what the group claims again.",
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}

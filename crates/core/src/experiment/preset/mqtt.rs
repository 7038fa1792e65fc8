//! MQTT 3.1.1 and 5 with Mosquitto: a quality of service per hop, sessions, one broker.

use super::super::settings::{
    AckMode, Acks, Broker, BrokerKind, Consumer, Dedup, Flush, Producer, Source,
};
use super::super::value::{Bounded, Limit};
use super::Preset;

const MQTT: &str = "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html";
const MOSQUITTO: &str = "https://mosquitto.org/man/mosquitto-conf-5.html";

/// Quality of service 1 with persistent sessions, and a broker that saves its state.
fn base() -> Preset {
    Preset {
        name: "",
        tagline: "",
        description: "",
        source: MQTT,
        not_covered: "A client resends only when it reconnects; the timers of the model \
            stand for the lost connection and its return. Limits of queued messages, which drop the overflow, \
            are left out.",
        producer: Producer {
            acks: Acks::Leader,
            max_in_flight: Bounded::of(20),
            ..Producer::default()
        },
        broker: Broker {
            kind: BrokerKind::Queue,
            replicas: Bounded::of(1),
            min_in_sync: Bounded::of(1),
            flush: Flush::Async,
            flush_interval_ms: Bounded::of(1_800_000),
            dead_letter: false,
            ..Broker::default()
        },
        consumer: Consumer::default(),
    }
}

pub(super) fn qos0() -> Preset {
    let base = base();
    Preset {
        name: "MQTT: QoS 0",
        tagline: "Sent once on each hop, never confirmed",
        description: "The publisher sends and forgets, and so does the broker. Nothing is kept \
            for a subscriber that is away.",
        not_covered: "A subscriber that is away misses everything; the model keeps the message \
            until it has been sent once.",
        producer: Producer {
            acks: Acks::None,
            retries: Limit::of(0),
            source: Source::Direct,
            ..base.producer
        },
        broker: Broker { flush: Flush::Never, ..base.broker },
        consumer: Consumer { ack: AckMode::OnReceive, ..base.consumer },
        ..base
    }
}

pub(super) fn qos1() -> Preset {
    Preset {
        name: "MQTT: QoS 1",
        tagline: "Repeated on each hop until confirmed",
        description: "Publisher and broker repeat until they have a PUBACK, so a late one \
            means a second delivery. Mosquitto saves its state every 30 minutes: a crash of its machine loses everything that it has confirmed since.",
        source: MOSQUITTO,
        ..base()
    }
}

pub(super) fn qos2() -> Preset {
    let base = base();
    Preset {
        name: "MQTT: QoS 2",
        tagline: "A handshake per hop, while both sides remember",
        description: "Each hop recognises a packet identifier until its handshake is \
            done. That survives any lost packet, but not a client that restarts without its session, and not the step from the last hop into a database.",
        not_covered: "The four packets of a hop are shown as two; the publisher's identifiers are \
            its producer ID and the subscriber's are IDs in memory, both gone after a crash.",
        producer: Producer { idempotent: true, ..base.producer },
        consumer: Consumer { dedup: Dedup::Memory, ..base.consumer },
        ..base
    }
}

pub(super) fn effectively_once() -> Preset {
    let base = qos2();
    Preset {
        name: "MQTT: effectively once",
        tagline: "QoS 2 + the application's message ID",
        description: "The application puts its own ID into the message, and the \
            subscriber writes it in the transaction of the effect. The handshakes then only reduce repeats. A crash of the broker's machine still loses messages: a single Mosquitto that saves now and then cannot promise more.",
        source: MOSQUITTO,
        consumer: Consumer { dedup: Dedup::Atomic, ..base.consumer },
        ..base
    }
}

//! What goes wrong: rates for the dice, and a script of exact faults. The same for all lanes.

use super::record::record;
use super::script::Script;
use super::settings::Millis;
use super::value::{Bounded, Rate, Span};

record! {
    /// The share of packets lost on each leg.
    pub struct Loss {
        /// Producer to broker: the message.
        pub publish: Rate = Rate::ZERO,
        /// Broker to producer: the acknowledgment.
        pub publish_ack: Rate = Rate::ZERO,
        /// Broker to consumer: the message.
        pub deliver: Rate = Rate::ZERO,
        /// Consumer to broker: the acknowledgment or commit.
        pub ack: Rate = Rate::ZERO,
    }
}

record! {
    /// The chance of a crash per message handled, at a point drawn evenly.
    pub struct CrashRates {
        /// Per publish.
        pub producer: Rate = Rate::ZERO,
        /// Per write.
        pub broker: Rate = Rate::ZERO,
        /// Per delivery.
        pub consumer: Rate = Rate::ZERO,
    }
}

record! {
    /// Everything that goes wrong, at random and by script.
    pub struct Faults {
        /// Packets lost.
        pub loss: Loss = Loss::default(),
        /// Nodes that crash.
        pub crash: CrashRates = CrashRates::default(),
        /// Handler calls that fail.
        pub failure: Rate = Rate::ZERO,
        /// Messages whose handler always fails.
        pub poison: Rate = Rate::ZERO,
        /// Handler calls that take longer than the redelivery timeout.
        pub slow: Rate = Rate::ZERO,
        /// Travel time of a packet, drawn evenly between the two, in milliseconds.
        pub latency_ms: Span = Span::of(20, 80),
        /// How long a crashed node stays down, in milliseconds.
        pub restart_ms: Millis = Bounded::of(1000),
        /// Exact faults, one per line of text. A line after the word `off` is kept and does nothing.
        pub script: Script = Script::default(),
    }
}

//! What goes wrong: rates for the dice, and a script of exact faults. The same for all lanes.

use super::part::labelled;
use super::record::record;
use super::script::Script;
use super::settings::{Millis, YEAR_MS};
use super::value::{Bounded, Limit, PAST_TIMEOUT, Rate, Span};

record! {
    /// The share of packets lost on each leg.
    pub struct Loss {
        /// Producer to broker: the message.
        #[setting("Publish lost", link = "loss-publish")]
        pub publish: Rate = Rate::ZERO,
        /// Broker to producer: the acknowledgment.
        #[setting("Publish ack lost", link = "loss-publish-ack")]
        pub publish_ack: Rate = Rate::ZERO,
        /// Broker to consumer: the message.
        #[setting("Delivery lost", link = "loss-deliver")]
        pub deliver: Rate = Rate::ZERO,
        /// Consumer to broker: the acknowledgment or commit.
        #[setting("Ack lost", link = "loss-ack")]
        pub ack: Rate = Rate::ZERO,
    }
}

record! {
    /// The chance of a crash per message handled, at a point drawn evenly.
    pub struct CrashRates {
        /// Per publish.
        #[setting("Producer crash", link = "crash-producer")]
        pub producer: Rate = Rate::ZERO,
        /// Per write.
        #[setting("Broker crash", link = "crash-broker")]
        pub broker: Rate = Rate::ZERO,
        /// Per delivery.
        #[setting("Consumer crash", link = "crash-consumer")]
        pub consumer: Rate = Rate::ZERO,
    }
}

record! {
    /// Everything that goes wrong, at random and by script.
    pub struct Faults {
        /// Packets lost.
        #[setting("Lost on the wire")]
        pub loss: Loss = Loss::default(),
        /// Nodes that crash.
        #[setting("Crashes")]
        pub crash: CrashRates = CrashRates::default(),
        /// Handler calls that fail.
        #[setting("Work fails", link = "failure")]
        pub failure: Rate = Rate::ZERO,
        /// Messages whose handler always fails.
        #[setting("Poison messages", link = "poison")]
        pub poison: Rate = Rate::ZERO,
        /// Handler calls that stall.
        #[setting("Work stalls", link = "slow")]
        pub slow: Rate = Rate::ZERO,
        /// How long a random stall takes, in milliseconds, or longer than the redelivery timeout.
        #[setting("A stall takes", link = "slow-for", named = &[("past_timeout", "past the timeout")])]
        pub slow_ms: Limit<1, YEAR_MS, PAST_TIMEOUT> = Limit::Unlimited,
        /// Travel time of a packet, drawn evenly between the two, in milliseconds.
        #[setting("Travel time", link = "latency")]
        pub latency_ms: Span = Span::of(20, 80),
        /// How long a crashed node stays down, in milliseconds.
        #[setting("Restart takes", link = "restart")]
        pub restart_ms: Millis = Bounded::of(1000),
        /// Exact faults, one per line of text. A line after the word `off` is kept and does nothing.
        #[setting("Exact faults")]
        pub script: Script = Script::default(),
    }
}

const _: () = labelled(Loss::FIELDS);
const _: () = labelled(CrashRates::FIELDS);
const _: () = labelled(Faults::FIELDS);

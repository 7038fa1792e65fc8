//! A setup in one line: what its producer waits for, whether it resends, when its consumer acknowledges, and what
//! it remembers.

use ackground_core::experiment::Lane;
use ackground_core::experiment::settings::{AckMode, Acks, Dedup, Source};
use ackground_core::experiment::value::Limit;

/// The settings that decide a guarantee, in one line: `sends once, acks on receipt, no dedup`.
///
/// ```
/// use ackground_core::experiment::Experiment;
///
/// let first = &Experiment::default().lanes[0];
/// assert_eq!(ackground_words::story::in_short(first), "sends once, acks on receipt, no dedup");
/// ```
pub fn in_short(lane: &Lane) -> String {
    let (producer, consumer) = (&lane.producer, &lane.consumer);
    let sends = match (producer.acks, producer.retries) {
        // Who waits for no reply never learns that it should resend.
        (Acks::None, _) => "sends once".to_owned(),
        (_, Limit::At(times)) if times.get() == 0 => "sends once".to_owned(),
        (_, Limit::At(times)) if times.get() == 1 => "resends once".to_owned(),
        (_, Limit::At(times)) => format!("resends up to {times} times"),
        (_, Limit::Unlimited) => "resends".to_owned(),
    };
    let sends = match producer.source {
        Source::Outbox => sends,
        Source::Direct => format!("{sends} from memory"),
    };
    let acks = match consumer.ack {
        AckMode::OnReceive => "acks on receipt",
        AckMode::AfterProcessing => "acks after the work",
        AckMode::WithEffect => "acks with the effect",
    };
    let dedup = match consumer.dedup {
        Dedup::None => "no dedup",
        Dedup::Memory => "dedup in memory",
        Dedup::TableBefore => "dedup before the effect",
        Dedup::TableAfter => "dedup after the effect",
        Dedup::Atomic => "atomic dedup",
    };
    format!("{sends}, {acks}, {dedup}")
}

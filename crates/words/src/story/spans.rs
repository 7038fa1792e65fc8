//! The times within which something is proven: how long the faults of a search last, and which times of a setup
//! are longer than all of them, so that nothing was said about what happens when they run out.

use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::settings::{Dedup, Millis};
use ackground_core::prove::{Kind, Kinds, Spans};
use ackground_core::sim::Time;

use super::duration;

/// How long the faults last: `outages of 1 s, stalls of 5 s`; empty if none of them lasts.
pub fn spans(spans: Spans) -> String {
    let lasting = [
        ("outages", spans.outage),
        ("stalls", spans.stall),
        ("packets late by", spans.delay),
        ("network cuts", spans.cut),
    ];
    let lasting = lasting.into_iter().filter_map(|(what, span)| Some((what, span?)));
    let said: Vec<String> = lasting
        .map(|(what, span)| match what.ends_with("by") {
            true => format!("{what} {}", tried(span)),
            false => format!("{what} of {}", tried(span)),
        })
        .collect();
    said.join(", ")
}

/// How long packets travel in a search: `packets take 20 to 80 ms`.
pub fn travel(spans: Spans) -> String {
    let (least, most) = spans.travel;
    if least == most {
        return format!("packets take {}", duration(most));
    }
    let (one, other) = (duration(least), duration(most));
    match (one.split_once(' '), other.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => {
            format!("packets take {number} to {other}")
        }
        _ => format!("packets take {one} to {other}"),
    }
}

/// A time of a setup that no fault of a search outlasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untried {
    /// What could break once it has run out.
    pub property: Property,
    /// `Its IDs are kept for 1 min, and no outage tried is that long.`
    pub sentence: String,
    /// How long an outage would have to be, in milliseconds: longer than the time by half.
    pub outage_ms: u64,
}

impl Untried {
    /// What to do about it: `Try outages of 90 s`.
    pub fn invitation(&self) -> String {
        format!("Try outages of {}", tried(Time::from_millis(self.outage_ms)))
    }
}

/// The times of a lane, counted from 0, that a search for faults of these kinds leaves untried, the longest for
/// each property. Without crashes there is no outage that could be longer.
pub fn untried(experiment: &Experiment, lane: usize, kinds: Kinds) -> Vec<Untried> {
    let Some(setup) = experiment.lanes.get(lane).filter(|_| kinds.has(Kind::Crash)) else {
        return Vec::new();
    };
    let (producer, broker, consumer) = (&setup.producer, &setup.broker, &setup.consumer);
    let longest = Spans::of(experiment, lane, kinds).longest().unwrap_or_default().millis();
    let kept = consumer.dedup_ttl_ms.limit().filter(|_| consumer.dedup != Dedup::None);
    let window = Some(broker.dedup_window_ms.get()).filter(|window| *window > 0);
    let redelivery = broker.redelivery_timeout_ms.limit();
    let delivery = producer.delivery_timeout_ms.map(|timeout| timeout.get());
    let times = [
        (Property::NoLoss, "The producer gives up after", delivery),
        (Property::NoDuplicates, "Its IDs are kept for", kept),
        (Property::NoDuplicates, "The broker drops repeats within", window),
        (Property::NoDuplicates, "The broker redelivers after", redelivery),
    ];
    let mut found: Vec<Untried> = Vec::new();
    for (property, what, time) in times {
        let Some(time) = time.filter(|time| *time > longest && *time < Millis::MAX.get()) else {
            continue;
        };
        let outage_ms = time.saturating_mul(3).div_ceil(2).min(Millis::MAX.get());
        let said = tried(Time::from_millis(time));
        let one = Untried {
            property,
            sentence: format!("{what} {said}, and no outage tried is that long."),
            outage_ms,
        };
        match found.iter_mut().find(|known| known.property == property) {
            Some(known) if known.outage_ms < outage_ms => *known = one,
            Some(_) => {}
            None => found.push(one),
        }
    }
    found
}

/// A duration; a minute and a half is 90 s.
fn tried(span: Time) -> String {
    let millis = span.millis();
    let minutes = millis.is_multiple_of(60_000);
    let odd = (60_000..600_000).contains(&millis) && !minutes && millis.is_multiple_of(1000);
    if odd { format!("{} s", millis / 1000) } else { duration(span) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::settings::BrokerKind;
    use ackground_core::experiment::value::{Bounded, Limit};
    use ackground_core::experiment::{Lane, Lanes, PresetId};
    use ackground_core::prove::{Bounds, prove};

    /// A queue with a table of ids.
    fn one(change: impl FnOnce(&mut Lane)) -> Experiment {
        let mut lane = Lane::of_preset(PresetId::EffectivelyOnce);
        lane.broker.kind = BrokerKind::Queue;
        change(&mut lane);
        let lanes = Lanes::new(vec![lane]).expect("one lane");
        Experiment { lanes, ..Experiment::default() }
    }

    #[test]
    fn the_silent_bounds_are_named() {
        let experiment = Experiment::default();
        let said = |kinds: Kinds| spans(Spans::of(&experiment, 1, kinds));
        assert_eq!(said(Kinds::default()), "outages of 1 s, stalls of 5 s");
        assert_eq!(
            said(Kinds::ALL),
            "outages of 1 s, stalls of 5 s, packets late by 5 s, network cuts of 5.1 s"
        );
        assert_eq!(said(Kinds::NONE), "");
        let spans = Spans::of(&experiment, 1, Kinds::NONE);
        assert_eq!(travel(spans), "packets take 20 to 80 ms");
        let second = Time::from_millis(1000);
        assert_eq!(travel(Spans { travel: (second, second), ..spans }), "packets take 1 s");
    }

    #[test]
    fn an_id_kept_for_a_minute_is_not_proven_by_outages_of_a_second() {
        let mut experiment = one(|lane| lane.consumer.dedup_ttl_ms = Limit::of(60_000));
        let bounds = Bounds { faults: 1, messages: 1, ..Bounds::default() };
        let holds = |experiment: &Experiment| {
            prove(experiment, 0, bounds).verdict(Property::NoDuplicates).holds()
        };
        assert_eq!(holds(&experiment), Some(true), "within outages of a second");
        let found = untried(&experiment, 0, bounds.kinds);
        let [found] = &found[..] else { panic!("{found:?}") };
        assert_eq!(found.property, Property::NoDuplicates);
        assert_eq!(found.sentence, "Its IDs are kept for 1 min, and no outage tried is that long.");
        assert_eq!(found.invitation(), "Try outages of 90 s");
        experiment.faults.restart_ms = Bounded::clamp(found.outage_ms);
        assert_eq!(
            holds(&experiment),
            Some(false),
            "the id is gone when the message is redelivered"
        );
        assert_eq!(untried(&experiment, 0, bounds.kinds), []);
    }

    #[test]
    fn only_what_runs_out_unseen_is_named() {
        let kinds = Kinds::default();
        assert_eq!(
            untried(&one(|_| {}), 0, kinds),
            [],
            "a stall is as long as the redelivery timeout"
        );
        let stalls = kinds.without(Kind::Slow);
        let found = untried(&one(|_| {}), 0, stalls);
        assert!(found[0].sentence.starts_with("The broker redelivers after 5 s"), "{found:?}");
        let gives_up = one(|lane| lane.producer.delivery_timeout_ms = Some(Bounded::of(120_000)));
        let found = untried(&gives_up, 0, kinds);
        assert_eq!(found[0].property, Property::NoLoss);
        assert_eq!(found[0].invitation(), "Try outages of 3 min");
        assert_eq!(untried(&gives_up, 0, kinds.without(Kind::Crash)), []);
        let window = one(|lane| {
            lane.broker.dedup_window_ms = Bounded::of(300_000);
            lane.consumer.dedup_ttl_ms = Limit::of(60_000);
        });
        let found = untried(&window, 0, kinds);
        assert_eq!(found.len(), 1, "the longest is enough: {found:?}");
        assert_eq!(found[0].invitation(), "Try outages of 450 s");
    }
}

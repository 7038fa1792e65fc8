//! The classic plots, each with an experiment that shows the effect if the current one does not.

use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::settings::{AckMode, Acks, BrokerKind, Dedup, Write};
use ackground_core::experiment::value::{Bounded, Rate};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure::{Quantile, Quantity, Share};

/// A classic plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    pub name: &'static str,
    /// What to look for.
    pub says: &'static str,
    /// The path of its axis.
    pub x: &'static str,
    /// The quantity plotted.
    pub y: Quantity,
    /// The current experiment if it shows the effect.
    pub experiment: Experiment,
    /// Whether it is the current one.
    pub own: bool,
}

pub fn picks(present: &Experiment) -> Vec<Pick> {
    let pick = |name, says, x, y, shows: fn(&Experiment) -> bool, example: fn() -> Experiment| {
        let own = present.faults.script.lines().is_empty() && shows(present);
        Pick { name, says, x, y, experiment: if own { present.clone() } else { example() }, own }
    };
    vec![
        pick(
            "Duplicates against ack loss",
            "Every lost acknowledgment is a repeat, and a repeat is a second effect unless someone remembers.",
            "faults.loss.ack",
            Quantity::Share(Share::Duplicated),
            |experiment| experiment.lanes.iter().any(repeats),
            plain,
        ),
        pick(
            "Loss against retries",
            "Each resend divides the loss, for whoever waits for an answer.",
            "producer.retries",
            Quantity::Share(Share::Lost),
            |experiment| {
                !experiment.faults.loss.publish.is_zero() && experiment.lanes.iter().any(waits)
            },
            lossy,
        ),
        pick(
            "Latency against backoff",
            "The wait before a resend is what the unlucky messages pay.",
            "producer.backoff.first_ms",
            Quantity::Latency(Quantile::P99),
            |experiment| {
                let resends = |lane: &Lane| waits(lane) && lane.producer.retries.limit() != Some(0);
                !experiment.faults.loss.publish.is_zero() && experiment.lanes.iter().any(resends)
            },
            lossy,
        ),
        pick(
            "Dedup window against redelivery",
            "A repeat that comes after its id is forgotten is taken for news: ids have to be kept for longer than a message can be away.",
            "consumer.dedup_ttl_ms",
            Quantity::Share(Share::Duplicated),
            |experiment| {
                !experiment.faults.loss.ack.is_zero() && experiment.lanes.iter().any(remembers)
            },
            forgetful,
        ),
    ]
}

/// The current experiment with every loss, crash, failure and stall at 5 %, and no fault script.
pub fn all_at_five_percent(present: &Experiment) -> Experiment {
    let mut experiment = present.clone();
    let (rate, faults) = (Rate::percent(5), &mut experiment.faults);
    let (loss, crash) = (&mut faults.loss, &mut faults.crash);
    for one in [
        &mut loss.publish,
        &mut loss.publish_ack,
        &mut loss.deliver,
        &mut loss.ack,
        &mut crash.producer,
        &mut crash.broker,
        &mut crash.consumer,
        &mut faults.failure,
        &mut faults.slow,
    ] {
        *one = rate;
    }
    faults.script = Default::default();
    experiment
}

/// Whether a lost acknowledgment leads to a duplicate effect.
fn repeats(lane: &Lane) -> bool {
    let consumer = &lane.consumer;
    consumer.ack == AckMode::AfterProcessing
        && consumer.dedup == Dedup::None
        && consumer.write == Write::Apply
}

fn waits(lane: &Lane) -> bool {
    lane.producer.acks != Acks::None
}

/// Whether the lane deduplicates by id, and something is redelivered that this applies to.
fn remembers(lane: &Lane) -> bool {
    let consumer = &lane.consumer;
    consumer.dedup != Dedup::None && consumer.ack == AckMode::AfterProcessing
}

/// The three setups of the default experiment, without its fault script.
fn plain() -> Experiment {
    let mut experiment = Experiment::default();
    experiment.faults.script = Default::default();
    experiment
}

/// The same with 20 % of publishes lost.
fn lossy() -> Experiment {
    let mut experiment = plain();
    experiment.faults.loss.publish = Rate::percent(20);
    experiment
}

/// A queue that loses 20 % of its acknowledgments and redelivers after 1, 5 and 20 seconds.
fn forgetful() -> Experiment {
    let lanes = [1, 5, 20].map(|seconds| {
        let mut lane = Lane::of_preset(PresetId::EffectivelyOnce);
        lane.name = Label::cut(&format!("Offered again after {seconds} s"));
        lane.broker.kind = BrokerKind::Queue;
        lane.broker.redelivery_timeout_ms = Bounded::clamp(seconds * 1000);
        lane
    });
    let mut experiment = plain();
    experiment.lanes = Lanes::new(lanes.into()).unwrap_or_default();
    experiment.faults.loss.ack = Rate::percent(20);
    experiment
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::measure::count;
    use ackground_core::measure::sweep::Axis;

    /// The minimum and maximum of each lane's curve.
    fn spans(pick: &Pick) -> Vec<(f64, f64)> {
        let axis = Axis::of(pick.x).expect("an axis");
        let mut spans = vec![(f64::INFINITY, 0.0); pick.experiment.lanes.len()];
        for point in axis.points(&pick.experiment) {
            let there = axis.at(&pick.experiment, point).expect("it is allowed");
            let figures = count(&there, 0..60).figures();
            for (span, lane) in spans.iter_mut().zip(&figures.lanes) {
                let number = pick.y.of(lane).map_or(0.0, |estimate| estimate.value);
                *span = (f64::min(span.0, number), f64::max(span.1, number));
            }
        }
        spans
    }

    #[test]
    fn every_picture_shows_what_it_says_from_whatever_experiment() {
        for present in [Experiment::default(), lossy()] {
            for pick in picks(&present) {
                let spans = spans(&pick);
                let moves = |(low, high): &(f64, f64)| *high > low + low.max(0.03);
                assert!(spans.iter().any(moves), "{}: {spans:?}", pick.name);
                assert!(pick.experiment.check().is_ok(), "{}", pick.name);
            }
        }
    }

    #[test]
    fn an_experiment_that_shows_it_is_kept() {
        let own = |experiment: &Experiment| {
            picks(experiment).iter().map(|pick| pick.own).collect::<Vec<_>>()
        };
        assert_eq!(own(&Experiment::default()), [false; 4], "its script would be in every run");
        assert_eq!(own(&lossy()), [true, true, true, false]);
        assert_eq!(own(&forgetful()), [false, false, false, true]);
    }

    #[test]
    fn five_percent_of_everything_is_an_experiment() {
        let experiment = all_at_five_percent(&Experiment::default());
        assert!(experiment.check().is_ok());
        assert!(experiment.faults.script.lines().is_empty());
        assert_eq!(experiment.lanes, Experiment::default().lanes);
    }
}

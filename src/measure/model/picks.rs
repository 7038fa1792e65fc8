//! The ready-made charts, each with a setup of its own that shows the effect if the current experiment does not.

use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::settings::{AckMode, Acks, BrokerKind, Dedup, Write};
use ackground_core::experiment::value::{Bounded, Limit, Rate};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure::sweep::Axis;
use ackground_core::measure::{Quantile, Quantity, Share};

ackground_core::words! {
    /// A ready-made chart.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum ChartId {
        AckLoss = ("ack-loss", "Duplicates against ack loss"),
        Retries = ("retries", "Loss against retries"),
        Backoff = ("backoff", "Latency against backoff"),
        DedupWindow = ("dedup-window", "Dedup window against redelivery"),
    }
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    pub id: ChartId,
    /// What to look for.
    pub says: &'static str,
    /// The path of its axis.
    pub x: &'static str,
    /// The quantity plotted.
    pub y: Quantity,
    /// What its own setup is, as a sentence.
    pub setup: &'static str,
    /// Its own setup.
    pub experiment: Experiment,
}

impl Pick {
    pub fn axis(&self) -> Axis {
        Axis::of(self.x).expect("a chart is along an axis")
    }
}

impl ChartId {
    pub fn pick(self) -> Pick {
        match self {
            ChartId::AckLoss => Pick {
                id: self,
                says: "In a queue every lost acknowledgment causes a redelivery, and a repeat takes effect again \
                       unless the consumer recognises it. In a log a later commit covers a lost one.",
                x: "faults.loss.ack",
                y: Quantity::Share(Share::Duplicated),
                setup: "A queue and a log without dedup, a queue with it, and no other fault.",
                experiment: acknowledged(),
            },
            ChartId::Retries => Pick {
                id: self,
                says: "Each further resend divides the loss, if the producer waits for a reply.",
                x: "producer.retries",
                y: Quantity::Share(Share::Lost),
                setup: "The three guarantees, with 20 % of sends lost.",
                experiment: lossy(),
            },
            ChartId::Backoff => Pick {
                id: self,
                says: "An unlucky message pays with the wait before its resend.",
                x: "producer.backoff.first_ms",
                y: Quantity::Latency(Quantile::P99),
                setup: "The three guarantees, with 20 % of sends lost.",
                experiment: lossy(),
            },
            ChartId::DedupWindow => Pick {
                id: self,
                says: "A repeat that arrives after its ID is forgotten is treated as new: keep \
                       IDs longer than a message can be on its way.",
                x: "consumer.dedup_ttl_ms",
                y: Quantity::Share(Share::Duplicated),
                setup: "Three queues that redeliver after 1, 5 and 20 s, with 20 % of acks lost.",
                experiment: forgetful(),
            },
        }
    }

    /// Whether this experiment shows the effect itself.
    pub fn suits(self, experiment: &Experiment) -> bool {
        let loss = &experiment.faults.loss;
        let any = |is: fn(&Lane) -> bool| experiment.lanes.iter().any(is);
        let shows = match self {
            ChartId::AckLoss => any(repeats),
            ChartId::Retries => !loss.publish.is_zero() && any(waits),
            ChartId::Backoff => {
                !loss.publish.is_zero()
                    && any(|lane| waits(lane) && lane.producer.retries.limit() != Some(0))
            }
            ChartId::DedupWindow => !loss.ack.is_zero() && any(remembers),
        };
        shows && experiment.faults.script.lines().is_empty()
    }
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
    lane.broker.kind == BrokerKind::Queue
        && consumer.ack == AckMode::AfterProcessing
        && consumer.dedup == Dedup::None
        && consumer.write == Write::Apply
}

fn waits(lane: &Lane) -> bool {
    lane.producer.acks != Acks::None
}

/// Whether the lane deduplicates by id, and something is redelivered that this applies to.
fn remembers(lane: &Lane) -> bool {
    let consumer = &lane.consumer;
    lane.broker.kind == BrokerKind::Queue
        && consumer.dedup != Dedup::None
        && consumer.ack == AckMode::AfterProcessing
}

/// The three setups of the default experiment, without its fault script.
fn plain() -> Experiment {
    let mut experiment = Experiment::default();
    experiment.faults.script = Default::default();
    experiment
}

/// A queue and a log that apply what is repeated, and a queue that recognises it.
fn acknowledged() -> Experiment {
    let lane = |name: &str, preset: PresetId, kind: BrokerKind| {
        let mut lane = Lane::of_preset(preset);
        lane.name = Label::cut(name);
        lane.broker.kind = kind;
        lane
    };
    let mut experiment = plain();
    let lanes = vec![
        lane("Queue", PresetId::AtLeastOnce, BrokerKind::Queue),
        lane("Log", PresetId::AtLeastOnce, BrokerKind::Log),
        lane("Queue with dedup", PresetId::EffectivelyOnce, BrokerKind::Queue),
    ];
    experiment.lanes = Lanes::new(lanes).unwrap_or_default();
    experiment
}

/// The three guarantees with 20 % of publishes lost.
fn lossy() -> Experiment {
    let mut experiment = plain();
    experiment.faults.loss.publish = Rate::percent(20);
    experiment
}

/// A queue that loses 20 % of its acknowledgments and redelivers after 1, 5 and 20 seconds.
fn forgetful() -> Experiment {
    let lanes = [1, 5, 20].map(|seconds| {
        let mut lane = Lane::of_preset(PresetId::EffectivelyOnce);
        lane.name = Label::cut(&format!("Redelivers after {seconds} s"));
        lane.broker.kind = BrokerKind::Queue;
        lane.broker.redelivery_timeout_ms = Limit::At(Bounded::clamp(seconds * 1000));
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
    use crate::measure::model::plan;
    use ackground_core::measure::count;

    /// The minimum and maximum of each lane's curve.
    fn spans(pick: &Pick) -> Vec<(f64, f64)> {
        let axis = pick.axis();
        let experiment = plan::along(&pick.experiment, &axis);
        let mut spans = vec![(f64::INFINITY, 0.0); experiment.lanes.len()];
        for point in axis.points(&experiment) {
            let there = axis.at(&experiment, point).expect("it is allowed");
            let figures = count(&there, 0..3).figures();
            for (span, lane) in spans.iter_mut().zip(&figures.lanes) {
                let number = pick.y.of(lane).map_or(0.0, |estimate| estimate.value);
                *span = (f64::min(span.0, number), f64::max(span.1, number));
            }
        }
        spans
    }

    #[test]
    fn every_chart_shows_what_it_says() {
        for id in ChartId::ALL {
            let pick = id.pick();
            let spans = spans(&pick);
            let moves = |(low, high): &(f64, f64)| *high > low + low.max(0.03);
            assert!(spans.iter().any(moves), "{}: {spans:?}", id.word());
            assert!(pick.experiment.check().is_ok(), "{}", id.word());
            assert!(id == ChartId::AckLoss || id.suits(&pick.experiment), "{}", id.word());
        }
        let [queue, log, dedup] = spans(&ChartId::AckLoss.pick())[..] else {
            panic!("three lanes")
        };
        assert!(queue.1 > 0.3 && log.1 < 0.1 && dedup.1 == 0.0, "{queue:?} {log:?} {dedup:?}");
    }

    #[test]
    fn an_experiment_that_shows_it_is_kept() {
        let own = |experiment: &Experiment| ChartId::ALL.map(|id| id.suits(experiment));
        assert_eq!(own(&Experiment::default()), [false; 4], "its script would be in every run");
        assert_eq!(own(&lossy()), [false, true, true, false], "its lanes are logs");
        assert_eq!(own(&acknowledged()), [true, false, false, false]);
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

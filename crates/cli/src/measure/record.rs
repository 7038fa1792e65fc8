//! The figures as a JSON object.
//!
//! The names are those of the format and stable; fields may be added. Times are in milliseconds of simulated
//! time.

use serde::Serialize;

use ackground_core::experiment::Experiment;
use ackground_core::measure::{
    Count, Difference, Estimate, Figures, LaneFigures, Latency, PairFigures, Proportion, Share,
};

/// Writes the lanes in order, then the pairs.
pub(super) fn write(experiment: &Experiment, figures: &Figures) -> String {
    let lanes = figures.lanes.iter().enumerate();
    let record = Record {
        messages: figures.messages,
        runs: figures.runs,
        left_to_chance: figures.chance.words(),
        lanes: lanes.map(|(index, lane)| Lane::new(experiment.lane_name(index), lane)).collect(),
        pairs: figures.pairs.iter().map(Pair::new).collect(),
    };
    serde_json::to_string_pretty(&record).expect("plain values print") + "\n"
}

#[derive(Serialize)]
struct Record {
    /// Messages simulated in each lane: whole runs, so possibly a few more than requested.
    messages: u64,
    runs: u64,
    /// What can vary between runs: `faults`, `travel times` or `nothing`.
    left_to_chance: &'static str,
    lanes: Vec<Lane>,
    pairs: Vec<Pair>,
}

#[derive(Serialize)]
struct Lane {
    name: String,
    once: Rate,
    lost: Rate,
    silent: Rate,
    duplicated: Rate,
    parked: Rate,
    pending: Rate,
    sends_per_message: f64,
    packets_per_message: f64,
    deliveries_per_message: f64,
    latency_ms: Quantiles,
    /// Messages with an effect per second; null if there are none.
    throughput_per_s: Option<f64>,
    dedup_ids: f64,
    intervals: Intervals,
}

impl Lane {
    fn new(name: String, lane: &LaneFigures) -> Lane {
        let rate = |share| Rate::new(lane.share(share));
        Lane {
            name,
            once: rate(Share::Once),
            lost: rate(Share::Lost),
            silent: rate(Share::Silent),
            duplicated: rate(Share::Duplicated),
            parked: rate(Share::Parked),
            pending: rate(Share::Pending),
            sends_per_message: lane.count(Count::Sends).value,
            packets_per_message: lane.count(Count::Packets).value,
            deliveries_per_message: lane.count(Count::Deliveries).value,
            latency_ms: Quantiles::new(lane.latency),
            throughput_per_s: lane.throughput.map(|throughput| throughput.value),
            dedup_ids: lane.count(Count::Ids).value,
            intervals: Intervals {
                sends_per_message: ends(&lane.count(Count::Sends)),
                packets_per_message: ends(&lane.count(Count::Packets)),
                deliveries_per_message: ends(&lane.count(Count::Deliveries)),
                throughput_per_s: lane.throughput.as_ref().and_then(ends),
                dedup_ids: ends(&lane.count(Count::Ids)),
            },
        }
    }
}

#[derive(Serialize)]
struct Rate {
    rate: f64,
    low: f64,
    high: f64,
    messages: u64,
    /// The variance relative to independent messages.
    design_effect: f64,
}

impl Rate {
    fn new(proportion: Proportion) -> Rate {
        Rate {
            rate: proportion.rate,
            low: proportion.interval.low,
            high: proportion.interval.high,
            messages: proportion.hits,
            design_effect: proportion.design_effect,
        }
    }
}

/// Null if nothing was applied.
#[derive(Serialize)]
struct Quantiles {
    p50: Option<f64>,
    p95: Option<f64>,
    p99: Option<f64>,
    max: Option<f64>,
}

impl Quantiles {
    fn new(latency: Option<Latency>) -> Quantiles {
        Quantiles {
            p50: latency.map(|latency| latency.p50),
            p95: latency.map(|latency| latency.p95),
            p99: latency.map(|latency| latency.p99),
            max: latency.map(|latency| latency.max),
        }
    }
}

/// A confidence interval of a mean; null for a single run.
#[derive(Serialize)]
struct Intervals {
    sends_per_message: Option<[f64; 2]>,
    packets_per_message: Option<[f64; 2]>,
    deliveries_per_message: Option<[f64; 2]>,
    throughput_per_s: Option<[f64; 2]>,
    dedup_ids: Option<[f64; 2]>,
}

fn ends(estimate: &Estimate) -> Option<[f64; 2]> {
    let interval = estimate.interval?;
    Some([interval.low, interval.high])
}

/// The second lane minus the first.
#[derive(Serialize)]
struct Pair {
    /// Their indices in `lanes`, from 0.
    lanes: [usize; 2],
    once: Gap,
    lost: Gap,
    silent: Gap,
    duplicated: Gap,
    parked: Gap,
    pending: Gap,
    sends_per_message: Gap,
    packets_per_message: Gap,
    deliveries_per_message: Gap,
    dedup_ids: Gap,
}

impl Pair {
    fn new(pair: &PairFigures) -> Pair {
        let share = |share| Gap::new(pair.share(share));
        let count = |count| Gap::new(pair.count(count));
        Pair {
            lanes: [pair.first, pair.second],
            once: share(Share::Once),
            lost: share(Share::Lost),
            silent: share(Share::Silent),
            duplicated: share(Share::Duplicated),
            parked: share(Share::Parked),
            pending: share(Share::Pending),
            sends_per_message: count(Count::Sends),
            packets_per_message: count(Count::Packets),
            deliveries_per_message: count(Count::Deliveries),
            dedup_ids: count(Count::Ids),
        }
    }
}

#[derive(Serialize)]
struct Gap {
    difference: f64,
    low: Option<f64>,
    high: Option<f64>,
    more_than_noise: bool,
}

impl Gap {
    fn new(difference: Difference) -> Gap {
        let interval = difference.estimate.interval;
        Gap {
            difference: difference.estimate.value,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            more_than_noise: difference.more_than_noise(),
        }
    }
}

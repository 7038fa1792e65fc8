//! What is measured, natively (`simulate.rs`) and in a browser: the same experiments, the same work.
#![allow(dead_code, reason = "each runner uses its own part of this")]

use ackground_core::audit::{Audit, judge};
use ackground_core::experiment::settings::{AckMode, BrokerKind, Dedup};
use ackground_core::experiment::value::{Bounded, Limit, Rate};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure::{self, Share};
use ackground_core::prove::{Bounds, prove};
use ackground_core::sim::{observe, simulate};

/// Something to measure.
pub struct Case {
    /// What it is called in a report.
    pub name: &'static str,
    /// Messages that one round simulates, or schedules that it covers, all lanes together.
    pub count: u64,
    experiment: Experiment,
    work: Work,
}

/// What is done with an experiment.
enum Work {
    /// Each lane is observed and audited.
    Observe,
    /// Each lane's trace is recorded, then judged: what the page does.
    Trace,
    /// So many runs are counted.
    Measure(u64),
    /// Each lane is searched for schedules of up to so many faults.
    Prove(u8),
}

impl Case {
    /// Does the work once; the result depends on all of it, so that nothing can be left out.
    pub fn round(&self) -> u64 {
        let experiment = &self.experiment;
        let lanes = 0..experiment.lanes.len();
        match self.work {
            Work::Observe => lanes.map(|lane| observed(experiment, lane)).sum(),
            Work::Trace => {
                lanes.map(|lane| judge(experiment, &simulate(experiment, lane)).ledger.actual).sum()
            }
            Work::Measure(runs) => {
                let tallies = measure::count(experiment, 0..runs);
                lanes.map(|lane| tallies.share(lane, Share::Once)).sum()
            }
            Work::Prove(faults) => lanes.map(|lane| proven(experiment, lane, faults)).sum(),
        }
    }
}

/// How many schedules of up to so many faults there are.
fn proven(experiment: &Experiment, lane: usize, faults: u8) -> u64 {
    let bounds = Bounds { faults, messages: experiment.messages.get() as u16, ..Bounds::default() };
    prove(experiment, lane, bounds).explored.schedules
}

fn observed(experiment: &Experiment, lane: usize) -> u64 {
    let messages = experiment.messages.get() as usize;
    let mut audit = Audit::new(&experiment.scenario, messages);
    let end = observe(experiment, lane, &mut audit);
    audit.report(Some(end)).ledger.actual
}

/// A case is its name.
impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every case.
pub fn all() -> Vec<Case> {
    vec![
        case("plain, 1000 messages", Work::Observe, plain()),
        case("everything at 10 %, 1000 messages", Work::Observe, everything()),
        case("four lanes with trace, 12 messages", Work::Trace, four_lanes(12)),
        case("four lanes with trace, 50 messages", Work::Trace, four_lanes(50)),
        case("measure three lanes, 100 runs of 3", Work::Measure(100), losses(3)),
        case("measure three lanes, 3 runs of 100", Work::Measure(3), losses(100)),
        case("prove three lanes, 2 faults, 3 messages", Work::Prove(2), losses(3)),
        case("prove three lanes, 3 faults, 3 messages", Work::Prove(3), losses(3)),
        case(
            "prove Kafka, 3 faults, 3 messages",
            Work::Prove(3),
            of(vec![Lane::of_preset(PresetId::KafkaEffectivelyOnce)], 3),
        ),
    ]
}

fn case(name: &'static str, work: Work, experiment: Experiment) -> Case {
    let lanes = experiment.lanes.len();
    let count = match work {
        Work::Observe | Work::Trace => experiment.messages.get() * lanes as u64,
        Work::Measure(runs) => runs * experiment.messages.get() * lanes as u64,
        Work::Prove(faults) => (0..lanes).map(|lane| proven(&experiment, lane, faults)).sum(),
    };
    Case { name, count, experiment, work }
}

fn of(lanes: Vec<Lane>, messages: u64) -> Experiment {
    let lanes = Lanes::new(lanes).expect("one to four lanes");
    let mut experiment = Experiment::of_lanes(lanes);
    experiment.messages = Bounded::of(messages);
    experiment
}

/// At least once on one node, and nothing goes wrong.
fn plain() -> Experiment {
    let mut lane = Lane::of_preset(PresetId::AtLeastOnce);
    lane.broker.replicas = Bounded::of(1);
    lane.broker.min_in_sync = Bounded::of(1);
    of(vec![lane], 1000)
}

/// Three replicas, partitions, a group, batches, and every rate at a tenth.
fn everything() -> Experiment {
    let mut lane = Lane::of_preset(PresetId::EffectivelyOnce);
    lane.broker.partitions = Bounded::of(4);
    lane.consumer.instances = Bounded::of(2);
    lane.consumer.batch = Bounded::of(10);
    let mut experiment = of(vec![lane], 1000);
    tenth(&mut experiment);
    experiment
}

/// Four ways side by side, as on the page, with losses and crashes.
fn four_lanes(messages: u64) -> Experiment {
    let mut queue = Lane::of_preset(PresetId::AtLeastOnce);
    queue.broker.kind = BrokerKind::Queue;
    queue.broker.max_deliveries = Limit::of(5);
    queue.consumer.dedup = Dedup::TableAfter;
    queue.consumer.ack = AckMode::AfterProcessing;
    let presets = PresetId::ALL.iter().copied().take(3).map(Lane::of_preset);
    let mut experiment = of(presets.chain([queue]).collect(), messages);
    tenth(&mut experiment);
    experiment
}

/// The first screen's lanes, with one packet in a hundred lost.
fn losses(messages: u64) -> Experiment {
    let presets = PresetId::ALL.iter().copied().take(3);
    let mut experiment = of(presets.map(Lane::of_preset).collect(), messages);
    let (hundredth, loss) = (Rate::percent(1), &mut experiment.faults.loss);
    (loss.publish, loss.publish_ack, loss.deliver, loss.ack) =
        (hundredth, hundredth, hundredth, hundredth);
    experiment
}

fn tenth(experiment: &mut Experiment) {
    let tenth = Rate::percent(10);
    let faults = &mut experiment.faults;
    let loss = &mut faults.loss;
    (loss.publish, loss.publish_ack, loss.deliver, loss.ack) = (tenth, tenth, tenth, tenth);
    let crash = &mut faults.crash;
    (crash.producer, crash.broker, crash.consumer) = (tenth, tenth, tenth);
    (faults.failure, faults.poison, faults.slow) = (tenth, tenth, tenth);
}

//! Golden traces: the same experiment gives the same trace, event for event, natively and in Wasm, now and in
//! every later release of version 1 of the format.
//!
//! Each case is an experiment (`NAME.json`) and the trace of each of its lanes (`NAME.trace`). What is measured
//! over a few runs of every case is in `measured.txt`, to the last digit, and what is proved of every preset in
//! `proven.txt`.

use std::fmt::Write;

use ackground_core::audit::Property;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::measure::{Quantity, count, csv};
use ackground_core::prove::{self, Bounds, Explored, Guarantee};
use ackground_core::sim::{Event, simulate};

/// A case: its name, its experiment and its traces.
pub struct Case {
    pub name: &'static str,
    pub experiment: &'static str,
    pub trace: &'static str,
}

macro_rules! cases {
    ($($name:literal),* $(,)?) => {
        &[$(Case {
            name: $name,
            experiment: include_str!(concat!("../../../tests/golden/", $name, ".json")),
            trace: include_str!(concat!("../../../tests/golden/", $name, ".trace")),
        }),*]
    };
}

/// Every case.
pub const CASES: &[Case] = cases![
    "first-screen",
    "everything-breaks-cluster",
    "everything-breaks-log",
    "everything-breaks-queue"
];

/// The trace of each lane, one event per line.
pub fn tell(experiment: &str) -> String {
    let experiment =
        Experiment::from_json(experiment).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let mut text = String::new();
    for (lane, settings) in experiment.lanes.iter().enumerate() {
        let trace = simulate(&experiment, lane);
        writeln!(text, "lane {}: {:?}, unfired {:?}", &*settings.name, trace.end, trace.unfired)
            .expect("a string takes everything");
        for step in &trace.steps {
            let cause = step.cause.map_or_else(|| "-".to_owned(), |cause| cause.0.to_string());
            let message =
                step.message.map_or_else(|| "-".to_owned(), |message| message.to_string());
            let (at, what) = (step.at.micros(), step.what);
            write!(text, "{} {at} {message} {cause} {what:?}", step.no.0)
                .expect("a string takes everything");
            if let Event::Sent(no) = step.what {
                write!(text, " {:?}", trace.packet(no)).expect("a string takes everything");
            }
            text.push('\n');
        }
    }
    text
}

/// The measurements over a few runs of every case.
pub const MEASURED: &str = include_str!("../../../tests/golden/measured.txt");

/// For each case its figures and tallies, and how its lanes differ.
pub fn measure() -> String {
    let mut text = String::new();
    for case in CASES {
        let experiment =
            Experiment::from_json(case.experiment).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let tallies = count(&experiment, 0..8);
        let figures = tallies.figures();
        let exact = serde_json::to_string(&tallies).expect("tallies print");
        let table = csv::measurement(&experiment, &figures).replace("\r\n", "\n");
        write!(text, "{}\n{table}{exact}\n", case.name).expect("a string takes everything");
        for pair in &figures.pairs {
            for quantity in Quantity::ALL {
                if let Some(difference) = quantity.difference(pair) {
                    let (id, lanes) = (quantity.id(), (pair.first, pair.second));
                    writeln!(text, "{lanes:?} {id} {difference:?}")
                        .expect("a string takes everything");
                }
            }
        }
    }
    text
}

/// What is proved of every preset.
pub const PROVEN: &str = include_str!("../../../tests/golden/proven.txt");

/// For each preset: what it guarantees within the smallest bounds that tell presets apart, what breaks
/// each property, and how much was searched.
pub fn prove() -> String {
    let bounds = Bounds { messages: 1, ..Bounds::default() };
    let mut text = String::new();
    for id in PresetId::ALL.iter().copied() {
        let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane is allowed");
        let finding = prove::prove(&Experiment::of_lanes(lanes), 0, bounds);
        let guarantee = finding.guarantee.map_or("not known", Guarantee::word);
        let Explored { schedules, runs, .. } = finding.explored;
        writeln!(text, "{}: {guarantee}, {schedules} schedules, {runs} runs", id.word())
            .expect("a string takes everything");
        for property in Property::ALL {
            if let Some(broken) = finding.verdict(property).counterexample() {
                let lines: Vec<String> = broken.lines.iter().map(ToString::to_string).collect();
                writeln!(text, "  {}: {}", property.word(), lines.join(", "))
                    .expect("a string takes everything");
            }
        }
    }
    text
}

/// The first line where two texts differ.
pub fn first_difference(expected: &str, actual: &str) -> Option<String> {
    let (mut left, mut right) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some(format!("line {number}:\n  golden {a:?}\n  now    {b:?}")),
        }
    }
    None
}

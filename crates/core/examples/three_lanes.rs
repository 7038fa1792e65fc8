//! The three payments of the first screen: what becomes of each lane, and what one of them guarantees.
//!
//! ```text
//! cargo run --package ackground-core --example three_lanes
//! ```

use std::io::{self, Write};

use ackground_core::audit::{self, Property};
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Verdict, prove};
use ackground_core::sim;

fn main() -> io::Result<()> {
    tell(&Experiment::default(), &mut io::stdout().lock())
}

fn tell(experiment: &Experiment, out: &mut impl Write) -> io::Result<()> {
    // The same faults in every lane; only the setup differs.
    for lane in 0..experiment.lanes.len() {
        let trace = sim::simulate(experiment, lane);
        let report = audit::judge(experiment, &trace);
        let (totals, ledger) = (report.totals, report.ledger);
        writeln!(
            out,
            "{}: {} once, {} lost, {} duplicated; {} of {}",
            experiment.lane_name(lane),
            totals.once,
            totals.lost,
            totals.duplicated,
            ledger.actual,
            ledger.expected,
        )?;
    }

    // One run shows what can happen; a proof, what cannot.
    let lane = 1;
    let found = prove(experiment, lane, Bounds::default());
    let guarantee = found.guarantee.map_or("no guarantee", |guarantee| guarantee.word());
    writeln!(
        out,
        "\n{} is {guarantee}: {} schedules of up to {} faults",
        experiment.lane_name(lane),
        found.explored.schedules,
        found.bounds.faults,
    )?;
    if let Verdict::Broken(counterexample) = found.verdict(Property::NoDuplicates) {
        for line in &counterexample.lines {
            writeln!(out, "duplicates after: {line}")?;
        }
    }
    Ok(())
}

#[test]
fn it_tells_what_the_first_screen_shows() {
    let mut out = Vec::new();
    tell(&Experiment::default(), &mut out).expect("a vector takes everything");
    let told = String::from_utf8(out).expect("it is text");
    assert!(
        told.starts_with("At most once: 2 once, 1 lost, 0 duplicated; 20000 of 30000\n"),
        "{told}"
    );
    assert!(told.contains("At least once is at-least-once: "), "{told}");
    assert!(told.contains("duplicates after: "), "{told}");
}

//! `ackground prove`: searches every lane on a thread of its own, and prints the findings as JSON or as
//! text.

use std::fmt::Write;
use std::thread;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Told;
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Counterexample, Finding, Guarantee, Verdict, prove};

/// Searches every lane.
pub(super) fn run(
    experiment: &Experiment,
    bounds: Bounds,
    expect: Option<Guarantee>,
    json: bool,
) -> Told {
    let lanes = 0..experiment.lanes.len();
    let findings: Vec<Finding> = thread::scope(|scope| {
        let threads: Vec<_> =
            lanes.map(|lane| scope.spawn(move || prove(experiment, lane, bounds))).collect();
        let findings = threads.into_iter().map(|thread| thread.join());
        findings.map(|finding| finding.expect("a search does not panic")).collect()
    });
    let broken = expect.and_then(|expected| missed(experiment, &findings, expected));
    let text = if json { record(experiment, &findings) } else { report(experiment, &findings) };
    Told { text, broken }
}

/// The lanes that fall short of the expected guarantee, in one sentence.
fn missed(experiment: &Experiment, findings: &[Finding], expected: Guarantee) -> Option<String> {
    let missed: Vec<String> = findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.keeps(expected) != Some(true))
        .map(|(lane, finding)| {
            let found = finding.guarantee.map_or("not known", Guarantee::word);
            let name = super::table::shown(&experiment.lane_name(lane));
            format!("{name} is {found}")
        })
        .collect();
    let expected = expected.word();
    (!missed.is_empty()).then(|| format!("{expected} does not hold: {}.", missed.join("; ")))
}

// --- As JSON ------------------------------------------------------------------------------------

#[derive(Serialize)]
struct Record {
    lanes: Vec<LaneRecord>,
}

#[derive(Serialize)]
struct LaneRecord {
    name: String,
    /// Null if unknown.
    guarantee: Option<&'static str>,
    properties: PropertyRecords,
    explored: ExploredRecord,
}

/// One entry per property, keyed by name.
struct PropertyRecords(Vec<(Property, PropertyRecord)>);

impl Serialize for PropertyRecords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (property, record) in &self.0 {
            map.serialize_entry(property.word(), record)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct PropertyRecord {
    /// Null if unknown.
    holds: Option<bool>,
    counterexample: Option<CounterexampleRecord>,
}

#[derive(Serialize)]
struct CounterexampleRecord {
    faults: Vec<String>,
    link: String,
}

#[derive(Serialize)]
struct ExploredRecord {
    schedules: u64,
    complete: bool,
    /// Null if the search was complete.
    stopped_by: Option<&'static str>,
    /// How many runs were simulated to their end for this.
    runs: u64,
    faults: u8,
    messages: u16,
    kinds: Vec<&'static str>,
}

fn record(experiment: &Experiment, findings: &[Finding]) -> String {
    let lanes = findings.iter().enumerate().map(|(lane, finding)| LaneRecord {
        name: experiment.lane_name(lane),
        guarantee: finding.guarantee.map(Guarantee::word),
        properties: PropertyRecords(
            Property::ALL
                .into_iter()
                .map(|property| (property, property_record(experiment, finding, property)))
                .collect(),
        ),
        explored: ExploredRecord {
            schedules: finding.explored.schedules,
            complete: finding.explored.complete,
            stopped_by: finding.explored.stopped_by.map(|by| by.word()),
            runs: finding.explored.runs,
            faults: finding.bounds.faults,
            messages: finding.bounds.messages,
            kinds: finding.bounds.kinds.iter().map(|kind| kind.word()).collect(),
        },
    });
    let record = Record { lanes: lanes.collect() };
    serde_json::to_string_pretty(&record).expect("plain values print") + "\n"
}

fn property_record(
    experiment: &Experiment,
    finding: &Finding,
    property: Property,
) -> PropertyRecord {
    let verdict = finding.verdict(property);
    PropertyRecord {
        holds: verdict.holds(),
        counterexample: verdict.counterexample().map(|found| CounterexampleRecord {
            faults: found.lines.iter().map(ToString::to_string).collect(),
            link: found.experiment(experiment, finding.bounds).to_link(),
        }),
    }
}

// --- For people ---------------------------------------------------------------------------------

fn report(experiment: &Experiment, findings: &[Finding]) -> String {
    let mut text = String::new();
    for (lane, finding) in findings.iter().enumerate() {
        if lane > 0 {
            text.push('\n');
        }
        let name = super::table::shown(&experiment.lane_name(lane));
        let guarantee = finding.guarantee.map_or("not known", Guarantee::word);
        let _ = writeln!(text, "{name}: {guarantee}; {}", covered(finding));
        for property in Property::ALL {
            let word = property.word();
            let _ = writeln!(text, "  {word:<15} {}", verdict_words(finding.verdict(property)));
        }
    }
    text
}

fn verdict_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Holds => "holds".to_owned(),
        Verdict::Unknown => "not known".to_owned(),
        Verdict::Broken(Counterexample { lines }) if lines.is_empty() => {
            "broken without a fault".to_owned()
        }
        Verdict::Broken(Counterexample { lines }) => {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            format!("broken by {}", lines.join(" and "))
        }
    }
}

/// What was searched, and what was left out.
fn covered(finding: &Finding) -> String {
    let Bounds { faults, messages, kinds, .. } = finding.bounds;
    let bound = |faults: u8| {
        let faults = counted(u64::from(faults), "fault");
        format!("up to {faults} over {}", counted(u64::from(messages), "message"))
    };
    let schedules = counted(finding.explored.schedules, "schedule");
    match finding.explored.faults {
        _ if finding.explored.complete => {
            format!("every schedule of {} ({kinds}): {schedules}", bound(faults))
        }
        Some(complete) => format!(
            "stopped after {} before all of {} were covered; every schedule of {} was: {schedules}",
            counted(finding.explored.runs, "run"),
            bound(faults),
            bound(complete),
        ),
        None => "nothing was covered".to_owned(),
    }
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_lane_that_misses_what_is_expected_moves_no_cursor() {
        let json =
            r#"{"version": 1, "lanes": [{"name": "a\u001b[2J\nb", "producer": {"acks": "none"}}]}"#;
        let experiment = Experiment::from_json(json).expect("a right experiment");
        let told = run(&experiment, Bounds::default(), Some(Guarantee::ExactlyOnce), false);
        let broken = told.broken.expect("it loses");
        assert!(!broken.contains(char::is_control), "{broken:?}");
    }
}

//! What this release does not simulate yet.
//!
//! It is refused by name, with its path, and never silently ignored: a result that left out what
//! was asked for would be wrong. The format itself allows all of it. A release that learns one of
//! these deletes its row.

use super::mistake::{At, Found};
use super::part::Part;
use super::scenario::StepKind;
use super::script::{Crash, Line};
use super::settings::{AckMode, Broker, Isolation};
use super::value::Bounded;
use super::{Experiment, Lane, Mistake};

/// A setting of a lane of which this release simulates only some values.
struct Row {
    section: &'static str,
    field: &'static str,
    refused: fn(&Lane) -> bool,
    /// What it does simulate.
    only: &'static str,
}

const LANE: &[Row] = &[];

fn script_refused(line: &Line) -> bool {
    false
}

fn step_refused(kind: StepKind) -> bool {
    false
}

/// Everything in an experiment that this release does not simulate yet, each with its path and
/// what it does simulate. Empty when the experiment can be run.
///
/// ```
/// use ackground::experiment::{Experiment, support};
///
/// let mut experiment = Experiment::default();
/// assert!(support::unsupported(&experiment).is_empty());
///
/// experiment.lanes[0].consumer.batch = ackground::experiment::value::Bounded::of(10);
/// assert_eq!(
///     support::unsupported(&experiment)[0].to_string(),
///     "lanes[0].consumer.batch: 10 is not simulated yet; this release has only 1"
/// );
/// ```
pub fn unsupported(experiment: &Experiment) -> Vec<Mistake> {
    let mut found = Found::default();
    note(experiment, &mut found);
    found
        .give(())
        .map_or_else(|mistakes| mistakes.into_vec(), |()| Vec::new())
}

/// Notes everything that [`unsupported`] names.
pub(super) fn note(experiment: &Experiment, found: &mut Found) {
    let root = At::Root;
    note_scenario(experiment, &root.field("scenario"), found);
    note_faults(experiment, &root.field("faults"), found);
    let lanes = root.field("lanes");
    for (i, lane) in experiment.lanes.iter().enumerate() {
        note_lane(lane, &lanes.index(i), found);
    }
}

fn note_scenario(experiment: &Experiment, at: &At<'_>, found: &mut Found) {
    let scenario = &experiment.scenario;
    for (i, step) in scenario.steps.iter().enumerate() {
        if !step_refused(step.kind) {
            continue;
        }
        match scenario.built_in() {
            Some(built_in) => {
                let message =
                    format!("\"{built_in}\" is not simulated yet; it writes to an output log");
                found.add(at, message);
            }
            None => {
                let only = "this release has only \"db\" and \"external\"";
                let message = format!("\"{}\" is not simulated yet; {only}", step.kind);
                found.add(&at.field("steps").index(i).field("kind"), message);
            }
        }
    }
}

fn note_faults(experiment: &Experiment, at: &At<'_>, found: &mut Found) {
    let faults = &experiment.faults;
    for (i, line) in faults.script.lines().iter().enumerate() {
        if script_refused(line) {
            let message = format!("\"{line}\" is not simulated yet");
            found.add(&at.field("script").index(i), message);
        }
    }
}

fn note_lane(lane: &Lane, at: &At<'_>, found: &mut Found) {
    for row in LANE.iter().filter(|row| (row.refused)(lane)) {
        let json = lane.write();
        let value = json
            .get(row.section)
            .and_then(|section| section.get(row.field));
        let shown = value.map(|value| value.show()).unwrap_or_default();
        let message = format!(
            "{shown} is not simulated yet; this release has only {}",
            row.only
        );
        found.add(&at.field(row.section).field(row.field), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of which exactly one thing is not simulated, and the beginning of the complaint.
    const REFUSED: &[(&str, &str)] = &[
        (
            r#""lanes":[{"producer":{"idempotent":true,"transactional":true}}]"#,
            "lanes[0].producer.transactional: true is not simulated yet; this release has only false",
        ),
        (
            r#""lanes":[{},{"broker":{"partitions":2}}]"#,
            "lanes[1].broker.partitions: 2 is not simulated yet; this release has only 1",
        ),
        (
            r#""lanes":[{"broker":{"replicas":1}}]"#,
            "lanes[0].broker.replicas: 1 is not simulated yet; this release has only 3",
        ),
        (
            r#""lanes":[{"broker":{"min_in_sync":3}}]"#,
            "lanes[0].broker.min_in_sync: 3 is not simulated yet; this release has only 2",
        ),
        (
            r#""lanes":[{"broker":{"flush":"never"}}]"#,
            "lanes[0].broker.flush: \"never\" is not simulated yet; this release has only \"async\"",
        ),
        (
            r#""lanes":[{"broker":{"flush_interval_ms":7}}]"#,
            "lanes[0].broker.flush_interval_ms: 7 is not",
        ),
        (
            r#""lanes":[{"broker":{"unclean_election":true}}]"#,
            "lanes[0].broker.unclean_election: true is not",
        ),
        (
            r#""lanes":[{"consumer":{"instances":2}}]"#,
            "lanes[0].consumer.instances: 2 is not",
        ),
        (
            r#""lanes":[{"consumer":{"ack":"with_effect"}}]"#,
            "lanes[0].consumer.ack: \"with_effect\" is not",
        ),
        (
            r#""lanes":[{"consumer":{"batch":10}}]"#,
            "lanes[0].consumer.batch: 10 is not",
        ),
        (
            r#""lanes":[{"consumer":{"isolation":"read_uncommitted"}}]"#,
            "lanes[0].consumer.isolation: \"read_uncommitted\" is not",
        ),
        (
            r#""lanes":[{}],"faults":{"crash":{"broker":0.5}}"#,
            "faults.crash.broker: 0.5 is not simulated yet; this release has only 0",
        ),
        (
            r#""lanes":[{}],"faults":{"script":["fail 1","crash broker before ack 1#1"]}"#,
            "faults.script[1]: \"crash broker before ack 1\" is not simulated yet",
        ),
        (
            r#""lanes":[{}],"faults":{"script":["crash follower before replicate 1"]}"#,
            "faults.script[0]: \"crash follower before replicate 1\" is not",
        ),
        (
            r#""lanes":[{}],"faults":{"script":["partition producer 0s..1m"]}"#,
            "faults.script[0]: \"partition producer 0ms..1m\" is not",
        ),
        (
            r#""lanes":[{}],"scenario":"pipeline""#,
            "scenario: \"pipeline\" is not simulated yet; it writes to an output log",
        ),
        (
            r#""lanes":[{}],"scenario":{"id":"a","steps":[{"id":"b","kind":"produce","primary":true}]}"#,
            "scenario.steps[0].kind: \"produce\" is not simulated yet",
        ),
    ];

    #[test]
    fn each_thing_is_refused_by_name_and_alone() {
        for (text, begin) in REFUSED {
            let text = format!(r#"{{"version":1,{text}}}"#);
            let mistakes = Experiment::from_json(&text).expect_err(&text).into_vec();
            assert_eq!(mistakes.len(), 1, "{text}: {mistakes:?}");
            assert!(
                mistakes[0].to_string().starts_with(begin),
                "{}",
                mistakes[0]
            );
            let any = Experiment::from_json_any(&text).expect("the format allows it");
            assert_eq!(unsupported(&any), mistakes);
            assert!(any.check().is_err());
        }
    }

    #[test]
    fn every_row_of_the_table_is_tried_above() {
        for row in LANE {
            let path = format!(".{}.{}:", row.section, row.field);
            assert!(
                REFUSED.iter().any(|(_, begin)| begin.contains(&path)),
                "{path}"
            );
        }
    }
}

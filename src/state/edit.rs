//! Edits of the experiment through typed text: a new experiment, or the reason for the refusal.
//!
//! The format's own reader validates every edit, so ranges, cross-field rules and their messages have one
//! source. A refused edit leaves the experiment unchanged.

use super::field_path::FieldPath;
use super::typed;
use ackground_core::experiment::change::lane_with;
use ackground_core::experiment::label::Unit;
use ackground_core::experiment::mistake::{At, Found};
use ackground_core::experiment::scenario::{BuiltIn, Label, Scenario, Steps};
use ackground_core::experiment::script::{ConsumerPoint, Crash, Entry, Line, LineError, Script};
use ackground_core::experiment::settings::Acks;
use ackground_core::experiment::{Experiment, Lane, Lanes, Mistakes};

/// Applies text to a field; the error is a sentence to show at its control.
pub fn edit(experiment: &Experiment, place: &FieldPath, text: &str) -> Result<Experiment, String> {
    let shape = place.shape().ok_or("this cannot be edited")?;
    let name = place.as_str().rsplit('.').next().unwrap_or_default();
    let unit = Unit::of(name, &shape);
    if let Some(refusal) = typed::refusal(text, &shape, unit) {
        return Err(refusal);
    }
    let value = typed::parse(text, &shape, unit);
    if let Some((index, path)) = place.in_lane() {
        let lane = experiment.lanes.get(index).ok_or("this lane is gone")?;
        let (at, mut found) = (At::Root, Found::default());
        let changed = lane_with(lane, path, value.clone(), &at, &mut found);
        if let Some(clash) = clash(&changed, path) {
            return Err(clash);
        }
    }
    experiment.with(place.as_str(), value).map_err(said)
}

/// A cross-field rule that this change would break, worded for the field that changed: what conflicts, and
/// what to do first.
fn clash(lane: &Lane, path: &str) -> Option<String> {
    let (producer, broker) = (&lane.producer, &lane.broker);
    let needed = broker.min_in_sync.get();
    let copies = broker.replicas.get();
    let said = match path {
        "producer.transactional" if producer.transactional && !producer.idempotent => {
            "Transactions need numbered sends. Switch those on first."
        }
        "producer.idempotent" if producer.transactional && !producer.idempotent => {
            "Transactions need numbered sends. Switch transactions off first."
        }
        "producer.transactional" if producer.transactional && producer.acks == Acks::None => {
            "A transaction is committed once the broker has answered, and this producer waits for \
             nothing. Let it wait for an answer first."
        }
        "producer.acks" if producer.transactional && producer.acks == Acks::None => {
            "A transaction is committed once the broker has answered. To wait for nothing, switch \
             transactions off first."
        }
        "broker.replicas" if needed > copies => {
            return Some(format!(
                "A write needs {needed} copies in sync, which is more than there would be. Lower \
                 \u{201c}Copies needed\u{201d} first."
            ));
        }
        "broker.min_in_sync" if needed > copies => {
            return Some(format!(
                "There are {copies} copies in all, so no write could ever have {needed}."
            ));
        }
        _ => return None,
    };
    Some(said.to_owned())
}

fn check(experiment: Experiment) -> Result<Experiment, String> {
    experiment.check().map_err(said)?;
    Ok(experiment)
}

pub fn add_line(experiment: &Experiment, text: &str) -> Result<Experiment, String> {
    let line = line(text)?;
    let script = experiment.faults.script.with(line);
    with_script(experiment, script.ok_or_else(full)?)
}

pub fn remove_line(experiment: &Experiment, index: usize) -> Result<Experiment, String> {
    with_script(experiment, experiment.faults.script.without(index))
}

pub fn edit_line(experiment: &Experiment, index: usize, text: &str) -> Result<Experiment, String> {
    let line = line(text)?;
    with_entries(experiment, |entries| {
        let entry = entries.get_mut(index).ok_or("this line is gone")?;
        entry.line = line;
        Ok(())
    })
}

pub fn switch_line(experiment: &Experiment, index: usize, on: bool) -> Result<Experiment, String> {
    with_entries(experiment, |entries| {
        entries.get_mut(index).ok_or("this line is gone")?.on = on;
        Ok(())
    })
}

/// Moves a script line; the lines in between shift.
pub fn move_line(experiment: &Experiment, from: usize, to: usize) -> Result<Experiment, String> {
    with_entries(experiment, |entries| {
        if from.max(to) >= entries.len() {
            return Err("there is no such place".to_owned());
        }
        let entry = entries.remove(from);
        entries.insert(to, entry);
        Ok(())
    })
}

pub fn clear_lines(experiment: &Experiment) -> Result<Experiment, String> {
    with_script(experiment, Script::default())
}

fn with_entries(
    experiment: &Experiment,
    change: impl FnOnce(&mut Vec<Entry>) -> Result<(), String>,
) -> Result<Experiment, String> {
    let mut entries = experiment.faults.script.entries();
    change(&mut entries)?;
    with_script(experiment, Script::of(entries).ok_or_else(full)?)
}

fn line(text: &str) -> Result<Line, String> {
    text.parse().map_err(|error: LineError| sentence(&error.message))
}

fn full() -> String {
    format!("The script is full: it holds {} lines.", Script::MOST)
}

fn with_script(experiment: &Experiment, script: Script) -> Result<Experiment, String> {
    let mut edited = experiment.clone();
    edited.faults.script = script;
    check(edited)
}

/// Switches the scenario. Script lines that crash the consumer at a step refer to its id, so they are mapped
/// to the step with the same role in the new scenario: last, primary or first.
pub fn tell(experiment: &Experiment, story: BuiltIn) -> Result<Experiment, String> {
    let mut edited = experiment.clone();
    edited.scenario = story.scenario();
    let mut entries = experiment.faults.script.entries();
    for entry in &mut entries {
        entry.line = moved(&entry.line, &experiment.scenario, &edited.scenario);
    }
    edited.faults.script = Script::of(entries).ok_or_else(full)?;
    check(edited)
}

fn moved(line: &Line, from: &Scenario, to: &Scenario) -> Line {
    if let Line::Crash(Crash::Consumer(side, ConsumerPoint::Step(id)), spot) = line {
        let last = |steps: &Steps| steps.len() - 1;
        let same_part = match from.steps.find(id) {
            Some(step) if step == last(&from.steps) => to.steps.last(),
            Some(step) if from.steps[step].primary => to.steps.iter().find(|step| step.primary),
            Some(_) => to.steps.first(),
            None => None,
        };
        if let Some(step) = same_part {
            let point = ConsumerPoint::Step(step.id.clone());
            return Line::Crash(Crash::Consumer(*side, point), *spot);
        }
    }
    line.clone()
}

/// Mistakes as sentences, without their paths: they are shown at the control itself.
fn said(mistakes: Mistakes) -> String {
    let sentences: Vec<String> =
        mistakes.iter().map(|mistake| sentence(&mistake.message)).collect();
    sentences.join(" ")
}

/// Capitalizes the first letter and adds a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    out.push_str(chars.as_str());
    if !out.ends_with(['.', '!', '?', ')']) {
        out.push('.');
    }
    out
}

/// The name, with a number appended if another lane has it.
pub(crate) fn unused_name(lanes: &[Lane], name: &str) -> Label {
    let free = |name: &Label| lanes.iter().all(|lane| lane.name != *name);
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let stem = if stem.is_empty() { name } else { stem };
    let numbered = (2..=Lanes::MOST + 1).map(|n| Label::cut(&format!("{stem} {n}")));
    let mut names = std::iter::once(Label::cut(name)).chain(numbered);
    names.find(free).unwrap_or_else(|| Label::cut(name))
}

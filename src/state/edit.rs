//! Edits of the experiment through typed text: a new experiment, or the reason for the refusal.
//!
//! The format's own reader validates every edit, so ranges, cross-field rules and their messages have one
//! source. A refused edit leaves the experiment unchanged.

use super::field_path::FieldPath;
use super::typed::{self, Refused};
use crate::scenario::model::with_id_of_its_name;
use ackground_core::experiment::change::lane_with;
use ackground_core::experiment::label::Unit;
use ackground_core::experiment::mistake::{At, Found, either};
use ackground_core::experiment::part::{Shape, refusal};
use ackground_core::experiment::scenario::{BuiltIn, Label, Scenario, Steps};
use ackground_core::experiment::script::{ConsumerPoint, Crash, Entry, Line, Script};
use ackground_core::experiment::settings::Acks;
use ackground_core::experiment::{Experiment, Lane, Lanes, Mistakes};
use ackground_words::typed::fault::{self, Unclear};

/// Applies text to a field; the error is a sentence to show at its control, which ends with an example that this
/// field takes.
pub fn edit(experiment: &Experiment, place: &FieldPath, text: &str) -> Result<Experiment, String> {
    let shape = place.shape().ok_or("this cannot be edited")?;
    let name = place.as_str().rsplit('.').next().unwrap_or_default();
    let unit = Unit::of(name, &shape);
    let edited = attempt(experiment, place, text, &shape, unit);
    edited.map(|edited| with_id_of_its_name(edited, place.as_str())).map_err(
        |Refused { said, offers }| {
            if matches!(unit, Unit::Flag | Unit::Words) {
                return said; // It is chosen, not typed.
            }
            let fits = |offer: &String| attempt(experiment, place, offer, &shape, unit).is_ok();
            let fitting = |offers: Vec<String>| -> Vec<String> {
                offers.into_iter().filter(fits).take(OFFERED).collect()
            };
            let mut examples = fitting(offers);
            if examples.is_empty() {
                examples = fitting(usual(&shape, unit));
            }
            if examples.is_empty() {
                return said;
            }
            format!("{said} Write {}.", either(examples.iter().map(String::as_str)))
        },
    )
}

/// How many examples a refusal gives.
const OFFERED: usize = 2;

fn attempt(
    experiment: &Experiment,
    place: &FieldPath,
    text: &str,
    shape: &Shape,
    unit: Unit,
) -> Result<Experiment, Refused> {
    let value = typed::read(text, place.as_str(), shape, unit)?;
    let simply = |said: String| Refused { said, offers: Vec::new() };
    if let Some((index, path)) = place.in_lane() {
        let lane =
            experiment.lanes.get(index).ok_or_else(|| simply("This lane is gone.".into()))?;
        let (at, mut found) = (At::Root, Found::default());
        let changed = lane_with(lane, path, value.clone(), &at, &mut found);
        if let Some(said) = clash(&changed, path) {
            return Err(Refused { said, offers: Vec::new() });
        }
    }
    // A value that its own field does not take is explained in the field's terms, never in the format's.
    let strictly = refusal(&value, shape);
    experiment.with(place.as_str(), value).map_err(|mistakes| {
        if mistakes.iter().any(|mistake| mistake.message == strictly) {
            typed::unknown(text)
        } else {
            simply(said(mistakes))
        }
    })
}

/// Examples for a field whose usual ones may break a rule between fields.
fn usual(shape: &Shape, unit: Unit) -> Vec<String> {
    let mut offers = typed::offers(shape, unit);
    if let Shape::Whole { min, max } = shape {
        offers.extend((*min..=*max).rev().take(10).map(|n| n.to_string()));
    }
    offers
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
            "A transaction is committed once the broker has replied, and this producer \
             does not wait. Make it wait for a reply first."
        }
        "producer.idempotent" if producer.idempotent && producer.acks == Acks::None => {
            "A producer that numbers its sends resends until the broker replies, and this one waits for \
             nothing. Make it wait for a reply first."
        }
        "producer.acks" if producer.transactional && producer.acks == Acks::None => {
            "A transaction is committed once the broker has replied. To wait for nothing, \
             switch transactions off first."
        }
        "producer.acks" if producer.idempotent && producer.acks == Acks::None => {
            "A producer that numbers its sends resends until the broker replies. To wait for nothing, switch \
             numbered sends off first."
        }
        "broker.replicas" if needed > copies => {
            return Some(format!(
                "A write needs {needed} in-sync replicas, which is more than there would be. \
                 Lower \u{201c}Min in-sync replicas\u{201d} first."
            ));
        }
        "broker.min_in_sync" if needed > copies => {
            return Some(format!(
                "There are {copies} replicas in all, so no write could ever have {needed}."
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

/// Why typed text was rejected.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// A sentence to show at the control.
    pub said: String,
    /// What was probably meant.
    pub meant: Option<String>,
}

impl From<String> for Complaint {
    fn from(said: String) -> Complaint {
        Complaint { said, meant: None }
    }
}

pub fn add_line(experiment: &Experiment, text: &str) -> Result<Experiment, Complaint> {
    let line = line(experiment, text)?;
    let script = experiment.faults.script.with(line);
    Ok(with_script(experiment, script.ok_or_else(full)?)?)
}

pub fn remove_line(experiment: &Experiment, index: usize) -> Result<Experiment, String> {
    with_script(experiment, experiment.faults.script.without(index))
}

pub fn edit_line(
    experiment: &Experiment,
    index: usize,
    text: &str,
) -> Result<Experiment, Complaint> {
    let line = line(experiment, text)?;
    let edited = with_entries(experiment, |entries| {
        let entry = entries.get_mut(index).ok_or("this line is gone")?;
        entry.line = line;
        Ok(())
    })?;
    Ok(edited)
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

fn line(experiment: &Experiment, text: &str) -> Result<Line, Complaint> {
    let understood = fault::understand(text, &experiment.scenario);
    understood.map_err(|Unclear { said, meant }| Complaint { said, meant: Some(meant.to_string()) })
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
    if experiment.faults_of_an_opening() {
        return check(experiment.opened(story));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::label::{of_experiment, of_lane};
    use ackground_core::experiment::part::Part;

    fn said(place: &FieldPath, text: &str) -> Option<String> {
        edit(&Experiment::default(), place, text).err()
    }

    /// Every field that is typed into.
    fn fields() -> Vec<(FieldPath, Unit)> {
        let typed = |unit: &Unit| !matches!(unit, Unit::Flag | Unit::Words | Unit::Group);
        let of_lane = of_lane().map(|setting| (FieldPath::lane(1, &setting.path), setting.unit));
        let others = of_experiment().map(|setting| (FieldPath::top(&setting.path), setting.unit));
        let top = ["seed", "messages", "interval_ms"].map(FieldPath::top).map(|place| {
            let unit = Unit::of(place.as_str(), &place.shape().expect("it is typed"));
            (place, unit)
        });
        let all = of_lane.chain(others).chain(top);
        all.filter(|(place, unit)| {
            typed(unit) && place.shape().is_some() && *place != FieldPath::script()
        })
        .collect()
    }

    #[test]
    fn every_refusal_ends_with_examples_that_work_in_its_field() {
        let texts = [
            "",
            "abc",
            "40",
            "-1",
            "[6000]",
            "[20, 80]",
            "6000",
            "1.5",
            "0.3",
            "20–80",
            "80–20 ms",
            "150",
            "101 %",
            "99999 h",
            "1e9",
            "0",
            "0 s",
            "null",
            "never",
            "none",
            "5 s – 3",
            "1.6 ms",
            "99999999999999999999",
        ];
        let mut refused = 0;
        for (place, unit) in fields() {
            for text in texts {
                let Some(said) = said(&place, text) else {
                    continue;
                };
                refused += 1;
                assert!(
                    !said.contains("is not allowed") && !said.contains("a list of"),
                    "{place}: {said}"
                );
                let (_, examples) =
                    said.rsplit_once(" Write ").unwrap_or_else(|| panic!("{place}: {said}"));
                for example in examples.trim_end_matches('.').split(" or ") {
                    let edited = edit(&Experiment::default(), &place, example);
                    assert!(edited.is_ok(), "{place} ({unit:?}): {said} {edited:?}");
                }
            }
        }
        assert!(refused > 300, "{refused}");
    }

    #[test]
    fn a_refusal_speaks_in_the_terms_of_the_field() {
        let lane = |path: &str| FieldPath::lane(1, path);
        for (place, text, expected) in [
            (lane("consumer.processing_ms"), "40", "40 what? Write 40 ms or 40 s."),
            (
                lane("consumer.processing_ms"),
                "abc",
                "\u{201c}abc\u{201d} is not a time. Write 250 ms or 5 s.",
            ),
            (FieldPath::fault("latency_ms"), "6000", "6000 what? Write 6000 ms."),
            (FieldPath::fault("latency_ms"), "20-80", "20–80 what? Write 20–80 ms or 20–80 s."),
            (
                FieldPath::fault("latency_ms"),
                "1 h",
                "\u{201c}1 h\u{201d} is too long: 10 min is the most. Write 20–80 ms or 1 s.",
            ),
            (
                FieldPath::fault("loss.ack"),
                "150",
                "\u{201c}150\u{201d} is not a share from 0 to 100 %. Write 10 %.",
            ),
            (
                lane("producer.retries"),
                "2000",
                "\u{201c}2000\u{201d} is not a number from 0 to 1000. Write 3 or unlimited.",
            ),
            (
                lane("producer.retries"),
                "",
                "This needs a number from 0 to 1000. Write 3 or unlimited.",
            ),
            (
                lane("broker.redelivery_timeout_ms"),
                "0",
                "\u{201c}0\u{201d} is too short: 1 ms is the least. Write 250 ms or 5 s.",
            ),
        ] {
            assert_eq!(said(&place, text).as_deref(), Some(expected), "{place} = {text}");
        }
    }

    #[test]
    fn every_value_as_its_field_shows_it_is_accepted_again() {
        let experiment = Experiment::default();
        for (place, unit) in fields() {
            let Some((index, path)) = place.in_lane() else {
                continue;
            };
            let lane = experiment.lanes[index].write();
            let shown = lane.at(path).map(|value| typed::show(value, unit)).unwrap_or_default();
            assert_eq!(
                edit(&experiment, &place, &shown),
                Ok(experiment.clone()),
                "{place} = {shown}"
            );
        }
    }
}

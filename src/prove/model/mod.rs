//! The prover's findings as the page words them: labels, chips, and a row per property.
//!
//! "Holds" is only ever said together with its bound, and only if every schedule within it was covered.

mod truth;

use crate::prove::state::{Proved, Standing};
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Counterexample, Finding, Guarantee, Stopped, Verdict};
use ackground_core::sim::Time;
use ackground_words::story;

pub use truth::{Effect, Group, TruthCell, TruthRow, TruthTable};

/// What is known about a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// No schedule of up to this many faults breaks it.
    Holds(u8),
    /// This schedule breaks it, and none with fewer faults does.
    Broken(Counterexample),
    /// Still searching; no schedule of up to this many faults breaks it.
    Checking(Option<u8>),
    /// Unknown, and no search is running; no schedule of up to this many faults breaks it.
    Unknown(Option<u8>),
}

/// A property as the page words it.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub property: Property,
    pub known: Known,
    /// `never loses`, `can duplicate`, `checking…`.
    pub text: String,
    /// `within 3 faults`, `1 fault is enough`; empty while unknown.
    pub bound: String,
    /// All of this as a sentence, including what was covered.
    pub sentence: String,
}

impl Claim {
    pub fn of(proved: &Proved, bounds: Bounds, property: Property) -> Claim {
        let words = story::property(property);
        let known = known(proved, bounds, property);
        let (text, bound) = match &known {
            Known::Holds(faults) => (words.holds, at_most(*faults)),
            Known::Broken(found) if found.lines.is_empty() => {
                (words.broken, "without a fault".to_owned())
            }
            Known::Broken(found) => (words.broken, enough(lines(found))),
            Known::Checking(_) => ("checking…", String::new()),
            Known::Unknown(Some(faults)) => (words.holds, format!("{} so far", at_most(*faults))),
            Known::Unknown(None) => (unknown(proved), String::new()),
        };
        Claim {
            property,
            text: text.to_owned(),
            bound,
            sentence: sentence(proved, bounds, property, &known),
            known,
        }
    }

    pub fn counterexample(&self) -> Option<&Counterexample> {
        match &self.known {
            Known::Broken(found) => Some(found),
            _ => None,
        }
    }
}

fn known(proved: &Proved, bounds: Bounds, property: Property) -> Known {
    let finding = proved.finding.as_deref();
    let verdict = finding.map(|finding| finding.verdict(property));
    if let Some(Verdict::Broken(found)) = verdict {
        return Known::Broken(found.clone());
    }
    let covered = finding.and_then(|finding| finding.explored.faults);
    match covered {
        Some(faults) if faults >= bounds.faults => Known::Holds(faults),
        _ if proved.is_checking() => Known::Checking(covered),
        _ => Known::Unknown(covered),
    }
}

fn lines(found: &Counterexample) -> u8 {
    u8::try_from(found.lines.len()).unwrap_or(u8::MAX)
}

fn at_most(faults: u8) -> String {
    format!("within {}", story::faults(faults))
}

fn enough(faults: u8) -> String {
    let verb = if faults == 1 { "is" } else { "are" };
    format!("{} {verb} enough", story::faults(faults))
}

fn sentence(proved: &Proved, bounds: Bounds, property: Property, known: &Known) -> String {
    let words = story::property(property);
    let schedules = proved
        .finding
        .as_deref()
        .map(|finding| story::counted(finding.explored.schedules, "schedule"));
    match known {
        Known::Holds(_) => format!(
            "{}: no combination of {}{}, breaks it; {} covered.",
            story::capital(words.holds),
            story::bounds(&bounds),
            lasting(proved),
            schedules.unwrap_or_default(),
        ),
        Known::Broken(found) => {
            let script: Vec<String> = found.lines.iter().map(ToString::to_string).collect();
            let by = match script.len() {
                0 => "without any fault".to_owned(),
                _ => format!("by {}", script.join(" and ")),
            };
            format!("{}: {by}. No schedule of fewer faults does it.", story::capital(words.broken))
        }
        Known::Checking(covered) => format!(
            "{} Looking for a combination of {} that breaks this.{}",
            words.sentence,
            story::bounds(&bounds),
            so_far(*covered)
        ),
        Known::Unknown(covered) if not_yet(proved) => format!(
            "{} Not checked yet for {}.{}",
            words.sentence,
            story::bounds(&bounds),
            so_far(*covered)
        ),
        Known::Unknown(covered) => format!(
            "{} Not known for {}: {}.{}",
            words.sentence,
            story::bounds(&bounds),
            why_not(proved),
            so_far(*covered)
        ),
    }
}

/// How long the faults lasted and packets travelled: ` with outages of 1 s, while packets take 20 to 80 ms`.
fn lasting(proved: &Proved) -> String {
    let Some(finding) = proved.finding.as_deref() else {
        return String::new();
    };
    let (spans, travel) = (story::spans(finding.spans), story::travel(finding.spans));
    let with = if spans.is_empty() { String::new() } else { format!(", with {spans}") };
    format!("{with}, while {travel}")
}

/// Whether the search has still to go as far as was asked.
fn not_yet(proved: &Proved) -> bool {
    matches!(proved.standing, Standing::Asking(_) | Standing::Idle)
}

fn unknown(proved: &Proved) -> &'static str {
    if not_yet(proved) { "not checked yet" } else { "not known" }
}

fn so_far(covered: Option<u8>) -> String {
    covered.map_or_else(String::new, |faults| {
        format!(" No schedule of up to {} does.", story::faults(faults))
    })
}

/// Why something is unknown.
pub fn why_not(proved: &Proved) -> String {
    match &proved.standing {
        Standing::Refused(why) => why.trim_end_matches('.').to_owned(),
        Standing::Stopped => "the search was stopped".to_owned(),
        Standing::Asking(_) | Standing::Idle => "it has not been checked yet".to_owned(),
        Standing::Checking(_) => "the search goes on".to_owned(),
        Standing::Done => {
            let finding = proved.finding.as_deref();
            match finding.and_then(|finding| finding.explored.stopped_by) {
                Some(Stopped::Runs | Stopped::Events) => {
                    let runs = finding.map_or(0, |finding| finding.explored.runs);
                    format!("the search stopped after {}", story::counted(runs, "run"))
                }
                _ => "the search was stopped".to_owned(),
            }
        }
    }
}

/// The label of a lane's guarantee.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The guarantee, once known.
    pub guarantee: Option<Guarantee>,
    /// `at least once`, `checking…`, `not checked yet`, `not known`.
    pub text: &'static str,
    /// What it means, and within which bounds.
    pub sentence: String,
}

impl Label {
    pub fn of(experiment: &Experiment, proved: &Proved, bounds: Bounds) -> Label {
        let guarantee = guaranteed(proved, bounds);
        let (text, sentence) = match guarantee {
            Some(guarantee) => (
                story::guarantee(guarantee),
                format!(
                    "{} {}",
                    story::promise(experiment, guarantee),
                    found_by(guarantee, proved, bounds)
                ),
            ),
            None if proved.is_checking() => {
                ("checking…", format!("We try every combination of {}.", story::bounds(&bounds)))
            }
            None if not_yet(proved) => (unknown(proved), "Not checked yet.".to_owned()),
            None => (unknown(proved), format!("Not known: {}.", why_not(proved))),
        };
        Label { guarantee, text, sentence }
    }
}

/// How a guarantee was established. Two schedules are enough to show that there is none.
fn found_by(guarantee: Guarantee, proved: &Proved, bounds: Bounds) -> String {
    match guarantee {
        Guarantee::None => "We found a schedule for each.".to_owned(),
        _ => format!(
            "Found by trying every combination of {}{}.",
            story::bounds(&bounds),
            lasting(proved)
        ),
    }
}

/// The guarantee. A lane known to both lose and duplicate has none, whatever is still uncovered.
fn guaranteed(proved: &Proved, bounds: Bounds) -> Option<Guarantee> {
    let holds = |property| match known(proved, bounds, property) {
        Known::Holds(_) => Some(true),
        Known::Broken(_) => Some(false),
        Known::Checking(_) | Known::Unknown(_) => None,
    };
    Some(Guarantee::of_verdicts(holds(Property::NoLoss)?, holds(Property::NoDuplicates)?))
}

/// How much was covered, and in what time: `25,114 schedules in 1,203 runs, 0.2 s`.
pub fn covered(proved: &Proved) -> Option<String> {
    let finding: &Finding = proved.finding.as_deref()?;
    let took = u64::try_from(proved.took.as_micros()).unwrap_or(u64::MAX);
    Some(format!(
        "{} covered by {}, {}",
        story::counted(finding.explored.schedules, "schedule"),
        story::counted(finding.explored.runs, "run"),
        story::duration(Time::from_micros(took)),
    ))
}

#[cfg(test)]
mod tests;

//! What an edit did, in words: what was changed, and which messages fare differently now.
//!
//! It compares two experiments and their judged runs, without knowing what the user did. Screen readers announce
//! it after an edit, so it is brief and puts the most important first.

use ackground_core::audit::{MessageRecord, Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;

use super::headline::headline;
use super::mishap::mishap;
use super::verb::{StepVerb, primary};
use ackground_core::experiment::label::{settings, value_words};
use ackground_core::number::money;

/// An experiment with the audit of each of its lanes.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// One report per lane, in order.
    pub reports: &'a [&'a Report],
}

/// The most messages of a lane named before they are only counted.
const NAMED: usize = 3;
/// The most changes named.
const CHANGES: usize = 3;

/// What is different: the changes, then lane by lane which messages have a new outcome. Empty if the experiments are
/// equal.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_words::story::{Judged, change_summary};
/// use ackground_core::{audit, sim};
///
/// let before = Experiment::default();
/// let mut after = before.clone();
/// after.faults.script = after.faults.script.without(1);
/// let report = |experiment: &Experiment, lane| audit::judge(experiment, &sim::simulate(experiment, lane));
/// let [old, new] = [&before, &after].map(|experiment| [0, 1, 2].map(|lane| report(experiment, lane)));
/// let (old, new) = (old.each_ref(), new.each_ref());
/// let said = change_summary(
///     Judged { experiment: &before, reports: &old },
///     Judged { experiment: &after, reports: &new },
/// );
/// assert!(said.starts_with("Removed: Receiver's bank crashes"), "{said}");
/// assert!(said.ends_with("At least once: message 3 is now once."), "{said}");
/// ```
pub fn change_summary(before: Judged<'_>, after: Judged<'_>) -> String {
    if before.experiment == after.experiment {
        return String::new();
    }
    let mut said = changes(before.experiment, after.experiment);
    let more = said.len().saturating_sub(CHANGES);
    said.truncate(CHANGES);
    if more > 0 {
        said.push(format!("And {more} more changes."));
    }
    let told = said.len();
    for (lane, report) in after.reports.iter().enumerate() {
        let name = after.experiment.lane_name(lane);
        let fares = match counterpart(before.experiment, after.experiment, lane) {
            Some(old) => {
                before.reports.get(old).and_then(|old| differences(after.experiment, old, report))
            }
            None => Some(sum(report)),
        };
        said.extend(fares.map(|fares| format!("{name}: {fares}.")));
    }
    if said.len() == told {
        said.push("Every message ends as before.".to_owned());
    }
    said.join(" ")
}

/// The index the lane had before.
fn counterpart(before: &Experiment, after: &Experiment, lane: usize) -> Option<usize> {
    if before.lanes.len() == after.lanes.len() {
        return Some(lane);
    }
    let same = after.lanes.get(lane)?;
    before.lanes.iter().position(|other| other == same)
}

/// The changes, a sentence each.
fn changes(before: &Experiment, after: &Experiment) -> Vec<String> {
    let mut said = Vec::new();
    if before.scenario != after.scenario {
        said.push(format!("{}.", headline(after).title));
    }
    let (old, new) = (before.faults.script.lines(), after.faults.script.lines());
    let added = new.iter().filter(|line| !old.contains(line));
    said.extend(added.map(|line| format!("Added: {}.", mishap(after, line))));
    let gone = old.iter().filter(|line| !new.contains(line));
    said.extend(gone.map(|line| format!("Removed: {}.", mishap(before, line))));
    let top = |experiment: &Experiment| {
        Json::Object(vec![
            ("messages".to_owned(), experiment.messages.write()),
            ("interval_ms".to_owned(), experiment.interval_ms.write()),
            ("seed".to_owned(), experiment.seed.write()),
            ("faults".to_owned(), experiment.faults.write()),
        ])
    };
    said.extend(set(&top(before), &top(after)));
    for (index, lane) in after.lanes.iter().enumerate() {
        let name = after.lane_name(index);
        match counterpart(before, after, index).and_then(|old| before.lanes.get(old)) {
            None => said.push(format!("New lane: {name}.")),
            Some(old) if old == lane => {}
            Some(old) => {
                let (old, new) = (old.write(), lane.write());
                said.extend(set(&old, &new).map(|change| format!("{name}, {change}")));
            }
        }
    }
    if after.lanes.len() < before.lanes.len() {
        let gone =
            (0..before.lanes.len()).filter(|lane| !after.lanes.contains(&before.lanes[*lane]));
        said.extend(gone.map(|lane| format!("{} is gone.", before.lane_name(lane))));
    }
    said
}

/// The settings that differ between two documents, each with its new value: `Resends: none.`
fn set<'a>(before: &'a Json, after: &'a Json) -> impl Iterator<Item = String> + 'a {
    settings().filter_map(move |setting| {
        let (old, new) = (before.at(&setting.path)?, after.at(&setting.path)?);
        let small = !matches!(new, Json::Object(_)) && setting.path != "faults.script";
        (small && old != new).then(|| {
            let text = if let Json::Text(word) = new { word.clone() } else { new.show() };
            format!("{}: {}.", setting.name, value_words(&setting.path, &text))
        })
    })
}

/// Which messages fare differently in a lane: `message 1 is now credited twice`; `None` if none do.
fn differences(experiment: &Experiment, before: &Report, after: &Report) -> Option<String> {
    if before.messages.len() != after.messages.len() {
        return (before.totals != after.totals).then(|| sum(after));
    }
    let pairs = before.messages.iter().zip(&after.messages).enumerate();
    let different: Vec<(usize, &MessageRecord)> = pairs
        .filter(|(_, (old, new))| fate(old) != fate(new))
        .map(|(index, (_, new))| (index, new))
        .collect();
    match different.len() {
        0 => None,
        1..=NAMED => {
            let one = |(index, record): &(usize, &MessageRecord)| {
                format!("message {} is now {}", index + 1, result(experiment, record))
            };
            Some(different.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        _ => Some(format!("now {}", sum(after))),
    }
}

/// What counts as a different fate to a person.
fn fate(record: &MessageRecord) -> (Outcome, &[u32]) {
    (record.end, &record.applied)
}

fn result(experiment: &Experiment, record: &MessageRecord) -> String {
    match record.end {
        Outcome::Once => "once".to_owned(),
        Outcome::Lost if record.silent() => "lost silently".to_owned(),
        Outcome::Lost => "lost".to_owned(),
        Outcome::Duplicated => {
            let step = primary(experiment);
            StepVerb::of(experiment, step).so_often(record.applied[usize::from(step)])
        }
        Outcome::Parked => "parked".to_owned(),
        Outcome::Pending => "not settled".to_owned(),
    }
}

/// `1 lost, 2 once`.
fn sum(report: &Report) -> String {
    let totals = &report.totals;
    let all = [
        (totals.lost, "lost"),
        (totals.duplicated, "applied twice or more"),
        (totals.parked, "parked"),
        (totals.pending, "not settled"),
        (totals.once, "once"),
    ];
    let told = all.iter().filter(|(number, _)| *number > 0);
    let told = told.map(|(number, what)| format!("{} {what}", money(u64::from(*number))));
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::judge;
    use ackground_core::experiment::script::Script;
    use ackground_core::sim::simulate;

    fn said(before: &Experiment, after: &Experiment) -> String {
        let reports = |experiment: &Experiment| -> Vec<Report> {
            let lanes = 0..experiment.lanes.len();
            lanes.map(|lane| judge(experiment, &simulate(experiment, lane))).collect()
        };
        let (old, new) = (reports(before), reports(after));
        let (old, new): (Vec<&Report>, Vec<&Report>) = (old.iter().collect(), new.iter().collect());
        change_summary(
            Judged { experiment: before, reports: &old },
            Judged { experiment: after, reports: &new },
        )
    }

    #[test]
    fn an_act_and_its_consequence_are_said_in_one_breath() {
        let before = Experiment::default();
        let line = "crash consumer before ack 1".parse().expect("a line");
        let mut after = before.clone();
        after.faults.script = before.faults.script.with(line).expect("room");
        let said = said(&before, &after);
        assert!(said.starts_with("Added: "), "{said}");
        assert!(said.contains("At least once: message 1 is now credited twice."), "{said}");
        assert!(!said.contains("Effectively once: message"), "{said}");
    }

    #[test]
    fn a_setting_is_named_with_its_lane_and_its_new_value() {
        let before = Experiment::default();
        let after = before.with("lanes[1].consumer.dedup", Json::text("atomic"));
        let after = after.expect("it is allowed");
        assert_eq!(
            said(&before, &after),
            "At least once, Remembers IDs: same transaction. At least once: message 3 is now once."
        );
        let slower = before.with("interval_ms", Json::Whole(1001)).expect("it is allowed");
        assert!(said(&before, &slower).ends_with("Every message ends as before."));
        assert_eq!(said(&before, &before), "");
    }

    #[test]
    fn lanes_come_and_go_and_much_is_counted() {
        let before = Experiment::default();
        let mut fewer = before.clone();
        fewer.lanes.remove(0);
        assert_eq!(said(&before, &fewer), "At most once is gone. Every message ends as before.");
        let back = said(&fewer, &before);
        assert!(
            back.starts_with("New lane: At most once. At most once: 1 lost, 2 once."),
            "{back}"
        );
        let many = before.with("messages", Json::Whole(40)).expect("it is allowed");
        let mut worse = many.clone();
        worse.faults.script =
            Script::new(vec!["drop publish 1#*".parse().expect("a line")]).expect("room");
        for line in 2..9 {
            let line = format!("drop publish {line}").parse().expect("a line");
            worse.faults.script = worse.faults.script.with(line).expect("room");
        }
        let said = said(&many, &worse);
        assert!(
            said.contains("more changes.") && said.contains("At most once: now 8 lost"),
            "{said}"
        );
    }
}

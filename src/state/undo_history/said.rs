//! Names an undo step by what it changed.

use super::super::View;
use super::Moment;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::script::{Entry, Script};
use ackground_core::experiment::{Experiment, Lanes};
use ackground_words::story;

/// The name of a step: `drop ack 1`, `add At least once`, `Acknowledges (At least once)`.
pub(crate) fn act(before: &Moment, after: &Moment) -> String {
    let (a, b) = (&*before.experiment, &*after.experiment);
    if a == b {
        let proves = before.views.prove != after.views.prove;
        let view = if proves { View::Prove } else { View::Measure };
        return format!("what is chosen in {}", view.label());
    }
    let (faults, lanes) = (a.faults != b.faults, a.lanes != b.lanes);
    let scenario = a.scenario != b.scenario;
    match (faults, lanes, scenario, top(a, b).as_slice()) {
        (true, false, false, []) => self::faults(a, b),
        (false, true, false, []) => self::lanes(&a.lanes, &b.lanes, a, b),
        (false, false, false, [name]) => setting(name).to_owned(),
        (_, false, true, []) => "another story".to_owned(),
        _ => "another experiment".to_owned(),
    }
}

/// The top-level fields that differ.
fn top(a: &Experiment, b: &Experiment) -> Vec<&'static str> {
    let differs = [
        ("seed", a.seed != b.seed),
        ("messages", a.messages != b.messages),
        ("interval_ms", a.interval_ms != b.interval_ms),
        ("title", a.title != b.title),
    ];
    let names = differs.into_iter().filter(|(_, differs)| *differs);
    names.map(|(name, _)| name).collect()
}

/// The label of a setting.
fn setting(path: &str) -> &str {
    story::setting(path).map_or("the title", |words| words.name)
}

fn faults(a: &Experiment, b: &Experiment) -> String {
    if a.faults.script != b.faults.script {
        return script(&a.faults.script, &b.faults.script);
    }
    let paths = differences(&a.faults.write(), &b.faults.write());
    match paths.as_slice() {
        [path] => setting(&format!("faults{path}")).to_owned(),
        _ => "what goes wrong".to_owned(),
    }
}

fn script(a: &Script, b: &Script) -> String {
    let (old, new) = (a.entries(), b.entries());
    let added = || new.iter().find(|entry| !old.contains(entry));
    let gone = || old.iter().find(|entry| !new.contains(entry));
    match (old.len(), new.len()) {
        (_, 0) if old.len() > 1 => return "remove all faults".to_owned(),
        (before, after) if after == before + 1 => {
            let entry = added().or(new.last());
            return entry.map_or_else(String::new, Entry::to_string);
        }
        (before, after) if before == after + 1 => {
            let entry = gone().or(old.last());
            return entry.map_or_else(String::new, |entry| format!("remove {entry}"));
        }
        (before, after) if before != after => return "the faults".to_owned(),
        _ => {}
    }
    match (gone(), added()) {
        (Some(a), Some(b)) if a.line == b.line => {
            format!("switch {} {}", if b.on { "on" } else { "off" }, b.line)
        }
        (Some(_), Some(b)) => b.to_string(),
        _ => "the order of the faults".to_owned(),
    }
}

fn lanes(old: &Lanes, new: &Lanes, a: &Experiment, b: &Experiment) -> String {
    let name = |experiment: &Experiment, lane: Option<usize>| {
        experiment.lane_name(lane.unwrap_or_default())
    };
    if (old.len(), new.len()) != (1, 1)
        && !old.iter().any(|lane| new.iter().any(|other| lane == other))
    {
        return "other lanes".to_owned();
    }
    let changed = old.iter().zip(new.iter()).position(|(a, b)| a != b);
    if new.len() == old.len() + 1 {
        return format!("add {}", name(b, changed.or(Some(old.len()))));
    }
    if old.len() == new.len() + 1 {
        return format!("remove {}", name(a, changed.or(Some(new.len()))));
    }
    let (Some(index), true) = (changed, old.len() == new.len()) else {
        return "the lanes".to_owned();
    };
    let mut paths = differences(&old[index].write(), &new[index].write());
    paths.retain(|path| path != ".preset");
    match paths.as_slice() {
        [path] if path == ".name" => format!("rename {}", name(a, Some(index))),
        [path] => format!("{} ({})", setting(&path[1..]), name(b, Some(index))),
        _ => format!("the setup of {}", name(b, Some(index))),
    }
}

/// The paths at which two documents differ, each part after a point: `.producer.acks`.
fn differences(a: &Json, b: &Json) -> Vec<String> {
    match (a, b) {
        _ if a == b => Vec::new(),
        (Json::Object(fields), Json::Object(_)) => {
            let below = fields.iter().flat_map(|(name, a)| {
                let b = b.get(name).unwrap_or(&Json::Null);
                let paths = differences(a, b).into_iter();
                paths.map(move |path| format!(".{name}{path}"))
            });
            below.collect()
        }
        _ => vec![String::new()],
    }
}

//! Why two lanes diverge: which of their differing settings cause it, found by experiment.
//!
//! Copies one setting at a time from one lane to the other and simulates again. If the lanes then diverge
//! later or never, that setting is a cause.

use std::rc::Rc;

use crate::state::runs::LaneRun;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::sim::{Time, Trace, simulate};
use ackground_timeline::divergence::divergence;
use ackground_words::story::{self, settings, value_words};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivergenceCause {
    /// The indices of the two lanes.
    pub lanes: (usize, usize),
    pub at: Time,
    /// The settings that each cause it alone, with their values in the two lanes.
    pub settings: Vec<Deciding>,
    /// How many settings differ.
    pub differing: usize,
}

/// A setting that causes the divergence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    pub name: &'static str,
    /// Its values in the two lanes, in words.
    pub values: (String, String),
    /// What a lane with that value does differently, where that can be said in a few words.
    pub plain: [Option<&'static str>; 2],
}

/// The budget, in steps of simulated runs.
const MOST_STEPS: usize = 400_000;

/// A search in progress.
#[derive(Clone, Debug)]
pub struct Search {
    experiment: Rc<Experiment>,
    traces: (Rc<Trace>, Rc<Trace>),
    /// What is still to be tried: a path, and its values in the two lanes.
    left: Vec<(&'static str, Json, Json)>,
    found: DivergenceCause,
}

impl Search {
    /// A search about the pair of lanes that diverges first; `None` if no lanes do, or if their runs exceed
    /// the budget.
    pub fn new(experiment: &Rc<Experiment>, runs: &[Rc<LaneRun>]) -> Option<Search> {
        let pairs =
            (0..runs.len()).flat_map(|one| (one + 1..runs.len()).map(move |two| (one, two)));
        let diverging = pairs.filter_map(|(one, two)| {
            let at = divergence([&*runs[one].trace, &*runs[two].trace])?;
            Some((at, (one, two)))
        });
        // The first of the pairs that diverge earliest.
        let (at, lanes) = diverging.min()?;
        let traces = (runs[lanes.0].trace.clone(), runs[lanes.1].trace.clone());
        let (one, two) =
            (experiment.lanes.get(lanes.0)?.write(), experiment.lanes.get(lanes.1)?.write());
        // A preset is no setting itself; the settings it implies are compared.
        let mut left: Vec<(&'static str, Json, Json)> = settings()
            .filter(|setting| setting.path != "preset")
            .filter_map(|setting| {
                let path = setting.path.as_str();
                let (one, two) = (one.at(path)?, two.at(path)?);
                let leaf = !matches!(one, Json::Object(_));
                (leaf && one != two).then(|| (path, one.clone(), two.clone()))
            })
            .collect();
        if left.len() * (traces.0.steps.len() + traces.1.steps.len()) > MOST_STEPS {
            return None;
        }
        let differing = left.len();
        left.reverse();
        Some(Search {
            experiment: experiment.clone(),
            traces,
            left,
            found: DivergenceCause { lanes, at, settings: Vec::new(), differing },
        })
    }

    /// Tries one setting; true when there is none left.
    pub fn advance(&mut self) -> bool {
        let Some((path, one, two)) = self.left.pop() else {
            return true;
        };
        let (first, second) = self.found.lanes;
        let traces = self.traces.clone();
        let decides = self.parts_later(first, path, &two, &traces.1)
            || self.parts_later(second, path, &one, &traces.0);
        if decides {
            let name = story::setting(path).map_or(path, |setting| setting.name);
            let values = (words(path, &one), words(path, &two));
            let plain = [plain(path, &one), plain(path, &two)];
            self.found.settings.push(Deciding { name, values, plain });
        }
        self.left.is_empty()
    }

    pub fn found(&self) -> &DivergenceCause {
        &self.found
    }

    /// Whether, with this value, the lane diverges from the other one later or never.
    fn parts_later(&self, lane: usize, path: &str, to: &Json, other: &Trace) -> bool {
        let path = format!("lanes[{lane}].{path}");
        let Ok(changed) = self.experiment.with(&path, to.clone()) else {
            return false;
        };
        let trace = simulate(&changed, lane);
        divergence([&trace, other]).is_none_or(|at| at > self.found.at)
    }
}

impl DivergenceCause {
    /// The cause as a sentence: `What makes the difference: Resends (none, no limit).`
    pub fn sentence(&self) -> String {
        let named: Vec<String> = self
            .settings
            .iter()
            .take(NAMED)
            .map(|Deciding { name, values, .. }| format!("{name} ({} or {})", values.0, values.1))
            .collect();
        let more = self.settings.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(", or {more} more") } else { String::new() };
        match (named.len(), self.differing) {
            (0, 0) => "Their settings are the same.".to_owned(),
            (0, many) => format!(
                "They differ in {many} settings, and no single one of them makes the difference."
            ),
            (1, _) => format!("What makes the difference: {}.", named[0]),
            _ => format!("Any of these makes the difference: {}{more}.", named.join(", ")),
        }
    }
}

impl DivergenceCause {
    /// That the lanes differ, and why: `From here the lanes differ, because “At most once” never resends.`
    pub fn told(&self, experiment: &Experiment) -> String {
        let name = |lane: usize| format!("“{}”", experiment.lane_name(lane));
        let (one, two) = self.lanes;
        let lanes = match experiment.lanes.len() {
            2 => "the lanes".to_owned(),
            _ => format!("{} and {}", name(one), name(two)),
        };
        let plain = self.settings.iter().find_map(|deciding| {
            let [first, second] = deciding.plain;
            first.map(|says| (one, says)).or_else(|| second.map(|says| (two, says)))
        });
        let because = match (plain, self.settings.first()) {
            (Some((lane, says)), _) => format!(", because {} {says}.", name(lane)),
            (None, Some(Deciding { name: setting, values, .. })) => {
                format!(
                    ": “{setting}” is {} in {}, {} in {}.",
                    values.0,
                    name(one),
                    values.1,
                    name(two)
                )
            }
            (None, None) => ".".to_owned(),
        };
        format!("From here {lanes} differ{because}")
    }
}

/// What a lane with this value of a setting does differently.
fn plain(path: &str, value: &Json) -> Option<&'static str> {
    let value = if let Json::Text(word) = value { word.clone() } else { value.show() };
    Some(match (path, value.as_str()) {
        ("producer.acks", "none") => "does not wait for the broker's reply",
        ("producer.acks", "leader") => "waits for the leader only",
        ("producer.retries", "0") => "never resends",
        ("consumer.ack", "on_receive") => "acknowledges before the work",
        ("consumer.dedup", "none") => "remembers no message IDs",
        ("consumer.dedup", "memory") => "forgets its message IDs in a crash",
        _ => return None,
    })
}

/// How many settings are named.
const NAMED: usize = 3;

fn words(path: &str, value: &Json) -> String {
    match value {
        Json::Text(word) => value_words(path, word),
        other => value_words(path, &other.show()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    fn cause(json: &str) -> Option<DivergenceCause> {
        let text = format!(r#"{{"version":1,{json}}}"#);
        let experiment = Experiment::from_json(&text).expect("the test's own experiment");
        let state = State::open(&experiment.to_link());
        let mut search = Search::new(&state.experiment, &state.runs)?;
        while !search.advance() {}
        Some(search.found().clone())
    }

    #[test]
    fn the_setting_that_lets_two_lanes_part_is_named() {
        let found = cause(
            r#""faults":{"script":["drop publish 1"]},"lanes":[
            {"preset":"at-least-once","producer":{"retries":0},"consumer":{"dedup":"memory"}},
            {"preset":"at-least-once"}]"#,
        );
        let found = found.expect("one gives up");
        assert_eq!((found.lanes, found.differing), ((0, 1), 2));
        assert_eq!(found.sentence(), "What makes the difference: Resends (none or no limit).");
        let lanes = r#"{"version":1,"lanes":[{"name":"A"},{"name":"B"}]}"#;
        let lanes = Experiment::from_json(lanes).expect("the test's own experiment");
        assert_eq!(found.told(&lanes), "From here the lanes differ, because “A” never resends.");
    }

    #[test]
    fn every_pair_that_parts_has_a_cause_or_says_that_no_single_one_is() {
        let found = cause(
            r#""faults":{"script":["drop publish 1"]},"lanes":[
            {"preset":"at-most-once"},{"preset":"at-least-once"}]"#,
        );
        let found = found.expect("one sends again");
        assert!(found.differing >= 3);
        assert!(
            found.settings.iter().any(|setting| setting.name == "Waits for"),
            "{}",
            found.sentence()
        );
        assert!(found.settings.iter().all(|setting| setting.name != "Setup"));
        assert_eq!(cause(r#""lanes":[{},{}]"#), None, "these do the same");
    }
}

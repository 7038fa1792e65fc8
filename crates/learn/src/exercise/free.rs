//! What a student may change, and what has been changed.

use std::fmt;

use ackground_core::experiment::change::{in_lane, shape_at};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::{Experiment, Lane, Lanes};
use ackground_words::story;

/// Something a student may change: the path of a setting, such as `lanes[0].consumer.dedup`; a group of
/// settings, such as `lanes[0].producer`, `lanes[1]` or `faults.loss`; or `*`, every setting of every lane
/// except how long a handler call takes, which is a fact of the work and not a choice.
///
/// `faults.script`, `messages`, `interval_ms` and `seed` have to be listed explicitly. Names and titles are
/// always free, and changing them has no effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Free(String);

/// How [`Free`] writes every setting of every lane.
const EVERYTHING: &str = "*";
/// How long the work takes is not the student's choice.
const WORK: &str = "consumer.processing_ms";

impl Free {
    /// Parses a path; `None` if this experiment has no such place.
    pub fn new(path: &str, experiment: &Experiment) -> Option<Free> {
        let there = match in_lane(path) {
            Some((lane, _)) => lane < experiment.lanes.len() && shape_at(path).is_some(),
            None => match whole_lane(path) {
                Some(lane) => lane < experiment.lanes.len(),
                None => path == EVERYTHING || path == "faults" || shape_at(path).is_some(),
            },
        };
        // Only the canonical spelling of a path can be compared with others.
        let plain =
            in_lane(path).is_none_or(|(lane, below)| path == format!("lanes[{lane}].{below}"));
        (there && plain).then(|| Free(path.to_owned()))
    }

    /// The path, or `*`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the setting at a path may be changed.
    pub fn allows(&self, path: &str) -> bool {
        if self.0 == EVERYTHING {
            return in_lane(path).is_some_and(|(_, setting)| setting != WORK);
        }
        match path.strip_prefix(self.0.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('.'),
            None => false,
        }
    }

    /// The same after reordering the lanes: `places[old]` is the new index.
    #[must_use]
    pub fn moved(&self, places: &[usize; Lanes::MOST]) -> Free {
        let to = |lane: usize| places.get(lane).copied().unwrap_or(lane);
        if let Some((lane, below)) = in_lane(&self.0) {
            Free(format!("lanes[{}].{below}", to(lane)))
        } else if let Some(lane) = whole_lane(&self.0) {
            Free(format!("lanes[{}]", to(lane)))
        } else {
            self.clone()
        }
    }
}

impl fmt::Display for Free {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The lane of a path such as `lanes[0]`.
fn whole_lane(path: &str) -> Option<usize> {
    let digits = path.strip_prefix("lanes[")?.strip_suffix(']')?;
    let lane: usize = digits.parse().ok()?;
    (lane.to_string() == digits).then_some(lane)
}

/// A setting that differs from the given experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its path: `lanes[0].consumer.dedup`.
    pub path: String,
    /// The value given.
    pub from: Json,
    /// The value now.
    pub to: Json,
    /// Whether it may be changed.
    pub allowed: bool,
}

impl Difference {
    /// The change as a sentence: `Remembers ids: same transaction instead of not at all.` Says so if it is not
    /// allowed.
    pub fn sentence(&self) -> String {
        let name = story::setting(&self.path).map_or(self.path.as_str(), |words| words.name);
        let said = match self.path.as_str() {
            "faults.script" => format!("{name}: changed."),
            _ => format!("{name}: {} instead of {}.", self.words(&self.to), self.words(&self.from)),
        };
        match self.allowed {
            true => said,
            false => said + " This is not to be changed here.",
        }
    }

    fn words(&self, value: &Json) -> String {
        let text = match value {
            Json::Text(word) => word.clone(),
            other => other.show(),
        };
        let path = in_lane(&self.path).map_or(self.path.as_str(), |(_, path)| path);
        story::value_words(path, &text)
    }
}

/// What differs from the given experiment, in document order.
pub(super) fn differences(given: &Experiment, now: &Experiment, free: &[Free]) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |path: String, from: &Json, to: &Json| {
        if from != to {
            let allowed = free.iter().any(|free| free.allows(&path));
            let (from, to) = (from.clone(), to.clone());
            found.push(Difference { path, from, to, allowed });
        }
    };
    if given.scenario != now.scenario {
        let title = |experiment: &Experiment| Json::text(&*experiment.scenario.title);
        compare("scenario".to_owned(), &title(given), &title(now));
        // Two different stories can share a title.
        if given.scenario.title == now.scenario.title {
            compare("scenario".to_owned(), &Json::Null, &title(now));
        }
    }
    compare("messages".to_owned(), &given.messages.write(), &now.messages.write());
    compare("interval_ms".to_owned(), &given.interval_ms.write(), &now.interval_ms.write());
    compare("seed".to_owned(), &given.seed.write(), &now.seed.write());
    leaves("faults", &given.faults.write(), &now.faults.write(), &mut compare);
    let lanes = |experiment: &Experiment| Json::Whole(experiment.lanes.len() as u64);
    compare("lanes".to_owned(), &lanes(given), &lanes(now));
    for (index, (given, now)) in given.lanes.iter().zip(&now.lanes).enumerate() {
        let at = format!("lanes[{index}]");
        // What follows from a new number of replicas is not a change of its own.
        let followed = Lane { broker: follow(given, now), ..given.clone() };
        let parts =
            |lane: &Lane| [lane.producer.write(), lane.broker.write(), lane.consumer.write()];
        let names = ["producer", "broker", "consumer"];
        for ((name, from), to) in names.iter().zip(parts(&followed)).zip(parts(now)) {
            leaves(&format!("{at}.{name}"), &from, &to, &mut compare);
        }
        compare(
            format!("{at}.broker.replicas"),
            &given.broker.replicas.write(),
            &now.broker.replicas.write(),
        );
    }
    found
}

/// The given broker with the new number of replicas, and the minimum of in-sync copies that follows from it.
fn follow(given: &Lane, now: &Lane) -> ackground_core::experiment::settings::Broker {
    let mut broker = given.broker.clone();
    broker.replicas = now.broker.replicas;
    broker.min_in_sync = broker.min_in_sync.min(broker.replicas);
    broker
}

/// Compares two values of the same shape, leaf by leaf.
fn leaves(path: &str, from: &Json, to: &Json, compare: &mut impl FnMut(String, &Json, &Json)) {
    match (from, to) {
        (Json::Object(from), Json::Object(to)) => {
            for ((name, from), (_, to)) in from.iter().zip(to) {
                leaves(&format!("{path}.{name}"), from, to, compare);
            }
        }
        _ => compare(path.to_owned(), from, to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(changes: &[(&str, Json)]) -> Experiment {
        let given = Experiment::default();
        changes.iter().fold(given, |experiment, (path, value)| {
            experiment.with(path, value.clone()).expect(path)
        })
    }

    fn paths(changes: &[(&str, Json)], free: &[&str]) -> Vec<(String, bool)> {
        let given = Experiment::default();
        let free: Vec<Free> =
            free.iter().map(|path| Free::new(path, &given).expect(path)).collect();
        let found = differences(&given, &changed(changes), &free);
        found.into_iter().map(|found| (found.path, found.allowed)).collect()
    }

    #[test]
    fn a_path_allows_what_stands_below_it_and_nothing_beside_it() {
        let given = Experiment::default();
        let free = |path: &str| Free::new(path, &given).expect(path);
        assert!(free("lanes[0].producer").allows("lanes[0].producer.backoff.first_ms"));
        assert!(free("lanes[1]").allows("lanes[1].broker.kind"));
        assert!(!free("lanes[1]").allows("lanes[0].broker.kind"));
        assert!(!free("lanes[0].consumer.dedup").allows("lanes[0].consumer.dedup_window"));
        assert!(free("*").allows("lanes[2].consumer.ack") && !free("*").allows("faults.script"));
        assert!(!free("*").allows("lanes[0].consumer.processing_ms"));
        for path in
            ["lanes[7]", "lanes[7].broker", "lanes", "lanes[00]", "scenario", "", "faults.x"]
        {
            assert_eq!(Free::new(path, &given), None, "{path}");
        }
    }

    #[test]
    fn every_change_is_found_and_judged() {
        assert_eq!(paths(&[], &["*"]), []);
        let given = [
            ("lanes[1].consumer.dedup", Json::text("atomic")),
            ("lanes[1].producer.backoff.first_ms", Json::Whole(9)),
            ("faults.loss.ack", Json::Whole(1)),
            ("seed", Json::Whole(77)),
        ];
        let all = [
            ("seed", false),
            ("faults.loss.ack", false),
            ("lanes[1].producer.backoff.first_ms", false),
            ("lanes[1].consumer.dedup", true),
        ];
        let all = all.map(|(path, allowed)| (path.to_owned(), allowed));
        assert_eq!(paths(&given, &["lanes[1].consumer"]), all);
    }

    #[test]
    fn names_are_free_and_what_follows_is_no_change_of_its_own() {
        let named = [("title", Json::text("x")), ("lanes[0].name", Json::text("y"))];
        assert_eq!(paths(&named, &[]), []);
        let fewer = [("lanes[0].broker.replicas", Json::Whole(1))];
        let one = [("lanes[0].broker.replicas".to_owned(), false)];
        assert_eq!(paths(&fewer, &[]), one);
    }

    #[test]
    fn another_story_and_another_number_of_lanes_are_changes() {
        let given = Experiment::default();
        let mut other = given.clone();
        other.scenario.amount = ackground_core::experiment::value::Bounded::clamp(1);
        other.lanes.remove(2);
        let found = differences(&given, &other, &[]);
        let paths: Vec<&str> = found.iter().map(|found| found.path.as_str()).collect();
        assert_eq!(paths, ["scenario", "lanes"]);
    }

    #[test]
    fn a_change_is_said_in_the_words_of_the_settings() {
        let given = Experiment::default();
        let now = changed(&[("lanes[1].consumer.dedup", Json::text("atomic"))]);
        let found = differences(&given, &now, &[]);
        assert_eq!(
            found[0].sentence(),
            "Remembers IDs: same transaction instead of not at all. This is not to be changed here."
        );
    }
}

//! A lane's settings form: the settings, their allowed values, and their current values.
//!
//! It is generated from the format's own schema; only the order is made for people: each part starts with the
//! settings that matter most, the rest are in groups folded by topic.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::state::edit::add_line;
use crate::state::field_path::FieldPath;
use crate::state::typed;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::label::{Unit, of_lane};
use ackground_core::experiment::part::{Part, Shape};
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::settings::Topic;
use ackground_core::experiment::{Experiment, Lane};

/// The kind of control for a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A select among words of the format.
    Words(Vec<&'static str>),
    Switch,
    Number,
    /// A number or unlimited; with the number to offer first.
    Limit(String),
    /// A number or nothing; with the number to offer first.
    Optional(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its path in the lane: `producer.backoff.first_ms`.
    pub path: String,
    pub kind: Kind,
    unit: Unit,
}

impl Setting {
    /// The options of a select: all words; for numbers, common values and the current one.
    pub fn choices(&self, now: &str) -> Vec<String> {
        let usual: &[&str] = match &self.kind {
            Kind::Words(words) => words,
            Kind::Switch => &["false", "true"],
            Kind::Limit(_) => &["0", "1", "2", "3", "5", "10", "unlimited"],
            Kind::Number | Kind::Optional(_) => &[],
        };
        let mut all: Vec<String> = usual.iter().map(|word| (*word).to_owned()).collect();
        if !all.iter().any(|word| word == now) {
            let last = all.len().saturating_sub(1);
            all.insert(last, now.to_owned());
        }
        all
    }

    /// Whether it is a time.
    pub fn is_time(&self) -> bool {
        self.unit == Unit::Millis
    }

    /// Its value in this lane as its field shows it; empty for nothing.
    pub fn value(&self, lane: &Lane) -> String {
        shown(&lane.write(), self)
    }
}

/// The settings of one part of a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `producer`, `broker` or `consumer`.
    pub name: &'static str,
    /// The settings that matter most.
    pub first: Vec<Setting>,
    /// The rest.
    pub folds: Vec<Fold>,
}

impl Group {
    /// All of its settings, in display order.
    pub fn settings(&'static self) -> impl Iterator<Item = &'static Setting> {
        self.first.iter().chain(self.folds.iter().flat_map(|fold| &fold.settings))
    }
}

/// A folded group of settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    pub title: &'static str,
    pub settings: Vec<Setting>,
}

/// All settings of a lane, by part.
pub fn groups() -> &'static [Group] {
    static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let parts = Lane::FIELDS.iter().filter(|part| matches!((part.shape)(), Shape::Record(_)));
        parts.map(|part| group(part.name)).collect()
    })
}

fn group(name: &'static str) -> Group {
    let mut group = Group { name, first: Vec::new(), folds: Vec::new() };
    let mut folded = BTreeMap::<Topic, Vec<Setting>>::new();
    let inside = |path: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    for declared in of_lane().filter(|setting| inside(&setting.path)) {
        let Some(kind) = kind(declared.unit, &(declared.field.shape)()) else {
            continue;
        };
        let setting = Setting { path: declared.path.clone(), kind, unit: declared.unit };
        match declared.field.topic {
            None => group.first.push(setting),
            Some(topic) => folded.entry(topic).or_default().push(setting),
        }
    }
    for (topic, settings) in folded {
        match group.folds.last_mut() {
            Some(fold) if fold.title == topic.title() => fold.settings.extend(settings),
            _ => group.folds.push(Fold { title: topic.title(), settings }),
        }
    }
    group
}

/// All settings of a lane, in display order.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    groups().iter().flat_map(Group::settings)
}

pub fn setting(path: &str) -> Option<&'static Setting> {
    settings().find(|setting| setting.path == path)
}

/// Every built-in scenario.
pub fn stories() -> &'static [BuiltIn] {
    BuiltIn::ALL
}

/// The values of these settings in a lane.
pub fn values(settings: &[Setting], lane: &Lane) -> Vec<String> {
    let json = lane.write();
    let values = settings.iter().map(|setting| shown(&json, setting));
    values.collect()
}

/// The value of a field of the experiment or its faults, as the field shows it.
pub fn value_of(experiment: &Experiment, place: &FieldPath) -> String {
    let json = match place.as_str() {
        "messages" => experiment.messages.write(),
        "interval_ms" => experiment.interval_ms.write(),
        "seed" => experiment.seed.write(),
        _ => return fault_value(&experiment.faults.write(), place),
    };
    typed::show(&json, unit(place))
}

/// The value of a fault field as the field shows it; `faults` is the serialized parent.
pub fn fault_value(faults: &Json, place: &FieldPath) -> String {
    let path = place.in_faults().unwrap_or_default();
    faults.at(path).map(|value| typed::show(value, unit(place))).unwrap_or_default()
}

/// Suggestions for new script lines, one of each kind.
pub fn line_ideas(experiment: &Experiment) -> Vec<String> {
    let scenario = &experiment.scenario;
    let at_steps = scenario.steps.iter().map(|step| format!("crash consumer after {} 1", step.id));
    let on_the_way = [
        "drop publish 1",
        "drop publish-ack 1",
        "drop deliver 1",
        "drop ack 1",
        "duplicate publish 1",
        "duplicate deliver 1",
        "delay ack 1 by 2s",
        "partition producer 1s..4s",
        "partition consumer 1s..4s",
    ];
    let at_nodes = [
        "crash producer after publish 1",
        "crash broker before replicate 1",
        "crash broker after ack 1",
        "crash follower before replicate 1",
        "crash consumer before ack 1",
    ];
    let at_work = ["fail 1", "slow 1 by 6s", "poison 1"];
    let owned = |line: &str| line.to_owned();
    let lines = on_the_way.map(owned).into_iter();
    lines
        .chain(at_nodes.map(owned))
        .chain(at_steps)
        .chain(at_work.map(owned))
        .filter(|line| add_line(experiment, line).is_ok())
        .collect()
}

fn unit(place: &FieldPath) -> Unit {
    let name = place.as_str().rsplit('.').next().unwrap_or_default();
    place.shape().map_or(Unit::Text, |shape| Unit::of(name, &shape))
}

/// The value of a setting as its field shows it; `lane` is the serialized lane.
pub fn shown(lane: &Json, setting: &Setting) -> String {
    lane.at(&setting.path).map(|value| typed::show(value, setting.unit)).unwrap_or_default()
}

/// The control for a shape; `None` for anything that is not a single value.
fn kind(unit: Unit, shape: &Shape) -> Option<Kind> {
    let time = unit == Unit::Millis;
    match shape {
        Shape::Words(words) => Some(Kind::Words(words.iter().map(|word| word.word).collect())),
        Shape::Flag => Some(Kind::Switch),
        Shape::Whole { .. } | Shape::Number { .. } => Some(Kind::Number),
        Shape::Limit { min, .. } => {
            Some(Kind::Limit(if time { "10 s".to_owned() } else { 3.max(*min).to_string() }))
        }
        Shape::OrNull(inner) => {
            kind(unit, inner)?;
            Some(Kind::Optional(if time { "10 s" } else { "1" }.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::edit::edit;

    #[test]
    fn the_few_that_decide_most_come_first_and_all_others_are_folded() {
        let first: Vec<&str> = groups()
            .iter()
            .flat_map(|group| &group.first)
            .map(|setting| setting.path.as_str())
            .collect();
        assert_eq!(
            first,
            [
                "producer.acks",
                "producer.retries",
                "producer.source",
                "broker.kind",
                "broker.redelivery_timeout_ms",
                "consumer.ack",
                "consumer.on_failure",
                "consumer.dedup",
            ]
        );
        for group in groups() {
            for fold in &group.folds {
                assert!(fold.settings.len() > 1, "{}", fold.title);
            }
        }
        let mut paths: Vec<&str> = settings().map(|setting| setting.path.as_str()).collect();
        let mut declared: Vec<&str> = of_lane()
            .filter(|setting| setting.path.contains('.') && setting.unit != Unit::Group)
            .map(|setting| setting.path.as_str())
            .collect();
        paths.sort_unstable();
        declared.sort_unstable();
        assert_eq!(paths, declared, "every setting of the format, once");
    }

    #[test]
    fn every_idea_for_a_line_is_a_line_in_every_story() {
        for story in stories() {
            let scenario = story.scenario();
            let experiment = Experiment { scenario, ..Experiment::default() };
            let ideas = line_ideas(&experiment);
            assert!(ideas.len() > 17, "{story}: {ideas:?}");
        }
    }

    #[test]
    fn a_select_offers_what_it_is_set_to() {
        let retries = setting("producer.retries").expect("it is simulated");
        assert!(retries.choices("7").contains(&"7".to_owned()));
        assert_eq!(retries.choices("7").last().map(String::as_str), Some("unlimited"));
        assert_eq!(retries.choices("3").len(), 7);
    }

    #[test]
    fn the_shared_values_stand_in_their_fields() {
        let experiment = Experiment::default();
        let value = |place| value_of(&experiment, &place);
        assert_eq!(value(FieldPath::top("interval_ms")), "1 s");
        assert_eq!(value(FieldPath::top("messages")), "3");
        assert_eq!(value(FieldPath::fault("loss.publish")), "0 %");
        assert_eq!(value(FieldPath::fault("latency_ms")), "20 ms \u{2013} 80 ms");
    }

    #[test]
    fn every_offered_word_works_in_the_first_example() {
        let experiment = Experiment::default();
        for setting in settings() {
            let Kind::Words(words) = &setting.kind else {
                continue;
            };
            for word in words {
                let edited = edit(&experiment, &FieldPath::lane(1, &setting.path), word);
                assert!(edited.is_ok(), "{} = {word}: {edited:?}", setting.path);
            }
        }
    }

    #[test]
    fn a_form_shows_what_the_lane_says() {
        let lane = &Experiment::default().lanes[0];
        let value = |path: &str| setting(path).map(|setting| setting.value(lane));
        assert_eq!(value("producer.acks").as_deref(), Some("none"));
        assert_eq!(value("producer.retries").as_deref(), Some("0"));
        assert_eq!(value("producer.backoff.first_ms").as_deref(), Some("200 ms"));
        assert_eq!(value("producer.backoff.jitter").as_deref(), Some("0 %"));
        assert_eq!(value("producer.delivery_timeout_ms").as_deref(), Some(""));
        assert_eq!(value("consumer.dedup_ttl_ms").as_deref(), Some("unlimited"));
        assert_eq!(value("broker.dead_letter").as_deref(), Some("true"));
    }
}

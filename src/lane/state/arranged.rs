//! All settings in the order of the settings sheet: what has been changed, then times, then part by part.

use super::form::{self, Setting};
use ackground_core::experiment::{Experiment, Lane};
use ackground_words::story;

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub title: &'static str,
    pub settings: Vec<&'static Setting>,
}

pub const CHANGED: &str = "Changed";
pub const TIMING: &str = "Timing";

/// Every setting once. A setting is in the first section that it fits.
pub fn sections(experiment: &Experiment) -> Vec<Section> {
    let lanes: Vec<Vec<String>> = experiment.lanes.iter().map(values).collect();
    let presets: Vec<Option<Vec<String>>> =
        experiment.lanes.iter().map(|lane| preset(lane).map(|preset| values(&preset))).collect();
    let is_changed = |at: usize| {
        lanes.iter().zip(&presets).any(|(lane, preset)| {
            lane[at] != lanes[0][at] || preset.as_ref().is_some_and(|preset| preset[at] != lane[at])
        })
    };
    let section = |title| Section { title, settings: Vec::new() };
    let (mut changed, mut timing) = (section(CHANGED), section(TIMING));
    let mut at = 0;
    let mut parts = Vec::new();
    for group in form::groups() {
        let mut part = section(story::setting(group.name).map_or(group.name, |words| words.name));
        for setting in group.settings() {
            let own = match (is_changed(at), setting.is_time()) {
                (true, _) => &mut changed,
                (false, true) => &mut timing,
                (false, false) => &mut part,
            };
            own.settings.push(setting);
            at += 1;
        }
        parts.push(part);
    }
    [changed, timing].into_iter().chain(parts).collect()
}

/// Whether a setting answers a search: its name, its path, what it means, what products call it.
pub fn answers(setting: &Setting, search: &str) -> bool {
    let path = setting.path.as_str();
    let mut said = vec![path.to_owned()];
    said.extend(story::setting(path).map(|words| words.name.to_owned()));
    said.extend(story::sentence(path).map(str::to_owned));
    for (product, theirs) in story::in_products(path) {
        said.push(format!("{} {theirs}", product.name()));
    }
    let said = said.join(" ").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| said.contains(word))
}

/// The lane as its preset has it, under its own name; `None` if it has no preset.
fn preset(lane: &Lane) -> Option<Lane> {
    let preset = Lane::of_preset(lane.preset?);
    Some(Lane { name: lane.name.clone(), ..preset })
}

/// Whether the lane has other settings than its preset.
pub fn is_changed(lane: &Lane) -> bool {
    preset(lane).is_some_and(|preset| preset != *lane)
}

fn values(lane: &Lane) -> Vec<String> {
    form::groups()
        .iter()
        .flat_map(|group| {
            let folded = group.folds.iter().flat_map(|fold| form::values(&fold.settings, lane));
            form::values(&group.first, lane).into_iter().chain(folded).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::FieldPath;
    use crate::state::edit::edit;
    use ackground_core::experiment::{Lanes, PresetId};

    fn alike() -> Experiment {
        let lanes = vec![Lane::of_preset(PresetId::AtLeastOnce); 2];
        Experiment::of_lanes(Lanes::new(lanes).expect("two lanes"))
    }

    fn paths(section: &Section) -> Vec<&str> {
        section.settings.iter().map(|setting| setting.path.as_str()).collect()
    }

    #[test]
    fn every_setting_is_there_once() {
        for experiment in [Experiment::default(), alike()] {
            let sections = sections(&experiment);
            let mut all: Vec<&str> = sections.iter().flat_map(paths).collect();
            let mut known: Vec<&str> =
                form::settings().map(|setting| setting.path.as_str()).collect();
            all.sort_unstable();
            known.sort_unstable();
            assert_eq!(all, known);
        }
    }

    #[test]
    fn what_differs_comes_first_then_times() {
        let before = sections(&alike());
        assert_eq!(before[0], Section { title: CHANGED, settings: Vec::new() });
        assert!(paths(&before[1]).contains(&"consumer.processing_ms"));
        assert!(paths(&before[1]).iter().all(|path| path.ends_with("_ms")));
        let place = FieldPath::lane(1, "consumer.processing_ms");
        let edited = edit(&alike(), &place, "2 s").expect("it fits");
        assert_eq!(paths(&sections(&edited)[0]), ["consumer.processing_ms"]);
        let both = edit(&edited, &FieldPath::lane(0, "consumer.processing_ms"), "2 s");
        let both = both.expect("it fits");
        assert_eq!(
            paths(&sections(&both)[0]),
            ["consumer.processing_ms"],
            "both left their preset"
        );
        assert!(is_changed(&both.lanes[0]) && !is_changed(&alike().lanes[0]));
    }

    #[test]
    fn a_search_knows_plain_names_paths_and_products() {
        let found = |search: &str| -> Vec<&str> {
            let all = form::settings().filter(|setting| answers(setting, search));
            all.map(|setting| setting.path.as_str()).collect()
        };
        assert!(found("redelivers the message").contains(&"broker.redelivery_timeout_ms"));
        assert!(found("visibility").contains(&"broker.redelivery_timeout_ms"));
        assert!(found("dedup_ttl").contains(&"consumer.dedup_ttl_ms"));
        assert!(found("acks kafka").contains(&"producer.acks"));
        assert!(found("no such thing").is_empty());
        assert_eq!(found("").len(), form::settings().count());
    }
}

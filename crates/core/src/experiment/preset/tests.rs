//! What a preset promises as data: frozen ids and meanings, short enough texts, round trips.

use super::super::part::Part;
use super::super::scenario::Label;
use super::super::{Experiment, Lane, Lanes};
use super::*;

/// The settings in which a preset differs from the defaults, one line.
fn differs(id: PresetId) -> String {
    let preset = id.preset();
    let parts = [
        preset.producer.diff(&Producer::default()),
        preset.broker.diff(&Broker::default()),
        preset.consumer.diff(&Consumer::default()),
    ];
    let parts = parts.map(|json| {
        json.map_or_else(
            || "-".to_owned(),
            |json| serde_json::to_string(&json).expect("a tree prints"),
        )
    });
    format!("{id} {}\n", parts.join(" "))
}

/// Links and files refer to a preset and state only the difference. Add lines; never change one.
#[test]
fn presets_never_change_their_meaning() {
    let now: String = PresetId::ALL.iter().map(|&id| differs(id)).collect();
    let frozen = include_str!("frozen.txt");
    for (now, frozen) in now.lines().zip(frozen.lines()) {
        assert_eq!(now, frozen);
    }
    assert_eq!(now.lines().count(), frozen.lines().count());
}

#[test]
fn texts_are_there_and_of_a_bearable_length() {
    for &id in PresetId::ALL {
        let preset = id.preset();
        let tagline = preset.tagline.chars().count();
        assert!((1..=60).contains(&tagline), "{id}: the tagline has {tagline}");
        assert_eq!(&*Label::cut(preset.name), preset.name, "{id}: a name of a lane");
        assert!((1..=40).contains(&preset.name.len()), "{id}: fits over a lane");
        let sentences = preset.description.split_inclusive(['.', '?']).count();
        assert!((2..=4).contains(&sentences), "{id}: {sentences} sentences");
        assert!(preset.description.len() <= 400, "{id}: a description");
        assert!((20..=400).contains(&preset.not_covered.len()), "{id}: what is not covered");
        assert!(preset.source.starts_with("https://"), "{id}: a source");
        for text in [preset.description, preset.not_covered, preset.tagline] {
            assert!(!text.contains("  "), "{id}: a broken line in {text:?}");
        }
    }
}

#[test]
fn names_and_ids_are_told_apart() {
    let mut names: Vec<&str> = PresetId::ALL.iter().map(|id| id.preset().name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), PresetId::ALL.len());
    for &id in PresetId::ALL {
        assert_eq!(PresetId::from_word(id.word()), Some(id), "the id is its own");
    }
}

#[test]
fn families_hold_every_preset_once_and_in_order() {
    let all: Vec<PresetId> = Family::all().flat_map(Family::presets).collect();
    assert_eq!(all, PresetId::ALL);
    for family in Family::all() {
        assert!(family.presets().count() >= 3, "{}", family.name());
    }
}

#[test]
fn every_preset_is_a_valid_lane_and_survives_json_and_links() {
    for &id in PresetId::ALL {
        let lane = Lane::of_preset(id);
        let lanes = Lanes::new(vec![lane]).expect("one lane");
        let experiment = Experiment::of_lanes(lanes);
        assert_eq!(experiment.check(), Ok(()), "{id}");
        let json = experiment.to_json_compact();
        assert!(json.ends_with(&format!(r#""lanes":[{{"preset":"{id}"}}]}}"#)), "sparse: {json}");
        assert_eq!(Experiment::from_json(&json).as_ref(), Ok(&experiment), "{id}");
        let link = experiment.to_link();
        assert_eq!(Experiment::from_link(&link), Ok(Some(experiment.clone())), "{id}");
        // Written out in full, without its preset, it is the same lane under the same name.
        let mut plain = experiment.clone();
        plain.lanes[0].preset = None;
        assert_eq!(Experiment::from_json(&plain.to_json()).as_ref(), Ok(&plain), "{id}");
    }
}

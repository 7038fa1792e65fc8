//! Invariants of every picture.

use std::collections::BTreeSet;

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::*;
use ackground_core::experiment::scenario::Label;
use ackground_testkit::fixtures::{experiment, experiments};

/// The most a link preview may weigh, in bytes: it stands in for the page until someone opens
/// it.
const POSTER: usize = 30_000;
/// No picture is heavier, whatever it shows.
const HEAVIEST: usize = 1_000_000;

fn read(picture: &str) -> Document<'_> {
    Document::parse(picture).unwrap_or_else(|error| panic!("{error}: {picture}"))
}

fn attribute(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name).and_then(|value| value.parse().ok());
    value.unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// The texts inside elements of a class.
fn written(document: &Document<'_>, class: &str) -> Vec<String> {
    let texts = document.descendants().filter(|node| {
        let classes = node.attribute("class").unwrap_or_default();
        node.has_tag_name("text") && classes.split(' ').any(|other| other == class)
    });
    texts.filter_map(|node| node.text().map(str::to_owned)).collect()
}

/// Every id referred to is defined exactly once, and nothing is fetched.
fn stands_alone(picture: &str) {
    let document = read(picture);
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id is there twice");
    for node in document.descendants() {
        assert!(!node.has_tag_name("script") && !node.has_tag_name("image"));
        for attribute in node.attributes() {
            let value = attribute.value();
            assert!(!attribute.name().starts_with("on"), "{attribute:?}");
            let named = match attribute.name() {
                "href" => Some(value),
                _ => value.strip_prefix("url(").map(|rest| rest.trim_end_matches(')')),
            };
            if let Some(named) = named {
                let id = named.strip_prefix('#').expect("only parts of itself");
                assert!(known.contains(id), "{named} is nowhere");
            }
        }
    }
    for named in ["http:", "https:", "@import", "data:"] {
        let expected = if named == "http:" { 2 } else { 0 };
        assert_eq!(picture.matches(named).count(), expected, "{named}");
    }
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_picture_is_whole_and_stands_alone(
        experiment in experiments(),
        at in prop::option::of(0u64..20_000),
        theme in prop::sample::select(Theme::ALL.to_vec()),
        width in prop::option::of(0u16..3000),
    ) {
        let options = PictureOptions { at: at.map(Time::from_millis), theme, width };
        let picture = svg(&experiment, &options);
        stands_alone(&picture);
        let document = read(&picture);
        let root = document.root_element();
        let wide = attribute(root, "width");
        if let Some(width) = width {
            prop_assert_eq!(wide, f64::from(width.clamp(NARROWEST, WIDEST)));
        }
        prop_assert_eq!(written(&document, "name").len(), experiment.lanes.len());
        prop_assert_eq!(svg(&experiment, &options), picture, "the same again");
    }
}

#[test]
fn the_first_screen_is_light_enough_for_a_poster() {
    let experiment = Experiment::default();
    for theme in Theme::ALL {
        for at in [None, Some(Time::from_millis(2250))] {
            for width in [None, Some(360), Some(720)] {
                let weight = svg(&experiment, &PictureOptions { at, theme, width }).len();
                assert!(weight < POSTER, "{theme:?} {at:?} {width:?}: {weight} bytes");
            }
        }
    }
}

#[test]
fn the_first_screen_shows_three_balances_and_says_why() {
    let picture = svg(&Experiment::default(), &PictureOptions::default());
    let document = read(&picture);
    assert_eq!(written(&document, "actual"), ["20,000", "40,000", "30,000"]);
    assert_eq!(written(&document, "off"), ["\u{2212}10,000 EUR", "+10,000 EUR", "exact"]);
    assert_eq!(written(&document, "title"), ["Three people each send you 10,000"]);
    let said = written(&document, "said").concat();
    assert!(said.starts_with("Message 2 is lost on its way to the broker."), "{said}");
    let described = document.descendants().find(|node| node.has_tag_name("desc"));
    let described = described.and_then(|node| node.text()).expect("a description");
    assert!(
        described
            .contains("At least once: 40,000 of 30,000 EUR, +10,000 EUR; 1 duplicated, 2 once.")
    );
}

#[test]
fn a_moment_shows_what_was_known_then() {
    let at = |millis| PictureOptions {
        at: Some(Time::from_millis(millis)),
        ..PictureOptions::default()
    };
    let picture = svg(&Experiment::default(), &at(500));
    let document = read(&picture);
    assert_eq!(written(&document, "actual"), ["10,000"; 3]);
    assert!(picture.contains("At 0.50 s; later events are pale."));
    // At the end and beyond, everything is clear.
    let end = svg(&Experiment::default(), &at(1_000_000));
    assert_eq!(end, svg(&Experiment::default(), &PictureOptions::default()));
}

#[test]
fn lanes_stand_side_by_side_where_they_are_readable_and_else_below_one_another() {
    let rows = |lanes: usize, width: Option<u16>| lanes.div_ceil(Plan::of(lanes, width).across);
    assert_eq!(rows(4, None), 1);
    assert_eq!((rows(3, Some(640)), rows(4, Some(640))), (1, 2));
    assert_eq!((rows(3, Some(360)), rows(1, Some(280))), (3, 1));
    for lanes in 1..=4 {
        for width in (NARROWEST..=WIDEST).step_by(40) {
            let plan = Plan::of(lanes, Some(width));
            assert!(plan.across >= 1 && plan.lane > 200.0 - 20.0, "{lanes} in {width}");
        }
    }
}

#[test]
fn a_thousand_messages_are_cut_and_it_is_said() {
    for interval in [0, 10, 1000] {
        let experiment = experiment(&format!(
            r#""messages":1000,"interval_ms":{interval},
            "faults":{{"loss":{{"publish":0.1}},"crash":{{"consumer":0.05,"broker":0.02}}}},
            "lanes":[{{"preset":"at-most-once"}},{{"preset":"at-least-once","consumer":{{"instances":8}}}},
            {{"preset":"kafka-defaults"}},{{"preset":"rabbitmq-quorum"}}]"#
        ));
        let picture = svg(&experiment, &PictureOptions::default());
        assert!(picture.len() < HEAVIEST, "{} bytes", picture.len());
        assert!(picture.contains("The run takes "), "the cut is not said");
        stands_alone(&picture);
        let height = attribute(read(&picture).root_element(), "height");
        assert!(height < 2700.0, "{height} pixels");
        let late =
            PictureOptions { at: Some(Time::from_millis(60_000)), ..PictureOptions::default() };
        assert!(svg(&experiment, &late).contains("as it stands then"));
    }
}

#[test]
fn what_people_write_is_text() {
    let hostile = "</style><script>alert(1)</script>&\"'\u{0}\u{1b}\u{ffff}]]>";
    let mut experiment = Experiment { title: Label::cut(hostile), ..Experiment::default() };
    for lane in experiment.lanes.iter_mut() {
        lane.name = Label::cut(hostile);
    }
    stands_alone(&svg(&experiment, &PictureOptions::default()));
}

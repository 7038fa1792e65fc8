//! Laws of the format: what is written is read back, and whatever is read gives an experiment or an
//! error, never a panic.
#![cfg(not(target_arch = "wasm32"))]

use ackground_core::experiment::json::Json;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::{Experiment, LONGEST_DOCUMENT};
use ackground_testkit::random;
use proptest::prelude::*;
use random::{any_experiment, any_line};

/// Whatever comes out, it comes out: a mistake has words, and an experiment can be written.
fn read(text: &str) {
    for read in [Experiment::from_json(text), Experiment::from_json(text)] {
        match read {
            Ok(experiment) => {
                let again = Experiment::from_json(&experiment.to_json());
                assert_eq!(again.as_ref(), Ok(&experiment), "what was read is written");
            }
            Err(mistakes) => assert!(mistakes.iter().all(|mistake| !mistake.message.is_empty())),
        }
    }
}

/// Values that stand in no place of a document, or in another one.
fn stray() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Flag),
        any::<u64>().prop_map(Json::Whole),
        (0_u64..10).prop_map(Json::Whole),
        any::<f64>()
            .prop_filter("JSON has no such number", |x| x.is_finite())
            .prop_map(Json::Number),
        ".{0,20}".prop_map(Json::Text),
        Just(Json::List(Vec::new())),
        Just(Json::List(vec![Json::Whole(1), Json::Whole(2)])),
        Just(Json::Object(Vec::new())),
        Just(Json::Object(vec![("steps".to_owned(), Json::List(vec![Json::Null]))])),
    ]
}

/// Puts a value in the place with this number, counted through the whole tree.
fn put(tree: &mut Json, place: &mut usize, value: &Json) {
    if *place == 0 {
        *tree = value.clone();
    }
    *place = place.wrapping_sub(1);
    match tree {
        Json::List(items) => items.iter_mut().for_each(|item| put(item, place, value)),
        Json::Object(fields) => fields.iter_mut().for_each(|(_, item)| put(item, place, value)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn every_experiment_comes_back_from_json(experiment in any_experiment()) {
        let pretty = experiment.to_json();
        prop_assert!(pretty.len() < LONGEST_DOCUMENT / 2, "a document never outgrows its limit");
        prop_assert_eq!(Experiment::from_json(&pretty), Ok(experiment.clone()));
        let compact = experiment.to_json_compact();
        prop_assert_eq!(Experiment::from_json(&compact), Ok(experiment.clone()));
        prop_assert_eq!(experiment.check(), Ok(()));
    }

    #[test]
    fn every_experiment_comes_back_through_serde(experiment in any_experiment()) {
        let through_serde = serde_json::to_string(&experiment).expect("it prints");
        let back: Experiment = serde_json::from_str(&through_serde).expect("it is read");
        prop_assert_eq!(back, experiment);
    }

    #[test]
    fn every_line_of_a_script_comes_back(line in any_line()) {
        prop_assert_eq!(line.to_string().parse::<Line>(), Ok(line));
    }

    #[test]
    fn any_text_is_an_experiment_or_a_mistake(text in "\\PC*") {
        read(&text);
    }

    #[test]
    fn a_document_with_other_values_in_it_is_an_experiment_or_a_mistake(
        experiment in any_experiment(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), stray()), 1..4),
    ) {
        let mut tree: Json = serde_json::from_str(&experiment.to_json()).expect("it is JSON");
        for (place, value) in changes {
            put(&mut tree, &mut place.index(80), &value);
        }
        read(&serde_json::to_string(&tree).expect("it prints"));
    }

    #[test]
    fn a_document_that_was_cut_or_changed_is_an_experiment_or_a_mistake(
        experiment in any_experiment(),
        at in any::<prop::sample::Index>(),
        other in any::<char>(),
    ) {
        let text: Vec<char> = experiment.to_json_compact().chars().collect();
        let at = at.index(text.len());
        read(&text[..at].iter().collect::<String>());
        let mut changed = text.clone();
        changed[at] = other;
        read(&changed.iter().collect::<String>());
        changed.remove(at);
        read(&changed.iter().collect::<String>());
    }

    #[test]
    fn any_text_is_a_line_or_an_error(text in "[a-z0-9#*. -]{0,40}|\\PC*") {
        if let Err(error) = text.parse::<Line>() {
            prop_assert!(error.column <= text.chars().count() + 1, "the column is in the line");
        }
    }

    #[test]
    fn nearly_a_line_is_a_line_or_an_error(
        line in any_line(),
        at in any::<prop::sample::Index>(),
        other in "[a-z0-9#*. ]{0,3}",
    ) {
        let mut text = line.to_string();
        let at = at.index(text.len());
        text.replace_range(at..=at, &other);
        if let Ok(line) = text.parse::<Line>() {
            prop_assert_eq!(line.to_string().parse::<Line>(), Ok(line));
        }
    }
}

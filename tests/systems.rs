//! Lanes in the words of products: complete, well-formed, and as they always were.
#![cfg(not(target_arch = "wasm32"))]

use ackground_testkit::golden;
use std::path::Path;

use ackground::lane::state::form;
use ackground::lane::state::idle::idle;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::{Experiment, Family, Lane, Lanes, PresetId, Product};
use ackground_words::systems::{Expressed, Reason, express, home};

fn payment(lane: &Lane, product: Product) -> Expressed {
    express(lane, &BuiltIn::Payment.scenario(), product)
}

/// Every preset of a product in that product, as one text.
fn told(product: Product) -> String {
    let mut out = String::new();
    for id in Family::Product(product).presets() {
        let expressed = payment(&Lane::of_preset(id), product);
        out += &format!("##### {id}\n");
        for snippet in &expressed.snippets {
            out += &format!(
                "\n=== {} ({}, {})\n{}",
                snippet.title, snippet.language, snippet.file, snippet.text
            );
        }
        for gap in &expressed.gaps {
            let reason = match gap.reason {
                Reason::Cannot => "cannot",
                Reason::OwnWay => "own way",
            };
            out += &format!("\n--- {reason}: {}\n{}\n", gap.settings.join(", "), gap.sentence);
        }
        out.push('\n');
    }
    out
}

/// After a wanted change: `UPDATE_GOLDEN=1 cargo test --test systems`.
#[test]
fn presets_in_their_own_product_are_what_they_always_were() {
    for product in Product::ALL {
        let name = format!("{product:?}").to_lowercase();
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden/systems")
            .join(format!("{name}.txt"));
        let told = told(*product);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, told).expect("the golden files can be written");
        } else {
            let golden = std::fs::read_to_string(&path).expect("every product has its file");
            if let Some(difference) = golden::first_difference(&golden, &told) {
                panic!("{name}.txt differs in {difference}");
            }
        }
    }
}

#[test]
fn a_lane_is_at_home_in_its_product() {
    for id in PresetId::ALL {
        let lane = Lane::of_preset(*id);
        if let Family::Product(product) = id.family() {
            assert_eq!(home(&lane), product, "{id}");
        }
    }
    assert_eq!(home(&Lane::default()), Product::Kafka);
}

/// Some other values for a setting, as a document would write them.
fn others(setting: &form::Setting) -> Vec<Json> {
    let number = |n: &u64| Json::Whole(*n);
    let numbers = [1, 3, 7, 1500, 700_000].iter().map(number);
    match &setting.kind {
        form::Kind::Words(words) => words.iter().map(|word| Json::text(*word)).collect(),
        form::Kind::Switch => vec![Json::Flag(true), Json::Flag(false)],
        form::Kind::Number if setting.path.ends_with("jitter") => {
            vec![Json::Number(0.1), Json::Number(0.5), Json::Whole(0)]
        }
        form::Kind::Number => numbers.chain([Json::Whole(0)]).collect(),
        form::Kind::Limit(_) => numbers.chain([Json::text("unlimited")]).collect(),
        form::Kind::Optional(_) => numbers.chain([Json::Null]).collect(),
    }
}

/// A setting that decides something is in a snippet, or a gap is about it: nothing is left out in
/// silence.
#[test]
fn no_setting_is_left_out_in_silence() {
    let scenario = BuiltIn::Payment.scenario();
    let mut silent = std::collections::BTreeMap::<String, String>::new();
    for id in PresetId::ALL {
        let lanes = Lanes::new(vec![Lane::of_preset(*id)]).expect("one lane");
        let experiment = Experiment::of_lanes(lanes);
        let before = &experiment.lanes[0];
        let at_first: Vec<Expressed> =
            Product::ALL.iter().map(|product| express(before, &scenario, *product)).collect();
        for setting in form::settings() {
            let path = format!("lanes[0].{}", setting.path);
            for value in others(setting) {
                let shown = value.show();
                let Ok(changed) = experiment.with(&path, value) else {
                    continue;
                };
                let after = &changed.lanes[0];
                let has_no_effect = |lane: &Lane| idle(lane, &scenario, &setting.path).is_some();
                if after == before || has_no_effect(after) || has_no_effect(before) {
                    continue;
                }
                for (product, first) in Product::ALL.iter().zip(&at_first) {
                    let then = express(after, &scenario, *product);
                    let named = |expressed: &Expressed| {
                        expressed.gaps.iter().any(|gap| gap.names(&setting.path))
                    };
                    if first.snippets == then.snippets && !(named(first) || named(&then)) {
                        let what = format!("{product:?} {}", setting.path);
                        silent.entry(what).or_insert_with(|| format!("{id} to {shown}"));
                    }
                }
            }
        }
    }
    assert!(silent.is_empty(), "left out in silence: {silent:#?}");
}

#[test]
fn json_is_json_and_every_name_in_a_text_is_known() {
    let stories = [BuiltIn::Payment, BuiltIn::Notification, BuiltIn::Pipeline, BuiltIn::Transfer];
    for id in PresetId::ALL {
        for product in Product::ALL {
            for story in stories {
                let expressed = express(&Lane::of_preset(*id), &story.scenario(), *product);
                assert!(expressed.snippets.len() >= 4, "{id} {product:?}");
                for snippet in &expressed.snippets {
                    let text = &snippet.text;
                    let place = format!("{id} {product:?} {}:\n{text}", snippet.file);
                    if snippet.language == "json" {
                        let read: Result<serde_json::Value, _> = serde_json::from_str(text);
                        assert!(read.is_ok(), "{read:?} {place}");
                    }
                    let words = [snippet.title, snippet.language, snippet.file];
                    assert!(words.iter().all(|word| !word.is_empty()), "{place}");
                    let left = ["{{", "{%", "%}", "{#", "#}", "null", "unlimited"];
                    let left: Vec<_> = left.iter().filter(|mark| text.contains(**mark)).collect();
                    assert!(left.is_empty(), "{left:?} {place}");
                    assert!(!text.lines().any(|line| line.starts_with("===")), "{place}");
                    assert!(!text.contains("=\n") && !text.contains("()\n  {{"), "{place}");
                }
                for gap in &expressed.gaps {
                    let sentence = &gap.sentence;
                    let ends =
                        sentence.ends_with(['.', ')', ':']) || sentence.ends_with('\u{201d}');
                    assert!(ends && !sentence.contains("null"), "{id} {product:?}: {sentence}");
                    for setting in &gap.settings {
                        let known = form::settings().any(|other| other.path.starts_with(setting));
                        assert!(known, "{product:?}: {setting}");
                    }
                }
            }
        }
    }
}

mod hostile {
    use ackground_words::systems::kafka::{looks_like, read};
    use proptest::prelude::*;

    use super::*;

    const KEYS: [&str; 22] = [
        "acks",
        "retries",
        "request.timeout.ms",
        "delivery.timeout.ms",
        "retry.backoff.ms",
        "max.in.flight.requests.per.connection",
        "enable.idempotence",
        "transactional.id",
        "enable.auto.commit",
        "isolation.level",
        "max.poll.records",
        "max.poll.interval.ms",
        "session.timeout.ms",
        "num.partitions",
        "default.replication.factor",
        "min.insync.replicas",
        "unclean.leader.election.enable",
        "log.flush.interval.ms",
        "log.flush.interval.messages",
        "group.share.record.lock.duration.ms",
        "group.share.delivery.count.limit",
        "spring.kafka.producer.acks",
    ];

    fn line() -> impl Strategy<Value = String> {
        let key = proptest::sample::select(&KEYS[..]);
        let word = proptest::sample::select(
            &["all", "0", "1", "-1", "5", "30000", "true", "false", "", "null"][..],
        );
        let value = prop_oneof![
            word.prop_map(str::to_owned),
            any::<u64>().prop_map(|n| n.to_string()),
            "\\PC{0,12}"
        ];
        (key, value).prop_map(|(key, value)| format!("{key}={value}"))
    }

    proptest! {
        /// Whatever is pasted, what comes of it is a lane that the format allows.
        #[test]
        fn any_text_gives_a_lane_that_is_allowed(
            lines in proptest::collection::vec(line(), 0..12),
            noise in "(\\PC|\\\\|\n|\r|=|:){0,60}",
            preset in proptest::sample::select(PresetId::ALL),
        ) {
            let text = format!("{}\n{noise}", lines.join("\n"));
            looks_like(&text);
            let read = read(&text, &Lane::of_preset(preset));
            let lanes = Lanes::new(vec![read.lane]).expect("one lane");
            let written = Experiment::of_lanes(lanes).to_json();
            prop_assert!(Experiment::from_json(&written).is_ok(), "{text}");
        }
    }
}

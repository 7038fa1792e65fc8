//! Experiments for the view model's tests: the first screen, and random ones.

use proptest::prelude::*;

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Trace, simulate};

/// An experiment from the remaining fields of its document.
pub fn experiment(rest: &str) -> Experiment {
    let text = format!(r#"{{"version":1,{rest}}}"#);
    Experiment::from_json(&text).expect("the test's own experiment")
}

/// The runs of all lanes.
pub fn runs(experiment: &Experiment) -> Vec<Trace> {
    (0..experiment.lanes.len()).map(|lane| simulate(experiment, lane)).collect()
}

/// Random setups under random faults: anything that can be drawn, sensible or not.
pub fn experiments() -> impl Strategy<Value = Experiment> {
    let lane = (
        prop::sample::select(vec!["none", "all"]),
        prop::sample::select(vec!["0", "1", "\"unlimited\""]),
        prop::sample::select(vec!["queue", "log"]),
        prop::sample::select(vec!["on_receive", "after_processing"]),
        prop::sample::select(vec!["none", "memory", "table_before", "table_after", "atomic"]),
        prop::sample::select(vec!["nack", "wait", "swallow"]),
        any::<bool>(),
    )
        .prop_map(|(acks, retries, kind, ack, dedup, on_failure, idempotent)| {
            // Numbers need an answer.
            let idempotent = idempotent && acks != "none";
            format!(
                r#"{{"producer":{{"acks":"{acks}","retries":{retries},"idempotent":{idempotent}}},
                "broker":{{"kind":"{kind}","max_deliveries":3}},
                "consumer":{{"ack":"{ack}","dedup":"{dedup}","on_failure":"{on_failure}"}}}}"#
            )
        });
    let rate = || prop::sample::select(vec!["0", "0.1", "0.5"]);
    (1u32..8, 0u32..1500, any::<u32>(), rate(), rate(), rate(), prop::collection::vec(lane, 1..4)).prop_map(
        |(messages, interval, seed, loss, crash, failure, lanes)| {
            experiment(&format!(
                r#""messages":{messages},"interval_ms":{interval},"seed":{seed},
                "faults":{{"loss":{{"publish":{loss},"publish_ack":{loss},"deliver":{loss},"ack":{loss}}},
                "crash":{{"producer":{crash},"consumer":{crash}}},"failure":{failure},
                "script":["duplicate publish 1","delay deliver 1 by 2s","slow 2 by 6s","poison 3"]}},
                "lanes":[{}]"#,
                lanes.join(",")
            ))
        },
    )
}

//! The names of the presets held against runs: every single fault of a small systematic set, over two
//! payments, in every setup that is named for a guarantee.
//!
//! The set is every packet and every crash point of two messages (first and second time), a failing
//! handler and a stalling one. What a product's recipe does not claim to withstand is left out by
//! name, with the reason.
#![cfg(not(target_arch = "wasm32"))]

use ackground_core::audit::{Report, judge};
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::script::{Line, Script};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::prove::{Bounds, Guarantee, Kind, prove};
use ackground_core::sim::simulate;

const AT_MOST_ONCE: &[PresetId] = &[
    PresetId::AtMostOnce,
    PresetId::AtMostOnceForMoney,
    PresetId::KafkaAtMostOnce,
    PresetId::RabbitmqAutoAck,
    PresetId::SqsAtMostOnce,
    PresetId::PulsarAtMostOnce,
    PresetId::JetstreamAtMostOnce,
    PresetId::MqttQos0,
    PresetId::RedisAtMostOnce,
    PresetId::PubsubAtMostOnce,
    PresetId::ServiceBusAtMostOnce,
];

const AT_LEAST_ONCE: &[PresetId] = &[
    PresetId::AtLeastOnce,
    PresetId::NoIdempotentConsumer,
    PresetId::TransactionsForDatabase,
    PresetId::DedupInMemory,
    PresetId::DedupRecordLast,
    PresetId::DedupWindowTooShort,
    PresetId::IdempotentProducerOnly,
    PresetId::KafkaAtLeastOnce,
    PresetId::KafkaOffsetInDatabase,
    PresetId::KafkaShareGroup,
    PresetId::RabbitmqQuorum,
    PresetId::SqsStandard,
    PresetId::SqsFifo,
    PresetId::PulsarAtLeastOnce,
    PresetId::PulsarDedup,
    PresetId::JetstreamAtLeastOnce,
    PresetId::JetstreamMsgId,
    PresetId::MqttQos1,
    PresetId::MqttQos2,
    PresetId::RedisAtLeastOnce,
    PresetId::RedisIdmp,
    PresetId::PubsubAtLeastOnce,
    PresetId::ServiceBusAtLeastOnce,
];

const EFFECTIVELY_ONCE: &[PresetId] = &[
    PresetId::EffectivelyOnce,
    PresetId::KafkaTransactions,
    PresetId::KafkaEffectivelyOnce,
    PresetId::RabbitmqEffectivelyOnce,
    PresetId::SqsEffectivelyOnce,
    PresetId::PulsarEffectivelyOnce,
    PresetId::JetstreamEffectivelyOnce,
    PresetId::MqttEffectivelyOnce,
    PresetId::RedisEffectivelyOnce,
    PresetId::PubsubEffectivelyOnce,
    PresetId::ServiceBusEffectivelyOnce,
];

/// Named for something else than a guarantee: what breaks them is in tests of their own.
const OTHER: &[PresetId] = &[
    PresetId::CommitBeforeProcessing,
    PresetId::SwallowedFailure,
    PresetId::DedupRecordFirst,
    PresetId::DualWrite,
    PresetId::LeaderOnly,
    PresetId::KafkaDefaults,
    PresetId::RabbitmqDefaults,
    PresetId::JetstreamDefaults,
    PresetId::RedisDefaults,
];

/// Does the recipe claim to withstand this fault?
fn covers(id: PresetId, line: &str) -> bool {
    let single_node_saves_later = matches!(
        id,
        // Mosquitto saves its state every 30 minutes: M3 of the reference.
        PresetId::MqttQos1 | PresetId::MqttQos2 | PresetId::MqttEffectivelyOnce
    );
    !(single_node_saves_later && line.starts_with("crash broker"))
}

/// Every single fault of the set. `outlast` is a span longer than the redelivery timeout.
fn single_faults(scenario: BuiltIn, outlast: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let scenario = scenario.scenario();
    let steps = scenario.steps.iter().map(|step| step.id.as_str());
    let points: Vec<&str> = steps.chain(["receive", "record", "ack"]).collect();
    for message in ["1", "2", "1#2", "2#2"] {
        for packet in ["publish", "publish-ack", "deliver", "ack"] {
            lines.push(format!("drop {packet} {message}"));
        }
        for side in ["before", "after"] {
            lines.push(format!("crash producer {side} publish {message}"));
            for point in ["write", "replicate", "ack"] {
                lines.push(format!("crash broker {side} {point} {message}"));
            }
            for point in &points {
                lines.push(format!("crash consumer {side} {point} {message}"));
            }
        }
        lines.push(format!("crash follower before replicate {message}"));
        lines.push(format!("fail {message}"));
        lines.push(format!("slow {message} by {outlast}"));
    }
    lines
}

fn run(id: PresetId, scenario: BuiltIn, script: &[&str]) -> Report {
    let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane");
    let mut experiment = Experiment::of_lanes(lanes);
    experiment.scenario = scenario.scenario();
    experiment.messages = ackground_core::experiment::Messages::of(2);
    let lines: Vec<Line> = script
        .iter()
        .map(|line| line.parse().unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect();
    experiment.faults.script = Script::new(lines).expect("few lines");
    let trace = simulate(&experiment, 0);
    let report = judge(&experiment, &trace);
    assert!(report.properties.settles, "{id} under {script:?}: {:?}", trace.end);
    report
}

/// The faults of the set that lose, and those that duplicate.
fn harm(id: PresetId, scenario: BuiltIn) -> (Vec<String>, Vec<String>) {
    let timeout = Lane::of_preset(id).broker.redelivery_timeout_ms.at_most();
    let outlast = format!("{}ms", timeout + timeout / 2);
    let (mut loses, mut duplicates) = (Vec::new(), Vec::new());
    for line in single_faults(scenario, &outlast) {
        if covers(id, &line) {
            let totals = run(id, scenario, &[&line]).totals;
            if totals.lost > 0 {
                loses.push(line.clone());
            }
            if totals.duplicated > 0 {
                duplicates.push(line);
            }
        }
    }
    (loses, duplicates)
}

/// What every preset of a list does that its name does not allow.
fn broken(ids: &[PresetId], judge: impl Fn(PresetId) -> Vec<String>) -> Vec<String> {
    let complaints = ids.iter().map(|&id| (id, judge(id)));
    complaints
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(id, wrong)| format!("{id}: {wrong:#?}"))
        .collect()
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn no_fault(harm: &[String], what: &str) -> Option<String> {
    harm.is_empty().then(|| format!("no fault of the set {what}"))
}

#[test]
fn every_preset_has_a_claim() {
    let mut all = [AT_MOST_ONCE, AT_LEAST_ONCE, EFFECTIVELY_ONCE, OTHER].concat();
    all.sort_unstable();
    assert_eq!(all, PresetId::ALL, "each in one list");
}

#[test]
fn without_faults_every_preset_applies_everything_once() {
    for &id in PresetId::ALL {
        for &scenario in BuiltIn::ALL {
            let report = run(id, scenario, &[]);
            assert_eq!(report.totals.once, 2, "{id} in {scenario}");
        }
    }
}

#[test]
fn at_most_once_never_duplicates_and_some_fault_loses() {
    none(&broken(AT_MOST_ONCE, |id| {
        let (loses, duplicates) = harm(id, BuiltIn::Payment);
        duplicates.into_iter().chain(no_fault(&loses, "loses")).collect()
    }));
}

#[test]
fn at_least_once_never_loses_and_some_fault_duplicates() {
    none(&broken(AT_LEAST_ONCE, |id| {
        let (loses, duplicates) = harm(id, BuiltIn::Payment);
        loses.into_iter().chain(no_fault(&duplicates, "duplicates")).collect()
    }));
}

#[test]
fn effectively_once_does_neither_for_an_effect_in_a_database() {
    for scenario in [BuiltIn::Payment, BuiltIn::Order, BuiltIn::Transfer] {
        none(&broken(EFFECTIVELY_ONCE, |id| {
            let (loses, duplicates) = harm(id, scenario);
            loses.into_iter().chain(duplicates).collect()
        }));
    }
}

/// A preset, one fault, and the messages that it loses and duplicates.
const CONSEQUENCES: &[(PresetId, &str, (u32, u32))] = &[
    (PresetId::CommitBeforeProcessing, "crash consumer before credit 1", (1, 0)),
    (PresetId::CommitBeforeProcessing, "drop publish-ack 1", (0, 1)),
    (PresetId::SwallowedFailure, "fail 1", (1, 0)),
    (PresetId::EffectivelyOnce, "fail 1", (0, 0)),
    (PresetId::DedupRecordFirst, "crash consumer after record 1", (1, 0)),
    (PresetId::DedupRecordLast, "crash consumer before record 1", (0, 1)),
    (PresetId::DedupInMemory, "drop publish-ack 1", (0, 0)),
    (PresetId::DedupInMemory, "crash consumer before ack 1", (0, 1)),
    (PresetId::DedupWindowTooShort, "drop publish-ack 1", (0, 1)),
    (PresetId::DualWrite, "crash producer before publish 1", (1, 0)),
    (PresetId::LeaderOnly, "crash broker before replicate 1", (1, 0)),
    (PresetId::EffectivelyOnce, "crash broker before replicate 1", (0, 0)),
    (PresetId::IdempotentProducerOnly, "drop publish-ack 1", (0, 0)),
    (PresetId::IdempotentProducerOnly, "crash producer after publish 1", (0, 1)),
    (PresetId::TransactionsForDatabase, "crash producer after publish 1", (0, 0)),
    (PresetId::TransactionsForDatabase, "crash consumer after credit 1", (0, 1)),
    (PresetId::KafkaDefaults, "crash broker after ack 1", (1, 0)),
    (PresetId::KafkaOffsetInDatabase, "crash consumer before ack 1", (0, 0)),
    (PresetId::KafkaOffsetInDatabase, "crash producer after publish 1", (0, 1)),
    (PresetId::KafkaShareGroup, "fail 1#*", (1, 0)),
    (PresetId::RabbitmqDefaults, "drop publish 1", (1, 0)),
    (PresetId::SqsFifo, "drop publish-ack 1", (0, 0)),
    (PresetId::SqsFifo, "crash consumer after credit 1", (0, 1)),
    (PresetId::PulsarDedup, "drop publish-ack 1", (0, 0)),
    (PresetId::PulsarDedup, "crash producer after publish 1", (0, 1)),
    (PresetId::JetstreamDefaults, "crash broker after ack 1", (1, 0)),
    (PresetId::JetstreamMsgId, "crash producer after publish 1", (0, 0)),
    (PresetId::MqttQos1, "crash broker after ack 1", (1, 0)),
    (PresetId::RedisDefaults, "crash broker after ack 1", (1, 0)),
];

#[test]
fn what_a_description_warns_of_happens() {
    let mut wrong = Vec::new();
    for &(id, line, expected) in CONSEQUENCES {
        let totals = run(id, BuiltIn::Payment, &[line]).totals;
        if (totals.lost, totals.duplicated) != expected {
            wrong.push(format!("{id} under {line}: {totals:?}, not {expected:?}"));
        }
    }
    none(&wrong);
}

#[test]
fn qos_2_withstands_any_lost_packet() {
    for message in ["1", "2", "1#2", "2#2"] {
        for packet in ["publish", "publish-ack", "deliver", "ack"] {
            let line = format!("drop {packet} {message}");
            let totals = run(PresetId::MqttQos2, BuiltIn::Payment, &[&line]).totals;
            assert_eq!(totals.once, 2, "{line}");
        }
    }
}

/// Every schedule, not only those of the set. A single node that saves later is not asked to survive its
/// crash, and only has to keep the promise then.
#[test]
fn the_prover_finds_what_the_presets_are_named_for() {
    let named = [
        (AT_MOST_ONCE, Guarantee::AtMostOnce),
        (AT_LEAST_ONCE, Guarantee::AtLeastOnce),
        (EFFECTIVELY_ONCE, Guarantee::ExactlyOnce),
    ];
    let mut wrong = Vec::new();
    for (ids, guarantee) in named {
        for &id in ids {
            let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane");
            let experiment = Experiment::of_lanes(lanes);
            let usual = Bounds::default();
            let without_crashes = Bounds { kinds: usual.kinds.without(Kind::Crash), ..usual };
            let right = if covers(id, "crash broker") {
                prove(&experiment, 0, usual).guarantee == Some(guarantee)
            } else {
                prove(&experiment, 0, without_crashes).keeps(guarantee) == Some(true)
            };
            if !right {
                wrong.push(format!("{id} is not {guarantee:?}"));
            }
        }
    }
    none(&wrong);
}

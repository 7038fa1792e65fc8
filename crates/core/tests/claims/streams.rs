//! Pulsar, NATS JetStream, MQTT and Redis Streams: claims 30 to 41.

use ackground_core::audit::Outcome::{Duplicated, Lost, Once};
use ackground_core::audit::{Learnt, judge_until};
use ackground_core::sim::{Event, Time};

use crate::queues::resend_after;
use crate::run::{Run, lane, run, run_restart, run_with};

/// `AckWait`, late acks settle, three copies that are synced every two minutes.
const JETSTREAM: &str = r#""kind": "queue", "replicas": 3, "min_in_sync": 2, "flush": "async",
    "flush_interval_ms": 120000, "redelivery_timeout_ms": 30000, "late_ack": "accept""#;
/// One broker without persistence.
const MOSQUITTO: &str = r#""kind": "queue", "replicas": 1, "flush": "never""#;
/// Journal synced before the ack, two of two.
const PULSAR: &str = r#""kind": "queue", "replicas": 2, "min_in_sync": 2, "flush": "each_write""#;

#[test]
fn claim_30_pulsar_auto_generated_producer_name_does_not_survive_a_restart() {
    let script = ["crash producer after publish 1"];
    let generated = run(&lane(r#""idempotent": true"#, PULSAR, ""), &script);
    assert_eq!(generated.end(), Duplicated);
    // A stable name and sequence is a key that outlives the producer, for six idle hours.
    let stable = format!(r#"{PULSAR}, "dedup_window_ms": 21600000"#);
    assert!(run(&lane("", &stable, ""), &script).nothing_happens());
}

#[test]
fn claim_31_pulsar_ack_that_has_not_left_the_client_when_it_dies_duplicates() {
    let grouped = run(&lane("", PULSAR, ""), &["crash consumer before ack 1"]);
    assert_eq!(grouped.end(), Duplicated);
    let flushed = run(&lane("", PULSAR, ""), &["crash consumer after ack 1"]);
    assert!(flushed.nothing_happens());
}

#[test]
fn claim_32_jetstream_message_id_is_known_for_two_minutes() {
    let two_minutes = 120_000;
    assert_eq!(resend_after(two_minutes, 121_000).end(), Duplicated);
    assert!(resend_after(two_minutes, 119_000).nothing_happens());
}

#[test]
fn claim_33_jetstream_plain_ack_lost_is_a_duplicate_delivery() {
    let run = run(&lane("", JETSTREAM, ""), &["drop ack 1"]);
    assert_eq!((run.end(), run.message(1).delivered), (Duplicated, 2));
    let sync = confirmed(&["drop ack 1"]);
    assert_eq!((sync.end(), sync.message(1).delivered), (Once, 1), "AckSync");
}

/// JetStream, whose consumer waits for the answer to its acknowledgment.
fn confirmed(script: &[&str]) -> Run {
    run(&lane("", JETSTREAM, r#""ack_confirmed": true"#), script)
}

#[test]
fn claim_34_jetstream_r3_correlated_power_loss_loses_acked_messages_that_were_not_synced() {
    // One node after the other goes down before any is back; no one has read the message yet.
    let script = [
        "partition consumer 0ms..20s",
        "crash broker after ack 1",
        "crash broker before write 2#1",
        "crash broker before write 2#2",
    ];
    let rest = r#""messages": 2, "interval_ms": 500"#;
    let slow_restart = r#""restart_ms": 30000"#;
    let synced_late = run_with(&lane("", JETSTREAM, ""), &script, rest, slow_restart);
    assert!(synced_late.unfired().is_empty());
    assert_eq!((synced_late.end(), synced_late.learnt()), (Lost, Learnt::Ok));
    let always = JETSTREAM.replace("async", "each_write");
    let always = run_with(&lane("", &always, ""), &script, rest, slow_restart);
    assert!(always.unfired().is_empty());
    assert_eq!(always.end(), Once, "sync_interval: always");
}

#[test]
fn claim_35_jetstream_max_deliver_five_is_never_processed_and_not_dead_lettered() {
    let broker = format!(r#"{JETSTREAM}, "max_deliveries": 5, "dead_letter": false"#);
    let run = run(&lane("", &broker, ""), &["poison 1"]);
    assert_eq!((run.end(), run.message(1).delivered), (Lost, 5));
    assert_eq!(run.count(|what| matches!(what, Event::Parked { .. })), 0);
}

#[test]
fn claim_36_mqtt_qos_1_puback_lost_is_a_duplicate() {
    let run = run(&lane(r#""acks": "leader""#, MOSQUITTO, ""), &["drop publish-ack 1"]);
    assert_eq!((run.end(), run.stored()), (Duplicated, 2));
}

/// Exactly once over one hop, while both ends keep their state: a number that both know.
const QOS_2: &str = r#""acks": "leader", "idempotent": true, "backoff": {"max_ms": 200}"#;

#[test]
fn claim_37_mqtt_qos_2_any_packet_loss_changes_nothing_on_the_hop() {
    let faults = r#""loss": {"publish": 0.3, "publish_ack": 0.3}"#;
    let rest = r#""messages": 100, "interval_ms": 1000"#;
    let run = run_with(&lane(QOS_2, MOSQUITTO, ""), &[], rest, faults);
    assert!(run.nothing_happens());
    assert_eq!(run.stored(), 100);
}

#[test]
fn claim_38_mqtt_qos_2_broker_crash_without_persistence_loses_or_duplicates() {
    let queue_gone = ["crash broker after ack 1"];
    // The answer is lost; before the client says it again the broker forgets that it had it.
    let state_gone = ["drop publish-ack 1", "crash broker before write 1#2"];
    let volatile = lane(QOS_2, MOSQUITTO, "");
    assert_eq!(run(&volatile, &queue_gone).end(), Lost);
    assert_eq!(run(&volatile, &state_gone).end(), Duplicated);
    let persistent = lane(QOS_2, &MOSQUITTO.replace("never", "each_write"), "");
    assert!(run(&persistent, &queue_gone).nothing_happens());
    assert!(run(&persistent, &state_gone).nothing_happens());
}

#[test]
fn claim_40_redis_without_xack_is_stuck_until_it_is_claimed_and_then_duplicated() {
    let broker = r#""kind": "queue", "redelivery_timeout_ms": 3600000, "late_ack": "accept""#;
    let year = 31_536_000_000;
    let two = lane("", broker, r#""instances": 2"#);
    let run = run_restart(&two, &["crash consumer before ack 1"], year);
    let before = judge_until(&run.experiment, &run.trace, Time::from_millis(3_599_000));
    assert_eq!(before.messages[0].applied[0], 1, "pending, and done");
    let settled = |step: &&ackground_core::sim::Step| matches!(step.what, Event::Settled { .. });
    let settled = run.trace.steps.iter().find(settled);
    assert!(settled.is_some_and(|step| step.at > Time::from_millis(3_600_000)));
    assert_eq!(run.end(), Duplicated, "claimed after min-idle");
}

#[test]
fn claim_41_redis_primary_that_dies_after_its_reply_loses_the_xadd() {
    let broker = r#""kind": "queue", "replicas": 2, "min_in_sync": 1, "flush": "async",
        "unclean_election": true"#;
    let run = run(&lane(r#""acks": "leader""#, broker, ""), &["crash broker after ack 1"]);
    assert_eq!((run.end(), run.learnt()), (Lost, Learnt::Ok));
}

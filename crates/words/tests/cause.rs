//! The cause of an outcome in one line: fault by fault, and never without a harm.

use ackground_core::audit::{self, Outcome};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{self, MessageNo};
use ackground_testkit::random;
use ackground_words::story;
use proptest::prelude::*;

fn cause(json: &str, message: usize) -> String {
    let text = format!(r#"{{"version":1,{json}}}"#);
    let experiment = Experiment::from_json(&text).expect("the test's own experiment");
    let trace = sim::simulate(&experiment, 0);
    let report = audit::judge(&experiment, &trace);
    let message = MessageNo::from_index(message - 1);
    story::cause(&experiment, 0, &trace, &report, message).unwrap_or_else(|| "none".to_owned())
}

/// What was set up and went wrong, the message that is asked about, and the line that says why.
const TABLE: [(&str, usize, &str); 15] = [
    (
        r#""faults":{"script":["drop publish 2"]},"lanes":[{"preset":"at-most-once"}]"#,
        2,
        "Message 2 was lost on its way to the broker, and Sender's bank never resends.",
    ),
    (
        r#""faults":{"script":["drop ack 3"]},"lanes":[{"broker":{"kind":"queue"}}]"#,
        3,
        "The acknowledgment of message 3 was lost, and this setup remembers no message IDs.",
    ),
    (
        r#""faults":{"script":["drop publish-ack 1"]},"lanes":[{}]"#,
        1,
        "The broker's reply about message 1 was lost, so Sender's bank resent it, and this setup remembers no message IDs.",
    ),
    (
        r#""faults":{"script":["crash consumer before ack 3"]},"lanes":[{"preset":"at-least-once"}]"#,
        3,
        "Receiver's bank crashed after the work on message 3 and before the acknowledgment, and this setup remembers no message IDs.",
    ),
    (
        r#""faults":{"script":["crash consumer before ack 3"]},"lanes":[{"consumer":{"dedup":"memory"}}]"#,
        3,
        "Receiver's bank crashed after the work on message 3 and before the acknowledgment, and the crash erased the message IDs, which were in memory.",
    ),
    (
        r#""faults":{"script":["crash consumer before credit 2"]},"lanes":[{"consumer":{"ack":"on_receive"}}]"#,
        2,
        "Receiver's bank acknowledges before the work, and crashed in between.",
    ),
    (
        r#""lanes":[{"preset":"sqs-standard","consumer":{"processing_ms":40000}}]"#,
        1,
        "The work takes 40 s; the visibility timeout is 30 s.",
    ),
    (
        r#""lanes":[{"preset":"sqs-standard","consumer":{"processing_ms":40000}}]"#,
        2,
        "Receiver's bank was busy with message 1 until the end of the run, so message 2 never had its turn. The work takes 40 s; the visibility timeout is 30 s.",
    ),
    (
        r#""faults":{"script":["drop ack 1"]},"lanes":[{"broker":{"kind":"queue"},"consumer":{"dedup":"atomic","dedup_ttl_ms":1000}}]"#,
        1,
        "The acknowledgment of message 1 was lost, and its ID had been forgotten after 1 s.",
    ),
    (
        r#""faults":{"failure":1},"lanes":[{"broker":{"kind":"queue","max_deliveries":3}}]"#,
        1,
        "The work on message 1 was tried three times and failed, and this setup then parks it.",
    ),
    (
        r#""faults":{"script":["duplicate deliver 1"]},"lanes":[{"broker":{"kind":"queue"}}]"#,
        1,
        "The network delivered message 1 twice, and this setup remembers no message IDs.",
    ),
    (
        r#""faults":{"script":["drop publish 1"]},"lanes":[{"producer":{"retries":0}}]"#,
        1,
        "Sender's bank gave up on message 1 after one attempt without a reply.",
    ),
    (
        r#""faults":{"script":["crash broker after write 2"]},"lanes":[{"producer":{"acks":"none"},"broker":{"kind":"queue","replicas":1,"min_in_sync":1,"flush":"never"}}]"#,
        2,
        "The broker had message 2 in memory only, and lost it in a crash.",
    ),
    (
        r#""faults":{"script":["drop publish 1"]},"lanes":[{"producer":{"max_in_flight":5}}]"#,
        1,
        "Message 1 had to be resent, and message 2 took effect first.",
    ),
    (r#""lanes":[{}]"#, 1, "none"),
];

#[test]
fn every_common_fault_has_its_cause_in_one_line() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|(json, message, says)| {
            let found = cause(json, *message);
            (found != *says).then(|| format!("{json}\n  {found}\n  {says}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Experiments whose names are plain, so that a test of the words is not a test of the names.
fn plainly_named() -> impl Strategy<Value = Experiment> {
    random::experiment().prop_map(|mut experiment| {
        if experiment.scenario.built_in().is_none() {
            experiment.scenario = Experiment::default().scenario;
        }
        experiment
    })
}

/// Sixty-four cases a law, or as many as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 64;
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_cause_is_one_short_line_about_a_harm(experiment in plainly_named()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let report = audit::judge(&experiment, &trace);
            for (index, record) in report.messages.iter().enumerate() {
                let message = MessageNo::from_index(index);
                let cause = story::cause(&experiment, lane, &trace, &report, message);
                if record.end == Outcome::Once && report.properties.in_order {
                    prop_assert_eq!(&cause, &None);
                }
                if matches!(record.end, Outcome::Parked) {
                    prop_assert!(cause.is_some());
                }
                let Some(cause) = cause else { continue };
                prop_assert!(cause.ends_with('.') && !cause.contains(".."), "{}", cause);
                prop_assert!(!cause.starts_with(char::is_lowercase), "{}", cause);
                prop_assert!(cause.len() < 230, "one line, not {}: {}", cause.len(), cause);
            }
        }
    }

    #[test]
    fn no_link_of_a_chain_repeats_another(experiment in random::experiment()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let report = audit::judge(&experiment, &trace);
            for index in 0..report.messages.len() {
                let chain = story::why(&experiment, lane, &trace, &report, MessageNo::from_index(index));
                for (place, link) in chain.links.iter().enumerate() {
                    let before = &chain.links[..place];
                    prop_assert!(before.iter().all(|other| other.sentence != link.sentence));
                }
            }
        }
    }
}

//! Sentences that were not true of the run they were told of, on the way from the sender to the broker's log:
//! each run with what has to be said of it, and what must not be.

use ackground_core::experiment::Experiment;
use ackground_core::sim::simulate;
use ackground_words::story::transcript;

/// A run, what its transcript says, and what it does not say.
struct Case {
    name: &'static str,
    rest: &'static str,
    faults: &'static str,
    script: &'static [&'static str],
    lane: &'static str,
    says: &'static [&'static str],
    never: &'static [&'static str],
}

const CASE: Case = Case {
    name: "",
    rest: r#""messages":1"#,
    faults: "",
    script: &[],
    lane: "{}",
    says: &[],
    never: &[],
};

fn told(case: &Case) -> String {
    let Case { rest, faults, script, lane, .. } = case;
    let text = format!(
        r#"{{"version":1,"scenario":"clicks",{rest},
        "faults":{{"latency_ms":[10,10],{faults}"script":{script:?}}},"lanes":[{lane}]}}"#
    );
    let experiment =
        Experiment::from_json(&text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
    let trace = simulate(&experiment, 0);
    assert!(trace.unfired.is_empty(), "{}: a line did not fire", case.name);
    let lines = transcript(&experiment, 0, &trace);
    lines.iter().map(|line| format!("{}\n", line.sentence)).collect()
}

const CASES: &[Case] = &[
    Case {
        name: "an unclean election after nobody was up",
        faults: r#""restart_ms":3000,"#,
        script: &["crash follower before replicate 1", "crash broker after ack 1"],
        lane: r#"{"broker":{"replicas":2,"min_in_sync":1,"unclean_election":true}}"#,
        says: &[
            "No broker node is up, so everything waits until one is back.",
            "Broker node 2 is back. It was not in sync, but no other node is there, so it leads with what it has.",
        ],
        never: &["rather than lose messages", "leads again", "waited for"],
        ..CASE
    },
    Case {
        name: "a node that is back, may not lead and has nobody to follow",
        faults: r#""restart_ms":3000,"#,
        script: &["crash follower before replicate 1", "crash broker after ack 1"],
        lane: r#"{"broker":{"replicas":2,"min_in_sync":1}}"#,
        says: &[
            "Broker node 2 is back. It was not in sync, so it may not lead, and there is no leader yet to fetch from.",
            "Broker node 1 is back. The broker waited for it, and it leads again with what it has.",
        ],
        never: &["Broker node 2 is back. It is a follower now"],
        ..CASE
    },
    Case {
        name: "refused and out of attempts",
        script: &["crash follower before replicate 1#1", "crash follower before replicate 1#2"],
        lane: r#"{"producer":{"retries":0}}"#,
        says: &[
            "learns that the broker refused message 1. Fewer than two replicas are in sync, although the leader has stored it.",
            "Its only attempt was refused, and it reports an error, although the broker has the message.",
        ],
        never: &["so it will resend", "without a reply"],
        ..CASE
    },
    Case {
        name: "a gap that nobody will fill",
        rest: r#""messages":2,"interval_ms":3000"#,
        script: &["crash broker after ack 1"],
        lane: r#"{"producer":{"acks":"leader","idempotent":true,"retries":0}}"#,
        says: &[
            "so it resends the message at once.",
            "The gap before it will never be filled, so it is sent under a number that leaves none.",
            "Message 2 reaches the broker again. It was refused before.",
        ],
        never: &["gives up", "outbox while"],
        ..CASE
    },
    Case {
        name: "a gap that the message before fills",
        rest: r#""messages":2,"interval_ms":100"#,
        script: &["drop publish 1"],
        lane: r#"{"producer":{"idempotent":true}}"#,
        says: &[
            "An earlier message of the same sender is missing in the sequence, so it waits for that one.",
            "The broker refused it because of a gap; now it is its turn.",
        ],
        never: &["never be filled"],
        ..CASE
    },
    Case {
        name: "a copy that is gone is not there",
        faults: r#""restart_ms":500,"#,
        script: &["crash broker before replicate 1"],
        lane: r#"{"broker":{"replicas":1,"flush":"never"}}"#,
        says: &["Message 1 reaches the broker again. Its earlier copy is gone."],
        never: &["The broker has it already", "it has a copy"],
        ..CASE
    },
    Case {
        name: "given up after the only copy was lost",
        faults: r#""restart_ms":500,"#,
        script: &["crash broker before ack 1"],
        lane: r#"{"producer":{"retries":0},"broker":{"replicas":1,"flush":"never"}}"#,
        says: &["After one attempt without a reply it reports an error: the loss is known."],
        never: &["although the broker has the message"],
        ..CASE
    },
    Case {
        name: "refused although it has a copy",
        script: &["crash broker after ack 1"],
        lane: r#"{"producer":{"acks":"leader","idempotent":true,"transactional":true}}"#,
        says: &["What the broker had stored of it is gone."],
        never: &["although it has a copy", "The broker has it already"],
        ..CASE
    },
    Case {
        name: "from memory there is no outbox",
        rest: r#""messages":2,"interval_ms":3000"#,
        script: &["crash producer before publish 1", "drop publish 2"],
        lane: r#"{"producer":{"source":"direct","idempotent":true,"transactional":true}}"#,
        says: &[
            "At last message 2 reaches the broker. It took two attempts.",
            "It has forgotten one message that it had in memory.",
        ],
        never: &["outbox"],
        ..CASE
    },
    Case {
        name: "an outbox holds what was not given up",
        script: &["crash producer before publish 1"],
        lane: r#"{"producer":{"delivery_timeout_ms":800}}"#,
        says: &["Its outbox holds one message without a reply, and it resends."],
        never: &["gives up"],
        ..CASE
    },
    Case {
        name: "a delivery timeout is no new life",
        script: &["drop publish-ack 1"],
        lane: r#"{"producer":{"idempotent":true,"transactional":true,"delivery_timeout_ms":800}}"#,
        says: &[
            "The open transaction of message 1 is aborted. Redirect server has given it up;",
            "After 800 ms without a confirmation it reports an error: the loss is known.",
        ],
        never: &["new session"],
        ..CASE
    },
    Case {
        name: "a new life fences the old one",
        script: &["crash producer after publish 1"],
        lane: r#"{"producer":{"idempotent":true,"transactional":true}}"#,
        says: &["The sender's new session fenced the old one;"],
        never: &["has given it up"],
        ..CASE
    },
    Case {
        name: "an identity that fences does not remember",
        rest: r#""messages":2,"interval_ms":45"#,
        script: &["crash producer before publish 2"],
        lane: r#"{"producer":{"idempotent":true,"transactional":true}}"#,
        says: &["its new session fences the old one and knows nothing of it."],
        never: &["is the one that counts"],
        ..CASE
    },
    Case {
        name: "one node copies to nobody",
        script: &["crash broker after replicate 1"],
        lane: r#"{"broker":{"replicas":1}}"#,
        says: &["just after the point at which other nodes would copy message 1."],
        never: &["to the other nodes"],
        ..CASE
    },
    Case {
        name: "what reached the broker and was lost there reaches it again",
        script: &["crash broker before write 1"],
        lane: r#"{"broker":{"kind":"queue"}}"#,
        says: &["The node that it reached first crashed before writing it."],
        never: &["At last"],
        ..CASE
    },
    Case {
        name: "an aborted copy that was read is not nothing",
        script: &["crash producer after publish 1"],
        lane: r#"{"producer":{"idempotent":true,"transactional":true},"broker":{"replicas":1},"consumer":{"isolation":"read_uncommitted"}}"#,
        says: &["is gone, but a consumer has read it:"],
        never: &["the one that counts"],
        ..CASE
    },
    Case {
        name: "a killed process keeps what it had written",
        script: &["kill broker after write 1"],
        lane: r#"{"broker":{"replicas":1,"flush":"never"}}"#,
        says: &[
            "The process of the broker is killed just after writing message 1. What it had written is in the page cache of its machine and survives",
            "The broker is back. It has what it had written.",
        ],
        never: &["gone", "flushed"],
        ..CASE
    },
    Case {
        name: "without answers",
        lane: r#"{"producer":{"acks":"none"}}"#,
        says: &["considers message 1 sent. With acks: none, handing it to the network is enough"],
        never: &["has forgotten"],
        ..CASE
    },
];

#[test]
fn every_sentence_is_true_of_its_run() {
    let mut wrong = Vec::new();
    for case in CASES {
        let told = told(case);
        for said in case.says.iter().filter(|said| !told.contains(**said)) {
            wrong.push(format!("{}: it does not say {said:?} in\n{told}", case.name));
        }
        for said in case.never.iter().filter(|said| told.contains(**said)) {
            wrong.push(format!("{}: it says {said:?} in\n{told}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

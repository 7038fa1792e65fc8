//! What was wrong between the sender and the broker's log, and stays mended: each case is an experiment
//! and what it has to come to. The sentences about such runs are in `crates/words/tests`.

use ackground_core::audit::Learnt::{Error, Nothing, Ok};
use ackground_core::audit::Outcome::{self, Duplicated, Lost, Once, Pending};
use ackground_core::audit::{Learnt, Report, judge};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::PresetId;
use ackground_core::sim::{Event, Leg, Refusal, Trace, simulate};

struct Run {
    trace: Trace,
    report: Report,
}

fn read(text: &str) -> Experiment {
    Experiment::from_json(text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
}

fn run(experiment: &Experiment) -> Run {
    let trace = simulate(experiment, 0);
    let report = judge(experiment, &trace);
    Run { trace, report }
}

/// Clicks with packets that take 10 ms.
fn clicks(rest: &str, faults: &str, script: &[&str], lane: &str) -> Experiment {
    read(&format!(
        r#"{{"version":1,"scenario":"clicks",{rest},
        "faults":{{"latency_ms":[10,10],{faults}"script":{script:?}}},"lanes":[{lane}]}}"#
    ))
}

impl Run {
    fn ends(&self) -> Vec<Outcome> {
        self.report.messages.iter().map(|message| message.end).collect()
    }

    fn told(&self) -> Vec<Learnt> {
        self.report.messages.iter().map(|message| message.told).collect()
    }

    fn count(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.trace.steps.iter().filter(|step| is(&step.what)).count()
    }

    fn refused(&self, refusal: Refusal) -> usize {
        self.count(|what| *what == Event::Refused(refusal))
    }

    /// The messages in the order of their first effects.
    fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = Vec::new();
        for step in &self.trace.steps {
            if let (Event::Applied { .. }, Some(message)) = (step.what, step.message)
                && !order.contains(&message.get())
            {
                order.push(message.get());
            }
        }
        order
    }

    fn sends(&self) -> usize {
        self.trace.packets.iter().filter(|packet| packet.leg == Leg::Publish).count()
    }

    fn ids(&self) -> usize {
        let mut ids: Vec<u32> = Vec::new();
        for packet in &self.trace.packets {
            if let ackground_core::sim::Carries::Publish { id, .. } = packet.carries
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        }
        ids.len()
    }

    /// Every line of the script fired.
    fn all_fired(&self) -> bool {
        self.trace.unfired.is_empty()
    }
}

#[test]
fn numbers_need_an_answer() {
    let text = r#"{"version":1,"lanes":[{"producer":{"acks":"none","idempotent":true}}]}"#;
    let mistakes = Experiment::from_json(text).expect_err("it is refused").to_string();
    assert!(mistakes.contains("lanes[0].producer.idempotent: true is not allowed"), "{mistakes}");
    assert!(mistakes.contains(r#""acks": "none""#), "{mistakes}");
}

/// A gap that nobody will fill costs no attempt.
#[test]
fn a_lost_copy_does_not_cost_the_next_message_its_only_attempt() {
    let lane = r#"{"producer":{"acks":"leader","idempotent":true,"retries":0}}"#;
    let script = ["crash broker after ack 1"];
    let run = run(&clicks(r#""messages":3,"interval_ms":3000"#, "", &script, lane));
    assert!(run.all_fired());
    // The first was with one node alone, and is told; what comes after is not affected.
    assert_eq!(run.ends()[1..], [Once, Once]);
    assert_eq!(run.told()[1..], [Ok, Ok]);
    assert_eq!(run.refused(Refusal::OutOfOrder), 1, "refused once, and numbered anew at once");
    let gaps = run.trace.packets.windows(2).filter(|pair| {
        pair[0].leg == Leg::PublishAck
            && matches!(pair[0].carries, ackground_core::sim::Carries::Refused { .. })
            && pair[1].leg == Leg::Publish
            && pair[1].sent == pair[0].arrives
    });
    assert_eq!(gaps.count(), 1, "it is sent again the moment the refusal arrives");
}

#[test]
fn a_crash_of_a_broker_that_loses_acknowledged_messages_does_not_hold_up_the_rest() {
    let mqtt = PresetId::ALL.iter().find(|id| id.word() == "mqtt-qos2").expect("it is a preset");
    assert!(ackground_core::experiment::Lane::of_preset(*mqtt).producer.idempotent);
    let lane = r#"{"preset":"mqtt-qos2","producer":{"retries":0}}"#;
    for script in [["crash broker before write 2"], ["crash broker before write 3"]] {
        let run = run(&clicks(r#""messages":5,"interval_ms":2000"#, "", &script, lane));
        let lost = run.ends().iter().filter(|end| **end == Lost).count();
        let struck = if script[0].ends_with('2') { 1 } else { 2 };
        assert!(run.all_fired());
        assert_eq!((lost, run.ends()[struck]), (1, Lost), "{script:?}: only what met the crash");
    }
}

#[test]
fn giving_one_message_up_changes_nothing_for_the_others() {
    let few = r#"{"producer":{"idempotent":true,"retries":1}}"#;
    for (name, rest, faults, script, ends) in [
        (
            "no second copy",
            r#""messages":3,"interval_ms":50"#,
            "",
            &["drop publish-ack 1", "drop publish 2"][..],
            [Once, Once, Once],
        ),
        (
            "no other order",
            r#""messages":3,"interval_ms":100"#,
            "",
            &["drop publish 1"],
            [Once, Once, Once],
        ),
        (
            "no refusal of the first",
            r#""messages":3,"interval_ms":400"#,
            r#""restart_ms":600,"#,
            &["crash broker before replicate 1", "drop publish 3"],
            [Once, Once, Once],
        ),
        (
            "given up in the middle",
            r#""messages":3,"interval_ms":100"#,
            "",
            &["drop publish 2#*"],
            [Once, Lost, Once],
        ),
        (
            "given up although it was stored",
            r#""messages":3,"interval_ms":100"#,
            "",
            &["drop publish-ack 2#*"],
            [Once, Once, Once],
        ),
        (
            "the first is given up, and its neighbour has lost an answer",
            r#""messages":3,"interval_ms":30"#,
            "",
            &["drop publish-ack 1", "drop publish 2#*", "drop publish-ack 3"],
            [Once, Lost, Once],
        ),
    ] {
        let run = run(&clicks(rest, faults, script, few));
        assert!(run.all_fired(), "{name}");
        assert_eq!(run.ends(), ends, "{name}");
        assert!(run.report.properties.in_order && run.report.properties.settles, "{name}");
        let sorted = run.order().is_sorted();
        assert!(sorted, "{name}: {:?}", run.order());
        let given_up = ends.contains(&Lost);
        assert_eq!(run.ids(), 1 + usize::from(given_up), "{name}: a new id for a gap alone");
    }
}

/// With lost publishes and answers alone, numbers leave no duplicate: nothing restarts.
#[test]
fn numbers_leave_no_duplicate_within_a_session() {
    for (preset, retries) in [("pulsar-dedup", "\"unlimited\""), ("plain", "1"), ("plain", "0")] {
        let lane = match preset {
            "plain" => format!(r#"{{"producer":{{"idempotent":true,"retries":{retries}}}}}"#),
            preset => format!(r#"{{"preset":"{preset}"}}"#),
        };
        for seed in 0..30 {
            let rest = format!(r#""messages":40,"interval_ms":40,"seed":{seed}"#);
            let faults = r#""loss":{"publish":0.1,"publish_ack":0.1},"#;
            let run = run(&clicks(&rest, faults, &[], &lane));
            assert_eq!(run.report.totals.duplicated, 0, "{lane}, seed {seed}");
            assert!(run.report.properties.in_order, "{lane}, seed {seed}");
        }
    }
}

#[test]
fn a_sender_keeps_its_pace_after_one_lost_packet() {
    for (lane, most) in [
        (r#"{"producer":{"idempotent":true}}"#, 106),
        (r#"{"preset":"kafka-defaults"}"#, 106),
        (r#"{"producer":{"idempotent":true,"transactional":true}}"#, 106),
        (r#"{"producer":{"idempotent":true,"max_in_flight":100}}"#, 130),
    ] {
        let text = format!(
            r#"{{"version":1,"scenario":"clicks","messages":100,"interval_ms":100,
            "faults":{{"script":["drop publish 10"]}},"lanes":[{lane}]}}"#
        );
        let run = run(&read(&text));
        assert_eq!(run.report.totals.once, 100, "{lane}");
        assert!(run.report.properties.in_order, "{lane}");
        assert!((101..=most).contains(&run.sends()), "{lane}: {} sends", run.sends());
        let most = run.report.messages.iter().map(|message| message.sent).max();
        assert!(most <= Some(3), "{lane}: one message was sent {most:?} times");
    }
}

/// The partition whose first message rests is held, and no other.
#[test]
fn one_partition_in_backoff_does_not_stop_another() {
    let text = r#"{"version":1,"messages":20,"interval_ms":50,
        "scenario":{"id":"own","key":"each","steps":[{"id":"count","kind":"db","primary":true}]},
        "faults":{"latency_ms":[10,10],"script":["drop publish 1","drop publish 1#2"]},
        "lanes":[{"producer":{"idempotent":true,"max_in_flight":20},"broker":{"partitions":2}}]}"#;
    let run = run(&read(text));
    assert_eq!(run.report.totals.once, 20);
    let first_sent = |message: u32| {
        let sent = run
            .trace
            .packets
            .iter()
            .find(|packet| packet.leg == Leg::Publish && packet.message.get() == message);
        sent.expect("it is sent").sent.millis()
    };
    assert_eq!(first_sent(20), 950, "the other partition goes on");
    assert!(first_sent(19) > 2000, "its own waits for the first to be through");
}

/// A transactional identity fences; it does not remember.
#[test]
fn a_new_session_numbers_from_zero() {
    let lane =
        r#"{"producer":{"idempotent":true,"transactional":true,"source":"direct","retries":0}}"#;
    let script = ["crash producer before publish 1"];
    let run = run(&clicks(r#""messages":2,"interval_ms":3000"#, "", &script, lane));
    assert_eq!(run.ends(), [Lost, Once], "the forgotten one leaves no gap");
    assert_eq!(run.told(), [Nothing, Ok]);
    assert_eq!(run.refused(Refusal::OutOfOrder), 0);
}

/// The message was given up when its only attempt arrived, and no reply ever told of the transaction that it opened.
#[test]
fn a_late_attempt_leaves_no_transaction_open() {
    let lane = r#"{"producer":{"idempotent":true,"transactional":true,"retries":0}}"#;
    let script = ["delay publish 1 by 5s", "drop publish-ack 1"];
    let run = run(&clicks(r#""messages":1"#, "", &script, lane));
    assert_eq!((run.ends(), run.told()), (vec![Lost], vec![Error]));
    assert_eq!(run.count(|what| matches!(what, Event::Stored { .. })), 1);
    assert_eq!(run.count(|what| matches!(what, Event::TransactionAborted { .. })), 1);
}

#[test]
fn what_was_committed_and_not_confirmed_is_committed_once_more_after_a_restart() {
    // The commit of the first leaves 30 ms after its message, takes place at 40 ms and is confirmed at
    // 50 ms.
    let lane = r#"{"producer":{"idempotent":true,"transactional":true}}"#;
    let script = ["crash producer before publish 2"];
    let after = |interval: u32| {
        let rest = format!(r#""messages":2,"interval_ms":{interval}"#);
        run(&clicks(&rest, "", &script, lane))
    };
    let committed = after(45);
    assert_eq!(committed.ends(), [Duplicated, Once]);
    let commits = committed.count(|what| matches!(what, Event::TransactionCommitted { .. }));
    assert_eq!(commits, 3, "the first twice");
    assert_eq!(after(35).ends(), [Duplicated, Once], "a commit under way takes place");
    let open = after(25);
    assert_eq!(open.ends(), [Once, Once], "what is still open is aborted");
    let aborts = open.count(|what| matches!(what, Event::TransactionAborted { .. }));
    assert_eq!(aborts, 1);
    let confirmed = after(55);
    assert_eq!(confirmed.ends(), [Once, Once], "what is confirmed is not sent again");
}

/// An id that the application chooses survives the sender's restart; a number that its session counts
/// does not.
#[test]
fn ids_survive_a_restart_and_numbers_do_not() {
    let script = ["crash producer after publish 1"];
    for (preset, end) in [
        ("sqs-fifo", Once),
        ("jetstream-msg-id", Once),
        ("redis-idmp", Once),
        ("pulsar-effectively-once", Once),
        ("kafka-at-least-once", Duplicated),
        ("pulsar-dedup", Duplicated),
        ("idempotent-producer-only", Duplicated),
        ("mqtt-qos1", Duplicated),
    ] {
        let lane = format!(r#"{{"preset":"{preset}"}}"#);
        let run = run(&clicks(r#""messages":1"#, "", &script, &lane));
        let stored = run.count(|what| matches!(what, Event::Stored { .. }));
        assert_eq!(stored, if end == Once { 1 } else { 2 }, "{preset}");
    }
}

#[test]
fn catching_up_brings_what_the_leader_had_when_it_was_asked() {
    let script = ["crash broker before write 1", "crash follower before replicate 2"];
    for interval in [5, 100] {
        let rest = format!(r#""messages":2,"interval_ms":{interval}"#);
        let run = run(&clicks(&rest, "", &script, "{}"));
        assert!(run.all_fired(), "{interval} ms");
        let after = run.refused(Refusal::NotEnoughReplicasAfterAppend);
        assert_eq!(after, 1, "{interval} ms: the follower dies before its copy");
    }
}

/// A node that comes back under load gets every record, the last ones as copies of their own.
#[test]
fn a_node_that_comes_back_under_load_gets_everything() {
    for interval in [1, 7, 30] {
        let rest = format!(r#""messages":400,"interval_ms":{interval}"#);
        let script = ["crash broker after ack 1", "crash broker after ack 390"];
        let lane = r#"{"producer":{"max_in_flight":100},
            "broker":{"replicas":2,"min_in_sync":1,"flush":"never"}}"#;
        let run = run(&clicks(&rest, r#""restart_ms":100,"#, &script, lane));
        assert!(run.all_fired(), "{interval} ms");
        assert_eq!(run.report.totals.lost, 0, "{interval} ms");
        let clean = run.count(|what| matches!(what, Event::Elected { clean: true, .. }));
        assert_eq!(clean, 2, "{interval} ms");
    }
}

#[test]
fn an_open_message_is_pending_and_a_duplicate_is_final() {
    let lane = r#"{"producer":{"idempotent":true}}"#;
    let open = run(&clicks(r#""messages":1"#, "", &["drop publish-ack 1#*"], lane));
    assert_eq!((open.ends(), open.told()), (vec![Pending], vec![Nothing]));
    assert_eq!(open.report.messages[0].applied, [1]);
    let twice = run(&clicks(r#""messages":1"#, "", &["drop publish-ack 1#*"], "{}"));
    assert_eq!(twice.ends(), [Duplicated]);
    // What is through stays through, although another message keeps the run going.
    let poison = run(&clicks(
        r#""messages":2"#,
        "",
        &["crash producer after publish 1", "poison 2"],
        r#"{"producer":{"source":"direct"},"broker":{"kind":"queue"}}"#,
    ));
    assert_eq!((poison.ends(), poison.told()), (vec![Once, Pending], vec![Nothing, Ok]));
    // An aborted copy that is delivered for ever.
    let aborted = read(
        r#"{"version":1,"scenario":"pipeline","messages":1,
        "faults":{"latency_ms":[10,10],"script":["crash broker before ack 1","poison 1"]},
        "lanes":[{"producer":{"retries":0,"idempotent":true,"transactional":true},
        "consumer":{"isolation":"read_uncommitted"}}]}"#,
    );
    let aborted = run(&aborted);
    assert_eq!((aborted.ends(), aborted.told()), (vec![Pending], vec![Error]));
}

#[test]
fn a_delivery_timeout_runs_within_one_life_of_the_producer() {
    let lane = r#"{"producer":{"delivery_timeout_ms":800}}"#;
    let script = ["crash producer before publish 1"];
    let calm = run(&clicks(r#""messages":1"#, "", &script, lane));
    assert_eq!((calm.ends(), calm.told()), (vec![Once], vec![Ok]));
    let script = ["crash producer before publish 1", "drop publish 1#*"];
    let cut = run(&clicks(r#""messages":1"#, "", &script, lane));
    assert_eq!((cut.ends(), cut.told()), (vec![Lost], vec![Error]));
    let told = cut.trace.steps.iter().find(|step| matches!(step.what, Event::Told(_)));
    assert_eq!(told.expect("it is told").at.millis(), 1800, "800 ms after the restart");
    assert!(cut.report.messages[0].sent > 0);
}

#[test]
fn without_answers_nothing_is_learnt_and_no_moment_is_before_or_after_one() {
    let lane = r#"{"producer":{"acks":"none"}}"#;
    let calm = run(&clicks(r#""messages":1"#, "", &[], lane));
    assert_eq!((calm.ends(), calm.told()), (vec![Once], vec![Nothing]));
    for line in [
        "crash broker after ack 1",
        "crash broker before ack 1",
        "kill broker after ack 1",
        "kill broker before ack 1",
    ] {
        let preset =
            run(&clicks(r#""messages":1"#, "", &[line], r#"{"preset":"rabbitmq-auto-ack"}"#));
        assert_eq!(preset.trace.unfired, [0], "{line}");
        let run = run(&clicks(r#""messages":1"#, "", &[line], lane));
        assert_eq!((run.ends(), run.trace.unfired.as_slice()), (vec![Once], &[0][..]), "{line}");
    }
}

/// What was written survives the end of a process, but not that of its machine.
#[test]
fn a_killed_process_loses_nothing_that_it_had_written() {
    for (point, machine, process) in [
        ("before write", Once, Once),
        ("after write", Once, Duplicated),
        ("before replicate", Once, Duplicated),
        ("after replicate", Once, Duplicated),
        ("before ack", Once, Duplicated),
        ("after ack", Lost, Once),
    ] {
        let ends = |word: &str| {
            let lane = r#"{"broker":{"replicas":1,"flush":"never"}}"#;
            let line = format!("{word} broker {point} 1");
            let run = run(&clicks(r#""messages":1"#, "", &[&line], lane));
            assert!(run.all_fired(), "{line}");
            run.ends()
        };
        assert_eq!(ends("crash"), [machine], "{point}");
        assert_eq!(ends("kill"), [process], "{point}");
    }
}

#[test]
fn nobody_leads_is_told_once() {
    let lane = r#"{"broker":{"replicas":2,"min_in_sync":1}}"#;
    let script = ["crash follower before replicate 1", "crash broker after ack 1"];
    let run = run(&clicks(r#""messages":1"#, r#""restart_ms":3000,"#, &script, lane));
    assert!(run.all_fired());
    assert_eq!(run.count(|what| matches!(what, Event::Unavailable { .. })), 1);
}

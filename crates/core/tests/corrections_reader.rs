//! What the reader's side once did wrong: each schedule with the outcome that real systems have. A
//! row is an experiment without its version, and what each of its messages comes to.

use ackground_core::audit::Outcome::{self, Duplicated, Lost, Once, Parked, Pending};
use ackground_core::audit::{Report, judge};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{End, Event, Guard, Leg, Trace, simulate};

struct Run {
    trace: Trace,
    report: Report,
}

fn run(rest: &str) -> Run {
    let text = format!(r#"{{"version":1,{rest}}}"#);
    let experiment = Experiment::from_json(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let trace = simulate(&experiment, 0);
    let report = judge(&experiment, &trace);
    Run { trace, report }
}

impl Run {
    fn ends(&self) -> Vec<Outcome> {
        self.report.messages.iter().map(|message| message.end).collect()
    }

    fn delivered(&self) -> Vec<u32> {
        self.report.messages.iter().map(|message| message.delivered).collect()
    }

    /// The messages in the order in which they took this step, from 0.
    fn order(&self, step: u8) -> Vec<u32> {
        let applied = self.trace.steps.iter().filter(|s| s.what == Event::Applied { step });
        applied.filter_map(|step| Some(step.message?.get())).collect()
    }

    fn count(&self, is: impl Fn(Event) -> bool) -> usize {
        self.trace.steps.iter().filter(|step| is(step.what)).count()
    }
}

/// Clicks, a few messages, everything 10 ms apart on the wire.
fn clicks(messages: u32, interval: u32, script: &str, lane: &str) -> Run {
    run(&format!(
        r#""scenario":"clicks","messages":{messages},"interval_ms":{interval},
        "faults":{{"latency_ms":[10,10],"script":[{script}]}},"lanes":[{lane}]"#
    ))
}

// --- A reader that is alive keeps its place -----------------------------------------------------

#[test]
fn a_lost_commit_changes_nothing_for_a_reader_that_goes_on() {
    let kafka = |script: &str| {
        run(&format!(
            r#""messages":1,"faults":{{"script":[{script}]}},
            "lanes":[{{"preset":"kafka-at-least-once"}}]"#
        ))
    };
    let lost = kafka(r#""drop ack 1""#);
    assert_eq!((lost.ends(), lost.delivered()), (vec![Once], vec![1]));
    assert!(lost.report.properties.settles, "the commit is repeated");
    let late = kafka(r#""delay ack 1 by 2m""#);
    assert_eq!((late.ends(), late.delivered()), (vec![Once], vec![1]));
    let never = kafka(r#""drop ack 1#*""#);
    assert_eq!(never.delivered(), [1], "a member that never commits is not evicted while it polls");
    assert_eq!(never.report.messages[0].applied, [1, 1]);
}

#[test]
fn the_next_commit_covers_a_lost_one() {
    let run = clicks(2, 200, r#""drop ack 1""#, r#"{"consumer":{"processing_ms":300}}"#);
    assert_eq!(run.ends(), [Once, Once]);
    let commits = run.trace.packets.iter().filter(|p| p.leg == Leg::Ack);
    assert_eq!(commits.count(), 2, "the one that was lost need not be repeated");
}

#[test]
fn after_a_crash_what_a_lost_commit_covered_comes_again() {
    let script = r#""drop ack 1","crash consumer before receive 2""#;
    let run = clicks(2, 200, script, "{}");
    assert_eq!(run.ends(), [Duplicated, Once]);
}

#[test]
fn the_time_of_a_log_reader_runs_to_the_end_of_its_work_and_not_to_the_commit() {
    let lane = |processing: u32| {
        format!(
            r#"{{"broker":{{"redelivery_timeout_ms":1000}},"consumer":{{"processing_ms":{processing}}}}}"#
        )
    };
    assert_eq!(clicks(1, 0, r#""delay ack 1 by 400ms""#, &lane(985)).ends(), [Once]);
    assert_eq!(
        clicks(1, 0, "", &lane(1200)).ends(),
        [Duplicated],
        "one that stays too long is out"
    );
}

// --- One link -----------------------------------------------------------------------------------

#[test]
fn a_request_for_more_travels_behind_the_acknowledgment() {
    let lane = r#"{"broker":{"kind":"queue"},"consumer":{"processing_ms":500}}"#;
    let failed = clicks(2, 100, r#""fail 1""#, lane);
    assert_eq!(failed.order(0), [1, 2], "what is returned is at the head when the member asks");
    let late = r#"{"broker":{"kind":"queue","late_ack":"accept"}}"#;
    let stalled = clicks(1, 0, r#""slow 1 by 4950ms""#, late);
    assert_eq!(stalled.ends(), [Once], "the late acknowledgment comes before the request");
    for preset in ["redis-at-least-once", "jetstream-at-least-once"] {
        let run = run(&format!(
            r#""messages":1,"faults":{{"script":["slow 1 by 50s"]}},"lanes":[{{"preset":"{preset}"}}]"#
        ));
        assert_eq!((run.ends(), run.delivered()), (vec![Once], vec![1]), "{preset}");
    }
}

#[test]
fn a_poison_message_starves_those_behind_it_in_a_queue_with_one_consumer() {
    let run = clicks(3, 0, r#""poison 1""#, r#"{"broker":{"kind":"queue"}}"#);
    assert_eq!(run.delivered()[1..], [0, 0]);
}

#[test]
fn what_times_out_together_is_offered_together() {
    let lane = r#"{"broker":{"kind":"queue"},"consumer":{"batch":3,"processing_ms":300}}"#;
    let run = clicks(4, 10, r#""crash consumer before count 2""#, lane);
    assert_eq!(run.ends(), [Once; 4]);
    let mut back = run.trace.steps.iter().filter(|s| matches!(s.what, Event::Requeued { .. }));
    let at = back.next().expect("what was in hand comes back").at;
    assert_eq!(back.filter(|step| step.at == at).count(), 2);
    let again = run.trace.packets.iter().filter(|p| p.leg == Leg::Deliver && p.sent == at);
    assert_eq!(again.count(), 3, "one batch again");
}

// --- Batches ------------------------------------------------------------------------------------

#[test]
fn a_batch_is_what_one_fetch_brought_even_if_all_of_it_arrives_at_once() {
    let lane = r#"{"consumer":{"ack":"on_receive","batch":3,"processing_ms":1000}}"#;
    let run = clicks(4, 10, r#""crash consumer before count 2""#, lane);
    assert_eq!(run.ends(), [Once, Lost, Lost, Lost]);
}

#[test]
fn a_batch_without_work_is_acknowledged_together() {
    let run = clicks(4, 0, "", r#"{"consumer":{"batch":3,"processing_ms":0}}"#);
    let commits = run.trace.packets.iter().filter(|p| p.leg == Leg::Ack);
    assert_eq!(commits.count(), 2);
}

// --- Partitions ---------------------------------------------------------------------------------

const EACH: &str =
    r#""scenario":{"id":"own","key":"each","steps":[{"id":"count","kind":"db","primary":true}]}"#;

#[test]
fn a_failing_partition_holds_up_no_other() {
    let with = |consumer: &str, kind: &str, script: &str| {
        run(&format!(
            r#"{EACH},"messages":2,"faults":{{"latency_ms":[10,10],"script":[{script}]}},
            "lanes":[{{"broker":{{"kind":"{kind}","partitions":2,"redelivery_delay_ms":0}},"consumer":{{{consumer}}}}}]"#
        ))
    };
    for kind in ["log", "queue"] {
        for failure in ["nack", "wait"] {
            let run = with(&format!(r#""on_failure":"{failure}""#), kind, r#""poison 1""#);
            assert_eq!(run.ends(), [Pending, Once], "{kind} {failure}");
        }
    }
}

#[test]
fn a_partition_that_pauses_after_a_failure_holds_up_no_other() {
    let run = run(&format!(
        r#"{EACH},"messages":4,"interval_ms":10,"faults":{{"latency_ms":[10,10],"script":["fail 1"]}},
        "lanes":[{{"broker":{{"partitions":2,"redelivery_delay_ms":4000}}}}]"#
    ));
    assert_eq!(run.ends(), [Once; 4]);
    assert_eq!(run.order(0), [2, 4, 1, 3]);
}

// --- Hand-outs ----------------------------------------------------------------------------------

#[test]
fn a_reader_fetches_again_what_it_dropped_and_nobody_counts_it() {
    let lane = r#"{"broker":{"max_deliveries":1},"consumer":{"batch":2,"processing_ms":500}}"#;
    let dropped = clicks(3, 20, r#""delay deliver 2 by 300ms""#, lane);
    assert_eq!((dropped.ends(), dropped.delivered()), (vec![Once; 3], vec![1; 3]));
    assert_eq!(dropped.count(|what| matches!(what, Event::DeliveryTimedOut(_))), 0);
    let lost = clicks(1, 0, r#""drop deliver 1""#, r#"{"broker":{"max_deliveries":1}}"#);
    assert_eq!(lost.ends(), [Once]);
    let cut = clicks(1, 0, r#""partition consumer 0s..2s""#, r#"{"broker":{"max_deliveries":3}}"#);
    assert_eq!(cut.ends(), [Once]);
    let poison = clicks(1, 0, r#""poison 1""#, r#"{"broker":{"max_deliveries":3}}"#);
    assert_eq!((poison.ends(), poison.delivered()), (vec![Parked], vec![3]));
}

#[test]
fn a_late_acknowledgment_that_is_taken_settles_in_a_log_as_in_a_queue() {
    for kind in ["log", "queue"] {
        let lane = format!(r#"{{"broker":{{"kind":"{kind}","late_ack":"accept"}}}}"#);
        let run = clicks(2, 0, r#""slow 1 by 6s""#, &lane);
        assert_eq!((run.ends(), run.delivered()), (vec![Once; 2], vec![1; 2]), "{kind}");
    }
    let lane = r#"{"broker":{"late_ack":"accept","redelivery_timeout_ms":2600},"consumer":{"processing_ms":250}}"#;
    assert_eq!(clicks(2, 2500, r#""drop ack 1""#, lane).ends(), [Once, Once]);
}

// --- Inside a handler call ----------------------------------------------------------------------

/// How often each step took effect.
fn applied(scenario: &str, lane: &str, script: &str) -> Vec<u32> {
    let run = run(&format!(
        r#""scenario":{{"id":"own","steps":[{scenario}]}},"messages":1,
        "faults":{{"latency_ms":[10,10],"script":[{script}]}},"lanes":[{lane}]"#
    ));
    assert!(run.trace.unfired.is_empty(), "{script}");
    run.report.messages[0].applied.clone()
}

#[test]
fn database_steps_share_a_transaction_whatever_the_primary_step_is() {
    let external = r#"{"id":"a","kind":"db"},{"id":"b","kind":"db"},{"id":"call","kind":"external","primary":true}"#;
    let produce = r#"{"id":"a","kind":"db"},{"id":"b","kind":"db"},{"id":"out","kind":"produce","primary":true}"#;
    let queue = r#"{"broker":{"kind":"queue"},"consumer":{"ack":"with_effect"}}"#;
    let pipeline = r#"{"producer":{"idempotent":true,"transactional":true},
        "consumer":{"ack":"with_effect","dedup":"atomic"}}"#;
    for side in ["before", "after"] {
        for step in ["a", "b"] {
            let script = format!(r#""crash consumer {side} {step} 1""#);
            for (scenario, lane) in [(external, queue), (produce, queue), (produce, pipeline)] {
                let times = applied(scenario, lane, &script);
                assert_eq!(times[..2], [1, 1], "{script} {lane}");
            }
            assert_eq!(applied(produce, pipeline, &script), [1, 1, 1], "{script}");
        }
    }
}

#[test]
fn a_crash_inside_a_transaction_undoes_all_of_it() {
    let steps = r#"{"id":"a","kind":"db"},{"id":"b","kind":"db","primary":true}"#;
    let script = r#""crash consumer after a 1","crash consumer before ack 1""#;
    // The first call leaves nothing behind, so the second one does the work and is known by its id.
    let lane = r#"{"consumer":{"dedup":"atomic"}}"#;
    assert_eq!(applied(steps, lane, script), [1, 1]);
    let crashed = run(&format!(
        r#""scenario":{{"id":"own","steps":[{steps}]}},"messages":1,
        "faults":{{"latency_ms":[10,10],"script":["crash consumer after b 1"]}},"lanes":[{lane}]"#
    ));
    let crash = crashed.trace.steps.iter().find(|s| matches!(s.what, Event::Crashed { .. }));
    let crash = crash.expect("the line fires").no;
    let before = crashed.trace.steps.iter().take_while(|step| step.no < crash);
    assert_eq!(before.filter(|s| matches!(s.what, Event::Applied { .. })).count(), 0);
    assert_eq!(crashed.count(|what| what == Event::Skipped(Guard::Table)), 0);
}

/// Two members look the id up before either writes it.
#[test]
fn a_stall_lies_between_the_look_up_of_the_id_and_the_first_step() {
    let lane = |dedup: &str| {
        format!(
            r#"{{"broker":{{"kind":"queue","redelivery_timeout_ms":1000}},
            "consumer":{{"dedup":"{dedup}","instances":2}}}}"#
        )
    };
    let stall = r#""slow 1 by 3s""#;
    assert_eq!(clicks(1, 0, stall, &lane("table_after")).ends(), [Duplicated]);
    assert_eq!(clicks(1, 0, stall, &lane("atomic")).ends(), [Once]);
    let before = clicks(1, 0, stall, &lane("table_before"));
    assert_eq!(before.ends(), [Once], "the id is there before the stall");
    assert_eq!(before.count(|what| matches!(what, Event::Skipped(_))), 1);
}

#[test]
fn failures_and_stalls_count_handler_calls() {
    let first = r#""crash consumer before receive 1""#;
    let failed = clicks(1, 0, &format!(r#"{first},"fail 1""#), "{}");
    assert!(failed.trace.unfired.is_empty(), "no call began before the crash");
    assert_eq!((failed.delivered(), failed.ends()), (vec![2], vec![Once]));
    let slow = clicks(1, 0, &format!(r#"{first},"slow 1 by 2s""#), "{}");
    assert!(slow.trace.unfired.is_empty());
}

#[test]
fn isolation_changes_what_a_reader_sees_and_nothing_else() {
    for dedup in ["none", "table_after", "atomic"] {
        for point in ["before write", "after write", "before ack", "after ack"] {
            let [committed, uncommitted] = ["read_committed", "read_uncommitted"].map(|isolation| {
                run(&format!(
                    r#""scenario":"pipeline","messages":2,
                    "faults":{{"latency_ms":[10,10],"script":["crash consumer {point} 1"]}},
                    "lanes":[{{"producer":{{"idempotent":true,"transactional":true}},
                    "consumer":{{"ack":"with_effect","dedup":"{dedup}","isolation":"{isolation}"}}}}]"#
                ))
            });
            assert_eq!(committed.ends(), [Once, Once], "{dedup} {point}");
            assert_eq!(committed.ends(), uncommitted.ends(), "{dedup} {point}");
            let works = |run: &Run| -> Vec<Event> {
                let steps = run.trace.steps.iter().map(|step| step.what);
                steps
                    .filter(|what| {
                        matches!(
                            what,
                            Event::Applied { .. }
                                | Event::Recorded(_)
                                | Event::HandlerStarted { .. }
                        )
                    })
                    .collect()
            };
            assert_eq!(works(&committed), works(&uncommitted), "{dedup} {point}");
        }
    }
}

// --- The horizon --------------------------------------------------------------------------------

#[test]
fn any_delivery_limit_is_reached() {
    let run = run(r#""messages":1,"faults":{"script":["crash consumer before credit 1#*"]},
        "lanes":[{"preset":"rabbitmq-quorum","broker":{"max_deliveries":21}}]"#);
    assert_eq!((run.ends(), run.delivered()), (vec![Parked], vec![21]));
    for kind in ["log", "queue"] {
        let lane = format!(
            r#"{{"broker":{{"kind":"{kind}","max_deliveries":900}},"consumer":{{"on_failure":"wait"}}}}"#
        );
        assert_eq!(clicks(1, 0, r#""poison 1""#, &lane).ends(), [Parked], "{kind}");
    }
}

#[test]
fn a_message_whose_time_never_runs_out_is_pending_at_once() {
    let run = run(
        r#""scenario":"email","messages":2,"faults":{"script":["crash consumer before send 1"]},
        "lanes":[{"preset":"redis-at-least-once","broker":{"redelivery_timeout_ms":"never"}}]"#,
    );
    assert_eq!(run.ends(), [Pending, Once]);
    assert!(matches!(run.trace.end, End::Stuck(at) if at.millis() < 60_000), "{:?}", run.trace.end);
    for kind in ["log", "queue"] {
        let broker = format!(r#"{{"broker":{{"kind":"{kind}","redelivery_timeout_ms":"never"}}}}"#);
        let slow = clicks(1, 0, r#""slow 1 by 100m""#, &broker);
        assert_eq!((slow.ends(), slow.delivered()), (vec![Once], vec![1]), "{kind}");
        assert!(slow.report.properties.settles, "{kind}");
        let silent = format!(
            r#"{{"broker":{{"kind":"{kind}","redelivery_timeout_ms":"never"}},"consumer":{{"on_failure":"wait"}}}}"#
        );
        let failed = clicks(1, 0, r#""fail 1""#, &silent);
        assert_eq!(
            (failed.ends(), failed.report.properties.settles),
            (vec![Pending], false),
            "{kind}"
        );
    }
}

// --- Stalls that are drawn ----------------------------------------------------------------------

#[test]
fn a_redelivery_timeout_above_the_stalls_that_are_drawn_shows_its_worth() {
    let duplicated = |timeout: u32, length: &str| {
        let run = run(&format!(
            r#""scenario":"email","messages":400,"interval_ms":1000,
            "faults":{{"slow":0.1,"slow_ms":{length}}},
            "lanes":[{{"broker":{{"kind":"queue","redelivery_timeout_ms":{timeout}}},"consumer":{{"instances":8}}}}]"#
        ));
        run.report.totals.duplicated
    };
    assert!(duplicated(30_000, "90000") > 10);
    assert_eq!(duplicated(180_000, "90000"), 0);
    assert!(duplicated(30_000, r#""past_timeout""#) > 10);
    assert!(duplicated(180_000, r#""past_timeout""#) > 10);
}

// --- Settings -----------------------------------------------------------------------------------

#[test]
fn a_late_acknowledgment_may_count_until_somebody_else_has_the_message() {
    for kind in ["log", "queue"] {
        let with = |late: &str, instances: u32| {
            let lane = format!(
                r#"{{"broker":{{"kind":"{kind}","late_ack":"{late}","redelivery_timeout_ms":2000}},
                "consumer":{{"instances":{instances}}}}}"#
            );
            let run = clicks(1, 0, r#""slow 1 by 3s""#, &lane);
            (run.ends(), run.count(|what| matches!(what, Event::LateAck { accepted: true, .. })))
        };
        // Alone, nobody else can have it: SQS, whose worker takes 45 s of 30.
        assert_eq!(with("until_redelivered", 1), (vec![Once], 1), "{kind}");
        assert_eq!(with("reject", 1).0, [Duplicated], "{kind}");
        assert_eq!(with("until_redelivered", 2), (vec![Duplicated], 0), "{kind}");
    }
    let sqs = run(r#""scenario":"email","messages":1,"lanes":[{"preset":"sqs-standard",
        "broker":{"late_ack":"until_redelivered"},"consumer":{"instances":1,"processing_ms":45000}}]"#);
    assert_eq!((sqs.ends(), sqs.report.properties.settles), (vec![Once], true));
}

#[test]
fn a_lost_connection_returns_everything_unanswered_at_once() {
    let lane = |how: &str, more: &str| {
        format!(
            r#"{{"preset":"rabbitmq-quorum","broker":{{"on_disconnect":"{how}"{more}}},
            "consumer":{{"batch":3,"processing_ms":500}}}}"#
        )
    };
    let with = |how: &str, more: &str, script: &str| {
        run(&format!(
            r#""messages":4,"interval_ms":0,"faults":{{"script":[{script}]}},"lanes":[{}]"#,
            lane(how, more)
        ))
    };
    // A lost acknowledgment: what was handled after it and not acknowledged comes again as well.
    let lost = with("requeue", "", r#""drop ack 2""#);
    assert_eq!(lost.ends()[..3], [Once, Duplicated, Duplicated], "{:?}", lost.ends());
    assert!(lost.trace.end.at().millis() < 20_000);
    assert_eq!(with("wait", "", r#""drop ack 2""#).ends(), [Once, Duplicated, Once, Once]);
    // A crash: a second later, and not after the half hour of the acknowledgment timeout.
    let crashed = with("requeue", "", r#""crash consumer before credit 2""#);
    assert_eq!(crashed.ends(), [Once; 4]);
    assert!(crashed.trace.end.at().millis() < 20_000);
    assert_eq!(crashed.order(0), [1, 2, 3, 4], "in their old places");
    // The neighbours' counts rise with it.
    let script = r#""crash consumer before credit 3#*""#;
    let parked = with("requeue", r#","max_deliveries":3"#, script);
    assert_eq!(parked.ends()[2], Parked);
    assert_eq!(parked.ends()[3], Parked, "its neighbour in the buffer");
}

#[test]
fn a_connection_dies_with_its_node() {
    let with = |to: &str| {
        run(&format!(
            r#""messages":2,"faults":{{"script":["crash broker before write 2"]}},
            "lanes":[{{"preset":"rabbitmq-quorum","broker":{{"on_disconnect":"requeue","connected_to":"{to}"}},
            "consumer":{{"processing_ms":2500}}}}]"#
        ))
    };
    assert_eq!(with("leader").ends(), [Duplicated, Once]);
    assert_eq!(with("other").ends(), [Once, Once]);
}

#[test]
fn a_group_hands_nothing_out_behind_what_is_not_settled() {
    let with = |order: &str, script: &str, instances: u32| {
        clicks(
            3,
            50,
            script,
            &format!(
                r#"{{"broker":{{"kind":"queue","order":"{order}","redelivery_delay_ms":500}},
                "consumer":{{"instances":{instances},"batch":2}}}}"#
            ),
        )
    };
    for instances in [1, 3] {
        for script in ["", r#""fail 1""#, r#""fail 2""#, r#""crash consumer before count 1""#] {
            let kept = with("group", script, instances);
            assert_eq!(kept.order(0), [1, 2, 3], "{script}");
            assert!(kept.report.properties.settles);
        }
        assert_eq!(with("none", r#""fail 1""#, instances).order(0), [2, 3, 1]);
    }
    let sqs = run(r#""messages":3,"interval_ms":50,"faults":{"script":["fail 1"]},
        "lanes":[{"preset":"sqs-fifo","broker":{"order":"group"}}]"#);
    assert!(sqs.report.properties.in_order);
    let each = run(&format!(
        r#"{EACH},"messages":3,"interval_ms":50,"faults":{{"script":["fail 1"]}},
        "lanes":[{{"broker":{{"kind":"queue","order":"group","redelivery_delay_ms":500}}}}]"#
    ));
    assert_eq!(each.order(0), [2, 3, 1], "another key does not wait");
}

#[test]
fn a_confirmed_acknowledgment_is_repeated_until_it_is_answered() {
    let with = |confirmed: bool, script: &str| {
        clicks(
            1,
            0,
            script,
            &format!(
                r#"{{"broker":{{"kind":"queue"}},"consumer":{{"ack_confirmed":{confirmed}}}}}"#
            ),
        )
    };
    assert_eq!(with(false, r#""drop ack 1""#).ends(), [Duplicated]);
    let twice = with(true, r#""drop ack 1","drop ack 1#2""#);
    assert_eq!((twice.ends(), twice.delivered()), (vec![Once], vec![1]));
    assert!(twice.report.properties.settles);
    let answers = twice.trace.packets.iter().filter(|packet| packet.leg == Leg::Confirm);
    assert_eq!(answers.count(), 1);
}

#[test]
fn a_cumulative_acknowledgment_settles_what_came_before_even_if_it_failed() {
    let with = |scope: &str| {
        clicks(
            4,
            10,
            r#""fail 2""#,
            &format!(
                r#"{{"broker":{{"kind":"queue","redelivery_delay_ms":1000}},
                "consumer":{{"batch":3,"ack_scope":"{scope}"}}}}"#
            ),
        )
    };
    let cumulative = with("cumulative");
    assert_eq!(cumulative.ends(), [Once, Lost, Once, Once]);
    assert_eq!(cumulative.trace.packets.iter().filter(|p| p.leg == Leg::Ack).count(), 3);
    assert_eq!(with("single").ends(), [Once; 4]);
}

#[test]
fn a_stranger_waits_until_the_time_of_the_old_member_has_run_out() {
    let with = |membership: &str, instances: u32| {
        let run = run(&format!(
            r#""messages":1,"faults":{{"script":["crash consumer before credit 1"]}},
            "lanes":[{{"preset":"kafka-at-least-once",
            "consumer":{{"membership":"{membership}","instances":{instances}}}}}]"#
        ));
        assert_eq!(run.ends(), [Once]);
        run.trace.end.at().millis()
    };
    assert!(with("static", 1) < 5_000);
    let lease = 45_000..50_000;
    assert!(lease.contains(&with("dynamic", 1)), "{}", with("dynamic", 1));
    assert!(lease.contains(&with("dynamic", 2)));
}

#[test]
fn a_handler_that_rejects_gives_its_message_up_at_once() {
    for kind in ["log", "queue"] {
        for (dead_letter, end) in [(true, Parked), (false, Lost)] {
            let lane = format!(
                r#"{{"broker":{{"kind":"{kind}","dead_letter":{dead_letter}}},"consumer":{{"on_failure":"reject"}}}}"#
            );
            let run = clicks(2, 0, r#""poison 1""#, &lane);
            assert_eq!((run.ends(), run.delivered()), (vec![end, Once], vec![1, 1]), "{kind}");
            assert!(run.report.properties.settles, "{kind}");
        }
    }
}

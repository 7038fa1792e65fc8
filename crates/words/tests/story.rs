//! The laws of the words: whatever happens in a run, there is a sentence for it, and it is true.

use ackground_core::audit::{self, Outcome};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{self, Because, Carries, Event, Leg, MessageNo, Step, Trace};
use ackground_testkit::random;
use ackground_words::story::{self, Sentence};
use proptest::prelude::*;
use random::experiment as small_experiment;

/// Experiments whose names are plain, so that a test of the words is not a test of the names.
fn plainly_named() -> impl Strategy<Value = Experiment> {
    small_experiment().prop_map(|mut experiment| {
        if experiment.scenario.built_in().is_none() {
            experiment.scenario = Experiment::default().scenario;
        }
        experiment
    })
}

/// Whether a packet was lost because a line of the script cuts the network.
fn is_a_cut(experiment: &Experiment, because: Because) -> bool {
    let Because::Script(line) = because else {
        return false;
    };
    let lines = experiment.faults.script.lines();
    matches!(
        lines.get(usize::from(line)),
        Some(ackground_core::experiment::script::Line::Partition(..))
    )
}

/// The deliveries of a message that leave after a step.
fn deliveries_after(trace: &Trace, step: &Step) -> usize {
    let sent = trace.steps[step.no.0 as usize + 1..].iter().filter_map(|later| match later.what {
        Event::Sent(no) => Some(trace.packet(no)),
        _ => None,
    });
    sent.filter(|packet| {
        Some(packet.message) == step.message
            && packet.repeats.is_none()
            && matches!(packet.carries, Carries::Delivery(_))
    })
    .count()
}

/// The whole run in words, for a failure.
fn whole(experiment: &Experiment, lane: usize, trace: &Trace) -> String {
    let lines = story::transcript(experiment, lane, trace).into_iter();
    lines.map(|line| format!("{} {}\n", story::clock(line.at), line.sentence)).collect()
}

fn is_well_formed(sentence: &Sentence) -> Result<(), TestCaseError> {
    let text = sentence.to_string();
    prop_assert!(sentence.lead.ends_with('.') && sentence.lead.len() > 10, "{text}");
    prop_assert!(sentence.rest.is_empty() || sentence.rest.ends_with('.'), "{text}");
    prop_assert!(sentence.lead.starts_with(char::is_uppercase), "{text}");
    prop_assert!(!sentence.rest.starts_with(char::is_lowercase), "{text}");
    prop_assert!(text.len() < 330, "calm and short: {text}");
    prop_assert!(text.matches(". ").count() <= 1, "at most two sentences: {text}");
    for wrong in ["{", "}", "  ", "..", " ,", "None", "Some", "\n"] {
        prop_assert!(!text.contains(wrong), "{wrong:?} in {text}");
    }
    Ok(())
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
    fn every_event_has_a_sentence(experiment in plainly_named()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let lines = story::transcript(&experiment, lane, &trace);
            prop_assert_eq!(lines.len(), trace.steps.len());
            for line in lines {
                is_well_formed(&line.sentence)?;
            }
        }
    }

    #[test]
    fn no_name_can_upset_a_sentence(experiment in small_experiment()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let report = audit::judge(&experiment, &trace);
            for line in story::transcript(&experiment, lane, &trace) {
                prop_assert!(!line.sentence.lead.is_empty());
            }
            for index in 0..experiment.messages.get() as usize {
                let message = MessageNo::from_index(index);
                prop_assert!(!story::outcome(&experiment, lane, &trace, &report, message).is_empty());
                story::why(&experiment, lane, &trace, &report, message);
            }
        }
        prop_assert!(!story::headline(&experiment).title.is_empty());
    }

    #[test]
    fn what_is_said_of_losses_and_of_the_future_is_so(experiment in plainly_named()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            for step in &trace.steps {
                let text = story::narrate(&experiment, lane, &trace, step.no).to_string();
                let fate = match step.what {
                    Event::Sent(no) => trace.packet(no).lost,
                    _ => None,
                };
                let cut = fate.is_some_and(|because| is_a_cut(&experiment, because));
                let lead = text.split(". ").next().unwrap_or_default();
                prop_assert_eq!(lead.contains("lost on the wire"), fate.is_some() && !cut, "{}", text);
                prop_assert_eq!(lead.contains("lost: the network is cut"), cut, "{}", text);
                if text.contains("will not redeliver it") {
                    prop_assert!(deliveries_after(&trace, step) == 0, "{}", text);
                }
                if text.contains("it will redeliver the message") || text.contains("will redeliver message") {
                    prop_assert!(deliveries_after(&trace, step) > 0, "{}", text);
                }
            }
        }
    }

    #[test]
    fn a_repeated_effect_always_has_a_cause(experiment in plainly_named()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let mut seen = std::collections::BTreeSet::new();
            for step in &trace.steps {
                let Event::Applied { step: which } = step.what else { continue };
                if seen.insert((step.message, which)) {
                    continue;
                }
                let sentence = story::narrate(&experiment, lane, &trace, step.no);
                prop_assert!(sentence.lead.contains(" time."), "{}", sentence);
                let vague = ["was handled before", "it was not acknowledged"];
                prop_assert!(!vague.iter().any(|vague| sentence.rest.contains(vague)), "{} in\n{}", sentence, whole(&experiment, lane, &trace));
            }
        }
    }

    #[test]
    fn every_result_has_a_few_words_and_every_harm_a_chain(experiment in plainly_named()) {
        for lane in 0..experiment.lanes.len() {
            let trace = sim::simulate(&experiment, lane);
            let report = audit::judge(&experiment, &trace);
            for (index, record) in report.messages.iter().enumerate() {
                let message = MessageNo::from_index(index);
                let words = story::outcome(&experiment, lane, &trace, &report, message);
                prop_assert!(!words.is_empty() && words.chars().count() < 80, "{}", words);
                let chain = story::why(&experiment, lane, &trace, &report, message);
                prop_assert!(chain.links.len() <= 5, "{:#?}", chain);
                for sentence in chain.sentences() {
                    is_well_formed(sentence)?;
                }
                for link in &chain.links {
                    prop_assert_eq!(link.at, trace.step(link.step).at);
                    let told = story::narrate(&experiment, lane, &trace, link.step);
                    prop_assert_eq!(&link.sentence, &told, "a link leads to what it tells");
                }
                prop_assert!(chain.links.is_sorted_by_key(|link| link.step), "{:#?}", chain);
                let harm = matches!(record.end, Outcome::Lost | Outcome::Duplicated | Outcome::Parked);
                // Of what is still open it may say what it waits for.
                prop_assert!(chain.verdict.is_some() == harm || record.end == Outcome::Pending);
                let told = chain.sentences().count();
                match record.end {
                    Outcome::Lost => {
                        prop_assert!(words != "lost", "no cause found for {message} in\n{}", whole(&experiment, lane, &trace));
                        prop_assert!(told >= 2, "{:#?}", chain);
                    }
                    Outcome::Duplicated => prop_assert!(told >= 3, "{:#?}", chain),
                    Outcome::Parked => prop_assert!(told >= 2, "{:#?}", chain),
                    Outcome::Once | Outcome::Pending => {}
                }
            }
        }
    }

    #[test]
    fn a_result_on_the_way_is_never_a_loss(experiment in plainly_named(), part in 0_u64..100) {
        let trace = sim::simulate(&experiment, 0);
        let until = trace.end.at().share(part, 100);
        let report = audit::judge_until(&experiment, &trace, until);
        for (index, record) in report.messages.iter().enumerate() {
            let words = story::outcome(&experiment, 0, &trace, &report, MessageNo::from_index(index));
            prop_assert!(record.end != Outcome::Pending || !words.contains("lost"), "{}", words);
            story::why(&experiment, 0, &trace, &report, MessageNo::from_index(index));
        }
    }
}

/// One lane of the first screen's payments with these settings and these faults.
fn one_lane(lane: &str, script: &str) -> (Experiment, Trace) {
    let script: Vec<String> = script
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("\"{}\"", line.trim()))
        .collect();
    let json = format!(
        r#"{{"version": 1, "messages": 1, "lanes": [{lane}], "faults": {{"script": [{}]}}}}"#,
        script.join(", ")
    );
    let experiment = Experiment::from_json(&json).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let trace = sim::simulate(&experiment, 0);
    (experiment, trace)
}

/// The sentence of the last event of a kind.
fn last(experiment: &Experiment, trace: &Trace, is: impl Fn(&Event) -> bool) -> String {
    let step = trace.steps.iter().rfind(|step| is(&step.what)).expect("it happens");
    story::narrate(experiment, 0, trace, step.no).to_string()
}

fn effect(what: &Event) -> bool {
    *what == Event::Applied { step: 0 }
}

fn result(experiment: &Experiment, trace: &Trace) -> String {
    story::outcome(experiment, 0, trace, &audit::judge(experiment, trace), MessageNo::from_index(0))
}

#[test]
fn a_crash_between_effect_and_acknowledgment_is_named_as_the_cause_of_the_repeat() {
    let (experiment, trace) =
        one_lane(r#"{"preset": "at-least-once"}"#, "crash consumer before ack 1");
    let arrival = last(
        &experiment,
        &trace,
        |what| matches!(what, Event::Arrived(no) if trace.packet(*no).leg == Leg::Deliver),
    );
    assert_eq!(
        arrival,
        "Message 1 arrives again. The crash came after the account was credited but before the \
         acknowledgment, so the broker must redeliver it."
    );
    let repeat = last(&experiment, &trace, effect);
    assert!(repeat.contains("The crash came after the account was credited"), "{repeat}");
    assert!(repeat.contains("keeps no IDs"), "{repeat}");
    assert_eq!(result(&experiment, &trace), "credited twice");
}

#[test]
fn a_lost_acknowledgment_is_named_as_the_cause_of_the_repeat() {
    let lane = r#"{"preset": "at-least-once", "broker": {"kind": "queue"}}"#;
    let (experiment, trace) = one_lane(lane, "drop ack 1");
    let repeat = last(&experiment, &trace, effect);
    assert!(repeat.contains("its acknowledgment was lost"), "{repeat}");
}

#[test]
fn a_lost_answer_is_named_as_the_cause_of_the_second_copy() {
    let (experiment, trace) = one_lane(r#"{"preset": "at-least-once"}"#, "drop publish-ack 1");
    let resend = last(
        &experiment,
        &trace,
        |what| matches!(what, Event::Sent(no) if trace.packet(*no).leg == Leg::Publish),
    );
    assert!(resend.contains("its reply was lost"), "{resend}");
    let repeat = last(&experiment, &trace, effect);
    assert!(repeat.contains("has stored message 1 twice"), "{repeat}");
}

#[test]
fn a_memory_that_went_with_the_crash_is_named() {
    let lane = r#"{"preset": "at-least-once", "consumer": {"dedup": "memory"}}"#;
    let (experiment, trace) = one_lane(lane, "crash consumer before ack 1");
    let repeat = last(&experiment, &trace, effect);
    assert!(repeat.contains("kept the IDs in memory, where the crash erased them"), "{repeat}");
}

#[test]
fn an_id_written_before_the_effect_is_named_as_the_cause_of_the_loss() {
    let lane = r#"{"preset": "at-least-once", "consumer": {"dedup": "table_before"}}"#;
    let (experiment, trace) = one_lane(lane, "crash consumer after record 1");
    let skip = last(&experiment, &trace, |what| matches!(what, Event::Skipped(_)));
    assert!(skip.contains("looks done, but the account was not credited"), "{skip}");
    assert_eq!(result(&experiment, &trace), "marked done, never done");
}

#[test]
fn a_message_that_only_memory_knew_is_forgotten() {
    let lane = r#"{"preset": "at-least-once", "producer": {"source": "direct"}}"#;
    let (experiment, trace) = one_lane(lane, "crash producer before publish 1");
    assert_eq!(result(&experiment, &trace), "forgotten by the sender");
}

#[test]
fn a_repeat_that_shares_its_transaction_with_the_effect_is_skipped() {
    let (experiment, trace) =
        one_lane(r#"{"preset": "effectively-once"}"#, "crash consumer before ack 1");
    let skip = last(&experiment, &trace, |what| matches!(what, Event::Skipped(_)));
    assert!(skip.contains("in the same transaction as the effect"), "{skip}");
    assert_eq!(result(&experiment, &trace), "once · 1 duplicate skipped");
}

#[test]
fn the_rest_of_the_results_have_their_words() {
    let cases = [
        (r#"{"preset": "at-most-once"}"#, "drop publish 1", "lost on the wire"),
        (r#"{"preset": "at-most-once"}"#, "crash consumer before credit 1", "lost in the crash"),
        (r#"{"preset": "at-most-once"}"#, "fail 1", "failed, not tried again"),
        (
            r#"{"preset": "at-least-once", "producer": {"retries": 0}}"#,
            "drop publish 1",
            "given up by the sender",
        ),
        (r#"{"preset": "at-least-once", "broker": {"max_deliveries": 2}}"#, "poison 1", "parked"),
        (
            r#"{"preset": "at-least-once", "broker": {"max_deliveries": 2, "dead_letter": false}}"#,
            "poison 1",
            "discarded",
        ),
        (r#"{"preset": "at-least-once"}"#, "", "once"),
        (
            r#"{"preset": "at-most-once", "broker": {"replicas": 1, "min_in_sync": 1}}"#,
            "crash broker after write 1",
            "lost with a broker node",
        ),
        (
            r#"{"preset": "at-most-once", "broker": {"replicas": 1, "min_in_sync": 1}}"#,
            "partition producer 0s..1s",
            "lost: network cut",
        ),
        (
            r#"{"preset": "at-least-once",
                "producer": {"idempotent": true, "transactional": true, "source": "direct"}}"#,
            "crash producer after publish 1",
            "lost: transaction aborted",
        ),
    ];
    for (lane, script, words) in cases {
        let (experiment, trace) = one_lane(lane, script);
        assert_eq!(result(&experiment, &trace), words, "{lane} {script}");
    }
}

#[test]
fn a_copy_that_went_with_its_node_is_told_from_the_crash_on() {
    let lane = r#"{"preset": "at-least-once", "producer": {"acks": "leader"}, "broker": {"min_in_sync": 1}}"#;
    let (experiment, trace) = one_lane(lane, "crash broker before replicate 1");
    let report = audit::judge(&experiment, &trace);
    let chain = story::why(&experiment, 0, &trace, &report, MessageNo::from_index(0));
    let chain: Vec<String> = chain.sentences().map(Sentence::to_string).collect();
    assert_eq!(
        chain,
        [
            "Broker node 1 crashes just before message 1 is copied to the other nodes. It loses \
             what it wrote in the last 1 s; broker node 2 takes over.",
            "Broker node 2 leads the log now. It was in sync, but one message that it \
             does not have is gone.",
            "The last copy of message 1 is gone. The reply that it is safe is already on \
             its way to Sender's bank.",
            "The money left one account and never reached the other. Sender's bank thinks it \
             succeeded.",
        ]
    );
}

#[test]
fn a_member_that_goes_on_after_its_time_is_named_as_the_cause_of_the_repeat() {
    let lane = r#"{"preset": "at-least-once", "consumer": {"instances": 2}, "broker": {"redelivery_timeout_ms": 2000}}"#;
    let (experiment, trace) = one_lane(lane, "slow 1 by 3s");
    let repeat = last(&experiment, &trace, effect);
    assert!(
        repeat.contains(
            "Receiver's bank 1 kept working after its time had run out and Receiver's bank 2 had taken over"
        ),
        "{repeat}"
    );
}

#[test]
fn a_refusal_after_the_write_is_named_as_the_cause_of_the_second_copy() {
    let lane = r#"{"preset": "at-least-once", "broker": {"replicas": 2, "min_in_sync": 2}}"#;
    let (experiment, trace) = one_lane(lane, "crash follower before replicate 1");
    let repeat = last(&experiment, &trace, effect);
    assert!(
        repeat.contains("because the broker refused it after it had stored a copy"),
        "{repeat}"
    );
}

#[test]
fn an_id_that_was_dropped_is_told_by_the_setting_that_dropped_it() {
    let lane = r#"{"preset": "effectively-once", "consumer": {"dedup_ttl_ms": 1}}"#;
    let (experiment, trace) = one_lane(lane, "crash consumer before ack 1");
    let repeat = last(&experiment, &trace, effect);
    assert!(repeat.contains("its ID was kept for only 1 ms"), "{repeat}");
}

#[test]
fn before_its_time_a_message_waits() {
    let experiment = Experiment::default();
    let trace = sim::simulate(&experiment, 0);
    let report = audit::judge_until(&experiment, &trace, sim::Time::ZERO);
    let words: Vec<String> = (0..3)
        .map(|index| story::outcome(&experiment, 0, &trace, &report, MessageNo::from_index(index)))
        .collect();
    assert_eq!(words, ["in progress", "waiting", "waiting"]);
}

/// Found by chance: its sender gave up, every delivery ran out of time, and no words were there for that.
#[test]
fn a_message_whose_deliveries_all_ran_out_of_time_has_a_cause() {
    let text = r#"{"version": 1,
        "messages": 1,
        "lanes": [{"broker": {"max_deliveries": 3,
        "dead_letter": false,
        "redelivery_timeout_ms": 1000},
        "consumer": {"instances": 3,
        "ack": "with_effect",
        "processing_ms": 6000}}]}"#;
    let experiment = Experiment::from_json(text).expect("it is an experiment");
    let trace = sim::simulate(&experiment, 0);
    let report = audit::judge(&experiment, &trace);
    let first = MessageNo::from_index(0);
    assert_eq!(report.messages[0].end, Outcome::Lost);
    let words = story::outcome(&experiment, 0, &trace, &report, first);
    assert_eq!(words, "discarded");
    let chain = story::why(&experiment, 0, &trace, &report, first);
    assert!(chain.links.len() > 1 && chain.verdict.is_some(), "{chain:#?}");
}

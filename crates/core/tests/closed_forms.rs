//! The simulator against arithmetic: rates measured over many messages and the closed forms that
//! they must follow.
//!
//! Messages of one seed share no luck, so a run of a thousand messages is a thousand trials. A
//! measured share may differ from its probability by five standard deviations of a binomial,
//! `5 sqrt(P (1 - P) / N)`, and a measured mean by five standard errors, `5 S / sqrt(N)` with `S`
//! the standard deviation in the sample: by chance alone, one comparison in two million is further
//! off. Seeds are fixed, so a test that passes once passes always.
#![cfg(not(target_arch = "wasm32"))]

use ackground_core::audit::Learnt;
use ackground_core::sim::{Event, Leg};
use ackground_testkit::run;
use run::{Run, lane, run_with};

/// Messages in one run; the most that the format allows.
const MESSAGES: u32 = 1000;
/// Faster than any wait, so that only losses decide.
const QUICK: &str = r#""latency_ms": [1, 1]"#;
/// Resends follow at once.
const NO_BACKOFF: &str = r#""request_timeout_ms": 10, "backoff": {"first_ms": 0}"#;
/// One step, the primary one.
const METRICS: &str = r#""scenario": "metrics""#;

/// What is counted of one message.
#[derive(Clone, Default)]
struct Counts {
    stored: u32,
    publishes: u32,
    answers: u32,
    deliveries: u32,
    effects: u32,
    calls: u32,
    parked: bool,
    ok: bool,
}

fn count(run: &Run) -> Vec<Counts> {
    let mut all = vec![Counts::default(); run.report.messages.len()];
    for packet in &run.trace.packets {
        let counts = &mut all[packet.message.index()];
        match packet.leg {
            Leg::Publish => counts.publishes += 1,
            Leg::PublishAck => counts.answers += 1,
            Leg::Deliver => counts.deliveries += 1,
            _ => {}
        }
    }
    for step in &run.trace.steps {
        let Some(message) = step.message else {
            continue;
        };
        let counts = &mut all[message.index()];
        match step.what {
            Event::Stored { .. } => counts.stored += 1,
            Event::HandlerStarted { .. } => counts.calls += 1,
            Event::Parked { .. } => counts.parked = true,
            Event::Applied { .. } => counts.effects += 1,
            _ => {}
        }
    }
    for (counts, message) in all.iter_mut().zip(&run.report.messages) {
        counts.ok = message.told == Learnt::Ok;
    }
    all
}

/// Every message of so many seeds.
fn sample(seeds: u32, lane: &str, interval: u32, faults: &str) -> Vec<Counts> {
    let faults = format!("{QUICK}, {faults}");
    let mut all = Vec::new();
    for seed in 1..=seeds {
        let rest = format!(
            r#"{METRICS}, "messages": {MESSAGES}, "interval_ms": {interval}, "seed": {seed}"#
        );
        let run = run_with(lane, &[], &rest, &faults);
        assert!(run.report.properties.settles, "nothing is left open");
        all.extend(count(&run));
    }
    all
}

/// The share of messages of which this is true, against its probability.
fn share(name: &str, sample: &[Counts], expected: f64, is: impl Fn(&Counts) -> bool) {
    let trials = sample.len() as f64;
    let share = sample.iter().filter(|counts| is(counts)).count() as f64 / trials;
    let most = 5.0 * (expected * (1.0 - expected) / trials).sqrt();
    assert!(
        (share - expected).abs() <= most,
        "{name}: {share:.5} measured, {expected:.5} expected, {most:.5} allowed for {trials} trials"
    );
}

/// The mean of a count, against its expectation.
fn mean(name: &str, sample: &[Counts], expected: f64, of: impl Fn(&Counts) -> u32) {
    let trials = sample.len() as f64;
    let mean = sample.iter().map(|c| f64::from(of(c))).sum::<f64>() / trials;
    let squares = sample.iter().map(|c| (f64::from(of(c)) - mean).powi(2));
    let most = 5.0 * (squares.sum::<f64>() / (trials - 1.0) / trials).sqrt();
    assert!(
        (mean - expected).abs() <= most,
        "{name}: {mean:.5} measured, {expected:.5} expected, {most:.5} allowed for {trials} trials"
    );
}

fn queue(producer: &str, broker: &str, consumer: &str) -> String {
    let broker = format!(r#""kind": "queue", "replicas": 1, {broker} "flush": "each_write""#);
    let consumer = format!(r#"{consumer} "processing_ms": 0"#);
    lane(producer, &broker, &consumer)
}

#[test]
fn f1_fire_and_forget_over_two_legs() {
    let blind = queue(r#""acks": "none""#, "", r#""ack": "on_receive","#);
    let sample = sample(5, &blind, 1, r#""loss": {"publish": 0.1, "deliver": 0.1}"#);
    share("P(lost)", &sample, 1.0 - 0.9_f64.powi(2), |c| c.effects == 0);
    share("P(duplicate)", &sample, 0.0, |c| c.effects > 1);
}

/// The golden case: both losses 0.1, four attempts.
#[test]
fn f2_retry_until_acked_at_most_four_times() {
    let (p, q, n) = (0.1_f64, 0.1_f64, 4);
    let s = (1.0 - p) * (1.0 - q);
    let producer = format!(r#"{NO_BACKOFF}, "retries": {}"#, n - 1);
    let faults = r#""loss": {"publish": 0.1, "publish_ack": 0.1}"#;
    let sample = sample(20, &queue(&producer, "", ""), 1, faults);
    let all = (1.0 - s).powi(n);
    let first = f64::from(n) * (1.0 - p) * p.powi(n - 1);
    share("P(never stored)", &sample, p.powi(n), |c| c.stored == 0);
    share("P(told ok)", &sample, 1.0 - all, |c| c.ok);
    let failed = |c: &Counts| c.stored > 0 && !c.ok;
    share("P(stored, told error)", &sample, all - p.powi(n), failed);
    mean("E[attempts]", &sample, (1.0 - all) / s, |c| c.publishes);
    mean("E[copies]", &sample, (1.0 - all) / (1.0 - q), |c| c.stored);
    let one = (1.0 - p.powi(n)) * (1.0 - q) + q * first;
    share("P(one copy)", &sample, one, |c| c.stored == 1);
    let duplicate = q * (1.0 - p.powi(n) - first);
    share("P(duplicate)", &sample, duplicate, |c| c.stored > 1);
    for (value, golden) in [
        (p.powi(n), 0.0001),
        (1.0 - all, 0.998_696_79),
        (all, 0.001_303_21),
        ((1.0 - all) / s, 1.232_959),
        ((1.0 - all) / (1.0 - q), 1.109_663_1),
        (duplicate, 0.09963),
    ] {
        assert!((value - golden).abs() < 1e-6, "{value} is not {golden}");
    }
}

#[test]
fn f3_with_unlimited_retries_lost_requests_make_no_duplicates() {
    let q = 0.2_f64;
    for p in [0.0, 0.3] {
        let faults = format!(r#""loss": {{"publish": {p}, "publish_ack": {q}}}"#);
        let sample = sample(5, &queue(NO_BACKOFF, "", ""), 1, &faults);
        for k in 1..=4 {
            let exactly = (1.0 - q) * q.powi(k - 1);
            share("P(k copies)", &sample, exactly, |c| c.stored == k as u32);
        }
        share("P(duplicate)", &sample, q, |c| c.stored > 1);
        mean("E[copies]", &sample, 1.0 / (1.0 - q), |c| c.stored);
    }
}

#[test]
fn f5_ack_after_the_effect_at_most_three_deliveries() {
    let (failure, ack_loss, m) = (0.3_f64, 0.2_f64, 3);
    let (x, y) = (failure, (1.0 - failure) * ack_loss);
    let z = 1.0 - x - y;
    let broker = r#""max_deliveries": 3, "redelivery_timeout_ms": 10,"#;
    let faults = r#""failure": 0.3, "loss": {"ack": 0.2}"#;
    let sample = sample(8, &queue("", broker, ""), 1, faults);
    let both = (x + y).powi(m);
    share("P(no effect)", &sample, x.powi(m), |c| c.effects == 0);
    share("P(dead-lettered)", &sample, both, |c| c.parked);
    let although = |c: &Counts| c.parked && c.effects > 0;
    share("P(dead-lettered although applied)", &sample, both - x.powi(m), although);
    let not_twice = x.powi(m) + f64::from(m) * (1.0 - x) * x.powi(m - 1);
    let twice = y / (1.0 - x) * (1.0 - not_twice);
    share("P(two effects or more)", &sample, twice, |c| c.effects > 1);
    mean("E[effects]", &sample, (1.0 - x) * (1.0 - both) / z, |c| c.effects);
    mean("E[deliveries]", &sample, (1.0 - both) / z, |c| c.deliveries);
}

#[test]
fn f6_end_to_end_effects_are_a_geometric_sum_of_geometrics() {
    let s = (1.0 - 0.1_f64) * (1.0 - 0.2);
    let lane = queue(NO_BACKOFF, r#""redelivery_timeout_ms": 10,"#, "");
    let sample = sample(8, &lane, 1, r#""loss": {"publish_ack": 0.1, "ack": 0.2}"#);
    for t in 1..=4 {
        let exactly = s * (1.0 - s).powi(t - 1);
        share("P(T = t)", &sample, exactly, |c| c.effects == t as u32);
    }
    mean("E[T]", &sample, 1.0 / s, |c| c.effects);
    // Messages side by side share no luck: any five of them are five trials.
    let fives: Vec<Counts> = sample
        .chunks_exact(5)
        .map(|five| Counts {
            ok: five.iter().all(|counts| counts.effects == 1),
            ..Counts::default()
        })
        .collect();
    share("P(all five once)", &fives, s.powi(5), |c| c.ok);
}

/// A service time that outlasts the timeout, with any distribution, decides alone: here with the
/// share of an exponential one whose mean is 0.8 of the timeout.
#[test]
fn f7_visibility_timeout_with_late_acks_refused_runs_geometrically() {
    let late = (-1.0_f64 / 0.8).exp();
    let broker = r#""redelivery_timeout_ms": 100, "late_ack": "reject","#;
    let lane = queue("", broker, r#""instances": 8,"#);
    let faults = format!(r#""slow": {late}"#);
    let sample = sample(6, &lane, 200, &faults);
    let expected = 1.0 / (1.0 - late);
    assert!((expected - 1.401_551).abs() < 1e-6, "the golden case");
    mean("E[runs]", &sample, expected, |c| c.calls);
    for k in 1..=4 {
        let exactly = (1.0 - late) * late.powi(k - 1);
        share("P(k runs)", &sample, exactly, |c| c.calls == k as u32);
    }
}

#[test]
fn f7_constant_service_beyond_the_timeout_runs_every_delivery_or_until_the_first_ack() {
    for (service, most) in [(250, 3), (450, 5), (90, 1)] {
        let lane = |late_ack, deliveries| {
            let broker = format!(
                r#""kind": "queue", "redelivery_timeout_ms": 100, "late_ack": "{late_ack}",
                "max_deliveries": {deliveries}"#
            );
            let consumer = format!(r#""instances": 8, "processing_ms": {service}"#);
            lane("", &broker, &consumer)
        };
        let rest = r#""messages": 1, "scenario": "metrics""#;
        let rejected = run_with(&lane("reject", 6), &[], rest, QUICK);
        let expected = if service > 100 { (6, 1) } else { (1, 0) };
        let parked = |run: &Run| run.count(|w| matches!(w, Event::Parked { .. }));
        let runs = rejected.message(1).delivered;
        assert_eq!((runs, parked(&rejected)), expected, "{service} ms");
        let accepted = run_with(&lane("accept", 100), &[], rest, QUICK);
        assert_eq!(accepted.message(1).delivered, most, "{service} ms");
    }
}

/// What a race between a crash and replication decides is here the place of the crash: of six even
/// places, two lie between the answer and the copies, and three before the answer.
#[test]
fn f9_acks_of_the_leader_lose_what_crashes_between_the_answer_and_the_copies() {
    let crash = 0.3_f64;
    let (window, before) = (crash * 2.0 / 6.0, crash * 3.0 / 6.0);
    let faults = r#""crash": {"broker": 0.3}, "restart_ms": 10"#;
    let lane = |acks| {
        lane(
            &format!(r#"{NO_BACKOFF}, "acks": "{acks}""#),
            r#""replicas": 3, "min_in_sync": 1, "flush": "each_write""#,
            r#""processing_ms": 0"#,
        )
    };
    let leader = sample(5, &lane("leader"), 500, faults);
    let silent = |c: &Counts| c.ok && c.effects == 0;
    share("P(loss)", &leader, window / (1.0 - before), silent);
    let all = sample(2, &lane("all"), 500, faults);
    share("P(loss) with acks all", &all, 0.0, silent);
}

/// The consumer crashes at one of six even places: around receive, the step and the ack.
#[test]
fn f11_dedup_record_and_effect_in_separate_steps() {
    let crash = 0.3_f64;
    let place = crash / 6.0;
    let faults = r#""crash": {"consumer": 0.3}, "restart_ms": 10"#;
    let measured = |dedup: &str| {
        let consumer = format!(r#""processing_ms": 0, "dedup": "{dedup}""#);
        sample(5, &lane("", "", &consumer), 100, faults)
    };
    // Record first: the gap is one place; two places come before the record and only repeat.
    let first = measured("table_before");
    share("P(lost)", &first, place / (1.0 - 2.0 * place), |c| c.effects == 0);
    share("P(duplicate)", &first, 0.0, |c| c.effects > 1);
    // Effect first: the gap is one place; three places come before the effect and only repeat.
    let after = measured("table_after");
    let (x, y) = (3.0 * place, place);
    share("P(duplicate)", &after, y / (1.0 - x), |c| c.effects > 1);
    mean("E[effects]", &after, (1.0 - x) / (1.0 - x - y), |c| c.effects);
    share("P(lost)", &after, 0.0, |c| c.effects == 0);
    let atomic = measured("atomic");
    share("P(one effect)", &atomic, 1.0, |c| c.effects == 1);
}

#[test]
fn f13_attempts_under_a_delivery_timeout_when_every_attempt_times_out() {
    // Timeout, first and greatest backoff, delivery timeout; the first row is Kafka.
    for (timeout, first, greatest, delivery, attempts) in [
        (30_000, 100, 1000, 120_000, Some(4)),
        (1000, 100, 1000, 120_000, None),
        (1000, 200, 10_000, 5000, None),
        (500, 0, 0, 2000, Some(4)),
        (500, 0, 0, 2001, Some(5)),
        (2000, 50, 400, 1000, Some(1)),
    ] {
        let (mut begins, mut backoff, mut expected) = (0, first, 0);
        while begins < delivery {
            expected += 1;
            begins += timeout + backoff;
            backoff = (backoff * 2).min(greatest);
        }
        assert!(attempts.is_none_or(|attempts| attempts == expected));
        let producer = format!(
            r#""request_timeout_ms": {timeout}, "delivery_timeout_ms": {delivery},
            "backoff": {{"first_ms": {first}, "factor": 2, "max_ms": {greatest}}}"#
        );
        let rest = r#""messages": 1"#;
        let run = run_with(&lane(&producer, "", ""), &["drop publish 1#*"], rest, "");
        let told = (run.packets(Leg::Publish), run.learnt());
        assert_eq!(told, (expected, Learnt::Error), "{producer}");
    }
}

/// QoS 2 is two exchanges of a request and an answer, both repeated until they get through. The
/// model has one of the two, so it has half of the packets, and all of the exactness.
#[test]
fn f14_one_exchange_of_qos_2_with_packet_loss_and_retransmission() {
    let p = 0.2_f64;
    let producer = format!(r#"{NO_BACKOFF}, "idempotent": true, "max_in_flight": 1"#);
    let faults = r#""loss": {"publish": 0.2, "publish_ack": 0.2}"#;
    let sample = sample(5, &queue(&producer, "", ""), 1, faults);
    share("P(one copy)", &sample, 1.0, |c| c.stored == 1);
    let sender = 2.0 / (1.0 - p).powi(2);
    mean("E[sender packets]", &sample, sender / 2.0, |c| c.publishes);
    let receiver = 2.0 / (1.0 - p);
    mean("E[receiver packets]", &sample, receiver / 2.0, |c| c.answers);
}

//! The hardest experiments that the format allows: each run ends, settled or saying that it did not,
//! within its bound of steps.
#![cfg(not(target_arch = "wasm32"))]

use ackground_core::audit::{Audit, judge};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{End, Observer, Packet, Step, observe, simulate};

/// A run stops at this many steps a message, a start-up allowance, and what deliveries up to a limit may
/// take; what one event brings about may still be told after that, for every message at most a few facts.
fn most_steps(messages: u64, deliveries: Option<u64>) -> u64 {
    let limits = deliveries.unwrap_or(0).saturating_mul(12 * messages).min(40_000);
    6_000 + 100 * messages + limits + 10 * messages
}

#[derive(Default)]
struct Count(u64);

impl Observer for Count {
    fn see(&mut self, _: &Step, _: Option<&Packet>) {
        self.0 += 1;
    }
}

fn read(text: &str) -> Experiment {
    Experiment::from_json(text).unwrap_or_else(|mistakes| panic!("{text}\n{mistakes}"))
}

fn ends(experiment: &Experiment) -> Vec<End> {
    let messages = experiment.messages.get();
    let run = |lane| {
        let mut count = Count::default();
        let end = observe(experiment, lane, &mut count);
        let limit = experiment.lanes[lane].broker.max_deliveries.limit();
        let most = most_steps(messages, limit);
        assert!(count.0 <= most, "lane {lane}: {} steps of {most}", count.0);

        let mut audit = Audit::new(&experiment.scenario, messages as usize);
        assert_eq!(observe(experiment, lane, &mut audit), end, "twice the same");
        let report = audit.report(Some(end));
        let totals = report.totals;
        let sum = totals.once + totals.lost + totals.duplicated + totals.parked + totals.pending;
        assert_eq!(u64::from(sum), messages, "each message has one end");
        assert_eq!(report.settled.is_some(), end.settled(), "it says whether it settled");
        assert!(totals.pending == 0 || !end.settled());
        end
    };
    (0..experiment.lanes.len()).map(run).collect()
}

const LANES: [&str; 4] = [
    // Everything without limit, everything at once.
    r#"{"producer":{"retries":"unlimited","request_timeout_ms":1,"max_in_flight":100,
        "backoff":{"first_ms":0,"factor":1,"max_ms":0,"jitter":1}},
        "broker":{"partitions":8,"replicas":5,"min_in_sync":5,"flush":"never",
        "redelivery_timeout_ms":1,"redelivery_delay_ms":0},
        "consumer":{"instances":8,"batch":500,"processing_ms":0}}"#,
    r#"{"producer":{"idempotent":true,"transactional":true,"request_timeout_ms":1,"max_in_flight":100,
        "backoff":{"first_ms":0,"max_ms":0}},
        "broker":{"partitions":8,"replicas":5,"min_in_sync":1,"unclean_election":true,
        "redelivery_timeout_ms":1,"late_ack":"accept"},
        "consumer":{"instances":8,"batch":500,"processing_ms":0,"ack":"with_effect","dedup":"atomic"}}"#,
    r#"{"producer":{"acks":"leader","request_timeout_ms":1,"max_in_flight":100,
        "backoff":{"first_ms":0,"max_ms":0}},
        "broker":{"kind":"queue","partitions":8,"replicas":1,"redelivery_timeout_ms":1,
        "dedup_window_ms":31536000000},
        "consumer":{"instances":8,"batch":500,"processing_ms":0,"dedup":"memory","dedup_window":1,
        "dedup_ttl_ms":1}}"#,
    r#"{"preset":"at-most-once","producer":{"source":"direct","max_in_flight":100},
        "broker":{"partitions":8,"max_deliveries":1},
        "consumer":{"instances":8,"batch":500,"processing_ms":31536000000,"on_failure":"wait"}}"#,
];

fn experiment(scenario: &str, messages: u64, interval: u64, faults: &str) -> Experiment {
    let lanes = LANES.join(",");
    read(&format!(
        r#"{{"version":1,"scenario":"{scenario}","messages":{messages},"interval_ms":{interval},
        "faults":{faults},"lanes":[{lanes}]}}"#
    ))
}

const ALL_AT_ONE: &str = r#"{"loss":{"publish":1,"publish_ack":1,"deliver":1,"ack":1},
    "crash":{"producer":1,"broker":1,"consumer":1},"failure":1,"poison":1,"slow":1,
    "latency_ms":[0,0],"restart_ms":0}"#;

#[test]
fn everything_goes_wrong_every_time() {
    ends(&experiment("payment", 1000, 0, ALL_AT_ONE));
    for scenario in ["payment", "pipeline", "email", "clicks"] {
        for interval in [0, 1, 600_000] {
            ends(&experiment(scenario, 50, interval, ALL_AT_ONE));
        }
    }
}

/// With every rate at one most of a setup is never reached: here one thing at a time.
#[test]
fn one_thing_goes_wrong_every_time() {
    let faults = [
        r#""loss":{"publish":1}"#,
        r#""loss":{"publish_ack":1}"#,
        r#""loss":{"deliver":1}"#,
        r#""loss":{"ack":1}"#,
        r#""crash":{"producer":1}"#,
        r#""crash":{"broker":1}"#,
        r#""crash":{"consumer":1}"#,
        r#""failure":1"#,
        r#""poison":1"#,
        r#""slow":1"#,
    ];
    for fault in faults {
        for latency in ["[0,0]", "[0,600000]"] {
            let faults = format!(r#"{{{fault},"latency_ms":{latency},"restart_ms":0}}"#);
            ends(&experiment("metrics", 50, 0, &faults));
        }
    }
}

#[test]
fn half_of_everything_goes_wrong() {
    let half = ALL_AT_ONE.replace(":1", ":0.5").replace("0.5,\"slow\"", "0,\"slow\"");
    for seed in 1..=3 {
        let mut experiment = experiment("payment", 50, 10, &half);
        experiment.seed = ackground_core::experiment::value::Bounded::of(seed);
        ends(&experiment);
    }
}

#[test]
fn nothing_goes_wrong_and_nothing_takes_time() {
    let faults = r#"{"latency_ms":[0,0],"restart_ms":0}"#;
    let ends = ends(&experiment("clicks", 1000, 0, faults));
    assert!(ends[..3].iter().all(|end| end.settled()), "{ends:?}");
}

/// The longest script that there may be, every line for every occurrence of a message.
#[test]
fn a_script_of_two_hundred_lines_about_everything() {
    let mut experiment = experiment("payment", 100, 1, r#"{"latency_ms":[0,0]}"#);
    let kinds = [
        "duplicate publish M#*",
        "duplicate deliver M#*",
        "delay ack M#* by 525600m",
        "drop publish-ack M#*",
        "crash broker after replicate M#*",
        "crash consumer after credit M#*",
        "fail M#*",
        "slow M#* by 525600m",
    ];
    let lines = (0..200).filter_map(|line| {
        let text = kinds[line % kinds.len()].replace('M', &(line / 8 + 1).to_string());
        text.parse().ok()
    });
    let script = ackground_core::experiment::script::Script::new(lines.collect());
    experiment.faults.script = script.expect("at most two hundred lines");
    assert!(experiment.faults.script.lines().len() >= 150);
    ends(&experiment);
}

/// Recording a run of the greatest length gives what observing it gives.
#[test]
fn the_record_of_a_long_run_is_judged_as_the_run_itself() {
    let experiment = experiment("clicks", 1000, 1, r#"{"loss":{"ack":0.5},"failure":0.5}"#);
    for lane in 0..experiment.lanes.len() {
        let mut audit = Audit::new(&experiment.scenario, 1000);
        let end = observe(&experiment, lane, &mut audit);
        let trace = simulate(&experiment, lane);
        assert_eq!(audit.report(Some(end)), judge(&experiment, &trace));
    }
}

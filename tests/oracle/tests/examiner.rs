//! The examiner: random experiments, made by the simulator and judged by the model. What the model does not allow is
//! shrunk and shown with both outcomes.
//!
//! `ACKGROUND_EXAMINER_SETUPS` says how many experiments are asked (4,000 without it), `ACKGROUND_EXAMINER_SEED` with
//! which one to begin, and `ACKGROUND_EXAMINER_ASK_ALL` asks also what is listed as not yet asked.

mod examiner {
    pub mod dice;
    pub mod generate;
    pub mod not_yet;
    pub mod product;
    pub mod shrink;
}

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;

use ackground_oracle::format::Setup;
use ackground_oracle::{End, Outcome, Told, Verdict, allowed, judge};
use examiner::dice::Dice;
use examiner::{generate, not_yet, product, shrink};
use serde_json::{Value, json};

/// Runs of the model for one experiment. One is enough for nearly all.
const RUNS: u64 = 600;

/// Differences that are shrunk and shown; the others are counted.
const SHOWN: usize = 12;

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What is wrong with the simulator's outcome of an experiment.
fn difference(experiment: &Value) -> Option<String> {
    let text = experiment.to_string();
    let setup = Setup::read(&text).ok()?;
    let outcomes = product::outcomes(experiment).ok()?;
    match judge(&setup, &outcomes, RUNS) {
        Verdict::Forbidden { messages, allowed, runs } => {
            let mut told = format!("{text}\n");
            for message in messages {
                let may: Vec<String> =
                    allowed[message - 1].iter().map(ToString::to_string).collect();
                let is = &outcomes[message - 1];
                let _ = writeln!(told, "  message {message}: {is}; allowed: {}", may.join(" | "));
            }
            let _ = writeln!(told, "  ({runs} runs of the model)");
            Some(told)
        }
        Verdict::Allowed { .. } | Verdict::Undecided { .. } => None,
    }
}

#[test]
fn the_simulator_does_nothing_that_the_format_does_not_allow() {
    let setups = number("ACKGROUND_EXAMINER_SETUPS", 4000);
    let first = number("ACKGROUND_EXAMINER_SEED", 1);
    let asks_all = env::var_os("ACKGROUND_EXAMINER_ASK_ALL").is_some();
    let is_asked = |experiment: &Value| asks_all || not_yet::reason(experiment).is_none();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut count = |what: &str| *counts.entry(what.to_owned()).or_default() += 1;
    let mut differences = Vec::new();
    let (mut asked, mut seed) = (0, first);
    while asked < setups {
        let experiment = generate::experiment(&mut Dice::new(seed));
        let text = experiment.to_string();
        seed += 1;
        assert!(seed - first <= 20 * setups, "nearly nothing is asked");
        if !is_asked(&experiment) {
            count("not yet asked");
            continue;
        }
        asked += 1;
        let Ok(setup) = Setup::read(&text) else {
            count("not covered");
            continue;
        };
        let outcomes = match product::outcomes(&experiment) {
            Ok(outcomes) => outcomes,
            Err(mistake) => panic!("the simulator refuses what the model reads: {mistake}\n{text}"),
        };
        match judge(&setup, &outcomes, RUNS) {
            Verdict::Allowed { together: true } => count("allowed"),
            Verdict::Allowed { together: false } => count("allowed, one by one"),
            Verdict::Undecided { .. } => count("undecided"),
            Verdict::Forbidden { .. } => {
                count("forbidden");
                if differences.len() < SHOWN {
                    let smallest = shrink::smallest(experiment, |smaller| {
                        is_asked(smaller) && difference(smaller).is_some()
                    });
                    differences.extend(difference(&smallest));
                }
            }
        }
    }
    let shown: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
    let shown = format!("{setups} setups: {}", shown.join(", "));
    differences.sort_by_key(|told| (told.len(), told.clone()));
    differences.dedup();
    assert!(differences.is_empty(), "{shown}\n{}", differences.join("\n"));
    // What the model does not answer is no agreement.
    let of = |what: &str| counts.get(what).copied().unwrap_or_default();
    assert!(of("not covered") * 10 <= asked, "the model covers too little: {shown}");
    assert!(of("undecided") * 50 <= asked, "the model leaves too much open: {shown}");
}

/// A model that allows everything agrees with everyone: over random experiments nearly every wrong end is forbidden.
#[test]
fn few_wrong_outcomes_are_allowed() {
    let ends = [End::Once, End::Lost, End::Duplicated, End::Parked, End::Pending];
    let (mut asked, mut passed) = (0, 0);
    for seed in 0..60 {
        let experiment = generate::experiment(&mut Dice::new(seed));
        let Ok(setup) = Setup::read(&experiment.to_string()) else { continue };
        let allowed = allowed(&setup, 100);
        for set in &allowed {
            for end in ends {
                asked += 1;
                passed += u32::from(set.iter().any(|outcome| outcome.end == end));
            }
        }
    }
    // One of the five is right.
    assert!(passed * 100 <= asked * 30, "{passed} of {asked} ends are allowed");
}

/// An examiner that cannot fail proves nothing: each change of a right outcome is found.
#[test]
fn a_wrong_outcome_is_found() {
    let experiment = json!({
        "version": 1, "scenario": "clicks", "messages": 2,
        "faults": { "latency_ms": [10, 10], "script": ["drop publish-ack 1"] },
        "lanes": [{ "broker": { "kind": "queue" } }],
    });
    let setup = Setup::read(&experiment.to_string()).expect("the model covers it");
    let right = product::outcomes(&experiment).expect("the simulator reads it");
    assert!(
        matches!(judge(&setup, &right, RUNS), Verdict::Allowed { together: true }),
        "{right:?}"
    );
    let wrong: [fn(&mut Outcome); 6] = [
        |outcome| outcome.end = End::Lost,
        |outcome| outcome.end = End::Parked,
        |outcome| outcome.end = End::Pending,
        |outcome| outcome.told = Told::Error,
        |outcome| outcome.told = Told::Nothing,
        |outcome| outcome.applied = Some(vec![7]),
    ];
    for (at, change) in wrong.iter().enumerate() {
        for message in 0..right.len() {
            let mut outcomes = right.clone();
            change(&mut outcomes[message]);
            let verdict = judge(&setup, &outcomes, RUNS);
            let Verdict::Forbidden { messages, .. } = verdict else {
                panic!("change {at} of message {} goes unseen: {verdict:?}", message + 1);
            };
            assert_eq!(messages, [message + 1]);
        }
    }
}

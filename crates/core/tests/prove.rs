//! The prover against a reference that shares nothing with it but the simulator: every schedule is
//! written as a script, each script is run from the beginning, and the judge reads the trace.

use ackground_testkit::random;
use std::collections::BTreeSet;

use ackground_core::audit::{Property, judge};
use ackground_core::experiment::script::{Line, Script};
use ackground_core::experiment::value::Bounded;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::prove::{Bounds, Finding, Guarantee, Kind, Kinds, prove, table};
use ackground_core::sim::{
    Because, ChoicePoint, Course, Dice, Extent, Fate, Leg, MessageNo, Moment, Operation, Scripted,
    Time, simulate,
};
use proptest::prelude::ProptestConfig;

/// Takes down every fault but a partition that could strike, as a line of the script, in order of asking.
struct Listening<'a> {
    fate: Scripted<'a, Dice<'a>>,
    experiment: &'a Experiment,
    lane: usize,
    heard: Vec<String>,
    /// Whether the packet that is asked about is lost: that makes it no matter how late it is.
    dropped: bool,
    /// Messages that came to their handler: poison was in them then, or never is.
    handled: BTreeSet<MessageNo>,
}

impl Listening<'_> {
    fn hear(&mut self, what: &str, message: MessageNo, nth: u32) {
        self.heard.push(format!("{what} {message}#{nth}"));
    }

    fn poisonous(&self, message: MessageNo) -> bool {
        let poison = format!("poison {message}");
        let lines = self.experiment.faults.script.lines().iter();
        lines.into_iter().any(|line| line.to_string() == poison)
    }
}

fn packet(leg: Leg) -> Option<&'static str> {
    match leg {
        Leg::Publish => Some("publish"),
        Leg::PublishAck => Some("publish-ack"),
        Leg::Deliver => Some("deliver"),
        Leg::Ack => Some("ack"),
        Leg::Confirm | Leg::Commit | Leg::Replicate => None,
    }
}

impl Fate for Listening<'_> {
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        let mut first = false;
        match asked {
            ChoicePoint::Loses(leg, message, nth) => {
                self.hear(&format!("drop {}", packet(leg)?), message, nth);
            }
            ChoicePoint::Cuts(..) => {}
            ChoicePoint::Repeats(leg, message, nth) => {
                if let Leg::Publish | Leg::Deliver = leg {
                    self.hear(&format!("duplicate {}", packet(leg)?), message, nth);
                }
            }
            ChoicePoint::Delays(leg, message, nth) => {
                let packet = packet(leg)?;
                if !self.dropped {
                    let lane = &self.experiment.lanes[self.lane];
                    let answer = lane.producer.request_timeout_ms.get();
                    let by =
                        answer.max(lane.broker.redelivery_timeout_ms.limit().unwrap_or(60_000));
                    let line = format!("delay {packet} {message}#{nth} by {by}ms");
                    self.heard.push(line);
                }
            }
            ChoicePoint::Crashes(point, occasion) => {
                let side = point.side.word();
                let crash = match point.act {
                    Operation::Publish => format!("crash producer {side} publish"),
                    Operation::Write => format!("crash broker {side} write"),
                    Operation::Replicate => format!("crash broker {side} replicate"),
                    Operation::Answer => format!("crash broker {side} ack"),
                    Operation::Follow => "crash follower before replicate".to_owned(),
                    Operation::Receive => format!("crash consumer {side} receive"),
                    Operation::Record => format!("crash consumer {side} record"),
                    Operation::Ack => format!("crash consumer {side} ack"),
                    Operation::Step(step) => {
                        let id = &self.experiment.scenario.steps[step as usize].id;
                        format!("crash consumer {side} {}", id.as_str())
                    }
                };
                let line = match point.extent {
                    Extent::Machine => crash,
                    Extent::Process => crash.replace("crash", "kill"),
                };
                self.hear(&line, occasion.message, occasion.nth);
            }
            ChoicePoint::Fails(message, call) => {
                first = self.handled.insert(message);
                if first || !self.poisonous(message) {
                    self.hear("fail", message, call);
                }
            }
            ChoicePoint::Stalls(message, call) => {
                let by = outlast.millis();
                self.heard.push(format!("slow {message}#{call} by {by}ms"));
            }
        }
        let decided = self.fate.decide(asked, outlast);
        match asked {
            ChoicePoint::Loses(..) => self.dropped = decided.is_some(),
            ChoicePoint::Fails(message, _)
                if first && (self.poisonous(message) || decided.is_none()) =>
            {
                self.heard.push(format!("poison {message}"));
            }
            _ => {}
        }
        decided
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.fate.latency(leg, message, nth)
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.fate.jitter(message, nth, spread)
    }
}

/// What the reference finds: schedules by number of faults, and for each property the fewest faults that
/// break it.
type Reference = (Vec<u64>, [Option<usize>; Property::ALL.len()]);

fn reference(experiment: &Experiment, lane: usize, kinds: Kinds, faults: usize) -> Reference {
    let mut found = (vec![0; faults + 1], [None; Property::ALL.len()]);
    let mut experiment = experiment.clone();
    try_script(&mut experiment, (lane, kinds), faults, &mut Vec::new(), 0, &mut found);
    found
}

/// Tries this script, and every script that only has more faults later.
fn try_script(
    experiment: &mut Experiment,
    (lane, kinds): (usize, Kinds),
    faults: usize,
    script: &mut Vec<Line>,
    from: usize,
    found: &mut Reference,
) {
    experiment.faults.script = Script::new(script.clone()).expect("few lines");
    let trace = simulate(experiment, lane);
    assert!(trace.unfired.is_empty(), "{script:?} must fire");
    let properties = judge(experiment, &trace).properties;
    found.0[script.len()] += 1;
    for property in Property::ALL.into_iter().filter(|&property| !properties.holds(property)) {
        let fewest = &mut found.1[property as usize];
        *fewest = Some(fewest.map_or(script.len(), |fewest| fewest.min(script.len())));
    }
    if script.len() == faults {
        return;
    }
    let heard = listen(experiment, lane, kinds);
    let mut names = BTreeSet::new();
    for name in &heard {
        let once = names.insert(name);
        assert!(
            once,
            "two choice points have the name {name:?} in {}",
            experiment.to_json_compact()
        );
    }
    for (place, line) in heard.iter().enumerate().skip(from) {
        script.push(line.parse().expect("a fault is a line of the script"));
        try_script(experiment, (lane, kinds), faults, script, place + 1, found);
        script.pop();
    }
}

fn listen(experiment: &Experiment, lane: usize, kinds: Kinds) -> Vec<String> {
    let steps = experiment.scenario.steps.len() as u8;
    let dice = Dice::new(&experiment.faults, experiment.seed.get(), steps);
    let mut fate = Listening {
        fate: Scripted::new(&experiment.faults.script, &experiment.scenario, dice),
        experiment,
        lane,
        heard: Vec::new(),
        dropped: false,
        handled: BTreeSet::new(),
    };
    let course = Course::new(experiment, lane);
    let mut moment = Moment::first(&course);
    while moment.advance(&course, &mut fate, &mut ()).is_none() {}
    let of_kinds = |line: &String| kinds.iter().any(|kind| line.starts_with(kind.word()));
    fate.heard.retain(of_kinds);
    fate.heard
}

fn of_preset(id: PresetId, messages: u64) -> Experiment {
    let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane is allowed");
    let mut experiment = Experiment::of_lanes(lanes);
    experiment.messages = Bounded::clamp(messages);
    experiment.faults.script = Script::default();
    experiment
}

fn compare(experiment: &Experiment, lane: usize, kinds: Kinds, faults: u8, context: &str) {
    let bounds =
        Bounds { faults, messages: experiment.messages.get() as u16, kinds, ..Bounds::default() };
    let finding = prove(experiment, lane, bounds);
    let (schedules, fewest) = reference(experiment, lane, kinds, usize::from(faults));
    assert!(finding.explored.complete, "{context}");
    assert_eq!(finding.explored.schedules, schedules.iter().sum::<u64>(), "{context}");
    let found =
        finding.verdicts.each_ref().map(|verdict| Some(verdict.counterexample()?.lines.len()));
    assert_eq!(found, fewest, "{context}");
}

#[test]
fn every_preset_comes_to_what_the_scripts_come_to() {
    for (place, id) in PresetId::ALL.iter().copied().enumerate() {
        compare(&of_preset(id, 2), 0, Kinds::default(), 1, id.word());
        if place % 6 == 1 {
            compare(&of_preset(id, 1), 0, Kinds::default(), 2, id.word());
        }
    }
}

#[test]
#[ignore = "takes minutes without optimisation: cargo test --release --test prove -- --ignored"]
fn three_faults_come_to_what_the_scripts_come_to() {
    for id in PresetId::ALL.iter().copied().step_by(4) {
        compare(&of_preset(id, 2), 0, Kinds::default(), 2, id.word());
        compare(&of_preset(id, 1), 0, Kinds::default(), 3, id.word());
    }
}

#[test]
fn a_message_that_was_received_and_never_handled_can_still_be_poisonous() {
    let text = r#"{"version": 1, "messages": 1, "lanes": [{"broker": {"max_deliveries": 3}}]}"#;
    let experiment = Experiment::from_json(text).expect("a right experiment");
    let kinds = Kinds::NONE.with(Kind::Crash).with(Kind::Poison);
    compare(&experiment, 0, kinds, 2, "crash and poison");
}

/// Eight cases, or as many as `PROPTEST_CASES` says: the reference is slow.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 8;
    }
    config
}

proptest::proptest! {
    #![proptest_config(config())]

    #[test]
    fn random_setups_come_to_what_the_scripts_come_to(
        experiment in random::experiment()
    ) {
        let mut experiment = experiment;
        experiment.messages = Bounded::clamp(1);
        let Experiment { faults, .. } = &mut experiment;
        *faults = ackground_core::experiment::faults::Faults {
            latency_ms: faults.latency_ms,
            restart_ms: faults.restart_ms,
            ..Default::default()
        };
        for lane in 0..experiment.lanes.len() {
            let kinds = Kinds::default();
            let points = listen(&experiment, lane, kinds).len();
            // The reference runs every schedule from its beginning: pairs only where there are few, and
            // nothing where one run is long already.
            if points > 100 {
                continue;
            }
            compare(&experiment, lane, kinds, if points < 32 { 2 } else { 1 }, "a random setup");
            let kinds = Kinds::default().with(Kind::Duplicate).with(Kind::Delay);
            compare(&experiment, lane, kinds, 1, "a random setup, with packets twice and late");
        }
    }
}

fn proven(experiment: &Experiment, lane: usize, faults: u8, messages: u16) -> Finding {
    let bounds = Bounds { faults, messages, ..Bounds::default() };
    prove(experiment, lane, bounds)
}

#[test]
fn every_counterexample_breaks_its_property_when_it_is_watched() {
    for id in PresetId::ALL.iter().copied() {
        let experiment = of_preset(id, 2);
        for kinds in [Kinds::default(), Kinds::ALL] {
            let bounds =
                Bounds { kinds, faults: 2 - u8::from(kinds == Kinds::ALL), ..Bounds::default() };
            let finding = prove(&experiment, 0, bounds);
            for property in Property::ALL {
                let Some(counterexample) = finding.verdict(property).counterexample() else {
                    continue;
                };
                let watched = counterexample.experiment(&experiment, bounds);
                let trace = simulate(&watched, 0);
                let holds = judge(&watched, &trace).properties.holds(property);
                let (word, lines) = (property.word(), &counterexample.lines);
                assert!(!holds, "{}: {lines:?} does not break {word}", id.word());
                assert!(trace.unfired.is_empty(), "{}: {lines:?} did not all strike", id.word());
            }
        }
    }
}

#[test]
fn the_setups_of_the_first_screen_are_what_they_are_called() {
    let experiment = Experiment::default();
    let guarantees = [0, 1, 2].map(|lane| proven(&experiment, lane, 3, 2).guarantee);
    assert_eq!(
        guarantees,
        [Some(Guarantee::AtMostOnce), Some(Guarantee::AtLeastOnce), Some(Guarantee::ExactlyOnce),]
    );
}

#[test]
fn more_faults_never_mend_a_setup() {
    for id in PresetId::ALL.iter().copied() {
        let experiment = of_preset(id, 1);
        let findings = [0, 1, 2].map(|faults| proven(&experiment, 0, faults, 1));
        for pair in findings.windows(2) {
            assert!(pair[0].explored.schedules < pair[1].explored.schedules);
            for property in Property::ALL {
                let before = pair[0].verdict(property).counterexample();
                let after = pair[1].verdict(property).counterexample();
                assert!(before.is_none() || before == after, "{}: {}", id.word(), property.word());
            }
        }
    }
}

#[test]
fn the_table_has_a_row_for_every_single_fault_and_its_cells_are_runs() {
    let experiment = Experiment::default();
    let table = table(&experiment, Kinds::default());
    let mut heard = BTreeSet::new();
    let mut bare = experiment.clone();
    bare.messages = Bounded::clamp(1);
    bare.faults.script = Script::default();
    for lane in 0..bare.lanes.len() {
        heard.extend(
            listen(&bare, lane, Kinds::default())
                .iter()
                .map(|line| line.parse::<Line>().expect("a line").to_string()),
        );
    }
    let rows: BTreeSet<String> = table.rows.iter().map(|row| row.line.to_string()).collect();
    assert_eq!(rows, heard);
    for row in &table.rows {
        bare.faults.script = Script::new(vec![row.line.clone()]).expect("one line");
        for (lane, cell) in row.cells.iter().enumerate() {
            let trace = simulate(&bare, lane);
            assert_eq!(cell.is_some(), trace.unfired.is_empty());
            if let Some(cell) = cell {
                assert_eq!(cell.record, judge(&bare, &trace).messages[0]);
            }
        }
    }
}

/// Listens to one lane, in which these faults strike, and lets the names be checked.
fn names(lane: &str, faults: &str) -> Vec<String> {
    let text = format!(
        r#"{{"version": 1, "messages": 1, "scenario": "notification", "seed": 0, "faults": {{{faults}}}, "lanes": [{lane}]}}"#
    );
    let experiment = Experiment::from_json(&text).expect("a right experiment");
    let heard = listen(&experiment, 0, Kinds::default());
    let different: BTreeSet<&String> = heard.iter().collect();
    assert_eq!(different.len(), heard.len(), "{heard:?}");
    heard
}

#[test]
fn a_copy_that_a_new_leader_takes_over_is_numbered_from_one() {
    let heard = names(
        r#"{"broker": {"replicas": 1, "flush": "each_write"}, "producer": {"acks": "leader"}}"#,
        r#""script": ["crash broker after write 1"]"#,
    );
    assert!(heard.contains(&"crash broker after replicate 1#1".to_owned()), "{heard:?}");
    assert!(heard.iter().all(|name| !name.contains("#0")), "no line can name a time 0: {heard:?}");
}

#[test]
fn two_handlings_of_a_message_that_are_acknowledged_together_have_two_numbers() {
    let heard = names(
        r#"{
            "producer": {"acks": "none"},
            "broker": {"replicas": 1, "flush": "each_write", "max_deliveries": 5, "redelivery_timeout_ms": 914},
            "consumer": {"processing_ms": 6000, "dedup": "memory", "dedup_window": 1}
        }"#,
        r#""latency_ms": [0, 397], "restart_ms": 0, "script": ["drop deliver 1"]"#,
    );
    assert!(heard.contains(&"crash consumer after ack 1#2".to_owned()), "{heard:?}");
}

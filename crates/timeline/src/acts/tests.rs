//! The law of acts: the line fires in its lane, and nothing before its moment changes.

use proptest::prelude::*;

use super::*;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::sim::simulate;
use ackground_testkit::fixtures::{experiment, experiments};

/// The experiment after an act.
fn after(experiment: &Experiment, patch: &Patch) -> Experiment {
    let script = &experiment.faults.script;
    let script = match patch {
        Patch::Add(line) => script.with(line.clone()).expect("there is room"),
        Patch::TakeBack(place, line) => {
            assert_eq!(script.entries()[*place].line, *line, "the place is that of the line");
            script.without(*place)
        }
    };
    let mut after = experiment.clone();
    after.faults.script = script;
    after
}

/// Every possible subject: every step, and every lifeline at every event and in between.
fn subjects(trace: &Trace, most: usize) -> Vec<Subject> {
    let every = (trace.steps.len() / most).max(1);
    let mut subjects = Vec::new();
    for step in trace.steps.iter().step_by(every) {
        subjects.push(Subject::Step(step.no));
        for node in [Node::Producer, Node::Broker(0), Node::Consumer(0)] {
            let at = step.at + Time::from_micros(u64::from(step.no.0) * 7001);
            subjects.push(Subject::Line(LifelineId::Node(node), at));
        }
    }
    subjects
}

/// The text without the numbers of script lines in it.
fn without_line_numbers(text: &str) -> String {
    let mut parts = text.split("Script(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| {
        told + "Script(" + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

/// Checks the law for every act offered in a lane, and returns the lines.
fn lawful(experiment: &Experiment, lane: usize, most: usize) -> Vec<String> {
    let trace = simulate(experiment, lane);
    let mut seen: Vec<Act> = Vec::new();
    for subject in subjects(&trace, most) {
        for act in acts(experiment, lane, &trace, subject) {
            if !seen.contains(&act) {
                seen.push(act);
            }
        }
    }
    for act in &seen {
        let told = || format!("{} {:?} at {} in lane {lane}", act.words, act.patch, act.at);
        let changed = after(experiment, &act.patch);
        let forked = simulate(&changed, lane);
        if let Patch::Add(_) = act.patch {
            let place = changed.faults.script.lines().len() - 1;
            assert!(!forked.unfired.contains(&place), "does not fire: {}", told());
        }
        // Removing a line renumbers the ones after it, so what happened is compared without line numbers.
        let told_of = |happened: String| match act.patch {
            Patch::Add(_) => happened,
            Patch::TakeBack(..) => without_line_numbers(&happened),
        };
        let before = |trace: &Trace| -> Vec<String> {
            let steps = trace.steps.iter().take_while(|step| step.at < act.at);
            let packets = trace.packets.iter();
            let packets = packets.filter(|packet| packet.arrives < act.at);
            let steps = steps.map(|step| told_of(format!("{step:?}")));
            steps.chain(packets.map(|packet| told_of(format!("{packet:?}")))).collect()
        };
        assert!(before(&trace) == before(&forked), "changes the past: {}", told());
    }
    let line = |act: &Act| act.patch.line().to_string();
    seen.iter().map(line).collect()
}

#[test]
fn every_act_on_the_first_screen_is_lawful() {
    let experiment = Experiment::default();
    for lane in 0..experiment.lanes.len() {
        let lines = lawful(&experiment, lane, 1000);
        for verb in [
            "drop publish ",
            "drop deliver ",
            "delay ",
            "duplicate ",
            "crash producer",
            "crash broker",
            "crash consumer",
            "fail ",
            "slow ",
            "poison ",
            "partition producer",
            "partition consumer",
        ] {
            assert!(
                lines.iter().any(|line| line.starts_with(verb)),
                "lane {lane}: nothing offers {verb}"
            );
        }
    }
}

#[test]
fn every_act_in_every_preset_is_lawful() {
    for &preset in PresetId::ALL {
        let lanes = Lanes::new(vec![Lane::of_preset(preset)]).expect("one lane");
        let experiment = Experiment { lanes, ..Experiment::default() };
        let lines = lawful(&experiment, 0, 24);
        assert!(lines.len() > 20, "{preset}: {lines:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_act_among_random_faults_is_lawful(experiment in experiments()) {
        lawful(&experiment, 0, 16);
    }
}

/// The lines offered for the first step of this kind.
fn offered(experiment: &Experiment, of: impl Fn(&Trace, &Step) -> bool) -> Vec<(String, bool)> {
    let trace = simulate(experiment, 0);
    let step =
        trace.steps.iter().find(|step| of(&trace, step)).expect("the experiment was made for it");
    let acts = acts(experiment, 0, &trace, Subject::Step(step.no));
    let line = |act: &Act| (act.patch.line().to_string(), matches!(act.patch, Patch::Add(_)));
    acts.iter().map(line).collect()
}

fn sends(leg: Leg, nth: u32) -> impl Fn(&Trace, &Step) -> bool {
    move |trace, step| match step.what {
        Event::Sent(no) => trace.packet(no).leg == leg && trace.packet(no).nth == nth,
        _ => false,
    }
}

#[test]
fn a_packet_is_named_as_the_script_counts_it() {
    let lost_twice = experiment(
        r#""messages":1,"faults":{"script":["drop publish 1","drop publish 1#2"]},"lanes":[{}]"#,
    );
    let third = offered(&lost_twice, sends(Leg::Publish, 3));
    assert_eq!(third[0], ("drop publish 1#3".to_owned(), true));
    assert!(third.contains(&("duplicate publish 1#3".to_owned(), true)));
    assert!(
        third.contains(&("delay publish 1#3 by 1500ms".to_owned(), true)),
        "past the timeout of 1 s"
    );
    let second = offered(&lost_twice, sends(Leg::Publish, 2));
    assert_eq!(second[0], ("drop publish 1#2".to_owned(), false), "in force: to be taken back");
    assert!(!second.iter().any(|(line, _)| line.starts_with("delay")), "it is lost already");
}

#[test]
fn a_line_that_is_off_leaves_the_places_right() {
    let one_off = experiment(
        r#""messages":1,"faults":{"script":["off fail 1","drop publish 1"]},"lanes":[{}]"#,
    );
    let trace = simulate(&one_off, 0);
    let acts = acts(&one_off, 0, &trace, Subject::Step(StepNo(1)));
    assert!(matches!(acts[0].patch, Patch::TakeBack(1, _)), "{acts:?}");
}

#[test]
fn a_handler_fails_stalls_and_is_poisoned() {
    let plain = experiment(r#""messages":1,"lanes":[{}]"#);
    let call = offered(&plain, |_, step| matches!(step.what, Event::HandlerStarted { .. }));
    for line in [
        "fail 1",
        "slow 1 by 5500ms",
        "poison 1",
        "crash consumer after credit 1",
        "crash consumer before ack 1",
    ] {
        assert!(call.contains(&(line.to_owned(), true)), "{line} in {call:?}");
    }
}

#[test]
fn an_effect_offers_the_crash_before_and_after_its_own_step() {
    let plain = experiment(r#""messages":1,"lanes":[{}]"#);
    let effect = offered(&plain, |_, step| matches!(step.what, Event::Applied { step: 0 }));
    let expected = ["crash consumer before credit 1", "crash consumer after credit 1"];
    assert_eq!(effect.iter().map(|(line, _)| line.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn there_is_something_here_at_every_moment() {
    let experiment = Experiment::default();
    let trace = simulate(&experiment, 1);
    let axis = crate::Axis::of([&trace]);
    let lifelines = crate::Diagram::of(&experiment, 1, &trace, &axis).lifelines;
    for step in &trace.steps {
        let here = here(&trace, &lifelines, step.at);
        assert!(here.len() >= 3, "at least the nodes");
        assert!(here.iter().enumerate().all(|(i, one)| !here[..i].contains(one)), "nothing twice");
    }
}

#[test]
fn past_half_an_hour_is_a_whole_minute() {
    let slow = experiment(r#""messages":1,"lanes":[{"preset":"rabbitmq-defaults"}]"#);
    let call = offered(&slow, |_, step| matches!(step.what, Event::HandlerStarted { .. }));
    assert!(call.contains(&("slow 1 by 31m".to_owned(), true)), "{call:?}");
}

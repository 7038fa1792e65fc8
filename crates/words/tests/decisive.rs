//! The decisive moment of every counterexample that the prover gives for a preset: it is in the run, and
//! the judge, who sees only what has happened by then, agrees.

use ackground_core::audit::{Outcome, Property, judge, judge_until};
use ackground_core::experiment::value::Bounded;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::prove::{Bounds, prove};
use ackground_core::sim::{Event, MessageNo, Time, Trace, simulate};
use ackground_words::story::decisive;

const BOUNDS: Bounds = Bounds {
    faults: 2,
    messages: 2,
    kinds: ackground_core::prove::Kinds::ALL,
    most_runs: 250,
    most_events: 1_000_000,
};

/// Every counterexample of a preset: the property, the experiment and its run.
fn counterexamples(id: PresetId) -> Vec<(Property, Experiment, Trace)> {
    let lanes = Lanes::new(vec![Lane::of_preset(id)]).expect("one lane is allowed");
    let experiment = Experiment { messages: Bounded::of(2), ..Experiment::of_lanes(lanes) };
    let finding = prove(&experiment, 0, BOUNDS);
    let broken = Property::ALL.into_iter().filter_map(|property| {
        let found = finding.verdict(property).counterexample()?;
        let shown = found.experiment(&experiment, BOUNDS);
        let trace = simulate(&shown, 0);
        Some((property, shown, trace))
    });
    broken.collect()
}

fn just_before(at: Time) -> Time {
    Time::from_micros(at.micros().saturating_sub(1))
}

#[test]
fn every_counterexample_has_a_moment_at_which_it_is_decided() {
    let mut seen = [0; Property::ALL.len()];
    for &id in PresetId::ALL {
        for (property, experiment, trace) in counterexamples(id) {
            let context = format!("{id}, {property:?}: {}", experiment.to_json_compact());
            let at = decisive(&experiment, 0, &trace, property);
            let at = at.unwrap_or_else(|| panic!("{context} has no moment"));
            assert!(at <= trace.end.at(), "{context}");
            seen[property as usize] += 1;
            let then = judge_until(&experiment, &trace, at);
            let before = judge_until(&experiment, &trace, just_before(at));
            match property {
                Property::NoDuplicates => {
                    assert!(then.totals.duplicated > 0, "{context}");
                    assert_eq!(before.totals.duplicated, 0, "{context}");
                }
                Property::InOrder => {
                    assert!(!then.properties.in_order, "{context}");
                    assert!(before.properties.in_order, "{context}");
                }
                Property::NoLoss | Property::NoSilentLoss => {
                    let fault = |step: &&ackground_core::sim::Step| match step.what {
                        Event::Sent(packet) => trace.packet(packet).lost.is_some(),
                        Event::Crashed { .. } | Event::HandlerFailed { .. } => true,
                        _ => false,
                    };
                    let first = trace.steps.iter().find(fault);
                    assert!(first.is_none_or(|fault| fault.at <= at), "{context}");
                }
                Property::NoTorn => {
                    let half = |record: &ackground_core::audit::MessageRecord| {
                        record.applied.contains(&0) && record.applied.iter().any(|n| *n > 0)
                    };
                    assert!(then.messages.iter().any(half), "{context}");
                }
                Property::Settles => assert_eq!(at, trace.end.at(), "{context}"),
            }
        }
    }
    for property in [
        Property::NoLoss,
        Property::NoSilentLoss,
        Property::NoDuplicates,
        Property::NoTorn,
        Property::InOrder,
    ] {
        assert!(seen[property as usize] > 3, "{property:?}: {seen:?}");
    }
}

#[test]
fn after_a_loss_is_decided_no_work_on_the_message_begins() {
    for &id in PresetId::ALL {
        for (property, experiment, trace) in counterexamples(id) {
            if property != Property::NoLoss {
                continue;
            }
            let at = decisive(&experiment, 0, &trace, property).expect("it is broken");
            let report = judge(&experiment, &trace);
            let lost = |message: MessageNo| report.messages[message.index()].end == Outcome::Lost;
            let lost_all = report.totals.lost == experiment.messages.get() as u32;
            let later = trace.steps.iter().filter(|step| step.at > at);
            let works = later
                .filter(|step| matches!(step.what, Event::HandlerStarted { .. }))
                .filter(|step| step.message.is_some_and(lost));
            // The moment is that of the first loss; a second message may be lost later.
            assert!(lost_all || works.count() == 0, "{id}: {}", experiment.to_json_compact());
        }
    }
}

#[test]
fn what_holds_has_no_moment() {
    let experiment = Experiment::default();
    for lane in 0..3 {
        let trace = simulate(&experiment, lane);
        let properties = judge(&experiment, &trace).properties;
        for property in Property::ALL {
            assert_eq!(
                decisive(&experiment, lane, &trace, property).is_none(),
                properties.holds(property)
            );
        }
    }
}

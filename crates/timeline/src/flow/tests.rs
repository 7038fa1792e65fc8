//! The flow picture held against the audit, the simulator's own counts and the trace, turn by turn.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::turn::What;
use super::*;
use ackground_core::audit::{Learnt, judge, judge_until};
use ackground_core::experiment::settings::BrokerKind;
use ackground_core::experiment::{Lane, Lanes, PresetId};
use ackground_core::sim::{
    Carries, Event, Keeper, MessageNo, Observer, Packet, Step, observe, simulate,
};
use ackground_testkit::fixtures::{experiment, experiments};

/// What goes wrong in the faulty runs: something of every kind.
const FAULTS: &str = r#""messages":4,"interval_ms":300,"seed":7,"faults":{
    "loss":{"publish":0.15,"publish_ack":0.15,"deliver":0.15,"ack":0.15},
    "crash":{"producer":0.1,"broker":0.1,"consumer":0.15},"failure":0.1,
    "script":["duplicate publish 1","drop ack 2","crash broker before replicate 3","poison 4","partition consumer 500ms..900ms"]}"#;

/// Every preset, without faults and with many.
fn presets() -> Vec<Experiment> {
    let calm = experiment(r#""messages":3,"lanes":[{}]"#);
    let faulty = experiment(&format!(r#"{FAULTS},"lanes":[{{}}]"#));
    let mut all = Vec::new();
    for preset in PresetId::ALL {
        for base in [&calm, &faulty] {
            let mut experiment = base.clone();
            experiment.lanes = Lanes::new(vec![Lane::of_preset(*preset)]).expect("one lane");
            all.push(experiment);
        }
    }
    all
}

/// Looks at the scene after every turn of the run of every lane.
fn at_every_turn(
    experiment: &Experiment,
    mut look: impl FnMut(usize, &Trace, &Flow, usize, &Scene),
) {
    for lane in 0..experiment.lanes.len() {
        let trace = Rc::new(simulate(experiment, lane));
        let flow = Flow::of(experiment, lane, &trace).expect("there is such a lane");
        let mut scene = Scene::new(&flow.known);
        for turned in 0..=flow.turns.len() {
            if let Some(before) = turned.checked_sub(1) {
                scene.apply(&flow.known, &trace, &flow.turns[before]);
            }
            if turned % 32 == 0 {
                assert_eq!(scene, flow.scene(turned), "replayed to turn {turned}");
            }
            look(lane, &trace, &flow, turned, &scene);
        }
    }
}

/// The moments at which everything that happens then has happened.
fn is_whole(flow: &Flow, turned: usize) -> Option<Time> {
    let at = flow.turns.get(turned.checked_sub(1)?)?.at;
    (flow.turned(at) == turned).then_some(at)
}

fn agrees_with_the_audit(experiment: &Experiment) {
    at_every_turn(experiment, |lane, trace, flow, turned, scene| {
        let Some(at) = is_whole(flow, turned) else {
            return;
        };
        let report = judge_until(experiment, trace, at);
        for (index, record) in report.messages.iter().enumerate() {
            let message = MessageNo::from_index(index);
            for (step, times) in record.applied.iter().enumerate() {
                assert_eq!(scene.store.applied(message, step), *times, "message {message} at {at}");
            }
            let row = scene.outbox.rows().find(|row| row.message == message);
            assert_eq!(row.is_some(), record.created, "message {message} at {at}");
            let told = match row.map(|row| row.stand) {
                Some(Stand::Ok) => Learnt::Ok,
                Some(Stand::Error) => Learnt::Error,
                _ => Learnt::Nothing,
            };
            assert_eq!(told, record.told, "message {message} at {at}");
        }
        let over = report.over.then_some(&report);
        let panels = Panels::of(experiment, &experiment.lanes[lane], trace, scene, over);
        assert_eq!(panels.store.balance, ackground_words::story::money(report.ledger.actual));
        if report.over {
            for kept in &panels.store.kept.shown {
                assert_eq!(kept.outcome, report.messages[kept.message.index()].end);
            }
        }
    });
}

/// What is under way is what has left and neither arrived nor been lost.
fn agrees_with_the_packets(experiment: &Experiment) {
    at_every_turn(experiment, |_, trace, flow, turned, _| {
        let Some(at) = is_whole(flow, turned) else {
            return;
        };
        let mut open: BTreeMap<u32, ()> = BTreeMap::new();
        for step in trace.steps.iter().filter(|step| step.at <= at) {
            match step.what {
                Event::Sent(no) if trace.packet(no).arrives > at => {
                    open.insert(no.0, ());
                }
                Event::Arrived(no) | Event::Disregarded(no, _) => {
                    open.remove(&no.0);
                }
                _ => {}
            }
        }
        let under_way: Vec<u32> = flow.travels(at).iter().map(|travel| travel.no.0).collect();
        let lost = |no: &u32| trace.packets[*no as usize].lost.is_some();
        let (mut expected, mut found) = (open.into_keys().collect::<Vec<_>>(), under_way.clone());
        expected.retain(|no| !lost(no));
        found.retain(|no| !lost(no));
        assert_eq!(found, expected, "at {at}");
        for travel in flow.travels(at) {
            assert!((0.0..=1.0).contains(&travel.share(at)), "at {at}");
        }
    });
}

/// Every delivery names a record where the picture has it; a commit that was taken is behind the
/// committed position; what is settled is not in the queue.
fn agrees_with_the_trace(experiment: &Experiment) {
    at_every_turn(experiment, |lane, trace, flow, turned, scene| {
        let Some(What::Step(no)) = turned.checked_sub(1).map(|turn| flow.turns[turn].what) else {
            return;
        };
        let kind = experiment.lanes[lane].broker.kind;
        let record = |copy: u32| {
            let records = scene.broker.partitions.iter().flat_map(|it| &it.records);
            records.into_iter().find(|record| record.copy == copy)
        };
        let step = trace.step(no);
        match step.what {
            Event::Sent(no) => {
                let packet: &Packet = trace.packet(no);
                match packet.carries {
                    Carries::Delivery(delivery) if packet.repeats.is_none() => {
                        let partition = &scene.broker.partitions[usize::from(delivery.partition)];
                        let there = partition.records.get(delivery.offset as usize);
                        assert_eq!(
                            there.map(|record| record.copy),
                            Some(delivery.copy),
                            "{step:?}"
                        );
                        assert_eq!(there.map(|record| record.message), step.message);
                    }
                    Carries::Committed { delivery, accepted: true } => {
                        let partition = &scene.broker.partitions[usize::from(delivery.partition)];
                        assert!(partition.committed() as u32 > delivery.offset, "{step:?}");
                    }
                    _ => {}
                }
            }
            Event::Settled { copy } => {
                assert_eq!(record(copy).map(|record| record.hold), Some(Hold::Done), "{step:?}");
            }
            Event::Parked { copy } => {
                assert_eq!(record(copy).map(|record| record.hold), Some(Hold::Parked), "{step:?}");
                assert!(scene.broker.parked.iter().any(|(it, _)| Some(*it) == step.message));
            }
            Event::CopyLost { copy } => assert_eq!(record(copy), None, "{step:?}"),
            Event::Rewound { copy } if kind == BrokerKind::Log => {
                let partition = scene.broker.partitions.iter();
                let mut rest =
                    partition.flat_map(|it| it.records.iter().filter(|it| it.copy >= copy));
                let is_out = |record: &Record| matches!(record.hold, Hold::Out { .. });
                let several = scene.broker.partitions.len() > 1;
                assert!(several || !rest.any(is_out), "{step:?}");
            }
            _ => {}
        }
    });
}

/// The sizes of every table of ids as the simulator tells them.
#[derive(Default)]
struct Counts {
    steps: usize,
    /// How many steps had been told, which table, how many ids.
    seen: Vec<(usize, Keeper, usize)>,
}

impl Observer for Counts {
    fn see(&mut self, _: &Step, _: Option<&Packet>) {
        self.steps += 1;
    }

    fn kept(&mut self, keeper: Keeper, ids: usize) {
        self.seen.push((self.steps, keeper, ids));
    }
}

/// A count is told just before the step that changes it.
fn agrees_with_the_tables(experiment: &Experiment) {
    for lane in 0..experiment.lanes.len() {
        let trace = Rc::new(simulate(experiment, lane));
        let flow = Flow::of(experiment, lane, &trace).expect("there is such a lane");
        let mut counts = Counts::default();
        observe(experiment, lane, &mut counts);
        for (steps, keeper, ids) in counts.seen {
            let position = flow
                .turns
                .iter()
                .position(|turn| matches!(turn.what, What::Step(no) if no.0 as usize == steps));
            let scene = flow.scene(position.expect("the count belongs to a step") + 1);
            let found = match keeper {
                Keeper::Table => scene.store.table.len(),
                Keeper::Memory(member) => scene.group.members[usize::from(member)].memory.len(),
                Keeper::Window(partition) => {
                    scene.broker.partitions[usize::from(partition)].window.len()
                }
            };
            assert_eq!(found, ids, "{keeper:?} at {:?}", trace.steps[steps]);
        }
    }
}

fn agrees(experiment: &Experiment) {
    agrees_with_the_audit(experiment);
    agrees_with_the_packets(experiment);
    agrees_with_the_trace(experiment);
    agrees_with_the_tables(experiment);
}

#[test]
fn every_preset_agrees_with_its_run_at_every_turn() {
    for experiment in presets() {
        agrees(&experiment);
    }
}

#[test]
fn the_first_screen_agrees_with_its_runs() {
    agrees(&Experiment::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_setups_agree_with_their_runs(experiment in experiments()) {
        agrees(&experiment);
    }
}

/// The scene of a preset's faulty run as soon as it is of some kind.
fn until(experiment: &Experiment, is: impl Fn(&Scene) -> bool) -> Scene {
    let mut found = None;
    at_every_turn(experiment, |_, _, _, _, scene| {
        if found.is_none() && is(scene) {
            found = Some(scene.clone());
        }
    });
    found.expect("the run comes to that")
}

#[test]
fn what_is_lost_lies_on_the_ground_until_it_is_sent_again() {
    let experiment = Experiment::default();
    let trace = Rc::new(simulate(&experiment, 0));
    let flow = Flow::of(&experiment, 0, &trace).expect("a lane");
    let lost = trace.packets.iter().position(|packet| packet.lost.is_some());
    let lost = &trace.packets[lost.expect("message 2 is lost")];
    let end = flow.scene(flow.turned(trace.end.at()));
    assert_eq!(end.fallen.len(), 1, "at most once: nobody sends it again");
    let before = flow.scene(flow.turned(lost.sent));
    assert!(before.fallen.is_empty(), "it has not been lost yet when it leaves");
    assert!(flow.travels(lost.sent).iter().any(|travel| travel.lost));
    assert!(flow.travels(lost.arrives).iter().all(|travel| !travel.lost));
}

#[test]
fn a_crash_of_a_direct_producer_forgets_and_an_outbox_does_not() {
    for (source, stand) in [("direct", Stand::Forgotten), ("outbox", Stand::Waiting)] {
        let experiment = experiment(&format!(
            r#""messages":1,"faults":{{"script":["crash producer before publish 1"]}},
            "lanes":[{{"producer":{{"source":"{source}"}}}}]"#
        ));
        let scene = until(&experiment, |scene| scene.outbox.down.is_some());
        let stands: Vec<Stand> = scene.outbox.rows().map(|row| row.stand).collect();
        assert_eq!(stands, [stand], "{source}");
    }
}

#[test]
fn a_settled_run_leaves_nothing_under_way_and_reports_as_the_audit_does() {
    for experiment in presets() {
        let trace = Rc::new(simulate(&experiment, 0));
        let flow = Flow::of(&experiment, 0, &trace).expect("a lane");
        let end = trace.end.at();
        let report = judge(&experiment, &trace);
        if trace.end.settled() {
            assert!(flow.travels(end).is_empty());
            let scene = flow.scene(flow.turned(end));
            assert!(scene.group.members.iter().all(|member| member.call.is_none()));
            assert_eq!(
                report.totals.parked > 0,
                report.messages.iter().enumerate().any(|(index, record)| {
                    let message = MessageNo::from_index(index);
                    let parked = scene.broker.parked.iter().any(|(it, _)| *it == message);
                    parked
                        && scene.store.applied(message, experiment.scenario.primary()) == 0
                        && record.created
                })
            );
        }
    }
}

#[test]
fn a_thousand_messages_are_shown_as_a_few() {
    let experiment = experiment(
        r#""messages":1000,"interval_ms":5,"faults":{"loss":{"publish":0.1}},"lanes":[{}]"#,
    );
    let trace = Rc::new(simulate(&experiment, 0));
    let flow = Flow::of(&experiment, 0, &trace).expect("a lane");
    assert!(flow.checkpoints.len() > 2, "a run this long has checkpoints");
    for share in 0..20 {
        let at = trace.end.at().share(share, 20);
        let turned = flow.turned(at);
        let scene = flow.scene(turned);
        let panels = Panels::of(&experiment, &experiment.lanes[0], &trace, &scene, None);
        assert_eq!(panels.producer.slips.len(), 1000);
        assert!(panels.producer.slips.shown.len() <= 8);
        let Shelf::Log(rows) = &panels.broker.shelf else { panic!("a log by default") };
        assert!(rows.iter().all(|row| row.cells.shown.len() <= 8));
        let stored: usize = rows.iter().map(|row| row.cells.len()).sum();
        let steps = trace.steps.iter().filter(|step| step.at <= at);
        let expected = steps.filter(|step| matches!(step.what, Event::Stored { .. })).count();
        assert_eq!(stored, expected, "nothing is lost for good without crashes");
    }
}

#[test]
fn the_summary_says_what_is_there() {
    let experiment = Experiment::default();
    let trace = Rc::new(simulate(&experiment, 1));
    let flow = Flow::of(&experiment, 1, &trace).expect("a lane");
    let report = judge(&experiment, &trace);
    let end = trace.end.at();
    let scene = flow.scene(flow.turned(end));
    let panels = Panels::of(&experiment, &experiment.lanes[1], &trace, &scene, Some(&report));
    let said = panels.summary(&experiment, 1);
    assert!(said.contains("3 told ok"), "{said}");
    assert!(said.contains("3 messages in the log, 3 of them committed"), "{said}");
    assert!(said.contains("40,000 EUR"), "{said}");
}

//! The laws of the simulator and of the audit, over random experiments.
#![cfg(not(target_arch = "wasm32"))]

use ackground_testkit::random;
use std::collections::BTreeMap;

use ackground_core::audit::{Outcome, Report, judge, judge_until};
use ackground_core::experiment::scenario::StepKind;
use ackground_core::experiment::script::{Crash, Line};
use ackground_core::experiment::settings::{
    AckMode, AckScope, Acks, BrokerKind, Dedup, Flush, OnFailure, Source, Write,
};
use ackground_core::experiment::value::Limit;
use ackground_core::experiment::{Experiment, Lane, Lanes};
use ackground_core::sim::{Because, Event, Leg, Time, Trace, simulate};
use proptest::prelude::*;

fn runs(experiment: &Experiment) -> Vec<(&Lane, Trace, Report)> {
    let run = |(index, lane)| {
        let trace = simulate(experiment, index);
        let report = judge(experiment, &trace);
        (lane, trace, report)
    };
    experiment.lanes.iter().enumerate().map(run).collect()
}

fn primary_is_db(experiment: &Experiment) -> bool {
    let steps = &experiment.scenario.steps;
    steps[steps.primary()].kind == StepKind::Db
}

fn brokers_crash(experiment: &Experiment) -> bool {
    let crashes = |line: &Line| {
        matches!(line, Line::Crash(Crash::Broker(..) | Crash::Follower, _) | Line::Kill(..))
    };
    !experiment.faults.crash.broker.is_zero()
        || experiment.faults.script.lines().iter().any(crashes)
}

proptest! {
    #[test]
    fn every_message_ends_in_exactly_one_class(experiment in random::experiment()) {
        for (_, trace, report) in runs(&experiment) {
            let totals = report.totals;
            let sum = totals.once + totals.lost + totals.duplicated + totals.parked + totals.pending;
            prop_assert_eq!(u64::from(sum), experiment.messages.get());
            prop_assert!(totals.silent <= totals.lost);
            prop_assert!(totals.pending == 0 || !trace.end.settled(), "a settled run leaves nothing pending");
        }
    }

    #[test]
    fn nothing_is_applied_more_often_than_it_was_delivered(experiment in random::experiment()) {
        for (_, _, report) in runs(&experiment) {
            for message in report.messages {
                prop_assert!(message.applied.iter().all(|&times| times <= message.delivered));
            }
        }
    }

    #[test]
    fn the_same_experiment_gives_the_same_trace(experiment in random::experiment()) {
        for lane in 0..experiment.lanes.len() {
            prop_assert_eq!(simulate(&experiment, lane), simulate(&experiment, lane));
        }
    }

    #[test]
    fn adding_a_lane_changes_no_other(experiment in random::experiment(), more in random::lane()) {
        let mut lanes = experiment.lanes.to_vec();
        lanes.truncate(3);
        let kept = lanes.len();
        lanes.insert(0, more);
        let wider = Experiment { lanes: Lanes::new(lanes).expect("at most four"), ..experiment.clone() };
        for lane in 0..kept {
            prop_assert_eq!(simulate(&experiment, lane), simulate(&wider, lane + 1));
        }
    }

    #[test]
    fn a_packet_meets_the_same_luck_in_every_lane(experiment in random::experiment()) {
        let mut luck: BTreeMap<(Leg, u32, u32), bool> = BTreeMap::new();
        let by_script = |because| matches!(because, Some(Because::Script(_)));
        for (_, trace, _) in runs(&experiment) {
            for packet in trace.packets.iter().filter(|p| p.repeats.is_none() && !by_script(p.lost)) {
                let name = (packet.leg, packet.message.get(), packet.nth);
                let lost = packet.lost.is_some();
                prop_assert_eq!(*luck.entry(name).or_insert(lost), lost, "{:?}", name);
            }
        }
    }

    #[test]
    fn causes_come_before_effects_and_time_never_runs_back(experiment in random::experiment()) {
        for (_, trace, _) in runs(&experiment) {
            for (number, step) in trace.steps.iter().enumerate() {
                prop_assert_eq!(step.no.0 as usize, number);
                prop_assert!(step.cause.is_none_or(|cause| cause < step.no));
                prop_assert!(number == 0 || trace.steps[number - 1].at <= step.at);
                prop_assert!(step.at <= trace.end.at());
            }
        }
    }

    #[test]
    fn a_packet_arrives_at_most_once_at_its_time_and_never_if_it_is_lost(experiment in random::experiment()) {
        for (_, trace, _) in runs(&experiment) {
            let mut arrivals = vec![0; trace.packets.len()];
            for step in &trace.steps {
                if let Event::Arrived(no) | Event::Disregarded(no, _) = step.what {
                    let packet = trace.packet(no);
                    prop_assert!(packet.lost.is_none() && packet.arrives == step.at && packet.sent <= step.at);
                    arrivals[no.0 as usize] += 1;
                }
            }
            let settled = trace.end.settled();
            for (packet, arrivals) in trace.packets.iter().zip(arrivals) {
                prop_assert!(arrivals <= 1);
                prop_assert!(!settled || packet.lost.is_some() || arrivals == 1, "no packet vanishes");
            }
        }
    }

    #[test]
    fn the_balance_under_the_playhead_only_grows_and_ends_at_the_final_one(experiment in random::experiment()) {
        for (lane, (_, trace, report)) in runs(&experiment).into_iter().enumerate() {
            let end = trace.end.at().micros();
            let mut before = 0;
            for part in 0..=4 {
                let until = Time::from_micros(end / 4 * part);
                let actual = judge_until(&experiment, &simulate(&experiment, lane), until).ledger.actual;
                prop_assert!(actual >= before);
                before = actual;
            }
            prop_assert_eq!(judge_until(&experiment, &trace, trace.end.at()), report);
        }
    }

    /// An id written in the transaction of the effect, or a row set by id, excludes duplicates
    /// whatever else goes wrong, for as long as it is kept.
    #[test]
    fn atomic_dedup_and_upsert_never_duplicate_a_database_effect(experiment in random::experiment()) {
        if primary_is_db(&experiment) {
            for (lane, _, report) in runs(&experiment) {
                let kept = lane.consumer.dedup_window == Limit::Unlimited
                    && lane.consumer.dedup_ttl_ms == Limit::Unlimited;
                let atomic = lane.consumer.dedup == Dedup::Atomic && kept;
                if atomic || lane.consumer.write == Write::Upsert {
                    prop_assert_eq!(report.totals.duplicated, 0, "{}", experiment.to_json());
                }
            }
        }
    }

    /// An outbox that insists on every in-sync copy, copies that survive their machine or machines
    /// that stay up, and a consumer that acknowledges each message by itself, after or with its work,
    /// and gives back what failed, never lose a message, whatever else goes wrong.
    #[test]
    fn at_least_once_never_loses(experiment in random::experiment()) {
        for (lane, _, report) in runs(&experiment) {
            let insists = lane.producer.source == Source::Outbox
                && lane.producer.acks != Acks::None
                && lane.producer.retries == Limit::Unlimited
                && lane.producer.delivery_timeout_ms.is_none();
            let patient = lane.consumer.ack != AckMode::OnReceive
                && lane.consumer.on_failure != OnFailure::Swallow
                && lane.consumer.dedup != Dedup::TableBefore
                && (lane.consumer.ack_scope == AckScope::Single || lane.broker.kind == BrokerKind::Log)
                && (lane.broker.max_deliveries == Limit::Unlimited || lane.broker.dead_letter)
                && (lane.consumer.on_failure != OnFailure::Reject || lane.broker.dead_letter);
            let durable = lane.broker.flush == Flush::EachWrite
                && !lane.broker.unclean_election
                && lane.producer.acks == Acks::All;
            let patient = patient && (durable || !brokers_crash(&experiment));
            if insists && patient {
                prop_assert_eq!(report.totals.lost, 0, "{}", experiment.to_json());
                prop_assert!(report.messages.iter().all(|message| message.end != Outcome::Lost));
            }
        }
    }

    /// Nothing is forgotten: when nothing is left to happen, every copy that was stored has been
    /// settled, parked, discarded, aborted, or lost with the nodes that had it.
    #[test]
    fn a_settled_run_leaves_no_copy_behind(experiment in random::experiment()) {
        for (_, trace, _) in runs(&experiment).into_iter().filter(|(_, trace, _)| trace.end.settled()) {
            let mut open = std::collections::BTreeSet::new();
            for step in &trace.steps {
                match step.what {
                    Event::Stored { copy } => {
                        open.insert(copy);
                    }
                    Event::Settled { copy }
                    | Event::Parked { copy }
                    | Event::Discarded { copy }
                    | Event::TransactionAborted { copy }
                    | Event::CopyLost { copy } => {
                        open.remove(&copy);
                    }
                    _ => {}
                }
            }
            prop_assert!(open.is_empty(), "{open:?} left in {}", experiment.to_json());
        }
    }

    /// A blind sender and a queue that settles by sending never repeat, whatever else goes wrong but
    /// a network that repeats by itself.
    #[test]
    fn at_most_once_never_duplicates(experiment in random::experiment()) {
        let repeats = experiment.faults.script.lines().iter().any(|l| l.to_string().starts_with("duplicate"));
        for (lane, _, report) in runs(&experiment) {
            let blind = lane.producer.acks == Acks::None;
            if blind && !repeats && lane.consumer.ack == AckMode::OnReceive {
                prop_assert_eq!(report.totals.duplicated, 0, "{}", experiment.to_json());
            }
        }
    }
}

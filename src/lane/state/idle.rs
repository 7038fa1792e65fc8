//! Settings that have no effect in a lane as it is configured, and why.
//!
//! Covers only what follows from the lane's other settings or the scenario, not what happens to be irrelevant
//! in a particular run. A test checks it against the simulator: changing an idle setting never changes the
//! run.

use ackground_core::experiment::Lane;
use ackground_core::experiment::scenario::{Scenario, StepKind};
use ackground_core::experiment::settings::{
    AckMode, Acks, BrokerKind, Dedup, Flush, OnDisconnect, OnFailure,
};
use ackground_core::experiment::value::Limit;

/// Why this setting has no effect in this lane; `None` if it has one.
pub fn idle(lane: &Lane, scenario: &Scenario, path: &str) -> Option<&'static str> {
    let (producer, broker, consumer) = (&lane.producer, &lane.broker, &lane.consumer);
    let without = |kind: StepKind| scenario.steps.iter().all(|step| step.kind != kind);
    let one_attempt = producer.retries == Limit::of(0);
    let unless = |holds: bool, why: &'static str| (!holds).then_some(why);
    match path {
        "producer.retries" | "producer.request_timeout_ms" => unless(
            producer.acks != Acks::None,
            "the producer does not wait for a reply, so it never resends.",
        ),
        _ if path.starts_with("producer.backoff.") => {
            unless(producer.acks != Acks::None && !one_attempt, "the producer never resends.")
        }
        "broker.min_in_sync" => unless(
            producer.acks == Acks::All,
            "it only guards writes that wait for all in-sync replicas.",
        ),
        "broker.flush_interval_ms" => unless(
            broker.flush == Flush::Async,
            "it only matters when the disk is written in the background.",
        ),
        "broker.unclean_election" => {
            unless(broker.replicas.get() > 1, "there is only one replica.")
        }
        "broker.dead_letter" => unless(
            broker.max_deliveries != Limit::Unlimited || consumer.on_failure == OnFailure::Reject,
            "no message is ever given up.",
        ),
        "broker.on_disconnect"
        | "broker.order"
        | "consumer.ack_confirmed"
        | "consumer.ack_scope" => unless(broker.kind == BrokerKind::Queue, "only for a queue."),
        "broker.connected_to" => unless(
            broker.kind == BrokerKind::Queue && broker.on_disconnect == OnDisconnect::Requeue,
            "only for a queue that redelivers after a lost connection.",
        ),
        "consumer.membership" => {
            unless(broker.kind == BrokerKind::Log, "only for the group of a log.")
        }
        "broker.redelivery_delay_ms" => unless(
            consumer.on_failure == OnFailure::Nack && consumer.ack != AckMode::OnReceive,
            "the consumer never returns a message.",
        ),
        "consumer.on_failure" => unless(
            consumer.ack != AckMode::OnReceive,
            "the message is settled before the work begins.",
        ),
        "consumer.dedup_window" | "consumer.dedup_ttl_ms" => {
            unless(consumer.dedup != Dedup::None, "the consumer remembers no IDs.")
        }
        "consumer.write" => {
            unless(!without(StepKind::Db), "no step of this story writes to a database.")
        }
        "consumer.idempotency_key" => {
            unless(!without(StepKind::External), "no step of this story calls another system.")
        }
        "consumer.isolation" => {
            unless(producer.transactional, "the producer opens no transactions.")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lane::state::form::{self, Kind};
    use crate::state::edit::edit;
    use crate::state::field_path::FieldPath;
    use ackground_core::experiment::scenario::BuiltIn;
    use ackground_core::experiment::{Experiment, Lanes, PresetId};
    use ackground_core::sim::simulate;

    /// An experiment with every fault enabled.
    fn storm(preset: PresetId, story: BuiltIn) -> Experiment {
        let lanes = Lanes::new(vec![Lane::of_preset(preset)]).expect("one lane");
        let mut experiment = Experiment::of_lanes(lanes);
        experiment.scenario = story.scenario();
        experiment.seed = ackground_core::experiment::value::Bounded::of(7);
        for (place, text) in [
            ("messages", "12"),
            ("faults.loss.publish", "20"),
            ("faults.loss.publish_ack", "20"),
            ("faults.loss.deliver", "20"),
            ("faults.loss.ack", "20"),
            ("faults.crash.producer", "10"),
            ("faults.crash.broker", "10"),
            ("faults.crash.consumer", "10"),
            ("faults.failure", "20"),
            ("faults.poison", "10"),
            ("faults.slow", "10"),
        ] {
            experiment = edit(&experiment, &FieldPath::top(place), text).expect(place);
        }
        experiment
    }

    fn others(kind: &Kind) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match kind {
            Kind::Words(all) => words(all),
            Kind::Switch => words(&["true", "false"]),
            Kind::Number | Kind::Optional(_) => words(&["1", "3"]),
            Kind::Limit(_) => words(&["1", "4", "unlimited"]),
        }
    }

    #[test]
    fn what_is_said_to_have_no_effect_has_none() {
        let mut tried = 0;
        for preset in PresetId::ALL {
            for story in [BuiltIn::Payment, BuiltIn::Order, BuiltIn::Notification] {
                let experiment = storm(*preset, story);
                let run = simulate(&experiment, 0);
                for setting in form::settings() {
                    let lane = &experiment.lanes[0];
                    if idle(lane, &experiment.scenario, &setting.path).is_none() {
                        continue;
                    }
                    for text in others(&setting.kind) {
                        let place = FieldPath::lane(0, &setting.path);
                        let Ok(edited) = edit(&experiment, &place, &text) else {
                            continue;
                        };
                        tried += 1;
                        let same = simulate(&edited, 0).steps == run.steps;
                        assert!(same, "{preset}, {story}: {} = {text}", setting.path);
                    }
                }
            }
        }
        assert!(tried > 1000, "only {tried} were tried");
    }

    #[test]
    fn it_depends_on_the_rest_of_the_lane() {
        let scenario = BuiltIn::Payment.scenario();
        let mut lane = Lane::of_preset(PresetId::AtMostOnce);
        let says = |lane: &Lane, path: &str| idle(lane, &scenario, path).is_some();
        assert!(says(&lane, "producer.retries") && says(&lane, "consumer.dedup_window"));
        assert!(!says(&lane, "broker.flush_interval_ms"));
        lane.producer.acks = Acks::All;
        lane.producer.retries = Limit::of(3);
        lane.broker.flush = Flush::Never;
        assert!(!says(&lane, "producer.retries"));
        assert!(says(&lane, "broker.flush_interval_ms"));
    }
}

//! The immutable inputs to a run: the lane's settings as times, and the plan of a handler call.

use super::fate::Operation;
use super::script::longest_wait;
use super::time::Time;
use super::trace::{Event, Guard, MessageNo, Node};
use crate::experiment::scenario::{KeyMode, Scenario, StepKind};
use crate::experiment::settings::{AckMode, Broker, Consumer, Dedup, Isolation};
use crate::experiment::{Experiment, Lane};

/// A lane, prepared for simulation.
#[derive(Debug)]
pub(super) struct Setup<'a> {
    pub(super) lane: &'a Lane,
    pub(super) scenario: &'a Scenario,
    pub(super) messages: usize,
    pub(super) instances: u8,
    pub(super) batch: u64,
    /// When the consumer acknowledges. An effect that shares no transaction with the position (an
    /// external call, a log written without transactions) can do no better than after the work.
    pub(super) ack: AckMode,
    /// The longest travel time of a packet that nothing delays.
    pub(super) slowest: Time,
    pub(super) interval: Time,
    pub(super) restart: Time,
    pub(super) request_timeout: Time,
    pub(super) redelivery_timeout: Time,
    pub(super) redelivery_delay: Time,
    /// A span longer than anyone waits for a packet.
    pub(super) outlast: Time,
    /// How long a client waits for a packet that does not come before it asks again: half a second,
    /// as with a Kafka consumer's `fetch.max.wait.ms`, plus the longest round trip.
    pub(super) client_timeout: Time,
    /// The run is cut off here: a minute after the last business event, plus twenty times the
    /// lane's longest wait.
    pub(super) horizon: Time,
    /// The most steps a run may have.
    pub(super) most_steps: u32,
    pub(super) plan: Vec<Stop>,
}

/// One stop of a handler call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    /// When, from the start of the work.
    pub(super) at: Time,
    pub(super) what: Work,
}

/// What a handler does at a stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Work {
    /// Look up the id, and skip the rest if it is there.
    Check(Guard),
    /// The point at which a failing handler fails.
    Attempt,
    /// Do all of this at once: one step, or the write of the id, or, in one transaction, all
    /// database steps and the write of the id.
    Do(Vec<Operation>),
}

impl<'a> Setup<'a> {
    pub(super) fn new(experiment: &'a Experiment, lane: &'a Lane) -> Setup<'a> {
        let scenario = &experiment.scenario;
        let messages = experiment.messages.get() as usize;
        let interval = Time::from_millis(experiment.interval_ms.get());
        let restart = Time::from_millis(experiment.faults.restart_ms.get());
        let request_timeout = Time::from_millis(lane.producer.request_timeout_ms.get());
        let redelivery_timeout = Time::from_millis(lane.broker.redelivery_timeout_ms.get());
        let redelivery_delay = Time::from_millis(lane.broker.redelivery_delay_ms.get());
        let processing = Time::from_millis(lane.consumer.processing_ms.get());
        let slowest = Time::from_millis(experiment.faults.latency_ms.max());
        let waits = [
            restart,
            request_timeout,
            redelivery_timeout,
            redelivery_delay,
            processing,
            slowest,
            Time::from_millis(lane.producer.backoff.max_ms.get()),
            longest_wait(&experiment.faults.script),
        ];
        let longest_wait = waits.into_iter().fold(Time::ZERO, Time::max);
        let shares_transaction = match scenario.steps[scenario.primary()].kind {
            StepKind::Db => true,
            StepKind::Produce => lane.producer.transactional,
            StepKind::External => false,
        };
        let ack = match lane.consumer.ack {
            AckMode::WithEffect if !shares_transaction => AckMode::AfterProcessing,
            ack => ack,
        };
        Setup {
            lane,
            scenario,
            messages,
            instances: lane.consumer.instances.get() as u8,
            batch: lane.consumer.batch.get(),
            ack,
            slowest,
            interval,
            restart,
            request_timeout,
            redelivery_timeout,
            redelivery_delay,
            outlast: request_timeout.max(redelivery_timeout),
            client_timeout: Time::from_millis(500) + slowest.times(2),
            horizon: horizon(interval, messages, longest_wait),
            most_steps: 6_000 + 100 * messages as u32,
            plan: plan(scenario, &lane.consumer, ack, processing),
        }
    }

    /// The horizon if a script asked for a wait this long.
    pub(super) fn horizon_with(&self, wait: Time) -> Time {
        let later = horizon(self.interval, self.messages, wait);
        self.horizon.max(later)
    }

    /// The partition of a message; messages with one key share one.
    pub(super) fn partition(&self, message: MessageNo) -> u8 {
        partition_of(self.scenario, &self.lane.broker, message)
    }

    /// The broker node that a message is sent to: the initial leader of its partition.
    pub(super) fn broker_node(&self, message: MessageNo) -> Node {
        first_leader(&self.lane.broker, self.partition(message))
    }

    /// The wait after this many attempts, and its jitter in either direction.
    pub(super) fn backoff(&self, attempts: u32) -> (Time, Time) {
        let backoff = &self.lane.producer.backoff;
        let most = Time::from_millis(backoff.max_ms.get());
        let factor = u64::from(backoff.factor.thousandths());
        let mut wait = Time::from_millis(backoff.first_ms.get());
        for _ in 1..attempts {
            let longer = wait.share(factor, 1000);
            if wait >= most || longer == wait {
                break;
            }
            wait = longer;
        }
        let wait = wait.min(most);
        (wait, wait.share(u64::from(backoff.jitter.parts()), 1_000_000_000))
    }

    /// Whether a copy has used up its deliveries.
    pub(super) fn exhausted(&self, deliveries: u32) -> bool {
        self.lane.broker.max_deliveries.limit().is_some_and(|most| u64::from(deliveries) >= most)
    }

    /// What happens to a copy that is given up.
    pub(super) fn given_up(&self, copy: u32) -> Event {
        if self.lane.broker.dead_letter {
            Event::Parked { copy }
        } else {
            Event::Discarded { copy }
        }
    }
}

/// The partition that a message goes to, from 0; messages with one key share one.
pub fn partition_of(scenario: &Scenario, broker: &Broker, message: MessageNo) -> u8 {
    match scenario.key {
        KeyMode::One => 0,
        KeyMode::Each => (message.index() as u64 % broker.partitions.get()) as u8,
    }
}

/// The broker node that leads a partition, counted from 0, until another one is elected.
pub fn first_leader(broker: &Broker, partition: u8) -> Node {
    Node::Broker((u64::from(partition) % broker.replicas.get()) as u8)
}

fn horizon(interval: Time, messages: usize, longest_wait: Time) -> Time {
    interval.times(messages as u64) + Time::from_millis(60_000) + longest_wait.times(20)
}

/// The stops of a handler call. The steps divide its time evenly. Each takes effect at the end of
/// its share; those in a transaction take effect at its commit, at the end of the call.
fn plan(scenario: &Scenario, consumer: &Consumer, ack: AckMode, processing: Time) -> Vec<Stop> {
    let dedup = consumer.dedup;
    let steps = scenario.steps.len();
    let end_of = |step: usize| processing.share(step as u64 + 1, steps as u64);
    let transaction = transaction(scenario, consumer, ack);

    let mut plan = Vec::with_capacity(steps + 4);
    let mut stop = |at, what| plan.push(Stop { at, what });
    match dedup {
        Dedup::None => {}
        Dedup::Memory => stop(Time::ZERO, Work::Check(Guard::Memory)),
        Dedup::TableBefore | Dedup::TableAfter | Dedup::Atomic => {
            stop(Time::ZERO, Work::Check(Guard::Table));
        }
    }
    if dedup == Dedup::TableBefore {
        stop(Time::ZERO, Work::Do(vec![Operation::Record]));
    }
    stop(end_of(0), Work::Attempt);
    for step in 0..steps {
        let act = Operation::Step(step as u8);
        if !transaction.contains(&act) {
            stop(end_of(step), Work::Do(vec![act]));
        }
    }
    let record_last = match dedup {
        Dedup::Memory | Dedup::TableAfter => true,
        Dedup::Atomic => !transaction.contains(&Operation::Record),
        Dedup::None | Dedup::TableBefore => false,
    };
    if !transaction.is_empty() {
        stop(processing, Work::Do(transaction));
    }
    if record_last {
        stop(processing, Work::Do(vec![Operation::Record]));
    }
    plan
}

/// What a handler call does in one transaction. With `dedup: atomic`: all database steps and the
/// write of the id. With `ack: with_effect`: all steps into the store of the primary one, and the
/// acknowledgment. Writes to an output log that a `read_uncommitted` reader sees at once are not
/// held back by a transaction, so they stay out of it and only the acknowledgment remains.
fn transaction(scenario: &Scenario, consumer: &Consumer, ack: AckMode) -> Vec<Operation> {
    let steps = &scenario.steps;
    let with_effect = ack == AckMode::WithEffect;
    let kind = if with_effect { steps[steps.primary()].kind } else { StepKind::Db };
    let seen_at_once =
        kind == StepKind::Produce && consumer.isolation == Isolation::ReadUncommitted;
    let of_kind = (0..steps.len()).filter(|&step| steps[step].kind == kind && !seen_at_once);
    let mut acts: Vec<Operation> = of_kind.map(|step| Operation::Step(step as u8)).collect();
    let atomic = consumer.dedup == Dedup::Atomic && kind == StepKind::Db && !acts.is_empty();
    if atomic {
        acts.push(Operation::Record);
    }
    match (with_effect, atomic) {
        _ if acts.is_empty() => acts,
        (true, _) => {
            acts.push(Operation::Ack);
            acts
        }
        (false, true) => acts,
        (false, false) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::scenario::BuiltIn;

    fn whats(id: BuiltIn, dedup: Dedup) -> Vec<Work> {
        let consumer = Consumer { dedup, ..Consumer::default() };
        let plan = plan(&id.scenario(), &consumer, consumer.ack, Time::from_millis(100));
        plan.into_iter().map(|stop| stop.what).collect()
    }

    #[test]
    fn atomic_writes_the_id_with_the_database_steps_and_leaves_external_ones_outside() {
        let payment = whats(BuiltIn::Payment, Dedup::Atomic);
        assert_eq!(
            payment,
            [
                Work::Check(Guard::Table),
                Work::Attempt,
                Work::Do(vec![Operation::Step(1)]),
                Work::Do(vec![Operation::Step(0), Operation::Record]),
            ]
        );
    }

    #[test]
    fn for_external_steps_atomic_does_no_better_than_table_after() {
        assert_eq!(
            whats(BuiltIn::Notification, Dedup::Atomic),
            whats(BuiltIn::Notification, Dedup::TableAfter)
        );
    }
}

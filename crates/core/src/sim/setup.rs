//! The immutable inputs to a run: the lane's settings as times, and the plan of a handler call.

use super::fate::Operation;
use super::script::longest_wait;
use super::time::Time;
use super::trace::{Event, Guard, MessageNo, Node};
use crate::experiment::scenario::{KeyMode, Scenario, StepKind};
use crate::experiment::settings::{
    AckMode, Broker, BrokerKind, ConnectedTo, Consumer, Dedup, OnDisconnect,
};
use crate::experiment::{Experiment, Lane};

/// What stands for a redelivery timeout that never runs out where a length is needed, in milliseconds:
/// how long a handler stalls, and how late a packet is.
pub(crate) const NEVER_STANDS_FOR: u64 = 60_000;
/// How many steps a run takes for one delivery that fails, at most.
const STEPS_OF_A_DELIVERY: u64 = 12;
/// The most steps that a run may have for deliveries up to a limit.
const MOST_STEPS_OF_DELIVERIES: u64 = 40_000;

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
    /// Whether an acknowledgment is answered.
    pub(super) confirms: bool,
    /// Whether losing a packet of a consumer is losing its connection.
    pub(super) requeues: bool,
    pub(super) interval: Time,
    pub(super) restart: Time,
    pub(super) request_timeout: Time,
    /// How long an answer to a delivery is waited for; `None`: for ever.
    pub(super) redelivery_timeout: Option<Time>,
    /// How long a handler stalls that stalls past that.
    pub(super) stall: Time,
    pub(super) redelivery_delay: Time,
    /// A span longer than anyone waits for a packet.
    pub(super) outlast: Time,
    /// How long a client waits for a packet that does not come before it asks again: half a second,
    /// as with a Kafka consumer's `fetch.max.wait.ms`, plus the longest round trip.
    pub(super) client_timeout: Time,
    /// The run is cut off here: a minute after the last business event, plus twenty times the
    /// lane's longest wait, plus what it takes to try each message as often as its limits allow.
    pub(super) horizon: Time,
    /// How long it takes to try each message as often as its limits allow.
    limits: Time,
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
    /// The point at which a stalling handler stalls.
    Stall,
    /// The point at which a failing handler fails.
    Attempt,
    /// Perform a step inside a transaction: it takes effect at the commit.
    Stage(Operation),
    /// Do all of this at once: one step, or the write of the id, or several acts in one transaction.
    /// The acknowledgment, if it is one of them, is the last.
    Do(Vec<Operation>),
}

impl<'a> Setup<'a> {
    pub(super) fn new(experiment: &'a Experiment, lane: &'a Lane) -> Setup<'a> {
        let scenario = &experiment.scenario;
        let messages = experiment.messages.get() as usize;
        let interval = Time::from_millis(experiment.interval_ms.get());
        let restart = Time::from_millis(experiment.faults.restart_ms.get());
        let request_timeout = Time::from_millis(lane.producer.request_timeout_ms.get());
        let redelivery_timeout = lane.broker.redelivery_timeout_ms.limit().map(Time::from_millis);
        let stall = redelivery_timeout.unwrap_or(Time::from_millis(NEVER_STANDS_FOR));
        let redelivery_delay = Time::from_millis(lane.broker.redelivery_delay_ms.get());
        let processing = Time::from_millis(lane.consumer.processing_ms.get());
        let slowest = Time::from_millis(experiment.faults.latency_ms.max());
        let slow = experiment.faults.slow_ms.limit().map_or(Time::ZERO, Time::from_millis);
        let waits = [
            restart,
            request_timeout,
            stall,
            slow,
            redelivery_delay,
            processing,
            slowest,
            Time::from_millis(lane.producer.backoff.max_ms.get()),
            longest_wait(&experiment.faults.script),
        ];
        let longest_wait = waits.into_iter().fold(Time::ZERO, Time::max);
        // A delivery may wait for its whole time, and the member that had it may have to come back.
        let delivery = stall + slow + redelivery_delay + processing + restart + slowest.times(4);
        let deliveries = lane.broker.max_deliveries.limit().unwrap_or(0);
        let limits = delivery.times(deliveries).times(messages as u64);
        let most_steps = 6_000 + 100 * messages as u64;
        let steps = deliveries.saturating_mul(STEPS_OF_A_DELIVERY * messages as u64);
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
            confirms: lane.consumer.ack_confirmed
                && lane.broker.kind == BrokerKind::Queue
                && ack == AckMode::AfterProcessing,
            requeues: lane.broker.kind == BrokerKind::Queue
                && lane.broker.on_disconnect == OnDisconnect::Requeue,
            interval,
            restart,
            request_timeout,
            redelivery_timeout,
            stall,
            redelivery_delay,
            outlast: request_timeout.max(stall),
            client_timeout: Time::from_millis(500) + slowest.times(2),
            limits,
            horizon: horizon(interval, messages, longest_wait) + limits,
            most_steps: (most_steps + steps.min(MOST_STEPS_OF_DELIVERIES)) as u32,
            plan: plan(scenario, &lane.consumer, ack, processing),
        }
    }

    /// The horizon if a script asked for a wait this long.
    pub(super) fn horizon_with(&self, wait: Time) -> Time {
        let later = horizon(self.interval, self.messages, wait);
        self.horizon.max(later + self.limits)
    }

    /// The partition of a message; messages with one key share one.
    pub(super) fn partition(&self, message: MessageNo) -> u8 {
        partition_of(self.scenario, &self.lane.broker, message)
    }

    /// Whether the consumers' connections die with the node that leads.
    pub(super) fn dies_with_leader(&self) -> bool {
        self.requeues && self.lane.broker.connected_to == ConnectedTo::Leader
    }

    /// Whether two messages have one key.
    pub(super) fn share_a_key(&self, one: MessageNo, other: MessageNo) -> bool {
        self.scenario.key == KeyMode::One || one == other
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

/// The stops of a handler call. The steps divide its time evenly. Each is performed at the end of its
/// share, and takes effect then, or, in a transaction, at the commit at the end of the call.
fn plan(scenario: &Scenario, consumer: &Consumer, ack: AckMode, processing: Time) -> Vec<Stop> {
    let dedup = consumer.dedup;
    let steps = scenario.steps.len();
    let end_of = |step: usize| processing.share(step as u64 + 1, steps as u64);
    let transactions = transactions(scenario, consumer, ack);
    let shared = |act: &Operation| transactions.iter().any(|acts| acts.contains(act));

    let mut plan = Vec::with_capacity(steps + 6);
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
    // A stall does harm between the look-up of the id and the first step.
    stop(Time::ZERO, Work::Stall);
    stop(end_of(0), Work::Attempt);
    for step in 0..steps {
        let act = Operation::Step(step as u8);
        let work = if shared(&act) { Work::Stage(act) } else { Work::Do(vec![act]) };
        stop(end_of(step), work);
    }
    let record_last = match dedup {
        Dedup::Memory | Dedup::TableAfter => true,
        Dedup::Atomic => !shared(&Operation::Record),
        Dedup::None | Dedup::TableBefore => false,
    };
    for acts in transactions {
        stop(processing, Work::Do(acts));
    }
    if record_last {
        stop(processing, Work::Do(vec![Operation::Record]));
    }
    plan
}

/// What a handler call does in transactions. Under `dedup: atomic` and `ack: with_effect` all database
/// steps are one, whatever the primary step is: with the write of the id if the ids are atomic, and
/// with the acknowledgment if the primary step is one of them. A primary step that writes an output
/// log is acknowledged in a transaction with that log; the id then comes after it, because an id that
/// is there before its effect would lose it.
fn transactions(scenario: &Scenario, consumer: &Consumer, ack: AckMode) -> Vec<Vec<Operation>> {
    let steps = &scenario.steps;
    let of_kind = |kind: StepKind| {
        let steps = (0..steps.len()).filter(move |&step| steps[step].kind == kind);
        steps.map(|step| Operation::Step(step as u8)).collect::<Vec<_>>()
    };
    let atomic = consumer.dedup == Dedup::Atomic;
    let primary = steps[steps.primary()].kind;
    let with_output = ack == AckMode::WithEffect && primary == StepKind::Produce;

    let mut database = Vec::new();
    if atomic || consumer.ack == AckMode::WithEffect {
        database = of_kind(StepKind::Db);
    }
    if atomic && !database.is_empty() && !with_output {
        database.push(Operation::Record);
    }
    if ack == AckMode::WithEffect && primary == StepKind::Db {
        database.push(Operation::Ack);
    }
    let mut output = Vec::new();
    if with_output {
        output = of_kind(StepKind::Produce);
        output.push(Operation::Ack);
    }
    // One act alone needs no transaction.
    [database, output].into_iter().filter(|acts| acts.len() > 1).collect()
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
                Work::Stall,
                Work::Attempt,
                Work::Stage(Operation::Step(0)),
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

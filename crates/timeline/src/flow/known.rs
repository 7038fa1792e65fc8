//! What a run's picture is told beforehand: the settings that shape it, and what the trace says only
//! later (who a handler call belongs to, when it ends, whether a delivery is ever handled).

use std::collections::{BTreeMap, BTreeSet};

use ackground_core::experiment::settings::{BrokerKind, Source};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::{
    Event, Leg, MessageNo, Node, StepNo, Time, Trace, first_leader, partition_of,
};

/// Facts about a run that no moment changes.
#[derive(Debug)]
pub(super) struct Known {
    pub kind: BrokerKind,
    pub source: Source,
    /// How long a delivered copy stays with its receiver unless it answers.
    pub redelivery: Time,
    /// How long a broker keeps message ids, if it does.
    pub window: Option<Time>,
    pub table_most: Option<u64>,
    pub table_lifetime: Option<Time>,
    pub nodes: usize,
    pub members: usize,
    pub messages: usize,
    pub steps: usize,
    pub transactional: bool,
    /// Per message.
    pub partitions_of: Vec<u8>,
    /// Per partition, who leads it at first.
    pub first_leaders: Vec<u8>,
    /// Per step of a handler call, whose call it is.
    member_of: Vec<u8>,
    /// When each handler call ends, by the step at which it begins.
    ends: BTreeMap<StepNo, Time>,
    /// Arrivals of deliveries that are handled later.
    taken_in: BTreeSet<StepNo>,
}

impl Known {
    pub fn of(experiment: &Experiment, lane: &Lane, trace: &Trace) -> Known {
        let (broker, consumer) = (&lane.broker, &lane.consumer);
        let messages = experiment.messages.get() as usize;
        let member_of = members(trace);
        let (ends, taken_in) = calls(trace, &member_of);
        let seen = member_of.iter().map(|member| usize::from(*member) + 1);
        let leaders = (0..broker.partitions.get() as u8).map(|partition| {
            match first_leader(broker, partition) {
                Node::Broker(node) => node,
                Node::Producer | Node::Consumer(_) => 0,
            }
        });
        let partition = |index| {
            let message = MessageNo::from_index(index);
            partition_of(&experiment.scenario, broker, message)
        };
        Known {
            kind: broker.kind,
            source: lane.producer.source,
            redelivery: Time::from_millis(broker.redelivery_timeout_ms.get()),
            window: match broker.dedup_window_ms.get() {
                0 => None,
                window => Some(Time::from_millis(window)),
            },
            table_most: consumer.dedup_window.limit(),
            table_lifetime: consumer.dedup_ttl_ms.limit().map(Time::from_millis),
            nodes: broker.replicas.get() as usize,
            members: seen.max().unwrap_or(1).max(consumer.instances.get() as usize),
            messages,
            steps: experiment.scenario.steps.len(),
            transactional: lane.producer.transactional,
            partitions_of: (0..messages).map(partition).collect(),
            first_leaders: leaders.collect(),
            member_of,
            ends,
            taken_in,
        }
    }

    /// The member whose handler call a step belongs to.
    pub fn member(&self, step: StepNo) -> u8 {
        self.member_of.get(step.0 as usize).copied().unwrap_or(0)
    }

    /// When the handler call that begins at this step ends.
    pub fn end(&self, step: StepNo) -> Option<Time> {
        self.ends.get(&step).copied()
    }

    /// Whether what arrives at this step is handled later.
    pub fn is_taken_in(&self, step: StepNo) -> bool {
        self.taken_in.contains(&step)
    }
}

/// Per step the member of the group that it, or what brought it about, names.
fn members(trace: &Trace) -> Vec<u8> {
    let mut members: Vec<u8> = Vec::with_capacity(trace.steps.len());
    for step in &trace.steps {
        let named = match step.what {
            Event::Sent(no) | Event::Arrived(no) | Event::Disregarded(no, _) => {
                let packet = trace.packet(no);
                [packet.from, packet.to].into_iter().find_map(member)
            }
            Event::Crashed { node, .. }
            | Event::Restarted { node }
            | Event::Assigned { node, .. } => member(node),
            _ => None,
        };
        let inherited = || step.cause.and_then(|cause| members.get(cause.0 as usize));
        let of = named.or_else(|| inherited().copied());
        members.push(of.unwrap_or(0));
    }
    members
}

fn member(node: Node) -> Option<u8> {
    match node {
        Node::Consumer(member) => Some(member),
        Node::Producer | Node::Broker(_) => None,
    }
}

/// When each handler call ends, and which arrivals wait for one: read from the end of the run.
fn calls(trace: &Trace, member_of: &[u8]) -> (BTreeMap<StepNo, Time>, BTreeSet<StepNo>) {
    let (mut ends, mut taken_in) = (BTreeMap::new(), BTreeSet::new());
    let mut over: BTreeMap<u8, Time> = BTreeMap::new();
    let mut handled: BTreeSet<(u8, MessageNo)> = BTreeSet::new();
    for (step, of) in trace.steps.iter().zip(member_of).rev() {
        match (step.what, step.message) {
            (Event::HandlerDone | Event::HandlerFailed { .. } | Event::TransactionRefused, _) => {
                over.insert(*of, step.at);
            }
            (Event::Crashed { node: Node::Consumer(member), .. }, _) => {
                over.insert(member, step.at);
                handled.retain(|(other, _)| *other != member);
            }
            (Event::HandlerStarted { .. }, Some(message)) => {
                let end = over.remove(of).unwrap_or(trace.end.at());
                ends.insert(step.no, end);
                handled.insert((*of, message));
            }
            (Event::Arrived(no), Some(message))
                if trace.packet(no).leg == Leg::Deliver && handled.remove(&(*of, message)) =>
            {
                taken_in.insert(step.no);
            }
            _ => {}
        }
    }
    (ends, taken_in)
}

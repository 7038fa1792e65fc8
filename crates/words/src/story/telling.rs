//! The material for a sentence: one lane's run, and the participants' names.

use std::fmt;

use ackground_core::experiment::scenario::StepKind;
use ackground_core::experiment::settings::AckMode;
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::{Event, MessageNo, Node, Packet, Step, StepNo, Trace};

use super::verb::StepVerb;
use ackground_core::number::capital;

/// One or two sentences: what happens, then its cause or consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What happens, as one short sentence: `Message 3 arrives again.`
    pub lead: String,
    /// Why it happens, or what follows; empty when there is nothing to add.
    pub rest: String,
}

impl Sentence {
    pub(super) fn new(lead: impl Into<String>, rest: impl Into<String>) -> Sentence {
        Sentence { lead: capital(&lead.into()), rest: capital(&rest.into()) }
    }
}

/// Lead and rest as running text.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lead)?;
        if !self.rest.is_empty() {
            write!(f, " {}", self.rest)?;
        }
        Ok(())
    }
}

/// One lane's run, ready to be narrated.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) lane: &'a Lane,
    pub(super) trace: &'a Trace,
}

impl<'a> Telling<'a> {
    /// The run of this lane, or of the first if there is no such lane.
    pub(super) fn new(experiment: &'a Experiment, lane: usize, trace: &'a Trace) -> Telling<'a> {
        let lane = experiment.lanes.get(lane).unwrap_or(&experiment.lanes[0]);
        Telling { experiment, lane, trace }
    }

    /// The producer's name: `Bank A`.
    pub(super) fn producer(&self) -> &'a str {
        or(&self.experiment.scenario.producer, "the producer")
    }

    /// The consumer's name: `Payments`.
    pub(super) fn consumer(&self) -> &'a str {
        or(&self.experiment.scenario.consumer, "the consumer")
    }

    /// The name of a participant: `Payments 2` where there are several, `broker node 2`.
    pub(super) fn node(&self, node: Node) -> String {
        match node {
            Node::Producer => self.producer().to_owned(),
            Node::Broker(node) if self.lane.broker.replicas.get() > 1 => {
                format!("broker node {}", u32::from(node) + 1)
            }
            Node::Broker(_) => "the broker".to_owned(),
            Node::Consumer(member) if self.lane.consumer.instances.get() > 1 => {
                format!("{} {}", self.consumer(), u32::from(member) + 1)
            }
            Node::Consumer(_) => self.consumer().to_owned(),
        }
    }

    /// The name of the member that a step is about, or of the group if the member is unknown.
    pub(super) fn who(&self, no: StepNo) -> String {
        let member = self.member_of(no);
        member.map_or_else(|| self.consumer().to_owned(), |member| self.node(member))
    }

    /// A step of the scenario, in words.
    pub(super) fn verb(&self, step: u8) -> StepVerb {
        StepVerb::of(self.experiment, step)
    }

    /// The index of the primary step, whose effects are counted.
    pub(super) fn primary(&self) -> u8 {
        super::verb::primary(self.experiment)
    }

    /// Whether the acknowledgment is in the same transaction as the primary step.
    pub(super) fn settles_with_effect(&self) -> bool {
        let steps = &self.experiment.scenario.steps;
        self.lane.consumer.ack == AckMode::WithEffect
            && match steps[steps.primary()].kind {
                StepKind::Db => true,
                StepKind::Produce => self.lane.producer.transactional,
                StepKind::External => false,
            }
    }

    /// The trace's step with this number.
    pub(super) fn step(&self, no: StepNo) -> &'a Step {
        self.trace.step(no)
    }

    /// The steps before this one, latest first.
    pub(super) fn before(&self, no: StepNo) -> impl Iterator<Item = &'a Step> + use<'a> {
        self.trace.steps[..no.0 as usize].iter().rev()
    }

    /// The steps about one message before this one, latest first, back to its business event.
    pub(super) fn before_about(
        &self,
        no: StepNo,
        message: MessageNo,
    ) -> impl Iterator<Item = &'a Step> + use<'a> {
        let mut born = false;
        self.before(no).filter(move |step| step.message == Some(message)).take_while(move |step| {
            let first = std::mem::replace(&mut born, step.what == Event::Created);
            !first
        })
    }

    /// The steps after this one.
    pub(super) fn after(&self, no: StepNo) -> impl Iterator<Item = &'a Step> + use<'a> {
        self.trace.steps[no.0 as usize + 1..].iter()
    }

    /// The packets about a message that left before a step, latest first.
    pub(super) fn packets_before(
        &self,
        no: StepNo,
        message: MessageNo,
    ) -> impl Iterator<Item = &'a Packet> + use<'a> {
        let trace = self.trace;
        self.before_about(no, message).filter_map(move |step| trace.sent(step.what))
    }
}

fn or<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    match name.trim() {
        "" => otherwise,
        name => name,
    }
}

//! Acts: what can be done by hand to a shape of a run, each one line of the fault script.
//!
//! Only what works is offered: the line fires in this very lane and changes nothing that happened before the
//! act. That holds because an act is made from a choice point of this run ([`choices`]) that is still undecided; no
//! rule of the simulator is repeated here.

mod here;

#[cfg(test)]
mod tests;

pub use here::here;

use std::borrow::Cow;

use super::consumer_of;
use super::diagram::LifelineId;
use ackground_core::experiment::script::{Cut, Line};
use ackground_core::experiment::settings::{Acks, Millis};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::{
    Because, Choice, ChoicePoint, CrashPoint, Event, Leg, MessageNo, Node, Occasion, Operation,
    PacketNo, Step, StepNo, Time, Trace, choices, stops,
};
use ackground_words::story;

/// What is being pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The shape of this step; for a packet, the step in which it left.
    Step(StepNo),
    /// A lifeline at a moment.
    Line(LifelineId, Time),
}

/// The edit that an act makes to the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch {
    /// Append this line.
    Add(Line),
    /// Remove the line at this index among all lines, from 0.
    TakeBack(usize, Line),
}

impl Patch {
    /// The line added or removed.
    pub fn line(&self) -> &Line {
        match self {
            Patch::Add(line) | Patch::TakeBack(_, line) => line,
        }
    }
}

/// Something that can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// A short label: `Lose it`.
    pub words: Cow<'static, str>,
    /// The edit it makes to the script.
    pub patch: Patch,
    /// The moment from which the run changes.
    pub at: Time,
}

/// How long a partition lasts, in milliseconds.
const CUTS: [u64; 2] = [1000, 5000];
/// A time past a timeout, in milliseconds; past a timeout of minutes, the next whole minute.
fn past(timeout: u64) -> u64 {
    match timeout {
        0..60_000 => timeout + 500,
        _ => (timeout / 60_000 + 1) * 60_000,
    }
}

/// The acts offered for a subject in a lane's run. Removing a line that is in force there comes first. Costs one
/// simulation of the lane.
pub fn acts(experiment: &Experiment, lane: usize, trace: &Trace, subject: Subject) -> Vec<Act> {
    let Some(setup) = experiment.lanes.get(lane) else {
        return Vec::new();
    };
    let mut offer =
        Offer { experiment, setup, trace, choices: choices(experiment, lane), acts: Vec::new() };
    match subject {
        Subject::Step(no) => {
            if let Some(step) = trace.steps.get(no.0 as usize) {
                offer.step(step);
            }
        }
        Subject::Line(LifelineId::Node(node), at) => {
            offer.crashes_near(node, at);
            match node {
                Node::Producer => offer.cuts(Cut::Producer, at),
                Node::Consumer(_) => offer.cuts(Cut::Consumer, at),
                Node::Broker(_) => {}
            }
        }
        Subject::Line(LifelineId::Store, _) => {}
    }
    offer.acts.sort_by_key(|act| matches!(act.patch, Patch::Add(_)));
    offer.acts
}

/// The acts found so far.
struct Offer<'a> {
    experiment: &'a Experiment,
    setup: &'a Lane,
    trace: &'a Trace,
    choices: Vec<Choice>,
    acts: Vec<Act>,
}

impl Offer<'_> {
    fn step(&mut self, step: &Step) {
        let message = step.message;
        match step.what {
            Event::Sent(no) | Event::Arrived(no) | Event::Disregarded(no, _) => self.packet(no),
            Event::HandlerStarted { call, .. } => {
                if let Some(message) = message {
                    self.call(message, call);
                }
            }
            Event::Crashed { because, .. }
            | Event::HandlerFailed { because }
            | Event::Stalled { because, .. } => self.take_back(because),
            Event::Applied { step: number } | Event::Absorbed { step: number, .. } => {
                self.crashes_at(step, |act| act == Operation::Step(number));
            }
            Event::Recorded(_) => self.crashes_at(step, |act| act == Operation::Record),
            Event::Stored { .. }
            | Event::Refused(_)
            | Event::RepeatDropped(_)
            | Event::Visible { .. } => {
                self.crashes_at(step, |act| matches!(home(act), Node::Broker(_)));
            }
            Event::Created | Event::AnswerTimedOut { .. } | Event::Told(_) => {
                self.crashes_near(Node::Producer, step.at);
            }
            Event::Skipped(_) | Event::TransactionRefused => {
                let member = consumer_of(self.trace, step.no);
                self.crashes_near(Node::Consumer(member), step.at);
            }
            // No fault can strike at these.
            Event::TransactionCommitted { .. }
            | Event::TransactionAborted { .. }
            | Event::Elected { .. }
            | Event::Unavailable { .. }
            | Event::CopyLost { .. }
            | Event::Assigned { .. }
            | Event::DeliveryTimedOut(_)
            | Event::Requeued { .. }
            | Event::Rewound { .. }
            | Event::Settled { .. }
            | Event::LateAck { .. }
            | Event::Parked { .. }
            | Event::Discarded { .. }
            | Event::HandlerDone
            | Event::Waiting
            | Event::Restarted { .. } => {}
        }
    }

    fn packet(&mut self, no: PacketNo) {
        let packet = *self.trace.packet(no);
        let (leg, message, nth) = (packet.leg, packet.message, packet.nth);
        let answers = [packet.lost, packet.delayed, packet.repeats];
        for because in answers.into_iter().flatten() {
            self.take_back(because);
        }
        // The network's duplicate of a packet is lost or late only together with the original.
        if packet.lost.is_none() && packet.repeats.is_none() {
            self.add(ChoicePoint::Loses(leg, message, nth), 0);
            let past = self.timeout(leg).map(past);
            for by in story::DELAYS.into_iter().chain(past) {
                self.add(ChoicePoint::Delays(leg, message, nth), by);
            }
            self.add(ChoicePoint::Repeats(leg, message, nth), 0);
        }
        if let Some(side) = leg.side() {
            self.cuts(side, packet.sent);
        }
    }

    /// How long the sender of a packet waits for a reaction; `None` where it does not.
    fn timeout(&self, leg: Leg) -> Option<u64> {
        let waits = self.setup.producer.acks != Acks::None;
        if matches!(leg, Leg::Publish | Leg::PublishAck) {
            waits.then(|| self.setup.producer.request_timeout_ms.get())
        } else {
            Some(self.setup.broker.redelivery_timeout_ms.at_most())
        }
    }

    fn call(&mut self, message: MessageNo, call: u32) {
        let (fails, stalls) =
            (ChoicePoint::Fails(message, call), ChoicePoint::Stalls(message, call));
        let answered: Vec<Because> = self
            .choices
            .iter()
            .filter(|choice| choice.asked == fails || choice.asked == stalls)
            .filter_map(|choice| choice.answer)
            .collect();
        for because in answered {
            self.take_back(because);
        }
        self.add(fails, 0);
        self.add(stalls, past(self.setup.broker.redelivery_timeout_ms.at_most()));
        let first =
            |choice: &&Choice| matches!(choice.asked, ChoicePoint::Fails(of, _) if of == message);
        if let Some(first) = self.open(first) {
            self.add_from(&first, Line::Poison(message.ordinal()));
        }
        self.crashes(|_, point, at| {
            matches!(home(point.act), Node::Consumer(_))
                && at.message == message
                && at.handling == call
        });
    }

    /// Offers crashes exactly where a step is.
    fn crashes_at(&mut self, step: &Step, of: impl Fn(Operation) -> bool) {
        self.crashes(|choice, point, at| {
            of(point.act) && choice.at == step.at && Some(at.message) == step.message
        });
    }

    /// Offers crashes of a node at its own operation nearest to a moment.
    fn crashes_near(&mut self, node: Node, at: Time) {
        let own = |choice: &Choice| {
            let (point, occasion) = crash(choice)?;
            if !same_line(home(point.act), node) {
                return None;
            }
            let of = node.member().and_then(|_| self.member(occasion.message, occasion.handling));
            (of.is_none() || of == node.member()).then_some(occasion.message)
        };
        let near = self.choices.iter().filter_map(|choice| Some((choice, own(choice)?)));
        let nearest = near.min_by_key(|(choice, _)| choice.at.micros().abs_diff(at.micros()));
        let Some((&Choice { at, .. }, message)) = nearest else {
            return;
        };
        self.crashes(|choice, point, occasion| {
            choice.at == at && occasion.message == message && same_line(home(point.act), node)
        });
    }

    /// The member that ran a handler call.
    fn member(&self, message: MessageNo, call: u32) -> Option<u8> {
        let started = self.trace.steps.iter().find(|step| {
            step.message == Some(message)
                && matches!(step.what, Event::HandlerStarted { call: this, .. } if this == call)
        });
        started.map(|step| consumer_of(self.trace, step.no))
    }

    fn crashes(&mut self, here: impl Fn(&Choice, CrashPoint, Occasion) -> bool) {
        let here = |choice: &&Choice| {
            crash(choice).is_some_and(|(point, occasion)| here(choice, point, occasion))
        };
        let found: Vec<Choice> = self.choices.iter().filter(here).copied().collect();
        for choice in found {
            if let Some(because) = choice.answer {
                self.take_back(because);
            } else {
                self.add_line(&choice, 0);
            }
        }
    }

    /// Offers to cut off a side from this moment on, if a packet runs into that.
    fn cuts(&mut self, side: Cut, at: Time) {
        // Rounded up to a whole millisecond, so that nothing before the moment changes.
        let from = at.micros().div_ceil(1000);
        for length in CUTS {
            let (start, end) = (Millis::clamp(from), Millis::clamp(from + length));
            let stopped = self.choices.iter().filter_map(|choice| {
                let ChoicePoint::Cuts(leg, sent, arrives) = choice.asked else {
                    return None;
                };
                let stopped = leg.side() == Some(side)
                    && choice.answer.is_none()
                    && stops((start, end), sent, arrives);
                stopped.then_some(sent)
            });
            // Packets in flight are stopped too: the run forks where the first of them was sent.
            if let Some(sent) = stopped.min().filter(|_| start < end) {
                self.push(
                    Patch::Add(Line::Partition(side, (start, end))),
                    sent.min(Time::from_millis(from)),
                );
            }
        }
    }

    /// The first of these choices, if no line has decided it.
    fn open(&self, is: impl FnMut(&&Choice) -> bool) -> Option<Choice> {
        self.choices.iter().find(is).filter(|choice| choice.answer.is_none()).copied()
    }

    /// Offers a line for a choice point that was reached and not decided; `lasts` in milliseconds, for faults that
    /// last.
    fn add(&mut self, asked: ChoicePoint, lasts: u64) {
        if let Some(choice) = self.open(|choice| choice.asked == asked) {
            self.add_line(&choice, lasts);
        }
    }

    fn add_line(&mut self, choice: &Choice, lasts: u64) {
        let scenario = &self.experiment.scenario;
        if let Some(line) = choice.asked.line(Millis::clamp(lasts), scenario) {
            self.add_from(choice, line);
        }
    }

    /// Offers a line for a given choice. A script cannot tell two choices with the same name apart: the line would
    /// fire at the first of them.
    fn add_from(&mut self, choice: &Choice, line: Line) {
        let named_alike = |other: &&Choice| match (other.asked, choice.asked) {
            (ChoicePoint::Crashes(a, first), ChoicePoint::Crashes(b, this)) => {
                a == b && first.message == this.message && first.nth == this.nth
            }
            (a, b) => a == b,
        };
        if self.choices.iter().find(named_alike) == Some(choice) {
            self.push(Patch::Add(line), choice.at);
        }
    }

    /// Offers to remove the line that decided something, at the first thing it decided; nothing if it was
    /// chance.
    fn take_back(&mut self, because: Because) {
        let first = self.choices.iter().find(|choice| choice.answer == Some(because));
        let (Because::Script(active), Some(&Choice { at, .. })) = (because, first) else {
            return;
        };
        let (script, active) = (&self.experiment.faults.script, usize::from(active));
        if let (Some(place), Some(line)) =
            (script.index_of_active(active), script.lines().get(active))
        {
            self.push(Patch::TakeBack(place, line.clone()), at);
        }
    }

    fn push(&mut self, patch: Patch, at: Time) {
        if self.acts.iter().all(|act| act.patch != patch) {
            let words = match &patch {
                Patch::Add(line) => story::by_hand(self.experiment, self.setup, line),
                Patch::TakeBack(..) => "Take this back".into(),
            };
            self.acts.push(Act { words, patch, at });
        }
    }
}

/// Which kind of node performs this; broker nodes and members are not told apart.
fn home(act: Operation) -> Node {
    match act {
        Operation::Publish => Node::Producer,
        Operation::Write | Operation::Replicate | Operation::Answer | Operation::Follow => {
            Node::Broker(0)
        }
        Operation::Receive | Operation::Record | Operation::Ack | Operation::Step(_) => {
            Node::Consumer(0)
        }
    }
}

/// Where and when a node may crash, if the choice is about that.
fn crash(choice: &Choice) -> Option<(CrashPoint, Occasion)> {
    if let ChoicePoint::Crashes(point, occasion) = choice.asked {
        Some((point, occasion))
    } else {
        None
    }
}

fn same_line(a: Node, b: Node) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

//! What can be done by hand to a shape of a run: each act one line of the script.
//!
//! Offered is only what works: the line fires in this very lane, and nothing that has happened before the
//! moment of the act is changed by it. That is so because an act is made from a choice point of this run
//! ([`choices`]) that nobody has answered yet; no rule of the simulator is repeated here.

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

/// What is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The shape of this step; that of a packet is the step in which it left.
    Step(StepNo),
    /// A lifeline at a moment.
    Line(LifelineId, Time),
}

/// What an act does to the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch {
    /// It gets this line at its end.
    Add(Line),
    /// The line at this place among all lines, from 0, goes.
    TakeBack(usize, Line),
}

impl Patch {
    /// The line that comes or goes.
    pub fn line(&self) -> &Line {
        match self {
            Patch::Add(line) | Patch::TakeBack(_, line) => line,
        }
    }
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What it is, in a few words: `Lose it`.
    pub words: Cow<'static, str>,
    /// What it does to the script.
    pub patch: Patch,
    /// From when on the run is another one.
    pub at: Time,
}

/// How long a side is cut off, in milliseconds.
const CUTS: [u64; 2] = [1000, 5000];
/// How long something lasts beyond a timeout, in milliseconds.
const PAST: u64 = 500;

/// What can be done about this in a lane's run. Lines that are in force there are offered to be taken
/// back, first of all. Takes as long as a simulation of the lane.
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

/// What has been found so far.
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
            Event::HandlerStarted { call } => {
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
            // Nothing strikes where one of these stands.
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
        // A copy that the network made is lost or late only together with the packet that it repeats.
        if packet.lost.is_none() && packet.repeats.is_none() {
            self.add(ChoicePoint::Loses(leg, message, nth), 0);
            let past = self.timeout(leg).map(|timeout| timeout + PAST);
            for by in story::DELAYS.into_iter().chain(past) {
                self.add(ChoicePoint::Delays(leg, message, nth), by);
            }
            self.add(ChoicePoint::Repeats(leg, message, nth), 0);
        }
        if let Some(side) = leg.side() {
            self.cuts(side, packet.sent);
        }
    }

    /// How long the sender of a packet waits for what follows from it; `None` where it does not.
    fn timeout(&self, leg: Leg) -> Option<u64> {
        let waits = self.setup.producer.acks != Acks::None;
        if matches!(leg, Leg::Publish | Leg::PublishAck) {
            waits.then(|| self.setup.producer.request_timeout_ms.get())
        } else {
            Some(self.setup.broker.redelivery_timeout_ms.get())
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
        self.add(stalls, self.setup.broker.redelivery_timeout_ms.get() + PAST);
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

    /// Crashes right where a step stands.
    fn crashes_at(&mut self, step: &Step, of: impl Fn(Operation) -> bool) {
        self.crashes(|choice, point, at| {
            of(point.act) && choice.at == step.at && Some(at.message) == step.message
        });
    }

    /// Crashes of a node at the act of its own that is nearest to a moment.
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

    /// The member that a handler call ran on.
    fn member(&self, message: MessageNo, call: u32) -> Option<u8> {
        let started = self.trace.steps.iter().find(|step| {
            step.message == Some(message) && step.what == Event::HandlerStarted { call }
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

    /// A side cut off from this moment on, if a packet runs into that.
    fn cuts(&mut self, side: Cut, at: Time) {
        // From the next whole millisecond, so that nothing before the moment is touched.
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
            // What is under way already is stopped too: the run forks where that was sent.
            if let Some(sent) = stopped.min().filter(|_| start < end) {
                self.push(
                    Patch::Add(Line::Partition(side, (start, end))),
                    sent.min(Time::from_millis(from)),
                );
            }
        }
    }

    /// The first choice of these, if nobody has answered it.
    fn open(&self, is: impl FnMut(&&Choice) -> bool) -> Option<Choice> {
        self.choices.iter().find(is).filter(|choice| choice.answer.is_none()).copied()
    }

    /// A line for a choice that was asked and that nobody has answered, for so many milliseconds if what
    /// goes wrong lasts.
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

    /// A line for a choice in hand. A script cannot tell two choices of one name apart: the line would
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

    /// The line that decided something, to be taken back from the first thing that it decided; nothing if
    /// it was chance.
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

/// Which kind of node does this; a node of the broker and a member are not told apart.
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

/// Where and when a node may crash, if that is what was asked.
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

//! A sentence for every event of a run: what happens, and why or what follows. Also each event's importance, which
//! decides what represents a moment and what belongs in a transcript.
//!
//! One file per participant; this one only dispatches. Statements about the past are read from the trace;
//! statements about the future are made only where the trace bears them out.

mod arrived;
mod batch;
mod broker;
mod cluster;
mod consumer;
mod effect;
mod node;
mod producer;
mod reason;
mod sent;

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Event, Ignored, Leg, Packet, Refusal, Step, StepNo, Time, Told, Trace};

use super::telling::{Sentence, Telling};

/// The sentence for one event of a lane's run.
///
/// A step that is not in the trace, which only a bug can ask for, gets the sentence of the last
/// one.
pub fn narrate(experiment: &Experiment, lane: usize, trace: &Trace, no: StepNo) -> Sentence {
    let last = trace.steps.len().saturating_sub(1);
    match trace.steps.get((no.0 as usize).min(last)) {
        Some(step) => Telling::new(experiment, lane, trace).tell(step.no),
        None => Sentence::new("Nothing happens.", ""),
    }
}

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The moment, in simulated time.
    pub at: Time,
    /// The event.
    pub step: StepNo,
    /// What happens.
    pub sentence: Sentence,
}

/// A lane's whole run in words, event by event. Costs the length of the run times the lifespan of a message;
/// meant for runs that a person reads.
pub fn transcript(experiment: &Experiment, lane: usize, trace: &Trace) -> Vec<Line> {
    let telling = Telling::new(experiment, lane, trace);
    let line = |step: &ackground_core::sim::Step| Line {
        at: step.at,
        step: step.no,
        sentence: telling.tell(step.no),
    };
    trace.steps.iter().map(line).collect()
}

impl Telling<'_> {
    pub(super) fn tell(&self, no: StepNo) -> Sentence {
        let step = self.step(no);
        let Some(message) = step.message else {
            let Event::Restarted { node } = step.what else {
                return Sentence::new("Something happens.", "");
            };
            return self.restarted(no, node);
        };
        match step.what {
            Event::Created => self.created(message),
            Event::Sent(packet) => self.sent(no, self.trace.packet(packet)),
            Event::Arrived(packet) => self.arrived(no, self.trace.packet(packet)),
            Event::Disregarded(packet, why) => self.disregarded(no, self.trace.packet(packet), why),
            Event::AnswerTimedOut { resend, .. } => self.answer_timed_out(no, message, resend),
            Event::Told(told) => self.told(no, message, told),
            Event::Stored { .. } => self.stored(no, message),
            Event::Refused(refusal @ Refusal::NotEnoughReplicasAfterAppend) => Sentence::new(
                format!("the broker has message {message} but does not confirm it."),
                format!("{}.", self.refusal(refusal)),
            ),
            Event::Refused(refusal) => Sentence::new(
                format!("the broker does not accept message {message}."),
                format!("{}.", self.refusal(refusal)),
            ),
            Event::Visible { .. } => self.visible(no, message),
            Event::TransactionCommitted { .. } => self.transaction_committed(message),
            Event::TransactionAborted { .. } => self.transaction_aborted(no, message),
            Event::Elected { partition, node, clean } => self.elected(no, partition, node, clean),
            Event::Unavailable { partition } => self.unavailable(no, partition),
            Event::CopyLost { .. } => self.copy_lost(no, message),
            Event::Assigned { partition, node } => self.assigned(no, message, partition, node),
            Event::TransactionRefused => self.transaction_refused(no, message),
            Event::RepeatDropped(guard) => self.repeat_dropped(message, guard),
            Event::DeliveryTimedOut(delivery) => self.delivery_timed_out(no, message, delivery),
            Event::Requeued { .. } => self.requeued(message),
            Event::Rewound { copy } => self.rewound(no, message, copy),
            Event::Settled { .. } => self.settled(no, message),
            Event::LateAck { accepted, .. } => self.late_ack(no, message, accepted),
            Event::Parked { .. } => self.given_up(no, message, true),
            Event::Discarded { .. } => self.given_up(no, message, false),
            Event::HandlerStarted { .. } => self.handler_started(no, message),
            Event::Stalled { until, .. } => self.stalled(no, message, until),
            Event::HandlerFailed { .. } => self.handler_failed(no, message),
            Event::Skipped(guard) => self.skipped(no, message, guard),
            Event::Recorded(guard) => self.recorded(no, message, guard),
            Event::HandlerDone => self.handler_done(no, message),
            Event::Waiting => self.waiting(no, message),
            Event::Applied { step } => self.applied(no, message, step),
            Event::Absorbed { step, guard } => self.absorbed(message, step, guard),
            Event::Crashed { node, point, .. } => self.crashed(no, message, node, point),
            Event::Restarted { node } => self.restarted(no, node),
        }
    }
}

/// A step of at least this importance is a fault, or something only a fault brings about.
pub const CONSEQUENCE: u8 = 75;

/// Steps of at most this importance add nothing that another step does not tell better.
const BOOKKEEPING: u8 = 20;

/// The steps that belong in a transcript: all but bookkeeping.
pub fn worth_telling(trace: &Trace) -> Vec<StepNo> {
    trace.steps.iter().filter(|step| tells(trace, step)).map(|step| step.no).collect()
}

/// Whether a step adds anything that another does not tell better.
pub fn tells(trace: &Trace, step: &Step) -> bool {
    importance(trace, step) > BOOKKEEPING
}

/// The importance of a step, from 0 to 100: the worst and rarest events most, bookkeeping least.
pub fn importance(trace: &Trace, step: &Step) -> u8 {
    weights(trace, step, 0).0
}

impl Telling<'_> {
    /// The weight of a step in a chain of causes: 0 for nothing, 3 for the outcome itself.
    pub(super) fn says(&self, step: &Step) -> u8 {
        weights(self.trace, step, self.primary()).1
    }
}

/// The importance of an event at its moment, and its weight as a cause of an outcome. `primary` is the step of
/// the scenario that the outcome is about.
fn weights(trace: &Trace, step: &Step, primary: u8) -> (u8, u8) {
    let repeat = |this: u8| {
        let before = trace.steps[..step.no.0 as usize].iter().rev();
        before
            .filter(|other| other.message == step.message)
            .any(|other| matches!(other.what, Event::Applied { step } if step == this))
    };
    let result = |this: u8| if this == primary { 3 } else { 0 };
    match step.what {
        Event::Crashed { .. } => (100, 2),
        Event::Applied { step: this } => (if repeat(this) { 95 } else { 70 }, result(this)),
        Event::CopyLost { .. } => (93, 3),
        Event::Parked { .. } | Event::Discarded { .. } | Event::Told(Told::Error) => (92, 3),
        Event::Skipped(_) | Event::RepeatDropped(_) => (85, 3),
        Event::Absorbed { step: this, .. } => (85, result(this)),
        Event::TransactionAborted { .. } => (82, 3),
        Event::Unavailable { .. } => (82, 1),
        Event::HandlerFailed { .. } => (80, 2),
        Event::Stalled { .. } => (80, 1),
        Event::TransactionRefused => (79, 3),
        Event::Refused(_) => (79, 2),
        Event::LateAck { .. } => (78, 1),
        Event::DeliveryTimedOut(_) | Event::AnswerTimedOut { .. } => (75, 0),
        Event::Elected { clean, .. } => (66, if clean { 1 } else { 2 }),
        Event::Assigned { .. } => (66, 1),
        Event::Restarted { .. } => (65, 0),
        Event::Disregarded(no, why) => {
            let found_down = why == Ignored::NodeDown && trace.packet(no).repeats.is_none();
            (60, u8::from(found_down))
        }
        Event::Sent(no) if trace.packet(no).lost.is_some() => (90, 2),
        Event::Sent(no) => {
            let packet = trace.packet(no);
            let resent = packet.nth > 1 && packet.leg == Leg::Publish;
            let faulty = packet.repeats.is_some() || packet.delayed.is_some();
            (of_packet(packet, 0), u8::from(resent || faulty))
        }
        Event::Arrived(no) => (of_packet(trace.packet(no), 2), 0),
        Event::Requeued { .. } | Event::Rewound { .. } => (48, 0),
        Event::Recorded(_) => (46, 0),
        Event::Created => (45, 0),
        Event::HandlerStarted { .. } => (40, 0),
        Event::Stored { .. } => (35, 0),
        Event::TransactionCommitted { .. } => (34, 0),
        Event::Visible { .. } => (18, 0),
        Event::HandlerDone | Event::Waiting => (15, 0),
        Event::Told(Told::Ok | Told::Nothing) | Event::Settled { .. } => (10, 0),
    }
}

/// The importance of a packet's departure, or, raised by `arrival`, of its arrival.
fn of_packet(packet: &Packet, arrival: u8) -> u8 {
    let again = packet.nth > 1 || packet.delayed.is_some() || packet.repeats.is_some();
    let news = if again { 8 } else { 0 };
    match packet.leg {
        Leg::Publish | Leg::Deliver => 50 + news + arrival,
        Leg::PublishAck | Leg::Ack => 30 + news,
        Leg::Commit => 30,
        Leg::Confirm | Leg::Replicate => 20,
    }
}

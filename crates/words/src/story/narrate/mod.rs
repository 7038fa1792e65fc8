//! A sentence for every event of a run: what happens, and why or what follows from it.
//!
//! One file per participant; this one only hands out the work. What is said of the past is read
//! from the trace; what is said of the future is said only where the trace bears it out.

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
use ackground_core::sim::{Happening, Refusal, StepNo, Time, Trace};

use super::telling::{Sentence, Telling};

/// The sentence for one event of a lane's run.
///
/// A step that the trace does not have, which only a caller's mistake can ask for, gets the
/// sentence of the last one.
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
    /// When.
    pub at: Time,
    /// The event.
    pub step: StepNo,
    /// What happens.
    pub sentence: Sentence,
}

/// A lane's whole run in words, event for event. Grows with the length of the run times the span
/// of a message's life; made for runs that a person reads.
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
            return match step.what {
                Happening::Restarted { node } => self.restarted(no, node),
                _ => Sentence::new("Something happens.", ""),
            };
        };
        match step.what {
            Happening::Created => self.created(message),
            Happening::Sent(packet) => self.sent(no, self.trace.packet(packet)),
            Happening::Arrived(packet) => self.arrived(no, self.trace.packet(packet)),
            Happening::Disregarded(packet, why) => {
                self.disregarded(no, self.trace.packet(packet), why)
            }
            Happening::AnswerTimedOut { resend, .. } => self.answer_timed_out(no, message, resend),
            Happening::Told(told) => self.told(no, message, told),
            Happening::Stored { .. } => self.stored(no, message),
            Happening::Refused(refusal @ Refusal::NotEnoughReplicasAfterAppend) => Sentence::new(
                format!("the broker has message {message} and does not confirm it."),
                format!("{}.", self.refusal(refusal)),
            ),
            Happening::Refused(refusal) => Sentence::new(
                format!("the broker does not take message {message}."),
                format!("{}.", self.refusal(refusal)),
            ),
            Happening::Visible { .. } => self.visible(no, message),
            Happening::TransactionCommitted { .. } => self.transaction_committed(message),
            Happening::TransactionAborted { .. } => self.transaction_aborted(message),
            Happening::Elected { partition, node, clean } => {
                self.elected(no, partition, node, clean)
            }
            Happening::Unavailable { partition } => self.unavailable(partition),
            Happening::CopyLost { .. } => self.copy_lost(no, message),
            Happening::Assigned { partition, node } => self.assigned(no, message, partition, node),
            Happening::TransactionRefused => self.transaction_refused(no, message),
            Happening::RepeatDropped(guard) => self.repeat_dropped(message, guard),
            Happening::DeliveryTimedOut(delivery) => self.delivery_timed_out(no, message, delivery),
            Happening::Requeued { .. } => self.requeued(message),
            Happening::Rewound { copy } => self.rewound(no, message, copy),
            Happening::Settled { .. } => self.settled(no, message),
            Happening::LateAck { accepted, .. } => self.late_ack(message, accepted),
            Happening::Parked { .. } => self.given_up(no, message, true),
            Happening::Discarded { .. } => self.given_up(no, message, false),
            Happening::HandlerStarted { .. } => self.handler_started(no, message),
            Happening::Stalled { until, .. } => self.stalled(no, message, until),
            Happening::HandlerFailed { .. } => self.handler_failed(no, message),
            Happening::Skipped(guard) => self.skipped(no, message, guard),
            Happening::Recorded(guard) => self.recorded(no, message, guard),
            Happening::HandlerDone => self.handler_done(no, message),
            Happening::Waiting => self.waiting(no, message),
            Happening::Applied { step } => self.applied(no, message, step),
            Happening::Absorbed { step, guard } => self.absorbed(message, step, guard),
            Happening::Crashed { node, point, .. } => self.crashed(no, message, node, point),
            Happening::Restarted { node } => self.restarted(no, node),
        }
    }
}

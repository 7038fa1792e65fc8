//! What a trace tells of the past at a moment. The world knows what is held; which step brought it there,
//! where a click on it leads, and what nobody holds any more is known to the trace alone.

use std::collections::BTreeSet;

use crate::consumer_of;
use ackground_core::experiment::settings::Source;
use ackground_core::sim::{
    Carries, Event, Leg, MessageNo, Node, PacketNo, Step, StepNo, Time, Trace, held,
};

/// What was told up to a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Whether the producer keeps through a crash what it has not been told of.
    keeps: bool,
    /// Per message the step that brought it where it stands with its producer, once its business event
    /// has taken place.
    pub rows: Vec<Option<StepNo>>,
    /// The producer id under which it sent last, and in which of its lives.
    pub identity: Option<(u32, u32)>,
    /// Per stored copy the latest step about it.
    pub copies: Vec<StepNo>,
    /// The copies that were given up.
    pub given_up: BTreeSet<u32>,
    /// The dead letter queue, with the step that parked each.
    pub parked: Vec<(MessageNo, StepNo)>,
    /// How many copies were given up and thrown away.
    pub discarded: usize,
    /// Members that have said last that they wait in silence for their time to run out.
    pub silent: BTreeSet<u8>,
    /// Per message the latest effect.
    pub effects: Vec<Option<StepNo>>,
    /// Repeats that the guards before and in the store kept from taking effect.
    pub absorbed: u32,
}

impl Told {
    /// Before anything was told.
    pub(super) fn nothing(messages: usize, source: Source) -> Told {
        Told {
            keeps: source == Source::Outbox,
            rows: vec![None; messages],
            effects: vec![None; messages],
            ..Told::default()
        }
    }

    /// The next step.
    pub(super) fn see(&mut self, trace: &Trace, step: &Step) {
        match copy_of(trace, step).map(|copy| copy as usize) {
            // Copies are numbered as they are stored.
            Some(copy) if copy == self.copies.len() => self.copies.push(step.no),
            Some(copy) => self.copies[copy] = step.no,
            None => {}
        }
        let Some(message) = step.message else { return };
        match step.what {
            Event::Created | Event::Told(_) => self.rows[message.index()] = Some(step.no),
            Event::AnswerTimedOut { resend: Some(_), .. } => {
                self.rows[message.index()] = Some(step.no);
            }
            Event::Sent(no) => {
                let packet = trace.packet(no);
                if packet.from == Node::Producer && packet.repeats.is_none() {
                    self.rows[message.index()] = Some(step.no);
                    if let Carries::Publish { session, id, .. } = packet.carries {
                        self.identity = Some((id, session));
                    }
                }
            }
            Event::Arrived(no) => {
                let packet = trace.packet(no);
                match packet.to {
                    Node::Producer if matches!(packet.carries, Carries::Refused { .. }) => {
                        self.rows[message.index()] = Some(step.no);
                    }
                    Node::Consumer(member) if packet.leg == Leg::Deliver => {
                        self.silent.remove(&member);
                    }
                    _ => {}
                }
            }
            Event::Crashed { node: Node::Producer, .. } => {
                let is_open = |row: &StepNo| match trace.step(*row).what {
                    Event::Told(_) => false,
                    // What was forgotten once is not there to be forgotten again.
                    Event::Crashed { .. } => self.keeps,
                    _ => true,
                };
                for row in self.rows.iter_mut().flatten().filter(|row| is_open(row)) {
                    *row = step.no;
                }
            }
            Event::Parked { copy } => {
                self.given_up.insert(copy);
                self.parked.push((message, step.no));
            }
            Event::Discarded { copy } => {
                self.given_up.insert(copy);
                self.discarded += 1;
            }
            Event::Waiting => {
                self.silent.insert(consumer_of(trace, step.no));
            }
            Event::HandlerStarted { .. } if !self.silent.is_empty() => {
                self.silent.remove(&consumer_of(trace, step.no));
            }
            Event::Crashed { node: Node::Consumer(member), .. } => {
                self.silent.remove(&member);
            }
            Event::Applied { .. } => self.effects[message.index()] = Some(step.no),
            Event::Absorbed { .. } | Event::Skipped(_) => self.absorbed += 1,
            _ => {}
        }
    }
}

/// The stored copy that a step tells of.
fn copy_of(trace: &Trace, step: &Step) -> Option<u32> {
    let carried = |no: PacketNo| (trace.packet(no).repeats, trace.packet(no).carries);
    match step.what {
        Event::Stored { copy }
        | Event::Visible { copy }
        | Event::TransactionCommitted { copy }
        | Event::TransactionAborted { copy }
        | Event::Requeued { copy }
        | Event::Settled { copy }
        | Event::Parked { copy }
        | Event::Discarded { copy } => Some(copy),
        Event::DeliveryTimedOut(delivery) => Some(delivery.copy),
        Event::Sent(no) => match carried(no) {
            (None, Carries::Delivery(delivery)) => Some(delivery.copy),
            _ => None,
        },
        Event::Arrived(no) => match carried(no) {
            (_, Carries::Nack(delivery)) => Some(delivery.copy),
            _ => None,
        },
        _ => None,
    }
}

/// A handler call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The message.
    pub message: MessageNo,
    /// Which call for it, from 1.
    pub nth: u32,
    /// The step at which it began, or began to stall.
    pub step: StepNo,
    /// When it began.
    pub from: Time,
    /// When it ends.
    pub to: Time,
    /// Until when it stalls.
    pub stalled: Option<Time>,
}

impl Call {
    /// The whole of a call that is going on: the trace knows also how it ends.
    pub(super) fn of(trace: &Trace, member: u8, call: held::Call) -> Option<Call> {
        let began =
            trace.causes(call.step).find(|it| matches!(it.what, Event::HandlerStarted { .. }))?;
        let stall = trace.causes(call.step).take_while(|it| it.no > began.no).find_map(|it| {
            if let Event::Stalled { until, .. } = it.what { Some((it.no, until)) } else { None }
        });
        let is_of_call = |it: &Step| trace.causes(it.no).any(|cause| cause.no == began.no);
        let ends = |it: &&Step| match it.what {
            Event::HandlerDone | Event::HandlerFailed { .. } | Event::TransactionRefused => {
                it.message == began.message && is_of_call(it)
            }
            Event::Crashed { node, .. } => node == Node::Consumer(member),
            _ => false,
        };
        let end = trace.steps[call.step.0 as usize..].iter().find(ends);
        Some(Call {
            message: call.message,
            nth: call.nth,
            step: stall.map_or(began.no, |(no, _)| no),
            from: began.at,
            to: end.map_or(trace.end.at(), |end| end.at),
            stalled: stall.map(|(_, until)| until),
        })
    }
}

/// Whether what a member has taken in comes to its handler: what it drops before, because it crashes or
/// its partition goes to another, is not shown as waiting for that.
pub(super) fn is_handled(trace: &Trace, member: u8, call: &held::Call) -> bool {
    let mut later = trace.steps[call.step.0 as usize..].iter().skip(1);
    later.find_map(|step| match step.what {
        Event::Crashed { node, .. } if node == Node::Consumer(member) => Some(false),
        _ if step.message != Some(call.message) => None,
        Event::HandlerStarted { .. } => (consumer_of(trace, step.no) == member).then_some(true),
        Event::Arrived(no) => {
            let packet = trace.packet(no);
            let again = packet.leg == Leg::Deliver && packet.to == Node::Consumer(member);
            again.then_some(false)
        }
        _ => None,
    }) == Some(true)
}

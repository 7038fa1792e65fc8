//! The producer as a trace shows it: what waits to be sent, what is on its way, what it was told.

use super::known::Known;
use super::scene::Down;
use ackground_core::experiment::settings::Source;
use ackground_core::sim::{Carries, Event, Leg, MessageNo, Node, Step, StepNo, Time, Told, Trace};

/// Where a message stands with its producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It waits for its turn.
    Waiting,
    /// It was sent, and no answer has come.
    Sent,
    /// It will be sent again: then, if that is known.
    Resting(Option<Time>),
    /// The broker has it.
    Ok,
    /// The producer gave up.
    Error,
    /// It was only in memory, which a crash has emptied.
    Forgotten,
}

/// A message in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The message that it is about.
    pub message: MessageNo,
    /// Where it stands.
    pub stand: Stand,
    /// The step that brought it there.
    pub step: StepNo,
}

/// The producer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbox {
    /// Per message, once its business event has taken place.
    rows: Vec<Option<Row>>,
    /// While it is down.
    pub down: Option<Down>,
    /// The producer id under which it sent last, and in which of its lives.
    pub identity: Option<(u32, u32)>,
}

impl Outbox {
    pub(super) fn new(known: &Known) -> Outbox {
        Outbox { rows: vec![None; known.messages], down: None, identity: None }
    }

    /// Every message so far, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().flatten()
    }

    pub(super) fn apply(&mut self, known: &Known, trace: &Trace, step: &Step) {
        match step.what {
            Event::Created => self.stands(step, Stand::Waiting),
            Event::Sent(no) => {
                let packet = trace.packet(no);
                if packet.from == Node::Producer && packet.repeats.is_none() {
                    if let Carries::Publish { session, id, .. } = packet.carries {
                        self.identity = Some((id, session));
                    }
                    self.stands(step, Stand::Sent);
                }
            }
            Event::AnswerTimedOut { resend, .. } if resend.is_some() => {
                self.stands(step, Stand::Resting(resend));
            }
            Event::Arrived(no) => {
                let packet = trace.packet(no);
                let refused = matches!(packet.carries, Carries::Refused { .. });
                if refused && matches!(packet.leg, Leg::PublishAck | Leg::Commit) {
                    self.stands(step, Stand::Resting(None));
                }
            }
            Event::Told(Told::Ok) => self.stands(step, Stand::Ok),
            Event::Told(Told::Error) => self.stands(step, Stand::Error),
            Event::Crashed { node: Node::Producer, until, .. } => {
                self.down = Some(Down::since(step, until));
                let left = match known.source {
                    Source::Outbox => Stand::Waiting,
                    Source::Direct => Stand::Forgotten,
                };
                for row in self.rows.iter_mut().flatten() {
                    if matches!(row.stand, Stand::Waiting | Stand::Sent | Stand::Resting(_)) {
                        (row.stand, row.step) = (left, step.no);
                    }
                }
            }
            Event::Restarted { node: Node::Producer } => self.down = None,
            _ => {}
        }
    }

    fn stands(&mut self, step: &Step, stand: Stand) {
        let Some(message) = step.message else { return };
        if let Some(row) = self.rows.get_mut(message.index()) {
            *row = Some(Row { message, stand, step: step.no });
        }
    }
}

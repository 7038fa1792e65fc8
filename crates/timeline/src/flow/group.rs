//! The consumer group as a trace shows it: what each member has taken in, what it handles, what it
//! remembers.

use super::ids::Ids;
use super::known::Known;
use super::scene::Down;
use ackground_core::sim::{Event, Guard, Leg, MessageNo, Node, Step, StepNo, Time, Trace};

/// A handler call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The message.
    pub message: MessageNo,
    /// Which call for it, from 1.
    pub nth: u32,
    /// The latest step of the call.
    pub step: StepNo,
    /// When it began.
    pub from: Time,
    /// When it ends.
    pub to: Time,
    /// Until when it stalls.
    pub stalled: Option<Time>,
}

/// A member of the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// While it is down.
    pub down: Option<Down>,
    /// Taken in and not handled yet.
    pub inbox: Vec<MessageNo>,
    /// What it handles.
    pub call: Option<Call>,
    /// Whether it waits in silence for its time to run out.
    pub silent: bool,
    /// Ids in its memory.
    pub memory: Ids,
}

/// The consumer group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its members.
    pub members: Vec<Member>,
}

impl Group {
    pub(super) fn new(known: &Known) -> Group {
        let member = Member {
            down: None,
            inbox: Vec::new(),
            call: None,
            silent: false,
            memory: Ids::keeping(known.table_most, known.table_lifetime),
        };
        Group { members: vec![member; known.members] }
    }

    pub(super) fn apply(&mut self, known: &Known, trace: &Trace, step: &Step) {
        let of = match step.what {
            Event::Crashed { node, .. } | Event::Restarted { node } => match node {
                Node::Consumer(member) => member,
                Node::Producer | Node::Broker(_) => return,
            },
            _ => known.member(step.no),
        };
        let Some(member) = self.members.get_mut(usize::from(of)) else {
            return;
        };
        match step.what {
            Event::Crashed { until, .. } => {
                member.down = Some(Down::since(step, until));
                member.call = None;
                member.silent = false;
                member.inbox.clear();
                member.memory.clear();
            }
            Event::Restarted { .. } => member.down = None,
            Event::Arrived(no) if trace.packet(no).leg == Leg::Deliver => {
                member.silent = false;
                if known.is_taken_in(step.no) {
                    member.inbox.extend(step.message);
                }
            }
            Event::HandlerStarted { call } => {
                let Some(message) = step.message else { return };
                if let Some(at) = member.inbox.iter().position(|waits| *waits == message) {
                    member.inbox.remove(at);
                }
                member.silent = false;
                member.call = Some(Call {
                    message,
                    nth: call,
                    step: step.no,
                    from: step.at,
                    to: known.end(step.no).unwrap_or(step.at),
                    stalled: None,
                });
            }
            Event::Stalled { until, .. } => {
                if let Some(call) = &mut member.call {
                    (call.stalled, call.step) = (Some(until), step.no);
                }
            }
            Event::Recorded(Guard::Memory) => {
                if let Some(message) = step.message {
                    member.memory.insert(message, step.at);
                }
            }
            Event::Waiting => member.silent = true,
            Event::HandlerDone | Event::HandlerFailed { .. } | Event::TransactionRefused => {
                member.call = None
            }
            _ => {}
        }
    }
}

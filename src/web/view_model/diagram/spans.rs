//! What lasts: handler calls, stalls, crashes, waiting in vain.

use std::collections::BTreeMap;

use super::{About, Board, Place, Span, SpanKind};
use crate::sim::{Happening, MessageNo, Node, Step, StepNo, Time};
use crate::web::view_model::consumer_of;

pub(super) fn spans(board: &Board<'_>) -> Vec<Span> {
    let mut drawn = Drawn {
        board,
        spans: Vec::new(),
    };
    // What is open: a handler call per member, the latest publish per message and its number.
    let mut calls: BTreeMap<u8, (StepNo, Option<MessageNo>, Time)> = BTreeMap::new();
    let mut publishes: BTreeMap<(MessageNo, u32), (StepNo, Time)> = BTreeMap::new();
    for step in &board.trace.steps {
        let member = || consumer_of(board.trace, step.no);
        match step.what {
            Happening::HandlerStarted { .. } => {
                calls.insert(member(), (step.no, step.message, step.at));
            }
            Happening::HandlerDone | Happening::HandlerFailed { .. } | Happening::Waiting => {
                drawn.call(&mut calls, member(), step.at);
            }
            Happening::Stalled { until, .. } => {
                let until = until.min(board.trace.end.at());
                drawn.add(
                    step,
                    Place::Node(Node::Consumer(member())),
                    SpanKind::Stall,
                    until,
                    "stalls",
                );
            }
            Happening::Crashed { node, until, .. } => {
                if let Node::Consumer(member) = node {
                    drawn.call(&mut calls, member, step.at);
                }
                let until = until.min(board.trace.end.at());
                drawn.add(step, Place::Node(node), SpanKind::Crash, until, "crash");
            }
            Happening::Sent(no) => {
                let packet = board.trace.packet(no);
                if packet.from == Node::Producer && packet.repeats.is_none() {
                    publishes.insert((packet.message, packet.nth), (step.no, step.at));
                }
            }
            Happening::AnswerTimedOut { nth, resend } => {
                let Some(message) = step.message else {
                    continue;
                };
                let producer = Place::Node(Node::Producer);
                if let Some((no, from)) = publishes.remove(&(message, nth)) {
                    drawn.push(
                        no,
                        Some(message),
                        producer,
                        SpanKind::Waiting,
                        (from, step.at),
                        "",
                    );
                }
                if let Some(resend) = resend {
                    drawn.add(
                        step,
                        producer,
                        SpanKind::Backoff,
                        resend.min(board.trace.end.at()),
                        "",
                    );
                }
            }
            _ => {}
        }
    }
    let open: Vec<u8> = calls.keys().copied().collect();
    for member in open {
        drawn.call(&mut calls, member, board.trace.end.at());
    }
    drawn
        .spans
        .sort_by_key(|span| (span.about.from, span.about.step));
    drawn.spans
}

struct Drawn<'a> {
    board: &'a Board<'a>,
    spans: Vec<Span>,
}

type Calls = BTreeMap<u8, (StepNo, Option<MessageNo>, Time)>;

impl Drawn<'_> {
    fn call(&mut self, calls: &mut Calls, member: u8, to: Time) {
        if let Some((step, message, from)) = calls.remove(&member) {
            let place = Place::Node(Node::Consumer(member));
            self.push(step, message, place, SpanKind::Handler, (from, to), "");
        }
    }

    fn add(&mut self, step: &Step, place: Place, kind: SpanKind, to: Time, label: &str) {
        self.push(step.no, step.message, place, kind, (step.at, to), label);
    }

    fn push(
        &mut self,
        step: StepNo,
        message: Option<MessageNo>,
        place: Place,
        kind: SpanKind,
        (from, to): (Time, Time),
        label: &str,
    ) {
        let about = About {
            step,
            message,
            from,
            to,
        };
        let (at, bottom) = (self.board.point(place, from), self.board.axis.y(to));
        self.spans.push(Span {
            about,
            kind,
            at,
            bottom,
            label: label.to_owned(),
        });
    }
}

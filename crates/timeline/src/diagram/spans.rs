//! What lasts: handler calls, stalls, crashes, waiting in vain.

use std::collections::BTreeMap;

use super::cluster::Cluster;
use super::{About, Board, Place, Span, SpanKind};
use crate::consumer_of;
use ackground_core::sim::{Happening, MessageNo, Node, Step, StepNo, Time};

pub(super) fn spans(board: &Board<'_>) -> Vec<Span> {
    let mut drawn = Drawn { board, spans: Vec::new() };
    // What is open: a handler call per member, the latest publish per message and its number.
    let mut calls: BTreeMap<u8, (StepNo, Option<MessageNo>, Time)> = BTreeMap::new();
    let mut publishes: BTreeMap<(MessageNo, u32), (StepNo, Time)> = BTreeMap::new();
    let mut cluster = Cluster::new(board);
    // Partitions without a leader, and copies whose transaction is open.
    let mut headless: BTreeMap<u8, (StepNo, Time)> = BTreeMap::new();
    let mut open: BTreeMap<u32, (StepNo, Option<MessageNo>, Time)> = BTreeMap::new();
    let transactional =
        board.experiment.lanes.get(board.lane).is_some_and(|lane| lane.producer.transactional);
    let broker = Place::Node(Node::Broker(0));
    for step in &board.trace.steps {
        cluster.see(step);
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
                let down = cluster.down(board, node, step.at, until);
                let kind = if down.led { SpanKind::Crash } else { SpanKind::FollowerCrash };
                drawn.add(step, Place::Node(node), kind, until, &down.label);
                if let Some(span) = drawn.spans.last_mut() {
                    span.shift = down.shift;
                    span.label_y = down
                        .word
                        .map_or(span.label_y, |word| (span.at.y + word).min(board.axis.height()));
                }
            }
            Happening::Unavailable { partition } => {
                headless.entry(partition).or_insert((step.no, step.at));
            }
            Happening::Elected { partition, .. } => {
                if let Some((no, from)) = headless.remove(&partition) {
                    drawn.headless(no, (from, step.at));
                }
            }
            Happening::Stored { copy } if transactional => {
                open.insert(copy, (step.no, step.message, step.at));
            }
            Happening::TransactionCommitted { copy }
            | Happening::TransactionAborted { copy }
            | Happening::CopyLost { copy } => {
                if let Some((no, message, from)) = open.remove(&copy) {
                    drawn.push(no, message, broker, SpanKind::Transaction, (from, step.at), "");
                }
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
                    drawn.push(no, Some(message), producer, SpanKind::Waiting, (from, step.at), "");
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
    let end = board.trace.end.at();
    let still: Vec<u8> = calls.keys().copied().collect();
    for member in still {
        drawn.call(&mut calls, member, end);
    }
    for (no, from) in headless.into_values() {
        drawn.headless(no, (from, end));
    }
    for (no, message, from) in open.into_values() {
        drawn.push(no, message, broker, SpanKind::Transaction, (from, end), "");
    }
    drawn.spans.sort_by_key(|span| (span.about.from, span.about.step));
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

    /// Partitions that lose their leader together are one stretch.
    fn headless(&mut self, step: StepNo, (from, to): (Time, Time)) {
        let same = |span: &&Span| {
            span.kind == SpanKind::Unavailable && span.about.from == from && span.about.to == to
        };
        if !self.spans.iter().any(|span| same(&span)) {
            let broker = Place::Node(Node::Broker(0));
            self.push(step, None, broker, SpanKind::Unavailable, (from, to), "no leader");
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
        let about = About { step, message, from, to };
        let (at, bottom) = (self.board.point(place, from), self.board.axis.y(to));
        self.spans.push(Span {
            about,
            kind,
            at,
            bottom,
            shift: 0.0,
            label: label.to_owned(),
            label_y: (at.y + bottom) / 2.0,
        });
    }
}

//! Spans, for whatever lasts: handler calls, stalls, crashes, waits that end in a timeout.

use std::collections::BTreeMap;

use super::cluster::Cluster;
use super::{About, Board, LifelineId, Span, SpanKind};
use crate::consumer_of;
use ackground_core::sim::{Event, MessageNo, Node, Step, StepNo, Time};

pub(super) fn spans(board: &Board<'_>) -> Vec<Span> {
    let lane = board.experiment.lanes.get(board.lane);
    let mut drawn = Drawn {
        board,
        spans: Vec::new(),
        cluster: Cluster::new(board),
        calls: BTreeMap::new(),
        publishes: BTreeMap::new(),
        headless: BTreeMap::new(),
        open: BTreeMap::new(),
        transactional: lane.is_some_and(|lane| lane.producer.transactional),
    };
    for step in &board.trace.steps {
        drawn.cluster.see(step);
        drawn.goes_wrong(step);
        drawn.handling(step);
        drawn.leading(step);
        drawn.transaction(step);
        drawn.publishing(step);
    }
    drawn.finish()
}

struct Drawn<'a> {
    board: &'a Board<'a>,
    spans: Vec<Span>,
    cluster: Cluster,
    /// The running handler call of each member.
    calls: BTreeMap<u8, (StepNo, Option<MessageNo>, Time)>,
    /// Each publish not answered yet, by message and number.
    publishes: BTreeMap<(MessageNo, u32), (StepNo, Time)>,
    /// Partitions without a leader.
    headless: BTreeMap<u8, (StepNo, Time)>,
    /// Copies whose transaction is still open.
    open: BTreeMap<u32, (StepNo, Option<MessageNo>, Time)>,
    transactional: bool,
}

const BROKER: LifelineId = LifelineId::Node(Node::Broker(0));

impl Drawn<'_> {
    /// Adds the spans of faults that last.
    fn goes_wrong(&mut self, step: &Step) {
        let Some((_, Some(until))) = step.what.fault() else {
            return;
        };
        let until = until.min(self.board.trace.end.at());
        let Event::Crashed { node, .. } = step.what else {
            let member = || Node::Consumer(consumer_of(self.board.trace, step.no));
            let node = step.what.site().node().unwrap_or_else(member);
            self.add(step, LifelineId::Node(node), SpanKind::Stall, until, "stalls");
            return;
        };
        if let Node::Consumer(member) = node {
            self.call_ends(member, step.at);
        }
        let down = self.cluster.down(self.board, node, step.at, until);
        let kind = if down.led { SpanKind::Crash } else { SpanKind::FollowerCrash };
        self.add(step, LifelineId::Node(node), kind, until, &down.label);
        if let Some(span) = self.spans.last_mut() {
            span.shift = down.shift;
            span.label_y = down
                .word
                .map_or(span.label_y, |word| (span.at.y + word).min(self.board.axis.height()));
        }
    }

    fn handling(&mut self, step: &Step) {
        let member = || consumer_of(self.board.trace, step.no);
        if let Event::HandlerStarted { .. } = step.what {
            self.calls.insert(member(), (step.no, step.message, step.at));
        } else if let Event::HandlerDone | Event::HandlerFailed { .. } | Event::Waiting = step.what
        {
            self.call_ends(member(), step.at);
        }
    }

    fn call_ends(&mut self, member: u8, to: Time) {
        if let Some((step, message, from)) = self.calls.remove(&member) {
            let place = LifelineId::Node(Node::Consumer(member));
            self.push(step, message, place, SpanKind::Handler, (from, to), "");
        }
    }

    fn leading(&mut self, step: &Step) {
        if let Event::Unavailable { partition } = step.what {
            self.headless.entry(partition).or_insert((step.no, step.at));
        } else if let Event::Elected { partition, .. } = step.what
            && let Some((no, from)) = self.headless.remove(&partition)
        {
            self.headless(no, (from, step.at));
        }
    }

    fn transaction(&mut self, step: &Step) {
        if let Event::Stored { copy } = step.what
            && self.transactional
        {
            self.open.insert(copy, (step.no, step.message, step.at));
        } else if let Event::TransactionCommitted { copy }
        | Event::TransactionAborted { copy }
        | Event::CopyLost { copy } = step.what
            && let Some((no, message, from)) = self.open.remove(&copy)
        {
            self.push(no, message, BROKER, SpanKind::Transaction, (from, step.at), "");
        }
    }

    fn publishing(&mut self, step: &Step) {
        let trace = self.board.trace;
        if let Some(packet) = trace.sent(step.what)
            && packet.from == Node::Producer
            && packet.repeats.is_none()
        {
            self.publishes.insert((packet.message, packet.nth), (step.no, step.at));
        }
        let (Event::AnswerTimedOut { nth, resend }, Some(message)) = (step.what, step.message)
        else {
            return;
        };
        let producer = LifelineId::Node(Node::Producer);
        if let Some((no, from)) = self.publishes.remove(&(message, nth)) {
            self.push(no, Some(message), producer, SpanKind::Waiting, (from, step.at), "");
        }
        if let Some(resend) = resend {
            self.add(step, producer, SpanKind::Backoff, resend.min(trace.end.at()), "");
        }
    }

    /// Whatever is still open lasts until the end of the run.
    fn finish(mut self) -> Vec<Span> {
        let end = self.board.trace.end.at();
        let still: Vec<u8> = self.calls.keys().copied().collect();
        for member in still {
            self.call_ends(member, end);
        }
        for (no, from) in std::mem::take(&mut self.headless).into_values() {
            self.headless(no, (from, end));
        }
        for (no, message, from) in std::mem::take(&mut self.open).into_values() {
            self.push(no, message, BROKER, SpanKind::Transaction, (from, end), "");
        }
        self.spans.sort_by_key(|span| (span.about.from, span.about.step));
        self.spans
    }

    /// Partitions that lose their leader at the same time share one span.
    fn headless(&mut self, step: StepNo, (from, to): (Time, Time)) {
        let same = |span: &&Span| {
            span.kind == SpanKind::Unavailable && span.about.from == from && span.about.to == to
        };
        if !self.spans.iter().any(|span| same(&span)) {
            self.push(step, None, BROKER, SpanKind::Unavailable, (from, to), "no leader");
        }
    }

    fn add(&mut self, step: &Step, place: LifelineId, kind: SpanKind, to: Time, label: &str) {
        self.push(step.no, step.message, place, kind, (step.at, to), label);
    }

    fn push(
        &mut self,
        step: StepNo,
        message: Option<MessageNo>,
        place: LifelineId,
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

//! The producer: commits the business row, sends, waits, sends again, gives up, crashes, comes back.
//!
//! It knows nothing of the broker but what the broker's answers say.

use std::collections::VecDeque;

use super::fate::{Act, Because, CrashPoint, Fate, Occasion, Side};
use super::stage::{Event, Stage};
use super::time::Time;
use super::trace::{
    Carries, Happening, Ignored, Leg, MessageNo, Node, Observer, Packet, PacketNo, StepNo, Told,
};
use crate::experiment::settings::{Acks, Source};

/// The producer's state.
#[derive(Debug, Clone)]
pub(super) struct Producer {
    pub(super) up: bool,
    /// Which of its lives this is, from 1.
    session: u32,
    /// The outbox: survives a crash. What is in flight does not.
    rows: Vec<Row>,
    /// Messages that wait for a place in flight.
    ready: VecDeque<MessageNo>,
    in_flight: u64,
    /// Business events that fell due while it was down.
    overdue: VecDeque<MessageNo>,
}

#[derive(Debug, Clone, Default)]
struct Row {
    created: Option<Time>,
    /// The step that made it ready to be sent.
    since: Option<StepNo>,
    verdict: Option<Told>,
    /// Publishes in this session.
    attempts: u32,
    /// The publish whose answer is awaited; 0: none.
    awaits: u32,
    in_flight: bool,
}

impl Producer {
    pub(super) fn new(messages: usize) -> Producer {
        Producer {
            up: true,
            session: 1,
            rows: vec![Row::default(); messages],
            ready: VecDeque::new(),
            in_flight: 0,
            overdue: VecDeque::new(),
        }
    }

    /// The business event takes place: once the producer is up, if it is not.
    pub(super) fn create<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
    ) {
        if !self.up {
            self.overdue.push_back(message);
            return;
        }
        let step = stage.tell(None, message, Happening::Created);
        let row = &mut self.rows[message.index()];
        row.created = Some(stage.now());
        row.since = Some(step);
        if let Some(timeout) = stage.setup.lane.producer.delivery_timeout_ms {
            let event = Event::GiveUp {
                message,
                session: self.session,
            };
            stage.after(Time::from_millis(timeout.get()), Some(step), event);
        }
        self.ready.push_back(message);
        self.send_ready(stage);
    }

    /// Sends what waits, as far as there are places in flight. A message keeps its place, also
    /// between two attempts, until its fate is known: with one place, order is kept.
    fn send_ready<F: Fate, O: Observer>(&mut self, stage: &mut Stage<'_, F, O>) {
        let places = stage.setup.lane.producer.max_in_flight.get();
        while self.up && self.in_flight < places {
            let Some(message) = self.ready.pop_front() else {
                return;
            };
            let row = &mut self.rows[message.index()];
            if row.verdict.is_some() {
                continue;
            }
            row.in_flight = true;
            let since = row.since;
            self.in_flight += 1;
            self.publish(stage, message, since);
        }
    }

    fn publish<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        cause: Option<StepNo>,
    ) {
        let nth = stage.reach(Act::Publish, message);
        let occasion = Occasion {
            message,
            nth,
            handling: nth,
        };
        if let Some(crash) = stage.crashes(Side::Before, Act::Publish, occasion) {
            return self.crash(stage, message, crash, cause);
        }
        let carries = Carries::Publish {
            session: self.session,
        };
        let (packet, sent) = stage.send(cause, Leg::Publish, message, carries);
        let row = &mut self.rows[message.index()];
        row.attempts += 1;
        if stage.setup.lane.producer.acks == Acks::None {
            self.conclude(stage, message, Told::Ok, sent);
        } else {
            row.awaits = packet.nth;
            let event = Event::AnswerDue {
                message,
                session: self.session,
                nth: packet.nth,
            };
            stage.after(stage.setup.request_timeout, Some(sent), event);
        }
        if let Some(crash) = stage.crashes(Side::After, Act::Publish, occasion) {
            self.crash(stage, message, crash, Some(sent));
        }
    }

    /// The broker's answer. It counts whichever attempt it answers, but only in the session that asked.
    pub(super) fn answered<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        packet: &Packet,
        no: PacketNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        let ignored = if session != self.session {
            Some(Ignored::OldSession)
        } else if self.rows[packet.message.index()].verdict.is_some() {
            Some(Ignored::AlreadySettled)
        } else {
            None
        };
        if let Some(ignored) = ignored {
            stage.tell_packet(cause, packet, Happening::Disregarded(no, ignored));
            return;
        }
        let arrived = stage.tell_packet(cause, packet, Happening::Arrived(no));
        self.conclude(stage, packet.message, Told::Ok, arrived);
        self.send_ready(stage);
    }

    pub(super) fn answer_due<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
        nth: u32,
        cause: Option<StepNo>,
    ) {
        let row = &self.rows[message.index()];
        if !self.is_sending(message, session) || row.awaits != nth {
            return;
        }
        let retries = stage.setup.lane.producer.retries.limit();
        if retries.is_some_and(|retries| u64::from(row.attempts) > retries) {
            let step = stage.tell(
                cause,
                message,
                Happening::AnswerTimedOut { nth, resend: None },
            );
            self.conclude(stage, message, Told::Error, step);
            return self.send_ready(stage);
        }
        let (wait, spread) = stage.setup.backoff(row.attempts);
        let wait = wait - spread + stage.fate.jitter(message, nth, spread.times(2));
        let resend = Some(stage.now() + wait);
        let step = stage.tell(cause, message, Happening::AnswerTimedOut { nth, resend });
        stage.after(wait, Some(step), Event::Resend { message, session });
    }

    pub(super) fn resend<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        if self.is_sending(message, session) {
            self.publish(stage, message, cause);
        }
    }

    /// The delivery timeout is over. A sender that has forgotten the message cannot give it up.
    pub(super) fn give_up<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        let knows = session == self.session || stage.setup.lane.producer.source == Source::Outbox;
        let Some(cause) = cause.filter(|_| self.up && knows) else {
            return;
        };
        if self.rows[message.index()].verdict.is_none() {
            self.conclude(stage, message, Told::Error, cause);
            self.send_ready(stage);
        }
    }

    fn is_sending(&self, message: MessageNo, session: u32) -> bool {
        let row = &self.rows[message.index()];
        self.up && session == self.session && row.in_flight && row.verdict.is_none()
    }

    fn conclude<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        told: Told,
        cause: StepNo,
    ) {
        let row = &mut self.rows[message.index()];
        row.verdict = Some(told);
        if std::mem::take(&mut row.in_flight) {
            self.in_flight -= 1;
        }
        stage.tell(Some(cause), message, Happening::Told(told));
    }

    fn crash<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        message: MessageNo,
        (point, because): (CrashPoint, Because),
        cause: Option<StepNo>,
    ) {
        self.up = false;
        self.ready.clear();
        self.in_flight = 0;
        for row in &mut self.rows {
            row.in_flight = false;
            row.awaits = 0;
            row.attempts = 0;
        }
        let until = stage.now() + stage.setup.restart;
        let crashed = Happening::Crashed {
            node: Node::Producer,
            point,
            because,
            until,
        };
        let step = stage.tell(cause, message, crashed);
        stage.after(
            stage.setup.restart,
            Some(step),
            Event::Restart(Node::Producer),
        );
    }

    /// A new session begins. With an outbox the relay takes up every row that has no verdict;
    /// without one, what was in memory is forgotten.
    pub(super) fn restart<F: Fate, O: Observer>(
        &mut self,
        stage: &mut Stage<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        self.up = true;
        self.session += 1;
        let step = stage.tell_restart(cause, Node::Producer);
        let settings = &stage.setup.lane.producer;
        if settings.source == Source::Outbox {
            let timeout = settings
                .delivery_timeout_ms
                .map(|timeout| Time::from_millis(timeout.get()));
            for index in 0..self.rows.len() {
                let row = &mut self.rows[index];
                let Some(at) = row.created.filter(|_| row.verdict.is_none()) else {
                    continue;
                };
                row.since = Some(step);
                let message = MessageNo::from_index(index);
                if timeout.is_some_and(|timeout| at + timeout <= stage.now()) {
                    self.conclude(stage, message, Told::Error, step);
                } else {
                    self.ready.push_back(message);
                }
            }
        }
        self.send_ready(stage);
        for message in std::mem::take(&mut self.overdue) {
            self.create(stage, message);
        }
    }
}

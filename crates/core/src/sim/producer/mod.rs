//! The producer: commits the business row, sends, waits, resends, gives up, crashes and comes back.
//!
//! It knows of the broker only what the answers say.
//!
//! | file | owns |
//! |---|---|
//! | `mod` | sending, crashing and coming back |
//! | `answers` | what an answer, a refusal or silence leads to |
//! | `numbers` | the numbers of an idempotent producer, and whose turn it is |

mod answers;
mod numbers;

use std::collections::VecDeque;
use std::ops::Range;

use super::agenda::Scheduled;
use super::agenda::Timer;
use super::context::Context;
use super::fate::{Because, CrashPoint, Fate, Occasion, Operation, Side};
use super::held::{self, Stand, Waits};
use super::renew::clone_in_place;
use super::setup::Setup;
use super::time::Time;
use super::trace::{Carries, Event, Leg, MessageNo, Node, Observer, StepNo, Told};
use crate::experiment::settings::{Acks, Source};
use numbers::{Hold, Number, Numbers};

/// Marks an awaited answer as that to the commit of a transaction rather than to its publish.
const COMMIT: u32 = 1 << 31;

/// The producer's state.
#[derive(Debug, Hash)]
pub(super) struct Producer {
    pub(super) up: bool,
    /// Which of its sessions this is, from 1; a restart begins a new one.
    session: u32,
    numbers: Numbers,
    /// The outbox, which survives a crash. What is in flight does not.
    rows: Vec<Row>,
    /// Rows before this one have a verdict.
    decided: usize,
    /// Rows from this one on are not created yet.
    created: usize,
    /// Messages waiting for a free in-flight slot.
    ready: VecDeque<MessageNo>,
    /// Messages whose fate is not known yet, in the order in which they were first sent.
    in_flight: Vec<MessageNo>,
    /// Business events that came due while it was down.
    overdue: VecDeque<MessageNo>,
}

clone_in_place!(Producer {
    up,
    session,
    numbers,
    rows,
    decided,
    created,
    ready,
    in_flight,
    overdue
});

#[derive(Debug, Clone, Default, Hash)]
struct Row {
    created: Option<Time>,
    /// The step that made it ready to be sent, or that made it wait.
    since: Option<StepNo>,
    verdict: Option<Told>,
    /// Publishes in this session, without those that were refused for a gap.
    attempts: u32,
    /// The publish whose answer is awaited; 0: none.
    awaits: u32,
    /// When that answer is due.
    due: Option<Timer>,
    in_flight: bool,
    /// Its number in this session.
    number: Option<Number>,
    /// Whether it has to let those before it pass.
    hold: Hold,
    /// The broker has it, and its transaction is yet to be committed.
    stored: bool,
}

impl Producer {
    pub(super) fn new(setup: &Setup<'_>) -> Producer {
        Producer {
            up: true,
            session: 1,
            numbers: Numbers::new(setup),
            rows: vec![Row::default(); setup.messages],
            decided: 0,
            created: 0,
            ready: VecDeque::new(),
            in_flight: Vec::new(),
            overdue: VecDeque::new(),
        }
    }

    /// The business event takes place, or once the producer is back up if it is down.
    pub(super) fn create<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
    ) {
        if !self.up {
            self.overdue.push_back(message);
            return;
        }
        let step = context.tell(None, message, Event::Created);
        self.created = self.created.max(message.index() + 1);
        let row = &mut self.rows[message.index()];
        row.created = Some(context.now());
        row.since = Some(step);
        self.start_delivery_timeout(context, message, step);
        self.ready.push_back(message);
        self.send_ready(context);
    }

    /// From here on the message has so long to be confirmed, in this session.
    fn start_delivery_timeout<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: StepNo,
    ) {
        if let Some(timeout) = context.setup.lane.producer.delivery_timeout_ms {
            let event = Scheduled::GiveUp { message, session: self.session };
            context.after(Time::from_millis(timeout.get()), Some(cause), event);
        }
    }

    /// Sends what is waiting, as far as in-flight slots are free. A message keeps its slot until
    /// its fate is known, even between attempts: with a single slot, order is preserved.
    fn send_ready<F: Fate, O: Observer>(&mut self, context: &mut Context<'_, F, O>) {
        let places = context.setup.lane.producer.max_in_flight.get() as usize;
        while self.up
            && let Some(message) = self.take_turn(context.setup)
        {
            let since = self.rows[message.index()].since;
            self.publish(context, message, since);
        }
        while self.up && self.in_flight.len() < places {
            let Some(message) = self.next_ready(context.setup) else {
                return;
            };
            let row = &mut self.rows[message.index()];
            if row.verdict.is_some() {
                continue;
            }
            row.in_flight = true;
            let since = row.since;
            self.in_flight.push(message);
            self.publish(context, message, since);
        }
    }

    fn publish<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: Option<StepNo>,
    ) {
        let nth = context.reach(Operation::Publish, message);
        let occasion = Occasion { message, nth, handling: nth };
        if let Some(crash) = context.crashes(Side::Before, Operation::Publish, occasion) {
            return self.crash(context, message, crash, cause);
        }
        let Number { id, sequence } = self.number(context.setup, message);
        let carries = Carries::Publish { session: self.session, id, sequence };
        let way = (Node::Producer, context.setup.broker_node(message));
        let (packet, sent) = context.send(cause, Leg::Publish, message, way, carries);
        let row = &mut self.rows[message.index()];
        row.attempts += 1;
        if context.setup.lane.producer.acks == Acks::None {
            self.conclude(context, message, Told::Nothing, sent);
        } else {
            row.awaits = packet.nth;
            context.cancel(row.due.take());
            let event = Scheduled::AnswerDue { message, session: self.session, nth: packet.nth };
            let due = context.timer(context.setup.request_timeout, Some(sent), event);
            row.due = Some(due);
        }
        if let Some(crash) = context.crashes(Side::After, Operation::Publish, occasion) {
            self.crash(context, message, crash, Some(sent));
        }
    }

    fn commit<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: Option<StepNo>,
    ) {
        let carries = Carries::CommitTransaction { session: self.session };
        let way = (Node::Producer, context.setup.broker_node(message));
        let (_, sent) = context.send(cause, Leg::Commit, message, way, carries);
        let row = &mut self.rows[message.index()];
        row.awaits |= COMMIT;
        context.cancel(row.due.take());
        let event = Scheduled::AnswerDue { message, session: self.session, nth: row.awaits };
        let due = context.timer(context.setup.request_timeout, Some(sent), event);
        row.due = Some(due);
    }

    fn is_sending(&self, message: MessageNo, session: u32) -> bool {
        let row = &self.rows[message.index()];
        self.up && session == self.session && row.in_flight && row.verdict.is_none()
    }

    fn conclude<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        told: Told,
        cause: StepNo,
    ) {
        let row = &mut self.rows[message.index()];
        row.verdict = Some(told);
        context.cancel(row.due.take());
        if std::mem::take(&mut row.in_flight) {
            self.in_flight.retain(|&other| other != message);
        }
        let step = context.tell(Some(cause), message, Event::Told(told));
        if told == Told::Error {
            self.abort(context, message, step);
        }
    }

    /// Where every message stands.
    pub(super) fn held(&self, setup: &Setup<'_>, waits: &Waits) -> held::Producer {
        let mut waiting = vec![setup.lane.producer.source == Source::Outbox; self.rows.len()];
        for message in &self.ready {
            waiting[message.index()] = true;
        }
        let stand = |(row, waiting): (&Row, bool)| {
            row.created?;
            Some(match row.verdict {
                Some(Told::Ok) => Stand::Ok,
                Some(Told::Nothing) if row.attempts > 0 => Stand::Ok,
                Some(Told::Nothing) => Stand::Forgotten,
                Some(Told::Error) => Stand::Error,
                None if row.awaits > 0 => Stand::Sent,
                None if row.in_flight => Stand::Resting,
                None if waiting => Stand::Waiting,
                None => Stand::Forgotten,
            })
        };
        let outbox = self.rows.iter().zip(waiting).map(stand).collect();
        held::Producer { down: waits.down(Node::Producer), outbox }
    }

    /// Where the rows are that are created and may have no verdict yet.
    fn open(&mut self) -> Range<usize> {
        let rows = &self.rows[self.decided..self.created];
        self.decided += rows.iter().take_while(|row| row.verdict.is_some()).count();
        self.decided..self.created
    }

    fn crash<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        (point, because): (CrashPoint, Because),
        cause: Option<StepNo>,
    ) {
        self.up = false;
        self.ready.clear();
        self.in_flight.clear();
        let setup = context.setup;
        let until = context.now() + setup.restart;
        let crashed = Event::Crashed { node: Node::Producer, point, because, until };
        let step = context.tell(cause, message, crashed);
        for index in self.open() {
            let row = &mut self.rows[index];
            if row.verdict.is_some() {
                continue;
            }
            context.cancel(row.due.take());
            // Of a row only its outbox survives. Numbers are those of a session where they mean
            // anything.
            let number = row.number.filter(|_| !setup.lane.producer.idempotent);
            *row = Row { created: row.created, since: row.since, number, ..Row::default() };
            if setup.lane.producer.source == Source::Direct {
                self.conclude(context, MessageNo::from_index(index), Told::Nothing, step);
            }
        }
        context.after(setup.restart, Some(step), Scheduled::Restart(Node::Producer));
    }

    /// A new session begins: numbers start at zero, and the relay of an outbox picks up every row
    /// without a verdict. Without an outbox there is none: what was in memory is forgotten.
    pub(super) fn restart<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        cause: Option<StepNo>,
    ) {
        self.up = true;
        self.session += 1;
        self.numbers.begin_session(context.setup);
        let step = context.tell_restart(cause, Node::Producer);
        if context.setup.lane.producer.transactional {
            context.after(Time::ZERO, Some(step), Scheduled::Fence { session: self.session });
        }
        for index in self.open() {
            let message = MessageNo::from_index(index);
            let row = &mut self.rows[index];
            if row.created.is_some() && row.verdict.is_none() {
                row.since = Some(step);
                self.start_delivery_timeout(context, message, step);
                self.ready.push_back(message);
            }
        }
        self.send_ready(context);
        for message in std::mem::take(&mut self.overdue) {
            self.create(context, message);
        }
    }
}

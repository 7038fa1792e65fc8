//! The producer: what is to be sent, what is on its way, and what it was told.

use std::collections::BTreeSet;

use crate::broker::Answer;
use crate::format::{Acks, Message, Source, Time};
use crate::script::{Actor, Leg};
use crate::world::{Event, Life, World};

/// What the sender of a message learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Ok,
    Error,
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Unborn,
    /// For a place among the unanswered sends.
    Waiting,
    InFlight,
    Backoff,
    /// For a number before its own.
    HeldBack,
    Committing,
    Done,
}

#[derive(Clone, Debug)]
pub struct Outgoing {
    pub state: State,
    pub told: Told,
    /// Attempts that count, in this life.
    attempts: u64,
    /// Every send ever.
    sends: u64,
    /// The lives in which it was sent: each has a producer id.
    pub numbered: BTreeSet<Life>,
    pub is_renumbered: bool,
}

pub struct Producer {
    is_up: bool,
    pub life: Life,
    /// By message, from 1.
    pub out: Vec<Outgoing>,
    late: Vec<Message>,
}

impl Producer {
    pub fn new(messages: usize) -> Self {
        let unborn = Outgoing {
            state: State::Unborn,
            told: Told::Nothing,
            attempts: 0,
            sends: 0,
            numbered: BTreeSet::new(),
            is_renumbered: false,
        };
        Self { is_up: true, life: 0, out: vec![unborn; messages + 1], late: Vec::new() }
    }

    pub fn is_down(&self) -> bool {
        !self.is_up
    }
}

impl World<'_> {
    pub fn create(&mut self, message: Message) {
        // Nobody does business while the program is down.
        if !self.producer.is_up {
            self.producer.late.push(message);
            return;
        }
        self.producer.out[message].state = State::Waiting;
        self.start_clock(message);
        self.pump();
    }

    fn start_clock(&mut self, message: Message) {
        if let Some(wait) = self.setup.lane.producer.delivery_timeout_ms {
            self.after(wait, Event::DeliveryTimeout { message, life: self.producer.life });
        }
    }

    /// Sends what may be sent, the oldest first.
    fn pump(&mut self) {
        while self.producer.is_up && self.places_taken() < self.setup.lane.producer.max_in_flight {
            let is_waiting =
                |&message: &Message| self.producer.out[message].state == State::Waiting;
            match (1..self.producer.out.len()).find(is_waiting) {
                Some(message) if self.is_held_back(message) => return,
                Some(message) => self.send(message),
                None => return,
            }
        }
    }

    /// A sender that numbers may hold back what is newer while something older is to be sent again.
    fn is_held_back(&mut self, message: Message) -> bool {
        if !self.setup.lane.producer.idempotent {
            return false;
        }
        let own = self.setup.partition_of(message);
        let older: Vec<&Outgoing> = (1..message)
            .filter(|older| self.setup.partition_of(*older) == own)
            .map(|older| &self.producer.out[older])
            .collect();
        let rests = older.iter().any(|out| out.state == State::Backoff);
        let is_sent_again =
            older.iter().any(|out| out.state == State::InFlight && out.attempts > 1);
        if !rests && !is_sent_again {
            return false;
        }
        match self.choices.reading("newer numbers wait for a resend", 3) {
            0 => rests,
            1 => false,
            _ => true,
        }
    }

    /// Unanswered sends; one that is to be repeated may keep its place meanwhile.
    fn places_taken(&mut self) -> usize {
        let count =
            |state: State| self.producer.out.iter().filter(|out| out.state == state).count();
        let (in_flight, in_backoff) = (count(State::InFlight), count(State::Backoff));
        let frees = in_backoff > 0
            && self.choices.reading("a message keeps its place in a backoff", 2) == 1;
        in_flight + if frees { 0 } else { in_backoff }
    }

    fn send(&mut self, message: Message) {
        if self.strikes(Actor::Producer, false, "publish", message) {
            return self.crash_producer();
        }
        let life = self.producer.life;
        let out = &mut self.producer.out[message];
        out.attempts += 1;
        out.sends += 1;
        out.numbered.insert(life);
        let attempt = out.sends;
        let is_blind = self.setup.lane.producer.acks == Acks::None;
        out.state = if is_blind { State::Done } else { State::InFlight };
        let epoch = self.partitions[self.setup.partition_of(message)].epoch;
        for arrives in self.packet(Leg::Publish, 0, message) {
            self.at(arrives, Event::Published { message, life, attempt, epoch });
        }
        if !is_blind {
            let wait = self.setup.lane.producer.request_timeout_ms;
            self.after(wait, Event::RequestTimeout { message, life, attempt });
        }
        if self.strikes(Actor::Producer, true, "publish", message) {
            // An outbox may not have marked it yet.
            if is_blind && self.choices.reading("a blind send is marked as done at once", 2) == 1 {
                self.producer.out[message].state = State::Waiting;
            }
            self.crash_producer();
        }
    }

    fn crash_producer(&mut self) {
        let is_outbox = self.setup.lane.producer.source == Source::Outbox;
        let goes_on = self.choices.reading("attempts are counted across lives", 2) == 1;
        self.producer.is_up = false;
        self.producer.life += 1;
        for out in self.producer.out.iter_mut() {
            match out.state {
                State::Unborn | State::Done => {}
                _ if is_outbox => {
                    out.state = State::Waiting;
                    out.is_renumbered = false;
                    if !goes_on {
                        out.attempts = 0;
                    }
                }
                // Forgotten, and nobody is told.
                _ => out.state = State::Done,
            }
        }
        self.after(self.setup.faults.restart_ms, Event::ProducerUp);
    }

    pub fn producer_up(&mut self) {
        self.producer.is_up = true;
        self.abort_transactions();
        for message in 1..self.producer.out.len() {
            if self.producer.out[message].state == State::Waiting {
                if self.is_out_of_attempts(message) {
                    self.give_up(message);
                } else {
                    self.start_clock(message);
                }
            }
        }
        for message in std::mem::take(&mut self.producer.late) {
            self.create(message);
        }
        self.pump();
    }

    fn is_out_of_attempts(&self, message: Message) -> bool {
        let retries = self.setup.lane.producer.retries.0;
        retries.is_some_and(|retries| self.producer.out[message].attempts > retries)
    }

    /// Whether this is still about the latest send of a message.
    fn is_latest(&self, message: Message, life: Life, attempt: u64) -> bool {
        let out = &self.producer.out[message];
        life == self.producer.life && out.state == State::InFlight && out.sends == attempt
    }

    pub fn request_timeout(&mut self, message: Message, life: Life, attempt: u64) {
        if self.is_latest(message, life, attempt) {
            self.attempt_failed(message);
        }
    }

    fn attempt_failed(&mut self, message: Message) {
        if self.is_out_of_attempts(message) {
            return self.give_up(message);
        }
        let backoff = &self.setup.lane.producer.backoff;
        let out = &mut self.producer.out[message];
        out.state = State::Backoff;
        let growth = backoff.factor.powi((out.attempts.saturating_sub(1)).min(60) as i32);
        let wait = (backoff.first_ms as f64 * growth).min(backoff.max_ms as f64) as Time;
        let (life, attempt) = (self.producer.life, out.sends);
        self.after(wait, Event::Resend { message, life, attempt });
        self.pump();
    }

    pub fn resend(&mut self, message: Message, life: Life, attempt: u64) {
        let out = &mut self.producer.out[message];
        if life == self.producer.life && out.state == State::Backoff && out.sends == attempt {
            out.state = State::Waiting;
            self.pump();
        }
    }

    pub fn delivery_timeout(&mut self, message: Message, life: Life) {
        if life == self.producer.life && self.producer.out[message].state != State::Done {
            self.give_up(message);
        }
    }

    fn give_up(&mut self, message: Message) {
        self.abort(message);
        self.done(message, Told::Error);
    }

    fn done(&mut self, message: Message, told: Told) {
        let out = &mut self.producer.out[message];
        (out.state, out.told) = (State::Done, told);
        for out in &mut self.producer.out {
            if out.state == State::HeldBack {
                out.state = State::Waiting;
            }
        }
        self.pump();
    }

    pub fn answered(&mut self, message: Message, life: Life, attempt: u64, answer: Answer) {
        let out = &self.producer.out[message];
        if life != self.producer.life || matches!(out.state, State::Done | State::Committing) {
            return;
        }
        let is_latest = self.is_latest(message, life, attempt);
        match answer {
            Answer::Ok => {
                if !is_latest && self.choices.reading("an answer after its time counts", 2) == 1 {
                    return;
                }
                if self.setup.lane.producer.transactional {
                    self.begin_commit(message);
                } else {
                    self.done(message, Told::Ok);
                }
            }
            Answer::Refused if is_latest => self.attempt_failed(message),
            Answer::Gap { is_filled } if is_latest => {
                let counts = self.choices.reading("a refusal for a gap is an attempt", 2) == 1;
                let out = &mut self.producer.out[message];
                if !is_filled {
                    out.is_renumbered = true;
                } else if counts {
                    return self.attempt_failed(message);
                }
                out.attempts -= 1;
                out.state = if is_filled { State::HeldBack } else { State::Waiting };
                // What it waits for may be done by now.
                let before = &self.producer.out[1..message];
                if is_filled && before.iter().all(|out| out.state == State::Done) {
                    self.producer.out[message].state = State::Waiting;
                }
                self.pump();
            }
            Answer::Refused | Answer::Gap { .. } => {}
        }
    }

    fn begin_commit(&mut self, message: Message) {
        let life = self.producer.life;
        self.producer.out[message].state = State::Committing;
        if self.choices.reading("a commit takes a way there and back", 2) == 0 {
            self.end_transaction(message, life);
            self.transaction_done(message, life);
            return;
        }
        let (there, back) = (self.latency(), self.latency());
        self.after(there, Event::EndTransaction { message, life });
        self.after(there + back, Event::TransactionDone { message, life });
        self.pump();
    }

    pub fn transaction_done(&mut self, message: Message, life: Life) {
        if life == self.producer.life && self.producer.out[message].state == State::Committing {
            self.done(message, Told::Ok);
        }
    }
}

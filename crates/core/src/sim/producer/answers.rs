//! The producer's reaction to an answer, a refusal or silence: done, retry, give up.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::Fate;
use super::super::time::Time;
use super::super::trace::{
    Carries, Event, Ignored, MessageNo, Observer, Packet, PacketNo, Refusal, StepNo, Told,
};
use super::{COMMIT, Hold, Producer};

impl Producer {
    /// The broker's answer. That it has the message counts for whichever attempt, but only in the
    /// session that asked; a refusal counts for the attempt whose answer is awaited.
    pub(in crate::sim) fn answered<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        (packet, no): (&Packet, PacketNo),
        session: u32,
        cause: Option<StepNo>,
    ) {
        let message = packet.message;
        let row = &mut self.rows[message.index()];
        let transactional = context.setup.lane.producer.transactional;
        let repeated = matches!(packet.carries, Carries::Stored { .. }) && row.stored;
        let awaited = match packet.carries {
            Carries::Refused { publish: Some(nth), .. } => row.awaits == nth,
            Carries::Refused { publish: None, .. } => row.awaits & COMMIT != 0,
            _ => true,
        };
        let ignored = if session != self.session {
            Some(Ignored::OldSession)
        } else if row.verdict.is_some() || !row.in_flight || repeated || !awaited {
            Some(Ignored::AlreadySettled)
        } else {
            None
        };
        if let Some(ignored) = ignored {
            context.tell_packet(cause, packet, Event::Disregarded(no, ignored));
            return;
        }
        let arrived = context.tell_packet(cause, packet, Event::Arrived(no));
        match packet.carries {
            Carries::Stored { .. } if transactional => {
                row.stored = true;
                row.hold = Hold::None;
                self.commit(context, message, Some(arrived));
            }
            Carries::Refused { refusal, .. } => self.refused(context, message, refusal, arrived),
            _ => self.conclude(context, message, Told::Ok, arrived),
        }
        self.send_ready(context);
    }

    /// The broker refused it: try again later, as after a timeout, or once the gap is closed.
    fn refused<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        refusal: Refusal,
        cause: StepNo,
    ) {
        let row = &mut self.rows[message.index()];
        row.awaits = 0;
        context.cancel(row.due.take());
        row.stored = false;
        match refusal {
            Refusal::OutOfOrder => self.out_of_order(context, message, cause),
            Refusal::NotEnoughReplicas
            | Refusal::NotEnoughReplicasAfterAppend
            | Refusal::Fenced
            | Refusal::UnknownTransaction => self.try_again(context, message, cause),
        }
    }

    /// A transactional producer that has given a message up aborts whatever is open of it.
    pub(super) fn abort<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: StepNo,
    ) {
        if context.setup.lane.producer.transactional {
            let event = Scheduled::Abort { message, session: self.session };
            context.after(Time::ZERO, Some(cause), event);
        }
    }

    /// Schedules a resend, or gives up after the last one.
    pub(super) fn try_again<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        cause: StepNo,
    ) {
        let attempts = self.rows[message.index()].attempts;
        match self.backoff(context, message, attempts) {
            Some(wait) => {
                let event = Scheduled::Resend { message, session: self.session };
                context.after(wait, Some(cause), event);
            }
            None => self.conclude(context, message, Told::Error, cause),
        }
    }

    /// How long to wait before the next attempt; `None` after the last one.
    pub(super) fn backoff<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        attempts: u32,
    ) -> Option<Time> {
        let retries = context.setup.lane.producer.retries.limit();
        if retries.is_some_and(|retries| u64::from(attempts) > retries) {
            return None;
        }
        let (wait, spread) = context.setup.backoff(attempts);
        Some(wait - spread + context.fate.jitter(message, attempts, spread.times(2)))
    }

    pub(in crate::sim) fn answer_due<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        session: u32,
        nth: u32,
        cause: Option<StepNo>,
    ) {
        let row = &self.rows[message.index()];
        if !self.is_sending(message, session) || row.awaits != nth {
            return;
        }
        let row = &mut self.rows[message.index()];
        row.awaits = 0;
        let attempts = row.attempts;
        // Once the message is stored only the commit is repeated, at once and without limit.
        let wait =
            if row.stored { Some(Time::ZERO) } else { self.backoff(context, message, attempts) };
        let resend = wait.map(|wait| context.now() + wait);
        let nth = nth & !COMMIT;
        let step = context.tell(cause, message, Event::AnswerTimedOut { nth, resend });
        match wait {
            Some(wait) => {
                let event = Scheduled::Resend { message, session: self.session };
                context.after(wait, Some(step), event);
            }
            None => {
                self.conclude(context, message, Told::Error, step);
                self.send_ready(context);
            }
        }
    }

    pub(in crate::sim) fn resend<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        if !self.is_sending(message, session) {
            return;
        }
        let behind = self.is_behind_a_rest(context.setup, message);
        let row = &mut self.rows[message.index()];
        if row.stored {
            row.awaits = row.attempts;
            self.commit(context, message, cause);
        } else if behind {
            row.since = cause;
            row.hold = Hold::Turn;
        } else {
            self.publish(context, message, cause);
        }
        self.send_ready(context);
    }

    /// The delivery timeout is up: the message was not confirmed in time, in the session that sent it.
    pub(in crate::sim) fn give_up<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        message: MessageNo,
        session: u32,
        cause: Option<StepNo>,
    ) {
        let Some(cause) = cause.filter(|_| self.up && session == self.session) else {
            return;
        };
        if self.rows[message.index()].verdict.is_none() {
            self.conclude(context, message, Told::Error, cause);
            self.send_ready(context);
        }
    }
}

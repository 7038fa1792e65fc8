//! The consumer's handler: how a call starts, stalls, fails, is skipped, and ends.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{AckMode, Dedup, OnFailure};
use ackground_core::number::duration;
use ackground_core::sim::{Event, Guard, MessageNo, StepNo, Time};

impl Telling<'_> {
    pub(super) fn handler_started(&self, no: StepNo, message: MessageNo) -> Sentence {
        let consumer = self.who(no);
        if !self.handled_before(no, message) {
            let rest = match self.lane.consumer.ack {
                AckMode::OnReceive => {
                    "the message is already settled: if the work does not finish, it stays undone."
                }
                AckMode::AfterProcessing | AckMode::WithEffect if self.settles_with_effect() => {
                    "it will acknowledge the message in the transaction of the effect."
                }
                AckMode::AfterProcessing | AckMode::WithEffect => {
                    "it will acknowledge the message after the work."
                }
            };
            return Sentence::new(format!("{consumer} starts to work on message {message}."), rest);
        }
        let rest = match self.lane.consumer.dedup {
            Dedup::None => "it keeps no IDs, so it treats this as a new message.",
            Dedup::Memory => "it looks for the ID in its memory first.",
            Dedup::TableBefore | Dedup::TableAfter | Dedup::Atomic => {
                "it looks for the ID in its table first."
            }
        };
        Sentence::new(format!("{consumer} starts to work on message {message} again."), rest)
    }

    pub(super) fn stalled(&self, no: StepNo, message: MessageNo, until: Time) -> Sentence {
        let span = until - self.step(no).at;
        let timeout = Time::from_millis(self.lane.broker.redelivery_timeout_ms.at_most());
        let lead = format!("the work on message {message} stalls for {}.", duration(span));
        let rest = if self.lane.consumer.ack == AckMode::OnReceive {
            "the message is already settled, so no timeout is running.".to_owned()
        } else if self.lane.broker.redelivery_timeout_ms.limit().is_none() {
            "the broker will wait forever.".to_owned()
        } else if span >= timeout {
            format!(
                "the broker waits {} for an acknowledgment, so this will look like a failure.",
                duration(timeout)
            )
        } else {
            format!("the broker waits {} for an acknowledgment.", duration(timeout))
        };
        Sentence::new(lead, rest)
    }

    pub(super) fn handler_failed(&self, no: StepNo, message: MessageNo) -> Sentence {
        let consumer = self.who(no);
        let lead = format!("the work on message {message} fails.");
        let done = self.effects_until(no, message, self.primary()) > 0;
        let recorded = self
            .before_about(no, message)
            .take_while(|step| !matches!(step.what, Event::HandlerStarted { .. }))
            .any(|step| matches!(step.what, Event::Recorded(_)));
        let nothing = match (done, recorded) {
            (true, _) => "this time it had no effect",
            (false, true) => "nothing was done, but its ID is recorded",
            (false, false) => "nothing was done",
        };
        let rest = match (self.lane.consumer.ack, self.lane.consumer.on_failure) {
            (AckMode::OnReceive, _) => format!(
                "{nothing}, and the message was settled on receipt: the broker will not redeliver {}.",
                self.it(no, message)
            ),
            (_, OnFailure::Nack) => {
                format!("{nothing}; {consumer} returns the message to have it redelivered.")
            }
            (_, OnFailure::Wait) if self.lane.broker.redelivery_timeout_ms.limit().is_none() => {
                format!("{nothing}; {consumer} says nothing, and the broker waits forever.")
            }
            (_, OnFailure::Wait) => format!(
                "{nothing}; {consumer} says nothing and lets the {} run out.",
                self.redelivery_timeout()
            ),
            (_, OnFailure::Reject) => {
                format!("{nothing}, and {consumer} gives the message up.")
            }
            (_, OnFailure::Swallow) => {
                format!("{nothing}, and {consumer} acknowledges the message anyway.")
            }
        };
        Sentence::new(lead, rest)
    }

    pub(super) fn skipped(&self, no: StepNo, message: MessageNo, guard: Guard) -> Sentence {
        let primary = self.primary();
        let verb = self.verb(primary);
        let lead = format!("message {message} is recognised and skipped.");
        if self.effects_until(no, message, primary) == 0 {
            return Sentence::new(
                lead,
                format!(
                    "its ID was recorded before the effect, so it looks done, but {}.",
                    verb.did_not_happen()
                ),
            );
        }
        if let Some(step) = self.missing(no, message) {
            let rest = "its ID is recorded, so it looks done, but";
            return Sentence::new(lead, format!("{rest} {}.", self.verb(step).did_not_happen()));
        }
        let kept = match (guard, self.lane.consumer.dedup) {
            (Guard::Memory, _) => "its ID is still in memory",
            (_, Dedup::Atomic) if self.recorded_with_the_effect(no, message) => {
                "its ID was committed in the same transaction as the effect"
            }
            _ => "its ID is in the table",
        };
        Sentence::new(lead, format!("{kept}, so the repeat is recognised."))
    }

    fn recorded_with_the_effect(&self, no: StepNo, message: MessageNo) -> bool {
        let with_effect = ackground_core::sim::Event::Recorded(Guard::Transaction);
        self.before_about(no, message).any(|s| s.what == with_effect)
    }

    pub(super) fn recorded(&self, no: StepNo, message: MessageNo, guard: Guard) -> Sentence {
        let lead = format!("the ID of message {message} is recorded.");
        let rest = match (guard, self.lane.consumer.dedup) {
            (Guard::Memory, _) => "in memory only: a crash will erase it.",
            (Guard::Transaction, _) => {
                "in the same transaction as the effect: either both are stored or neither is."
            }
            (_, Dedup::TableBefore) if self.effects_until(no, message, self.primary()) == 0 => {
                "the effect comes after it: a crash in between would make the message look done."
            }
            _ => "a repeat will be recognised from here on.",
        };
        Sentence::new(lead, rest)
    }

    pub(super) fn handler_done(&self, no: StepNo, message: MessageNo) -> Sentence {
        let rest = match self.lane.consumer.ack {
            AckMode::OnReceive => {
                "the message was settled before the work, so there is nothing to acknowledge."
            }
            AckMode::AfterProcessing | AckMode::WithEffect if self.settled_until(no, message) => {
                "the message is settled with it."
            }
            AckMode::AfterProcessing | AckMode::WithEffect => "the broker has not been told yet.",
        };
        Sentence::new(format!("{} is done with message {message}.", self.who(no)), rest)
    }

    /// Whether the copy this call works on was settled before this step.
    fn settled_until(&self, no: StepNo, message: MessageNo) -> bool {
        self.delivery_of(no)
            .is_some_and(|(_, _, delivery)| self.settled_before(no, message, delivery.copy))
    }

    pub(super) fn waiting(&self, no: StepNo, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("{} says nothing about message {message}.", self.who(no)),
            match self.lane.broker.redelivery_timeout_ms.limit() {
                Some(_) => {
                    let timeout = self.redelivery_timeout();
                    format!("the broker will take it back after {timeout} of silence.")
                }
                None => "the broker never takes it back.".to_owned(),
            },
        )
    }
}

//! The producer: what it has to send, how long it waits, what it is told.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::Source;
use ackground_core::number::{count_of, duration, millis};
use ackground_core::sim::{Event, Leg, MessageNo, StepNo, Time, Told};

impl Telling<'_> {
    pub(super) fn created(&self, message: MessageNo) -> Sentence {
        let producer = self.producer();
        let rest = match self.lane.producer.source {
            Source::Outbox => {
                "it is committed in the outbox together with the business row, so it survives a crash."
            }
            Source::Direct => {
                "the business row is committed; the message itself is only in memory."
            }
        };
        Sentence::new(format!("{producer} has message {message} to send."), rest)
    }

    pub(super) fn answer_timed_out(
        &self,
        no: StepNo,
        message: MessageNo,
        resend: Option<Time>,
    ) -> Sentence {
        let producer = self.producer();
        let lead = format!("no reply about message {message} within {}.", self.answer_timeout());
        let cannot_tell =
            format!("{producer} cannot tell whether the message or the reply was lost");
        let rest = match resend {
            Some(at) => match duration(at - self.step(no).at).as_str() {
                "0 ms" => format!("{cannot_tell}; it resends at once."),
                wait => format!("{cannot_tell}; it will resend in {wait}."),
            },
            None => format!("{cannot_tell}, and has no attempt left."),
        };
        Sentence::new(lead, rest)
    }

    pub(super) fn told(&self, no: StepNo, message: MessageNo, told: Told) -> Sentence {
        let producer = self.producer();
        match told {
            Told::Nothing if self.forgotten_in(no).is_some() => Sentence::new(
                format!("{producer} has forgotten message {message}."),
                "it was in memory only, and the crash erased it.",
            ),
            Told::Nothing => Sentence::new(
                format!("{producer} considers message {message} sent."),
                "with acks: none, handing it to the network is enough, whether it arrives or not.",
            ),
            Told::Ok => Sentence::new(
                format!("{producer} is done with message {message}."),
                "the broker has it.",
            ),
            Told::Error => {
                let end = self.last_straw(no, message);
                // What is not committed is about to be aborted.
                let open = self.lane.producer.transactional && !self.committed_before(no, message);
                let rest = match self.has_before(no, message) && !open {
                    true => {
                        format!("{end} it reports an error, although the broker has the message.")
                    }
                    false => format!("{end} it reports an error: the loss is known."),
                };
                Sentence::new(format!("{producer} gives up on message {message}."), rest)
            }
        }
    }

    /// What made the producer give a message up: `after two attempts without an answer`.
    fn last_straw(&self, no: StepNo, message: MessageNo) -> String {
        let sends = self
            .packets_before(no, message)
            .filter(|p| p.leg == Leg::Publish && p.repeats.is_none())
            .count() as u64;
        let attempts = count_of(sends, "attempt", "attempts");
        let cause = self.step(no).cause.map(|cause| self.step(cause).what);
        match (cause, self.lane.producer.delivery_timeout_ms) {
            (Some(Event::Arrived(_)), _) if sends == 1 => {
                "its only attempt was refused, and".to_owned()
            }
            (Some(Event::Arrived(_)), _) => format!("the last of {attempts} was refused, and"),
            (Some(Event::Created | Event::Restarted { .. }), Some(timeout)) => {
                format!("after {} without a confirmation", millis(timeout.get()))
            }
            _ => format!("after {attempts} without a reply"),
        }
    }

    /// Whether the producer had been told the outcome of a message before a step.
    pub(super) fn told_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message).any(|s| matches!(s.what, Event::Told(_)))
    }
}

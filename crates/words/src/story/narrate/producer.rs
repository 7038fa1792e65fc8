//! The producer: what it has to send, how long it waits, what it is told.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{Acks, Source};
use ackground_core::number::{count_of, duration};
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
            Told::Ok if self.lane.producer.acks == Acks::None => Sentence::new(
                format!("{producer} considers message {message} sent."),
                "with acks: none, handing it to the network is enough, whether it arrives or not.",
            ),
            Told::Ok => Sentence::new(
                format!("{producer} is done with message {message}."),
                "the broker has it.",
            ),
            Told::Error => {
                let sends = self
                    .packets_before(no, message)
                    .filter(|p| p.leg == Leg::Publish && p.repeats.is_none());
                let attempts = count_of(sends.count() as u64, "attempt", "attempts");
                let rest = match self.stored_before(no, message) > 0 {
                    true => format!(
                        "after {attempts} without a reply it reports an error, although the broker has the message."
                    ),
                    false => format!(
                        "after {attempts} without a reply it reports an error: the loss is known."
                    ),
                };
                Sentence::new(format!("{producer} gives up on message {message}."), rest)
            }
        }
    }

    /// Whether the producer had been told the outcome of a message before a step.
    pub(super) fn told_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message).any(|s| matches!(s.what, Event::Told(_)))
    }
}

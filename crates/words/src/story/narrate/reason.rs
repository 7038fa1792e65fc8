//! Reasons as clauses to embed in a sentence: lower case, no full stop.

use crate::story::again::Again;
use crate::story::history::{Gap, Resent};
use crate::story::telling::Telling;
use ackground_core::experiment::settings::{AckMode, OnFailure};
use ackground_core::number::{count, millis};
use ackground_core::sim::{MessageNo, Packet, StepNo};

impl Telling<'_> {
    /// The producer's timeout: `1 s`.
    pub(super) fn answer_timeout(&self) -> String {
        millis(self.lane.producer.request_timeout_ms.get())
    }

    /// The broker's redelivery timeout: `5 s`.
    pub(super) fn redelivery_timeout(&self) -> String {
        millis(self.lane.broker.redelivery_timeout_ms.get())
    }

    /// Why a message is sent again, as a full sentence.
    pub(super) fn resent_because(&self, no: StepNo, packet: &Packet) -> String {
        let producer = self.producer();
        match self.why_resent(no, packet) {
            Resent::MessageLost if packet.nth == 2 => {
                "the first attempt was lost on the wire, so no answer came.".to_owned()
            }
            Resent::MessageLost => "no attempt has reached the broker so far.".to_owned(),
            Resent::MessageUnderWay => {
                format!(
                    "the attempt before is still on its way; {producer} waited {} for an answer.",
                    self.answer_timeout()
                )
            }
            Resent::Gone { restarted: true } => format!(
                "{producer} crashed before it knew of anything, and what the broker had stored of it is gone."
            ),
            Resent::Gone { restarted: false } => {
                "what the broker had stored of it is gone.".to_owned()
            }
            Resent::Renumbered => {
                "nobody will fill the gap before it, so it goes out under a number that leaves none."
                    .to_owned()
            }
            Resent::InOrder => {
                "the broker refused it for a gap; now it is its turn.".to_owned()
            }
            Resent::AnswerLost => {
                format!(
                    "the broker has it, but its answer was lost: {producer} cannot tell that from a lost message."
                )
            }
            Resent::AnswerUnderWay => {
                format!(
                    "the broker has it, but its answer takes longer than the {} that {producer} waits.",
                    self.answer_timeout()
                )
            }
            Resent::Restarted { stored: false } => {
                format!(
                    "{producer} crashed before the broker had it, and still has it in its outbox."
                )
            }
            Resent::Restarted { stored: true } => {
                format!(
                    "the broker has it, but {producer} crashed before it knew: its outbox still waits for the answer."
                )
            }
            Resent::Refused { stored: false } => {
                "the broker refused the attempt before, and may take this one.".to_owned()
            }
            Resent::Refused { stored: true } => {
                "the broker refused the attempt before, although it has a copy.".to_owned()
            }
            Resent::NoLeader => {
                "no broker node led its partition when it came before, so no answer came."
                    .to_owned()
            }
            Resent::NodeDown { stored: false } => {
                "the broker node crashed before it stored it, so no answer came.".to_owned()
            }
            Resent::NodeDown { stored: true } => format!(
                "the broker node stored it and crashed before its answer reached {producer}."
            ),
            Resent::Unanswered => {
                format!("the broker has it, but no answer has reached {producer}.")
            }
        }
    }

    /// Why a copy is redelivered, as a clause in the past tense.
    pub(super) fn again_clause(&self, message: MessageNo, why: Again) -> String {
        let consumer = self.consumer();
        let first = self.lane.consumer.ack == AckMode::OnReceive;
        match why {
            Again::DeliveryLost => "the delivery before was lost on the wire".to_owned(),
            Again::DeliveryLate => "the delivery before is still on its way".to_owned(),
            Again::OutOfTurn => {
                format!("{consumer} was at another position when it came before")
            }
            Again::AckLost if first => "the commit was lost, before any work".to_owned(),
            Again::AckLate if first => "the commit was late, before any work".to_owned(),
            Again::AckRefused if first => {
                "the commit came too late to count, before any work".to_owned()
            }
            Again::AckUnavailable => {
                "its acknowledgment found no broker node to take it".to_owned()
            }
            Again::WentBack(other) => {
                format!("the work on message {other} failed and the reader went back to it")
            }
            Again::GroupLost(other) => format!(
                "message {other} was not acknowledged in time, which cost {consumer} all that it held"
            ),
            Again::HoldLost => {
                format!("{consumer} was done too late: by then it no longer held the message")
            }
            Again::TooSlow { done: true } => {
                format!("the rest of its batch was not done within {}", self.redelivery_timeout())
            }
            Again::ConsumerDown => format!("{consumer} was down when it came before"),
            Again::Crash(crash) if crash.about_this && crash.applied => {
                let happened = self.verb(self.primary()).happened();
                format!("the crash came after {happened} but before the acknowledgment")
            }
            Again::Crash(crash) if self.effects_until(crash.step, message, self.primary()) == 0 => {
                format!("the crash came before {}", self.verb(self.primary()).happened())
            }
            Again::Crash(_) => "the crash came before the acknowledgment".to_owned(),
            Again::AckLost => {
                format!("{consumer} had done the work, but its acknowledgment was lost")
            }
            Again::AckLate => {
                format!("{consumer} had done the work, but its acknowledgment was late")
            }
            Again::AckRefused => format!(
                "{consumer} had done the work, but its acknowledgment came too late to count"
            ),
            Again::Failed => match self.lane.consumer.on_failure {
                OnFailure::Wait => format!("the work failed before, and {consumer} said nothing"),
                OnFailure::Nack | OnFailure::Swallow => {
                    format!("the work failed before, and {consumer} gave it back")
                }
            },
            Again::NackLost => "the work failed before, and what gave it back was lost".to_owned(),
            Again::TooSlow { done: false } => {
                format!("{consumer} was not done within {}", self.redelivery_timeout())
            }
            Again::NotAcknowledged => "it was not acknowledged".to_owned(),
        }
    }

    /// Why a copy is redelivered, as a full sentence.
    pub(super) fn again_because(&self, message: MessageNo, why: Again) -> String {
        format!("{}, so the broker must offer it again.", self.again_clause(message, why))
    }

    /// Why a repeat was not recognised, as a clause.
    pub(super) fn gap_clause(&self, gap: Gap) -> String {
        let consumer = self.consumer();
        match gap {
            Gap::NoIds => format!("{consumer} keeps no ids, so nothing recognises the repeat"),
            Gap::Forgotten => {
                format!("{consumer} kept the ids in memory, where the crash erased them")
            }
            Gap::NotWritten => "its id was never written down".to_owned(),
            Gap::Overtaken => {
                "its id was written down only after this call had looked for it".to_owned()
            }
            Gap::Elsewhere => "its id is in the memory of another member".to_owned(),
            Gap::TooOld => format!(
                "its id was kept for {} only",
                millis(self.lane.consumer.dedup_ttl_ms.limit().unwrap_or_default())
            ),
            Gap::CrowdedOut => match self.lane.consumer.dedup_window.limit() {
                Some(1) => "only the last id is kept".to_owned(),
                most => format!("only the last {} ids are kept", count(most.unwrap_or_default())),
            },
            Gap::Outside => {
                "this step can share no transaction with the id, which was never written down"
                    .to_owned()
            }
        }
    }
}

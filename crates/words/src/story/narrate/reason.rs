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
        self.lane.broker.redelivery_timeout_ms.limit().map_or_else(|| "ever".to_owned(), millis)
    }

    /// Why a message is sent again, as a full sentence.
    pub(super) fn resent_because(&self, no: StepNo, packet: &Packet) -> String {
        let producer = self.producer();
        match self.why_resent(no, packet) {
            Resent::MessageLost if packet.nth == 2 => {
                "the first attempt was lost on the wire, so no reply came.".to_owned()
            }
            Resent::MessageLost => "no attempt has reached the broker so far.".to_owned(),
            Resent::MessageUnderWay => {
                format!(
                    "the previous attempt is still on its way; {producer} waited {} for a reply.",
                    self.answer_timeout()
                )
            }
            Resent::Gone { restarted: true } => format!(
                "{producer} crashed before it learned anything, and what the broker had stored of it is gone."
            ),
            Resent::Gone { restarted: false } => {
                "what the broker had stored of it is gone.".to_owned()
            }
            Resent::Renumbered => {
                "the gap before it will never be filled, so it is sent under a number that leaves none."
                    .to_owned()
            }
            Resent::InOrder => {
                "the broker refused it because of a gap; now it is its turn.".to_owned()
            }
            Resent::AnswerLost => {
                format!(
                    "the broker has it, but its reply was lost: {producer} cannot tell that from a lost message."
                )
            }
            Resent::AnswerUnderWay => {
                format!(
                    "the broker has it, but its reply takes longer than the {} that {producer} waits.",
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
                    "the broker has it, but {producer} crashed before it knew: its outbox still waits for the reply."
                )
            }
            Resent::Refused { stored: false } => {
                "the broker refused the previous attempt, and may accept this one.".to_owned()
            }
            Resent::Refused { stored: true } => {
                "the broker refused the previous attempt, although it has a copy.".to_owned()
            }
            Resent::NoLeader => {
                "its partition had no leader when the previous attempt arrived, so no reply came."
                    .to_owned()
            }
            Resent::NodeDown { stored: false } => {
                "the broker node crashed before storing it, so no reply came.".to_owned()
            }
            Resent::NodeDown { stored: true } => format!(
                "the broker node stored it and crashed before its reply reached {producer}."
            ),
            Resent::Unanswered => {
                format!("the broker has it, but no reply has reached {producer}.")
            }
        }
    }

    /// Why a copy is redelivered, as a clause in the past tense.
    pub(super) fn again_clause(&self, message: MessageNo, why: Again) -> String {
        let consumer = self.consumer();
        let first = self.lane.consumer.ack == AckMode::OnReceive;
        match why {
            Again::DeliveryLost => "the previous delivery was lost on the wire".to_owned(),
            Again::DeliveryLate => "the previous delivery is still on its way".to_owned(),
            Again::OutOfTurn => {
                format!("{consumer} was at another position when it last arrived")
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
                "message {other} was not acknowledged in time, so {consumer} lost everything that it held"
            ),
            Again::ConnectionLost => {
                format!("{consumer} lost its connection before it acknowledged the message")
            }
            Again::HoldLost => {
                format!("{consumer} finished too late: by then it no longer held the message")
            }
            Again::TooSlow { done: true } => {
                format!("the rest of its batch was not done within {}", self.redelivery_timeout())
            }
            Again::ConsumerDown => format!("{consumer} was down when it last arrived"),
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
                OnFailure::Wait => format!("the work failed, and {consumer} said nothing"),
                OnFailure::Nack | OnFailure::Reject | OnFailure::Swallow => {
                    format!("the work failed, and {consumer} returned the message")
                }
            },
            Again::NackLost => {
                "the work failed, and the packet that returned the message was lost".to_owned()
            }
            Again::TooSlow { done: false } => {
                format!("{consumer} was not done within {}", self.redelivery_timeout())
            }
            Again::NotAcknowledged => "it was not acknowledged".to_owned(),
        }
    }

    /// Why a copy is redelivered, as a full sentence.
    pub(super) fn again_because(&self, message: MessageNo, why: Again) -> String {
        format!("{}, so the broker must redeliver it.", self.again_clause(message, why))
    }

    /// Why a repeat was not recognised, as a clause.
    pub(super) fn gap_clause(&self, gap: Gap) -> String {
        let consumer = self.consumer();
        match gap {
            Gap::NoIds => format!("{consumer} keeps no IDs, so nothing recognises the repeat"),
            Gap::Forgotten => {
                format!("{consumer} kept the IDs in memory, where the crash erased them")
            }
            Gap::NotWritten => "its ID was never recorded".to_owned(),
            Gap::Overtaken => {
                "its ID was recorded only after this call had looked for it".to_owned()
            }
            Gap::Elsewhere => "its ID is in the memory of another member".to_owned(),
            Gap::TooOld => format!(
                "its ID was kept for only {}",
                millis(self.lane.consumer.dedup_ttl_ms.limit().unwrap_or_default())
            ),
            Gap::CrowdedOut => match self.lane.consumer.dedup_window.limit() {
                Some(1) => "only the last ID is kept".to_owned(),
                most => format!("only the last {} IDs are kept", count(most.unwrap_or_default())),
            },
            Gap::Outside => {
                "this step cannot share a transaction with the ID, which was never recorded"
                    .to_owned()
            }
        }
    }
}

//! Effects: what happens, happens again, or is skipped as a repeat.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::scenario::StepKind;
use ackground_core::number::{ordinal, times};
use ackground_core::sim::{Delivery, Event, Guard, MessageNo, Refusal, StepNo};

impl Telling<'_> {
    pub(super) fn applied(&self, no: StepNo, message: MessageNo, step: u8) -> Sentence {
        let verb = self.verb(step);
        let count = self.effects_until(no, message, step);
        if count > 1 {
            let lead = format!(
                "{}, for the {} time.",
                verb.happens_for(message),
                ordinal(u64::from(count))
            );
            return Sentence::new(lead, self.applied_again_because(no, message, step));
        }
        let kind = self.experiment.scenario.steps.get(step as usize).map(|step| step.kind);
        let rest = if step == self.primary() && self.settled_early(no, message) {
            "the message was settled before the work, and this time the work succeeded."
        } else if kind == Some(StepKind::External) {
            "a call to another system, once made, cannot be undone."
        } else if step == self.primary() && self.settles_with_effect() {
            "the acknowledgment is part of the same transaction."
        } else if step == self.primary() {
            "the broker has not been told yet."
        } else {
            ""
        };
        Sentence::new(format!("{}.", verb.happens_for(message)), rest)
    }

    fn settled_early(&self, no: StepNo, message: MessageNo) -> bool {
        self.delivery_of(no)
            .is_some_and(|(_, _, delivery)| self.settled_before(no, message, delivery.copy))
    }

    /// Why an effect happens again: how the message came again, and why nobody noticed.
    pub(super) fn applied_again_because(&self, no: StepNo, message: MessageNo, step: u8) -> String {
        let gap = self.gap_clause(self.gap(no, message, step));
        let how = self.came_again(no, message, step);
        format!("{how}, and {gap}.")
    }

    fn came_again(&self, no: StepNo, message: MessageNo, step: u8) -> String {
        let Some((sent, packet, delivery)) = self.delivery_of(no) else {
            return format!("message {message} was handled before");
        };
        if packet.repeats.is_some() {
            return format!("the network delivered message {message} twice");
        }
        let before =
            self.effect_before(no, message, step).and_then(|before| self.delivery_of(before));
        match before {
            Some((_, _, before)) if before.copy != delivery.copy => {
                let often = times(u64::from(self.stored_before(no, message)));
                let why = self.stored_again_because(no, message, delivery.copy.max(before.copy));
                format!("the broker has stored message {message} {often}, because {why}")
            }
            Some((_, other, before)) if before.nth > delivery.nth => {
                let (late, other) = (self.node(packet.to), self.node(other.to));
                match late == other {
                    true => format!("{late} kept working after its time had run out"),
                    false => format!(
                        "{late} kept working after its time had run out and {other} had taken over"
                    ),
                }
            }
            Some((_, _, before)) if before.nth < delivery.nth => {
                let next = Delivery { nth: before.nth + 1, ..delivery };
                let left = self.delivery_left(message, next.copy, next.nth);
                self.again_clause(message, self.why_again(left.unwrap_or(sent), message, next))
            }
            _ if delivery.nth > 1 => {
                self.again_clause(message, self.why_again(sent, message, delivery))
            }
            _ => format!("message {message} was handled before"),
        }
    }

    /// Why the broker stores another copy of a message, as a clause.
    pub(super) fn stored_again_because(&self, no: StepNo, message: MessageNo, copy: u32) -> String {
        if self.brought_by_a_repeat(message, copy) {
            return "the network duplicated the packet".to_owned();
        }
        let refused = Event::Refused(Refusal::NotEnoughReplicasAfterAppend);
        let mut aborted = false;
        for step in self.before_about(no, message) {
            if step.what == refused {
                return "the broker refused it after it had stored a copy".to_owned();
            }
            aborted |= matches!(step.what, Event::TransactionAborted { .. });
        }
        match aborted {
            true => "one copy is from an aborted transaction, which this reader ignores".to_owned(),
            false => format!("{} resent it", self.producer()),
        }
    }

    pub(super) fn absorbed(&self, message: MessageNo, step: u8, guard: Guard) -> Sentence {
        let verb = self.verb(step);
        let lead = format!("a repeat changes nothing: {} already.", verb.happened());
        let rest = match guard {
            Guard::Upsert => format!(
                "the row is keyed by the ID of message {message}, so writing it again changes nothing."
            ),
            Guard::IdempotencyKey => format!(
                "the call carries the ID of message {message}, and the other side ignores a repeat."
            ),
            Guard::Sequence
            | Guard::MessageId
            | Guard::Memory
            | Guard::Table
            | Guard::Transaction => format!(
                "the ID of message {message} is already in the store, so the whole transaction is rejected."
            ),
        };
        Sentence::new(lead, rest)
    }
}

//! Effects: what is done, done again, or asked for again in vain.

use crate::sim::{Guard, MessageNo, StepNo};
use crate::story::number::ordinal;
use crate::story::telling::{Sentence, Telling};

impl Telling<'_> {
    pub(super) fn applied(&self, no: StepNo, message: MessageNo, step: u8) -> Sentence {
        let deed = self.deed(step);
        let times = self.effects_until(no, message, step);
        if times > 1 {
            let lead = format!("{} for message {message}, for the {} time.", deed.happens(), ordinal(u64::from(times)));
            return Sentence::new(lead, self.applied_again_because(no, message, step));
        }
        let rest = match (step == self.primary(), self.settled_early(no, message)) {
            (true, true) => "the message was settled before the work, and the work went well.",
            (true, false) => "the broker does not know yet.",
            (false, _) => "",
        };
        Sentence::new(format!("{} for message {message}.", deed.happens()), rest)
    }

    fn settled_early(&self, no: StepNo, message: MessageNo) -> bool {
        self.delivery_of(no).is_some_and(|(_, _, delivery)| self.settled_before(no, message, delivery.copy))
    }

    /// Why an effect takes place once more: how the message came again, and why nobody noticed.
    pub(super) fn applied_again_because(&self, no: StepNo, message: MessageNo, step: u8) -> String {
        let gap = self.gap_clause(self.gap(no, message, step));
        let how = self.came_again(no, message, step);
        format!("{how}, and {gap}.")
    }

    fn came_again(&self, no: StepNo, message: MessageNo, step: u8) -> String {
        let producer = self.producer();
        let Some((sent, packet, delivery)) = self.delivery_of(no) else {
            return format!("message {message} was handled before");
        };
        if packet.repeats.is_some() {
            return format!("the network delivered message {message} twice");
        }
        let before = self.effect_before(no, message, step).and_then(|before| self.delivery_of(before));
        match before {
            Some((_, _, before)) if before.copy != delivery.copy => {
                format!("the broker has message {message} twice, because {producer} sent it again")
            }
            _ if delivery.nth > 1 => self.again_clause(message, self.why_again(sent, message, delivery)),
            _ => format!("message {message} was handled before"),
        }
    }

    pub(super) fn absorbed(&self, message: MessageNo, step: u8, guard: Guard) -> Sentence {
        let deed = self.deed(step);
        let lead = format!("a repeat changes nothing: {} already.", deed.happened());
        let rest = match guard {
            Guard::Upsert => format!("the row is set by the id of message {message}, so setting it again leaves it as it is."),
            Guard::IdempotencyKey => format!("the call carries the id of message {message}, and the other side ignores a repeat."),
            _ => format!("the id of message {message} is in the store already, so the whole transaction is turned down."),
        };
        Sentence::new(lead, rest)
    }
}

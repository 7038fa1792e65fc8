//! The broker: what it stores, deduplicates, redelivers, settles and gives up on.

use crate::story::telling::{Sentence, Telling};
use ackground_core::experiment::settings::{AckMode, BrokerKind, Isolation, OnFailure};
use ackground_core::number::{count_of, millis, ordinal};
use ackground_core::sim::{Delivery, Event, Guard, MessageNo, Step, StepNo, partition_of};

impl Telling<'_> {
    pub(super) fn stored(&self, no: StepNo, message: MessageNo) -> Sentence {
        let before = self.stored_before(no, message);
        if before == 0 {
            let rest = match self.lane.broker.kind {
                _ if self.lane.broker.replicas.get() > 1 => {
                    "only the leader has it so far; the other in-sync replicas must copy it before any consumer sees it."
                }
                BrokerKind::Log => {
                    "from here on it is in the log, and is read from the committed position on."
                }
                BrokerKind::Queue => {
                    "from here on it is in the queue until a consumer acknowledges it."
                }
            };
            return Sentence::new(format!("the broker stores message {message}."), rest);
        }
        let lead = format!(
            "the broker stores message {message} a {} time.",
            ordinal(u64::from(before) + 1)
        );
        let window = self.lane.broker.dedup_window_ms.get();
        let read = self.effects_until(no, message, self.primary()) > 0;
        let rest = if !self.has_before(no, message) && read {
            format!(
                "its earlier copy is gone, but a consumer has read it: {}.",
                self.verb(self.primary()).happened()
            )
        } else if !self.has_before(no, message) && self.is_offered(no, message) {
            "its earlier copy was aborted, but this consumer reads that too.".to_owned()
        } else if !self.has_before(no, message) {
            "its earlier copy is gone, so this is the one that counts.".to_owned()
        } else if window > 0 {
            format!(
                "it remembers an ID for only {}, and treats this as a new message.",
                millis(window)
            )
        } else if self.lane.producer.transactional {
            format!(
                "{} crashed before it learned of the commit; its new session fences the old one and knows nothing of it.",
                self.producer()
            )
        } else if self.lane.producer.idempotent {
            format!(
                "{} sends under a new ID since its restart, so the broker does not recognise the repeat.",
                self.producer()
            )
        } else {
            "sends are not numbered and it keeps no IDs, so it treats the repeat as a new message."
                .to_owned()
        };
        Sentence::new(lead, rest)
    }

    /// Whether an aborted copy is there for a reader of uncommitted messages.
    fn is_offered(&self, no: StepNo, message: MessageNo) -> bool {
        self.lane.consumer.isolation == Isolation::ReadUncommitted
            && self
                .before_about(no, message)
                .any(|step| matches!(step.what, Event::TransactionAborted { .. }))
    }

    pub(super) fn repeat_dropped(&self, message: MessageNo, guard: Guard) -> Sentence {
        let rest = if guard == Guard::Sequence {
            "it carries the producer ID and sequence number of the copy that the broker has."
                .to_owned()
        } else {
            format!(
                "the broker has seen this message ID within the last {}.",
                millis(self.lane.broker.dedup_window_ms.get())
            )
        };
        Sentence::new(format!("the broker drops the repeat of message {message}."), rest)
    }

    pub(super) fn delivery_timed_out(
        &self,
        no: StepNo,
        message: MessageNo,
        delivery: Delivery,
    ) -> Sentence {
        let timeout = self.redelivery_timeout();
        let lead = format!("no acknowledgment for message {message} within {timeout}.");
        let next = Delivery { nth: delivery.nth + 1, ..delivery };
        let why = self.again_clause(message, self.why_again(no, message, next));
        Sentence::new(lead, format!("{why}; the broker sees only silence."))
    }

    pub(super) fn requeued(&self, message: MessageNo) -> Sentence {
        Sentence::new(
            format!("message {message} is back in the queue."),
            "it takes its old place and will be redelivered.",
        )
    }

    pub(super) fn rewound(&self, no: StepNo, message: MessageNo, copy: u32) -> Sentence {
        let consumer = self.consumer();
        let (scenario, broker) = (&self.experiment.scenario, &self.lane.broker);
        let partition = |message| partition_of(scenario, broker, message);
        let delivered_later = |s: &&Step| {
            matches!(s.what, Event::Stored { copy: stored }
                if stored > copy && self.was_delivered(no, stored))
                && s.message.map(partition) == Some(partition(message))
        };
        let delivered_later = self.before(no).filter(delivered_later).count() as u64;
        let rest = match delivered_later {
            0 => format!("{consumer} reads on from the committed position."),
            n => format!(
                "a log keeps only a position, so {} after it must be redelivered as well.",
                count_of(n, "message", "messages")
            ),
        };
        Sentence::new(format!("the reader goes back to message {message}."), rest)
    }

    fn was_delivered(&self, no: StepNo, copy: u32) -> bool {
        self.before(no).filter_map(|s| self.sent_by(s)).any(|packet| {
            matches!(packet.carries, ackground_core::sim::Carries::Delivery(delivery) if delivery.copy == copy)
        })
    }

    pub(super) fn settled(&self, no: StepNo, message: MessageNo) -> Sentence {
        let lead = format!("message {message} is settled.");
        let primary = self.primary();
        let applied = self.effects_until(no, message, primary) > 0;
        let it = self.it(no, message);
        let rest = if self.lane.consumer.ack == AckMode::OnReceive && !applied {
            format!("no work has been done yet, and the broker will not redeliver {it}.")
        } else if self.handler_failed_before(no, message) && !applied {
            format!(
                "the broker will not redeliver {it}, although {}.",
                self.verb(primary).did_not_happen()
            )
        } else {
            match self.lane.broker.kind {
                BrokerKind::Log => format!(
                    "the committed position is past it; the group will not read {it} again."
                ),
                BrokerKind::Queue => {
                    format!("the broker removes it and will not redeliver {it}.")
                }
            }
        };
        Sentence::new(lead, rest)
    }

    fn handler_failed_before(&self, no: StepNo, message: MessageNo) -> bool {
        self.before_about(no, message).any(|s| matches!(s.what, Event::HandlerFailed { .. }))
    }

    pub(super) fn late_ack(&self, no: StepNo, message: MessageNo, accepted: bool) -> Sentence {
        let consumer = self.who(no);
        match accepted {
            true => Sentence::new(
                format!("a late acknowledgment settles message {message}."),
                format!(
                    "{consumer} no longer held it, but this broker accepts the acknowledgment anyway."
                ),
            ),
            false => Sentence::new(
                format!("the broker refuses a late acknowledgment for message {message}."),
                format!(
                    "{consumer} no longer held it; refusing the acknowledgment does not undo the work."
                ),
            ),
        }
    }

    pub(super) fn given_up(&self, no: StepNo, message: MessageNo, parked: bool) -> Sentence {
        let deliveries = self.lane.broker.max_deliveries.limit().unwrap_or_default();
        let rejected = self.lane.consumer.on_failure == OnFailure::Reject
            && self.trace.causes(no).any(|step| {
                step.message == Some(message) && matches!(step.what, Event::HandlerFailed { .. })
            });
        let tries = match rejected {
            true => format!("the work failed and {} gives the message up:", self.consumer()),
            false => format!(
                "after {} without an acknowledgment",
                count_of(deliveries, "delivery", "deliveries")
            ),
        };
        let applied = self.effects_until(no, message, self.primary()) > 0;
        let verb = self.verb(self.primary());
        let (lead, fate) = match parked {
            true => (format!("message {message} is parked."), "it waits in the dead letter queue"),
            false => (format!("message {message} is discarded."), "it is gone"),
        };
        let rest = match applied {
            true => format!("{tries} {fate}, although {}.", verb.happened()),
            false => format!("{tries} {fate}, and {}.", verb.did_not_happen()),
        };
        Sentence::new(lead, rest)
    }
}

//! The cause of a message's outcome in one line, before the chain tells how it came about.
//!
//! It names the fault and what in the setup let it through, in as few words as there are. Numbers in it are
//! settings of the lane; whatever else it says is in the trace.

use ackground_core::audit::{MessageRecord, Outcome, Report};
use ackground_core::experiment::scenario::KeyMode;
use ackground_core::experiment::settings::{AckMode, Acks, Source};
use ackground_core::experiment::{Experiment, Family, Product};
use ackground_core::number::{capital, count_of, duration, millis, times};
use ackground_core::sim::{Delivery, Event, Leg, MessageNo, Packet, Step, StepNo, Time, Trace};

use super::again::Again;
use super::history::{Gap, Resent};
use super::loss::Loss;
use super::telling::Telling;

/// Why a message fared as it did, in one line: `The work takes 40 s; the visibility timeout is 30 s.` None where all
/// went well, or where the trace bears out no single cause.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim::{self, MessageNo};
/// use ackground_core::audit;
/// use ackground_words::story;
///
/// let experiment = Experiment::default();
/// let trace = sim::simulate(&experiment, 0);
/// let report = audit::judge(&experiment, &trace);
/// let cause = story::cause(&experiment, 0, &trace, &report, MessageNo::from_index(1));
/// let says = "Message 2 was lost on its way to the broker, and Sender's bank never resends.";
/// assert_eq!(cause.as_deref(), Some(says));
/// ```
pub fn cause(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    report: &Report,
    message: MessageNo,
) -> Option<String> {
    let record = report.messages.get(message.index())?;
    let telling = Telling::new(experiment, lane, trace);
    let says = match record.end {
        Outcome::Lost => telling.cause_of_loss(message, record)?,
        Outcome::Duplicated => telling.cause_of_repeat(message)?,
        Outcome::Parked => telling.cause_of_parking(message, record),
        Outcome::Pending => telling.cause_of_waiting(message)?,
        Outcome::Once if !report.properties.in_order => telling.cause_of_lateness(message)?,
        Outcome::Once => return None,
    };
    Some(format!("{}.", capital(&says)))
}

/// How a message came to be handled again.
enum Came {
    /// The network made two of one delivery.
    Copied,
    /// The broker has two copies of it.
    Stored(Option<Resent>),
    /// A call went on after its time had run out.
    Overrun,
    /// The broker redelivered it.
    Redelivered(Again),
}

impl<'a> Telling<'a> {
    fn steps_about(
        &self,
        message: MessageNo,
    ) -> impl DoubleEndedIterator<Item = &'a Step> + use<'a> {
        self.trace.steps.iter().filter(move |step| step.message == Some(message))
    }

    /// The packet that a step sends, if it is no copy by the network.
    fn first_hand(&self, step: &Step) -> Option<&'a Packet> {
        self.sent_by(step).filter(|packet| packet.repeats.is_none())
    }

    fn work(&self) -> Time {
        Time::from_millis(self.lane.consumer.processing_ms.get())
    }

    fn timeout(&self) -> Time {
        Time::from_millis(self.lane.broker.redelivery_timeout_ms.at_most())
    }

    /// What the product calls the time after which a delivery counts as failed.
    fn timeout_name(&self) -> &'static str {
        let family = self.lane.preset.map(|id| id.family());
        match family {
            Some(Family::Product(Product::Sqs)) => "the visibility timeout",
            Some(Family::Product(Product::Kafka)) => "the poll interval",
            Some(Family::Product(Product::PubSub)) => "the acknowledgment deadline",
            Some(Family::Product(Product::ServiceBus)) => "the lock",
            Some(Family::Product(Product::RabbitMq)) => "the acknowledgment timeout",
            _ => "the redelivery timeout",
        }
    }

    fn work_and_timeout(&self) -> String {
        let (work, name) = (self.lane.consumer.processing_ms.get(), self.timeout_name());
        let limit = self.lane.broker.redelivery_timeout_ms.at_most();
        format!("the work takes {}; {name} is {}", millis(work), millis(limit))
    }

    fn cause_of_loss(&self, message: MessageNo, record: &MessageRecord) -> Option<String> {
        let (producer, consumer) = (self.producer(), self.consumer());
        let (loss, decisive) = self.loss(message);
        Some(match loss {
            Loss::Wire | Loss::Cut => {
                let packet = self.sent_by(self.step(decisive?))?;
                let network = if loss == Loss::Cut { " while the network was cut" } else { "" };
                match packet.leg {
                    Leg::Publish => {
                        let never = match self.lane.producer.acks {
                            Acks::None => format!("{producer} never resends"),
                            Acks::Leader | Acks::All => {
                                format!("{producer} did not resend it often enough")
                            }
                        };
                        format!(
                            "message {message} was lost on its way to the broker{network}, and {never}"
                        )
                    }
                    Leg::Deliver
                    | Leg::PublishAck
                    | Leg::Ack
                    | Leg::Commit
                    | Leg::Confirm
                    | Leg::Replicate => format!(
                        "message {message} was lost on its way to {consumer}{network}, and the broker had settled it already"
                    ),
                }
            }
            Loss::Forgotten => match self.lane.producer.source {
                Source::Direct => format!(
                    "{producer} kept message {message} in memory only, and crashed before it was sent"
                ),
                Source::Outbox => format!("{producer} crashed and forgot message {message}"),
            },
            Loss::GivenUp => {
                let sends = count_of(u64::from(record.sent), "attempt", "attempts");
                format!("{producer} gave up on message {message} after {sends} without a reply")
            }
            Loss::Refused => {
                format!("the broker refused message {message}, and {producer} gave up")
            }
            Loss::NoLeader => format!(
                "no broker node could take message {message}, and {producer} does not resend"
            ),
            Loss::BrokerNode if self.lane.broker.replicas.get() == 1 => {
                format!("the broker had message {message} in memory only, and lost it in a crash")
            }
            Loss::BrokerNode => format!(
                "the only broker node that had message {message} crashed before another had a copy"
            ),
            Loss::Aborted => format!("the transaction of message {message} was aborted"),
            Loss::NeverCommitted => {
                format!("the transaction of message {message} was never committed")
            }
            Loss::Blocked => {
                format!("an open transaction holds back message {message}, and it is never ended")
            }
            Loss::ConsumerDown => format!(
                "the broker settled message {message} as it delivered it, and {consumer} was down"
            ),
            Loss::Crash => {
                let early = match self.lane.consumer.ack {
                    AckMode::OnReceive => format!("{consumer} acknowledges before the work"),
                    AckMode::AfterProcessing | AckMode::WithEffect => {
                        format!("message {message} was settled before the work was done")
                    }
                };
                format!("{early}, and crashed in between")
            }
            Loss::TakenAway => {
                format!("message {message} was settled, then taken from {consumer} before the work")
            }
            Loss::PassedOver => {
                format!("{consumer} read on past message {message}, and its commit covered it")
            }
            Loss::MarkedDone => format!(
                "{consumer} recorded the ID of message {message} before the work, and mistook the redelivery for a repeat"
            ),
            Loss::Failure => {
                format!("the work on message {message} failed, and this setup does not try again")
            }
            Loss::Unfinished => {
                format!("message {message} was settled before the work, which was never finished")
            }
            Loss::ThrownAway => format!(
                "message {message} was delivered {} without success, and this setup then discards it",
                times(self.lane.broker.max_deliveries.limit().unwrap_or(0))
            ),
            Loss::Undelivered => format!("the broker never delivered message {message}"),
            Loss::OutOfTime => format!(
                "{} is {}, and every delivery of message {message} took longer",
                self.timeout_name(),
                millis(self.lane.broker.redelivery_timeout_ms.at_most())
            ),
            Loss::Unknown => return None,
        })
    }

    fn cause_of_repeat(&self, message: MessageNo) -> Option<String> {
        let effect = Event::Applied { step: self.primary() };
        let again = self.steps_about(message).filter(|step| step.what == effect).nth(1)?.no;
        let came = self.came(again, message)?;
        if let Came::Redelivered(why) = &came
            && let Some(says) = self.too_slow(message, *why)
        {
            return Some(says);
        }
        let how = match came {
            Came::Copied => format!("the network delivered message {message} twice"),
            Came::Overrun => format!(
                "{} kept working on message {message} after its time had run out",
                self.consumer()
            ),
            Came::Stored(why) => self.resent_in_short(message, why),
            Came::Redelivered(why) => self.again_in_short(message, why),
        };
        Some(format!("{how}, and {}", self.gap_in_short(self.gap(again, message, self.primary()))))
    }

    fn came(&self, no: StepNo, message: MessageNo) -> Option<Came> {
        let (sent, packet, delivery) = self.delivery_of(no)?;
        if packet.repeats.is_some() {
            return Some(Came::Copied);
        }
        let before = self.effect_before(no, message, self.primary())?;
        let before = self.delivery_of(before).map(|(_, _, before)| before);
        let redelivered = |delivery| Came::Redelivered(self.why_again(sent, message, delivery));
        Some(match before {
            Some(before) if before.copy != delivery.copy => Came::Stored(
                self.steps_about(message)
                    .take_while(|step| step.no < no)
                    .filter_map(|step| Some((step.no, self.first_hand(step)?)))
                    .find(|(_, packet)| packet.leg == Leg::Publish && packet.nth > 1)
                    .map(|(no, packet)| self.why_resent(no, packet)),
            ),
            Some(before) if before.nth > delivery.nth => Came::Overrun,
            Some(before) if before.nth < delivery.nth => {
                let next = Delivery { nth: before.nth + 1, ..delivery };
                let left = self.delivery_left(message, next.copy, next.nth);
                Came::Redelivered(self.why_again(left.unwrap_or(sent), message, next))
            }
            _ if delivery.nth > 1 => redelivered(delivery),
            _ => return None,
        })
    }

    /// That the work takes longer than the broker waits, where that is the cause.
    fn too_slow(&self, message: MessageNo, why: Again) -> Option<String> {
        let slow = matches!(
            why,
            Again::TooSlow { .. }
                | Again::AckLate
                | Again::AckRefused
                | Again::HoldLost
                | Again::GroupLost(_)
        );
        if !slow {
            return None;
        }
        let (name, timeout) = (self.timeout_name(), self.timeout());
        let limit = millis(self.lane.broker.redelivery_timeout_ms.at_most());
        let (work, batch) =
            (self.lane.consumer.processing_ms.get(), self.lane.consumer.batch.get());
        if self.work() >= timeout {
            return Some(self.work_and_timeout());
        }
        if batch > 1 && Time::from_millis(work.saturating_mul(batch)) >= timeout {
            return Some(format!(
                "a batch of {batch} takes up to {}; {name} is {limit}",
                millis(work.saturating_mul(batch))
            ));
        }
        let stalled = self.steps_about(message).find_map(|step| {
            let Event::Stalled { until, .. } = step.what else {
                return None;
            };
            Some(until - step.at)
        })?;
        (stalled + self.work() >= timeout).then(|| {
            let stalled = duration(stalled);
            format!("{} stalled for {stalled}; {name} is {limit}", self.consumer())
        })
    }

    fn resent_in_short(&self, message: MessageNo, why: Option<Resent>) -> String {
        let producer = self.producer();
        match why {
            Some(Resent::AnswerLost) => format!(
                "the broker's reply about message {message} was lost, so {producer} resent it"
            ),
            Some(Resent::AnswerUnderWay | Resent::MessageUnderWay) => format!(
                "the broker's reply about message {message} took longer than {}, so {producer} resent it",
                millis(self.lane.producer.request_timeout_ms.get())
            ),
            Some(Resent::Restarted { .. }) => format!(
                "{producer} crashed before it knew that the broker had message {message}, and resent it"
            ),
            Some(_) => format!("{producer} resent message {message}, which the broker had already"),
            None => format!("the broker stored message {message} twice"),
        }
    }

    fn again_in_short(&self, message: MessageNo, why: Again) -> String {
        let consumer = self.consumer();
        match why {
            Again::DeliveryLost | Again::DeliveryLate => {
                format!("a delivery of message {message} did not arrive in time")
            }
            Again::ConsumerDown | Again::OutOfTurn | Again::NotAcknowledged => {
                format!("message {message} was redelivered")
            }
            Again::Crash(crash) if crash.applied || crash.about_this => format!(
                "{consumer} crashed after the work on message {message} and before the acknowledgment"
            ),
            Again::Crash(_) => {
                format!("{consumer} crashed before it acknowledged message {message}")
            }
            Again::AckLost => format!("the acknowledgment of message {message} was lost"),
            Again::AckLate | Again::AckRefused | Again::HoldLost | Again::TooSlow { .. } => {
                format!("the acknowledgment of message {message} came too late")
            }
            Again::AckUnavailable => {
                format!("no broker node could take the acknowledgment of message {message}")
            }
            Again::Failed | Again::NackLost => {
                format!("the work on message {message} failed after its effect")
            }
            Again::ConnectionLost => {
                format!("{} lost its connection while it held message {message}", self.consumer())
            }
            Again::WentBack(other) => format!(
                "the work on message {other} failed, so {consumer} went back and repeated message {message}"
            ),
            Again::GroupLost(other) => format!(
                "message {other} was not acknowledged in time, and message {message} was redelivered with it"
            ),
        }
    }

    fn gap_in_short(&self, gap: Gap) -> String {
        match gap {
            Gap::NoIds => "this setup remembers no message IDs".to_owned(),
            Gap::Forgotten => "the crash erased the message IDs, which were in memory".to_owned(),
            Gap::NotWritten | Gap::Outside => "its ID was not recorded with the work".to_owned(),
            Gap::Overtaken => "its ID was recorded too late for the second call".to_owned(),
            Gap::Elsewhere => "its ID was in the memory of another member".to_owned(),
            Gap::TooOld => format!(
                "its ID had been forgotten after {}",
                millis(self.lane.consumer.dedup_ttl_ms.limit().unwrap_or_default())
            ),
            Gap::CrowdedOut => {
                let most = self.lane.consumer.dedup_window.limit().unwrap_or_default();
                format!(
                    "only the last {} remembered",
                    if most == 1 { "ID is".to_owned() } else { format!("{most} IDs are") }
                )
            }
        }
    }

    fn cause_of_parking(&self, message: MessageNo, record: &MessageRecord) -> String {
        let failed = |step: &Step| matches!(step.what, Event::HandlerFailed { .. });
        let tries = times(u64::from(record.delivered.max(1)));
        match self.steps_about(message).any(failed) {
            true => format!(
                "the work on message {message} was tried {tries} and failed, and this setup then parks it"
            ),
            false => format!(
                "message {message} was delivered {tries} without an acknowledgment, and this setup then parks it"
            ),
        }
    }

    /// Why a message is not settled when the run is over.
    fn cause_of_waiting(&self, message: MessageNo) -> Option<String> {
        let consumer = self.consumer();
        let began = |step: &Step| matches!(step.what, Event::HandlerStarted { .. });
        let failures = self
            .steps_about(message)
            .filter(|step| matches!(step.what, Event::HandlerFailed { .. }));
        let failures = failures.count() as u64;
        if failures > 1 && self.lane.broker.max_deliveries.limit().is_none() {
            return Some(format!(
                "the work on message {message} failed {}, and this setup redelivers it without limit",
                times(failures)
            ));
        }
        self.steps_about(message).next()?;
        let stored =
            self.steps_about(message).any(|step| matches!(step.what, Event::Stored { .. }));
        let handled = self.steps_about(message).rfind(|step| began(step));
        let last = self.trace.steps.iter().rev().find(|step| began(step));
        let busy = last.and_then(|step| step.message).filter(|other| *other != message);
        if let (true, None, Some(other)) = (stored, handled, busy) {
            let turn = format!(
                "{consumer} was busy with message {other} until the end of the run, so message {message} never had its turn"
            );
            return Some(match self.work() >= self.timeout() {
                true => format!("{turn}. {}", capital(&self.work_and_timeout())),
                false => turn,
            });
        }
        Some(match (stored, handled) {
            (_, Some(_)) if self.work() >= self.timeout() => self.work_and_timeout(),
            (_, Some(_)) => {
                format!("the run ended before {consumer} had acknowledged message {message}")
            }
            (true, None) => format!("the run ended while message {message} waited at the broker"),
            (false, None) => format!("the run ended before the broker had message {message}"),
        })
    }

    /// Why a message took effect after one that was sent later.
    fn cause_of_lateness(&self, message: MessageNo) -> Option<String> {
        if self.experiment.scenario.key != KeyMode::One && self.lane.broker.partitions.get() > 1 {
            return None;
        }
        let effect = Event::Applied { step: self.primary() };
        let own = self.steps_about(message).find(|step| step.what == effect)?;
        let earlier = self.trace.steps.iter().take_while(|step| step.no < own.no);
        let overtook = earlier
            .filter(|step| step.what == effect && step.message > Some(message))
            .find_map(|step| step.message)?;
        let sent = self.steps_about(message).filter_map(|step| self.first_hand(step));
        let (mut resent, mut late, mut redelivered) = (false, false, false);
        for packet in sent.take_while(|packet| packet.sent <= own.at) {
            resent |= packet.leg == Leg::Publish && packet.nth > 1;
            late |= packet.delayed.is_some();
            redelivered |= packet.leg == Leg::Deliver && packet.nth > 1;
        }
        let why = if resent {
            format!("message {message} had to be resent")
        } else if redelivered {
            format!("message {message} had to be redelivered")
        } else if late {
            format!("a packet of message {message} was delayed")
        } else if self.lane.consumer.instances.get() > 1 {
            format!("another member of {} was faster", self.consumer())
        } else {
            return None;
        };
        Some(format!("{why}, and message {overtook} took effect first"))
    }
}

//! Why a measured figure is what it is, where it surprises: read off the setup and the rates, before anything
//! is measured.
//!
//! Each reason is about one figure of one lane, and is given only if the setup makes it the main cause. The
//! tests measure that it is.

use ackground_core::experiment::scenario::StepKind;
use ackground_core::experiment::settings::{AckMode, Acks, BrokerKind, Dedup, OnFailure, Write};
use ackground_core::experiment::value::{Limit, Rate};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::measure::{Quantile, Quantity, Share};
use ackground_core::sim::Time;

use super::duration;

/// Why a figure is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureReason {
    /// The figure.
    pub quantity: Quantity,
    /// The reason, as a sentence.
    pub text: String,
}

/// The reasons for the figures of a lane, counted from 0, at most one for each figure.
pub fn figure_reasons(experiment: &Experiment, lane: usize) -> Vec<FigureReason> {
    let Some(lane) = experiment.lanes.get(lane) else {
        return Vec::new();
    };
    let at = At { experiment, lane };
    let found = [
        (Quantity::Share(Share::Lost), at.lost()),
        (Quantity::Share(Share::Duplicated), at.duplicated()),
        (Quantity::Share(Share::Pending), at.pending()),
        (Quantity::Latency(Quantile::P50), at.overload()),
        (Quantity::Latency(Quantile::P95), at.overload().or_else(|| at.slowest(5))),
        (Quantity::Latency(Quantile::P99), at.overload().or_else(|| at.slowest(1))),
        (Quantity::Latency(Quantile::Max), at.overload().or_else(|| at.slowest(0))),
    ];
    let reason =
        |(quantity, text): (Quantity, Option<String>)| Some(FigureReason { quantity, text: text? });
    found.into_iter().filter_map(reason).collect()
}

/// A lane among its faults.
struct At<'a> {
    experiment: &'a Experiment,
    lane: &'a Lane,
}

impl At<'_> {
    fn lost(&self) -> Option<String> {
        let faults = &self.experiment.faults;
        let (producer, consumer) = (&self.lane.producer, &self.lane.consumer);
        let once = producer.acks == Acks::None || producer.retries.limit() == Some(0);
        let fails = !faults.failure.is_zero() || !faults.poison.is_zero();
        let told = match () {
            () if once && !faults.loss.publish.is_zero() => {
                "Each message is sent once, so every dropped packet is a lost message."
            }
            () if fails && consumer.on_failure == OnFailure::Swallow => {
                "Failed work is acknowledged anyway, so each failure is a loss."
            }
            () if consumer.ack == AckMode::OnReceive && !faults.crash.consumer.is_zero() => {
                "The consumer acknowledges before the work, so work that a crash interrupts is not redelivered."
            }
            () => return None,
        };
        Some(told.to_owned())
    }

    fn duplicated(&self) -> Option<String> {
        let faults = &self.experiment.faults;
        let (broker, consumer) = (&self.lane.broker, &self.lane.consumer);
        let ack_lost = !faults.loss.ack.is_zero();
        let crashes = !faults.crash.consumer.is_zero();
        let after = consumer.ack == AckMode::AfterProcessing;
        let redelivery = broker.redelivery_timeout_ms.at_most();
        let forgets = consumer.dedup_ttl_ms.limit().filter(|kept| *kept < redelivery);
        let (log, bare) = (broker.kind == BrokerKind::Log, self.applies_repeats());
        let told = match (consumer.dedup, forgets) {
            (Dedup::None, _) if bare && self.resends_are_repeats() => {
                "A lost reply makes the producer resend a message that the broker already has, and nothing \
                 recognises the second copy."
            }
            (Dedup::None, _) if bare && after && ack_lost && log => {
                return Some(format!(
                    "A later commit covers a lost one, so a lost commit repeats work only if none follows within {}.",
                    millis(redelivery)
                ));
            }
            (Dedup::None, _) if bare && after && ack_lost => {
                "A queue settles messages one by one, so each lost acknowledgment repeats its message."
            }
            (Dedup::Memory, _) if after && crashes => {
                "The IDs are in memory: the crash that causes the redelivery also erases them."
            }
            (Dedup::Memory | Dedup::TableAfter | Dedup::Atomic, Some(kept))
                if after && ack_lost && !log =>
            {
                return Some(format!(
                    "IDs are kept for {}, and a message is redelivered after {}: by then its ID is gone.",
                    millis(kept),
                    millis(redelivery)
                ));
            }
            _ => return None,
        };
        Some(told.to_owned())
    }

    fn pending(&self) -> Option<String> {
        let (broker, consumer) = (&self.lane.broker, &self.lane.consumer);
        let forever = broker.max_deliveries == Limit::Unlimited
            && consumer.on_failure != OnFailure::Swallow
            && consumer.ack != AckMode::OnReceive;
        if self.experiment.faults.poison.is_zero() || !forever {
            return None;
        }
        let told = match broker.kind {
            BrokerKind::Log => {
                "A poison message is redelivered forever, and everything behind it in the log waits."
            }
            BrokerKind::Queue => "A poison message is redelivered forever, so it never settles.",
        };
        Some(told.to_owned())
    }

    /// More work than time.
    fn overload(&self) -> Option<String> {
        let consumer = &self.lane.consumer;
        let (work, every) = (consumer.processing_ms.get(), self.experiment.interval_ms.get());
        (work > every.saturating_mul(consumer.instances.get())).then(|| {
            format!(
                "A message arrives every {} and its work takes {}: the backlog grows, and so does \
                 the wait as the run goes on.",
                millis(every),
                millis(work)
            )
        })
    }

    /// What the slowest messages wait for, if more than this many of a hundred are lost on their way.
    fn slowest(&self, percent: u8) -> Option<String> {
        let producer = &self.lane.producer;
        let resends = producer.acks != Acks::None && producer.retries.limit() != Some(0);
        let lost = self.experiment.faults.loss.publish;
        let often = !lost.is_zero() && lost >= Rate::percent(percent.into());
        (resends && often).then(|| {
            format!(
                "After a lost send the producer waits {} for a reply, then {} before it resends. \
                 Those are the slowest messages.",
                millis(producer.request_timeout_ms.get()),
                millis(producer.backoff.first_ms.get())
            )
        })
    }

    /// Whether a second handling is a second effect, as far as the store can tell.
    fn applies_repeats(&self) -> bool {
        let scenario = &self.experiment.scenario;
        let consumer = &self.lane.consumer;
        match scenario.steps[scenario.primary()].kind {
            StepKind::Db => consumer.write == Write::Apply,
            StepKind::External => !consumer.idempotency_key,
            StepKind::Produce => !self.lane.producer.transactional,
        }
    }

    /// Whether a resend after a lost reply becomes a second message.
    fn resends_are_repeats(&self) -> bool {
        let (producer, broker) = (&self.lane.producer, &self.lane.broker);
        !self.experiment.faults.loss.publish_ack.is_zero()
            && producer.acks != Acks::None
            && producer.retries.limit() != Some(0)
            && !producer.idempotent
            && broker.dedup_window_ms.get() == 0
    }
}

fn millis(millis: u64) -> String {
    duration(Time::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::value::Bounded;
    use ackground_core::experiment::{Lanes, PresetId};
    use ackground_core::measure::{Figures, count, in_long_runs};

    /// One lane, at least once, a queue, with nothing going wrong yet.
    fn one(change: impl FnOnce(&mut Experiment, &mut Lane)) -> Experiment {
        let mut lane = Lane::of_preset(PresetId::AtLeastOnce);
        lane.broker.kind = BrokerKind::Queue;
        let mut experiment = Experiment::default();
        experiment.faults.script = Default::default();
        change(&mut experiment, &mut lane);
        experiment.lanes = Lanes::new(vec![lane]).expect("one lane");
        experiment
    }

    fn measured(experiment: &Experiment) -> Figures {
        count(&in_long_runs(experiment), 0..30).figures()
    }

    fn rate(experiment: &Experiment, share: Share) -> f64 {
        measured(experiment).lanes[0].share(share).rate
    }

    /// What is said of a figure.
    fn said(experiment: &Experiment, quantity: Quantity) -> String {
        let reasons = figure_reasons(experiment, 0);
        let reason = reasons.into_iter().find(|reason| reason.quantity == quantity);
        reason.map_or_else(String::new, |reason| reason.text)
    }

    const LOST: Quantity = Quantity::Share(Share::Lost);
    const DUPLICATED: Quantity = Quantity::Share(Share::Duplicated);

    #[test]
    fn a_later_commit_covers_a_lost_one_and_a_queue_has_no_later_one() {
        let queue = one(|experiment, _| experiment.faults.loss.ack = Rate::percent(5));
        let log = one(|experiment, lane| {
            experiment.faults.loss.ack = Rate::percent(5);
            lane.broker.kind = BrokerKind::Log;
        });
        assert!(said(&queue, DUPLICATED).contains("one by one"));
        assert!(said(&log, DUPLICATED).contains("covers a lost one"));
        let (in_queue, in_log) = (rate(&queue, Share::Duplicated), rate(&log, Share::Duplicated));
        assert!((0.04..0.06).contains(&in_queue), "{in_queue}");
        assert!(in_log < 0.005, "{in_log}");
    }

    #[test]
    fn the_share_of_a_log_hardly_depends_on_the_number_of_messages() {
        let with = |messages: u64| {
            let experiment = one(|experiment, lane| {
                experiment.faults.loss.ack = Rate::percent(1);
                experiment.messages = Bounded::clamp(messages);
                lane.broker.kind = BrokerKind::Log;
            });
            rate(&experiment, Share::Duplicated)
        };
        for messages in [1, 3, 50] {
            assert_eq!(with(messages), with(200), "{messages}");
        }
    }

    #[test]
    fn what_is_sent_once_is_lost_as_often_as_the_network_drops_it() {
        let experiment = one(|experiment, lane| {
            experiment.faults.loss.publish = Rate::percent(10);
            lane.producer.acks = Acks::None;
        });
        assert!(said(&experiment, LOST).contains("sent once"));
        assert!((0.085..0.115).contains(&rate(&experiment, Share::Lost)));
        let resent = one(|experiment, _| experiment.faults.loss.publish = Rate::percent(10));
        assert_eq!(said(&resent, LOST), "");
        assert_eq!(rate(&resent, Share::Lost), 0.0);
    }

    #[test]
    fn swallowed_failures_are_losses() {
        let experiment = one(|experiment, lane| {
            experiment.faults.failure = Rate::percent(10);
            lane.consumer.on_failure = OnFailure::Swallow;
        });
        assert!(said(&experiment, LOST).contains("each failure"));
        assert!((0.085..0.115).contains(&rate(&experiment, Share::Lost)));
    }

    #[test]
    fn what_is_acknowledged_before_the_work_is_lost_in_a_crash() {
        let experiment = one(|experiment, lane| {
            experiment.faults.crash.consumer = Rate::percent(10);
            lane.consumer.ack = AckMode::OnReceive;
        });
        assert!(said(&experiment, LOST).contains("before the work"));
        assert!(rate(&experiment, Share::Lost) > 0.02);
        let after = one(|experiment, _| experiment.faults.crash.consumer = Rate::percent(10));
        assert_eq!((said(&after, LOST), rate(&after, Share::Lost)), (String::new(), 0.0));
    }

    #[test]
    fn a_lost_reply_is_a_duplicate_unless_resends_are_recognised() {
        let lost_replies = |idempotent: bool| {
            one(|experiment, lane| {
                experiment.faults.loss.publish_ack = Rate::percent(10);
                lane.producer.idempotent = idempotent;
            })
        };
        let bare = lost_replies(false);
        assert!(said(&bare, DUPLICATED).contains("resend"));
        assert!((0.085..0.115).contains(&rate(&bare, Share::Duplicated)));
        let numbered = lost_replies(true);
        assert_eq!(said(&numbered, DUPLICATED), "");
        assert_eq!(rate(&numbered, Share::Duplicated), 0.0);
    }

    #[test]
    fn ids_in_memory_are_gone_when_they_are_needed() {
        let with = |dedup: Dedup| {
            one(|experiment, lane| {
                experiment.faults.crash.consumer = Rate::percent(10);
                lane.consumer.dedup = dedup;
            })
        };
        let memory = with(Dedup::Memory);
        assert!(said(&memory, DUPLICATED).contains("in memory"));
        assert!(rate(&memory, Share::Duplicated) > 0.01);
        let atomic = with(Dedup::Atomic);
        assert_eq!(said(&atomic, DUPLICATED), "");
        assert_eq!(rate(&atomic, Share::Duplicated), 0.0);
    }

    #[test]
    fn an_id_that_is_kept_for_too_short_a_time_recognises_nothing() {
        let kept = |ms: u64| {
            one(|experiment, lane| {
                experiment.faults.loss.ack = Rate::percent(10);
                lane.consumer.dedup = Dedup::Atomic;
                lane.consumer.dedup_ttl_ms = Limit::of(ms);
            })
        };
        let short = kept(1000);
        assert_eq!(
            said(&short, DUPLICATED),
            "IDs are kept for 1 s, and a message is redelivered after 5 s: by then its ID is gone."
        );
        assert!((0.08..0.12).contains(&rate(&short, Share::Duplicated)));
        let long = kept(60_000);
        assert_eq!((said(&long, DUPLICATED), rate(&long, Share::Duplicated)), (String::new(), 0.0));
    }

    #[test]
    fn poison_without_a_last_delivery_never_settles_and_holds_up_a_log() {
        const PENDING: Quantity = Quantity::Share(Share::Pending);
        let poisoned = |kind: BrokerKind| {
            one(|experiment, lane| {
                experiment.faults.poison = Rate::percent(2);
                lane.broker.kind = kind;
                lane.broker.redelivery_delay_ms = Bounded::of(60_000);
            })
        };
        let (queue, log) = (poisoned(BrokerKind::Queue), poisoned(BrokerKind::Log));
        assert!(said(&queue, PENDING).contains("never settles"));
        assert!(said(&log, PENDING).contains("behind it"));
        let (in_queue, in_log) = (rate(&queue, Share::Pending), rate(&log, Share::Pending));
        assert!((0.01..0.03).contains(&in_queue), "{in_queue}");
        assert!(in_log > 0.3, "{in_log}");
    }

    #[test]
    fn the_slowest_waited_for_a_reply() {
        const P99: Quantity = Quantity::Latency(Quantile::P99);
        let lossy = one(|experiment, _| experiment.faults.loss.publish = Rate::percent(5));
        assert!(said(&lossy, P99).contains("waits 1 s for a reply, then 200 ms"));
        let latency = measured(&lossy).lanes[0].latency.expect("there are effects");
        assert!(latency.p50 < 500.0 && latency.p99 > 1200.0, "{latency:?}");
    }

    #[test]
    fn more_work_than_time_is_a_growing_backlog() {
        const P50: Quantity = Quantity::Latency(Quantile::P50);
        let busy = one(|experiment, lane| {
            experiment.faults.loss.ack = Rate::percent(1);
            experiment.interval_ms = Bounded::of(100);
            lane.consumer.processing_ms = Bounded::of(150);
        });
        assert!(said(&busy, P50).contains("every 100 ms and its work takes 150 ms"));
        let latency = measured(&busy).lanes[0].latency.expect("there are effects");
        assert!(latency.p50 > 2000.0, "{latency:?}");
    }

    #[test]
    fn where_nothing_goes_wrong_nothing_is_said() {
        assert_eq!(figure_reasons(&one(|_, _| {}), 0), []);
        assert_eq!(figure_reasons(&one(|_, _| {}), 1), [], "no such lane");
    }
}

//! A message's result in a few words.
//!
//! The audit says what became of a message; this file says how it came to that.

use crate::audit::{MessageRecord, Outcome, Report};
use crate::experiment::Experiment;
use crate::sim::{Happening, Ignored, Leg, MessageNo, Node, Step, StepNo, Told, Trace};

use super::telling::Telling;

/// What became of a message so far, in a few words for the ledger: `waiting`, `once`,
/// `once · 1 duplicate skipped`, `credited twice`, `lost on the wire`, `parked`.
pub fn outcome(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    report: &Report,
    message: MessageNo,
) -> String {
    let Some(record) = report.messages.get(message.index()) else {
        return String::new();
    };
    let telling = Telling::new(experiment, lane, trace);
    match record.end {
        Outcome::Pending if never_settles(experiment, trace, record, message) => {
            "not settled".to_owned()
        }
        Outcome::Pending if record.created => "under way".to_owned(),
        Outcome::Pending => "waiting".to_owned(),
        Outcome::Once => telling.once(record, report.settled.is_some()),
        Outcome::Lost => telling.loss(message).0.words().to_owned(),
        Outcome::Duplicated => {
            let primary = telling.primary();
            telling
                .deed(primary)
                .so_often(record.applied[primary as usize])
        }
        Outcome::Parked => "parked".to_owned(),
    }
}

/// Whether this is a message that the whole run left open, and the report goes to its end.
fn never_settles(
    experiment: &Experiment,
    trace: &Trace,
    record: &MessageRecord,
    message: MessageNo,
) -> bool {
    !trace.end.settled()
        && crate::audit::judge(experiment, trace)
            .messages
            .get(message.index())
            == Some(record)
}

/// How a message was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    Forgotten,
    GivenUp,
    Wire,
    ConsumerDown,
    Crash,
    MarkedDone,
    Failure,
    ThrownAway,
    Undelivered,
    Unknown,
}

impl Loss {
    fn words(self) -> &'static str {
        match self {
            Loss::Forgotten => "forgotten by the sender",
            Loss::GivenUp => "given up by the sender",
            Loss::Wire => "lost on the wire",
            Loss::ConsumerDown => "came while it was down",
            Loss::Crash => "lost in the crash",
            Loss::MarkedDone => "marked done, never done",
            Loss::Failure => "failed, not tried again",
            Loss::ThrownAway => "thrown away",
            Loss::Undelivered => "never delivered",
            Loss::Unknown => "lost",
        }
    }
}

impl<'a> Telling<'a> {
    fn once(&self, record: &MessageRecord, settled: bool) -> String {
        let mut parts = vec!["once".to_owned()];
        if record.recognised > 0 {
            let what = if record.recognised == 1 {
                "duplicate"
            } else {
                "duplicates"
            };
            parts.push(format!("{} {what} skipped", record.recognised));
        }
        for (step, &times) in record.applied.iter().enumerate() {
            let deed = self.deed(step as u8);
            match times {
                0 if settled => parts.push(deed.not_done()),
                0 | 1 => {}
                times => parts.push(deed.so_often(times)),
            }
        }
        parts.join(" · ")
    }

    /// How a lost message was lost, and the step that decided it.
    pub(super) fn loss(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let about = || {
            self.trace
                .steps
                .iter()
                .rev()
                .filter(move |step| step.message == Some(message))
        };
        let last =
            |is: fn(&Happening) -> bool| about().find(|step| is(&step.what)).map(|step| step.no);
        if last(|what| matches!(what, Happening::Stored { .. })).is_none() {
            return self.loss_before_the_broker(message);
        }
        if let Some(no) = last(|what| matches!(what, Happening::Discarded { .. })) {
            return (Loss::ThrownAway, Some(no));
        }
        if let Some(no) = last(|what| matches!(what, Happening::Skipped(_))) {
            return (Loss::MarkedDone, Some(no));
        }
        let decisive = about().find_map(|step| match step.what {
            Happening::HandlerFailed { .. } => Some((Loss::Failure, step.no)),
            Happening::Crashed {
                node: Node::Consumer(_),
                ..
            } => Some((Loss::Crash, step.no)),
            Happening::Sent(no) => {
                let packet = self.trace.packet(no);
                let lost = packet.leg == Leg::Deliver && packet.lost.is_some();
                lost.then_some((Loss::Wire, step.no))
            }
            Happening::Disregarded(no, Ignored::NodeDown) => {
                let packet = self.trace.packet(no);
                let delivery = packet.leg == Leg::Deliver && packet.repeats.is_none();
                delivery.then_some((Loss::ConsumerDown, step.no))
            }
            Happening::Arrived(no)
                if self.trace.packet(no).leg == Leg::Deliver
                    && self.trace.packet(no).repeats.is_none() =>
            {
                self.next_consumer_crash(step.no)
                    .map(|crash| (Loss::Crash, crash))
            }
            _ => None,
        });
        let handed_over = about().any(|step| {
            self.sent_by(step)
                .is_some_and(|packet| packet.leg == Leg::Deliver)
        });
        match decisive {
            Some((loss, no)) => (loss, Some(no)),
            None if handed_over => (Loss::Unknown, None),
            None => (
                Loss::Undelivered,
                last(|what| matches!(what, Happening::Stored { .. })),
            ),
        }
    }

    fn loss_before_the_broker(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let about = || {
            self.trace
                .steps
                .iter()
                .rev()
                .filter(move |step| step.message == Some(message))
        };
        let told = about().find_map(|step| match step.what {
            Happening::Told(told) => Some((told, step.no)),
            _ => None,
        });
        let lost = about().find(|step| {
            self.sent_by(step)
                .is_some_and(|packet| packet.lost.is_some())
        });
        let crash = about().find(|step| {
            matches!(
                step.what,
                Happening::Crashed {
                    node: Node::Producer,
                    ..
                }
            )
        });
        match (told, lost, crash) {
            (Some((Told::Error, no)), _, _) => (Loss::GivenUp, Some(no)),
            (Some((Told::Ok, _)), Some(lost), _) => (Loss::Wire, Some(lost.no)),
            (None, _, crash) => (
                Loss::Forgotten,
                crash
                    .or_else(|| self.any_producer_crash(message))
                    .map(|step| step.no),
            ),
            (Some((Told::Ok, _)), None, _) => (Loss::Unknown, None),
        }
    }

    /// The producer's crash around another message that made it forget this one.
    fn any_producer_crash(&self, message: MessageNo) -> Option<&'a Step> {
        let created = self
            .trace
            .steps
            .iter()
            .find(|s| s.message == Some(message) && s.what == Happening::Created)?;
        self.after(created.no).find(|step| {
            matches!(
                step.what,
                Happening::Crashed {
                    node: Node::Producer,
                    ..
                }
            )
        })
    }

    fn next_consumer_crash(&self, no: StepNo) -> Option<StepNo> {
        self.after(no)
            .find(|step| {
                matches!(
                    step.what,
                    Happening::Crashed {
                        node: Node::Consumer(_),
                        ..
                    }
                )
            })
            .map(|step| step.no)
    }
}

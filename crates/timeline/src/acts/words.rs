//! How an act is said: a few words beside its line, which names the message and the time.

use std::borrow::Cow;

use super::{DELAYS, Patch};
use ackground_core::experiment::script::{BrokerPoint, ConsumerPoint, Crash, Cut, Line, Side};
use ackground_core::experiment::{Experiment, Lane};
use ackground_words::story;

/// The words of an act in a lane.
pub(super) fn words(experiment: &Experiment, lane: &Lane, patch: &Patch) -> Cow<'static, str> {
    let line = match patch {
        Patch::Add(line) => line,
        Patch::TakeBack(..) => return "Take this back".into(),
    };
    let scenario = &experiment.scenario;
    match line {
        Line::Drop(..) => "Lose it".into(),
        Line::Duplicate(..) => "Let it arrive twice".into(),
        Line::Delay(_, _, by) if DELAYS.contains(&by.get()) => {
            format!("Hold it up for {}", story::millis(by.get())).into()
        }
        Line::Delay(..) => "Hold it up past the timeout".into(),
        Line::Fail(_) => "Let this call fail".into(),
        Line::Poison(_) => "Let every call for the message fail".into(),
        Line::Slow(_, by) if by.get() > lane.broker.redelivery_timeout_ms.get() => {
            "Let it take longer than the redelivery timeout".into()
        }
        Line::Slow(..) => "Let it take longer".into(),
        Line::Partition(side, (from, to)) => {
            let who = match side {
                Cut::Producer => &scenario.producer,
                Cut::Consumer => &scenario.consumer,
            };
            let length = story::millis(to.get() - from.get());
            format!("Cut {who} off for {length}").into()
        }
        Line::Crash(Crash::Consumer(side, ConsumerPoint::Step(id)), _) => {
            let step = scenario.steps.iter().find(|step| step.id == *id);
            let label = step.map_or(id.as_str(), |step| &*step.label);
            format!("Crash {} \u{201c}{label}\u{201d}", side.word()).into()
        }
        Line::Crash(crash, _) => plain(crash).into(),
    }
}

fn plain(crash: &Crash) -> &'static str {
    use Side::{After, Before};
    match crash {
        Crash::Producer(Before) => "Crash before sending",
        Crash::Producer(After) => "Crash after sending",
        Crash::Broker(Before, BrokerPoint::Write) => "Crash before writing it",
        Crash::Broker(After, BrokerPoint::Write) => "Crash after writing it",
        Crash::Broker(Before, BrokerPoint::Replicate) => "Crash before copying it",
        Crash::Broker(After, BrokerPoint::Replicate) => "Crash after copying it",
        Crash::Broker(Before, BrokerPoint::Ack) => "Crash before answering",
        Crash::Broker(After, BrokerPoint::Ack) => "Crash after answering",
        Crash::Follower => "Crash a follower before it copies",
        Crash::Consumer(Before, ConsumerPoint::Receive) => "Crash before taking it in",
        Crash::Consumer(After, ConsumerPoint::Receive) => "Crash after taking it in",
        Crash::Consumer(Before, ConsumerPoint::Record) => "Crash before writing the id down",
        Crash::Consumer(After, ConsumerPoint::Record) => "Crash after writing the id down",
        Crash::Consumer(Before, ConsumerPoint::Ack) => "Crash before acknowledging",
        Crash::Consumer(After, ConsumerPoint::Ack) => "Crash after acknowledging",
        Crash::Consumer(Before, ConsumerPoint::Step(_)) => "Crash before the step",
        Crash::Consumer(After, ConsumerPoint::Step(_)) => "Crash after the step",
    }
}

//! A line of the fault script in words: its kind, the stage of a message's journey where it strikes, what happens,
//! and the label of the act that adds it by hand.

use std::borrow::Cow;

use ackground_core::experiment::script::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Kill, Kind, Line, Nth, Packet, Side, Spot,
};
use ackground_core::experiment::{Experiment, Lane};

use super::verb::StepVerb;
use ackground_core::number::{capital, millis, ordinal};

/// A stage of a message's journey, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// From the producer to the broker.
    Sending,
    /// In the broker, until it answers.
    Storing,
    /// From the broker to the consumer.
    Delivering,
    /// In the consumer, until the handler is done.
    Working,
    /// From the consumer back to the broker.
    Acknowledging,
    /// On every leg.
    Network,
}

impl Stage {
    /// The stage as a heading: `Sending`.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Sending => "Sending",
            Stage::Storing => "Storing and replying",
            Stage::Delivering => "Delivering",
            Stage::Working => "Working",
            Stage::Acknowledging => "Acknowledging",
            Stage::Network => "The network",
        }
    }
}

/// A kind of fault in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindWords {
    /// A short name: `Lost packets`.
    pub name: &'static str,
    /// What happens.
    pub sentence: &'static str,
}

/// A kind of fault in words.
pub const fn kind(kind: Kind) -> KindWords {
    let (name, sentence) = match kind {
        Kind::Drop => ("Lost packets", "A message or an acknowledgment is lost on its way."),
        Kind::Duplicate => ("Packets twice", "The network delivers a message twice."),
        Kind::Delay => ("Late packets", "A packet arrives after its sender has stopped waiting."),
        Kind::Crash => {
            ("Crashes", "The producer, a broker node or the consumer goes down and comes back.")
        }
        Kind::Kill => (
            "Killed processes",
            "The process of a broker node ends and starts again; what it had written survives.",
        ),
        Kind::Fail => ("Failures", "The work on a message fails once."),
        Kind::Poison => ("Poison messages", "The work on a message fails every time."),
        Kind::Slow => {
            ("Slow work", "The work takes longer than the broker waits for the acknowledgment.")
        }
        Kind::Partition => (
            "Network cuts",
            "The producer or the consumer cannot reach the broker for longer than any timeout.",
        ),
    };
    KindWords { name, sentence }
}

/// The stage of a message's journey at which a fault strikes.
pub fn stage(line: &Line) -> Stage {
    let on = |packet: Packet| match packet {
        Packet::Publish => Stage::Sending,
        Packet::PublishAck => Stage::Storing,
        Packet::Deliver => Stage::Delivering,
        Packet::Ack => Stage::Acknowledging,
    };
    match line {
        Line::Drop(packet, _) | Line::Delay(packet, ..) => on(*packet),
        Line::Duplicate(carrier, _) => on(carrier.packet()),
        Line::Crash(Crash::Producer(_), _) => Stage::Sending,
        Line::Crash(Crash::Broker(..) | Crash::Follower, _) | Line::Kill(..) => Stage::Storing,
        Line::Crash(Crash::Consumer(_, ConsumerPoint::Ack), _) => Stage::Acknowledging,
        Line::Crash(Crash::Consumer(..), _) | Line::Fail(_) | Line::Poison(_) | Line::Slow(..) => {
            Stage::Working
        }
        Line::Partition(..) => Stage::Network,
    }
}

/// A line of the fault script as a sentence without a full stop: `The broker's reply is lost`. If the experiment
/// has a single message it is "the message"; otherwise it is named by number.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_words::story;
///
/// let experiment = Experiment::default();
/// let line = "crash consumer after credit 3#2".parse()?;
/// assert_eq!(
///     story::mishap(&experiment, &line),
///     "Receiver's bank crashes after the account was credited for message 3, the second time"
/// );
/// # Ok::<(), ackground_core::experiment::script::LineError>(())
/// ```
pub fn mishap(experiment: &Experiment, line: &Line) -> String {
    let scenario = &experiment.scenario;
    let named = |name: &str, otherwise: &str| match name.trim() {
        "" => otherwise.to_owned(),
        name => name.to_owned(),
    };
    let alone = experiment.messages.get() == 1;
    let message = match line.message() {
        Some(number) if !alone => format!("message {number}"),
        _ => "the message".to_owned(),
    };
    let names = Names {
        producer: named(&scenario.producer, "the producer"),
        consumer: named(&scenario.consumer, "the consumer"),
        message,
        alone,
    };
    capital(&clause(experiment, line, &names))
}

/// What a line is told with.
pub(super) struct Names {
    pub(super) producer: String,
    pub(super) consumer: String,
    /// The message that the line is about.
    pub(super) message: String,
    /// Whether there is no other message, so that most clauses need not name it.
    pub(super) alone: bool,
}

/// A line of the fault script as a clause, without a capital letter.
pub(super) fn clause(experiment: &Experiment, line: &Line, names: &Names) -> String {
    let Names { producer, consumer, message, alone } = names;
    let of = if *alone { "" } else { &format!(" to {message}") };
    let about = if *alone { String::new() } else { format!(" for {message}") };
    let said = match line {
        Line::Drop(packet, _) => match packet {
            Packet::Publish => format!("{message} is lost on its way to the broker"),
            Packet::PublishAck => format!("the broker's reply{of} is lost"),
            Packet::Deliver => format!("{message} is lost on its way to {consumer}"),
            Packet::Ack => format!("the acknowledgment{about} from {consumer} is lost"),
        },
        Line::Duplicate(carrier, _) => match carrier {
            Carrier::Publish => format!("{message} reaches the broker twice"),
            Carrier::Deliver => format!("{message} reaches {consumer} twice"),
        },
        Line::Delay(packet, _, by) => {
            let by = millis(by.get());
            match packet {
                Packet::Publish => format!("{message} reaches the broker {by} late"),
                Packet::PublishAck => format!("the broker's reply{of} is {by} late"),
                Packet::Deliver => format!("{message} reaches {consumer} {by} late"),
                Packet::Ack => format!("the acknowledgment{about} from {consumer} is {by} late"),
            }
        }
        Line::Crash(Crash::Producer(side), _) => match side {
            Side::Before => format!("{producer} crashes before it sends {message}"),
            Side::After => format!("{producer} crashes after it sent {message}"),
        },
        Line::Crash(Crash::Broker(side, point), _) => {
            let moment = in_broker(*point, *side, message, &about);
            format!("the broker node crashes {} {moment}", side.word())
        }
        Line::Kill(Kill::Broker(side, point), _) => {
            let moment = in_broker(*point, *side, message, &about);
            format!("the broker\u{2019}s process is killed {} {moment}", side.word())
        }
        Line::Crash(Crash::Follower, _) => {
            format!("another broker node crashes before it has copied {message}")
        }
        Line::Crash(Crash::Consumer(side, point), _) => {
            let moment = in_consumer(experiment, point, *side, message, &about);
            format!("{consumer} crashes {} {moment}", side.word())
        }
        Line::Fail(_) => format!("the work on {message} fails"),
        Line::Poison(_) => format!("the work on {message} fails every time"),
        Line::Slow(_, by) => format!("the work on {message} takes {} longer", millis(by.get())),
        Line::Partition(cut, (from, to)) => {
            let who = match cut {
                Cut::Producer => producer,
                Cut::Consumer => consumer,
            };
            format!(
                "{who} is cut off from the broker from {} to {}",
                millis(from.get()),
                millis(to.get())
            )
        }
    };
    said + &which_time(line)
}

/// The delays offered by hand, in milliseconds; the remaining option is to exceed the sender's timeout.
pub const DELAYS: [u64; 2] = [500, 2000];

/// The act that adds a line of the fault script, in a few words: `Lose it`.
pub fn by_hand(experiment: &Experiment, lane: &Lane, line: &Line) -> Cow<'static, str> {
    let scenario = &experiment.scenario;
    match line {
        Line::Drop(..) => "Lose it".into(),
        Line::Duplicate(..) => "Duplicate it".into(),
        Line::Delay(_, _, by) if DELAYS.contains(&by.get()) => {
            format!("Delay it by {}", millis(by.get())).into()
        }
        Line::Delay(..) => "Delay it past the timeout".into(),
        Line::Fail(_) => "Make this call fail".into(),
        Line::Poison(_) => "Make every call for this message fail".into(),
        Line::Slow(_, by) if by.get() > lane.broker.redelivery_timeout_ms.at_most() => {
            "Make it take longer than the redelivery timeout".into()
        }
        Line::Slow(..) => "Make it take longer".into(),
        Line::Partition(side, (from, to)) => {
            let who = match side {
                Cut::Producer => &scenario.producer,
                Cut::Consumer => &scenario.consumer,
            };
            let length = millis(to.get() - from.get());
            format!("Cut {who} off for {length}").into()
        }
        Line::Crash(Crash::Consumer(side, ConsumerPoint::Step(id)), _) => {
            let step = scenario.steps.iter().find(|step| step.id == *id);
            let label = step.map_or(id.as_str(), |step| &*step.label);
            format!("Crash {} \u{201c}{label}\u{201d}", side.word()).into()
        }
        Line::Crash(crash, _) => plain(crash).into(),
        Line::Kill(kill, _) => killed(kill).into(),
    }
}

fn killed(kill: &Kill) -> &'static str {
    use Side::{After, Before};
    match kill {
        Kill::Broker(Before, BrokerPoint::Write) => "Kill its process before writing it",
        Kill::Broker(After, BrokerPoint::Write) => "Kill its process after writing it",
        Kill::Broker(Before, BrokerPoint::Replicate) => "Kill its process before copying it",
        Kill::Broker(After, BrokerPoint::Replicate) => "Kill its process after copying it",
        Kill::Broker(Before, BrokerPoint::Ack) => "Kill its process before replying",
        Kill::Broker(After, BrokerPoint::Ack) => "Kill its process after replying",
    }
}

fn plain(crash: &Crash) -> &'static str {
    use Side::{After, Before};
    match crash {
        Crash::Producer(Before) => "Crash before sending",
        Crash::Producer(After) => "Crash after sending",
        Crash::Broker(Before, BrokerPoint::Write) => "Crash its machine before writing it",
        Crash::Broker(After, BrokerPoint::Write) => "Crash its machine after writing it",
        Crash::Broker(Before, BrokerPoint::Replicate) => "Crash its machine before copying it",
        Crash::Broker(After, BrokerPoint::Replicate) => "Crash its machine after copying it",
        Crash::Broker(Before, BrokerPoint::Ack) => "Crash its machine before replying",
        Crash::Broker(After, BrokerPoint::Ack) => "Crash its machine after replying",
        Crash::Follower => "Crash a follower before it copies",
        Crash::Consumer(Before, ConsumerPoint::Receive) => "Crash before receiving it",
        Crash::Consumer(After, ConsumerPoint::Receive) => "Crash after receiving it",
        Crash::Consumer(Before, ConsumerPoint::Record) => "Crash before recording the ID",
        Crash::Consumer(After, ConsumerPoint::Record) => "Crash after recording the ID",
        Crash::Consumer(Before, ConsumerPoint::Ack) => "Crash before acknowledging",
        Crash::Consumer(After, ConsumerPoint::Ack) => "Crash after acknowledging",
        Crash::Consumer(Before, ConsumerPoint::Step(_)) => "Crash before the step",
        Crash::Consumer(After, ConsumerPoint::Step(_)) => "Crash after the step",
    }
}

/// What the leading broker node is doing when it goes down, as a clause.
fn in_broker(point: BrokerPoint, side: Side, message: &str, about: &str) -> String {
    match (point, side) {
        (BrokerPoint::Write, Side::Before) => format!("it writes {message} down"),
        (BrokerPoint::Write, Side::After) => format!("it wrote {message} down"),
        (BrokerPoint::Replicate, Side::Before) => format!("it copies {message} to the others"),
        (BrokerPoint::Replicate, Side::After) => format!("it copied {message} to the others"),
        (BrokerPoint::Ack, Side::Before) => format!("it replies{about}"),
        (BrokerPoint::Ack, Side::After) => format!("it replied{about}"),
    }
}

/// What the consumer is doing when it crashes, as a clause.
fn in_consumer(
    experiment: &Experiment,
    point: &ConsumerPoint,
    side: Side,
    message: &str,
    about: &str,
) -> String {
    let before = side == Side::Before;
    match point {
        ConsumerPoint::Receive if before => format!("it receives {message}"),
        ConsumerPoint::Receive => format!("it received {message}"),
        ConsumerPoint::Record if before => format!("it records the ID{about}"),
        ConsumerPoint::Record => format!("it recorded the ID{about}"),
        ConsumerPoint::Ack if before => format!("it acknowledges {message}"),
        ConsumerPoint::Ack => format!("it acknowledged {message}"),
        ConsumerPoint::Step(id) => {
            let step = experiment.scenario.steps.find(id.as_str());
            let Some(step) = step.and_then(|step| u8::try_from(step).ok()) else {
                return format!("\"{id}\"{about}");
            };
            let verb = StepVerb::of(experiment, step);
            let clause = if before { verb.happens() } else { verb.happened() };
            clause + about
        }
    }
}

/// `, the second time`.
fn which_time(line: &Line) -> String {
    match line.spot() {
        None => String::new(),
        Some(Spot { nth: Nth::Every, .. }) => ", every time".to_owned(),
        Some(Spot { nth: Nth::At(nth), .. }) if nth.get() > 1 => {
            format!(", the {} time", ordinal(nth.get()))
        }
        Some(Spot { .. }) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::value::Bounded;

    #[test]
    fn every_kind_of_line_is_a_sentence() {
        let mut one = Experiment { messages: Bounded::of(1), ..Experiment::default() };
        for (line, alone, among) in [
            (
                "drop publish-ack 1",
                "The broker's reply is lost",
                "The broker's reply to message 1 is lost",
            ),
            (
                "drop ack 1#3",
                "The acknowledgment from Receiver's bank is lost, the third time",
                "The acknowledgment for message 1 from Receiver's bank is lost, the third time",
            ),
            (
                "crash consumer before notify 1",
                "Receiver's bank crashes before the customer is notified",
                "Receiver's bank crashes before the customer is notified for message 1",
            ),
            (
                "crash broker after ack 1",
                "The broker node crashes after it replied",
                "The broker node crashes after it replied for message 1",
            ),
            (
                "slow 1 by 6s",
                "The work on the message takes 6 s longer",
                "The work on message 1 takes 6 s longer",
            ),
            (
                "crash consumer after gone 1",
                "Receiver's bank crashes after \"gone\"",
                "Receiver's bank crashes after \"gone\" for message 1",
            ),
            (
                "partition producer 0s..5s",
                "Sender's bank is cut off from the broker from 0 ms to 5 s",
                "Sender's bank is cut off from the broker from 0 ms to 5 s",
            ),
        ] {
            let parsed: Line = line.parse().expect(line);
            one.messages = Bounded::of(1);
            assert_eq!(mishap(&one, &parsed), alone);
            one.messages = Bounded::of(2);
            assert_eq!(mishap(&one, &parsed), among);
        }
    }

    #[test]
    fn stages_follow_the_way_of_a_message() {
        let lines = [
            "crash producer before publish 1",
            "crash follower before replicate 1",
            "drop deliver 1",
            "fail 1",
            "crash consumer before ack 1",
            "partition consumer 0s..1s",
        ];
        let stages: Vec<Stage> =
            lines.iter().map(|line| stage(&line.parse().expect("a line"))).collect();
        assert!(stages.is_sorted_by(|a, b| a < b), "{stages:?}");
    }
}

//! The lines of the fault script.

use serde::Deserialize;

use crate::format::{Message, Time};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leg {
    Publish,
    PublishAck,
    Deliver,
    Ack,
}

/// A message, and which time something happens to it; none is every time.
#[derive(Clone, Copy, Debug)]
pub struct Of {
    pub message: Message,
    pub time: Option<u32>,
}

impl Of {
    pub fn is(self, message: Message, time: u32) -> bool {
        self.message == message && self.time.is_none_or(|own| own == time)
    }
}

/// A place where a node can crash; `after` or before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub actor: Actor,
    pub after: bool,
    pub place: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    Producer,
    Broker,
    Follower,
    Consumer,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub enum Line {
    Drop(Leg, Of),
    Duplicate(Leg, Of),
    Delay(Leg, Of, Time),
    Crash(Point, Of),
    Fail(Of),
    Poison(Message),
    Slow(Of, Time),
    Partition { consumer: bool, from: Time, to: Time },
}

impl Line {
    pub fn is_crash_of_broker(&self) -> bool {
        matches!(self, Self::Crash(Point { actor: Actor::Broker | Actor::Follower, .. }, _))
    }

    pub fn is_partition(&self) -> bool {
        matches!(self, Self::Partition { .. })
    }
}

impl TryFrom<String> for Line {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        read(&text).ok_or(format!("the line \"{text}\" is not one that the model knows"))
    }
}

fn read(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(match words[..] {
        ["drop", packet, of] => Line::Drop(leg(packet)?, which(of)?),
        ["duplicate", packet @ ("publish" | "deliver"), of] => {
            Line::Duplicate(leg(packet)?, which(of)?)
        }
        ["delay", packet, of, "by", by] => Line::Delay(leg(packet)?, which(of)?, time(by)?),
        ["crash", actor, side @ ("before" | "after"), place, of] => {
            let actor = match actor {
                "producer" => Actor::Producer,
                "broker" => Actor::Broker,
                "follower" => Actor::Follower,
                "consumer" => Actor::Consumer,
                _ => return None,
            };
            let point = Point { actor, after: side == "after", place: place.to_owned() };
            Line::Crash(point, which(of)?)
        }
        ["fail", of] => Line::Fail(which(of)?),
        ["poison", message] => Line::Poison(message.parse().ok()?),
        ["slow", of, "by", by] => Line::Slow(which(of)?, time(by)?),
        ["partition", side @ ("producer" | "consumer"), window] => {
            let (from, to) = window.split_once("..")?;
            Line::Partition { consumer: side == "consumer", from: time(from)?, to: time(to)? }
        }
        _ => return None,
    })
}

fn leg(word: &str) -> Option<Leg> {
    Some(match word {
        "publish" => Leg::Publish,
        "publish-ack" => Leg::PublishAck,
        "deliver" => Leg::Deliver,
        "ack" => Leg::Ack,
        _ => return None,
    })
}

fn which(word: &str) -> Option<Of> {
    let (message, time) = match word.split_once('#') {
        None => (word, Some(1)),
        Some((message, "*")) => (message, None),
        Some((message, time)) => (message, Some(time.parse().ok()?)),
    };
    Some(Of { message: message.parse().ok()?, time })
}

fn time(word: &str) -> Option<Time> {
    let (digits, unit) = match word {
        _ if word.ends_with("ms") => (word.strip_suffix("ms")?, 1),
        _ if word.ends_with('s') => (word.strip_suffix('s')?, 1000),
        _ => (word.strip_suffix('m')?, 60_000),
    };
    Some(digits.parse::<Time>().ok()? * unit)
}

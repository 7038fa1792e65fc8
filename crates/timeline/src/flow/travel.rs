//! What is on the wires at a moment: where a packet is follows from when it left and when it arrives
//! alone, so that the picture needs no state of its own.

use std::collections::BTreeMap;

use crate::diagram::{ArrowKind, Fall, PacketFate};
use ackground_core::experiment::script::Cut;
use ackground_core::sim::{Leg, MessageNo, Node, PacketNo, StepNo, Time, Trace};

/// At most so many packets on one wire are drawn at once, the latest ones.
pub const MOST: usize = 24;
/// So many packets travel beside one another before they share a track.
pub const TRACKS: u8 = 4;

/// A connection between two participants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Between the producer and the broker.
    Publish,
    /// Between the broker and the consumers.
    Deliver,
}

impl Wire {
    /// The wire of a leg; none for what is copied inside of the broker.
    pub fn of(leg: Leg) -> Option<Wire> {
        Some(match leg.side()? {
            Cut::Producer => Wire::Publish,
            Cut::Consumer => Wire::Deliver,
        })
    }
}

/// A packet's whole way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Travel {
    /// Which packet.
    pub no: PacketNo,
    /// The step at which it leaves.
    pub step: StepNo,
    /// On which wire.
    pub wire: Wire,
    /// Whether it goes from the producer towards the consumers.
    pub forward: bool,
    /// What it carries.
    pub kind: ArrowKind,
    /// Which message it is about.
    pub message: MessageNo,
    /// Whether the network made it by repeating another.
    pub copied: bool,
    /// Whether it is lost.
    pub lost: bool,
    /// When it leaves.
    pub sent: Time,
    /// When it arrives, or would have.
    pub arrives: Time,
    /// When it ends: the same, or when it is lost.
    pub ends: Time,
    /// Which of the tracks beside one another it takes, below [`TRACKS`].
    pub track: u8,
}

impl Travel {
    /// How far along the wire it is at a moment, in the direction of the messages: from 0 at the sender's
    /// side of the picture to 1 at the receiver's.
    pub fn share(&self, at: Time) -> f64 {
        let whole = (self.arrives - self.sent).micros();
        let gone = (at.min(self.ends) - self.sent).micros();
        let share = match whole {
            0 => 1.0,
            whole => gone as f64 / whole as f64,
        };
        if self.forward { share } else { 1.0 - share }
    }

    fn is_under_way(&self, at: Time) -> bool {
        self.sent <= at && at < self.ends
    }
}

/// Every packet's way, in order of departure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Travels {
    all: Vec<Travel>,
    /// For each, when the last of those up to it ends: before that is where a search may stop.
    latest_end: Vec<Time>,
    /// What is lost, in order of being lost, and when it is sent again.
    falls: Vec<(Time, PacketNo, Option<Time>)>,
}

impl Travels {
    pub fn of(trace: &Trace, fates: &[PacketFate]) -> Travels {
        let mut tracks = Tracks::default();
        let mut all = Vec::with_capacity(fates.len());
        for fate in fates {
            let packet = trace.packet(fate.no);
            let Some(wire) = Wire::of(packet.leg) else {
                continue;
            };
            let forward = match wire {
                Wire::Publish => packet.from == Node::Producer,
                Wire::Deliver => matches!(packet.to, Node::Consumer(_)),
            };
            all.push(Travel {
                no: fate.no,
                step: fate.step,
                wire,
                forward,
                kind: fate.kind,
                message: packet.message,
                copied: packet.repeats.is_some(),
                lost: fate.fall == Fall::Lost,
                sent: packet.sent,
                arrives: packet.arrives,
                ends: fate.to,
                track: tracks.take(wire, forward, packet.sent, fate.to),
            });
        }
        let mut falls = Vec::new();
        // From the end: what was sent, and when it is sent next.
        let mut next: BTreeMap<(Leg, MessageNo), Vec<Time>> = BTreeMap::new();
        for fate in fates.iter().rev() {
            let packet = trace.packet(fate.no);
            let later = next.entry((packet.leg, packet.message)).or_default();
            if fate.fall == Fall::Lost {
                let again = later.iter().rev().find(|sent| **sent > fate.to);
                falls.push((fate.to, fate.no, again.copied()));
            }
            later.push(packet.sent);
        }
        falls.sort_unstable();
        let latest_end = all
            .iter()
            .scan(Time::ZERO, |latest, travel: &Travel| {
                *latest = (*latest).max(travel.ends);
                Some(*latest)
            })
            .collect();
        Travels { all, latest_end, falls }
    }

    /// Those that are under way at a moment, in order of departure.
    pub fn at(&self, at: Time) -> Vec<Travel> {
        let sent = self.all.partition_point(|travel| travel.sent <= at);
        let mut found: Vec<Travel> = Vec::new();
        for (travel, latest_end) in self.all[..sent].iter().zip(&self.latest_end).rev() {
            if *latest_end <= at {
                break;
            }
            if travel.is_under_way(at) {
                found.push(*travel);
            }
        }
        found.reverse();
        found
    }

    /// What was lost by a moment and is not sent again by then, the latest last.
    pub fn fallen(&self, at: Time) -> Vec<PacketNo> {
        let fallen = self.falls.iter().take_while(|(lost, ..)| *lost <= at);
        let lies = fallen.filter(|(.., again)| again.is_none_or(|again| again > at));
        lies.map(|(_, no, _)| *no).collect()
    }

    /// When a packet is lost.
    pub fn losses(&self) -> impl Iterator<Item = Time> {
        self.falls.iter().map(|(lost, ..)| *lost)
    }

    /// The way of this packet.
    pub fn find(&self, no: PacketNo) -> Option<&Travel> {
        let at = self.all.binary_search_by_key(&no, |travel| travel.no);
        at.ok().and_then(|at| self.all.get(at))
    }
}

/// When each track of each direction of each wire is free again.
#[derive(Default)]
struct Tracks([[Time; TRACKS as usize]; 4]);

impl Tracks {
    /// The first track that is free, or the one that is free soonest.
    fn take(&mut self, wire: Wire, forward: bool, from: Time, to: Time) -> u8 {
        let way = &mut self.0[usize::from(wire == Wire::Deliver) * 2 + usize::from(forward)];
        let free = way.iter().position(|until| *until <= from);
        let soonest = || (0..way.len()).min_by_key(|track| way[*track]);
        let track = free.or_else(soonest).unwrap_or(0);
        way[track] = way[track].max(to);
        track as u8
    }
}

//! Packets as arrows, exactly one each.

use std::collections::BTreeSet;

use super::{About, Arrow, ArrowKind, Board, Fall, LifelineId, Point};
use ackground_core::sim::{
    Carries, Event, Leg, MessageNo, Node, Packet, PacketNo, StepNo, Time, Trace,
};

/// How far along its way a lost packet gets, as a fraction.
const LOST_AT: (u64, u64) = (56, 100);
/// Labels closer together than this, in percent across and pixels down, are illegible.
const LABEL_ROOM: (f64, f64) = (6.0, 12.0);
/// Where along its arrow a label may go, best first.
const LABEL_PLACES: [f64; 5] = [0.5, 0.36, 0.64, 0.24, 0.76];
/// The baseline of a label above its arrow and below it, in pixels.
const LABEL_BASES: [f64; 2] = [-5.0, 14.0];

/// What becomes of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PacketFate {
    /// The step at which it leaves.
    pub step: StepNo,
    /// Which packet.
    pub no: PacketNo,
    /// What it carries.
    pub kind: ArrowKind,
    /// How it ends.
    pub fall: Fall,
    /// Whether its receiver has had that message before, or the network duplicated it from another packet.
    pub again: bool,
    /// When it ends; for a lost one when it is lost.
    pub to: Time,
}

/// What becomes of every packet of a run, in order of departure.
pub fn packet_fates(trace: &Trace) -> Vec<PacketFate> {
    let mut ends = vec![Fall::UnderWay; trace.packets.len()];
    let mut had: BTreeSet<(Leg, Node, MessageNo)> = BTreeSet::new();
    let mut departures = Vec::with_capacity(trace.packets.len());
    for step in &trace.steps {
        if let Event::Sent(no) = step.what {
            let packet = trace.packet(no);
            let known = had.contains(&(packet.leg, packet.to, packet.message));
            if packet.lost.is_some() {
                ends[no.0 as usize] = Fall::Lost;
            }
            departures.push((step.no, no, known || packet.repeats.is_some()));
        } else if let Event::Arrived(no) = step.what {
            let packet = trace.packet(no);
            had.insert((packet.leg, packet.to, packet.message));
            ends[no.0 as usize] = Fall::Arrives;
        } else if let Event::Disregarded(no, _) = step.what {
            ends[no.0 as usize] = Fall::Ignored;
        }
    }
    let fate = |(step, no, again): (StepNo, PacketNo, bool)| {
        let (packet, fall) = (trace.packet(no), ends[no.0 as usize]);
        PacketFate {
            step,
            no,
            kind: kind(packet, again),
            fall,
            again,
            to: end_of(packet, fall, trace.end.at()),
        }
    };
    departures.into_iter().map(fate).collect()
}

pub(super) fn arrows(board: &Board<'_>) -> Vec<Arrow> {
    let arrow = |fate: PacketFate| {
        let packet = board.trace.packet(fate.no);
        let about = About {
            step: fate.step,
            message: Some(packet.message),
            from: packet.sent,
            to: fate.to,
        };
        let (start, end) = (at(board, packet, packet.sent), at(board, packet, fate.to));
        Arrow {
            about,
            kind: fate.kind,
            fall: fate.fall,
            late: packet.delayed.is_some(),
            copied: packet.repeats.is_some(),
            start,
            end,
            label: label(packet, fate.again),
            label_at: start,
        }
    };
    let mut arrows: Vec<Arrow> = packet_fates(board.trace).into_iter().map(arrow).collect();
    place_labels(&mut arrows);
    arrows
}

/// When a lost packet is lost: where the arrow ends in a cross.
pub fn lost_at(packet: &Packet) -> Time {
    packet.sent + (packet.arrives - packet.sent).share(LOST_AT.0, LOST_AT.1)
}

/// When the arrow ends.
fn end_of(packet: &Packet, fall: Fall, end: Time) -> Time {
    match fall {
        Fall::Lost => lost_at(packet),
        Fall::UnderWay => packet.arrives.min(end),
        Fall::Arrives | Fall::Ignored => packet.arrives,
    }
}

/// Where the packet is at a moment: as far across as the pixels it has come down.
fn at(board: &Board<'_>, packet: &Packet, moment: Time) -> Point {
    let (from, to) = (board.x(LifelineId::Node(packet.from)), board.x(LifelineId::Node(packet.to)));
    let (y, whole) = (board.axis.y(moment), (packet.arrives - packet.sent).micros());
    let share = match whole {
        0 => 1.0,
        _ if moment == packet.sent => 0.0,
        whole => (moment - packet.sent).micros() as f64 / whole as f64,
    };
    Point { x: from + share * (to - from), y }
}

fn kind(packet: &Packet, again: bool) -> ArrowKind {
    match packet.carries {
        Carries::Publish { .. } | Carries::Delivery(_) if again => ArrowKind::Again,
        Carries::Publish { .. } | Carries::Delivery(_) => ArrowKind::Message,
        Carries::Nack(_) | Carries::Refused { .. } | Carries::Committed { accepted: false, .. } => {
            ArrowKind::Nack
        }
        Carries::Stored { .. } | Carries::Ack(_) => ArrowKind::Ack,
        Carries::Committed { accepted: true, .. }
        | Carries::CommitTransaction { .. }
        | Carries::TransactionCommitted { .. } => ArrowKind::Confirm,
    }
}

fn label(packet: &Packet, again: bool) -> String {
    let message = packet.message;
    if !matches!(packet.carries, Carries::Publish { .. } | Carries::Delivery(_)) {
        String::new()
    } else if packet.delayed.is_some() {
        format!("{message} late")
    } else if again || packet.nth > 1 {
        format!("{message} again")
    } else {
        message.to_string()
    }
}

/// Puts each label on its arrow where no earlier label is in the way: above it if there is room, else below.
/// In a burst there is only room for the number, and then for nothing: arrows without labels say more than a
/// heap of labels.
fn place_labels(arrows: &mut [Arrow]) {
    let mut placed: Vec<Point> = Vec::new();
    for arrow in arrows.iter_mut().filter(|arrow| !arrow.label.is_empty()) {
        // Departures are in time order, so only the latest labels can be near.
        let recent = &placed[placed.len().saturating_sub(24)..];
        let spot = spot(arrow, recent).or_else(|| {
            let number = arrow.label.split(' ').next().unwrap_or_default().to_owned();
            arrow.label = number;
            spot(arrow, recent)
        });
        match spot {
            Some(spot) => {
                arrow.label_at = spot;
                placed.push(spot);
            }
            None => arrow.label.clear(),
        }
    }
}

/// The best place for an arrow's label with no other label near it.
fn spot(arrow: &Arrow, others: &[Point]) -> Option<Point> {
    let wide = if arrow.label.len() > 3 { 2.0 } else { 1.0 };
    let free = |point: &Point| {
        let near = |other: &Point| {
            (other.x - point.x).abs() < LABEL_ROOM.0 * wide
                && (other.y - point.y).abs() < LABEL_ROOM.1
        };
        !others.iter().any(near)
    };
    let spots = LABEL_BASES.into_iter().flat_map(|base| LABEL_PLACES.map(|share| (share, base)));
    let mut spots = spots.map(|(share, base)| Point {
        x: arrow.start.x + share * (arrow.end.x - arrow.start.x),
        y: arrow.start.y + share * (arrow.end.y - arrow.start.y) + base,
    });
    spots.find(free)
}

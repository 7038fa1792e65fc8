//! Packets as arrows, exactly one each.

use std::collections::BTreeSet;

use crate::axis::Tick;

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

/// The middle of a label above its baseline, in pixels.
const MIDDLE: f64 = 4.0;
/// The width of a letter in a lane of ordinary width, in percent across.
const LETTER: f64 = 1.7;
/// How many arrows before and after one can come between it and its label.
const NEAR: usize = 8;

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
    place_labels(&mut arrows, board.axis.ticks());
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
fn place_labels(arrows: &mut [Arrow], ticks: &[Tick]) {
    let mut placed: Vec<Point> = Vec::new();
    for index in 0..arrows.len() {
        if arrows[index].label.is_empty() {
            continue;
        }
        // Departures are in time order, so only the latest labels, and the next arrows, can be near.
        let recent = &placed[placed.len().saturating_sub(24)..];
        let others = index.saturating_sub(NEAR)..(index + NEAR).min(arrows.len());
        let others: Vec<(Point, Point)> = others
            .filter(|other| *other != index)
            .map(|other| (arrows[other].start, arrows[other].end))
            .collect();
        let arrow = &mut arrows[index];
        let spot = spot(arrow, recent, &others, ticks).or_else(|| {
            let number = arrow.label.split(' ').next().unwrap_or_default().to_owned();
            arrow.label = number;
            spot(arrow, recent, &others, ticks)
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

/// How far a point is above or below an arrow, in pixels; `None` if the arrow does not reach there.
fn off(point: Point, (start, end): (Point, Point)) -> Option<f64> {
    let (left, right) = (start.x.min(end.x), start.x.max(end.x));
    let share = (point.x - start.x) / (end.x - start.x);
    let reaches = (left..=right).contains(&point.x) && right - left > f64::EPSILON;
    reaches.then(|| (start.y + share * (end.y - start.y) - point.y).abs())
}

/// The best place for an arrow's label with no other label near it, and not nearer to another arrow; if there is
/// none, near another arrow.
fn spot(
    arrow: &Arrow,
    others: &[Point],
    arrows: &[(Point, Point)],
    ticks: &[Tick],
) -> Option<Point> {
    let wide = if arrow.label.len() > 3 { 2.0 } else { 1.0 };
    let free = |point: &Point| {
        let near = |other: &Point| {
            (other.x - point.x).abs() < LABEL_ROOM.0 * wide
                && (other.y - point.y).abs() < LABEL_ROOM.1
        };
        !others.iter().any(near) && !ticks.iter().any(|tick| meets(&arrow.label, point, tick))
    };
    let its_own = |point: &Point| {
        let middle = Point { y: point.y - MIDDLE, ..*point };
        let own = off(middle, (arrow.start, arrow.end)).unwrap_or(0.0);
        !arrows.iter().filter_map(|other| off(middle, *other)).any(|off| off < own)
    };
    let spots = LABEL_BASES.into_iter().flat_map(|base| LABEL_PLACES.map(|share| (share, base)));
    let spots = spots.map(|(share, base)| Point {
        x: arrow.start.x + share * (arrow.end.x - arrow.start.x),
        y: arrow.start.y + share * (arrow.end.y - arrow.start.y) + base,
    });
    let free: Vec<Point> = spots.filter(free).collect();
    free.iter().copied().find(its_own).or(free.first().copied())
}

/// Whether a label at a point lies on the label of a tick, which begins at the left edge.
fn meets(label: &str, point: &Point, tick: &Tick) -> bool {
    let left = point.x - LETTER / 2.0 * label.len() as f64;
    left < LETTER * tick.label.len() as f64 && (tick.y - 3.0 - point.y).abs() < LABEL_ROOM.1
}

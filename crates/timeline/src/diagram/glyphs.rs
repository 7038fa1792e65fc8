//! Single moments as marks: effects, recognised repeats, timeouts, what the broker did.

use std::collections::BTreeMap;

use super::{About, Board, LifelineId, Mark, MarkKind, Point};
use crate::consumer_of;
use ackground_core::sim::{Event, Guard, MessageNo, Node, Refusal, Step, Time, Told};

/// The room that round glyphs on one line need, in pixels.
const ROOM: f64 = 21.0;
/// The horizontal offsets a glyph tries in turn until one is free, in pixels.
const SHIFTS: [f64; 3] = [0.0, 20.0, -20.0];

pub(super) fn marks(board: &Board<'_>) -> Vec<Mark> {
    let mut tally = Tally::default();
    let mut marks: Vec<Mark> =
        board.trace.steps.iter().filter_map(|step| mark(board, &mut tally, step)).collect();
    gather(&mut marks);
    spread(&mut marks);
    marks
}

/// How often each step of the scenario has taken effect for each message, and when each copy was
/// stored.
#[derive(Default)]
struct Tally(BTreeMap<(MessageNo, u8), u32>, BTreeMap<u32, Time>);

impl Tally {
    fn count(&mut self, message: MessageNo, step: u8) -> u32 {
        let times = self.0.entry((message, step)).or_default();
        *times += 1;
        *times
    }
}

fn mark(board: &Board<'_>, tally: &mut Tally, step: &Step) -> Option<Mark> {
    let message = step.message?;
    let primary = |id: u8| usize::from(id) == board.experiment.scenario.primary();
    let (producer, broker) = (LifelineId::Node(Node::Producer), LifelineId::Node(Node::Broker(0)));
    let consumer = || LifelineId::Node(Node::Consumer(consumer_of(board.trace, step.no)));
    let number = || message.to_string();
    let (kind, place, label, linked) = match step.what {
        Event::Created => (MarkKind::Created, producer, String::new(), false),
        Event::AnswerTimedOut { .. } => (MarkKind::AnswerTimeout, producer, String::new(), false),
        Event::Told(Told::Error) => (MarkKind::GaveUp, producer, "gives up".to_owned(), false),
        Event::Stored { copy } => {
            tally.1.insert(copy, step.at);
            (MarkKind::Stored, broker, String::new(), false)
        }
        Event::Visible { copy } if held_up(board, tally, copy, step.at) => {
            (MarkKind::Visible, broker, "visible".to_owned(), false)
        }
        Event::Refused(refusal) => (MarkKind::Refused, broker, refused(refusal).to_owned(), false),
        Event::Elected { node: Node::Broker(node), clean, .. } => {
            (MarkKind::Elected(clean), broker, (u32::from(node) + 1).to_string(), false)
        }
        Event::CopyLost { .. } => (MarkKind::CopyLost, broker, number(), false),
        Event::TransactionCommitted { .. } => (MarkKind::Committed, broker, String::new(), false),
        Event::TransactionAborted { .. } => {
            (MarkKind::Aborted, broker, "aborted".to_owned(), false)
        }
        Event::Assigned { partition, node } => (
            MarkKind::Assigned,
            LifelineId::Node(node),
            (u32::from(partition) + 1).to_string(),
            false,
        ),
        Event::TransactionRefused => {
            (MarkKind::TransactionRefused, consumer(), "refused".to_owned(), false)
        }
        Event::RepeatDropped(_) => (MarkKind::RepeatDropped, broker, "=".to_owned(), false),
        Event::Parked { .. } => (MarkKind::Parked, broker, number(), false),
        Event::Discarded { .. } => (MarkKind::Discarded, broker, "discarded".to_owned(), false),
        Event::DeliveryTimedOut(_) => (MarkKind::DeliveryTimeout, broker, String::new(), false),
        Event::Requeued { .. } | Event::Rewound { .. } => {
            (MarkKind::Returned, broker, String::new(), false)
        }
        Event::LateAck { accepted, .. } => {
            (MarkKind::LateAck(accepted), broker, "late".to_owned(), false)
        }
        Event::HandlerFailed { .. } => (MarkKind::Failed, consumer(), "fails".to_owned(), false),
        // In the same transaction as the effect there is nothing more to see.
        Event::Recorded(Guard::Transaction) => return None,
        Event::Recorded(guard) => {
            (MarkKind::Recorded, home(guard, consumer()), String::new(), false)
        }
        Event::Skipped(guard) => {
            let place = home(guard, consumer());
            (MarkKind::Absorbed(guard), place, "=".to_owned(), place == LifelineId::Store)
        }
        Event::Absorbed { step, guard } if primary(step) => {
            (MarkKind::Absorbed(guard), LifelineId::Store, "=".to_owned(), true)
        }
        Event::Applied { step } if primary(step) => match tally.count(message, step) {
            1 => (MarkKind::Effect, LifelineId::Store, number(), true),
            times => (MarkKind::Repeated(times), LifelineId::Store, number(), true),
        },
        Event::Applied { step } => match tally.count(message, step) {
            1 => (MarkKind::Aside, consumer(), name(board, step), false),
            times => (MarkKind::AsideRepeated(times), consumer(), name(board, step), false),
        },
        // A packet is drawn as an arrow.
        Event::Sent(_) | Event::Arrived(_) | Event::Disregarded(..) => return None,
        // These begin or end a span.
        Event::HandlerStarted { .. }
        | Event::HandlerDone
        | Event::Waiting
        | Event::Stalled { .. }
        | Event::Crashed { .. }
        | Event::Restarted { .. }
        | Event::Unavailable { .. } => return None,
        // Another shape shows these: the answer, the acknowledgment, the delivery, the effect.
        Event::Told(Told::Ok | Told::Nothing)
        | Event::Settled { .. }
        | Event::Visible { .. }
        | Event::Absorbed { .. } => return None,
        Event::Elected { node: Node::Producer | Node::Consumer(_), .. } => return None,
    };
    let about = About {
        step: step.no,
        // An election is about no particular message.
        message: Some(message)
            .filter(|_| !matches!(kind, MarkKind::Elected(_) | MarkKind::Assigned)),
        from: step.at,
        to: step.at,
    };
    let link = linked.then(|| board.x(consumer()));
    Some(Mark { about, kind, at: board.point(place, step.at), shift: 0.0, label, link })
}

/// Whether something kept a copy invisible for longer than replication takes.
fn held_up(board: &Board<'_>, tally: &Tally, copy: u32, at: Time) -> bool {
    let slowest = Time::from_millis(board.experiment.faults.latency_ms.max());
    tally.1.get(&copy).is_some_and(|stored| *stored + slowest < at)
}

/// A refusal in a word or two, as a label.
fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotEnoughReplicas | Refusal::NotEnoughReplicasAfterAppend => "too few replicas",
        Refusal::OutOfOrder => "out of order",
        Refusal::Fenced => "fenced",
        Refusal::UnknownTransaction => "no transaction",
    }
}

/// Merges marks of several partitions or copies at the same moment and place into one, and spells out
/// their numbers.
fn gather(marks: &mut Vec<Mark>) {
    let mut gathered: Vec<(Mark, Vec<String>)> = Vec::with_capacity(marks.len());
    for mark in marks.drain(..) {
        let gathers =
            matches!(mark.kind, MarkKind::Elected(_) | MarkKind::CopyLost | MarkKind::Assigned);
        let same = gathered.iter_mut().rev().take_while(|(other, _)| other.at.y == mark.at.y);
        let mut same = same.filter(|(other, _)| other.kind == mark.kind && other.at == mark.at);
        match same.next() {
            Some((_, numbers)) if gathers => {
                if !numbers.contains(&mark.label) {
                    numbers.push(mark.label);
                }
            }
            _ => {
                let numbers = vec![mark.label.clone()];
                gathered.push((mark, numbers));
            }
        }
    }
    marks.extend(gathered.into_iter().map(|(mut mark, numbers)| {
        let one = numbers.len() == 1;
        let numbers = match numbers.as_slice() {
            [first, .., last] if numbers.len() > 4 => format!("{first} … {last}"),
            _ => numbers.join(", "),
        };
        mark.label = if let MarkKind::Elected(clean) = mark.kind {
            format!(
                "{} {numbers} {}{}",
                if one { "node" } else { "nodes" },
                if one { "leads" } else { "lead" },
                if clean { "" } else { ", behind" }
            )
        } else if mark.kind == MarkKind::CopyLost {
            format!("{numbers} gone")
        } else if mark.kind == MarkKind::Assigned {
            format!("{} {numbers}", if one { "partition" } else { "partitions" })
        } else {
            numbers
        };
        mark
    }));
}

/// Whose lifeline a recorded id is kept on.
fn home(guard: Guard, consumer: LifelineId) -> LifelineId {
    if guard == Guard::Memory { consumer } else { LifelineId::Store }
}

/// The short name of a step.
fn name(board: &Board<'_>, step: u8) -> String {
    let step = board.experiment.scenario.steps.get(usize::from(step));
    step.map_or_else(String::new, |step| step.id.to_string())
}

/// Moves round glyphs aside that would overlap.
fn spread(marks: &mut [Mark]) {
    let mut placed: Vec<(Point, f64)> = Vec::new();
    for mark in marks.iter_mut().filter(|mark| mark.kind.is_round()) {
        let recent = &placed[placed.len().saturating_sub(24)..];
        let taken = |shift: f64| {
            let here = |(at, other): &(Point, f64)| {
                at.x == mark.at.x && *other == shift && mark.at.y - at.y < ROOM
            };
            recent.iter().any(here)
        };
        mark.shift = SHIFTS.into_iter().find(|shift| !taken(*shift)).unwrap_or(SHIFTS[0]);
        placed.push((mark.at, mark.shift));
    }
}

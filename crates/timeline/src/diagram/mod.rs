//! A lane's space-time diagram as plain geometry: what is where, of which kind, and which step it shows.
//! No colours, no markup.
//!
//! Horizontal positions are percentages of the lane's width, so that one diagram fits a phone and a wall
//! without a new layout; vertical ones are pixels of the shared [`Axis`].

mod arrows;
mod cluster;
mod glyphs;
mod hit_test;
mod spans;

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Guard, MessageNo, Node, StepNo, Time, Trace};

use super::axis::Axis;
pub use arrows::{PacketFate, lost_at, packet_fates};
pub use hit_test::HitTarget;

/// The step a shape shows, and when it is there: a click seeks to `from`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// The step of the trace.
    pub step: StepNo,
    /// The message, if there is one.
    pub message: Option<MessageNo>,
    /// When it begins.
    pub from: Time,
    /// When it is over.
    pub to: Time,
}

/// Who owns a lifeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LifelineId {
    /// A participant.
    Node(Node),
    /// The store, where effects end up.
    Store,
}

/// A vertical line with a name above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifeline {
    /// Whose line it is.
    pub place: LifelineId,
    /// The name in the scenario's words.
    pub label: String,
    /// The member's number, where there are several.
    pub member: Option<u8>,
    /// Its position, in percent of the width.
    pub x: f64,
    /// How much room its name has, in percent of the width.
    pub width: f64,
}

/// A point of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// In percent of the width.
    pub x: f64,
    /// In pixels from the top.
    pub y: f64,
}

/// What a packet carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArrowKind {
    /// A message the receiver has not had before.
    Message,
    /// A message the receiver has had before.
    Again,
    /// An acknowledgment.
    Ack,
    /// A refusal.
    Nack,
    /// The answer to a commit.
    Confirm,
}

/// How a packet ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fall {
    /// It arrives.
    Arrives,
    /// It arrives and has no effect.
    Ignored,
    /// It is lost on the way.
    Lost,
    /// It is still in flight when the run ends.
    UnderWay,
}

/// A packet.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// The step in which it leaves.
    pub about: About,
    /// What it carries.
    pub kind: ArrowKind,
    /// How it ends.
    pub fall: Fall,
    /// Whether the network delayed it.
    pub late: bool,
    /// Whether the network duplicated it from another packet.
    pub copied: bool,
    /// Where its arrow begins.
    pub start: Point,
    /// Where its arrow ends; for a lost packet, where it is lost.
    pub end: Point,
    /// `3`, `3 again`; nothing for acknowledgments.
    pub label: String,
    /// The middle of the label's baseline.
    pub label_at: Point,
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The business event happened.
    Created,
    /// The primary effect, for the first time.
    Effect,
    /// The primary effect again: how many times by now.
    Repeated(u32),
    /// Another step of the handler took effect, for the first time.
    Aside,
    /// Another step again: how many times by now.
    AsideRepeated(u32),
    /// A repeat was recognised and had no effect.
    Absorbed(Guard),
    /// The broker stored a copy.
    Stored,
    /// The broker recognised a repeat.
    RepeatDropped,
    /// Moved to the dead letter queue.
    Parked,
    /// Given up and dropped.
    Discarded,
    /// The producer timed out waiting for an answer.
    AnswerTimeout,
    /// The broker timed out waiting for an acknowledgment.
    DeliveryTimeout,
    /// The producer gave up.
    GaveUp,
    /// The handler failed.
    Failed,
    /// The message id was recorded.
    Recorded,
    /// An acknowledgment came late: did it still count?
    LateAck(bool),
    /// The broker offers a copy again.
    Returned,
    /// The broker refused a write.
    Refused,
    /// A broker node became leader: was it in sync?
    Elected(bool),
    /// The broker lost these messages.
    CopyLost,
    /// A copy has finally become visible to consumers.
    Visible,
    /// The transaction of a copy is committed.
    Committed,
    /// The transaction of a copy is aborted.
    Aborted,
    /// A member takes over a partition.
    Assigned,
    /// The transaction of the effect was rejected.
    TransactionRefused,
}

impl MarkKind {
    /// Whether it is drawn as a round token, which needs room of its own.
    pub fn is_round(self) -> bool {
        matches!(
            self,
            MarkKind::Effect
                | MarkKind::Repeated(_)
                | MarkKind::Absorbed(_)
                | MarkKind::RepeatDropped
                | MarkKind::Parked
        )
    }
}

/// A glyph at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The step it shows.
    pub about: About,
    /// What it stands for.
    pub kind: MarkKind,
    /// Its position: across in percent of the lane, down in pixels of the axis.
    pub at: Point,
    /// Its horizontal offset in pixels, where the place is already taken.
    pub shift: f64,
    /// A number or a word; may be empty.
    pub label: String,
    /// Where the line leading to it begins, in percent of the width, if there is one.
    pub link: Option<f64>,
}

/// A state that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// A handler call.
    Handler,
    /// A stalled handler call.
    Stall,
    /// A node that is down.
    Crash,
    /// A broker node that is down and led nothing.
    FollowerCrash,
    /// A partition without a leader.
    Unavailable,
    /// A copy whose transaction is open.
    Transaction,
    /// Waiting for an answer that does not come in time.
    Waiting,
    /// Waiting before a retry.
    Backoff,
}

/// A stretch of a lifeline: something that lasts.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The step it shows.
    pub about: About,
    /// What lasts.
    pub kind: SpanKind,
    /// Its upper end.
    pub at: Point,
    /// Its lower end, in pixels from the top.
    pub bottom: f64,
    /// Its horizontal offset from the lifeline in pixels, where the place is already taken.
    pub shift: f64,
    /// A word; may be empty.
    pub label: String,
    /// The vertical middle of the word, in pixels from the top.
    pub label_y: f64,
}

/// A network partition: a time during which two sides cannot reach each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// When it begins.
    pub from: Time,
    /// When it is over.
    pub to: Time,
    /// Its left edge, in percent of the width.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its upper edge, in pixels.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// Its label.
    pub label: &'static str,
}

/// A glyph in playback order: not clipped at the playhead, but switched from faint to clear at its moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its moment.
    pub at: Time,
    /// Its position, in pixels from the top.
    pub y: f64,
    /// What it shows.
    pub what: Stamp,
}

/// What a glyph shows, as an index into the diagram's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// The label of an arrow.
    Label(usize),
    /// The cross at the end of a lost packet.
    Cross(usize),
    /// The word beside a span.
    Word(usize),
    /// A mark.
    Mark(usize),
}

/// A packet in flight.
#[derive(Debug, Clone, PartialEq)]
pub struct Flight {
    /// What it carries.
    pub kind: ArrowKind,
    /// Whether it will be lost.
    pub lost: bool,
    /// The message, if it carries one.
    pub message: Option<MessageNo>,
    /// Its position.
    pub at: Point,
}

/// The furthest any glyph reaches below its position, in pixels.
const GLYPH: f64 = 16.0;

/// The shapes of a run, each list in time order.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// From left to right.
    pub lifelines: Vec<Lifeline>,
    /// Every packet, exactly once.
    pub arrows: Vec<Arrow>,
    /// The marks: single moments.
    pub marks: Vec<Mark>,
    /// The spans: whatever lasts.
    pub spans: Vec<Span>,
    /// Network partitions.
    pub bands: Vec<Band>,
    /// Every label, cross, word and mark, in the order in which playback makes them clear.
    pub glyphs: Vec<Glyph>,
}

/// No position is ever NaN, so equality is total; one shared diagram is compared by address.
impl Eq for Diagram {}

impl Diagram {
    /// The diagram of a lane's run. Linear in its steps.
    pub fn of(experiment: &Experiment, lane: usize, trace: &Trace, axis: &Axis) -> Diagram {
        let board =
            Board { experiment, lane, trace, axis, lifelines: lifelines(experiment, lane, trace) };
        let mut diagram = Diagram {
            arrows: arrows::arrows(&board),
            marks: glyphs::marks(&board),
            spans: spans::spans(&board),
            bands: cluster::bands(&board),
            glyphs: Vec::new(),
            lifelines: board.lifelines,
        };
        diagram.stamp();
        diagram
    }

    /// Puts all glyphs into playback order.
    fn stamp(&mut self) {
        let mut glyphs: Vec<Glyph> = Vec::new();
        for (index, arrow) in self.arrows.iter().enumerate() {
            if !arrow.label.is_empty() {
                let (at, y) = (arrow.about.from, arrow.label_at.y);
                glyphs.push(Glyph { at, y, what: Stamp::Label(index) });
            }
            if arrow.fall == Fall::Lost {
                let (at, y) = (arrow.about.to, arrow.end.y);
                glyphs.push(Glyph { at, y, what: Stamp::Cross(index) });
            }
        }
        for (index, span) in
            self.spans.iter().enumerate().filter(|(_, span)| !span.label.is_empty())
        {
            let (at, y) = (span.about.from, span.label_y);
            glyphs.push(Glyph { at, y, what: Stamp::Word(index) });
        }
        for (index, mark) in self.marks.iter().enumerate() {
            glyphs.push(Glyph { at: mark.about.from, y: mark.at.y, what: Stamp::Mark(index) });
        }
        // A stable sort: at the same moment labels stay below the marks on top of them.
        glyphs.sort_by_key(|glyph| glyph.at);
        self.glyphs = glyphs;
    }

    /// The glyphs that are already clear at a moment although they reach below `y` pixels from the top, each with
    /// its index in [`glyphs`](Diagram::glyphs).
    pub fn standing(&self, at: Time, y: f64) -> impl Iterator<Item = (usize, &Glyph)> {
        let clear = self.glyphs.iter().take_while(move |glyph| glyph.at <= at);
        clear.enumerate().filter(move |(_, glyph)| glyph.y + GLYPH > y)
    }

    /// The packets in flight at a moment.
    pub fn flights(&self, at: Time, axis: &Axis) -> Vec<Flight> {
        let y = axis.y(at);
        let on_its_way = |arrow: &&Arrow| arrow.about.from < at && at < arrow.about.to;
        self.arrows
            .iter()
            .filter(on_its_way)
            .map(|arrow| {
                let share = (y - arrow.start.y) / (arrow.end.y - arrow.start.y).max(f64::EPSILON);
                let x = arrow.start.x + share.clamp(0.0, 1.0) * (arrow.end.x - arrow.start.x);
                let lost = arrow.fall == Fall::Lost;
                Flight { kind: arrow.kind, lost, message: arrow.about.message, at: Point { x, y } }
            })
            .collect()
    }
}

/// What every part of the diagram is built from.
struct Board<'a> {
    experiment: &'a Experiment,
    lane: usize,
    trace: &'a Trace,
    axis: &'a Axis,
    lifelines: Vec<Lifeline>,
}

impl Board<'_> {
    fn x(&self, place: LifelineId) -> f64 {
        // The nodes of the broker share one lifeline.
        let place = match place {
            LifelineId::Node(Node::Broker(_)) => LifelineId::Node(Node::Broker(0)),
            LifelineId::Node(_) | LifelineId::Store => place,
        };
        let line = self.lifelines.iter().find(|line| line.place == place);
        line.map_or(50.0, |line| line.x)
    }

    fn point(&self, place: LifelineId, at: Time) -> Point {
        Point { x: self.x(place), y: self.axis.y(at) }
    }
}

/// The lifelines of a lane, from left to right. Members of a group are closer together than participants.
pub fn lifelines(experiment: &Experiment, lane: usize, trace: &Trace) -> Vec<Lifeline> {
    let scenario = &experiment.scenario;
    let configured = experiment.lanes.get(lane).map_or(1, |lane| lane.consumer.instances.get());
    let seen = trace.packets.iter().filter_map(|packet| packet.to.member());
    let seen = seen.map(|member| u64::from(member) + 1);
    let members = seen.max().unwrap_or(1).max(configured.min(8));
    // The more members, the less room for each, so that the other names stay legible.
    let between = members.saturating_sub(1) as f64;
    let beside = (2.4 / between.max(1.0)).min(0.6);
    let share = 100.0 / (4.0 + beside * between);
    let mut lines = vec![
        (LifelineId::Node(Node::Producer), scenario.producer.to_string(), 1.0),
        (LifelineId::Node(Node::Broker(0)), "Broker".to_owned(), 1.0),
    ];
    for member in 0..members {
        let name = scenario.consumer.to_string();
        let label = if members == 1 { name } else { format!("{name} {}", member + 1) };
        let weight = if member + 1 == members { 1.0 } else { beside };
        lines.push((LifelineId::Node(Node::Consumer(member as u8)), label, weight));
    }
    let several = members > 1;
    lines.push((LifelineId::Store, scenario.store.to_string(), 1.0));
    let mut x = share / 2.0;
    lines
        .into_iter()
        .map(|(place, label, weight)| {
            let line = Lifeline {
                place,
                label,
                member: match place {
                    LifelineId::Node(node) if several => node.member().map(|member| member + 1),
                    LifelineId::Node(_) | LifelineId::Store => None,
                },
                x,
                width: weight * share,
            };
            x += weight * share;
            line
        })
        .collect()
}

#[cfg(test)]
mod tests;

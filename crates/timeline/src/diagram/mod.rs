//! A lane's space-time diagram as plain shapes: what stands where, of which kind and about which
//! step. No colours, no markup.
//!
//! Across, a place is a percentage of the lane's width, so that a picture fits a phone and a wall
//! without being made anew; downward, it is a pixel of the common [`Axis`].

mod arrows;
mod cluster;
mod glyphs;
mod hit_test;
mod spans;

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Guard, MessageNo, Node, StepNo, Time, Trace};

use super::axis::Axis;
pub use arrows::{PacketFate, packet_fates};
pub use hit_test::HitTarget;

/// What a shape tells about, and when it is present: a click seeks to `from`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// The step of the trace.
    pub step: StepNo,
    /// The message, if it is about one.
    pub message: Option<MessageNo>,
    /// When it begins.
    pub from: Time,
    /// When it is over.
    pub to: Time,
}

/// Whose line a shape stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LifelineId {
    /// A participant.
    Node(Node),
    /// Where effects are kept.
    Store,
}

/// A vertical line with a name over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifeline {
    /// Whose.
    pub place: LifelineId,
    /// The name in the scenario's words.
    pub label: String,
    /// The number of a member, where there are several.
    pub member: Option<u8>,
    /// In percent of the width.
    pub x: f64,
    /// How much of the width its name may take, in percent.
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
    /// It arrives, and nothing comes of it.
    Ignored,
    /// It is lost on the way.
    Lost,
    /// It is still under way when the run is cut off.
    UnderWay,
}

/// A packet.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Its departure.
    pub about: About,
    /// What it carries.
    pub kind: ArrowKind,
    /// How it ends.
    pub fall: Fall,
    /// Whether the network held it up.
    pub late: bool,
    /// Whether the network made it by repeating another.
    pub copied: bool,
    /// Where it begins.
    pub start: Point,
    /// Where it ends; for a lost one where it is lost.
    pub end: Point,
    /// `3`, `3 again`; nothing for acknowledgments.
    pub label: String,
    /// Where the middle of the label's base is.
    pub label_at: Point,
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The business event took place.
    Created,
    /// The primary effect, for the first time.
    Effect,
    /// The primary effect once more: which time.
    Repeated(u32),
    /// Another step of the handler took effect, for the first time.
    Aside,
    /// Another step once more: which time.
    AsideRepeated(u32),
    /// A repeat was recognised and changed nothing.
    Absorbed(Guard),
    /// The broker has a copy.
    Stored,
    /// The broker recognised a repeat.
    RepeatDropped,
    /// In the dead letter queue.
    Parked,
    /// Given up and thrown away.
    Discarded,
    /// The producer waited in vain.
    AnswerTimeout,
    /// The broker waited in vain.
    DeliveryTimeout,
    /// The producer gave up.
    GaveUp,
    /// The handler failed.
    Failed,
    /// The id was written down.
    Recorded,
    /// An acknowledgment came too late: did it count?
    LateAck(bool),
    /// The broker offers a copy again.
    Returned,
    /// The broker refused a write.
    Refused,
    /// A broker node takes over: was it in sync?
    Elected(bool),
    /// The broker has lost these messages.
    CopyLost,
    /// Consumers may see a copy at last.
    Visible,
    /// The transaction of a copy is committed.
    Committed,
    /// The transaction of a copy is aborted.
    Aborted,
    /// A member takes over a partition.
    Assigned,
    /// The transaction of the effect was refused.
    TransactionRefused,
}

impl MarkKind {
    /// Whether it is drawn as a token that needs room of its own.
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

/// A glyph at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it tells about.
    pub about: About,
    /// What it stands for.
    pub kind: MarkKind,
    /// Where it stands: across in parts of the lane, down in pixels of the axis.
    pub at: Point,
    /// Pixels aside of its place, where others stand already.
    pub shift: f64,
    /// A number or a word, possibly none.
    pub label: String,
    /// Where the line begins that leads to it, if one does: the percentage across.
    pub link: Option<f64>,
}

/// What lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// A handler call.
    Handler,
    /// A handler call that stalls.
    Stall,
    /// A node that is down.
    Crash,
    /// A broker node that is down, and led nothing.
    FollowerCrash,
    /// A partition without a leader.
    Unavailable,
    /// A copy whose transaction is open.
    Transaction,
    /// Waiting for an answer that does not come in time.
    Waiting,
    /// Waiting before sending again.
    Backoff,
}

/// A stretch of a lifeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// What it tells about.
    pub about: About,
    /// What lasts.
    pub kind: SpanKind,
    /// Its upper end.
    pub at: Point,
    /// Its lower end, in pixels from the top.
    pub bottom: f64,
    /// Pixels aside of its lifeline, where others stand already.
    pub shift: f64,
    /// A word, possibly none.
    pub label: String,
    /// Where the word's middle is, in pixels from the top.
    pub label_y: f64,
}

/// A time at which two sides cannot reach one another.
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
    /// A word for it.
    pub label: &'static str,
}

/// Something that is not cut at the playhead but turns from pale to clear at its moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its moment.
    pub at: Time,
    /// Where, in pixels from the top.
    pub y: f64,
    /// What happens.
    pub what: Stamp,
}

/// What a glyph shows, by its place in the picture's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// The label of an arrow.
    Label(usize),
    /// The cross at the end of a lost packet.
    Cross(usize),
    /// The word beside a stretch.
    Word(usize),
    /// A mark.
    Mark(usize),
}

/// A packet in flight.
#[derive(Debug, Clone, PartialEq)]
pub struct Flight {
    /// What travels.
    pub kind: ArrowKind,
    /// Whether it will be lost.
    pub lost: bool,
    /// The message.
    pub message: Option<MessageNo>,
    /// Where it is.
    pub at: Point,
}

/// No glyph reaches further below its place, in pixels.
const GLYPH: f64 = 16.0;

/// The shapes of a run, each list in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// From left to right.
    pub lifelines: Vec<Lifeline>,
    /// Every packet, exactly once.
    pub arrows: Vec<Arrow>,
    /// Glyphs.
    pub marks: Vec<Mark>,
    /// Stretches.
    pub spans: Vec<Span>,
    /// Times at which the network is cut.
    pub bands: Vec<Band>,
    /// What is written and stamped on the picture, in the order in which it turns clear.
    pub glyphs: Vec<Glyph>,
}

/// No place is ever NaN, so equality is total, and one shared picture is compared by its address.
impl Eq for Diagram {}

impl Diagram {
    /// The picture of a lane's run. Takes time in proportion to its steps.
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

    /// Brings all glyphs into one order.
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
        // Stable: at one moment labels come before what stands on them.
        glyphs.sort_by_key(|glyph| glyph.at);
        self.glyphs = glyphs;
    }

    /// The glyphs that are clear at a moment although they reach below its place, so many pixels from the
    /// top, each with its place in [`glyphs`](Diagram::glyphs).
    pub fn standing(&self, at: Time, y: f64) -> impl Iterator<Item = (usize, &Glyph)> {
        let clear = self.glyphs.iter().take_while(move |glyph| glyph.at <= at);
        clear.enumerate().filter(move |(_, glyph)| glyph.y + GLYPH > y)
    }

    /// The packets that are on their way at a moment.
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

/// What the parts of a diagram are made from.
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

/// The lifelines of a lane, from left to right. Members of a group stand closer together than participants do.
pub fn lifelines(experiment: &Experiment, lane: usize, trace: &Trace) -> Vec<Lifeline> {
    let scenario = &experiment.scenario;
    let configured = experiment.lanes.get(lane).map_or(1, |lane| lane.consumer.instances.get());
    let seen = trace.packets.iter().filter_map(|packet| packet.to.member());
    let seen = seen.map(|member| u64::from(member) + 1);
    let members = seen.max().unwrap_or(1).max(configured.min(8));
    // Of many members each has less room, so that the other names stay legible.
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

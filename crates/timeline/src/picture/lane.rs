//! A lane of a picture: a card with its name, the heads of its lifelines, its diagram and its ledger.

use super::ledger::Books;
use super::letters::{Type, type_of};
use super::scene::Scene;
use crate::diagram::Lifeline;
use crate::svg_writer::SvgWriter;
use crate::{Axis, Camera, Diagram, Ledger};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{Time, Trace};

/// The padding of a card, in pixels.
const PADDING: f64 = 10.0;
/// The height of the name.
const NAME: f64 = 30.0;
/// The line height in a head, and the height of a head without its lines.
const HEAD_LINE: f64 = 13.0;
const HEAD_REST: f64 = 9.0;
/// The space below the heads, and where the members' numbers go in it.
const UNDER_HEADS: f64 = 6.0;
const MEMBERS: f64 = 12.0;

const NAMED: Type = type_of(15.0, true);
const WHOSE: Type = type_of(11.0, true);
const SMALL: Type = type_of(9.0, true);
/// A word too wide for its head by up to this factor is squeezed to fit; a wider one is broken.
const SQUEEZED: f64 = 1.5;

/// A lane, laid out.
pub(super) struct Lane {
    lane: usize,
    name: String,
    diagram: Diagram,
    heads: Vec<Head>,
    books: Books,
    /// Including the frame.
    width: f64,
}

/// The name above a lifeline, or above those of a group.
struct Head {
    /// Its centre and its width, in pixels.
    x: f64,
    width: f64,
    lines: Vec<String>,
    small: bool,
}

/// The measures that the lanes of a row share, so that they line up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    /// The part of the diagrams to show.
    pub camera: Camera,
    heads: f64,
    members: f64,
    books: f64,
}

impl Band {
    /// The heights that fit all of these lanes.
    pub(super) fn of(lanes: &[Lane], camera: Camera) -> Band {
        let lines = lanes.iter().flat_map(|lane| &lane.heads);
        let lines = lines.map(|head| head.lines.len()).max().unwrap_or(1);
        let group = lanes.iter().any(|lane| lane.members().next().is_some());
        let books = lanes.iter().map(|lane| lane.books.height());
        Band {
            camera,
            heads: lines as f64 * HEAD_LINE + HEAD_REST,
            members: if group { MEMBERS } else { 0.0 },
            books: books.fold(0.0, f64::max),
        }
    }

    fn over_diagram(self) -> f64 {
        NAME + self.heads + self.members + UNDER_HEADS
    }

    /// The height of a card.
    pub(super) fn height(self) -> f64 {
        self.over_diagram() + self.camera.height + self.books + PADDING
    }
}

impl Lane {
    /// Lays out a lane, by index from 0, at this width including its frame, as of a moment.
    pub(super) fn of(
        experiment: &Experiment,
        lane: usize,
        trace: &Trace,
        axis: &Axis,
        at: Option<Time>,
        width: f64,
    ) -> Lane {
        let room = width - 2.0 * PADDING;
        let diagram = Diagram::of(experiment, lane, trace, axis);
        let heads = heads(experiment, &diagram.lifelines, room);
        let until = at.unwrap_or(Time::from_micros(u64::MAX));
        let ledger = Ledger::at(experiment, lane, trace, until);
        Lane {
            lane,
            name: experiment.lane_name(lane),
            diagram,
            heads,
            books: Books::of(ledger, room),
            width,
        }
    }

    /// Its balance in a sentence.
    pub(super) fn sentence(&self) -> String {
        format!("{}: {}.", self.name, self.books.sentence())
    }

    /// Draws it with its upper left corner at this position.
    pub(super) fn draw(
        &self,
        svg: &mut SvgWriter,
        (x, y): (f64, f64),
        band: Band,
        axis: &Axis,
        at: Option<Time>,
    ) {
        let room = self.room();
        svg.open_at("", x, y);
        svg.rect("sheet", [0.0, 0.0, self.width, band.height()], 12.0, false);
        let name = NAMED.cut(&self.name, room);
        svg.text("name", (PADDING, 22.0), &name);
        svg.open_at("", PADDING, NAME);
        for head in &self.heads {
            head.draw(svg, band.heads);
        }
        for line in self.members() {
            let number = line.member.map(|number| number.to_string());
            let spot = (line.x * room / 100.0, band.heads + MEMBERS - 2.0);
            svg.text("member", spot, &number.unwrap_or_default());
        }
        svg.close();
        svg.open_at("", PADDING, band.over_diagram() - band.camera.offset);
        self.scene(axis, band.camera, at).draw(svg);
        svg.close();
        let below = band.over_diagram() + band.camera.height;
        svg.open_at("", PADDING, below);
        self.books.draw(svg);
        svg.close();
        svg.close();
    }

    /// Its diagram.
    pub(super) fn scene<'a>(
        &'a self,
        axis: &'a Axis,
        camera: Camera,
        at: Option<Time>,
    ) -> Scene<'a> {
        Scene { diagram: &self.diagram, lane: self.lane, axis, camera, at, width: self.room() }
    }

    /// The width of its diagram, in pixels.
    pub(super) fn room(&self) -> f64 {
        self.width - 2.0 * PADDING
    }

    fn members(&self) -> impl Iterator<Item = &Lifeline> {
        let lines = self.diagram.lifelines.iter();
        lines.filter(|line| line.member.is_some())
    }
}

impl Head {
    fn draw(&self, svg: &mut SvgWriter, height: f64) {
        let left = self.x - self.width / 2.0;
        svg.rect("who", [left, 0.0, self.width, height], 6.0, false);
        let first = (height - self.lines.len() as f64 * HEAD_LINE) / 2.0 + 10.0;
        let whose = if self.small { "whose small" } else { "whose" };
        for (number, line) in self.lines.iter().enumerate() {
            let y = first + number as f64 * HEAD_LINE;
            let spot = (self.x, y);
            let type_ = if self.small { SMALL } else { WHOSE };
            let room = self.width - 2.0;
            if type_.width(line) > room {
                svg.squeezed(whose, spot, line, room);
            } else {
                svg.text(whose, spot, line);
            }
        }
    }
}

/// The heads of the lifelines. The members of a group share one.
fn heads(experiment: &Experiment, lines: &[Lifeline], room: f64) -> Vec<Head> {
    let scale = room / 100.0;
    let members = || lines.iter().filter(|line| line.member.is_some());
    let (first, last) = (members().next(), members().next_back());
    let group = match (first, last) {
        (Some(first), Some(last)) => Some((first.x - 6.0, last.x + 6.0)),
        _ => None,
    };
    let mut heads = Vec::new();
    for line in lines {
        let (x, width, label) = match (line.member, group) {
            (None, _) | (_, None) => {
                // A name is centred on its line, so its half-width ends at the nearer edge.
                let half = (line.width / 2.0).min(line.x).min(100.0 - line.x);
                (line.x, 2.0 * half.max(4.0), line.label.clone())
            }
            (Some(1), Some((from, to))) => {
                let name = experiment.scenario.consumer.to_string();
                ((from + to) / 2.0, to - from, name)
            }
            (Some(_), Some(_)) => continue,
        };
        let (x, width) = (x * scale, width * scale - 4.0);
        let longest = |type_: Type| {
            let words = label.split_whitespace();
            words.map(|word| type_.width(word)).fold(0.0, f64::max)
        };
        let room = (width - 2.0).max(8.0);
        let small = longest(WHOSE) > room;
        let type_ = if small { SMALL } else { WHOSE };
        let squeezed = longest(type_).clamp(room, SQUEEZED * room);
        let lines = type_.lines(&label, squeezed, 3);
        heads.push(Head { x, width, lines, small });
    }
    heads
}

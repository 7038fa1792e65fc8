//! The standalone picture of an experiment: one SVG with every lane side by side, what goes wrong, in words,
//! and how it ends. It needs no script, no font and no other file.
//!
//! | file | owns |
//! |---|---|
//! | `faults` | what goes wrong, in words |
//! | `lane` | a lane: its name, its diagram, its ledger |
//! | `ledger` | what became of each message, and the books |
//! | `scene` | a lane's diagram |
//! | `letters` | how much room a text takes |
//! | `style` | the rules that go along |
//!
//! It draws the same [shapes](super::shape) as the page, with the `pencil`. It is a pure function, so the same experiment gives the same file.

mod faults;
mod lane;
mod ledger;
mod letters;
mod scene;
mod style;
#[cfg(test)]
mod tests;

use self::lane::{Band, Lane};
use self::letters::{Type, type_of};
use super::axis::Axis;
use super::camera::Camera;
use super::palette::{Look, coloured};
use super::shape::{self, Anchor, Form, Shape};
use super::svg_writer::SvgWriter;
use super::xml::escaped;
use ackground_core::experiment::Experiment;
use ackground_core::sim::{Time, Trace, simulate};
use ackground_words::story;

ackground_core::words! {
    /// How a picture is coloured.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Theme {
        /// Dark on light.
        #[default]
        Light = "light",
        /// Light on dark.
        Dark = "dark",
        /// As the reader's system has it.
        Auto = "auto",
    }
}

/// Options for a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureOptions {
    /// The moment: whatever comes later is faint. Without one, or at the end, the whole run is clear.
    pub at: Option<Time>,
    /// Its colours.
    pub theme: Theme,
    /// The width in pixels, from [`NARROWEST`] to [`WIDEST`]; by default the natural width of its lanes.
    pub width: Option<u16>,
}

/// The narrowest picture, in pixels.
pub const NARROWEST: u16 = 280;
/// The maximum width, in pixels.
pub const WIDEST: u16 = 2400;

/// The natural width of a lane with its frame, in pixels.
const LANE: f64 = 340.0;
/// The narrowest legible lane, in pixels: below this, lanes wrap into another row.
const NARROW_LANE: f64 = 190.0;
/// The margin around the picture and between lanes, in pixels.
const MARGIN: f64 = 16.0;
const GAP: f64 = 12.0;
/// The tallest diagram, in pixels: a longer run is cropped, and the picture says so.
const TALLEST: f64 = 2000.0;
/// Where in a cropped diagram the moment is, as a share of its height.
const PRESENT: f64 = 0.62;

const TITLE: Type = type_of(20.0, true);
const SAID: Type = type_of(13.0, false);
/// The line height of the title, in pixels.
const TITLE_LINE: f64 = 26.0;
const SAID_LINE: f64 = 18.0;
/// The most lines of text above the lanes.
const MOST_SAID: usize = 8;

/// Draws an experiment as the text of an SVG file. Costs one simulation of each lane.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_timeline::picture::{PictureOptions, svg};
///
/// let picture = svg(&Experiment::default(), &PictureOptions::default());
/// assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
/// assert!(picture.contains("Message 2 is lost on its way to the broker."));
/// ```
pub fn svg(experiment: &Experiment, options: &PictureOptions) -> String {
    let traces: Vec<Trace> =
        (0..experiment.lanes.len()).map(|lane| simulate(experiment, lane)).collect();
    svg_of(experiment, &traces.iter().collect::<Vec<_>>(), options)
}

/// Draws an experiment whose lanes have these runs, in their order.
pub fn svg_of(experiment: &Experiment, traces: &[&Trace], options: &PictureOptions) -> String {
    let axis = Axis::of(traces.iter().copied());
    let at = options.at.filter(|at| *at < axis.end());
    let camera = camera(&axis, at);
    let plan = Plan::of(traces.len(), options.width);
    let lanes: Vec<Lane> = traces
        .iter()
        .enumerate()
        .map(|(lane, trace)| Lane::of(experiment, lane, trace, &axis, at, plan.lane))
        .collect();
    let mut svg = SvgWriter::default();
    let title = story::headline(experiment).title;
    let mut y = MARGIN;
    for line in TITLE.lines(&title, plan.room(), 3) {
        y += TITLE_LINE;
        svg.text("title", (MARGIN, y - 6.0), &line);
    }
    let mut said = said(experiment, &axis, camera, at);
    if lanes.iter().any(|lane| lane.scene(&axis, camera, at).crowded()) {
        said.push_str(" Where a lot happens at once, only part of it is drawn.");
    }
    for line in SAID.lines(&said, plan.room(), MOST_SAID) {
        y += SAID_LINE;
        svg.text("said", (MARGIN, y - 2.0), &line);
    }
    y += GAP;
    for row in lanes.chunks(plan.across) {
        // The lanes of a row line up.
        let band = Band::of(row, camera);
        for (place, lane) in row.iter().enumerate() {
            let x = MARGIN + place as f64 * (plan.lane + GAP);
            lane.draw(&mut svg, (x, y), band, &axis, at);
        }
        y += band.height() + GAP;
    }
    y += 8.0;
    svg.text("foot", (MARGIN, y), "Ackground");
    let says = format!("seed {}", experiment.seed.get()).into();
    let seed = Form::Text { says, more: "", anchor: Some(Anchor::End) };
    let right = shape::at(plan.width - MARGIN, y);
    svg.paint(&Shape::new("foot", right, seed), plan.width);
    let size = (plan.width, y + MARGIN - 4.0);
    let defined = lanes
        .first()
        .map_or_else(String::new, |lane| scene::defined(&axis, camera, at, lane.room()));
    let words = (title.as_str(), description(&lanes, &said));
    written(svg, &defined, size, words, options.theme)
}

/// The part of the runs to show: all of it if there is room.
fn camera(axis: &Axis, at: Option<Time>) -> Camera {
    let height = axis.height().min(TALLEST);
    let offset = at.map_or(0.0, |at| axis.y(at) - PRESENT * height);
    Camera { height, offset: offset.clamp(0.0, axis.height() - height) }
}

/// The layout: how many lanes per row, and how wide everything is.
struct Plan {
    width: f64,
    lane: f64,
    across: usize,
}

impl Plan {
    fn of(lanes: usize, width: Option<u16>) -> Plan {
        let lanes = lanes.max(1);
        let natural = |lanes: usize| 2.0 * MARGIN + lanes as f64 * (LANE + GAP) - GAP;
        // A single lane is still wide enough for the title.
        let width = width.map_or(natural(lanes.max(2)).min(natural(4)), |width| {
            f64::from(width.clamp(NARROWEST, WIDEST))
        });
        let of = |across: usize| (width - 2.0 * MARGIN + GAP) / across as f64 - GAP;
        // As many per row as stay legible, with rows as even as possible.
        let most = (1..=lanes).rev().find(|across| of(*across) >= NARROW_LANE);
        let rows = lanes.div_ceil(most.unwrap_or(1));
        let across = lanes.div_ceil(rows);
        Plan { width, lane: of(across), across }
    }

    /// The width between the margins.
    fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }
}

/// The text above the lanes: what goes wrong, and which part of the run is shown.
fn said(experiment: &Experiment, axis: &Axis, camera: Camera, at: Option<Time>) -> String {
    let mut said = faults::sentences(experiment);
    if let Some(at) = at {
        let clock = story::clock(at);
        said.push(format!("At {clock}; later events are pale."));
    }
    if camera.partial(axis) {
        let (from, to) = (camera.offset, camera.offset + camera.height);
        let [from, to] = [from, to].map(|y| story::clock(axis.time(y)));
        let whole = story::clock(axis.end());
        let books = if at.is_some() { "then" } else { "at the end" };
        said.push(format!(
            "The run takes {whole}; the picture shows {from} to {to}, with the ledger as it stands {books}."
        ));
    }
    said.join(" ")
}

/// A text description of the picture.
fn description(lanes: &[Lane], said: &str) -> String {
    let mut all: Vec<String> = lanes.iter().map(Lane::sentence).collect();
    all.push(said.to_owned());
    all.join(" ")
}

fn written(
    svg: SvgWriter,
    defined: &str,
    (width, height): (f64, f64),
    (title, description): (&str, String),
    theme: Theme,
) -> String {
    let (body, signs, mut used) = svg.finish();
    used.extend(["picture", "paper", "head", "hatch"].map(str::to_owned));
    let rules = style::rules(&used, theme);
    let ground = match theme {
        Theme::Auto => String::new(),
        Theme::Light | Theme::Dark => {
            let look = if theme == Theme::Dark { Look::Dark } else { Look::Light };
            // A fallback: programs without style sheets still show the background.
            coloured(r#" fill="var(--paper)""#, look)
        }
    };
    let (width, height) = (width.round(), height.round());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         class=\"picture\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"title description\">\n<title id=\"title\">{}</title>\n\
         <desc id=\"description\">{}</desc>\n<style>{}</style>\n<defs>\n{}{signs}</defs>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"{ground}/>\n{body}</svg>\n",
        escaped(title),
        escaped(&description),
        escaped(&rules),
        defined,
    )
}

//! What the page shows, and every way to change it.
//!
//! A [`State`] is everything the page is a function of. [`reduce`] is pure: a state and an
//! [`Action`] give the next state, or `None` when nothing has changed, so that nothing is drawn
//! anew. It knows nothing of Yew or the browser and is tested natively; the hooks turn clicks, the
//! address and the clock into actions.

mod action;
pub mod address;
pub mod apart;
pub mod asked;
pub mod class;
mod edit;
pub mod embed;
pub mod form;
pub mod gallery;
pub mod guide;
mod idle;
mod inspect;
pub mod keys;
pub mod learn;
mod moment;
mod notice;
pub mod open;
mod past;
mod place;
mod playback;
pub mod proofs;
mod reduce;
mod runs;
mod setup;
mod share;
mod sheet;
#[cfg(test)]
mod tests;
mod theme;
mod typed;
pub mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub use action::{Action, Touch};
pub use address::Entry;
pub use asked::Asked;
pub use class::{ClassAct, Room};
pub use embed::Embed;
pub use gallery::Gallery;
pub use guide::Recommended;
pub use idle::idle;
pub use inspect::Inspected;
pub use notice::Notice;
pub use open::Given;
pub use past::Past;
pub use place::Place;
pub use playback::{Direction, Speed};
pub use reduce::reduce;
pub use runs::LaneRun;
pub use share::SharePart;
pub use sheet::Sheet;
pub use theme::Theme;
pub use typed::Unit;
pub use views::{
    ClassChoices, ClassPart, LearnChoices, Learning, MeasureChoices, Picture, ProveChoices, View,
    Views,
};

use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::Axis;

/// Text that the experiment could not take, kept where it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was typed.
    pub text: String,
    /// Why it was not taken, and what is allowed.
    pub message: String,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What decides everything else.
    pub experiment: Rc<Experiment>,
    /// Which view of it is shown, and what is chosen there.
    pub views: Views,
    /// What happens in each lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The common time axis of all lanes.
    pub axis: Rc<Axis>,
    /// The moment that is shown.
    pub playhead: Time,
    /// Whether the playhead moves by itself.
    pub playing: bool,
    /// How fast it does.
    pub speed: Speed,
    /// What the page has to say about itself.
    pub notice: Option<Notice>,
    /// What was typed and could not be taken, by place.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// Whether all settings are shown.
    pub settings_open: bool,
    /// The folds of settings that are open, by their titles.
    pub unfolded: Rc<BTreeSet<&'static str>>,
    /// What lies over the page, if anything does.
    pub sheet: Option<Sheet>,
    /// The message whose result is being explained.
    pub asked: Option<Asked>,
    /// The configuration that was pasted last, as text.
    pub pasted: Rc<str>,
    /// What a teacher has on the desk.
    pub class: Rc<Room>,
    /// What is looked at closely in a picture.
    pub inspected: Option<Inspected>,
    /// What can be undone and done again.
    pub past: Past,
    /// How the address relates to the experiment.
    pub entry: Entry,
    /// The place of an edit that goes on.
    stroke: Option<Place>,
}

impl State {
    /// What an address with this fragment shows: the whole run, paused, at the moment that it names or
    /// else at its end.
    pub fn open(fragment: &str) -> State {
        let address::Asked { experiment, views, at, sheet, notice } =
            address::read(fragment, &Views::default());
        let shown = State::of(experiment);
        State {
            views,
            playhead: at.map_or(shown.playhead, |at| at.min(shown.playhead)),
            notice,
            sheet,
            ..shown
        }
    }

    /// The whole run of an experiment, paused, at its end.
    pub fn of(experiment: Experiment) -> State {
        let runs = runs::run(&experiment, None);
        let axis = axis(&runs);
        State {
            experiment: Rc::new(experiment),
            views: Views::default(),
            playhead: axis.end(),
            runs,
            axis,
            playing: false,
            speed: Speed::default(),
            notice: None,
            refused: Rc::default(),
            settings_open: false,
            unfolded: Rc::default(),
            sheet: None,
            asked: None,
            pasted: Rc::from(""),
            class: Rc::default(),
            inspected: None,
            past: Past::default(),
            entry: Entry { number: 0, from_address: true },
            stroke: None,
        }
    }

    /// Whether the playhead is at the end of the run.
    pub fn at_end(&self) -> bool {
        self.playhead >= self.axis.end()
    }

    /// Whether an edit goes on, such as the drag of a slider.
    pub fn editing(&self) -> bool {
        self.stroke.is_some()
    }

    /// The state with this experiment in place of its own, edited at `place`; the edit goes on if
    /// it is `live`. Edits at one place that go on are one act, the last one included.
    fn edited(&self, experiment: Experiment, place: Option<Place>, live: bool) -> State {
        let goes_on = self.stroke.is_some() && self.stroke == place;
        let number = self.entry.number + u64::from(!goes_on);
        State {
            entry: Entry { number, from_address: false },
            stroke: place.filter(|_| live),
            notice: None,
            sheet: self.sheet.filter(Sheet::stays),
            inspected: None,
            ..self.showing(Rc::new(experiment))
        }
    }

    /// The state with other views: an act of its own. Nothing plays that is not seen.
    fn viewed(&self, views: Views) -> State {
        State {
            views,
            playing: false,
            sheet: None,
            inspected: None,
            stroke: None,
            entry: Entry { number: self.entry.number + 1, from_address: false },
            ..self.clone()
        }
    }

    /// The state with this experiment, its runs and its axis.
    fn showing(&self, experiment: Rc<Experiment>) -> State {
        let runs = runs::run(&experiment, Some((&self.experiment, &self.runs)));
        let axis = if same_runs(&runs, &self.runs) { self.axis.clone() } else { axis(&runs) };
        let playhead = playback::kept(&self.axis, &axis, self.playhead);
        let asked = self.asked.and_then(|asked| asked.followed(&self.experiment, &experiment));
        State { asked, experiment, runs, axis, playhead, ..self.clone() }
    }
}

fn axis(runs: &[Rc<LaneRun>]) -> Rc<Axis> {
    Rc::new(Axis::of(runs.iter().map(|run| &*run.trace)))
}

fn same_runs(a: &[Rc<LaneRun>], b: &[Rc<LaneRun>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Rc::ptr_eq(a, b))
}

impl yew::Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        reduce(&self, action).map_or(self, Rc::new)
    }
}

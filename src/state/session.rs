//! The session: everything that the page is a function of, and the few transitions that every act is made of.
//!
//! A feature takes a [`State`] and gives the next one with these; it never fills the fields in itself.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::address::{self, Entry};
use super::edit;
use super::field_path::FieldPath;
use super::notice::Notice;
use super::playback::{self, Speed};
use super::runs::{self, LaneRun};
use super::sheet::Sheet;
use super::undo_history::UndoHistory;
use super::views::{View, Views};
use crate::class::state::TeacherState;
use crate::why::state::explained_message::ExplainedMessage;
use crate::why::state::inspect::Inspected;
use ackground_core::experiment::{Experiment, Lane, Lanes};
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

/// Whether an edit stands, or goes on as a slider is dragged or a text is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// It stands: one act, one entry in the history.
    Done,
    /// It goes on until [`Action::Release`](super::action::Action::Release); all of it is one act.
    Live,
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
    pub refused: Rc<BTreeMap<FieldPath, Refusal>>,
    /// Whether all settings are shown.
    pub settings_open: bool,
    /// The folds of settings that are open, by their titles.
    pub unfolded: Rc<BTreeSet<&'static str>>,
    /// What lies over the page, if anything does.
    pub sheet: Option<Sheet>,
    /// The message whose result is being explained.
    pub asked: Option<ExplainedMessage>,
    /// The configuration that was pasted last, as text.
    pub pasted: Rc<str>,
    /// What a teacher has at hand.
    pub class: Rc<TeacherState>,
    /// What is looked at closely in a picture.
    pub inspected: Option<Inspected>,
    /// What can be undone and done again.
    pub past: UndoHistory,
    /// How the address relates to the experiment.
    pub entry: Entry,
    /// The place of an edit that goes on.
    pub(crate) stroke: Option<FieldPath>,
}

impl State {
    /// What an address with this fragment shows: the whole run, paused, at the moment that it names or
    /// else at its end.
    pub fn open(fragment: &str) -> State {
        let address::AddressContent { experiment, views, at, sheet, notice } =
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
            past: UndoHistory::default(),
            entry: Entry { number: 0, from_address: true },
            stroke: None,
        }
    }

    /// The moment that belongs in the address: one that stands, in Watch, before the end.
    pub fn moment(&self) -> Option<Time> {
        let shown = self.views.shown == View::Watch;
        (shown && !self.playing && !self.at_end()).then_some(self.playhead)
    }

    /// The entry of an address that may follow the playhead. One that was not understood stays as it
    /// came.
    pub(crate) fn following(&self) -> Entry {
        Entry { from_address: self.entry.from_address && self.notice.is_some(), ..self.entry }
    }

    /// Whether the playhead is at the end of the run.
    pub fn at_end(&self) -> bool {
        self.playhead >= self.axis.end()
    }

    /// Whether an edit goes on, such as the drag of a slider.
    pub fn editing(&self) -> bool {
        self.stroke.is_some()
    }

    /// The state with this experiment in place of its own, edited at `field_path`; the edit goes on if
    /// it is `live`. Edits at one place that go on are one act, the last one included.
    pub(crate) fn edited(
        &self,
        experiment: Experiment,
        place: Option<FieldPath>,
        live: bool,
    ) -> State {
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

    /// The state after one act that gave this experiment.
    pub(crate) fn replaced(&self, experiment: Experiment) -> Option<State> {
        (experiment != *self.experiment).then(|| {
            // Lanes and lines may have moved: a text that was refused there says nothing any more.
            let refused = self.refused.iter().filter(|(place, _)| !place.moves());
            let refused =
                refused.map(|(place, refusal)| (place.clone(), refusal.clone())).collect();
            State { refused: Rc::new(refused), ..self.edited(experiment, None, false) }
        })
    }

    /// The state after an edit at a place that was taken or refused.
    pub(crate) fn entered(
        &self,
        place: FieldPath,
        text: &str,
        edited: Result<Experiment, String>,
        touch: Touch,
    ) -> Option<State> {
        let refusal = edited.as_ref().err();
        let refusal =
            refusal.map(|message| Refusal { text: text.to_owned(), message: message.clone() });
        let before = self.refused.get(&place);
        let mut next = match edited {
            Ok(experiment) if experiment != *self.experiment => {
                self.edited(experiment, Some(place.clone()), touch == Touch::Live)
            }
            _ if before == refusal.as_ref() && (touch == Touch::Live || !self.editing()) => {
                return None;
            }
            _ => State {
                stroke: self.stroke.clone().filter(|_| touch == Touch::Live),
                ..self.clone()
            },
        };
        if before != refusal.as_ref() {
            let refused = Rc::make_mut(&mut next.refused);
            match refusal {
                Some(refusal) => refused.insert(place, refusal),
                None => refused.remove(&place),
            };
        }
        next.forget_what_fits_now(self);
        Some(next)
    }

    /// What was refused in a lane because of another of its settings is forgotten once that has changed:
    /// the reason would not be true any more.
    fn forget_what_fits_now(&mut self, before: &State) {
        if Rc::ptr_eq(&before.experiment, &self.experiment) {
            return;
        }
        let still_wrong = |place: &FieldPath, refusal: &Refusal| {
            place.in_lane().is_none() || edit::edit(&self.experiment, place, &refusal.text).is_err()
        };
        let mut refused = self.refused.clone();
        if refused.iter().any(|(place, refusal)| !still_wrong(place, refusal)) {
            Rc::make_mut(&mut refused).retain(|place, refusal| still_wrong(place, refusal));
            self.refused = refused;
        }
    }

    /// The state after one act that gave these lanes; `None` if they are too few or too many.
    pub(crate) fn with_lanes(&self, change: impl FnOnce(&mut Vec<Lane>)) -> Option<State> {
        let mut lanes = self.experiment.lanes.to_vec();
        change(&mut lanes);
        let lanes = Lanes::new(lanes)?;
        self.replaced(Experiment { lanes, ..Experiment::clone(&self.experiment) })
    }

    /// The state with other views: an act of its own. Nothing plays that is not seen.
    pub(crate) fn viewed(&self, views: Views) -> State {
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
    pub(crate) fn showing(&self, experiment: Rc<Experiment>) -> State {
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

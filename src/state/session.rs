//! The session: everything the page is a function of, and the basic transitions.
//!
//! Features build the next [`State`] with these transitions instead of setting its fields.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::address::{self, Entry};
use super::edit;
use super::field_path::FieldPath;
use super::notice::Notice;
use super::pace::LazyPace;
use super::playback::{self, Dwell, Playing, Speed};
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

/// Rejected input, kept at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub text: String,
    /// Why it was rejected, and what is allowed.
    pub message: String,
    /// What was probably meant, for a button that takes it.
    pub meant: Option<String>,
}

/// Whether an edit is final, or in progress while a slider is dragged or text is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Final: one undo step, one history entry.
    Done,
    /// In progress until [`Action::Release`](super::action::Action::Release); all of it is one undo step.
    Live,
}

/// Pictures stay as they are where they would grow by less than this, in pixels.
const SLACK: f64 = 24.0;

#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub experiment: Rc<Experiment>,
    pub views: Views,
    /// One run per lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The time axis, common to all lanes.
    pub axis: Rc<Axis>,
    /// The height that there is for a picture, in pixels, once it was measured.
    pub room: Option<f64>,
    /// Where playback stops, and for how long.
    pub pace: Rc<LazyPace>,
    /// How many messages a person has sent by hand, while they do so.
    pub sending: Option<u16>,
    pub playhead: Time,
    pub playing: bool,
    pub dwell: Dwell,
    pub speed: Speed,
    pub notice: Option<Notice>,
    /// Rejected input, by field.
    pub refused: Rc<BTreeMap<FieldPath, Refusal>>,
    /// Whether the faults are unfolded.
    pub faults_open: bool,
    /// The sheet over the page.
    pub sheet: Option<Sheet>,
    pub asked: Option<ExplainedMessage>,
    /// The configuration that was pasted last, verbatim.
    pub pasted: Rc<str>,
    pub class: Rc<TeacherState>,
    /// What the inspector is open on.
    pub inspected: Option<Inspected>,
    pub past: UndoHistory,
    pub entry: Entry,
    /// The field of the live edit.
    pub(crate) stroke: Option<FieldPath>,
}

impl State {
    /// The state for an address: the run, paused at the moment in the fragment, or where it opens if there is
    /// none.
    pub fn open(fragment: &str) -> State {
        let address::AddressContent { experiment, views, at, sheet, notice } =
            address::read(fragment, &Views::default());
        let shown = State::of(experiment);
        State {
            views,
            playhead: at.map_or(shown.playhead, |at| at.min(shown.axis.end())),
            notice,
            sheet,
            ..shown
        }
    }

    /// The run of an experiment, paused where it opens.
    pub fn of(experiment: Experiment) -> State {
        let runs = runs::run(&experiment, None);
        let axis = axis(&runs, None);
        let experiment = Rc::new(experiment);
        State {
            pace: Rc::new(LazyPace::of(experiment.clone(), runs.clone(), axis.clone())),
            experiment,
            views: Views::default(),
            playhead: playback::opening(&axis),
            runs,
            axis,
            room: None,
            sending: None,
            playing: false,
            dwell: Dwell::default(),
            speed: Speed::default(),
            notice: None,
            refused: Rc::default(),
            faults_open: false,
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

    /// The moment to write into the address: the paused playhead in Watch, unless the run opens there anyway.
    pub fn moment(&self) -> Option<Time> {
        let shown = self.views.shown == View::Watch;
        let opening = || self.playhead == playback::opening(&self.axis);
        (shown && !self.playing && !opening()).then_some(self.playhead)
    }

    /// Where playback stands.
    pub(crate) fn now(&self) -> Playing {
        Playing { at: self.playhead, dwell: self.dwell }
    }

    /// The entry for a state whose address may follow the playhead. An address that was not understood stays
    /// as it is.
    pub(crate) fn following(&self) -> Entry {
        Entry { from_address: self.entry.from_address && self.notice.is_some(), ..self.entry }
    }

    /// Where playback stops while messages are sent by hand: just before the next one would be.
    pub(crate) fn until(&self) -> Time {
        let interval = Time::from_millis(self.experiment.interval_ms.get());
        match self.sending {
            Some(sent) if u64::from(sent) < self.experiment.messages.get() => {
                let next = Time::from_micros(interval.micros() * u64::from(sent));
                next.max(Time::from_micros(1)) - Time::from_micros(1)
            }
            _ => self.axis.end(),
        }
    }

    pub fn at_end(&self) -> bool {
        self.playhead >= self.axis.end()
    }

    /// Whether a live edit, such as a slider drag, is in progress.
    pub fn editing(&self) -> bool {
        self.stroke.is_some()
    }

    /// Replaces the experiment after an edit of `field_path`, which stays in progress if `live`. Consecutive
    /// live edits of one field, including the final one, are a single undo step.
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

    /// Replaces the experiment, as one undo step.
    pub(crate) fn replaced(&self, experiment: Experiment) -> Option<State> {
        (experiment != *self.experiment).then(|| {
            // Indices may have shifted, so rejected text in lanes and lines may be at the wrong field now.
            let refused = self.refused.iter().filter(|(place, _)| !place.moves());
            let refused =
                refused.map(|(place, refusal)| (place.clone(), refusal.clone())).collect();
            State { refused: Rc::new(refused), ..self.edited(experiment, None, false) }
        })
    }

    /// Applies the result of an edit, accepted or rejected.
    pub(crate) fn entered(
        &self,
        place: FieldPath,
        text: &str,
        edited: Result<Experiment, edit::Complaint>,
        touch: Touch,
    ) -> Option<State> {
        let refusal = edited.as_ref().err().cloned();
        let refusal = refusal.map(|edit::Complaint { said, meant }| Refusal {
            text: text.to_owned(),
            message: said,
            meant,
        });
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

    /// Drops rejections that were caused by another setting of the lane once that setting has changed: the
    /// reason may no longer hold.
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

    /// Changes the lanes, as one undo step; `None` if there would be too few or too many.
    pub(crate) fn with_lanes(&self, change: impl FnOnce(&mut Vec<Lane>)) -> Option<State> {
        let mut lanes = self.experiment.lanes.to_vec();
        change(&mut lanes);
        let lanes = Lanes::new(lanes)?;
        self.replaced(Experiment { lanes, ..Experiment::clone(&self.experiment) })
    }

    /// Shows the whole run of this experiment in Watch, as one undo step.
    pub(crate) fn watching(&self, experiment: Experiment) -> State {
        // It may be there already, and is only shown then.
        let next = self.replaced(experiment).unwrap_or_else(|| self.clone());
        let watched = State { entry: self.entry, playhead: next.axis.end(), ..next };
        State { refused: Rc::default(), ..watched.viewed(self.views.showing(View::Watch)) }
    }

    /// Switches views, as one undo step. Pauses if the run is no longer visible.
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

    /// The state with pictures as high as the room that there is; `None` if they are, or nearly so.
    pub(crate) fn fitted(&self, room: f64) -> Option<State> {
        let fits = |now: f64| (-4.0..SLACK).contains(&(room - now));
        (!self.room.is_some_and(fits)).then(|| {
            let axis = axis(&self.runs, Some(room));
            let playhead = playback::kept(&self.axis, &axis, self.playhead);
            State { room: Some(room), axis, playhead, ..self.clone() }
        })
    }

    /// The state with this experiment, its runs and its axis.
    pub(crate) fn showing(&self, experiment: Rc<Experiment>) -> State {
        let runs = runs::run(&experiment, Some((&self.experiment, &self.runs)));
        let (axis, pace) = if same_runs(&runs, &self.runs) {
            (self.axis.clone(), self.pace.clone())
        } else {
            let axis = axis(&runs, self.room);
            let pace = LazyPace::of(experiment.clone(), runs.clone(), axis.clone());
            (axis, Rc::new(pace))
        };
        let playhead = playback::kept(&self.axis, &axis, self.playhead);
        let asked = self.asked.and_then(|asked| asked.followed(&self.experiment, &experiment));
        State { asked, experiment, runs, axis, pace, playhead, ..self.clone() }
    }
}

fn axis(runs: &[Rc<LaneRun>], room: Option<f64>) -> Rc<Axis> {
    let axis = Axis::of(runs.iter().map(|run| &*run.trace));
    Rc::new(match room {
        Some(room) => axis.fitted(room),
        None => axis,
    })
}

fn same_runs(a: &[Rc<LaneRun>], b: &[Rc<LaneRun>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Rc::ptr_eq(a, b))
}

//! What was before and what was taken back: undo and redo.
//!
//! Kept are experiments and what is chosen in the views; both are shared, so a moment costs next to
//! nothing. Which view is shown, what is read in Learn, what a teacher looks at and where the playhead
//! stands are no acts: they only come back along with
//! an act. What an act did is said by comparing both sides of it, in `said`; nobody has to name it.

mod said;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::address::Entry;
use super::sheet::Sheet;
use super::{State, Views};
use ackground_core::experiment::Experiment;

/// So many acts can be undone.
pub const MOST: usize = 100;

/// What comes back when an act is undone.
#[derive(Clone, Debug, PartialEq)]
struct Moment {
    experiment: Rc<Experiment>,
    views: Views,
}

impl Moment {
    fn of(state: &State) -> Moment {
        Moment { experiment: state.experiment.clone(), views: state.views.clone() }
    }

    /// Whether nothing that counts as an act is between this and another moment.
    fn same(&self, other: &Moment) -> bool {
        let alike = |a: &Moment, b: &Moment| {
            Rc::ptr_eq(&a.experiment, &b.experiment) || a.experiment == b.experiment
        };
        let elsewhere = Views {
            shown: other.views.shown,
            learn: other.views.learn.clone(),
            class: other.views.class.clone(),
            ..self.views.clone()
        };
        elsewhere == other.views && alike(self, other)
    }
}

/// The acts that can be undone and those that can be done again, the nearest last.
#[derive(Clone, Debug, Default)]
pub struct UndoHistory {
    undo: Rc<Vec<Moment>>,
    redo: Rc<Vec<Moment>>,
}

/// Compared by address first: this is asked for every frame.
impl PartialEq for UndoHistory {
    fn eq(&self, other: &UndoHistory) -> bool {
        let same = |a: &Rc<Vec<Moment>>, b: &Rc<Vec<Moment>>| Rc::ptr_eq(a, b) || a == b;
        same(&self.undo, &other.undo) && same(&self.redo, &other.redo)
    }
}

impl UndoHistory {
    /// How many acts can be undone.
    pub fn len(&self) -> usize {
        self.undo.len()
    }

    /// Whether nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.undo.is_empty()
    }
}

/// The state after an act, with the act remembered. An edit that goes on is part of the act that it began.
/// Back and forward in the browser are undo and redo where they lead to the same.
pub(crate) fn remember(before: &State, mut next: State) -> State {
    let (was, is) = (Moment::of(before), Moment::of(&next));
    if next.entry.number == before.entry.number || was.same(&is) {
        return next;
    }
    let UndoHistory { undo, redo } = &mut next.past;
    if next.entry.from_address && undo.last().is_some_and(|last| last.same(&is)) {
        Rc::make_mut(undo).pop();
        Rc::make_mut(redo).push(was);
    } else if next.entry.from_address && redo.last().is_some_and(|last| last.same(&is)) {
        Rc::make_mut(redo).pop();
        Rc::make_mut(undo).push(was);
    } else {
        let acts = Rc::make_mut(undo);
        if acts.len() == MOST {
            acts.remove(0);
        }
        acts.push(was);
        *redo = Rc::default();
    }
    next
}

/// The state without the latest act; `None` if there is none.
pub(crate) fn undo(state: &State) -> Option<State> {
    let mut past = state.past.clone();
    let last = Rc::make_mut(&mut past.undo).pop()?;
    Rc::make_mut(&mut past.redo).push(Moment::of(state));
    Some(go(state, last, past))
}

/// The state with the act that was undone last; `None` if there is none.
pub(crate) fn redo(state: &State) -> Option<State> {
    let mut past = state.past.clone();
    let next = Rc::make_mut(&mut past.redo).pop()?;
    Rc::make_mut(&mut past.undo).push(Moment::of(state));
    Some(go(state, next, past))
}

/// Another moment, as an entry of its own in the history of the address.
fn go(state: &State, to: Moment, past: UndoHistory) -> State {
    let Moment { experiment, views } = to;
    let views = Views { learn: state.views.learn.clone(), ..views };
    let playing = state.playing && views.shown == state.views.shown;
    State {
        past,
        views,
        playing,
        notice: None,
        sheet: state.sheet.filter(Sheet::stays),
        inspected: None,
        stroke: None,
        refused: Rc::default(),
        entry: Entry { number: state.entry.number + 1, from_address: false },
        ..state.showing(experiment)
    }
}

impl State {
    /// What undo would take back, in a few words; `None` if there is nothing.
    pub fn undoes(&self) -> Option<String> {
        let last = self.past.undo.last()?;
        Some(said::act(last, &Moment::of(self)))
    }

    /// What redo would do again, in a few words; `None` if there is nothing.
    pub fn redoes(&self) -> Option<String> {
        let next = self.past.redo.last()?;
        Some(said::act(&Moment::of(self), next))
    }
}

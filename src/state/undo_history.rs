//! Undo and redo.
//!
//! A step stores the experiment and the choices made in the views, both shared by `Rc`, so it is cheap.
//! Switching views, reading in Learn, moving about in the teachers' view and moving the playhead are not
//! steps of their own; they are restored along with one. `said` names a step by comparing the states before
//! and after it.

mod said;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::address::Entry;
use super::sheet::Sheet;
use super::{State, Views};
use ackground_core::experiment::Experiment;

/// How many steps can be undone.
pub const MOST: usize = 100;

/// What undo restores.
#[derive(Clone, Debug, PartialEq)]
struct Moment {
    experiment: Rc<Experiment>,
    views: Views,
}

impl Moment {
    fn of(state: &State) -> Moment {
        Moment { experiment: state.experiment.clone(), views: state.views.clone() }
    }

    /// Whether the two differ by nothing that counts as a step.
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

/// The undo and redo stacks; the top is last.
#[derive(Clone, Debug, Default)]
pub struct UndoHistory {
    undo: Rc<Vec<Moment>>,
    redo: Rc<Vec<Moment>>,
}

/// Compares pointers first: this runs on every frame.
impl PartialEq for UndoHistory {
    fn eq(&self, other: &UndoHistory) -> bool {
        let same = |a: &Rc<Vec<Moment>>, b: &Rc<Vec<Moment>>| Rc::ptr_eq(a, b) || a == b;
        same(&self.undo, &other.undo) && same(&self.redo, &other.redo)
    }
}

impl UndoHistory {
    pub fn len(&self) -> usize {
        self.undo.len()
    }

    pub fn is_empty(&self) -> bool {
        self.undo.is_empty()
    }
}

/// Pushes a step onto the undo stack. A live edit stays part of the step that it began. Browser back and
/// forward act as undo and redo if they lead to the same state.
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

/// Undoes the latest step; `None` if there is none.
pub(crate) fn undo(state: &State) -> Option<State> {
    let mut past = state.past.clone();
    let last = Rc::make_mut(&mut past.undo).pop()?;
    Rc::make_mut(&mut past.redo).push(Moment::of(state));
    Some(go(state, last, past))
}

/// Redoes the step undone last; `None` if there is none.
pub(crate) fn redo(state: &State) -> Option<State> {
    let mut past = state.past.clone();
    let next = Rc::make_mut(&mut past.redo).pop()?;
    Rc::make_mut(&mut past.undo).push(Moment::of(state));
    Some(go(state, next, past))
}

/// Restores a moment, as a new history entry.
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
    /// What undo would revert, in a few words.
    pub fn undoes(&self) -> Option<String> {
        let last = self.past.undo.last()?;
        Some(said::act(last, &Moment::of(self)))
    }

    /// What redo would restore, in a few words.
    pub fn redoes(&self) -> Option<String> {
        let next = self.past.redo.last()?;
        Some(said::act(&Moment::of(self), next))
    }
}

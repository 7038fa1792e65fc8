//! The inspector: what it is open on, and faults injected there.
//!
//! What can be done is up to [`acts`](ackground_timeline::acts). An edit adds or removes one script line, and
//! is one undo step.

use crate::state::State;
use crate::state::edit;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::acts::{Patch, Subject};

/// What the inspector is open on, and its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspected {
    /// The lane's index.
    pub lane: usize,
    pub subject: Subject,
    pub at: Time,
    /// In page coordinates, in pixels.
    pub spot: (i32, i32),
}

/// Opens the inspector, with the playhead at its moment and playback paused.
pub(crate) fn inspect(state: &State, inspected: Option<Inspected>) -> Option<State> {
    let inspected = inspected.filter(|inspected| inspected.lane < state.runs.len());
    let at = inspected.map_or(state.playhead, |inspected| inspected.at);
    let next = State {
        inspected,
        playhead: at.min(state.axis.end()),
        playing: state.playing && inspected.is_none(),
        ..state.clone()
    };
    let same = (next.inspected, next.playhead, next.playing)
        == (state.inspected, state.playhead, state.playing);
    (!same).then_some(next)
}

/// Applies an edit and moves the playhead to the moment from which the run diverges, so that the consequences
/// are still to come.
pub(crate) fn by_hand(state: &State, patch: &Patch, at: Time) -> Option<State> {
    let changed = changed(&state.experiment, patch)?;
    let next = state.replaced(changed)?;
    Some(State { playhead: at.min(next.axis.end()), playing: false, ..next })
}

/// The edited experiment; `None` if the script is full or has changed in the meantime.
fn changed(experiment: &Experiment, patch: &Patch) -> Option<Experiment> {
    match patch {
        Patch::Add(line) => {
            let mut changed = experiment.clone();
            changed.faults.script = changed.faults.script.with(line.clone())?;
            Some(changed)
        }
        Patch::TakeBack(place, line) => {
            let entries = experiment.faults.script.entries();
            let stands = entries.get(*place).is_some_and(|entry| entry.line == *line);
            stands.then(|| edit::remove_line(experiment, *place).ok()).flatten()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, reduce};
    use ackground_core::experiment::script::Line;
    use ackground_timeline::acts::acts;

    fn after(state: &State, action: Action) -> State {
        reduce(state, action).expect("it changes something")
    }

    fn inspected(state: &State, step: usize) -> State {
        let (lane, step) = (1, &state.runs[1].trace.steps[step]);
        let (subject, at, spot) = (Subject::Step(step.no), step.at, (0, 0));
        let inspected = Inspected { lane, subject, at, spot };
        after(state, Action::Inspect(Some(inspected)))
    }

    #[test]
    fn a_look_stops_the_clock_at_its_moment() {
        let playing = after(&State::open(""), Action::Play);
        let looked = inspected(&playing, 9);
        assert_eq!(looked.playhead, playing.runs[1].trace.steps[9].at);
        assert!(!looked.playing && looked.inspected.is_some());
        let away = after(&looked, Action::Inspect(None));
        assert_eq!((away.inspected, away.playhead), (None, looked.playhead));
        assert_eq!(reduce(&away, Action::Inspect(None)), None);
        assert_eq!(away.past, playing.past, "looking is no act");
    }

    #[test]
    fn an_act_is_one_line_from_its_moment_on_and_undone_as_one() {
        let start = State::open("");
        let looked = inspected(&start, 1);
        let trace = &looked.runs[1].trace;
        let act = acts(&looked.experiment, 1, trace, Subject::Step(trace.steps[1].no)).remove(0);
        let done = after(&looked, Action::ByHand(act.patch.clone(), act.at));
        let lines = |state: &State| state.experiment.faults.script.lines().to_vec();
        assert_eq!(lines(&done).last(), Some(act.patch.line()));
        assert_eq!((done.playhead, done.playing, done.inspected), (act.at, false, None));
        assert_eq!(done.undoes(), Some(act.patch.line().to_string()));
        let undone = after(&done, Action::Undo);
        assert_eq!(lines(&undone), lines(&start));
        assert_eq!(undone.playhead, act.at, "who undoes stays where they are");
    }

    #[test]
    fn what_stands_elsewhere_by_now_is_not_taken_back() {
        let other: Line = "fail 1".parse().expect("a line");
        let stale = Action::ByHand(Patch::TakeBack(0, other), Time::ZERO);
        assert_eq!(reduce(&State::open(""), stale), None);
    }
}

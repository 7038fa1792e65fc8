//! Opens a recommended setup, next to the existing lanes or by itself.

use crate::state::State;
use crate::state::edit::unused_name;
use ackground_core::experiment::{Experiment, Lanes};
use ackground_words::story::guide::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recommended {
    /// As an additional lane of the current experiment.
    Beside,
    /// As the only lane, with its own scenario and a fault that it withstands.
    Alone,
}

/// The index of the lane to replace; `None` if there is room for another.
pub fn makes_room(lanes: &Lanes) -> Option<usize> {
    (lanes.len() >= Lanes::MOST).then(|| lanes.len() - 1)
}

/// Opens the setup that a path leads to; `None` if the path is incomplete.
pub(crate) fn open(state: &State, path: &Path, how: Recommended) -> Option<State> {
    let ending = path.ending()?;
    let experiment = match how {
        Recommended::Alone => ending.trial(),
        Recommended::Beside => {
            let mut lanes = state.experiment.lanes.to_vec();
            if let Some(place) = makes_room(&state.experiment.lanes) {
                lanes.remove(place);
            }
            let mut lane = ending.lane;
            lane.name = unused_name(&lanes, &lane.name);
            lanes.push(lane);
            Experiment { lanes: Lanes::new(lanes)?, ..Experiment::clone(&state.experiment) }
        }
    };
    Some(state.watching(experiment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Sheet, View, reduce};

    fn path() -> Path {
        "dbbbbd".parse().expect("it ends")
    }

    fn opened(state: &State, how: Recommended) -> State {
        let action = Action::OpenRecommended(path(), how);
        reduce(state, action).expect("it ends")
    }

    #[test]
    fn beside_is_one_more_lane_and_one_act() {
        let before = reduce(&State::open(""), Action::OpenSheet(Sheet::Guide(path())));
        let before = before.expect("a sheet");
        let after = opened(&before, Recommended::Beside);
        assert_eq!(after.experiment.lanes.len(), 4);
        assert_eq!(&*after.experiment.lanes[3].name, "Recommended");
        assert_eq!(after.experiment.scenario, before.experiment.scenario);
        assert_eq!(after.entry.number, before.entry.number + 1);
        assert_eq!((after.sheet, after.views.shown), (None, View::Watch));
        assert!(after.at_end());
    }

    #[test]
    fn the_last_of_four_lanes_makes_room() {
        let four = opened(&State::open(""), Recommended::Beside);
        assert_eq!(makes_room(&four.experiment.lanes), Some(3));
        assert_eq!(makes_room(&State::open("").experiment.lanes), None);
        let other: Path = "aad".parse().expect("it ends");
        let action = Action::OpenRecommended(other, Recommended::Beside);
        let after = reduce(&four, action).expect("it ends");
        assert_eq!(after.experiment.lanes.len(), 4);
        assert_eq!(after.experiment.lanes[..3], four.experiment.lanes[..3]);
        assert_ne!(after.experiment.lanes[3], four.experiment.lanes[3]);
    }

    #[test]
    fn alone_is_the_trial() {
        let after = opened(&State::open("view=prove"), Recommended::Alone);
        let ending = path().ending().expect("it ends");
        assert_eq!(*after.experiment, ending.trial());
        assert_eq!(after.views.shown, View::Watch);
    }

    #[test]
    fn a_path_that_goes_on_opens_nothing() {
        let state = State::open("");
        let action = Action::OpenRecommended(Path::default(), Recommended::Alone);
        assert!(reduce(&state, action).is_none());
    }
}

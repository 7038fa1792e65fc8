//! The message whose outcome is being explained, and trying remedies.
//!
//! Knows neither how explanations are found nor how they are shown.

use crate::state::State;
use ackground_core::audit::{Outcome, Property, Report};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::{Experiment, Lane, Lanes};
use ackground_core::sim::MessageNo;
use ackground_words::story::{self, Change};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainedMessage {
    /// The lane's index.
    pub lane: usize,
    pub message: MessageNo,
    /// Whether a person opened it; if so, the explanation takes the focus.
    pub by_hand: bool,
}

impl ExplainedMessage {
    /// Follows the lane to its new index after an edit; `None` if the lane or the message is gone.
    pub fn followed(self, before: &Experiment, after: &Experiment) -> Option<ExplainedMessage> {
        let message = self.message.index() < after.messages.get() as usize;
        let lane = moved(self.lane, &before.lanes, &after.lanes)?;
        message.then_some(ExplainedMessage { lane, ..self })
    }
}

/// Explains a message; `None` if it does not exist or is being explained already.
pub(crate) fn ask(state: &State, lane: usize, message: MessageNo) -> Option<State> {
    let run = state.runs.get(lane)?;
    run.report.messages.get(message.index())?;
    let asked = ExplainedMessage { lane, message, by_hand: true };
    show(state, Some(asked))
}

/// Shows or closes an explanation; `None` if nothing changes.
pub(crate) fn show(state: &State, asked: Option<ExplainedMessage>) -> Option<State> {
    (state.asked != asked).then(|| State { asked, inspected: None, ..state.clone() })
}

/// The new index of a lane. If the number of lanes is unchanged, no lane has moved, though one may have been
/// edited.
fn moved(lane: usize, before: &[Lane], after: &[Lane]) -> Option<usize> {
    if before.len() == after.len() {
        return (lane < after.len()).then_some(lane);
    }
    let same = before.get(lane)?;
    after.iter().position(|other| other == same)
}

/// The first message that breaks a property of a run; `None` if it is not down to a single one.
pub fn culprit(report: &Report, property: Property) -> Option<MessageNo> {
    let broken = report.messages.iter().position(|record| match property {
        Property::NoLoss => record.end == Outcome::Lost,
        Property::NoSilentLoss => record.silent(),
        Property::NoDuplicates => record.end == Outcome::Duplicated,
        Property::NoTorn => {
            let done = record.applied.iter().filter(|times| **times > 0).count();
            done > 0 && done < record.applied.len()
        }
        Property::Settles => record.end == Outcome::Pending,
        Property::InOrder => false,
    });
    broken.map(MessageNo::from_index)
}

/// Where to put a lane with a remedy: next to the lane or, if all four are taken, in place of a neighbour.
pub fn slot_beside(lane: usize, lanes: usize) -> LaneSlot {
    match lane + 1 {
        next if lanes < Lanes::MOST => LaneSlot::New(next),
        next if next < lanes => LaneSlot::InPlaceOf(next),
        _ => LaneSlot::InPlaceOf(lane.saturating_sub(1)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneSlot {
    /// A new lane at this index.
    New(usize),
    InPlaceOf(usize),
}

/// Adds a copy of the lane with these changes, named after the lane and the changes; `None` if there is no
/// such lane or the changes are not allowed.
pub fn with_remedy(
    experiment: &Experiment,
    lane: usize,
    changes: &[Change],
    short: &str,
) -> Option<Lanes> {
    let model = story::changed(experiment, lane, changes)?;
    let mut tried = model.lanes.get(lane)?.clone();
    tried.name = Label::cut(&format!("{} + {short}", experiment.lane_name(lane)));
    let mut lanes = experiment.lanes.to_vec();
    match slot_beside(lane, lanes.len()) {
        LaneSlot::New(at) => lanes.insert(at, tried),
        LaneSlot::InPlaceOf(at) => *lanes.get_mut(at)? = tried,
    }
    Lanes::new(lanes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, reduce};
    use ackground_core::sim::Time;
    use ackground_words::story::Search;

    fn act(state: &State, action: Action) -> State {
        reduce(state, action).expect("it changes something")
    }

    fn asked(state: &State) -> Option<(usize, u32)> {
        let asked = state.asked?;
        Some((asked.lane, asked.message.get()))
    }

    fn ask(lane: usize, message: usize) -> Action {
        Action::AskWhy { lane, message: MessageNo::from_index(message) }
    }

    #[test]
    fn a_question_survives_scrubbing_and_goes_with_its_lane() {
        let state = act(&State::open(""), ask(1, 2));
        assert_eq!(asked(&state), Some((1, 3)));
        let state = act(&state, Action::Seek(Time::from_millis(40)));
        assert_eq!(asked(&state), Some((1, 3)));
        let state = act(&state, Action::RemoveLane(0));
        assert_eq!(asked(&state), Some((0, 3)), "its lane has moved");
        let state = act(&state, Action::RemoveLane(0));
        assert_eq!(asked(&state), None, "its lane is gone");
    }

    #[test]
    fn it_is_closed_once_and_only_asked_about_what_there_is() {
        let state = State::open("");
        assert!(reduce(&state, Action::CloseWhy).is_none());
        assert!(reduce(&state, ask(7, 0)).is_none());
        assert!(reduce(&state, ask(0, 99)).is_none());
        let open = act(&state, ask(0, 1));
        assert!(reduce(&open, ask(0, 1)).is_none(), "it is open already");
        assert_eq!(asked(&act(&open, ask(0, 2))), Some((0, 3)));
        assert_eq!(asked(&act(&open, Action::CloseWhy)), None);
    }

    #[test]
    fn a_remedy_is_tried_beside_the_lane_and_named_after_both() {
        let state = act(&State::open(""), ask(1, 2));
        let mut search = Search::new(&state.experiment, 1, MessageNo::from_index(2)).expect("harm");
        while !search.advance(10_000) {}
        let remedy = &search.remedies()[0];
        let attempt = |lane| Action::TryRemedy {
            lane,
            changes: remedy.changes.clone(),
            short: remedy.short.clone(),
        };
        let four = act(&state, attempt(1));
        let names: Vec<_> = (0..4).map(|lane| four.experiment.lane_name(lane)).collect();
        assert_eq!(names[1..3], ["At least once", "At least once + atomic dedup"]);
        assert_eq!(four.runs[2].report.totals.once, 3);
        assert_eq!(asked(&four), Some((1, 3)), "the answer stays open");
        assert_eq!(four.entry.number, state.entry.number + 1, "one act");

        let again = act(&four, attempt(3));
        assert_eq!(again.experiment.lanes.len(), 4);
        assert!(again.experiment.lane_name(2).ends_with("+ atomic dedup"));
        assert_eq!(slot_beside(0, 4), LaneSlot::InPlaceOf(1));
    }

    #[test]
    fn a_counterexample_is_asked_about_by_its_property() {
        let state = State::open("");
        let report = &state.runs[0].report;
        let lost = culprit(report, Property::NoLoss).expect("one is lost");
        assert_eq!(lost, MessageNo::from_index(1));
        assert_eq!(culprit(report, Property::NoDuplicates), None);
    }
}

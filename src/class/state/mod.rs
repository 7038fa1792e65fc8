//! The state of the teachers' view: the draft exercise, the presentation, and the submissions.
//!
//! | file | owns |
//! |---|---|
//! | [`draft`] | the draft exercise, as typed |
//! | [`goal_form`] | a form for goals |
//! | [`presentation`] | the current slide, and the show of hands |
//! | [`submissions`] | what was handed in, and its marks |
//!
//! It persists across view changes, so the experiment can be edited while its exercise is written. Results of
//! proofs and measurements are kept elsewhere.

pub mod draft;
pub mod goal_form;
pub mod presentation;
pub mod submissions;

use std::rc::Rc;

use crate::state::State;
pub use draft::{Draft, DraftAct};
pub use goal_form::GoalForm;
pub use presentation::{Presentation, PresentationAct};
pub use submissions::{Column, Submissions, SubmissionsAct};

use ackground_learn::exercise::Exercise;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeacherState {
    pub draft: Draft,
    pub submissions: Submissions,
    pub presentation: Option<Presentation>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ClassAct {
    Draft(DraftAct),
    /// Continue with this exercise and its experiment.
    Open(Box<Exercise>),
    Submissions(SubmissionsAct),
    /// Start presenting.
    Begin,
    Presentation(PresentationAct),
    /// Stop presenting.
    Leave,
}

/// The next state; `None` if nothing changes.
pub(crate) fn reduce(state: &State, did: ClassAct) -> Option<State> {
    let mut teacher = TeacherState::clone(&state.class);
    let mut opened = None;
    match did {
        ClassAct::Draft(act) => teacher.draft.act(act),
        ClassAct::Open(exercise) => {
            teacher.draft = Draft::of(&exercise);
            opened = Some(exercise.experiment);
        }
        ClassAct::Submissions(act) => teacher.submissions.act(act),
        ClassAct::Begin => teacher.presentation = Some(Presentation::default()),
        ClassAct::Presentation(act) => teacher.presentation.as_mut()?.act(act),
        ClassAct::Leave => teacher.presentation = None,
    }
    let next = opened.and_then(|experiment| state.replaced(experiment));
    if next.is_none() && teacher == *state.class {
        return None;
    }
    Some(State { class: Rc::new(teacher), ..next.unwrap_or_else(|| state.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, View, reduce};
    use ackground_learn::exercise::built_in;
    use ackground_learn::text::ENGLISH;

    fn after(state: &State, act: ClassAct) -> State {
        reduce(state, Action::Class(act)).expect("it changes something")
    }

    #[test]
    fn an_exercise_is_opened_with_its_experiment_and_taken_back() {
        let exercise = built_in("lose-one", &ENGLISH).expect("it is built in");
        let before = State::open("view=class&part=build");
        let state = after(&before, ClassAct::Open(Box::new(exercise.clone())));
        assert_eq!(*state.experiment, exercise.experiment);
        assert_eq!(state.views.shown, View::Class);
        assert_eq!(state.class.draft.exercise(&state.experiment), Ok(exercise));
        let undone = reduce(&state, Action::Undo).expect("it was an act");
        assert_eq!(undone.experiment, before.experiment);
    }

    #[test]
    fn the_desk_stays_while_another_view_is_shown() {
        let state = State::open("view=class");
        let title = ClassAct::Draft(DraftAct::Title("Mend it".into()));
        let state = after(&state, title.clone());
        let state = reduce(&state, Action::Show(View::Watch)).expect("another view");
        assert_eq!(state.class.draft.title, "Mend it");
        assert_eq!(reduce(&state, Action::Class(title)), None, "nothing new");
    }

    #[test]
    fn nothing_is_done_on_a_stage_that_is_not_there() {
        let state = State::open("view=class");
        let next = ClassAct::Presentation(PresentationAct::Reveal);
        assert_eq!(reduce(&state, Action::Class(next)), None);
        let state = after(&state, ClassAct::Begin);
        assert_eq!(after(&state, ClassAct::Leave).class.presentation, None);
    }
}

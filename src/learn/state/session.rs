//! An exercise being solved: the page's state behind a guard.
//!
//! Every action goes through the page's own reducer, and is kept only if everything that differs from the
//! given experiment may be changed. So no control needs to know what is locked, and none can be forgotten.

use std::rc::Rc;

use super::progress::Work;
use crate::state::{Action, Entry, State, reduce, undo_history};
use ackground_core::experiment::Seed;
use ackground_core::prove::Guarantee;
use ackground_core::sim::Time;
use ackground_learn::exercise::{Attempt, Exercise, Goal, Hidden};
use ackground_learn::submission::{Digest, Submission};

#[derive(Clone, Debug, PartialEq)]
pub struct ExerciseSession {
    /// The exercise, or the student's variant of it.
    pub exercise: Rc<Exercise>,
    /// The state of its experiment.
    pub page: State,
    /// The guarantees named, per goal.
    pub answers: Vec<Option<Guarantee>>,
    /// The options chosen, per question.
    pub predictions: Vec<Option<usize>>,
    /// Whether the predictions are final.
    pub predicted: bool,
    /// How often a person asked for a check.
    pub attempts: u64,
    /// The attempt being judged.
    pub checked: Option<Rc<Attempt>>,
    /// Whether it was ever solved.
    pub solved: bool,
    /// Why the last action was rejected.
    pub refused: Option<Rc<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SessionAct {
    Page(Action),
    /// Names a guarantee for a goal, or none.
    Name(usize, Option<Guarantee>),
    /// Chooses an option of a question.
    Predict(usize, usize),
    /// Makes the predictions final.
    Keep,
    /// Judges the current state, on request or after a pause.
    Check {
        by_hand: bool,
    },
    /// The judge found it solved.
    Solve,
    /// Resets the experiment, as an undoable step, and the named guarantees, which are not undoable.
    StartOver,
}

/// The key of an exercise in a reader's progress: the id if it is built in, else id and digest; plus the seed
/// of its variant.
pub fn key(exercise: &Exercise, built_in: bool, variant: Option<Seed>) -> String {
    let mut key = exercise.id.as_str().to_owned();
    if !built_in {
        key.push('.');
        key.push_str(&Digest::of(exercise).to_string());
    }
    if let Some(seed) = variant {
        key.push('.');
        key.push_str(&seed.get().to_string());
    }
    key
}

impl ExerciseSession {
    pub fn new(exercise: Rc<Exercise>) -> ExerciseSession {
        let attempt = Attempt::of(&exercise);
        ExerciseSession::at(exercise, attempt, 0)
    }

    /// Restores an exercise from saved work, if that belongs to it.
    pub fn resumed(whole: &Exercise, exercise: Rc<Exercise>, work: &Work) -> ExerciseSession {
        let left = Submission::read(&work.line).ok();
        let left = left.filter(|left| left.digest == Digest::of(whole));
        let session = match left {
            Some(left) if free(&exercise, &left.attempt.experiment).is_ok() => {
                ExerciseSession::at(exercise, left.attempt, left.attempts.get())
            }
            _ => ExerciseSession::new(exercise),
        };
        ExerciseSession { solved: work.solved, ..session }
    }

    fn at(exercise: Rc<Exercise>, attempt: Attempt, attempts: u64) -> ExerciseSession {
        let (mut answers, mut predictions) = (attempt.answers, attempt.predictions);
        answers.resize(exercise.goals.len(), None);
        predictions.resize(exercise.predictions.len(), None);
        ExerciseSession {
            page: State::of(attempt.experiment),
            predicted: predictions.iter().all(Option::is_some),
            exercise,
            answers,
            predictions,
            attempts,
            checked: None,
            solved: false,
            refused: None,
        }
    }

    /// What would be handed in now.
    pub fn attempt(&self) -> Attempt {
        Attempt {
            experiment: (*self.page.experiment).clone(),
            answers: self.answers.clone(),
            predictions: self.predictions.clone(),
        }
    }

    /// The same with the playhead left out, for components that do not depend on it.
    #[must_use]
    pub fn at_rest(&self) -> ExerciseSession {
        let mut rest = self.clone();
        rest.page.playhead = Time::ZERO;
        rest.page.playing = false;
        rest.page.entry = Entry::default();
        rest
    }

    /// Whether the last judgement is about the current state.
    pub fn is_judged(&self) -> bool {
        let checked = self.checked.as_deref();
        checked.is_some_and(|checked| {
            checked.experiment == *self.page.experiment && checked.answers == self.answers
        })
    }

    /// Whether it is judged without being asked: not if an answer is to be named, which could be found by
    /// trial and error.
    pub fn checks_itself(&self) -> bool {
        let named = |goal: &Goal| matches!(goal, Goal::Name { .. });
        self.predicted && !self.exercise.goals.iter().any(named)
    }

    /// Whether this is hidden, which lasts until the exercise is solved.
    pub fn hides(&self, hidden: Hidden) -> bool {
        !self.solved && self.exercise.hidden.contains(&hidden)
    }

    /// The next session; `None` if nothing changes.
    pub fn after(&self, act: SessionAct) -> Option<ExerciseSession> {
        let mut next = self.clone();
        match act {
            SessionAct::Page(Action::OpenSheet(_)) => return None,
            SessionAct::Page(Action::AskWhy { .. }) if self.hides(Hidden::Why) => return None,
            SessionAct::Page(action) => {
                let page = reduce(&self.page, action)?;
                match free(&self.exercise, &page.experiment) {
                    Ok(()) => (next.page, next.refused) = (page, None),
                    Err(why) => next.refused = Some(why.into()),
                }
            }
            SessionAct::Name(goal, answer) => *next.answers.get_mut(goal)? = answer,
            SessionAct::Predict(question, _)
                if self.predicted || question >= next.predictions.len() =>
            {
                return None;
            }
            SessionAct::Predict(question, option) => next.predictions[question] = Some(option),
            SessionAct::Keep => next.predicted = self.predictions.iter().all(Option::is_some),
            SessionAct::Check { by_hand } => {
                if !self.predicted {
                    return None;
                }
                if !self.is_judged() {
                    next.checked = Some(Rc::new(self.attempt()));
                }
                next.attempts += u64::from(by_hand);
            }
            SessionAct::Solve => next.solved = true,
            SessionAct::StartOver => {
                let given = self.exercise.experiment.clone();
                if let Some(page) = self.page.replaced(given) {
                    next.page = undo_history::remember(&self.page, page);
                }
                next.answers.fill(None);
                (next.checked, next.refused) = (None, None);
            }
        }
        (next != *self).then_some(next)
    }
}

/// Whether all differences from the given experiment are allowed; else why not.
fn free(
    exercise: &Exercise,
    experiment: &ackground_core::experiment::Experiment,
) -> Result<(), String> {
    let differences = exercise.differences(experiment);
    match differences.iter().find(|difference| !difference.allowed) {
        Some(difference) => Err(difference.sentence()),
        None => Ok(()),
    }
}

impl yew::Reducible for ExerciseSession {
    type Action = SessionAct;

    fn reduce(self: Rc<Self>, act: SessionAct) -> Rc<Self> {
        self.after(act).map_or(self, Rc::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{FieldPath, Touch};
    use ackground_core::experiment::PresetId;
    use ackground_learn::exercise::built_in;
    use ackground_learn::text::ENGLISH;

    fn session(id: &str) -> ExerciseSession {
        ExerciseSession::new(Rc::new(built_in(id, &ENGLISH).expect("it is built in")))
    }

    fn edit(path: &str, text: &str) -> SessionAct {
        SessionAct::Page(Action::Edit {
            place: FieldPath::lane(0, path),
            text: text.to_owned(),
            touch: Touch::Done,
        })
    }

    fn after(session: &ExerciseSession, act: SessionAct) -> ExerciseSession {
        session.after(act).expect("it does something")
    }

    #[test]
    fn what_is_free_is_changed_and_what_is_locked_is_not() {
        let given = session("repair-dedup-in-memory");
        let changed = after(&given, edit("consumer.dedup", "atomic"));
        assert_ne!(changed.page.experiment, given.page.experiment);
        for act in [
            SessionAct::Page(Action::AddLane(PresetId::SqsFifo)),
            SessionAct::Page(Action::AddLine("drop ack 1".to_owned())),
            SessionAct::Page(Action::Preset(0, PresetId::AtMostOnce)),
            SessionAct::Page(Action::StartOver),
        ] {
            let tried = given.after(act.clone());
            let same = tried.is_none_or(|tried| {
                tried.refused.is_some() && tried.page.experiment == given.page.experiment
            });
            assert!(same, "{act:?}");
        }
    }

    #[test]
    fn every_solution_is_within_reach_of_the_guard() {
        let given = session("lose-one");
        let given = after(&given, SessionAct::Predict(0, 1));
        let given = after(&given, SessionAct::Keep);
        let line = SessionAct::Page(Action::AddLine("drop publish 1".to_owned()));
        let solved = after(&after(&given, line), SessionAct::Check { by_hand: true });
        assert!(solved.is_judged() && solved.attempts == 1);
        let judged = solved.exercise.check_at_once(&solved.attempt());
        assert!(judged.answer().is_yes());
    }

    #[test]
    fn what_was_done_is_undone_and_done_again() {
        let given = session("repair-dedup-in-memory");
        let first = given.page.experiment.clone();
        let changed = after(&given, edit("consumer.dedup", "atomic"));
        let over = after(&changed, SessionAct::StartOver);
        assert_eq!(over.page.experiment, first);
        let undo = |session: &ExerciseSession| after(session, SessionAct::Page(Action::Undo));
        let back = undo(&over);
        assert_eq!(back.page.experiment, changed.page.experiment);
        assert_eq!(undo(&back).page.experiment, first);
        let again = after(&undo(&back), SessionAct::Page(Action::Redo));
        assert_eq!(again.page.experiment, changed.page.experiment);
    }

    #[test]
    fn why_is_not_told_before_it_is_solved_where_it_is_hidden() {
        let given = session("repair-dedup-in-memory");
        assert!(given.exercise.hidden.contains(&Hidden::Why));
        let ask = || {
            SessionAct::Page(Action::AskWhy {
                lane: 0,
                message: ackground_core::sim::MessageNo::from_index(0),
            })
        };
        assert_eq!(given.after(ask()), None);
        let solved = after(&given, SessionAct::Solve);
        assert!(after(&solved, ask()).page.asked.is_some());
    }

    #[test]
    fn nothing_is_judged_before_the_predictions_are_made() {
        let given = session("lose-one");
        assert!(!given.checks_itself());
        assert_eq!(given.after(SessionAct::Check { by_hand: true }), None);
        assert_eq!(given.after(SessionAct::Keep), None, "none is chosen yet");
        let made = after(&after(&given, SessionAct::Predict(0, 1)), SessionAct::Keep);
        assert!(made.checks_itself());
        assert_eq!(made.after(SessionAct::Predict(0, 2)), None, "it stays");
    }

    #[test]
    fn at_rest_nothing_changes_while_it_plays() {
        let given = session("repair-dedup-in-memory");
        let given = after(&given, SessionAct::Page(Action::TogglePlay));
        let played = after(&given, SessionAct::Page(Action::End));
        assert!(played != given && played.at_rest() == given.at_rest());
        let changed = after(&given, edit("consumer.dedup", "atomic"));
        assert_ne!(changed.at_rest(), given.at_rest());
    }

    #[test]
    fn a_name_is_not_tried_out_by_looking() {
        let given = session("name-three");
        assert!(!given.checks_itself());
        let named = after(&given, SessionAct::Name(0, Some(Guarantee::AtMostOnce)));
        let named = after(&named, SessionAct::Check { by_hand: true });
        let other = after(&named, SessionAct::Name(0, None));
        assert!(named.is_judged() && !other.is_judged());
    }

    #[test]
    fn work_is_taken_up_where_it_was_left() {
        let given = session("repair-dedup-in-memory");
        let changed = after(&given, edit("consumer.dedup", "atomic"));
        let whole = &*changed.exercise;
        let line = Submission::new(whole, None, "", changed.attempt(), 2).to_line();
        let work = Work { line, ..Work::default() };
        let resumed = ExerciseSession::resumed(whole, changed.exercise.clone(), &work);
        assert_eq!(resumed.attempt(), changed.attempt());
        assert_eq!(resumed.attempts, 2);
        let other = session("lose-one");
        let stranger = ExerciseSession::resumed(&other.exercise, other.exercise.clone(), &work);
        assert_eq!(stranger.attempt(), other.attempt(), "it is about another one");
    }
}

//! Opening a hit.

use super::model::Opens;
use crate::lane::state::form;
use crate::state::edit::add_line;
use crate::state::session::{State, Touch};
use crate::state::sheet::{self, Sheet};
use crate::state::{FieldPath, View, Views};

/// The state with it open, as one act.
pub(crate) fn open(state: &State, opens: &Opens) -> Option<State> {
    if let Some(experiment) = opens.experiment() {
        return Some(state.watching(experiment));
    }
    match opens {
        Opens::Sheet(sheet) => sheet::show(state, Some(*sheet)),
        Opens::View(view) => Some(state.viewed(state.views.showing(*view))),
        Opens::Setting(path) => Some(at_setting(state, path)),
        Opens::Fault(line) => fault(state, line),
        Opens::Learn(learn) => {
            let views = Views { shown: View::Learn, learn: learn.clone(), ..state.views.clone() };
            Some(state.viewed(views))
        }
        // They have an experiment.
        Opens::Family(_) | Opens::Setup(_) | Opens::Key(_) | Opens::Symptom(_) | Opens::See(_) => {
            None
        }
    }
}

/// In Watch, with the setting in sight: in the sheet of the lanes' settings, or among the faults.
fn at_setting(state: &State, path: &'static str) -> State {
    if form::setting(path).is_some() {
        return State { sheet: Some(Sheet::Settings { lane: 0 }), ..in_watch(state) };
    }
    State { faults_open: true, ..in_watch(state) }
}

/// In Watch, with one more fault; one that does not fit is refused at its field.
fn fault(state: &State, line: &str) -> Option<State> {
    let edited = add_line(&state.experiment, line);
    let next = state.entered(FieldPath::script(), line, edited, Touch::Done)?;
    let entry = next.entry;
    Some(State { entry, faults_open: true, ..in_watch(&next) })
}

fn in_watch(state: &State) -> State {
    if state.views.shown == View::Watch {
        return State { sheet: None, ..state.clone() };
    }
    state.viewed(state.views.showing(View::Watch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::model::index;
    use crate::state::{Action, reduce};
    use ackground_core::experiment::Experiment;

    fn after(state: &State, opens: Opens) -> State {
        reduce(state, Action::Found(opens)).expect("it opens")
    }

    fn searching() -> State {
        reduce(&State::open("view=learn"), Action::OpenSheet(Sheet::Search)).expect("it opens")
    }

    #[test]
    fn whatever_can_be_found_opens_and_is_one_act() {
        let before = searching();
        let mut opened = Vec::new();
        for entry in index(&before.experiment) {
            let title = &entry.title;
            if opened.contains(&entry.opens) {
                continue;
            }
            opened.push(entry.opens.clone());
            let next = after(&before, entry.opens.clone());
            assert_ne!(next.sheet, Some(Sheet::Search), "{title}");
            assert_eq!(next.notice, None, "{title}");
            assert!(next.refused.is_empty(), "{title}");
            assert!(next.experiment.check().is_ok(), "{title}");
            if let Some(experiment) = entry.opens.experiment() {
                assert_ne!(experiment, Experiment::default(), "{title}");
                assert_eq!(*next.experiment, experiment, "{title}");
                assert!(next.at_end() && next.views.shown == View::Watch, "{title}");
            }
            if next.sheet.is_none() {
                assert_eq!(next.entry.number, before.entry.number + 1, "{title}");
            }
        }
    }

    #[test]
    fn a_setting_is_unfolded_and_an_experiment_stays() {
        let before = searching();
        let next = after(&before, Opens::Setting("consumer.batch"));
        assert_eq!(next.sheet, Some(Sheet::Settings { lane: 0 }));
        assert_eq!(next.experiment, before.experiment);
        let rate = after(&before, Opens::Setting("faults.loss.ack"));
        assert!(rate.faults_open && rate.sheet.is_none() && rate.views.shown == View::Watch);
    }

    #[test]
    fn what_was_opened_is_undone_at_once() {
        let before = State::open("");
        let next = after(&before, Opens::Setup(ackground_core::experiment::PresetId::DualWrite));
        let back = reduce(&next, Action::Undo).expect("it can be undone");
        assert_eq!(back.experiment, before.experiment);
    }
}

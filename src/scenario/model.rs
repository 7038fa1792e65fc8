//! The edits of a scenario of one's own that a single typed value does not cover.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::{Label, Step, StepKind, Steps};
use ackground_core::experiment::script::{ConsumerPoint, Crash, Line};
use ackground_core::experiment::value::Id;

/// A change of the steps of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepsChange {
    /// One more step at the end.
    Add,
    /// Without the step at this index. If its effects were counted, those of the first one are from now on.
    Remove(usize),
    /// The step at this index takes place before the one in front of it.
    Earlier(usize),
}

/// The experiment with changed steps of the work; `None` if there is nothing to change.
pub fn with_steps(experiment: &Experiment, change: StepsChange) -> Option<Experiment> {
    let mut steps = experiment.scenario.steps.to_vec();
    match change {
        StepsChange::Add => {
            let id = unused_id(&steps, "step");
            let label = Label::cut("Write a record");
            steps.push(Step { id, label, kind: StepKind::Db, primary: false });
        }
        StepsChange::Remove(index) => {
            let removed = (index < steps.len()).then(|| steps.remove(index))?;
            steps.first_mut()?.primary |= removed.primary;
        }
        StepsChange::Earlier(index) => {
            let before = index.checked_sub(1)?;
            (index < steps.len()).then(|| steps.swap(before, index))?;
        }
    }
    let mut changed = experiment.clone();
    changed.scenario.steps = Steps::new(steps).ok()?;
    Some(changed)
}

/// After a step was renamed: its id, by which faults name it, becomes the first word of its name, unless a fault
/// names it already.
pub fn with_id_of_its_name(mut experiment: Experiment, path: &str) -> Experiment {
    let index = path.strip_prefix("scenario.steps[");
    let index = index.and_then(|rest| rest.strip_suffix("].label")).and_then(|at| at.parse().ok());
    let Some(index): Option<usize> = index else { return experiment };
    let mut steps = experiment.scenario.steps.to_vec();
    let Some(step) = steps.get(index).cloned() else { return experiment };
    let entries = experiment.faults.script.entries();
    if entries.iter().any(|entry| names(&entry.line, &step.id)) {
        return experiment;
    }
    let first = step.label.split_whitespace().next().unwrap_or_default();
    let word: String = first.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    steps.remove(index);
    let id = unused_id(&steps, &word);
    steps.insert(index, Step { id, ..step });
    if let Ok(steps) = Steps::new(steps) {
        experiment.scenario.steps = steps;
    }
    experiment
}

fn names(line: &Line, id: &Id) -> bool {
    matches!(line, Line::Crash(Crash::Consumer(_, ConsumerPoint::Step(step)), _) if step == id)
}

/// The word as an id, with a number if another step has it; `step` if it makes no id.
fn unused_id(steps: &[Step], word: &str) -> Id {
    let usable = Id::new(word).filter(|id| !ConsumerPoint::RESERVED.contains(&id.as_str()));
    let stem = usable.unwrap_or_else(|| Id::of("step"));
    let numbered = (2..).filter_map(|n| Id::new(&format!("{stem}-{n}")));
    let free = |id: &Id| steps.iter().all(|step| step.id != *id);
    std::iter::once(stem.clone())
        .chain(numbered.take(Steps::MOST))
        .find(free)
        .unwrap_or(stem.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, FieldPath, State, Touch, address, reduce};
    use ackground_words::story;

    fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(state.clone(), |state, action| {
            reduce(&state, action.clone()).unwrap_or_else(|| panic!("{action:?} does something"))
        })
    }

    fn typed(path: &str, text: &str) -> Action {
        let place = FieldPath::scenario(path);
        Action::Edit { place, text: text.to_owned(), touch: Touch::Done }
    }

    fn start() -> State {
        State::open("")
    }

    fn ids(state: &State) -> Vec<String> {
        state.experiment.scenario.steps.iter().map(|step| step.id.to_string()).collect()
    }

    #[test]
    fn a_scenario_of_ones_own_is_told_run_and_linked_like_any_other() {
        let state = after(
            &start(),
            [
                typed("title", "Concert tickets"),
                typed("producer", "Box office"),
                typed("consumer", "Ticket printer"),
                typed("amount", "1"),
                typed("unit", "tickets"),
                typed("steps[0].label", "Print the ticket"),
                typed("steps[0].kind", "external"),
                typed("harm.lost", "a fan has no ticket"),
            ],
        );
        assert_eq!(ids(&state), ["print", "notify"]);
        let told = story::headline(&state.experiment).title;
        assert!(told.contains("from Box office to Ticket printer"), "{told}");
        let opened = State::open(&address::fragment(&state.experiment));
        assert_eq!(opened.experiment, state.experiment);
        let effects =
            |state: &State| state.runs.iter().map(|run| run.report.clone()).collect::<Vec<_>>();
        assert_eq!(effects(&opened), effects(&state));
    }

    #[test]
    fn steps_are_added_moved_counted_and_removed() {
        let three = after(
            &start(),
            [Action::Steps(StepsChange::Add), typed("steps[2].label", "Credit the bonus")],
        );
        assert_eq!(ids(&three), ["credit", "notify", "credit-2"]);
        let moved = after(&three, [Action::Steps(StepsChange::Earlier(2))]);
        assert_eq!(ids(&moved), ["credit", "credit-2", "notify"]);
        let counted = after(&moved, [typed("steps[2].primary", "true")]);
        assert_eq!(counted.experiment.scenario.primary(), 2);
        let gone = after(&counted, [Action::Steps(StepsChange::Remove(2))]);
        assert_eq!((ids(&gone).len(), gone.experiment.scenario.primary()), (2, 0));
        let one = after(&gone, [Action::Steps(StepsChange::Remove(0))]);
        assert_eq!(reduce(&one, Action::Steps(StepsChange::Remove(0))), None, "work has a step");
        assert_eq!(reduce(&one, Action::Steps(StepsChange::Earlier(0))), None);
    }

    #[test]
    fn a_step_that_a_fault_names_keeps_its_id() {
        let line = "crash consumer after notify 2".to_owned();
        let state =
            after(&start(), [Action::AddLine(line), typed("steps[1].label", "Call the customer")]);
        assert_eq!(ids(&state), ["credit", "notify"]);
    }

    #[test]
    fn a_bad_amount_is_answered_with_an_example() {
        for text in ["ten", "-3", "1.5", "", "99999999999"] {
            let state = after(&start(), [typed("amount", text)]);
            let refusal = &state.refused[&FieldPath::scenario("amount")];
            assert!(refusal.message.contains("Write"), "{text}: {}", refusal.message);
            assert_eq!(state.experiment, start().experiment);
        }
    }
}

//! How much of a lesson may be shown: nothing that gives a prediction away before it is made; and what gets
//! the focus when something is opened.

use std::collections::BTreeMap;

use crate::learn::choices::{LearnChoices, Learning};
use ackground_learn::lesson::{Lesson, Step};

/// The indices of the chosen options, by the index of their prediction among the steps.
pub type Kept = BTreeMap<u16, Vec<u8>>;

/// The index of the last step that may be shown: the first prediction not made yet, or the end.
pub fn reach(lesson: &Lesson, kept: &Kept) -> usize {
    let open = lesson.steps.iter().enumerate().position(|(place, step)| {
        matches!(step, Step::Predict(_)) && choice(kept, place).is_none()
    });
    open.unwrap_or(lesson.steps.len().saturating_sub(1))
}

/// The number of steps to show if the reader asks for `asked`.
pub fn shown(lesson: &Lesson, kept: &Kept, asked: u16) -> usize {
    usize::from(asked.max(1)).min(reach(lesson, kept) + 1)
}

pub fn choice(kept: &Kept, place: usize) -> Option<&Vec<u8>> {
    kept.get(&u16::try_from(place).ok()?)
}

/// The step that reveals a prediction's result: the run that follows it, or the next step if no run comes
/// before the next prediction.
pub fn settled_at(lesson: &Lesson, prediction: usize) -> usize {
    let after = lesson.steps.iter().enumerate().skip(prediction + 1);
    after
        .take_while(|(_, step)| !matches!(step, Step::Predict(_)))
        .find(|(_, step)| matches!(step, Step::Run { .. }))
        .map_or(prediction + 1, |(place, _)| place)
}

/// The indices of the predictions revealed at a step.
pub fn settles(lesson: &Lesson, place: usize) -> Vec<usize> {
    let steps = lesson.steps.iter().enumerate().take(place);
    steps
        .filter(|(_, step)| matches!(step, Step::Predict(_)))
        .map(|(prediction, _)| prediction)
        .filter(|prediction| settled_at(lesson, *prediction) == place)
        .collect()
}

/// The run that is live when so many steps are shown: the last one, if any.
pub fn live(lesson: &Lesson, shown: usize) -> Option<usize> {
    let steps = lesson.steps.iter().take(shown);
    steps
        .enumerate()
        .filter(|(_, step)| matches!(step, Step::Run { .. } | Step::Try(_)))
        .map(|(place, _)| place)
        .next_back()
}

/// What to focus (a selector) after navigating in Learn, and whether to scroll to the top; `None` if nothing
/// else was opened, or the page was just loaded. Lessons read before restore their own position.
pub fn arrival(before: Option<&Learning>, now: &LearnChoices) -> Option<(String, bool)> {
    let before = before.filter(|before| **before != now.open)?;
    let title = || ("#learn-title".to_owned(), true);
    match (&now.open, before) {
        (Learning::List, Learning::Lesson(id)) => Some((format!("[data-test=lesson-{id}]"), false)),
        (Learning::List, Learning::BuiltIn(id)) => {
            Some((format!("[data-test=exercise-{id}]"), false))
        }
        (Learning::Lesson(_), _) if now.step > 1 => None,
        _ => Some(title()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::text::ENGLISH;

    fn lessons() -> impl Iterator<Item = Lesson> {
        let ids = ENGLISH.lessons.iter();
        ids.map(|(id, _)| Lesson::of(&ENGLISH, id).expect("it is whole"))
    }

    #[test]
    fn nothing_is_shown_behind_a_prediction_that_was_not_made() {
        for lesson in lessons() {
            let mut kept = Kept::new();
            loop {
                let shown = shown(&lesson, &kept, u16::MAX);
                let hidden = &lesson.steps[shown..];
                let open = shown - 1;
                if !matches!(lesson.steps[open], Step::Predict(_)) || hidden.is_empty() {
                    assert!(hidden.is_empty(), "{}", lesson.id);
                    break;
                }
                for (place, step) in lesson.steps[..open].iter().enumerate() {
                    let made = choice(&kept, place).is_some();
                    assert!(made || !matches!(step, Step::Predict(_)), "{}", lesson.id);
                }
                kept.insert(open as u16, vec![0]);
            }
        }
    }

    #[test]
    fn whoever_comes_from_somewhere_is_taken_where_one_looks() {
        let (list, lesson) = (LearnChoices::default(), LearnChoices::lesson("offsets"));
        let open = |choices: &LearnChoices| choices.open.clone();
        assert_eq!(arrival(None, &lesson), None, "the page was loaded");
        assert_eq!(arrival(Some(&open(&lesson)), &lesson.at_step(3)), None);
        let back = arrival(Some(&open(&lesson)), &list);
        assert_eq!(back, Some(("[data-test=lesson-offsets]".to_owned(), false)));
        let there = arrival(Some(&open(&list)), &lesson);
        assert_eq!(there, Some(("#learn-title".to_owned(), true)));
        let on = arrival(Some(&open(&list)), &lesson.at_step(4));
        assert_eq!(on, None, "the step takes it");
    }

    #[test]
    fn every_prediction_is_settled_exactly_once_and_after_it_was_made() {
        for lesson in lessons() {
            let settled: Vec<usize> = (0..=lesson.steps.len())
                .flat_map(|place| settles(&lesson, place).into_iter().map(move |p| (p, place)))
                .map(|(prediction, place)| {
                    assert!(place > prediction && place < lesson.steps.len(), "{}", lesson.id);
                    prediction
                })
                .collect();
            let made = lesson.steps.iter().enumerate();
            let made = made.filter(|(_, step)| matches!(step, Step::Predict(_)));
            let made: Vec<usize> = made.map(|(place, _)| place).collect();
            assert_eq!(settled, made, "{}", lesson.id);
        }
    }

    #[test]
    fn the_last_run_that_is_shown_is_the_live_one() {
        let lesson = lessons().next().expect("there is one");
        assert_eq!(live(&lesson, 0), None);
        let last = live(&lesson, lesson.steps.len()).expect("it has a run");
        assert!(live(&lesson, last).is_none_or(|before| before < last));
    }
}

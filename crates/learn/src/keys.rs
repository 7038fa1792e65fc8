//! Answer keys: the right options in every lesson, and a solution to every exercise.
//!
//! None of it is written down: the right options are found by simulator, prover and measurement, and a solution
//! has passed the same check as a student's. `ackground grade --keys` prints the whole document for teachers; the
//! page shows one lesson or exercise at a time.

use super::claim::{Known, Need};
use super::exercise::{Attempt, Exercise, Goal, built_in, built_in_ids};
use super::lesson::{Lesson, Prediction, Step, filled};
use super::markup::{Block, Line, Markup};
use super::text::{Language, ui, ui_with};
use ackground_core::experiment::Experiment;
use ackground_words::story;

/// A right option, and what was found about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The option, counted from 0.
    pub option: usize,
    /// Its text.
    pub says: String,
    /// What simulator, prover and measurement found.
    pub found: String,
}

/// The right options of a question, given what is known; none while facts are missing.
pub fn right(asked: &Prediction, experiment: &Experiment, known: &Known) -> Vec<Right> {
    let options = asked.options.iter().enumerate();
    let right = options.filter(|(_, option)| option.judge(experiment, known).is_yes());
    let right = right.map(|(at, option)| {
        let held = option.held(experiment, known);
        let found: Vec<String> = held.map(|held| held.sentence).collect();
        Right { option: at, says: plain(option.line(experiment)), found: found.join(" ") }
    });
    right.collect()
}

/// A question as plain text, with the lanes' names filled in.
pub fn question(asked: &Prediction, experiment: &Experiment) -> String {
    filled(&asked.asks, experiment, &Known::default()).plain().trim().to_owned()
}

/// What an attempt consists of, a sentence each: the settings it changes, the faults of its script, the guarantees
/// it names, and its predictions.
pub fn solution(exercise: &Exercise, attempt: &Attempt) -> Vec<String> {
    let given = &exercise.experiment;
    let several = given.lanes.len() > 1;
    let mut lines: Vec<String> = Vec::new();
    for change in exercise.differences(&attempt.experiment) {
        let lane = ackground_core::experiment::change::in_lane(&change.path).filter(|_| several);
        lines.push(match lane {
            _ if change.path == "faults.script" => continue,
            Some((lane, _)) => format!("{}: {}", given.lane_name(lane), change.sentence()),
            None => change.sentence(),
        });
    }
    if attempt.experiment.faults.script != given.faults.script {
        let script = attempt.experiment.faults.script.lines().iter();
        lines.extend(script.map(|line| {
            let told = story::capital(&story::mishap(&attempt.experiment, line));
            format!("{told} (`{line}`).")
        }));
    }
    for (place, goal) in exercise.goals.iter().enumerate() {
        if let (Goal::Name { lane, .. }, Some(answer)) = (goal, attempt.answer(place)) {
            lines.push(format!("{}: {}.", given.lane_name(*lane), story::guarantee(answer)));
        }
    }
    let chosen = exercise.predictions.iter().zip(&attempt.predictions);
    lines.extend(chosen.filter_map(|(asked, chosen)| {
        let option = asked.options.get((*chosen)?)?;
        Some(format!("{} {}", &*asked.question, &*option.text))
    }));
    lines
}

/// The answer keys to all lessons and exercises of a language, in Markdown. `key` solves an exercise: by search, or
/// with a solution found earlier.
///
/// Simulates, proves and measures every question: takes some seconds, besides what `key` takes.
pub fn document(language: &Language, mut key: impl FnMut(&Exercise) -> Option<Attempt>) -> String {
    let mut text = format!("# {}\n\n{}\n", ui("keys.title"), ui("keys.lead"));
    text.push_str(&format!("\n## {}\n", ui("keys.lessons")));
    for (id, _) in language.lessons {
        if let Some(lesson) = Lesson::of(language, id) {
            text.push_str(&of_lesson(&lesson));
        }
    }
    text.push_str(&format!("\n## {}\n", ui("keys.exercises")));
    for exercise in built_in_ids().filter_map(|id| built_in(id, language)) {
        let level = exercise.level.to_string();
        let level = ui_with("learn.level", &[("n", &level)]);
        text.push_str(&format!("\n### {} ({level}, `{}`)\n\n", &*exercise.title, exercise.id));
        text.push_str(&format!("{}\n", ui("keys.reach")));
        for goal in &exercise.goals {
            text.push_str(&format!("- {}\n", goal.sentence(&exercise.experiment)));
        }
        text.push_str(&format!("\n{}\n", ui("keys.answer")));
        match key(&exercise) {
            Some(attempt) => push(&mut text, &solution(&exercise, &attempt)),
            None => push(&mut text, &[ui("keys.none").to_owned()]),
        }
    }
    text
}

fn of_lesson(lesson: &Lesson) -> String {
    let mut text = format!("\n### {}\n", lesson.title);
    for step in &lesson.steps {
        match step {
            Step::Predict(asked) => {
                let Some(experiment) = lesson.experiment(asked.round) else {
                    continue;
                };
                let needs: Vec<Need> = asked.needs();
                let known = Known::at_once(experiment, &needs);
                text.push_str(&format!("\n{}\n", question(asked, experiment)));
                let right = right(asked, experiment, &known);
                let right = right.iter().map(|it| format!("**{}** {}", it.says, it.found));
                push(&mut text, &right.collect::<Vec<_>>());
            }
            Step::Try(task) => {
                let Some(experiment) = task.solved() else {
                    continue;
                };
                let attempt = Attempt { experiment, ..Attempt::of(&task.exercise) };
                let task_text = Markup::parse(&task.exercise.text).plain();
                text.push_str(&format!("\n{} {}\n", ui("keys.try"), task_text.trim()));
                push(&mut text, &solution(&task.exercise, &attempt));
            }
            Step::Situation(_) | Step::Run { .. } | Step::Explain(_) => {}
        }
    }
    text
}

/// Appends a list. A sentence stays on one line, however it was wrapped.
fn push(text: &mut String, lines: &[String]) {
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        text.push_str(&format!("- {}\n", words.join(" ")));
    }
}

fn plain(line: Line) -> String {
    let text = Markup { blocks: vec![Block::Paragraph(line)] };
    text.plain().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ENGLISH;

    #[test]
    fn a_question_has_as_many_right_options_as_it_promises() {
        let lesson = Lesson::of(&ENGLISH, "two-generals").expect("it is taught");
        let asked = lesson.steps.iter().filter_map(|step| match step {
            Step::Predict(asked) => Some(asked),
            _ => None,
        });
        for asked in asked {
            let experiment = lesson.experiment(asked.round).expect("it has one");
            assert_eq!(right(asked, experiment, &Known::default()), []);
            let known = Known::at_once(experiment, &asked.needs());
            let right = right(asked, experiment, &known);
            assert_eq!(right.len(), asked.right);
            assert!(right.iter().all(|it| !it.found.is_empty()));
        }
    }

    #[test]
    fn a_solution_is_told_by_what_it_changes() {
        let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
        let key = exercise.key(10).expect("it has one");
        let told = solution(&exercise, &key.attempt);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].ends_with("(`drop publish-ack 1`)."), "{told:?}");
        assert_eq!(solution(&exercise, &Attempt::of(&exercise)), [""; 0]);
    }
}

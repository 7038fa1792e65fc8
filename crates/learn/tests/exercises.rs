//! The built-in exercises: each can be solved, is not solved as it is given, and has a hint.
//!
//! A solution of each is kept in `tests/keys`, as a submission. They were found by
//! `ackground grade --key ID`, and are marked here like any other.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use ackground_core::experiment::Experiment;
use ackground_core::experiment::value::Bounded;
use ackground_learn::claim::{Answer, Known};
use ackground_learn::exercise::{Attempt, Exercise, Goal, built_in, built_in_ids};
use ackground_learn::keys::document;
use ackground_learn::marking::{Standing, mark};
use ackground_learn::submission::Submission;
use ackground_learn::text::ENGLISH;

fn exercise(id: &str) -> Exercise {
    built_in(id, &ENGLISH).unwrap_or_else(|| panic!("{id} is built in"))
}

fn kept(id: &str) -> Submission {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/keys/{id}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Submission::read(&text).unwrap_or_else(|e| panic!("{id}: {e}"))
}

/// Goes through the exercises on two threads: some proofs take a moment.
fn each(check: impl Fn(&str) + Sync) {
    let ids: Vec<&str> = built_in_ids().collect();
    std::thread::scope(|scope| {
        for part in 0..2 {
            let (ids, check) = (&ids, &check);
            scope.spawn(move || ids.iter().skip(part).step_by(2).for_each(|id| check(id)));
        }
    });
}

#[test]
fn every_kept_solution_is_one() {
    each(|id| {
        let key = kept(id);
        let marked = mark(id, &key.to_line(), None);
        assert_eq!(marked.standing, Standing::Solved, "{id}: {marked:#?}");
        let right = marked.predictions.iter().all(|guess| guess.word() == "right");
        assert!(right, "{id}: {:?}", marked.predictions);
    });
}

/// After a wanted change: `UPDATE_GOLDEN=1 cargo test --test exercises`, or, with every solution searched for
/// anew, `ackground grade --keys > src/learn/text/en/keys.md`.
#[test]
fn the_page_of_answer_keys_says_what_is_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/en/keys.md");
    let found = document(&ENGLISH, |exercise| Some(kept(exercise.id.as_str()).attempt));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).expect("the file can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    for (line, (written, found)) in written.lines().zip(found.lines()).enumerate() {
        assert_eq!(written, found, "keys.md, line {}", line + 1);
    }
    assert_eq!(written.lines().count(), found.lines().count());
}

#[test]
fn nothing_is_solved_as_it_is_given_and_every_exercise_has_a_hint() {
    each(|id| {
        let exercise = exercise(id);
        let given = Attempt::of(&exercise);
        let known = Known::at_once(&given.experiment, &exercise.needs());
        let judgement = exercise.check(&given, &known, &Known::default());
        assert_eq!(judgement.answer(), Answer::No, "{id}: {judgement:#?}");
        assert!(judgement.is_free(), "{id}: what is given may be handed in");
        let hint = exercise.hint(&given, &known).unwrap_or_else(|| panic!("{id} has no hint"));
        let says = hint.evidence.is_some() || !hint.settings.is_empty();
        let about = hint.goal.map(|goal| exercise.goals[goal]);
        let by_words = matches!(about, Some(Goal::Break { .. } | Goal::Name { .. }));
        assert!(!hint.sentence.is_empty() && (says || by_words), "{id}: {hint:#?}");
        // Where something may be set, the hint names something that may.
        for path in &hint.settings {
            assert!(exercise.free.iter().any(|free| free.allows(path)), "{id}: {path}");
        }
    });
}

#[test]
fn every_question_has_a_right_answer_and_a_wrong_one() {
    each(|id| {
        let exercise = exercise(id);
        let given = Known::at_once(&exercise.experiment, &exercise.prediction_needs());
        for (question, asked) in exercise.predictions.iter().enumerate() {
            let right = exercise.right_options(question, &given).expect("it is known");
            assert_eq!(right.len(), 1, "{id}: {:?}", asked.question);
        }
    });
}

/// The experiment of another exercise with the same settings changed.
fn carried_over(from: &Exercise, key: &Experiment, to: &Exercise) -> Experiment {
    let mut experiment = to.experiment.clone();
    let mut waiting = from.differences(key);
    waiting.retain(|change| change.path != "faults.script");
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|change| match experiment.with(&change.path, change.to.clone()) {
            Ok(changed) => {
                experiment = changed;
                false
            }
            Err(_) => true,
        });
        assert!(waiting.len() < before, "the same settings can be changed in a variant");
    }
    experiment.faults.script = key.faults.script.clone();
    experiment
}

#[test]
fn what_solves_an_exercise_solves_its_variants() {
    each(|id| {
        let (exercise, key) = (exercise(id), kept(id));
        if exercise.experiment.lanes.len() > 1 {
            return; // Those ask for names, which the prover finds in any order of the lanes.
        }
        for seed in [1, 2026, 777_777_777] {
            let variant = exercise.variant(Bounded::clamp(seed));
            assert_ne!(variant.experiment, exercise.experiment, "{id}");
            let experiment = carried_over(&exercise, &key.attempt.experiment, &variant);
            let attempt = Attempt { experiment, ..key.attempt.clone() };
            let judgement = variant.check_at_once(&attempt);
            assert_eq!(judgement.answer(), Answer::Yes, "{id}, variant {seed}: {judgement:#?}");
        }
    });
}

#[test]
fn a_name_that_is_right_in_one_variant_is_not_in_every_other() {
    let exercise = exercise("name-three");
    let key = kept("name-three");
    let right = (0..12).filter(|seed| {
        let variant = exercise.variant(Bounded::clamp(*seed));
        let attempt = Attempt { answers: key.attempt.answers.clone(), ..Attempt::of(&variant) };
        variant.check_at_once(&attempt).answer() == Answer::Yes
    });
    assert!(right.count() < 6, "copied answers are right in few variants only");
}

#[test]
fn a_key_is_found_again() {
    for id in ["repair-dual-write", "poison", "leaders-word", "name-push"] {
        let exercise = exercise(id);
        let key = exercise.key(1000).unwrap_or_else(|none| panic!("{id}: {none:?}"));
        let kept = kept(id).attempt;
        assert_eq!(key.attempt.experiment, kept.experiment, "{id}");
        let named = |attempt: &Attempt| (0..4).map(|goal| attempt.answer(goal)).collect::<Vec<_>>();
        assert_eq!(named(&key.attempt), named(&kept), "{id}");
    }
}

#[test]
fn a_key_that_there_is_not_is_not_claimed() {
    // Nothing that may be changed helps: the ids stay in memory.
    let mut exercise = exercise("repair-dedup-in-memory");
    exercise.free.retain(|free| free.as_str().ends_with(".batch"));
    let none = exercise.key(1000).expect_err("there is none");
    assert!(none.complete && none.tried > 1, "{none:?}");
    let few = exercise.key(2).expect_err("there is none");
    assert!(!few.complete, "{few:?}");
}

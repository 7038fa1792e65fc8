//! `ackground grade`: reruns and proves a stack of submissions; also searches for the answer key.

use std::ffi::OsStr;
use std::io::Read;

use super::Told;
use super::arguments::Grade;
use super::input::source;
use super::table::{aligned, line, shown};
use ackground_core::experiment::value::Bounded;
use ackground_core::experiment::{LONGEST_DOCUMENT, Seed};
use ackground_learn::exercise::{self, Exercise, built_in, built_in_ids};
use ackground_learn::keys;
use ackground_learn::marking::{Marked, Standing, csv, exercise_in, mark, name_repeats, papers};
use ackground_learn::submission::Submission;
use ackground_learn::text::ENGLISH;

/// The longest file of submissions, in bytes: a class of a thousand, one line each.
const LONGEST: u64 = 16 << 20;
/// The most combinations of changes that a key search tries: minutes at worst.
const MOST_TRIES: u64 = 200_000;

/// The JSON Schema of exercises.
pub(super) fn schema() -> String {
    let schema = exercise::schema();
    serde_json::to_string_pretty(&schema).expect("a tree of plain values prints") + "\n"
}

/// Marks every submission in these files.
pub(super) fn run(asked: &Grade, stdin: &mut dyn Read) -> Result<String, String> {
    let Grade { files, exercise, .. } = asked;
    let mut set = match exercise {
        Some(name) => Some(read_exercise(name, stdin)?),
        None => None,
    };
    let mut read = Vec::new();
    for name in files {
        match source(name, LONGEST, stdin) {
            // As on the page: an exercise among the submissions is the assigned one.
            Ok((text, whence)) => match exercise_in(&text).filter(|_| exercise.is_none()) {
                Some(found) => set = Some(found),
                None => read.push((whence, Ok(text))),
            },
            // One unreadable file does not keep the others from being marked.
            Err(why) => read.push((name.to_string_lossy().into_owned(), Err(why))),
        }
    }
    let mut marks = Vec::new();
    for (whence, text) in &read {
        match text {
            Err(why) => marks.push(Marked::refused(whence, why)),
            Ok(text) => {
                let papers = papers(whence, text).into_iter();
                marks.extend(papers.map(|(name, one)| mark(&name, one, set.as_ref())));
            }
        }
    }
    name_repeats(&mut marks);
    let write = match asked {
        Grade { csv: true, .. } => csv,
        Grade { json: true, .. } => json,
        _ => table,
    };
    Ok(write(&marks))
}

/// Reads the exercise an argument names: the id of a built-in one, a link, or a file.
fn read_exercise(name: &OsStr, stdin: &mut dyn Read) -> Result<Exercise, String> {
    if let Some(text) = name.to_str() {
        if let Some(exercise) = built_in(text, &ENGLISH) {
            return Ok(exercise);
        }
        if let Some(read) = Exercise::from_link(text) {
            return read.map_err(|error| error.to_string());
        }
    }
    let missing = |why: String| {
        let ids: Vec<&str> = built_in_ids().collect();
        format!("{why}; the built-in exercises are {}", ids.join(", "))
    };
    let (text, whence) = source(name, 2 * LONGEST_DOCUMENT as u64, stdin).map_err(missing)?;
    if let Some(read) = Exercise::from_link(text.trim()).filter(|_| !text.trim().starts_with('{')) {
        return read.map_err(|error| error.to_string());
    }
    Exercise::from_json(&text)
        .map_err(|mistakes| format!("{whence} is not an exercise:\n{mistakes}"))
}

/// Searches for a solution.
pub(super) fn key(
    name: &OsStr,
    variant: Option<u64>,
    stdin: &mut dyn Read,
) -> Result<Told, String> {
    let exercise = read_exercise(name, stdin)?;
    let variant = variant.map(Seed::clamp);
    let asked = match variant {
        Some(seed) => exercise.variant(seed),
        None => exercise.clone(),
    };
    let variant = variant.filter(|_| exercise.variants);
    match asked.key(MOST_TRIES) {
        Ok(key) => {
            let submission = Submission::new(&exercise, variant, "answer key", key.attempt, 0);
            Ok((submission.to_json() + "\n").into())
        }
        Err(none) => Ok(Told {
            text: String::new(),
            broken: Some(match none.complete {
                true => format!("none of {} combinations solves it", none.tried),
                false => format!("no solution among the first {} combinations", none.tried),
            }),
        }),
    }
}

/// The answer keys to all lessons and exercises, in Markdown. Takes minutes.
pub(super) fn keys() -> String {
    keys::document(&ENGLISH, |exercise| exercise.key(MOST_TRIES).ok().map(|key| key.attempt))
}

/// A row per submission, with the remarks below.
fn table(marks: &[Marked]) -> String {
    let mut text = String::new();
    let head = ["who", "exercise", "goals", "predictions", "attempts", "result"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for marked in marks {
        let ((met, goals), (right, predictions)) = (marked.met(), marked.right());
        let who = if marked.who.is_empty() { &marked.source } else { &marked.who };
        rows.push(vec![
            shown(who),
            shown(&marked.exercise),
            format!("{met}/{goals}"),
            format!("{right}/{predictions}"),
            marked.attempts.to_string(),
            marked.standing.word().to_owned(),
        ]);
    }
    aligned(&mut text, &rows);
    for marked in marks.iter().filter(|marked| marked.standing != Standing::Solved) {
        line(&mut text, "");
        let who = if marked.who.is_empty() { "?" } else { marked.who.as_str() };
        line(&mut text, &shown(&format!("{who} ({})", marked.source)));
        for goal in marked.goals.iter().filter(|goal| !goal.answer.is_yes()) {
            line(&mut text, &shown(&format!("  {} {}", goal.goal, goal.found)));
        }
        for remark in &marked.remarks {
            line(&mut text, &shown(&format!("  {remark}")));
        }
    }
    text
}

#[derive(serde::Serialize)]
struct MarksRecord<'a> {
    submissions: Vec<MarkRecord<'a>>,
}

#[derive(serde::Serialize)]
struct MarkRecord<'a> {
    file: &'a str,
    who: &'a str,
    exercise: &'a str,
    variant: Option<u64>,
    result: &'static str,
    goals: Vec<GoalRecord<'a>>,
    predictions: Vec<&'static str>,
    changes: usize,
    attempts: u64,
    remarks: &'a [String],
}

#[derive(serde::Serialize)]
struct GoalRecord<'a> {
    goal: &'a str,
    met: &'static str,
    found: &'a str,
}

fn json(marks: &[Marked]) -> String {
    let submissions = marks.iter().map(MarkRecord::of).collect();
    let all = MarksRecord { submissions };
    serde_json::to_string_pretty(&all).expect("plain values print") + "\n"
}

impl MarkRecord<'_> {
    fn of(marked: &Marked) -> MarkRecord<'_> {
        let goals = marked.goals.iter().map(|goal| GoalRecord {
            goal: &goal.goal,
            met: goal.answer.word(),
            found: &goal.found,
        });
        MarkRecord {
            file: &marked.source,
            who: &marked.who,
            exercise: &marked.exercise,
            variant: marked.variant.map(Bounded::get),
            result: marked.standing.word(),
            goals: goals.collect(),
            predictions: marked.predictions.iter().map(|guess| guess.word()).collect(),
            changes: marked.changes,
            attempts: marked.attempts,
            remarks: &marked.remarks,
        }
    }
}

use super::*;
use crate::exercise::Attempt;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::script::Script;
use ackground_core::experiment::value::Bounded;

fn exercise() -> Exercise {
    built_in("charge-twice", &ENGLISH).expect("it is built in")
}

fn solved(exercise: &Exercise) -> Attempt {
    let mut attempt = Attempt::of(exercise);
    let line = "drop publish-ack 1".parse().expect("a line of the script");
    attempt.experiment.faults.script = Script::new(vec![line]).expect("one line");
    attempt
}

fn handed_in(exercise: &Exercise, attempt: Attempt) -> String {
    Submission::new(exercise, None, "Ada", attempt, 2).to_line()
}

fn refused(text: &str, set: Option<&Exercise>, why: &str) {
    let marked = mark("a", text, set);
    assert_eq!(marked.standing, Standing::Refused, "{marked:#?}");
    assert!(marked.goals.is_empty() && marked.remarks[0].contains(why), "{marked:#?}");
}

#[test]
fn what_solves_it_is_found_to() {
    let exercise = exercise();
    let text = handed_in(&exercise, solved(&exercise));
    for set in [None, Some(&exercise)] {
        let marked = mark("ada.txt", &text, set);
        assert_eq!(marked.standing, Standing::Solved, "{marked:#?}");
        assert_eq!((marked.who.as_str(), marked.attempts, marked.changes), ("Ada", 2, 1));
    }
    let empty = handed_in(&exercise, Attempt::of(&exercise));
    assert_eq!(mark("a", &empty, None).standing, Standing::NotSolved);
}

#[test]
fn what_was_locked_is_not_even_run() {
    let exercise = exercise();
    let mut attempt = solved(&exercise);
    let costly = attempt.experiment.with("lanes[0].broker.kind", Json::text("queue"));
    attempt.experiment =
        costly.and_then(|one| one.with("messages", Json::Whole(1000))).expect("allowed");
    let marked = mark("a", &handed_in(&exercise, attempt), Some(&exercise));
    assert_eq!(marked.standing, Standing::NotSolved);
    assert!(marked.remarks.iter().all(|why| why.ends_with("not to be changed here.")));
    assert_eq!(marked.remarks.len(), 2, "{:?}", marked.remarks);
    let unknown = marked.goals.iter().all(|goal| goal.answer != Answer::Yes);
    assert!(unknown, "nothing was proved of it");
}

#[test]
fn another_exercise_and_another_version_are_named() {
    let exercise = exercise();
    let other = built_in("lose-one", &ENGLISH).expect("it is built in");
    let text = handed_in(&other, Attempt::of(&other));
    refused(&text, Some(&exercise), "It is about another exercise: \"lose-one\"");
    let mut easier = exercise.clone();
    easier.goals = vec!["lane 1: no_loss holds".parse().expect("a claim")];
    let easy = handed_in(&easier, Attempt::of(&easier));
    refused(&easy, Some(&exercise), "another version of \"charge-twice\"");
    refused(&easy, None, "another version of \"charge-twice\" than the one that is built in");
}

#[test]
fn an_exercise_of_ones_own_is_marked_and_remarked_on() {
    let own = Exercise { id: ackground_core::experiment::value::Id::of("own"), ..exercise() };
    let text = handed_in(&own, solved(&own));
    let marked = mark("a", &text, None);
    assert_eq!(marked.standing, Standing::Solved);
    assert!(marked.remarks[0].starts_with("Marked by the exercise inside it"));
    assert!(mark("a", &text, Some(&own)).remarks.is_empty(), "it is the one that was set");
    let submission = Submission::read(&text).expect("it is one");
    let bare = Submission { whole: None, ..submission.clone() };
    refused(&bare.to_json(), None, "is not known here");
    let forged = submission.to_json().replace("within 2 faults", "within 1 fault");
    refused(&forged, None, "The exercise inside it was changed.");
}

#[test]
fn a_variant_is_marked_as_that_variant() {
    let exercise = exercise();
    let seed = Bounded::of(5);
    let variant = exercise.variant(seed);
    let own = Submission::new(&exercise, Some(seed), "Ada", solved(&variant), 0);
    assert_eq!(mark("a", &own.to_json(), None).standing, Standing::Solved);
    let copied = Submission { variant: Some(Bounded::of(6)), ..own.clone() };
    let marked = mark("a", &copied.to_json(), None);
    assert_eq!(marked.standing, Standing::NotSolved, "another one's answer");
    let fixed = Exercise { variants: false, ..exercise };
    let none = Submission::new(&fixed, Some(seed), "", solved(&fixed), 0);
    refused(&none.to_json(), Some(&fixed), "this exercise has none");
}

#[test]
fn what_is_no_submission_is_named() {
    for (text, why) in [
        ("", "There is nothing in it."),
        ("\u{0}\u{1}\u{2}", "This is not a submission"),
        ("{\"version\": 1", "not JSON"),
        ("[]", "[] is not allowed; an object"),
    ] {
        refused(text, None, why);
    }
    let huge = format!("{{\"who\": \"{}\"}}", "x".repeat(1 << 20));
    refused(&huge, None, "at most 262144 are allowed");
}

#[test]
fn the_table_is_safe_for_spreadsheets() {
    let exercise = exercise();
    let evil = "=cmd|' /C calc'!A1";
    let submission = Submission::new(&exercise, None, evil, solved(&exercise), 0);
    let marks =
        [mark("=HYPERLINK(\"x\")", &submission.to_json(), None), mark("b.txt", "nothing", None)];
    let csv = csv(&marks);
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("file,who,exercise,variant,result,met,goals,goal 1,changes"));
    assert!(rows[1].starts_with("\"'=HYPERLINK(\"\"x\"\")\",'=cmd|' /C calc'!A1,charge-twice,"));
    assert!(rows[1].contains(",solved,1,1,yes,1,0,0,0,"), "{}", rows[1]);
    assert!(rows[2].starts_with("b.txt,,,,refused,0,0,,"), "{}", rows[2]);
}

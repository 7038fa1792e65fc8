use super::*;
use crate::exercise::built_in;
use crate::text::ENGLISH;
use ackground_core::experiment::json::Json;
use ackground_core::prove::Guarantee;

fn exercise(id: &str) -> Exercise {
    built_in(id, &ENGLISH).expect("it is built in")
}

fn hint(exercise: &Exercise, attempt: &Attempt) -> Option<Hint> {
    let known = Known::at_once(&attempt.experiment, &exercise.needs());
    exercise.hint(attempt, &known)
}

fn changed(exercise: &Exercise, path: &str, value: Json) -> Attempt {
    let experiment = exercise.experiment.with(path, value).expect(path);
    Attempt { experiment, ..Attempt::of(exercise) }
}

#[test]
fn it_shows_the_students_own_setup_and_what_of_it_would_help() {
    let exercise = exercise("repair-dedup-record-last");
    let given = hint(&exercise, &Attempt::of(&exercise)).expect("it is not solved");
    let evidence = given.evidence.as_ref().expect("a schedule");
    assert_eq!((evidence.property, evidence.lines.len()), (Property::NoDuplicates, 1));
    assert_eq!(given.message, Some(1));
    assert!(given.causes.len() > 2, "{:?}", given.causes);
    assert_eq!(given.settings[0], "lanes[0].consumer.dedup");
    assert_eq!(given.setting_names()[0], "Remembers IDs");
    // A different setup gets a different hint.
    let first = changed(&exercise, "lanes[0].consumer.dedup", Json::text("table_before"));
    let other = hint(&exercise, &first).expect("it is not solved");
    assert_eq!(other.evidence.expect("a schedule").property, Property::NoLoss);
    let atomic = changed(&exercise, "lanes[0].consumer.dedup", Json::text("atomic"));
    assert_eq!(hint(&exercise, &atomic), None, "it is solved");
}

#[test]
fn what_may_not_be_changed_comes_first() {
    let exercise = exercise("repair-dual-write");
    let seed = hint(&exercise, &changed(&exercise, "seed", Json::Whole(9)));
    let seed = seed.expect("it is not allowed");
    assert_eq!(seed.goal, None);
    assert!(seed.sentence.ends_with("This is not to be changed here."), "{}", seed.sentence);
}

#[test]
fn of_a_figure_it_names_what_brings_it_nearer() {
    let exercise = exercise("impatient");
    let given = hint(&exercise, &Attempt::of(&exercise)).expect("it is not solved");
    assert!(given.sentence.starts_with("Sends per message: "), "{}", given.sentence);
    let helps = "lanes[0].producer.request_timeout_ms".to_owned();
    assert!(given.settings.contains(&helps), "{:?}", given.settings);
}

#[test]
fn of_a_name_it_shows_what_was_overlooked_and_not_the_name() {
    let exercise = exercise("name-three");
    let mut attempt = Attempt::of(&exercise);
    attempt.answers[0] = Some(Guarantee::ExactlyOnce);
    let lost = hint(&exercise, &attempt).expect("it is wrong");
    assert_eq!(lost.evidence.expect("a schedule").property, Property::NoLoss);
    assert_eq!(lost.sentence, "Lane 1: it is not exactly once.");
    attempt.answers[0] = Some(Guarantee::AtLeastOnce);
    let lost = hint(&exercise, &attempt).expect("it is wrong");
    assert_eq!(lost.evidence.expect("a schedule").property, Property::NoLoss);
}

#[test]
fn of_a_script_it_says_how_short_it_can_be_and_where_it_begins() {
    let exercise = exercise("lose-between-two-writes");
    let empty = hint(&exercise, &Attempt::of(&exercise)).expect("it is not solved");
    assert!(empty.sentence.ends_with("1 fault will do. The first strikes here: sending."));
    assert_eq!(empty.evidence, None, "the script itself is for the student to find");
}

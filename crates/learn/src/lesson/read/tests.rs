use super::*;

const GOOD: &str = include_str!("example.txt");

fn mistakes(text: &str) -> String {
    match lesson("example", text) {
        Ok(_) => String::new(),
        Err(mistakes) => mistakes.to_string(),
    }
}

#[test]
fn the_example_of_this_file_is_read() {
    let lesson = lesson("example", GOOD).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((lesson.minutes, lesson.about.len()), (6, 2));
    assert_eq!(lesson.rounds[0].name, "lost-answer");
    assert_eq!(lesson.steps.len(), 5);
    assert!(lesson.same_but_words(&lesson.clone()));
    let other = GOOD.replace("What does the account hold?", "Was hat das Konto?");
    let other = super::lesson("example", &other).unwrap_or_else(|error| panic!("{error}"));
    assert!(lesson.same_but_words(&other), "a translation");
    let other = GOOD.replace("ends lost", "ends parked");
    let other = super::lesson("example", &other).unwrap_or_else(|error| panic!("{error}"));
    assert!(!lesson.same_but_words(&other), "another claim");
}

#[test]
fn a_mistake_names_file_line_and_reason() {
    for (from, to, said) in [
        ("minutes: 6", "minutes: six", "minutes is a whole number"),
        ("aim: ", "goal: ", "aim is missing"),
        ("== situation", "== sitation", "\"sitation\" is no block"),
        ("at-least-once", "at-lest-once", "did you mean \"at-least-once\"?"),
        ("message 2 ends lost", "message 7 ends lost", "there is no message 7"),
        ("ends lost", "ends lots", "did you mean \"lost\"?"),
        ("  = lane 1: message 2 ends lost\n", "", "an option says with \"= \""),
        ("== predict", "== predict 2", "not all of them are right"),
        ("hold?", "hold? {lane 1: holds}", "tells no figure of the run"),
        ("at: lane 1 breaks", "at: lane 2 breaks", "at: start, end"),
        ("why: lane 1 message 2", "why: lane 1 message 4", "both of which there are"),
        ("message 2 sent}", "message 5 sent}", "there is no message 5"),
        ("message 2 sent}", "message 2 posted}", "of a message: ends"),
        ("changes: 1", "changes: one", "changes: a whole number up to 100"),
        ("= \"atomic\"", "= atomic", "way: lanes[0].consumer.dedup"),
        ("== experiment lost-answer", "== experiment", "an experiment has a name"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let told = mistakes(&GOOD.replacen(from, to, 1));
        assert!(told.contains(said), "{to}: {told}");
        assert!(told.starts_with("lessons/example.txt:"), "{told}");
    }
}

#[test]
fn an_experiment_may_be_a_link() {
    let json = "{\"version\": 1";
    let at = GOOD.find(json).expect("it is there");
    let end = at + GOOD[at..].find('\n').expect("the line ends");
    let experiment =
        Experiment::from_json(&GOOD[at..end]).unwrap_or_else(|error| panic!("{error}"));
    let linked = GOOD.replace(&GOOD[at..end], &format!("#{}", experiment.to_link()));
    let linked = lesson("example", &linked).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(linked.rounds[0].experiment, experiment);
    let cut = GOOD.replace(&GOOD[at..end], "#v1.AAAA");
    assert!(mistakes(&cut).starts_with("lessons/example.txt:10: "), "{}", mistakes(&cut));
}

#[test]
fn a_line_is_the_line_of_the_file() {
    let told = mistakes(&GOOD.replacen("ends lost", "ends lots", 1));
    let line = GOOD.lines().position(|line| line.contains("ends lost"));
    let line = line.expect("it is there") + 1;
    assert!(told.starts_with(&format!("lessons/example.txt:{line}: ")), "{told}");
}

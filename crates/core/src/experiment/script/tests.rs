//! What a script line may say, and what is reported when it says something else.

use super::*;

fn error(text: &str) -> String {
    text.parse::<Line>().expect_err(text).to_string()
}

/// Every form of the language, as it is printed.
const LINES: &[&str] = &[
    "drop publish 1",
    "drop publish-ack 2#3",
    "drop deliver 1000#*",
    "drop ack 1",
    "duplicate publish 1",
    "duplicate deliver 1#2",
    "delay publish 1 by 250ms",
    "delay publish-ack 1 by 5s",
    "delay deliver 1 by 2m",
    "delay ack 1#* by 0ms",
    "crash producer before publish 1",
    "crash producer after publish 1#2",
    "crash broker before write 1",
    "crash broker after write 1",
    "crash broker before replicate 1",
    "crash broker after replicate 1",
    "crash broker before ack 1",
    "crash broker after ack 1",
    "crash follower before replicate 1",
    "crash consumer before receive 1",
    "crash consumer after record 1",
    "crash consumer before ack 1",
    "crash consumer after credit 3",
    "crash consumer before a-step_2 3#*",
    "kill broker before write 1",
    "kill broker after replicate 2#3",
    "kill broker after ack 1#*",
    "fail 1",
    "fail 1#*",
    "poison 7",
    "slow 1 by 10s",
    "slow 1#2 by 61s",
    "partition producer 0ms..5s",
    "partition consumer 1500ms..2m",
];

#[test]
fn every_line_prints_as_it_is_read() {
    for text in LINES {
        let line: Line = text.parse().expect(text);
        assert_eq!(line.to_string(), *text);
    }
}

#[test]
fn what_need_not_be_said_is_not_printed() {
    for (text, printed) in [
        ("fail 1#1", "fail 1"),
        ("  drop \t publish   2 ", "drop publish 2"),
        ("slow 1 by 120000ms", "slow 1 by 2m"),
        ("slow 1 by 1000ms", "slow 1 by 1s"),
        ("slow 1 by 0m", "slow 1 by 0ms"),
        ("fail 007", "fail 7"),
    ] {
        let line: Line = text.parse().expect(text);
        assert_eq!(line.to_string(), printed);
    }
}

#[test]
fn an_error_names_the_column_and_what_may_stand_there() {
    for (text, message) in [
        (
            "",
            "column 1: the line ends here; expected drop, duplicate, delay, crash, fail, poison, slow, partition or kill",
        ),
        ("dorp publish 1", "column 1: \"dorp\" is not a fault; did you mean \"drop\"?"),
        ("Drop publish 1", "column 1: \"Drop\" is not a fault; did you mean \"drop\"?"),
        (
            "explode 1",
            "column 1: \"explode\" is not a fault; expected drop, duplicate, delay, crash, fail, poison, slow, partition or kill",
        ),
        (
            "drop 2",
            "column 6: \"2\" is not a packet; expected publish, publish-ack, deliver or ack",
        ),
        (
            "duplicate ack 1",
            "column 11: \"ack\" is not a packet that can arrive twice; expected publish or deliver",
        ),
        (
            "drop publish",
            "column 13: the line ends here; expected a message number from 1, such as 2, or with the time it happens, such as 2#3 or 2#*",
        ),
        (
            "drop publish 0",
            "column 14: \"0\" is not a message; expected a message number from 1, such as 2, or with the time it happens, such as 2#3 or 2#*",
        ),
        ("poison 1#2", "column 8: \"1#2\" is not a message; expected a message number from 1"),
        ("drop publish 1 2", "column 16: \"2\" is too much; the line is complete before it"),
        ("slow 1 10s", "column 8: \"10s\" is not the word before the time; expected by"),
        (
            "slow 1 by 10",
            "column 11: \"10\" is not a time; expected a time such as 250ms, 5s or 2m, at most a year",
        ),
        (
            "crash producer after 1",
            "column 22: \"1\" is not a point of the producer; expected publish",
        ),
        (
            "crash follower after replicate 1",
            "column 16: \"after\" is not a side of a follower; expected before",
        ),
        (
            "crash consumer after 3 1",
            "column 22: \"3\" is not a point of the consumer; expected receive, record, ack or the ID of a step",
        ),
        (
            "kill consumer after ack 1",
            "column 6: \"consumer\" is not a process that can be killed; expected broker",
        ),
        (
            "partition producer 5s..2s",
            "column 20: \"5s..2s\" does not end after it begins; expected two times with two points between them, such as 2s..5s",
        ),
        (
            "über publish 1",
            "column 1: \"über\" is not a fault; expected drop, duplicate, delay, crash, fail, poison, slow, partition or kill",
        ),
    ] {
        assert_eq!(error(text), message);
    }
}

#[test]
fn numbers_and_times_out_of_range_are_refused() {
    for text in [
        "fail +1",
        "fail 1#0",
        "fail 1#",
        "fail #1",
        "fail 1#1#1",
        "fail 99999999999999999999999",
        "fail 1000000001",
        "slow 1 by 1.5s",
        "slow 1 by -1s",
        "slow 1 by ms",
        "slow 1 by 1h",
        "slow 1 by 999999999999999999m",
        "slow 1 by 525601m",
        "partition producer 1s",
        "partition producer 1s..1s",
        "partition producer 1s...2s",
    ] {
        assert!(text.parse::<Line>().is_err(), "{text}");
    }
    assert!("slow 1 by 525600m".parse::<Line>().is_ok(), "just a year");
}

#[test]
fn an_occurrence_covers_itself_and_a_star_covers_all() {
    let spot = Spot::first(Ordinal::of(2));
    assert!(spot.covers(2, 1) && !spot.covers(2, 2) && !spot.covers(1, 1));
    assert!(Nth::Every.covers(17));
}

#[test]
fn a_script_is_a_list_or_a_text_with_line_breaks() {
    let list: Script = serde_json::from_str(r#"["drop ack 1","fail 2"]"#).expect("a list");
    let text: Script = serde_json::from_str(r#""drop ack 1\r\n\n fail 2\n""#).expect("a text");
    assert_eq!(list, text);
    assert_eq!(serde_json::to_string(&text).expect("prints"), r#"["drop ack 1","fail 2"]"#);
}

#[test]
fn a_script_has_an_end() {
    let lines = |n| format!("[{}]", vec!["\"fail 1\""; n].join(","));
    assert!(serde_json::from_str::<Script>(&lines(200)).is_ok());
    let told = serde_json::from_str::<Script>(&lines(201)).expect_err("one too many");
    assert_eq!(told.to_string(), "201 lines are not allowed; a list of at most 200 lines of text");
    let line: Line = "fail 1".parse().expect("a line");
    let full = Script::new(vec![line.clone(); 200]).expect("just full");
    assert_eq!(full.with(line), None);
    assert_eq!(full.without(0).lines().len(), 199);
    assert_eq!(full.without(200), full);
}

#[test]
fn a_line_that_is_off_is_kept_in_its_place_and_does_nothing() {
    let text = r#"["off fail 1","drop ack 1","off fail 2","off fail 3","drop ack 2"]"#;
    let script: Script = serde_json::from_str(text).expect("a script");
    let lines: Vec<String> = script.lines().iter().map(Line::to_string).collect();
    assert_eq!(lines, ["drop ack 1", "drop ack 2"]);
    assert_eq!(
        (script.index_of_active(0), script.index_of_active(1), script.index_of_active(2)),
        (Some(1), Some(4), None)
    );
    assert_eq!(serde_json::to_string(&script).expect("prints"), text);
    assert_eq!(Script::of(script.entries()), Some(script));
}

#[test]
fn off_is_a_word_before_a_line_and_no_fault() {
    let told = |text: &str| text.parse::<Entry>().expect_err(text).to_string();
    assert!(told("off").starts_with("column 4: the line ends here"));
    assert!(told("off off fail 1").starts_with("column 5: \"off\" is not a fault"));
    assert!(told("offfail 1").starts_with("column 1: \"offfail\" is not a fault"));
    assert!("off fail 1".parse::<Line>().is_err(), "a line is a fault");
    let spaced: Entry = "  off   fail 1 ".parse().expect("an entry");
    assert_eq!(spaced.to_string(), "off fail 1");
}

#[test]
fn lines_that_are_off_count_towards_the_most() {
    let entry: Entry = "off fail 1".parse().expect("an entry");
    let full = Script::of(vec![entry.clone(); 200]).expect("just full");
    assert!(full.lines().is_empty() && full.with(entry.line.clone()).is_none());
    assert_eq!(Script::of(vec![entry; 201]), None);
}

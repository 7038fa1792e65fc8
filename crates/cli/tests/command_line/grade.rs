//! `ackground grade`: what was handed in, and what would have solved it.

use ackground_learn::exercise::built_in;
use ackground_learn::submission::Submission;
use ackground_learn::text::ENGLISH;
use serde_json::Value;

use super::{ackground, done, refused, text};

/// A solution of a built-in exercise, as it is kept.
fn key(id: &str) -> String {
    let path = format!("{}/../../tests/keys/{id}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("every exercise has a kept solution")
}

#[test]
fn grade_runs_every_submission_again() {
    let told = done(&["grade", "-"], &key("charge-twice"));
    assert!(told.contains("answer key  charge-twice"), "{told}");
    assert!(told.trim_end().ends_with("solved"), "{told}");
    let forged = key("charge-twice").replace("drop publish-ack 1", "drop publish 1");
    let told = done(&["grade", "-", "--exercise", "charge-twice"], &forged);
    assert!(told.contains("not solved"), "{told}");
    assert!(told.contains("With 1 line it still never duplicates."), "{told}");
}

#[test]
fn grade_takes_lines_files_and_what_is_neither() {
    let submission = Submission::read(&key("lose-one")).expect("it is one");
    let line = submission.to_line();
    let cut = &line[..line.len() - 20];
    let told = done(&["grade", "-", "no/such/file", "--json"], &format!("{line}\n\n{cut}\n"));
    let marks: Value = serde_json::from_str(&told).expect("JSON");
    let result = |at: usize| marks["submissions"][at]["result"].as_str();
    assert_eq!(
        [result(0), result(1), result(2)],
        [Some("solved"), Some("refused"), Some("refused")]
    );
    let remark = |at: usize| marks["submissions"][at]["remarks"][0].as_str().unwrap_or_default();
    assert_eq!(remark(1), "The line is cut off: its end is missing.");
    assert!(remark(2).starts_with("no/such/file cannot be read"), "{}", remark(2));
    let csv = done(&["grade", "-", "--csv"], &line);
    assert!(csv.starts_with("file,who,exercise,variant,result,met,goals,goal 1,"), "{csv}");
    assert!(csv.contains("standard input,answer key,lose-one,,solved,1,1,yes,"), "{csv}");
}

#[test]
fn an_exercise_among_the_files_is_the_one_that_was_set_and_a_name_twice_is_said() {
    let dir = std::env::temp_dir().join(format!("ackground-class-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder can be made");
    let file = |name: &str, text: &str| {
        let path = dir.join(name);
        std::fs::write(&path, text).expect("a file can be written");
        path.to_string_lossy().into_owned()
    };
    let exercise = built_in("lose-one", &ENGLISH).expect("it is built in");
    let solved = key("lose-one").replace("answer key", "=Ada");
    let files = [
        file("set.json", &exercise.to_json()),
        file("a.json", &solved),
        file("b.json", &solved),
        file("other.json", &key("charge-twice")),
        file("empty.json", ""),
    ];
    let mut arguments = vec!["grade", "--csv"];
    arguments.extend(files.iter().map(String::as_str));
    let csv = done(&arguments, "");
    std::fs::remove_dir_all(&dir).expect("the folder is ours");
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows.len(), 4, "{csv}");
    for (row, other) in [(rows[0], "b.json"), (rows[1], "a.json")] {
        assert!(row.contains(",'=Ada,lose-one,,solved,"), "{row}");
        assert!(row.contains("more than once") && row.contains(other), "{row}");
    }
    assert!(rows[2].contains("It is about another exercise"), "{csv}");
    assert!(rows[3].contains(",refused,"), "{csv}");
}

#[test]
fn grade_finds_a_key_and_says_when_there_is_none() {
    let found = done(&["grade", "--key", "leaders-word"], "");
    assert_eq!(Submission::read(&found), Submission::read(&key("leaders-word")));
    let variant = done(&["grade", "--key", "leaders-word", "--variant", "7"], "");
    assert!(done(&["grade", "-"], &variant).trim_end().ends_with("solved"), "{variant}");
    let impossible = r#"{"version": 1, "kind": "exercise", "id": "x", "goals": ["lane 1: ledger is over"],
        "experiment": {"version": 1, "lanes": [{}]}}"#;
    let output = ackground(&["grade", "--key", "-"], impossible);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "ackground: none of 1 combinations solves it\n");
    let unknown = refused(&["grade", "--key", "no-such-exercise"], "");
    assert!(unknown.contains("the built-in exercises are lose-one, charge-twice"), "{unknown}");
    let schema: Value = serde_json::from_str(&done(&["schema", "--exercise"], "")).expect("JSON");
    assert_eq!(schema["title"], "An Ackground exercise");
}

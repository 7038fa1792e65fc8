//! The command line as a person or a script meets it: the real program, its output and its status.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ackground::experiment::Experiment;
use serde_json::{Value, json};

const GOLDEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/golden/first-screen.json"
);

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ackground"))
}

fn ackground(arguments: &[&str], stdin: &str) -> Output {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it was piped");
    // A program that needs no input may be gone by now.
    let _ = input.write_all(stdin.as_bytes());
    drop(input);
    child.wait_with_output().expect("the program ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it prints UTF-8")
}

#[track_caller]
fn done(arguments: &[&str], stdin: &str) -> String {
    let output = ackground(arguments, stdin);
    assert_eq!(text(&output.stderr), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    text(&output.stdout).to_owned()
}

#[track_caller]
fn refused(arguments: &[&str], stdin: &str) -> String {
    let output = ackground(arguments, stdin);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(text(&output.stdout), "", "a refusal prints no result");
    text(&output.stderr).to_owned()
}

fn first_screen() -> String {
    Experiment::default().to_json()
}

#[test]
fn run_tells_people_how_each_lane_fared() {
    let told = done(&["run", "-"], &first_screen());
    let lanes: Vec<&str> = told.split("\n\n").collect();
    let (headline, table) = lanes[0].split_once('\n').expect("a table follows");
    let expected = "At most once: 20000 of 30000 EUR; 2 once, 1 lost (1 silently); settled after ";
    assert!(headline.starts_with(expected), "{headline}");
    assert_eq!(
        table,
        "  message  sent  delivered  credit  notify  told  end
        1     1          1       1       1    ok  once
        2     1          0       0       0    ok  lost, silently
        3     1          1       1       1    ok  once"
    );
    assert!(lanes[1].starts_with("At least once: 40000 of 30000 EUR"));
    assert!(lanes[2].starts_with("Effectively once: 30000 of 30000 EUR"));
}

#[test]
fn neighbours_that_fared_the_same_share_a_row() {
    let told = done(
        &["run", "-"],
        r#"{"version":1,"messages":1000,"lanes":[{}]}"#,
    );
    assert!(told.starts_with("Lane 1: 10000000 of 10000000 EUR; 1000 once; settled after"));
    assert!(
        told.contains("\n   1-1000     1          1       1       1    ok  once\n"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 3);
}

#[test]
fn run_tells_programs_everything() {
    let told = done(&["run", "-", "--json"], &first_screen());
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    let lane = &told["lanes"][1];
    assert_eq!(told["lanes"].as_array().map(Vec::len), Some(3));
    assert_eq!(lane["name"], "At least once");
    assert_eq!(
        lane["messages"][2],
        json!({
            "sent": 1, "delivered": 2, "applied": {"credit": 2, "notify": 2},
            "told": "ok", "end": "duplicated",
        })
    );
    assert_eq!(
        lane["totals"],
        json!({"once": 2, "lost": 0, "silent": 0, "duplicated": 1, "parked": 0, "pending": 0})
    );
    assert_eq!(
        lane["ledger"],
        json!({"expected": 30_000, "actual": 40_000})
    );
    assert!(lane["settled_ms"].is_u64());
    assert_eq!(lane["unfired"], json!([]));
}

#[test]
fn what_did_not_settle_and_what_did_not_fire_is_said() {
    let experiment = r#"{"version":1,"messages":1,"lanes":[{}],
        "faults":{"loss":{"publish":1},"script":["crash consumer after notify 1"]}}"#;
    let told = done(&["run", "-"], experiment);
    assert!(
        told.contains("1 pending; not settled by the horizon at "),
        "{told}"
    );
    assert!(
        told.ends_with("  did not fire: crash consumer after notify 1\n"),
        "{told}"
    );
    let told: Value =
        serde_json::from_str(&done(&["run", "-", "--json"], experiment)).expect("JSON");
    assert_eq!(told["lanes"][0]["settled_ms"], Value::Null);
    assert_eq!(
        told["lanes"][0]["unfired"],
        json!(["crash consumer after notify 1"])
    );
}

#[test]
fn a_file_a_pipe_and_a_link_are_the_same_experiment() {
    let piped = done(&["run", "-"], &first_screen());
    assert_eq!(
        done(&["run", GOLDEN], "").lines().count(),
        piped.lines().count()
    );

    let link = done(&["link", "-"], &first_screen());
    let link = link.trim_end();
    assert_eq!(Experiment::from_link(link), Ok(Some(Experiment::default())));
    assert_eq!(done(&["run", link], ""), piped);
    let address = format!("https://example.org/ackground/#{link}&t=1");
    assert_eq!(done(&["run", &address], ""), piped);
    assert_eq!(
        done(&["run", "-"], &format!("{link}\n")),
        piped,
        "also through a pipe"
    );
    assert_eq!(done(&["link", link], "").trim_end(), link);
}

#[test]
fn the_schema_is_a_schema() {
    let schema: Value = serde_json::from_str(&done(&["schema"], "")).expect("it prints JSON");
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn help_and_version() {
    let help = done(&["--help"], "");
    for word in ["run", "link", "schema", "--json", "Exit status"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(
        !help.contains("prove") && !help.contains("measure"),
        "not there yet"
    );
    assert_eq!(done(&["run", "-h"], ""), help);
    let version = format!("ackground {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(done(&["--version"], ""), version);
}

#[test]
fn a_bad_experiment_is_refused_with_every_path() {
    let told = refused(
        &["run", "-"],
        r#"{"version":1,"lanes":[{"producer":{"retries":2000}}],"sed":1}"#,
    );
    assert!(
        told.contains("lanes[0].producer.retries: 2000 is not allowed"),
        "{told}"
    );
    assert!(told.contains("sed: is not a field here"), "{told}");
    assert!(refused(&["link", "-"], "").contains("is not JSON"));
    assert!(refused(&["run", "-"], "{").contains("is not JSON"));
    assert!(
        refused(&["run", "no/such/file.json"], "").contains("no/such/file.json cannot be read")
    );
    let directory = Path::new(GOLDEN)
        .parent()
        .expect("it has one")
        .to_string_lossy();
    assert!(refused(&["run", &directory], "").contains("cannot be read"));
    assert!(refused(&["run", "-"], &" ".repeat(300_000)).contains("at most 262144"));
}

#[test]
fn a_bad_link_is_refused_in_words() {
    let link = Experiment::default().to_link();
    let cut = format!("#{}", &link[..link.len() / 2]);
    assert!(refused(&["run", &cut], "").contains("cut off"));
    assert!(refused(&["run", "https://example.org/"], "").contains("holds no experiment"));
    assert!(refused(&["link", "#v9.AAAA"], "").contains("newer"));
}

#[test]
fn bad_arguments_are_refused_in_one_sentence() {
    let wrong: [(&[&str], &str); 6] = [
        (&[], "a command is missing"),
        (&["run"], "run needs an experiment"),
        (&["run", "-", "--jsn"], "'--jsn'"),
        (&["simulate", "-"], "\"simulate\" is not a command"),
        (&["prove", "-"], "\"prove\" comes with the next release"),
        (
            &["measure", "-", "--json"],
            "\"measure\" comes with the next release",
        ),
    ];
    for (arguments, reason) in wrong {
        let told = refused(arguments, "");
        assert!(
            told.starts_with("ackground: ") && told.contains(reason),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn input_that_is_not_text_is_refused() {
    let mut child = program()
        .args(["run", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it was piped");
    input.write_all(b"\xff\xfe{}").expect("the program reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot be read"));
}

/// As in `ackground run … | head -1`.
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = program()
        .args(["run", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("it was piped");
    input
        .write_all(br#"{"version":1,"messages":1000,"lanes":[{},{}]}"#)
        .expect("the program reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

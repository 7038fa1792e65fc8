//! The command line as a person or a script meets it: the real program, its output and its status.
#![cfg(not(target_arch = "wasm32"))]

#[path = "command_line/grade.rs"]
mod grade;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ackground_core::experiment::Experiment;
use serde_json::{Value, json};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/first-screen.json");

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
fn run_tells_each_lane_event_by_event() {
    let told = done(&["run", "-", "--transcript"], &first_screen());
    for lane in ["At most once", "At least once", "Effectively once"] {
        assert!(told.contains(&format!("{lane}\nThree people each send you 10,000.\n")), "{told}");
    }
    assert!(told.contains("Fault: drop publish 2\n"));
    let hostile =
        first_screen().replacen("\"version\"", "\"title\": \"\\u001b[2J\", \"version\"", 1);
    assert!(!done(&["run", "-", "--transcript"], &hostile).contains('\u{1b}'));
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
        "  message  sent  delivered  credit  notify     told  end
        1     1          1       1       1  nothing  once
        2     1          0       0       0  nothing  lost, silently
        3     1          1       1       1  nothing  once"
    );
    assert!(lanes[1].starts_with("At least once: 40000 of 30000 EUR"));
    assert!(lanes[2].starts_with("Effectively once: 30000 of 30000 EUR"));
}

#[test]
fn neighbours_that_fared_the_same_share_a_row() {
    let told = done(&["run", "-"], r#"{"version":1,"messages":1000,"lanes":[{}]}"#);
    assert!(told.starts_with("Lane 1: 10000000 of 10000000 EUR; 1000 once; settled after"));
    assert!(told.contains("\n   1-1000     1          1       1       1    ok  once\n"), "{told}");
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
    assert_eq!(lane["ledger"], json!({"expected": 30_000, "actual": 40_000}));
    assert!(lane["settled_ms"].is_u64());
    assert_eq!(lane["unfired"], json!([]));
}

#[test]
fn what_did_not_settle_and_what_did_not_fire_is_said() {
    let experiment = r#"{"version":1,"messages":1,"lanes":[{}],
        "faults":{"loss":{"publish":1},"script":["crash consumer after notify 1"]}}"#;
    let told = done(&["run", "-"], experiment);
    assert!(told.contains("1 pending; not settled by the horizon at "), "{told}");
    assert!(told.ends_with("  did not fire: crash consumer after notify 1\n"), "{told}");
    let told: Value =
        serde_json::from_str(&done(&["run", "-", "--json"], experiment)).expect("JSON");
    assert_eq!(told["lanes"][0]["settled_ms"], Value::Null);
    assert_eq!(told["lanes"][0]["unfired"], json!(["crash consumer after notify 1"]));
}

#[test]
fn a_file_a_pipe_and_a_link_are_the_same_experiment() {
    let piped = done(&["run", "-"], &first_screen());
    assert_eq!(done(&["run", GOLDEN], "").lines().count(), piped.lines().count());

    let link = done(&["link", "-"], &first_screen());
    let link = link.trim_end();
    assert_eq!(Experiment::from_link(link), Ok(Some(Experiment::default())));
    assert_eq!(done(&["run", link], ""), piped);
    let address = format!("https://example.org/ackground/#{link}&t=1");
    assert_eq!(done(&["run", &address], ""), piped);
    assert_eq!(done(&["run", "-"], &format!("{link}\n")), piped, "also through a pipe");
    assert_eq!(done(&["link", link], "").trim_end(), link);
    assert!(link.starts_with("payment/"), "it can be read: {link}");
    let packed = Experiment::default().to_packed_link();
    assert_eq!(done(&["link", &packed], "").trim_end(), link);
}

#[test]
fn the_schema_is_a_schema() {
    let schema: Value = serde_json::from_str(&done(&["schema"], "")).expect("it prints JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn a_picture_is_printed_or_written() {
    let picture = done(&["picture", "-"], &first_screen());
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    for balance in ["20,000", "40,000", "30,000"] {
        assert!(picture.contains(&format!(">{balance}</text>")), "{balance}");
    }
    let file = std::env::temp_dir().join(format!("ackground-{}.svg", std::process::id()));
    let name = file.to_str().expect("a path in Unicode");
    let all = ["picture", "-", "--out", name, "--at=2.25s", "--theme=auto", "--width", "720"];
    assert_eq!(done(&all, &first_screen()), "");
    let written = std::fs::read_to_string(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it is there");
    assert!(written.contains("width=\"720\"") && written.contains("At 2.25 s"));
    assert!(written.contains("prefers-color-scheme:dark"));
    let nowhere = ["picture", "-", "--out", "/nowhere/at/all.svg"];
    assert!(refused(&nowhere, &first_screen()).contains("cannot be written"));
    assert!(refused(&["picture", "-", "--theme", "blue"], "").contains("light, dark, auto"));
}

#[test]
fn help_and_version() {
    let help = done(&["--help"], "");
    for word in ["run", "prove", "measure", "link", "schema", "completions", "Exit status"] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(done(&["help"], ""), help);
    let of_run = done(&["run", "-h"], "");
    assert!(of_run.contains("--transcript") && !of_run.contains("--faults"), "{of_run}");
    assert_eq!(done(&["run", "--help"], ""), of_run);
    assert_eq!(done(&["help", "run"], ""), of_run);
    let version = format!("ackground {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(done(&["--version"], ""), version);
}

#[test]
fn a_bad_experiment_is_refused_with_every_path() {
    let told =
        refused(&["run", "-"], r#"{"version":1,"lanes":[{"producer":{"retries":2000}}],"sed":1}"#);
    assert!(told.contains("lanes[0].producer.retries: 2000 is not allowed"), "{told}");
    assert!(told.contains("sed: is not a field here"), "{told}");
    assert!(refused(&["link", "-"], "").contains("is not JSON"));
    assert!(refused(&["run", "-"], "{").contains("is not JSON"));
    assert!(
        refused(&["run", "no/such/file.json"], "").contains("no/such/file.json cannot be read")
    );
    let directory = Path::new(GOLDEN).parent().expect("it has one").to_string_lossy();
    assert!(refused(&["run", &directory], "").contains("cannot be read"));
    assert!(refused(&["run", "-"], &" ".repeat(300_000)).contains("at most 262144"));
}

#[test]
fn a_bad_link_is_refused_in_words() {
    let link = Experiment::default().to_packed_link();
    let cut = format!("#{}", &link[..link.len() / 2]);
    assert!(refused(&["run", &cut], "").contains("cut off"));
    assert!(refused(&["run", "https://example.org/"], "").contains("holds no experiment"));
    assert!(refused(&["link", "#v9.AAAA"], "").contains("newer"));
    let told = refused(&["run", "payment/at-least-once+atomc/drop-akc-1"], "");
    assert!(told.contains("atomc: is not a setting of a lane; did you mean \"atomic\"?"), "{told}");
    assert!(told.contains("drop-akc-1: \"akc\" is not a packet"), "nothing is left out: {told}");
}

/// The manual's table of commands is written by hand, so it is held to what help says.
#[test]
fn the_manual_has_every_command_and_option() {
    let manual = include_str!("../../../docs/command-line.md");
    let table = manual.split("\n\n").nth(2).expect("after an introduction");
    let help = done(&["help"], "");
    let names = help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands = names.filter(|name| name.starts_with(char::is_alphabetic) && *name != "help");
    for command in commands {
        let call = format!("-- {command}");
        let rows: String = table.lines().filter(|row| row.contains(&call)).collect();
        assert!(!rows.is_empty(), "{command}");
        let help = done(&[command, "--help"], "");
        for line in help.lines().filter(|line| line.starts_with("      --")) {
            let option = line.split_whitespace().next().expect("an option");
            assert!(rows.contains(option), "{command} {option}: {rows}");
        }
    }
}

#[test]
fn a_shell_can_complete_commands_options_and_words() {
    for (shell, mark) in [
        ("bash", "complete -F _ackground"),
        ("zsh", "#compdef ackground"),
        ("fish", "complete -c ackground"),
    ] {
        let script = done(&["completions", shell], "");
        for word in [mark, "measure", "transcript", "at-least-once"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn bad_arguments_are_refused_with_what_is_allowed() {
    let wrong: [(&[&str], &str, &str); 8] = [
        (&[], "requires a subcommand", "run, prove, measure, picture, link, grade, schema"),
        (&["run"], "<EXP>", "A file, - for standard input, or a share link"),
        (&["run", "-", "--jsn"], "'--jsn'", "'--json'"),
        (&["simulate", "-"], "'simulate'", "run, prove, measure, picture, link, grade, schema"),
        (&["mesure", "-"], "'mesure'", "'measure'"),
        (&["prove", "-", "--faults", "99"], "'99' for '--faults <K>'", "from 0 to 8"),
        (&["prove", "-", "--kinds", "flood"], "\"flood\" is not a kind", "drop, duplicate"),
        (&["measure", "-", "--messages", "0"], "'0' for '--messages <N>'", "from 1 to 100000000"),
    ];
    for (arguments, reason, allowed) in wrong {
        let told = refused(arguments, "");
        assert!(told.starts_with("ackground: ") && told.contains(reason), "{told}");
        assert!(told.contains(allowed), "{told}");
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

/// The contract for scripts: names, types, and that rates agree with their messages.
#[test]
fn measure_as_json_has_rates_prices_and_times_of_every_lane() {
    let experiment = r#"{"version":1,"messages":10,"interval_ms":100,
        "faults":{"loss":{"publish":0.2},"poison":0.1},
        "lanes":[{"name":"Blind","preset":"at-most-once"},
                 {"name":"Parks","broker":{"kind":"queue","max_deliveries":2}},
                 {"name":"Never","producer":{"acks":"none"},"consumer":{"processing_ms":0}}]}"#;
    let told = done(&["measure", "-", "--messages", "995", "--json"], experiment);
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    assert_eq!((&told["messages"], &told["runs"]), (&json!(1000), &json!(5)), "runs of 200");
    assert_eq!(told["left_to_chance"], "faults");
    let names = ["Blind", "Parks", "Never"];
    for (lane, name) in names.into_iter().enumerate() {
        let lane = &told["lanes"][lane];
        assert_eq!(lane["name"], name);
        for share in ["lost", "silent", "duplicated", "parked"] {
            let of = |field: &str| lane[share][field].as_f64().expect("a number");
            assert!(0.0 <= of("low") && of("low") <= of("rate"));
            assert!(of("rate") <= of("high") && of("high") <= 1.0);
            assert_eq!(of("rate"), of("messages") / 1000.0);
        }
        for number in ["sends_per_message", "deliveries_per_message"] {
            assert!(lane[number].is_f64(), "{number}");
        }
        let latency = |quantile: &str| lane["latency_ms"][quantile].as_f64();
        assert!(latency("p50") <= latency("p95") && latency("p95") <= latency("p99"));
    }
    let parked = told["lanes"][1]["parked"]["rate"].as_f64();
    assert!(parked.is_some_and(|rate| rate > 0.05), "poison is parked");
    assert_eq!(told["pairs"][0]["lanes"], json!([0, 1]));
    assert_eq!(told["pairs"][0]["parked"]["more_than_noise"], json!(true));
    assert_eq!(told["pairs"].as_array().map(Vec::len), Some(3));
}

#[test]
fn measure_has_no_latency_where_nothing_was_applied() {
    let experiment = r#"{"version":1,"faults":{"loss":{"publish":1}},
        "lanes":[{"producer":{"retries":0}}]}"#;
    let told = done(&["measure", "-", "--messages", "1", "--json"], experiment);
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    let lane = &told["lanes"][0];
    assert_eq!(lane["lost"]["rate"], json!(1.0));
    assert_eq!(lane["silent"]["rate"], json!(0.0), "the producer is told");
    assert_eq!(lane["latency_ms"]["p50"], Value::Null);
    assert_eq!(lane["throughput_per_s"], Value::Null);
    assert_eq!(lane["intervals"]["sends_per_message"], Value::Null, "a single run");
}

#[test]
fn measure_tells_people_the_numbers_and_the_differences() {
    let experiment = r#"{"version":1,"faults":{"loss":{"ack":0.2}},
        "lanes":[{"preset":"at-least-once","name":"Plain","broker":{"kind":"queue"}},
                 {"preset":"effectively-once","name":"Ids"},
                 {"preset":"effectively-once","name":"Ids again"}]}"#;
    let told = done(&["measure", "-", "--messages", "3000"], experiment);
    assert!(told.starts_with("3,000 messages in each lane: 15 runs of 200."), "{told}");
    assert_eq!(told, done(&["measure", "-", "--messages", "3000"], experiment), "always the same");
    let blocks: Vec<&str> = told.split("\n\n").collect();
    let duplicated = blocks[1].lines().find(|line| line.contains("Duplicated"));
    assert!(duplicated.is_some_and(|line| line.contains(" % (")), "{told}");
    assert!(blocks[2].starts_with("Ids, compared with Plain:"), "{told}");
    assert!(blocks[2].contains("Duplicated  \u{2212}"), "{told}");
    let last = blocks[blocks.len() - 1];
    assert!(last.starts_with("Ids again, compared with Ids:\n  no difference at all: "), "{told}");
    assert_eq!(last.lines().count(), 2, "the same settings, the same luck: {told}");
}

#[test]
fn measure_has_no_intervals_where_nothing_is_left_to_chance() {
    let told = done(&["measure", "-", "--messages", "30"], &first_screen());
    let head = "30 messages in each lane: ten runs of 3. Only travel times are left to chance.";
    assert!(told.contains(head), "{told}");
    let lost = told.lines().find(|line| line.trim_start().starts_with("Lost "));
    assert!(lost.is_some_and(|line| line.contains("33.3 %") && !line.contains('(')), "{told}");
    assert!(told.contains("in every run"), "{told}");
}

/// The contract for scripts, and that a counterexample is a script and a link to a run that shows it.
#[test]
fn prove_as_json_has_a_guarantee_and_a_counterexample_to_all_that_is_broken() {
    let told = done(&["prove", "-", "--json"], &first_screen());
    let told: Value = serde_json::from_str(&told).expect("it prints JSON");
    let guarantees: Vec<&Value> = (0..3).map(|lane| &told["lanes"][lane]["guarantee"]).collect();
    assert_eq!(guarantees, ["at-most-once", "at-least-once", "exactly-once"]);
    let lane = &told["lanes"][1];
    assert_eq!(lane["name"], "At least once");
    let explored = &lane["explored"];
    assert_eq!(explored["complete"], true);
    assert_eq!(explored["stopped_by"], Value::Null);
    assert!(explored["schedules"].as_u64() > explored["runs"].as_u64());
    let property = |name: &str| &lane["properties"][name];
    assert_eq!(*property("no_loss"), json!({"holds": true, "counterexample": null}));
    let broken = property("no_duplicates");
    assert_eq!(broken["holds"], false);
    assert_eq!(broken["counterexample"]["faults"], json!(["drop publish-ack 1"]));
    let link = broken["counterexample"]["link"].as_str().expect("a link");
    let shown: Value =
        serde_json::from_str(&done(&["run", link, "--json"], "")).expect("it prints JSON");
    assert_eq!(shown["lanes"][1]["totals"]["duplicated"], 1);
    for name in ["no_silent_loss", "no_torn", "in_order", "settles"] {
        assert!(property(name)["holds"].is_boolean(), "{name}");
    }
}

#[test]
fn prove_tells_people_what_holds_within_which_bounds() {
    let bounds = ["prove", "-", "--faults", "1", "--messages", "1", "--kinds", "drop,fail"];
    let told = done(&bounds, &first_screen());
    let lanes: Vec<&str> = told.split("\n\n").collect();
    let [blind, plain, right] = lanes[..] else {
        panic!("three lanes: {told}");
    };
    let head =
        "At most once: at-most-once; every schedule of up to 1 fault over 1 message (drop,fail): ";
    assert!(blind.starts_with(head), "{blind}");
    assert!(blind.contains("no_loss         broken by drop publish 1\n"), "{blind}");
    assert!(plain.contains("no_duplicates   broken by drop publish-ack 1\n"), "{plain}");
    assert!(right.contains("no_duplicates   holds\n"), "{right}");
}

#[test]
fn what_is_expected_of_every_lane_decides_the_status() {
    let lane =
        |preset: &str| format!(r#"{{"version":1,"lanes":[{{"name":"L","preset":"{preset}"}}]}}"#);
    let status = |preset: &str, expected: &str| {
        let output = ackground(&["prove", "-", "--expect", expected], &lane(preset));
        assert!(!output.stdout.is_empty(), "the findings are printed in any case");
        (output.status.code(), text(&output.stderr).to_owned())
    };
    for (preset, kept) in [
        ("at-most-once", ["at-most-once"].as_slice()),
        ("at-least-once", &["at-least-once"]),
        ("effectively-once", &["at-most-once", "at-least-once", "exactly-once"]),
        ("commit-before-processing", &["none"]),
    ] {
        for expected in ["at-most-once", "at-least-once", "exactly-once", "none"] {
            let (code, told) = status(preset, expected);
            let keeps = kept.contains(&expected);
            assert_eq!(code, Some(i32::from(!keeps)), "{preset}, {expected}: {told}");
            assert_eq!(told.is_empty(), keeps, "a broken expectation is told: {told}");
        }
    }
    let (_, told) = status("at-least-once", "exactly-once");
    assert_eq!(told, "ackground: exactly-once does not hold: L is at-least-once.\n");
    let output = ackground(&["prove", "-", "--expect", "at-least-once"], &first_screen());
    assert_eq!(output.status.code(), Some(1), "one lane that does not keep it is enough");
}

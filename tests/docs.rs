//! The documentation is held to the code: its examples can be read and run, its links lead somewhere, and what it
//! names is there.

use std::fs;
use std::path::{Path, PathBuf};

use ackground::state::{View, Views, address};
use ackground_core::audit;
use ackground_core::experiment::Experiment;
use ackground_core::sim;
use ackground_learn::claim::Known;
use ackground_learn::exercise::{Exercise, built_in_ids};
use ackground_learn::lesson::heads;
use ackground_learn::markup::{Block, Line, Markup};
use ackground_learn::teacher::{Advice, Guide};
use ackground_learn::text::ENGLISH;

const README: &str = include_str!("../README.md");
const FORMAT: &str = include_str!("../docs/format.md");
const LINKS: &str = include_str!("../docs/links.md");
const PAGE: &str = include_str!("../docs/page.md");
const TEACHING: &str = include_str!("../docs/teaching.md");
const CORE: &str = include_str!("../crates/core/README.md");

/// The text of the first block of code in this language.
fn block(page: &'static str, language: &str) -> &'static str {
    let opening = format!("```{language}\n");
    let start = page.find(&opening).expect("the page has such a block") + opening.len();
    let end = page[start..].find("```").expect("the block ends") + start;
    &page[start..end]
}

#[test]
fn the_experiment_runs_and_shows_what_it_promises() {
    let experiment = Experiment::from_json(block(FORMAT, "json"))
        .unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let reports: Vec<_> = (0..experiment.lanes.len())
        .map(|lane| audit::judge(&experiment, &sim::simulate(&experiment, lane)))
        .collect();
    assert!(!reports[0].properties.no_duplicates, "without ids the repeat is applied");
    assert!(reports[1].properties.no_duplicates, "with ids in the transaction it is not");
    assert_eq!(reports[1].ledger.actual, reports[1].ledger.expected);
}

#[test]
fn the_address_of_a_proof_is_understood() {
    let start = PAGE.find("#view=prove").expect("the page names an address");
    let address = PAGE[start..].split('`').next().expect("it ends");
    let asked = address::read(address, &Views::default());
    assert_eq!(asked.notice, None);
    let views = asked.views;
    assert_eq!((views.shown, views.prove.faults()), (View::Prove, 2));
}

#[test]
fn the_links_are_understood_and_written_so() {
    for link in block(LINKS, "links").lines() {
        let experiment =
            Experiment::from_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
        let written = experiment.and_then(|experiment| experiment.to_readable_link());
        assert_eq!(written.as_deref(), Some(link));
    }
}

#[test]
fn the_code_is_the_one_that_is_tested_here() {
    let code = block(CORE, "rust");
    assert!(code.contains("assert_eq!(balances, [20_000, 40_000, 30_000]);"));
    let experiment = Experiment::default();
    let balances: Vec<u64> = (0..experiment.lanes.len())
        .map(|lane| sim::simulate(&experiment, lane))
        .map(|trace| audit::judge(&experiment, &trace).ledger.actual)
        .collect();
    assert_eq!(balances, [20_000, 40_000, 30_000]);
}

#[test]
fn the_table_of_the_script_language_is_the_language() {
    for line in block(FORMAT, "text").lines() {
        // One sentence of each row: the first of the alternatives, message 1, one second.
        let words = line.split_whitespace().map(|word| match word {
            "M[#N]" | "M" => "1",
            "TIME" => "1s",
            "TIME..TIME" => "1s..2s",
            "STEP" => "ack",
            word => word.split('|').next().unwrap_or(word),
        });
        let sentence = words.collect::<Vec<_>>().join(" ");
        let parsed = sentence.parse::<ackground_core::experiment::script::Line>();
        assert!(parsed.is_ok(), "{sentence}: {parsed:?}");
    }
}

#[test]
fn the_exercise_is_one_and_its_question_has_an_answer() {
    let exercise = Exercise::from_json(block(TEACHING, "json"))
        .unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let given = Known::at_once(&exercise.experiment, &exercise.prediction_needs());
    assert_eq!(exercise.right_options(0, &given), Some(vec![0]));
    assert_eq!(exercise.goals.len(), 2);
    let count = built_in_ids().count();
    assert!(count == 40 && TEACHING.contains("Forty are built in"), "{count}");
}

/// A row of the table in `docs/teaching.md` for each lesson: the first of what people can do afterwards, of what they say and
/// of what to ask them.
fn rows() -> Vec<String> {
    let plain = |line: &Line| {
        let blocks = vec![Block::Paragraph(line.clone())];
        Markup { blocks }.plain().trim().to_owned()
    };
    let guide = Guide::of(&ENGLISH).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let heads: Vec<_> = heads(&ENGLISH).collect();
    let row = |advice: &Advice| {
        let title = heads.iter().find(|head| head.id == advice.lesson);
        let title = title.map_or("", |head| head.title);
        let can = advice.objectives.first().map(plain).unwrap_or_default();
        let belief = advice.beliefs.first();
        let says = belief.map(|belief| plain(&belief.says)).unwrap_or_default();
        let ask = belief.map(|belief| plain(&belief.ask)).unwrap_or_default();
        format!("| {title} | {} | {can} | {says} | {ask} |", advice.class)
    };
    guide.lessons.iter().map(row).collect()
}

#[test]
fn the_table_of_lessons_is_that_of_the_guide() {
    let rows = rows();
    assert_eq!(rows.len(), heads(&ENGLISH).count());
    let missing: Vec<_> = rows.iter().filter(|row| !TEACHING.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Every page of Markdown that describes the project, by its path, with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "docs", "crates/core", "crates/core/benches"];
    let files = folders.iter().flat_map(|folder| {
        let folder = root.join(folder);
        let entries = fs::read_dir(&folder).expect("the folder is part of the source");
        entries.map(|entry| entry.expect("it can be listed").path())
    });
    let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.map(|path| (path.clone(), fs::read_to_string(&path).expect("it is text"))).collect()
}

/// What a link to a heading is called: `What goes wrong` is `what-goes-wrong`.
fn anchors(page: &str) -> Vec<String> {
    let headings = page
        .lines()
        .filter_map(|line| Some(line.trim_start_matches('#')).filter(|_| line.starts_with('#')));
    let anchor = |heading: &str| {
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut broken = Vec::new();
    for (path, text) in pages() {
        // Code has no links.
        let prose = text.split("```").step_by(2).collect::<String>();
        for (_, rest) in prose.match_indices("](").map(|(at, _)| prose.split_at(at + 2)) {
            let link = rest.split(')').next().unwrap_or_default();
            if link.starts_with("http") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = match file {
                "" => path.clone(),
                file => path.parent().expect("it is in a folder").join(file),
            };
            let found = there.exists()
                && (anchor.is_empty()
                    || fs::read_to_string(&there)
                        .is_ok_and(|page| anchors(&page).iter().any(|known| known == anchor)));
            if !found {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What stands between backticks and looks like a path from the root of the repository is one. Braces and `NAME`,
/// `ID` or `*` stand for something else.
#[test]
fn every_path_that_is_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tops = ["src/", "crates/", "xtask/", "tests/", "static/", "docs/", "fuzz/"];
    let mut missing = Vec::new();
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/page.md"] {
        let text = fs::read_to_string(root.join(name)).expect("it is part of the source");
        for code in text.split('`').skip(1).step_by(2) {
            let is_path = tops.iter().any(|top| code.starts_with(top))
                && !code.contains([' ', '{', '*', '…', '<'])
                && !["NAME", "ID", "PRODUCT"].iter().any(|word| code.contains(word));
            if is_path && !root.join(code).exists() {
                missing.push(format!("{name}: {code}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The table of rules in `ARCHITECTURE.md` names a test and its file in the last two columns.
#[test]
fn every_rule_of_the_architecture_has_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = include_str!("../ARCHITECTURE.md");
    let table = text.split("| rule | test | in |").nth(1).expect("the page has such a table");
    let rows: Vec<&str> =
        table.trim_start().lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        let code: Vec<&str> = row.rsplit('|').skip(1).take(2).collect();
        let [file, test] = code[..] else { panic!("{row}") };
        let file = fs::read_to_string(root.join(file.trim().trim_matches('`')));
        let file = file.unwrap_or_else(|error| panic!("{row}: {error}"));
        let test = test.trim().trim_matches('`');
        assert!(file.contains(test), "{row}");
    }
}

#[test]
fn the_readme_is_short() {
    let lines = README.lines().count();
    assert!(lines <= 150, "{lines} lines: what a newcomer does not need first belongs in docs/");
}

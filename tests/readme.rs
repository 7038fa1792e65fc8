//! The README's examples are real: the experiment can be read and run.

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

/// The text of the first block of code in this language.
fn block(language: &str) -> &'static str {
    let opening = format!("```{language}\n");
    let start = README.find(&opening).expect("the README has such a block") + opening.len();
    let end = README[start..].find("```").expect("the block ends") + start;
    &README[start..end]
}

#[test]
fn the_experiment_runs_and_shows_what_it_promises() {
    let experiment =
        Experiment::from_json(block("json")).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let reports: Vec<_> = (0..experiment.lanes.len())
        .map(|lane| audit::judge(&experiment, &sim::simulate(&experiment, lane)))
        .collect();
    assert!(!reports[0].properties.no_duplicates, "without ids the repeat is applied");
    assert!(reports[1].properties.no_duplicates, "with ids in the transaction it is not");
    assert_eq!(reports[1].ledger.actual, reports[1].ledger.expected);
}

#[test]
fn the_address_of_a_proof_is_understood() {
    let start = README.find("#view=prove").expect("the README names an address");
    let address = README[start..].split('`').next().expect("it ends");
    let asked = address::read(address, &Views::default());
    assert_eq!(asked.notice, None);
    let views = asked.views;
    assert_eq!((views.shown, views.prove.faults()), (View::Prove, 2));
}

#[test]
fn the_links_are_understood_and_written_so() {
    for link in block("links").lines() {
        let experiment =
            Experiment::from_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
        let written = experiment.and_then(|experiment| experiment.to_readable_link());
        assert_eq!(written.as_deref(), Some(link));
    }
}

#[test]
fn the_code_is_the_one_that_is_tested_here() {
    let code = block("rust");
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
    for line in block("text").lines() {
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
    let start = README.find("## Exercises").expect("the README has such a part");
    let opening = "```json\n";
    let rest = README[start..].split_once(opening).expect("with an exercise").1;
    let text = rest.split("```").next().expect("the block ends");
    let exercise = Exercise::from_json(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let given = Known::at_once(&exercise.experiment, &exercise.prediction_needs());
    assert_eq!(exercise.right_options(0, &given), Some(vec![0]));
    assert_eq!(exercise.goals.len(), 2);
    let count = built_in_ids().count();
    assert!(count == 40 && README[start..].contains("Forty are built in"), "{count}");
}

/// A row of the README's table for each lesson: the first of what people can do afterwards, of what they say and
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
    let missing: Vec<_> = rows.iter().filter(|row| !README.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

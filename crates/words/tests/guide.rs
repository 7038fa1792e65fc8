//! The guide held to what it recommends: every path to its ending, proven; every row of the field's
//! use-case tables; and the fault with which a recommended setup is opened.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};

use ackground_core::audit::{Outcome, Property, judge};
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use ackground_core::prove::{Bounds, Finding, Guarantee, prove};
use ackground_core::sim::simulate;
use ackground_words::story::guide::{About, Answer, Ending, Path, Question, notes};

fn endings() -> Vec<Ending> {
    let ending = |path: Path| path.ending().unwrap_or_else(|| panic!("{path} ends"));
    Path::endings().into_iter().map(ending).collect()
}

/// Two faults over two messages, of the kinds that happen everywhere.
fn proven(ending: &Ending) -> Finding {
    prove(&ending.trial(), 0, Bounds::default())
}

/// What was asked for and is not kept.
fn broken(ending: &Ending, found: &Finding) -> Vec<String> {
    let wants = ending.wants;
    let asked = [
        (wants.no_loss, Property::NoLoss),
        (wants.no_silent_loss, Property::NoSilentLoss),
        (wants.no_duplicates, Property::NoDuplicates),
        (wants.in_order, Property::InOrder),
        (true, Property::Settles),
    ];
    let asked = asked.into_iter().filter(|(asked, _)| *asked);
    let broken = asked.filter(|(_, property)| found.verdict(*property).holds() != Some(true));
    broken.map(|(_, property)| format!("{property:?}: {:?}", found.verdict(property))).collect()
}

/// Proves the endings of one answer to the first question; different paths can end in the same setup.
fn prove_all_after(first: Answer) {
    let mut seen = BTreeMap::new();
    for ending in endings() {
        if !ending.path.has(first) {
            continue;
        }
        let setup = format!("{:?}{:?}", ending.lane, ending.scenario);
        let found = seen.entry(setup).or_insert_with(|| proven(&ending));
        assert!(found.explored.complete, "{}", ending.path);
        let broken = broken(&ending, found);
        assert!(broken.is_empty(), "{}: {broken:?}", ending.path);
        say_what_was_found(&ending, found);
    }
    assert!(!seen.is_empty());
}

/// The sentence that joins answers and recommendation: it names what was proven, and a guarantee that falls short of
/// one of the answers has another answer for its reason.
fn say_what_was_found(ending: &Ending, found: &Finding) {
    let guarantee = found.guarantee.expect("it is known");
    let said = ending.conclusion(Some(guarantee));
    let says = |any: &[&str]| any.iter().any(|words| said.contains(words));
    let loses = matches!(guarantee, Guarantee::AtMostOnce | Guarantee::None);
    let repeats = matches!(guarantee, Guarantee::AtLeastOnce | Guarantee::None);
    let reasons = ["some may be", "without the sender knowing", "rather lose"];
    assert!(!loses || says(&reasons), "{}: {said}", ending.path);
    assert!(
        !repeats || says(&["duplicate is fine", "rather repeat", "a sender that restarts"]),
        "{}: {said}",
        ending.path
    );
    assert!(!says(&["which"]) || !repeats, "{}: {said}", ending.path);
    assert!(said.starts_with("You said ") && said.contains(", so: "), "{}: {said}", ending.path);
}

#[test]
fn an_answer_that_overrules_another_is_told_so() {
    let path: Path = "dcbfd".parse().expect("a path");
    let ending = path.ending().expect("it ends");
    assert_eq!(
        ending.conclusion(Some(Guarantee::AtMostOnce)),
        "You said none may be lost, but nothing recognises a duplicate, and you would rather lose a \
         message than repeat it, so: At most once."
    );
    let path: Path = "dbbbbd".parse().expect("a path");
    let ending = path.ending().expect("it ends");
    assert_eq!(
        ending.conclusion(Some(Guarantee::ExactlyOnce)),
        "You said none may be lost and a duplicate does harm, which a dedup table prevents, so: Exactly once."
    );
    assert!(!ending.conclusion(None).contains("so:"));
}

#[test]
fn what_may_be_lost_is_kept_as_asked() {
    prove_all_after(Answer::Fine);
}

#[test]
fn what_may_seldom_be_lost_is_kept_as_asked() {
    prove_all_after(Answer::Seldom);
}

#[test]
fn what_may_be_lost_if_told_is_kept_as_asked() {
    prove_all_after(Answer::Told);
}

#[test]
fn what_may_not_be_lost_is_kept_as_asked() {
    prove_all_after(Answer::Never);
}

#[test]
fn every_path_has_three_to_seven_questions_and_two_to_four_answers_each() {
    let mut asked = BTreeSet::new();
    let mut given = BTreeSet::new();
    for path in Path::endings() {
        let answers: Vec<Answer> = path.answers().collect();
        assert!((3..=Path::MOST).contains(&answers.len()), "{path}");
        for place in 0..answers.len() {
            let before = path.upto(place);
            let offered = before.offered().len();
            assert!((2..=4).contains(&offered), "{before}: {offered}");
            asked.extend(before.next());
        }
        let questions: BTreeSet<Question> = answers.iter().map(|one| one.question()).collect();
        assert_eq!(questions.len(), answers.len(), "{path}: no question twice");
        given.extend(answers);
    }
    assert!(asked.into_iter().eq(Question::ALL));
    let all = Question::ALL.into_iter().flat_map(Question::answers);
    assert!(given.into_iter().eq(all.copied().collect::<BTreeSet<_>>()));
}

#[test]
fn how_much_is_left_is_true() {
    for path in Path::endings() {
        let length = path.answers().count();
        for place in 0..=length {
            let (fewest, most) = path.upto(place).left();
            assert!((fewest..=most).contains(&(length - place)), "{path} at {place}");
        }
    }
    assert_eq!(Path::default().left(), (3, Path::MOST));
}

#[test]
fn a_path_is_read_as_it_is_written_and_nothing_else_is() {
    for path in Path::endings() {
        assert_eq!(path.to_string().parse(), Ok(path));
    }
    for text in ["e", "aaaaaaaa", "ab", "é", "dbbbaa "] {
        assert!(text.parse::<Path>().is_err(), "{text}");
    }
}

#[test]
fn an_earlier_answer_can_be_changed_and_what_still_fits_stays() {
    let path: Path = "dbbbbd".parse().expect("a path");
    let database = path.changed(1, Answer::Database);
    assert_eq!(database.to_string(), "dabbbd", "the table of ids is offered there as well");
    let call = path.changed(1, Answer::Call);
    assert_eq!(call.to_string(), "dcb", "a call knows no table");
    assert_eq!(path.changed(3, Answer::ByKey), path, "not offered, nothing done");
}

#[test]
fn an_answer_that_bars_a_carrier_is_named() {
    let in_order: Path = "daaa".parse().expect("a path");
    assert_eq!(in_order.offered(), [Answer::Kafka, Answer::Open]);
    assert_eq!(in_order.barred(Answer::AQueue), Some(Answer::InOrder));
    let never: Path = "daabc".parse().expect("a path");
    assert_eq!(never.barred(Answer::Mqtt), Some(Answer::Never));
}

#[test]
fn every_ending_says_what_it_costs_what_to_watch_and_what_else_would_do() {
    for ending in endings() {
        for about in [About::Cost, About::Care, About::Instead] {
            let said = notes(&ending.path, about).count();
            assert!(said > 0 || about == About::Instead, "{}: {about:?}", ending.path);
        }
        assert!(ending.reasons.len() >= 2, "{}", ending.path);
    }
}

/// The rows of the use-case tables, with the answers that somebody with that case would give and the
/// guarantee that the row names: of the effect, not of the delivery.
const USE_CASES: &[(&str, &str, Guarantee)] = &[
    ("metrics", "aad", Guarantee::AtMostOnce),
    ("telemetry from devices", "aacd", Guarantee::AtMostOnce),
    ("application logs", "aaa", Guarantee::AtMostOnce),
    ("user interface metrics", "aaa", Guarantee::AtMostOnce),
    ("positions of vehicles", "aacd", Guarantee::AtMostOnce),
    ("push notifications", "acd", Guarantee::AtMostOnce),
    ("webhooks to third parties", "dcabbb", Guarantee::AtLeastOnce),
    ("social media notifications", "dcacd", Guarantee::AtLeastOnce),
    ("marketing mails", "dcabd", Guarantee::AtLeastOnce),
    ("ingestion of events", "daaca", Guarantee::AtLeastOnce),
    ("mails and text messages that matter", "dcbcbba", Guarantee::ExactlyOnce),
    ("orders", "dababd", Guarantee::ExactlyOnce),
    ("ticket booking", "dbbbbd", Guarantee::ExactlyOnce),
    ("payments", "dbbbba", Guarantee::ExactlyOnce),
    ("payments in order of one account", "dbbbaa", Guarantee::ExactlyOnce),
    ("card charges", "dcbcbd", Guarantee::ExactlyOnce),
    ("inventory", "dabbaa", Guarantee::ExactlyOnce),
    ("debit and credit", "dabbad", Guarantee::ExactlyOnce),
    ("clicks on a short link", "dababa", Guarantee::ExactlyOnce),
    ("a pipeline from topic to topic", "ddbdaa", Guarantee::ExactlyOnce),
    ("stream processing", "ddbdca", Guarantee::ExactlyOnce),
    ("a mail through a provider without keys", "dcbebd", Guarantee::AtLeastOnce),
    ("an order to an exchange without keys", "dcbfd", Guarantee::AtMostOnce),
];

#[test]
fn every_use_case_of_the_tables_comes_to_its_guarantee() {
    for (case, path, guarantee) in USE_CASES {
        let path: Path = path.parse().unwrap_or_else(|_| panic!("{case}: {path}"));
        let ending = path.ending().unwrap_or_else(|| panic!("{case}: {path} goes on"));
        assert_eq!(proven(&ending).guarantee, Some(*guarantee), "{case}");
    }
}

/// The second message in this lane, in the story and under the fault of the trial.
fn second(trial: &Experiment, lane: Lane) -> Outcome {
    let lanes = Lanes::new(vec![lane]).expect("one lane");
    let experiment = Experiment { lanes, ..trial.clone() };
    let trace = simulate(&experiment, 0);
    judge(&experiment, &trace).messages[1].end
}

#[test]
fn a_setup_is_opened_with_a_fault_that_it_withstands_and_a_weaker_one_does_not() {
    for ending in endings() {
        let trial = ending.trial();
        assert_eq!(second(&trial, ending.lane.clone()), Outcome::Once, "{}", ending.path);
        let guards = ending.wants.no_duplicates || ending.path.has(Answer::ByTransaction);
        let (weaker, harm) = if guards {
            (PresetId::AtLeastOnce, Outcome::Duplicated)
        } else {
            (PresetId::AtMostOnce, Outcome::Lost)
        };
        assert_eq!(second(&trial, Lane::of_preset(weaker)), harm, "{}", ending.path);
        assert!(trial.check().is_ok());
    }
    let payments: Path = "dbbbbd".parse().expect("a path");
    let trial = payments.ending().expect("it ends").trial();
    assert_eq!(trial.scenario, BuiltIn::Payment.scenario());
    assert_eq!(trial.faults.script.lines()[0].to_string(), "crash consumer after credit 2");
}

//! The glossary held to itself and to the simulator: no term without an explanation, no name without a
//! setting, and every experiment shows what it says.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};

use ackground_core::audit::{Outcome, judge};
use ackground_core::experiment::Experiment;
use ackground_core::sim::simulate;
use ackground_words::story;
use ackground_words::story::words::{See, Term, mark, term, terms};

#[test]
fn there_are_as_many_as_a_person_can_look_through() {
    assert!((45..=80).contains(&terms().len()), "{}", terms().len());
}

#[test]
fn every_id_is_one_terms_own_and_fit_for_a_link() {
    let mut seen = BTreeSet::new();
    for term in terms() {
        assert!(seen.insert(term.id), "{} is there twice", term.id);
        let fit = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(term.id.chars().all(fit), "{}", term.id);
    }
}

#[test]
fn every_related_term_is_explained_and_none_is_its_own() {
    for one in terms() {
        assert!(!one.related.is_empty(), "{} stands alone", one.id);
        for related in one.related {
            assert!(term(related).is_some(), "{}: {related}", one.id);
            assert_ne!(*related, one.id);
        }
    }
}

#[test]
fn every_setting_that_a_term_names_is_one() {
    for term in terms() {
        for path in term.settings {
            assert!(story::setting(path).is_some(), "{}: {path}", term.id);
        }
    }
}

#[test]
fn a_form_belongs_to_one_term_and_is_found() {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for term in terms() {
        for form in term.forms {
            assert_eq!(*form, form.to_lowercase(), "{}", term.id);
            assert_eq!(owners.insert(form, term.id), None, "{form} has two terms");
            let pieces = mark(form);
            assert_eq!(pieces.len(), 1, "{form}");
            assert_eq!(pieces[0].term, Some(term.id));
        }
    }
}

#[test]
fn sentences_are_one_or_two_or_three_short_ones() {
    for term in terms() {
        assert!(term.sentence.ends_with('.'), "{}", term.id);
        assert!(term.sentence.len() <= 260, "{}: {}", term.id, term.sentence.len());
    }
}

/// What became of every message in every lane.
fn run(experiment: &Experiment) -> Vec<Vec<Outcome>> {
    let lane = |lane| {
        let trace = simulate(experiment, lane);
        let report = judge(experiment, &trace);
        report.messages.iter().map(|message| message.end).collect()
    };
    (0..experiment.lanes.len()).map(lane).collect()
}

#[test]
fn every_experiment_shows_what_it_says() {
    let shown: Vec<(&Term, &See)> =
        terms().into_iter().filter_map(|term| Some((term, term.see?))).collect();
    assert!(shown.len() >= 25, "{} terms can be seen", shown.len());
    for (term, see) in shown {
        let experiment = see.experiment();
        let lines = experiment.faults.script.lines();
        assert_eq!(lines.len(), see.script().count(), "{}: every line is one", term.id);
        let ends: Vec<&[Outcome]> = see.ends().collect();
        assert_eq!(run(&experiment), ends, "{}: {}", term.id, see.says);
        let link = experiment.to_link();
        assert_eq!(Experiment::from_link(&link), Ok(Some(experiment)), "{}", term.id);
    }
}

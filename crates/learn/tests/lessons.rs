//! Every lesson is held to the simulator, the prover and the measurement: which options are right, that a
//! thing to try is not done yet and can be done, and that every figure in a text can be told.

use std::sync::LazyLock;
use std::thread;

use ackground_core::experiment::Experiment;
use ackground_learn::claim::{Answer, Known};
use ackground_learn::exercise::Attempt;
use ackground_learn::lesson::{Lesson, Round, Step, heads};
use ackground_learn::markup::{Markup, Span, Target};
use ackground_learn::text::{ENGLISH, LANGUAGES};
use ackground_words::story::words;

fn lessons() -> Vec<Lesson> {
    let parse = |(id, text): &(&str, &str)| {
        Lesson::parse(id, text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    };
    ENGLISH.lessons.iter().map(parse).collect()
}

/// A lesson, and what is known of its rounds.
type Studied = (Lesson, Vec<Known>);

/// Every lesson with all that its predictions and explanations need, found out once for all tests.
static STUDIED: LazyLock<Vec<Studied>> = LazyLock::new(|| {
    let study = |lesson: Lesson| {
        let known = |(index, round): (usize, &Round)| {
            let needs = lesson.steps.iter().flat_map(|step| match step {
                Step::Predict(prediction) if prediction.round == index => prediction.needs(),
                Step::Explain(explanation) if explanation.round == index => explanation.needs(),
                _ => Vec::new(),
            });
            Known::at_once(&round.experiment, &needs.collect::<Vec<_>>())
        };
        let known = lesson.rounds.iter().enumerate().map(known).collect();
        (lesson, known)
    };
    thread::scope(|scope| {
        let studied: Vec<_> =
            lessons().into_iter().map(|lesson| scope.spawn(|| study(lesson))).collect();
        let studied = studied.into_iter().map(|thread| thread.join());
        studied.map(|studied| studied.expect("a lesson is studied")).collect()
    })
});

fn experiment(lesson: &Lesson, round: usize) -> &Experiment {
    lesson.experiment(round).expect("a step has a round that there is")
}

/// Collects what is wrong instead of stopping at the first, so that a changed rule of the simulator shows
/// everything that it turned around.
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn exactly_the_promised_options_are_right() {
    let mut wrong = Vec::new();
    for (lesson, known) in STUDIED.iter() {
        for step in &lesson.steps {
            let Step::Predict(prediction) = step else {
                continue;
            };
            let round = &lesson.rounds[prediction.round];
            let known = &known[prediction.round];
            let answers = prediction.judge(&round.experiment, known);
            let right = answers.iter().filter(|answer| answer.is_yes()).count();
            if right != prediction.right || answers.contains(&Answer::Unknown) {
                let found = prediction.options.iter().map(|option| {
                    let held = option.held(&round.experiment, known);
                    let said: Vec<String> = held
                        .map(|held| format!("{} {}", held.answer.word(), held.sentence))
                        .collect();
                    format!("    {}", said.join(" | "))
                });
                let found: Vec<String> = found.collect();
                wrong.push(format!(
                    "{}/{}: {right} right, {} promised\n{}",
                    lesson.id,
                    round.name,
                    prediction.right,
                    found.join("\n")
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_right_answer_is_not_given_away_by_its_place() {
    let mut places = [0; 6];
    for (lesson, known) in STUDIED.iter() {
        for step in &lesson.steps {
            let Step::Predict(prediction) = step else {
                continue;
            };
            let experiment = experiment(lesson, prediction.round);
            let answers = prediction.judge(experiment, &known[prediction.round]);
            for (place, _) in answers.iter().enumerate().filter(|(_, answer)| answer.is_yes()) {
                places[place] += 1;
            }
        }
    }
    let all: u32 = places.iter().sum();
    let most = places.iter().max().copied().unwrap_or(0);
    assert!(2 * most < all, "choosing by place is right too often: {places:?}");
}

#[test]
fn a_thing_to_try_is_not_done_yet_and_can_be_done_as_said() {
    let wrong = thread::scope(|scope| {
        let tried: Vec<_> =
            lessons().into_iter().map(|lesson| scope.spawn(move || tried(&lesson))).collect();
        let tried = tried.into_iter().map(|thread| thread.join());
        tried.flat_map(|wrong| wrong.expect("a lesson is tried")).collect()
    });
    none(wrong);
}

/// What is wrong with what there is to try in a lesson.
fn tried(lesson: &Lesson) -> Vec<String> {
    let mut wrong = Vec::new();
    for step in &lesson.steps {
        let Step::Try(task) = step else { continue };
        let exercise = &task.exercise;
        let given = Attempt::of(exercise);
        if exercise.check_at_once(&given).answer() != Answer::No {
            wrong.push(format!("{}: there is nothing left to try", lesson.id));
        }
        let Some(experiment) = task.solved() else {
            wrong.push(format!("{}: the format forbids the way", lesson.id));
            continue;
        };
        let judged = exercise.check_at_once(&Attempt { experiment, ..given });
        if judged.answer() != Answer::Yes {
            let goals = judged.goals.iter().map(|held| held.sentence.clone());
            let said = judged.objections(exercise).into_iter().chain(goals);
            let said: Vec<String> = said.collect();
            wrong.push(format!("{}: the way does not lead there: {}", lesson.id, said.join(" ")));
        }
    }
    wrong
}

#[test]
fn every_figure_in_a_text_is_told_and_every_chain_of_causes_says_something() {
    let mut wrong = Vec::new();
    for (lesson, known) in STUDIED.iter() {
        for step in &lesson.steps {
            match step {
                Step::Explain(explanation) => {
                    let round = &lesson.rounds[explanation.round];
                    let told = explanation.markup(&round.experiment, &known[explanation.round]);
                    for name in told.values() {
                        wrong.push(format!("{}/{}: {{{name}}} is not told", lesson.id, round.name));
                    }
                    for (lane, message, chain) in explanation.chains(&round.experiment) {
                        if chain.links.is_empty() {
                            let at = format!("lane {} message {}", lane + 1, message + 1);
                            wrong.push(format!(
                                "{}/{}: nothing to tell of {at}",
                                lesson.id, round.name
                            ));
                        }
                    }
                }
                Step::Run { round, at } => {
                    let _ = at.time(experiment(lesson, *round));
                }
                _ => {}
            }
        }
    }
    none(wrong);
}

#[test]
fn every_lesson_predicts_runs_and_explains_every_experiment_and_ends_with_a_thing_to_try() {
    let mut wrong = Vec::new();
    for lesson in lessons() {
        let kinds = |round: usize| -> Vec<&str> {
            let steps = lesson.steps.iter();
            let kind = |step: &Step| match step {
                Step::Predict(prediction) if prediction.round == round => Some("predict"),
                Step::Run { round: of, .. } if *of == round => Some("run"),
                Step::Explain(explanation) if explanation.round == round => Some("explain"),
                _ => None,
            };
            steps.filter_map(kind).collect()
        };
        for (index, round) in lesson.rounds.iter().enumerate() {
            if kinds(index) != ["predict", "run", "explain"] {
                wrong.push(format!("{}/{}: {:?}", lesson.id, round.name, kinds(index)));
            }
        }
        if !matches!(lesson.steps.first(), Some(Step::Situation(_))) {
            wrong.push(format!("{}: begins with no situation", lesson.id));
        }
        if !matches!(lesson.steps.last(), Some(Step::Try(_))) {
            wrong.push(format!("{}: ends with nothing to try", lesson.id));
        }
        if !(2..=15).contains(&lesson.minutes) {
            wrong.push(format!("{}: {} minutes", lesson.id, lesson.minutes));
        }
    }
    none(wrong);
}

/// Every text of a lesson.
fn texts(lesson: &Lesson) -> Vec<Markup> {
    let text = |step: &Step| match step {
        Step::Situation(text) => Some(text.clone()),
        Step::Predict(prediction) => Some(prediction.asks.clone()),
        Step::Explain(explanation) => Some(explanation.text.clone()),
        Step::Try(task) => Some(Markup::parse(&task.exercise.text)),
        Step::Run { .. } => None,
    };
    lesson.steps.iter().filter_map(text).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for lesson in lessons() {
        for span in texts(&lesson).iter().flat_map(|text| text.lines()).flatten() {
            let Span::Link { to, .. } = span else {
                continue;
            };
            let there = match to {
                Target::Word(id) => words::term(id).is_some(),
                Target::Lesson(id) => ENGLISH.lesson(id).is_some(),
                Target::Web(_) => true,
            };
            if !there {
                wrong.push(format!("{}: {to:?}", lesson.id));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_list_shows_every_lesson_once() {
    let lessons = lessons();
    let listed: Vec<String> = heads(&ENGLISH).map(|head| head.id.to_owned()).collect();
    let ids: Vec<String> = lessons.iter().map(|lesson| lesson.id.clone()).collect();
    assert_eq!(listed, ids);
    for (head, lesson) in heads(&ENGLISH).zip(&lessons) {
        assert_eq!((head.title, head.aim), (&*lesson.title, &*lesson.aim));
    }
    let mut titles: Vec<&str> = lessons.iter().map(|lesson| &*lesson.title).collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), lessons.len());
}

#[test]
fn a_lesson_in_another_language_differs_in_nothing_but_its_words() {
    for language in LANGUAGES {
        for lesson in lessons() {
            let other = Lesson::of(language, &lesson.id);
            let other = other.unwrap_or_else(|| panic!("{}: no {}", language.tag, lesson.id));
            assert!(lesson.same_but_words(&other), "{}: {}", language.tag, lesson.id);
        }
        assert_eq!(language.lessons.len(), ENGLISH.lessons.len(), "{}", language.tag);
    }
}

/// The rows of the page that says where each fact is found: id and places.
fn covered() -> Vec<(String, Vec<String>)> {
    let page = include_str!("../src/text/coverage.md");
    let row = |line: &str| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.split(" | ").collect();
        let [id, _, _, places] = cells[..] else {
            return None;
        };
        let place = |(index, piece): (usize, &str)| (index % 2 == 1).then(|| piece.to_owned());
        let places = places.split('`').enumerate().filter_map(place);
        (id != "id").then(|| (id.to_owned(), places.collect()))
    };
    page.lines().filter_map(row).collect()
}

#[test]
fn every_fact_of_the_field_is_found_where_the_page_says() {
    let (lessons, mut wrong) = (lessons(), Vec::new());
    let covered = covered();
    assert!(covered.len() > 90, "the page was read: {}", covered.len());
    for (id, places) in &covered {
        for place in places {
            let (lesson, part) = place.split_once('/').unwrap_or((place, ""));
            let Some(lesson) = lessons.iter().find(|known| known.id == lesson) else {
                wrong.push(format!("{id}: there is no lesson of {place}"));
                continue;
            };
            let rounds = lesson.rounds.iter().map(|round| &*round.name);
            if !rounds.chain(["situation", ""]).any(|known| known == part) {
                wrong.push(format!("{id}: there is no {place}"));
            }
            if !part.is_empty() && !lesson.about.contains(id) {
                wrong.push(format!("{}: about does not name {id}", lesson.id));
            }
        }
    }
    for lesson in &lessons {
        for id in &lesson.about {
            let row = covered.iter().find(|(known, _)| known == id);
            let here = |place: &String| place.starts_with(&format!("{}/", lesson.id));
            if !row.is_some_and(|(_, places)| places.iter().any(here)) {
                wrong.push(format!("{}: the page does not send {id} here", lesson.id));
            }
        }
        for round in &lesson.rounds {
            let place = format!("{}/{}", lesson.id, round.name);
            if !covered.iter().any(|(_, places)| places.contains(&place)) {
                wrong.push(format!("{place}: the page names no fact for it"));
            }
        }
    }
    let mut ids: Vec<&String> = covered.iter().map(|(id, _)| id).collect();
    ids.sort();
    let repeated: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(repeated.is_empty(), "{repeated:?}");
    none(wrong);
}

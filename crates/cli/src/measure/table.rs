//! The figures as a table: a row per figure, a column per lane, then how the lanes differ.

use crate::table::{aligned, line, shown};
use ackground_core::experiment::Experiment;
use ackground_core::measure::{Chance, Estimate, Figures, PairFigures, Quantity, Unit};
use ackground_words::story::{count_of, money};

/// Writes all lanes side by side, then each pair.
pub(super) fn write(experiment: &Experiment, figures: &Figures) -> String {
    let mut text = String::new();
    if !experiment.title.is_empty() {
        line(&mut text, &shown(&experiment.title));
        line(&mut text, "");
    }
    let certain = match figures.chance {
        Chance::Faults => "In brackets: 95 % intervals.",
        Chance::Times => "Only travel times are left to chance.",
        Chance::Nothing => "Nothing is left to chance.",
    };
    let head = format!(
        "{} messages in each lane: {} of {}. {certain}",
        money(figures.messages),
        count_of(figures.runs, "run", "runs"),
        experiment.messages,
    );
    line(&mut text, &head);
    line(&mut text, "");

    let names = (0..figures.lanes.len()).map(|lane| shown(&experiment.lane_name(lane)));
    let mut rows = vec![std::iter::once(String::new()).chain(names).collect()];
    for quantity in Quantity::ALL {
        let cells = figures.lanes.iter().map(|lane| match quantity.of(lane) {
            Some(estimate) => cell(quantity.unit(), &estimate),
            None => "\u{2013}".to_owned(),
        });
        let name = quantity.name().to_owned();
        rows.push(std::iter::once(name).chain(cells).collect::<Vec<_>>());
    }
    aligned(&mut text, &rows);

    for pair in &figures.pairs {
        line(&mut text, "");
        differences(&mut text, experiment, pair);
    }
    text
}

/// `9.75 % (9.57 to 9.93)`
fn cell(unit: Unit, estimate: &Estimate) -> String {
    let value = unit.words(estimate.value);
    match estimate.spread() {
        Some(interval) => {
            format!("{value} {}", brackets(&unit.words(interval.low), &unit.words(interval.high)))
        }
        None => value,
    }
}

/// `(9.57 to 9.93)`: for when the unit has already been given.
fn brackets(low: &str, high: &str) -> String {
    let number = |words: &str| words.split(' ').next().unwrap_or_default().to_owned();
    format!("({} to {})", number(low), number(high))
}

fn differences(text: &mut String, experiment: &Experiment, pair: &PairFigures) {
    let name = |lane| shown(&experiment.lane_name(lane));
    let head = format!("{}, compared with {}:", name(pair.second), name(pair.first));
    line(text, &head);
    let (mut rows, mut noise, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for quantity in Quantity::ALL {
        let Some(difference) = quantity.difference(pair) else {
            continue;
        };
        let (unit, estimate) = (quantity.unit(), difference.estimate);
        match estimate.interval {
            Some(interval) if interval.width() == 0.0 && estimate.value != 0.0 => rows.push(vec![
                quantity.name().to_owned(),
                unit.signed(estimate.value),
                "in every run".to_owned(),
            ]),
            Some(interval) if difference.more_than_noise() => rows.push(vec![
                quantity.name().to_owned(),
                unit.signed(estimate.value),
                brackets(&unit.signed(interval.low), &unit.signed(interval.high)),
            ]),
            Some(interval) if difference.discordant == Some((0, 0)) || interval.width() == 0.0 => {
                same.push(quantity.name());
            }
            _ => noise.push(quantity.name()),
        }
    }
    if !rows.is_empty() {
        aligned(text, &rows);
    }
    for (names, words) in [(noise, "no more than noise"), (same, "no difference at all")] {
        if !names.is_empty() {
            line(text, &format!("  {words}: {}", names.join(", ")));
        }
    }
}

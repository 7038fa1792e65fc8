//! The files that an experiment can be saved as (the experiment, its picture, transcripts, tables of
//! results), and their names.
//!
//! | file | owns |
//! |---|---|
//! | [`results`] | tables for spreadsheets |
//!
//! Everything is a text, generated on demand; saving it is up to the browser hooks.

pub mod results;

use ackground_core::audit::Report;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Trace;
use ackground_words::story;

/// The maximum length of the middle part of a file name, in bytes.
const LONGEST_NAME: usize = 48;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The experiment, which can be opened again.
    Experiment,
    /// The picture as vectors.
    Svg,
    /// The picture as pixels.
    Png,
    /// The runs in words.
    Transcript,
    /// A row per message and lane.
    Messages,
    /// A row per lane.
    Lanes,
}

impl Kind {
    pub const fn mime(self) -> &'static str {
        match self {
            Kind::Experiment => "application/json",
            Kind::Svg => "image/svg+xml",
            Kind::Png => "image/png",
            Kind::Transcript => "text/plain;charset=utf-8",
            Kind::Messages | Kind::Lanes => "text/csv;charset=utf-8",
        }
    }

    /// The file name's ending.
    const fn ending(self) -> &'static str {
        match self {
            Kind::Experiment => ".json",
            Kind::Svg => ".svg",
            Kind::Png => ".png",
            Kind::Transcript => ".txt",
            Kind::Messages => "-messages.csv",
            Kind::Lanes => "-lanes.csv",
        }
    }
}

/// The name of a file: `ackground-payment.json`. The middle is the experiment's title, or else the id of
/// its scenario, in letters that every system takes in a name.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground::share::files::{Kind, name};
///
/// let experiment = Experiment::default();
/// assert_eq!(name(&experiment, Kind::Messages), "ackground-payment-messages.csv");
/// ```
pub fn name(experiment: &Experiment, kind: Kind) -> String {
    let titled = Some(plain(&experiment.title)).filter(|name| !name.is_empty());
    let middle = titled.unwrap_or_else(|| plain(experiment.scenario.id.as_str()));
    let middle = if middle.is_empty() { "experiment" } else { &middle };
    format!("ackground-{middle}{}", kind.ending())
}

/// The text in kebab case.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.ends_with('-') && !plain.is_empty() {
            plain.push('-');
        }
        if plain.len() >= LONGEST_NAME {
            break;
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// The experiment as JSON, with a final newline.
pub fn experiment(experiment: &Experiment) -> String {
    experiment.to_json() + "\n"
}

/// The transcripts of all lanes, in the format of `ackground run --transcript`.
pub fn transcript(experiment: &Experiment, runs: &[(&Trace, &Report)]) -> String {
    let told = runs.iter().enumerate();
    let told = told.map(|(lane, (trace, report))| story::written(experiment, lane, trace, report));
    told.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::scenario::Label;
    use proptest::prelude::*;

    fn titled(title: &str) -> String {
        let experiment = Experiment { title: Label::cut(title), ..Experiment::default() };
        name(&experiment, Kind::Svg)
    }

    proptest! {
        #[test]
        fn every_system_takes_the_name(title in "\\PC{0,130}") {
            let name = titled(&title);
            prop_assert!(name.len() <= 80, "{name}");
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)));
            prop_assert_eq!(name.matches('.').count(), 1);
        }
    }

    #[test]
    fn the_name_is_what_the_experiment_is_called() {
        assert_eq!(titled("  What if the ack is lost?"), "ackground-what-if-the-ack-is-lost.svg");
        assert_eq!(titled("../../con"), "ackground-con.svg");
        assert_eq!(titled("二つの銀行"), "ackground-payment.svg");
        assert_eq!(titled(""), "ackground-payment.svg");
    }

    #[test]
    fn what_is_saved_is_read_again() {
        let saved = experiment(&Experiment::default());
        assert_eq!(Experiment::from_json(&saved), Ok(Experiment::default()));
        assert!(saved.ends_with("}\n"));
    }
}

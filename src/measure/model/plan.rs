//! How many messages to measure, and warnings about the experiment.

use ackground_core::experiment::Experiment;
use ackground_core::measure;
use ackground_words::story::{count_of, money};

/// Choices for the number of messages per lane.
pub const CHOICES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Up to this many messages are measured without being asked for: it takes the blink of an eye.
pub const QUICK: u64 = 10_000;
/// The maximum per point of a sweep; with more, intervals would be narrower than a line.
pub const AT_A_POINT: u64 = 100_000;

/// The number of messages to measure now: the chosen one if it was asked for, else a quick look.
pub fn measured(chosen: u64, asked_for: bool) -> u64 {
    if asked_for { chosen } else { chosen.min(QUICK) }
}

/// The number of messages per point of a sweep.
pub fn at_a_point(measured: u64) -> u64 {
    measured.min(AT_A_POINT)
}

/// What an experiment leaves to chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// Some faults are random.
    Some,
    /// All rates are zero, but the script has this many lines.
    Script(usize),
    /// Nothing ever fails.
    None,
}

pub fn chance(experiment: &Experiment) -> Chance {
    let faults = &experiment.faults;
    let (loss, crash) = (&faults.loss, &faults.crash);
    let rates = [
        loss.publish,
        loss.publish_ack,
        loss.deliver,
        loss.ack,
        crash.producer,
        crash.broker,
        crash.consumer,
        faults.failure,
        faults.poison,
        faults.slow,
    ];
    if rates.iter().any(|rate| !rate.is_zero()) {
        Chance::Some
    } else {
        match faults.script.lines().len() {
            0 => Chance::None,
            lines => Chance::Script(lines),
        }
    }
}

/// A warning to show before the figures, unless faults are random and there is no script.
pub fn caution(experiment: &Experiment) -> Option<String> {
    let lines = experiment.faults.script.lines().len() as u64;
    let exact = || count_of(lines, "exact fault", "exact faults");
    let happens = if lines == 1 { "happens" } else { "happen" };
    match chance(experiment) {
        Chance::None => Some(
            "Nothing goes wrong in this experiment: every rate is zero and there is no exact fault. \
             What differs between lanes is time and traffic alone."
                .to_owned(),
        ),
        Chance::Script(_) => Some(format!(
            "Every rate is zero. The {} of this experiment {happens} in every run, so the rates below \
             say how a run is made up and not how often something goes wrong.",
            exact()
        )),
        Chance::Some if lines > 0 => Some(format!(
            "The {} of this experiment {happens} in every run, on top of what goes wrong at random.",
            exact()
        )),
        Chance::Some => None,
    }
}

/// The size of the sample: `10,002 messages in each lane: 3,334 runs of 3, seed 1`.
pub fn amount(experiment: &Experiment, runs: u64) -> String {
    let size = experiment.messages.get();
    let messages = money(runs * size);
    let runs = match (runs, size) {
        (runs, 1) => format!("{} runs of one message each", money(runs)),
        (1, size) => format!("a single run of {}", money(size)),
        (runs, size) => format!("{} runs of {}", money(runs), money(size)),
    };
    format!("{messages} messages in each lane: {runs}, seed {}", experiment.seed)
}

/// Rounds the number of messages up to whole runs.
pub fn in_whole_runs(experiment: &Experiment, messages: u64) -> u64 {
    measure::runs(experiment, messages) * experiment.messages.get()
}

/// A file name from its parts.
pub fn file_name(parts: &[&str], ending: &str) -> String {
    let mut name = "ackground".to_owned();
    for part in parts {
        let mut parted = true;
        for character in part.chars() {
            if character.is_ascii_alphanumeric() {
                if parted {
                    name.push('-');
                }
                name.push(character.to_ascii_lowercase());
                parted = false;
            } else {
                parted = true;
            }
        }
    }
    format!("{name}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::value::Rate;

    #[test]
    fn only_a_quick_look_begins_by_itself() {
        assert_eq!(measured(1_000, false), 1_000);
        assert_eq!(measured(1_000_000, false), QUICK);
        assert_eq!(measured(1_000_000, true), 1_000_000);
        assert_eq!(at_a_point(1_000_000), AT_A_POINT);
    }

    #[test]
    fn what_makes_the_figures_odd_is_said() {
        let mut experiment = Experiment::default();
        assert_eq!(chance(&experiment), Chance::Script(2));
        let said = caution(&experiment).expect("a caution");
        assert!(said.contains("The two exact faults of this experiment happen in every run"));
        experiment.faults.loss.ack = Rate::percent(1);
        assert_eq!(chance(&experiment), Chance::Some);
        assert!(caution(&experiment).is_some_and(|said| said.contains("on top of")));
        experiment.faults.script = Default::default();
        assert_eq!(caution(&experiment), None);
        experiment.faults.loss.ack = Rate::ZERO;
        assert_eq!(chance(&experiment), Chance::None);
        assert!(caution(&experiment).is_some());
    }

    #[test]
    fn runs_are_whole() {
        let experiment = Experiment::default();
        assert_eq!(in_whole_runs(&experiment, 10_000), 10_002);
        assert_eq!(
            amount(&experiment, 3334),
            "10,002 messages in each lane: 3,334 runs of 3, seed 1"
        );
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(
            file_name(&["measure", "10002 messages", "seed 1"], "csv"),
            "ackground-measure-10002-messages-seed-1.csv"
        );
        assert_eq!(
            file_name(&["duplicated", "by", "lanes[1].producer.max_in_flight"], "svg"),
            "ackground-duplicated-by-lanes-1-producer-max-in-flight.svg"
        );
    }
}

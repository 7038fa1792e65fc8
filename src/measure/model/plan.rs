//! How many messages to measure, and warnings about the experiment.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::value::Bounded;
use ackground_core::measure::sweep::{Axis, Scale};
use ackground_core::measure::{self, Chance, LONG_RUN};
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

/// A warning to show before the figures, unless faults are random and there is no script.
pub fn caution(experiment: &Experiment) -> Option<String> {
    let lines = experiment.faults.script.lines().len() as u64;
    let exact = || {
        let happens = if lines == 1 { "happens" } else { "happen" };
        let faults = count_of(lines, "exact fault", "exact faults");
        format!("The {faults} of this experiment {happens} in every run")
    };
    let nothing = match Chance::of(experiment) {
        Chance::Faults if lines > 0 => {
            return Some(format!("{}, on top of what goes wrong at random.", exact()));
        }
        Chance::Faults => return None,
        Chance::Times => "only travel times are left to chance here",
        Chance::Nothing => "nothing here is left to chance",
    };
    Some(match lines {
        0 => "Nothing goes wrong in this experiment: every rate is zero and there is no exact \
              fault. The lanes differ only in time and traffic."
            .to_owned(),
        _ => format!(
            "{}; {nothing}. The figures describe that run, not how often something goes wrong.",
            exact()
        ),
    })
}

/// The experiment as its sweep along an axis is measured: in long runs, if faults are drawn somewhere on it. A sweep
/// of the number of messages has runs of its own.
pub fn along(experiment: &Experiment, axis: &Axis) -> Experiment {
    let path = axis.path();
    let drawn = path.starts_with("faults.") && axis.scale() == Scale::Rate;
    let random = drawn || Chance::of(experiment) == Chance::Faults;
    let scripted = !experiment.faults.script.lines().is_empty();
    let mut long = experiment.clone();
    if random && !scripted && path != "messages" {
        long.messages = Bounded::clamp(experiment.messages.get().max(LONG_RUN));
    }
    long
}

/// Why runs are longer than the experiment's own; `None` if they are not.
pub fn longer(own: &Experiment, measured: &Experiment) -> Option<String> {
    (own.messages < measured.messages).then(|| {
        let has = count_of(own.messages.get(), "message", "messages");
        format!(
            "Your experiment has {has}. It is measured in runs of {}, so that the end of a run hardly affects the figures.",
            measured.messages
        )
    })
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
        let said = caution(&experiment).expect("a caution");
        assert!(said.starts_with("The two exact faults of this experiment happen in every run;"));
        assert!(said.contains("only travel times are left to chance"), "{said}");
        experiment.faults.latency_ms = ackground_core::experiment::value::Span::of(50, 50);
        assert!(caution(&experiment).is_some_and(|said| said.contains("nothing here is left")));
        experiment.faults.loss.ack = Rate::percent(1);
        assert!(caution(&experiment).is_some_and(|said| said.contains("on top of")));
        experiment.faults.script = Default::default();
        assert_eq!(caution(&experiment), None);
        experiment.faults.loss.ack = Rate::ZERO;
        assert!(caution(&experiment).is_some_and(|said| said.starts_with("Nothing goes wrong")));
    }

    #[test]
    fn a_sweep_has_runs_of_one_length_on_which_their_ends_hardly_show() {
        let axis = |path: &str| Axis::of(path).expect("an axis");
        let mut experiment = Experiment::default();
        let runs_of = |experiment: &Experiment, path: &str| {
            let long = along(experiment, &axis(path));
            (long.messages.get(), longer(experiment, &long).is_some())
        };
        assert_eq!(
            runs_of(&experiment, "faults.loss.ack"),
            (3, false),
            "its script is about three"
        );
        experiment.faults.script = Default::default();
        assert_eq!(runs_of(&experiment, "faults.loss.ack"), (200, true));
        assert_eq!(runs_of(&experiment, "producer.retries"), (3, false), "nothing is drawn");
        experiment.faults.loss.publish = Rate::percent(5);
        assert_eq!(runs_of(&experiment, "producer.retries"), (200, true));
        assert_eq!(runs_of(&experiment, "messages"), (3, false));
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

//! What an experiment leaves to chance, and how long the runs are over which it is measured.
//!
//! Where nothing is drawn, nothing varies: such numbers are counted, not estimated. Where faults are
//! drawn, the end of a run is a place like no other (no later commit covers one that was lost there),
//! so runs are made long enough for it to weigh little.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::experiment::value::Bounded;
use crate::experiment::{Experiment, Messages};

/// The fewest messages in a run whose faults are drawn; [`in_long_runs`] makes shorter ones longer.
pub const LONG_RUN: u64 = 200;

/// What is drawn anew in each run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Chance {
    /// Faults, and perhaps times as well.
    Faults,
    /// Travel times of packets or waits before a resend, and no fault.
    Times,
    /// Nothing: every run is the same.
    Nothing,
}

impl Chance {
    /// What this experiment leaves to chance.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    /// use ackground_core::experiment::value::Rate;
    /// use ackground_core::measure::Chance;
    ///
    /// let mut experiment = Experiment::default();
    /// assert_eq!(Chance::of(&experiment), Chance::Times, "its two faults are exact");
    /// experiment.faults.loss.ack = Rate::percent(1);
    /// assert_eq!(Chance::of(&experiment), Chance::Faults);
    /// ```
    pub fn of(experiment: &Experiment) -> Chance {
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
        let travel = faults.latency_ms.min() < faults.latency_ms.max();
        let jitter = || {
            let mut lanes = experiment.lanes.iter();
            lanes.any(|lane| !lane.producer.backoff.jitter.is_zero())
        };
        if rates.iter().any(|rate| !rate.is_zero()) {
            Chance::Faults
        } else if travel || jitter() {
            Chance::Times
        } else {
            Chance::Nothing
        }
    }

    /// In a word or two, for files.
    pub const fn words(self) -> &'static str {
        match self {
            Chance::Faults => "faults",
            Chance::Times => "travel times",
            Chance::Nothing => "nothing",
        }
    }

    /// Whether a number with this variance between runs is the same in every run. A fault that has
    /// not struck yet still can, so where faults are drawn nothing is taken to be fixed.
    pub(super) fn fixes(self, between_runs: Option<f64>) -> bool {
        match self {
            Chance::Faults => false,
            Chance::Times => between_runs == Some(0.0),
            Chance::Nothing => true,
        }
    }
}

/// The experiment as it is measured: in runs of at least [`LONG_RUN`] messages if its faults are
/// drawn, and as it stands if it has a script, which is about the messages of a run of its own.
pub fn in_long_runs(experiment: &Experiment) -> Cow<'_, Experiment> {
    let scripted = !experiment.faults.script.lines().is_empty();
    let short = experiment.messages.get() < LONG_RUN;
    if scripted || !short || Chance::of(experiment) != Chance::Faults {
        return Cow::Borrowed(experiment);
    }
    const MESSAGES: Messages = Bounded::of(LONG_RUN);
    Cow::Owned(Experiment { messages: MESSAGES, ..experiment.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::value::{Rate, Span};

    #[test]
    fn without_rates_spread_and_jitter_nothing_is_drawn() {
        let mut experiment = Experiment::default();
        experiment.faults.latency_ms = Span::of(50, 50);
        assert_eq!(Chance::of(&experiment), Chance::Nothing);
        let mut lanes = experiment.lanes.to_vec();
        lanes[1].producer.backoff.jitter = Rate::percent(10);
        experiment.lanes = crate::experiment::Lanes::new(lanes).expect("three lanes");
        assert_eq!(Chance::of(&experiment), Chance::Times);
        experiment.faults.poison = Rate::percent(1);
        assert_eq!(Chance::of(&experiment), Chance::Faults);
    }

    #[test]
    fn a_run_is_made_longer_only_where_faults_are_drawn_and_none_is_exact() {
        let mut experiment = Experiment::default();
        experiment.faults.loss.ack = Rate::percent(1);
        assert_eq!(in_long_runs(&experiment).messages.get(), 3, "its script is about three");
        experiment.faults.script = Default::default();
        assert_eq!(in_long_runs(&experiment).messages.get(), LONG_RUN);
        experiment.messages = Bounded::of(500);
        assert_eq!(in_long_runs(&experiment).messages.get(), 500);
        experiment.faults.loss.ack = Rate::ZERO;
        experiment.messages = Bounded::of(3);
        assert_eq!(in_long_runs(&experiment).messages.get(), 3, "each run is the same");
    }
}

//! The heading of a "why" answer: which message, and its place among those with the same outcome.

use ackground_core::audit::{Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{MessageNo, Trace};
use ackground_words::story;

/// A message among those with the same outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its outcome.
    pub outcome: Outcome,
    /// How often its primary effect happened.
    pub effects: u32,
    /// The outcome in a few words.
    pub words: String,
    /// Its place among them, from 1.
    pub place: usize,
    /// How many there are.
    pub alike: usize,
    /// The previous one.
    pub before: Option<MessageNo>,
    /// The next one.
    pub after: Option<MessageNo>,
}

impl Subject {
    /// The heading for a message of a run; `None` if there is no such message.
    pub fn of(
        experiment: &Experiment,
        lane: usize,
        trace: &Trace,
        report: &Report,
        message: MessageNo,
    ) -> Option<Subject> {
        let record = report.messages.get(message.index())?;
        let alike: Vec<usize> = indices(report, record.end).collect();
        let place = alike.iter().position(|index| *index == message.index())?;
        let at = |place: usize| alike.get(place).copied().map(MessageNo::from_index);
        Some(Subject {
            outcome: record.end,
            effects: *record.applied.get(experiment.scenario.primary())?,
            words: story::outcome(experiment, lane, trace, report, message),
            place: place + 1,
            alike: alike.len(),
            before: place.checked_sub(1).and_then(at),
            after: at(place + 1),
        })
    }
}

/// The first message of a run with this outcome.
pub fn first(report: &Report, outcome: Outcome) -> Option<MessageNo> {
    indices(report, outcome).next().map(MessageNo::from_index)
}

fn indices(report: &Report, outcome: Outcome) -> impl Iterator<Item = usize> {
    let records = report.messages.iter().enumerate();
    records.filter(move |(_, record)| record.end == outcome).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::judge;
    use ackground_testkit::fixtures::{experiment, runs};

    #[test]
    fn a_message_stands_among_those_that_fared_alike() {
        let experiment = experiment(
            r#""messages":5,"lanes":[{"preset":"at-most-once"}],
            "faults":{"script":["drop publish 2","drop publish 4","drop publish 5"]}"#,
        );
        let trace = &runs(&experiment)[0];
        let report = judge(&experiment, trace);
        let first = first(&report, Outcome::Lost).expect("three are lost");
        let subject = |message| Subject::of(&experiment, 0, trace, &report, message);
        let second = subject(first).and_then(|first| first.after).expect("a second one");
        let second = subject(second).expect("a message");
        assert_eq!((second.place, second.alike), (2, 3));
        assert_eq!(second.before, Some(first));
        assert_eq!(second.words, "lost on the wire");
        assert_eq!(subject(MessageNo::from_index(9)), None);
    }
}

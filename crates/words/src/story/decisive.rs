//! The moment at which a run breaks a property, at which a counterexample is opened.
//!
//! The audit says that a property is broken; this module says by which step, from the trace alone.

use ackground_core::audit::{Property, judge};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::KeyMode;
use ackground_core::sim::{Event, MessageNo, Node, Step, Time, Trace};

use super::telling::Telling;

/// When the run of a lane, counted from 0, breaks a property beyond repair; `None` if it does
/// not.
///
/// | property | the moment |
/// |---|---|
/// | `no_loss`, `no_silent_loss` | the step that decided the first loss |
/// | `no_duplicates` | a message's second primary effect |
/// | `no_torn` | whatever stopped a message's steps half-way |
/// | `in_order` | the first effect of a message after a later one's |
/// | `settles` | the end of the run |
///
/// ```
/// use ackground_core::audit::Property;
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim;
/// use ackground_words::story;
///
/// let experiment = Experiment::default();
/// let trace = sim::simulate(&experiment, 1);
/// let twice = story::decisive(&experiment, 1, &trace, Property::NoDuplicates);
/// assert!(twice.is_some_and(|at| at < trace.end.at()));
/// assert_eq!(story::decisive(&experiment, 1, &trace, Property::NoLoss), None);
/// ```
pub fn decisive(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    property: Property,
) -> Option<Time> {
    let report = judge(experiment, trace);
    if report.properties.holds(property) {
        return None;
    }
    let telling = Telling::new(experiment, lane, trace);
    let steps = experiment.scenario.steps.len();
    let records = report.messages.iter().enumerate();
    let these = |wanted: &dyn Fn(&ackground_core::audit::MessageRecord) -> bool| {
        let wanted = records.clone().filter(|(_, record)| wanted(record));
        let messages = wanted.map(|(index, _)| MessageNo::from_index(index));
        messages.collect::<Vec<_>>()
    };
    let lost = |silent: bool| {
        let lost = these(&|record| {
            record.end == ackground_core::audit::Outcome::Lost && (record.silent() || !silent)
        });
        lost.into_iter().map(|message| telling.lost_at(message))
    };
    match property {
        Property::NoLoss => lost(false).min(),
        Property::NoSilentLoss => lost(true).min(),
        Property::NoDuplicates => telling.second_effect(),
        Property::NoTorn => {
            let torn = these(&|record| {
                let done = record.applied.iter().filter(|times| **times > 0).count();
                done > 0 && done < steps
            });
            torn.into_iter().filter_map(|message| telling.torn_at(message)).min()
        }
        Property::InOrder => telling.overtaken(),
        Property::Settles => Some(trace.end.at()),
    }
    .or(Some(trace.end.at()))
}

/// Whether a message that ends up lost was so by then: nothing that happens later could have saved it.
pub fn lost_by(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    message: MessageNo,
    at: Time,
) -> bool {
    Telling::new(experiment, lane, trace).lost_at(message) <= at
}

impl Telling<'_> {
    /// When the loss of a message was settled: a lost packet counts from when it would have
    /// arrived.
    fn lost_at(&self, message: MessageNo) -> Time {
        let end = self.trace.end.at();
        let Some(no) = self.loss(message).1 else {
            return end;
        };
        let step = self.step(no);
        self.sent_by(step).map_or(step.at, |packet| packet.arrives.min(end))
    }

    fn effects(&self) -> impl Iterator<Item = (&Step, MessageNo)> {
        let primary = self.primary();
        let steps = self.trace.steps.iter();
        let effect = Event::Applied { step: primary };
        steps.filter(move |step| step.what == effect).filter_map(|step| Some((step, step.message?)))
    }

    fn second_effect(&self) -> Option<Time> {
        let mut had = std::collections::BTreeSet::new();
        let mut effects = self.effects();
        effects.find(|(_, message)| !had.insert(*message)).map(|(step, _)| step.at)
    }

    /// What came between the last step of a message that happened and those that did not.
    fn torn_at(&self, message: MessageNo) -> Option<Time> {
        let about = || {
            let steps = self.trace.steps.iter();
            steps.filter(move |step| step.message == Some(message))
        };
        let is_effect = |step: &&Step| matches!(step.what, Event::Applied { .. });
        let last = about().rfind(is_effect)?;
        let stops = |step: &&Step| {
            matches!(
                step.what,
                Event::HandlerFailed { .. }
                    | Event::Skipped(_)
                    | Event::TransactionRefused
                    | Event::Crashed { node: Node::Consumer(_), .. }
            )
        };
        let mut after = about().filter(|step| step.no > last.no);
        let stopped = after.find(stops);
        Some(stopped.or_else(|| about().next_back())?.at)
    }

    /// The first effect of a message that came too late to be in order.
    fn overtaken(&self) -> Option<Time> {
        if self.experiment.scenario.key != KeyMode::One {
            return None;
        }
        let mut had = std::collections::BTreeSet::new();
        let mut effects = self.effects();
        let late = effects.find(|(_, message)| {
            let overtaken = had.last().is_some_and(|latest| latest > message);
            had.insert(*message) && overtaken
        });
        late.map(|(step, _)| step.at)
    }
}

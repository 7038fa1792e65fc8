//! Transcript queries: filter by message, actor, faults or words, and page through the result.
//!
//! The sentences are the [`story`]'s. Searching for words has to render every sentence, so a search looks only so
//! far at a time; everything else is fast for any run.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::Scenario;
use ackground_core::sim::{MessageNo, Node, Site, Step, StepNo, Trace};
use ackground_words::story::{self, CONSEQUENCE, Line};

use super::is_fault;

/// Entries per page.
pub const PAGE: usize = 100;
/// The most sentences rendered in one search.
const SEARCHED: usize = 3000;

/// Who performs a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The sender.
    Producer,
    /// The broker, with all its nodes.
    Broker,
    /// The consumer, with all its members.
    Consumer,
    /// The store, where effects end up.
    Store,
}

impl Actor {
    /// All of them, from left to right.
    pub const ALL: [Actor; 4] = [Actor::Producer, Actor::Broker, Actor::Consumer, Actor::Store];

    /// The name in the scenario's words.
    pub fn name(self, scenario: &Scenario) -> &str {
        match self {
            Actor::Producer => &scenario.producer,
            Actor::Broker => "Broker",
            Actor::Consumer => &scenario.consumer,
            Actor::Store => &scenario.store,
        }
    }

    /// Who performs a step.
    pub fn of(trace: &Trace, step: &Step) -> Actor {
        match step.what.site() {
            Site::Sender(no) => Actor::at(trace.packet(no).from),
            Site::Receiver(no) => Actor::at(trace.packet(no).to),
            Site::Node(node) => Actor::at(node),
            Site::Broker => Actor::Broker,
            Site::Member => Actor::Consumer,
            Site::Store => Actor::Store,
        }
    }

    fn at(node: Node) -> Actor {
        match node {
            Node::Producer => Actor::Producer,
            Node::Broker(_) => Actor::Broker,
            Node::Consumer(_) => Actor::Consumer,
        }
    }
}

/// A filter on the transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only about this message.
    pub message: Option<MessageNo>,
    /// Only what this actor does.
    pub actor: Option<Actor>,
    /// Only faults and their consequences.
    pub faults: bool,
    /// Only sentences with all of these words.
    pub words: String,
}

impl Filter {
    /// The steps that match, apart from the words.
    pub fn steps(&self, trace: &Trace) -> Vec<StepNo> {
        let mut steps = story::worth_telling(trace);
        steps.retain(|no| {
            let step = trace.step(*no);
            self.message.is_none_or(|message| step.message == Some(message))
                && self.actor.is_none_or(|actor| Actor::of(trace, step) == actor)
                && (!self.faults
                    || is_fault(trace, step)
                    || story::importance(trace, step) >= CONSEQUENCE)
        });
        steps
    }

    fn wanted(&self) -> Vec<String> {
        self.words.split_whitespace().map(str::to_lowercase).collect()
    }
}

/// A page of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its entries.
    pub lines: Vec<Line>,
    /// Its number, from 0.
    pub number: usize,
    /// Whether there is another page.
    pub more: bool,
    /// Whether the word search gave up before the end of the run.
    pub cut: bool,
}

/// A page of the matching entries: the one with this number, from 0, or else the one containing a moment,
/// given as the number of steps that have happened.
pub fn page(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    filter: &Filter,
    number: Option<usize>,
    happened: usize,
) -> Page {
    let mut steps = filter.steps(trace);
    let wanted = filter.wanted();
    let mut cut = false;
    if !wanted.is_empty() {
        cut = steps.len() > SEARCHED;
        steps.truncate(SEARCHED);
        steps.retain(|no| {
            let sentence = story::narrate(experiment, lane, trace, *no).to_string().to_lowercase();
            wanted.iter().all(|word| sentence.contains(word))
        });
    }
    let last = steps.len().saturating_sub(1) / PAGE;
    let here = steps.partition_point(|no| (no.0 as usize) < happened).saturating_sub(1) / PAGE;
    let number = number.unwrap_or(here).min(last);
    let lines = steps.iter().skip(number * PAGE).take(PAGE).map(|no| Line {
        at: trace.step(*no).at,
        step: *no,
        sentence: story::narrate(experiment, lane, trace, *no),
    });
    Page { lines: lines.collect(), number, more: number < last, cut }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_testkit::fixtures::{experiment, experiments, runs};
    use proptest::prelude::*;

    fn all(experiment: &Experiment, trace: &Trace, filter: &Filter) -> Vec<Line> {
        let mut lines = Vec::new();
        for number in 0.. {
            let page = page(experiment, 0, trace, filter, Some(number), 0);
            lines.extend(page.lines);
            if !page.more {
                return lines;
            }
        }
        lines
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn everybody_together_tells_everything_once(experiment in experiments()) {
            let trace = &runs(&experiment)[0];
            let whole = Filter::default().steps(trace);
            let parts = Actor::ALL.map(|actor| Filter { actor: Some(actor), ..Filter::default() }.steps(trace));
            let mut together: Vec<StepNo> = parts.concat();
            together.sort();
            prop_assert_eq!(together, whole);
        }

        #[test]
        fn only_faults_leaves_out_no_fault(experiment in experiments()) {
            let trace = &runs(&experiment)[0];
            let faults = Filter { faults: true, ..Filter::default() }.steps(trace);
            let worth = story::worth_telling(trace);
            for no in worth.into_iter().filter(|no| is_fault(trace, trace.step(*no))) {
                prop_assert!(faults.contains(&no));
            }
        }
    }

    #[test]
    fn words_and_messages_are_found() {
        let experiment = Experiment::default();
        let trace = &runs(&experiment)[1];
        let filter = Filter { words: "CREDITED second".to_owned(), ..Filter::default() };
        let found = all(&experiment, trace, &filter);
        let again = "for the second time";
        assert!(found.iter().any(|line| line.sentence.lead.contains(again)));
        for line in found {
            let sentence = line.sentence.to_string().to_lowercase();
            assert!(sentence.contains("credited") && sentence.contains("second"));
        }
        let third = Filter { message: Some(MessageNo::from_index(2)), ..Filter::default() };
        let about = all(&experiment, trace, &third);
        assert!(about.len() > 5 && about.len() < 40);
    }

    #[test]
    fn the_page_is_the_one_of_the_moment_unless_another_is_wanted() {
        let experiment = experiment(r#""messages":200,"interval_ms":10,"lanes":[{}]"#);
        let trace = &runs(&experiment)[0];
        let page =
            |number, happened| page(&experiment, 0, trace, &Filter::default(), number, happened);
        assert_eq!(page(None, 0).number, 0);
        let last = page(None, trace.steps.len());
        assert!(last.number > 3 && !last.more);
        assert_eq!(page(Some(usize::MAX), 0).number, last.number);
        let half = page(None, trace.steps.len() / 2);
        assert!(half.more && half.number > 0 && half.lines.len() == PAGE);
        assert_eq!(page(Some(1), trace.steps.len()).number, 1);
    }
}

//! What goes wrong in an experiment, in one sentence.

use std::collections::BTreeSet;

use super::mishap::{Named, actors, clause};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::{BuiltIn, Scenario};
use ackground_core::experiment::script::Line;
use ackground_core::experiment::value::Rate;
use ackground_core::number::{capital, count_of, ordinal, percent};

/// The most clauses of the sentence; what is beyond them is counted.
const MOST: usize = 3;

/// What one message is called in a scenario: `payment`.
pub fn noun(scenario: &Scenario) -> &'static str {
    match scenario.built_in() {
        Some(BuiltIn::Payment) => "payment",
        Some(BuiltIn::Notification) => "notification",
        Some(BuiltIn::Email) => "email",
        Some(BuiltIn::Order) => "order",
        Some(BuiltIn::Metrics) => "reading",
        Some(BuiltIn::Clicks) => "click",
        Some(BuiltIn::Transfer) => "transfer",
        Some(BuiltIn::Pipeline) => "event",
        None => "message",
    }
}

/// What goes wrong, in one sentence.
///
/// ```
/// use ackground_core::experiment::Experiment;
///
/// assert_eq!(
///     ackground_words::story::what_goes_wrong(&Experiment::default()),
///     "The second payment is lost on its way to the broker; the receiver's bank crashes before it acknowledges \
///      the third."
/// );
/// ```
pub fn what_goes_wrong(experiment: &Experiment) -> String {
    let lines = experiment.faults.script.lines();
    let mut told = BTreeSet::new();
    let exact = lines.iter().map(|line| exact(experiment, line, &mut told));
    let mut clauses: Vec<String> = exact.chain(random(experiment)).collect();
    if clauses.is_empty() {
        return "Nothing goes wrong.".to_owned();
    }
    if clauses.len() > MOST {
        let more = clauses.split_off(MOST - 1).len() as u64;
        clauses.push(format!("and {}", count_of(more, "more fault", "more faults")));
    }
    capital(&clauses.join("; ")) + "."
}

/// A line of the script. A noun that was said already is left out.
fn exact(experiment: &Experiment, line: &Line, told: &mut BTreeSet<&'static str>) -> String {
    let scenario = &experiment.scenario;
    let noun = noun(scenario);
    let alone = experiment.messages.get() == 1;
    let message = match line.message() {
        Some(number) if !alone => {
            let nth = ordinal(number);
            if told.insert(noun) { format!("the {nth} {noun}") } else { format!("the {nth}") }
        }
        _ => format!("the {noun}"),
    };
    let [producer, consumer] = actors(scenario).map(|name| with_article(scenario, name));
    clause(experiment, line, &Named { producer, consumer, message, alone })
}

/// `the receiver's bank`; the names of one's own scenario stay as they were given.
fn with_article(scenario: &Scenario, name: String) -> String {
    let mut letters = name.chars();
    match (scenario.built_in(), letters.next()) {
        (Some(_), Some(first)) if !name.starts_with("the ") => {
            let plain = letters.clone().next().is_none_or(char::is_lowercase);
            let first = if plain { first.to_lowercase().to_string() } else { first.to_string() };
            format!("the {first}{}", letters.as_str())
        }
        _ => name,
    }
}

/// The rates that are not zero.
fn random(experiment: &Experiment) -> Vec<String> {
    let scenario = &experiment.scenario;
    let many = format!("{}s", noun(scenario));
    let [producer, consumer] = actors(scenario).map(|name| with_article(scenario, name));
    let faults = &experiment.faults;
    let all: [(Rate, &dyn Fn(&str) -> String); 10] = [
        (faults.loss.publish, &|p| {
            format!("{p} of the {many} are lost on their way to the broker")
        }),
        (faults.loss.publish_ack, &|p| format!("{p} of the broker's answers are lost")),
        (faults.loss.deliver, &|p| format!("{p} of the deliveries are lost")),
        (faults.loss.ack, &|p| format!("{p} of the acknowledgments are lost")),
        (faults.crash.producer, &|p| format!("{producer} crashes at {p} of the {many}")),
        (faults.crash.broker, &|p| format!("the broker crashes at {p} of the {many}")),
        (faults.crash.consumer, &|p| format!("{consumer} crashes at {p} of the {many}")),
        (faults.failure, &|p| format!("the work fails for {p} of the {many}")),
        (faults.slow, &|p| format!("the work on {p} of the {many} takes too long")),
        (faults.poison, &|p| format!("{p} of the {many} can never be processed")),
    ];
    let on = all.into_iter().filter(|(rate, _)| !rate.is_zero());
    on.map(|(rate, says)| says(&percent(rate))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::faults::Faults;
    use ackground_core::experiment::script::Script;

    fn said(story: BuiltIn, lines: &str) -> String {
        let lines = lines.lines().map(|line| line.parse().expect("a line")).collect();
        let script = Script::new(lines).expect("a few lines");
        let faults = Faults { script, ..Faults::default() };
        let scenario = story.scenario();
        what_goes_wrong(&Experiment { scenario, faults, ..Experiment::default() })
    }

    #[test]
    fn says_plainly_what_happens() {
        for (story, lines, sentence) in [
            (BuiltIn::Payment, "", "Nothing goes wrong."),
            (
                BuiltIn::Order,
                "crash consumer after insert 1",
                "The order service crashes after the order was entered for the first order.",
            ),
            (
                BuiltIn::Email,
                "slow 1 by 40s\ndrop ack 1\ndrop ack 2\ndrop ack 3",
                "The work on the first email takes 40 s longer; the acknowledgment for the first from the mailer is \
                 lost; and two more faults.",
            ),
        ] {
            assert_eq!(said(story, lines), sentence);
        }
    }

    #[test]
    fn says_the_rates_of_what_is_random() {
        let mut faults = Faults::default();
        (faults.loss.publish, faults.loss.ack) = (Rate::percent(2), Rate::percent(1));
        assert_eq!(
            what_goes_wrong(&Experiment { faults, ..Experiment::default() }),
            "2 % of the payments are lost on their way to the broker; 1 % of the acknowledgments are lost."
        );
    }

    #[test]
    fn every_scenario_has_a_word_for_its_messages() {
        let words: BTreeSet<&str> =
            BuiltIn::ALL.iter().map(|story| noun(&story.scenario())).collect();
        assert_eq!(words.len(), BuiltIn::ALL.len());
        assert!(!words.contains("message"));
    }
}

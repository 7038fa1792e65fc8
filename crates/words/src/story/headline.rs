//! The title above the lanes: what is being sent, in the scenario's words.
//!
//! Built-in scenarios are recognised by id; for any other it makes a sensible sentence from the fields. It says
//! nothing of outcomes.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::{BuiltIn, Scenario};

use ackground_core::number::{capital, count, money};

/// The title and subtitle above the lanes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// What is being sent: `Three people each send you 10,000`.
    pub title: String,
    /// What the lanes have in common.
    pub subtitle: String,
}

/// The headline of an experiment: its own title, or else a sentence about what is being sent.
///
/// ```
/// use ackground_core::experiment::Experiment;
///
/// let first_screen = ackground_words::story::headline(&Experiment::default());
/// assert_eq!(first_screen.title, "Three people each send you 10,000");
/// ```
pub fn headline(experiment: &Experiment) -> Headline {
    let title = experiment.title.trim();
    Headline {
        title: if title.is_empty() { sending(experiment) } else { title.to_owned() },
        subtitle: in_common(experiment),
    }
}

fn in_common(experiment: &Experiment) -> String {
    let one = experiment.lanes.len() == 1;
    let calm = nothing_goes_wrong(experiment);
    match (one, calm) {
        (false, false) => "Same messages, same network, same crashes. Only the setup differs.",
        (false, true) => {
            "Same messages, same network, and nothing goes wrong. Only the setup differs."
        }
        (true, false) => "One setup. Add a lane to see how another handles the same faults.",
        (true, true) => "One setup, and nothing goes wrong.",
    }
    .to_owned()
}

fn nothing_goes_wrong(experiment: &Experiment) -> bool {
    let faults = &experiment.faults;
    let rates = [
        faults.loss.publish,
        faults.loss.publish_ack,
        faults.loss.deliver,
        faults.loss.ack,
        faults.crash.producer,
        faults.crash.broker,
        faults.crash.consumer,
        faults.failure,
        faults.poison,
        faults.slow,
    ];
    rates.iter().all(|rate| rate.is_zero()) && faults.script.lines().is_empty()
}

fn sending(experiment: &Experiment) -> String {
    let scenario = &experiment.scenario;
    let n = experiment.messages.get();
    let many = capital(&count(n));
    let amount = money(scenario.amount.get());
    let one = n == 1;
    match scenario.built_in() {
        Some(BuiltIn::Payment) if one => format!("Someone sends you {amount}"),
        Some(BuiltIn::Payment) => format!("{many} people each send you {amount}"),
        Some(BuiltIn::Notification) if one => "A push is on its way to one phone".to_owned(),
        Some(BuiltIn::Notification) => format!("{many} pushes are on their way to one phone"),
        Some(BuiltIn::Email) if one => "One mail to one customer".to_owned(),
        Some(BuiltIn::Email) => format!("{many} mails to {} customers", count(n)),
        Some(BuiltIn::Order) if one => "A customer places an order".to_owned(),
        Some(BuiltIn::Order) => format!("{many} customers each place an order"),
        Some(BuiltIn::Metrics) if one => "A sensor reports one reading".to_owned(),
        Some(BuiltIn::Metrics) => format!("A sensor reports {} readings", count(n)),
        Some(BuiltIn::Clicks) if one => "Someone clicks your short link".to_owned(),
        Some(BuiltIn::Clicks) => format!("{many} people click your short link"),
        Some(BuiltIn::Transfer) if one => format!("One transfer of {amount} between two accounts"),
        Some(BuiltIn::Transfer) => format!("{many} transfers of {amount} between two accounts"),
        Some(BuiltIn::Pipeline) if one => "One event goes through a pipeline".to_owned(),
        Some(BuiltIn::Pipeline) => format!("{many} events go through a pipeline"),
        None => of_its_own(scenario, n),
    }
}

/// `Three messages from Warehouse to Labels`.
fn of_its_own(scenario: &Scenario, n: u64) -> String {
    let what = if n == 1 { "message" } else { "messages" };
    let from = named(&scenario.producer, "a producer");
    let to = named(&scenario.consumer, "a consumer");
    let sentence = format!("{} {what} from {from} to {to}", capital(&count(n)));
    match scenario.title.trim() {
        "" => sentence,
        title => format!("{title}: {}", uncapital(&sentence)),
    }
}

fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    match name.trim() {
        "" => otherwise,
        name => name,
    }
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::faults::Faults;
    use ackground_core::experiment::value::{Bounded, Text};

    fn with(scenario: BuiltIn, messages: u64) -> Experiment {
        Experiment {
            scenario: scenario.scenario(),
            messages: Bounded::of(messages),
            ..Experiment::default()
        }
    }

    #[test]
    fn the_first_screen_says_who_sends_what() {
        let headline = headline(&Experiment::default());
        assert_eq!(headline.title, "Three people each send you 10,000");
        assert_eq!(
            headline.subtitle,
            "Same messages, same network, same crashes. Only the setup differs."
        );
    }

    #[test]
    fn every_scenario_has_a_title_for_one_and_for_many() {
        for &scenario in BuiltIn::ALL {
            let titles = [1, 2, 3, 7, 50].map(|n| headline(&with(scenario, n)).title);
            assert!(titles.iter().all(|title| title.len() > 10), "{titles:?}");
            assert!(titles.is_sorted_by(|a, b| a != b), "{titles:?}");
        }
        assert_eq!(headline(&with(BuiltIn::Payment, 1)).title, "Someone sends you 10,000");
        assert_eq!(headline(&with(BuiltIn::Payment, 50)).title, "50 people each send you 10,000");
        assert_eq!(headline(&with(BuiltIn::Clicks, 7)).title, "Seven people click your short link");
    }

    #[test]
    fn a_title_of_its_own_wins() {
        let experiment =
            Experiment { title: Text::cut(" Lost on Friday "), ..Experiment::default() };
        assert_eq!(headline(&experiment).title, "Lost on Friday");
    }

    #[test]
    fn an_inline_scenario_is_told_from_its_fields() {
        let json = r#"{"version": 1, "lanes": [{}], "messages": 2, "scenario": {
            "id": "labels", "title": "Parcel labels", "producer": "Warehouse", "consumer": "Printer",
            "steps": [{"id": "print", "label": "Print the label", "kind": "external", "primary": true}]
        }}"#;
        let experiment = Experiment::from_json(json).expect("it is an experiment");
        assert_eq!(
            headline(&experiment).title,
            "Parcel labels: two messages from Warehouse to Printer"
        );
    }

    #[test]
    fn the_subtitle_says_only_what_is_so() {
        let mut experiment = Experiment { faults: Faults::default(), ..Experiment::default() };
        assert!(headline(&experiment).subtitle.contains("nothing goes wrong"));
        while experiment.lanes.remove(1).is_some() {}
        assert!(headline(&experiment).subtitle.starts_with("One setup"));
    }
}

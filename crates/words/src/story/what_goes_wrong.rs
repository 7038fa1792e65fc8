//! The one sentence of what goes wrong in an experiment, in the words of its scenario.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::script::{Kind, Line, Nth, Spot};
use ackground_core::number::{capital, count_of, ordinal, percent};

use super::mishap::{Names, clause};
use super::noun::{Noun, station};

/// The sign that goes before a part of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// A packet does not arrive, or cannot.
    Lost,
    /// A packet arrives twice.
    Duplicate,
    /// Something takes too long.
    Slow,
    /// A machine goes down.
    Crash,
    /// The work does not succeed.
    Failed,
}

impl Sign {
    /// Its class in style sheets: `lost`.
    pub const fn class(self) -> &'static str {
        match self {
            Sign::Lost => "lost",
            Sign::Duplicate => "duplicate",
            Sign::Slow => "slow",
            Sign::Crash => "crash",
            Sign::Failed => "failed",
        }
    }
}

/// A part of the sentence, with what joins it to the next one: put one after the other, the texts are the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The words: `The second payment is lost on its way to the broker; `.
    pub text: String,
    /// What kind of fault it is; `None` for the parts that tell of none or of several.
    pub sign: Option<Sign>,
}

/// This many faults are told in full; of more, one less, and how many there are.
const MOST: usize = 3;

/// What goes wrong, in one sentence.
///
/// ```
/// use ackground_core::experiment::Experiment;
///
/// assert_eq!(
///     ackground_words::story::what_goes_wrong(&Experiment::default()),
///     "The second payment is lost on its way to the broker; the receiver's bank crashes before it acknowledges the \
///      third."
/// );
/// ```
pub fn what_goes_wrong(experiment: &Experiment) -> String {
    wrongs(experiment).into_iter().map(|wrong| wrong.text).collect()
}

/// What goes wrong, as the parts of one sentence: the script in its order, then what is left to chance.
pub fn wrongs(experiment: &Experiment) -> Vec<Wrong> {
    let mut clauses = scripted(experiment);
    clauses.extend(by_chance(experiment));
    let number = clauses.len();
    if number > MOST {
        clauses.truncate(MOST - 1);
        let more = (number - clauses.len()) as u64;
        clauses.push((count_of(more, "more fault", "more faults"), None));
    }
    if clauses.is_empty() {
        clauses.push(("nothing goes wrong".to_owned(), None));
    }
    let last = clauses.len() - 1;
    let part = |(i, (clause, sign)): (usize, (String, Option<Sign>))| {
        let clause = if i == 0 { capital(&clause) } else { clause };
        let joint = match last - i {
            0 => ".",
            1 if last > 1 => "; and ",
            _ => "; ",
        };
        Wrong { text: clause + joint, sign }
    };
    clauses.into_iter().enumerate().map(part).collect()
}

/// The lines of the script that can strike. The noun is said once, and again where an ordinal would be in doubt.
fn scripted(experiment: &Experiment) -> Vec<(String, Option<Sign>)> {
    let scenario = &experiment.scenario;
    let noun = Noun::of(scenario);
    let messages = experiment.messages.get();
    let mut named = false;
    let mut told = Vec::new();
    for line in experiment.faults.script.lines() {
        let message = match line.message() {
            Some(number) if number > messages => continue,
            Some(_) if messages == 1 => format!("the {}", noun.one()),
            Some(number) if named && !counts_times(line) => format!("the {}", ordinal(number)),
            Some(number) => noun.nth(number),
            None => String::new(),
        };
        named |= !message.is_empty();
        let names = Names {
            producer: station(&scenario.producer, "the producer"),
            consumer: station(&scenario.consumer, "the consumer"),
            message,
            alone: messages == 1,
        };
        told.push((clause(experiment, line, &names), Some(sign(line))));
    }
    told
}

fn counts_times(line: &Line) -> bool {
    line.spot().is_some_and(|spot: Spot| spot.nth != Nth::FIRST)
}

fn sign(line: &Line) -> Sign {
    match line.kind() {
        Kind::Drop | Kind::Partition => Sign::Lost,
        Kind::Duplicate => Sign::Duplicate,
        Kind::Delay | Kind::Slow => Sign::Slow,
        Kind::Crash | Kind::Kill => Sign::Crash,
        Kind::Fail | Kind::Poison => Sign::Failed,
    }
}

fn by_chance(experiment: &Experiment) -> Vec<(String, Option<Sign>)> {
    let (scenario, faults) = (&experiment.scenario, &experiment.faults);
    let many = Noun::of(scenario).many();
    let producer = station(&scenario.producer, "the producer");
    let consumer = station(&scenario.consumer, "the consumer");
    let lost = |what: &str| format!("of {what} are lost");
    let crashes = |who: &str, on: &str| (format!("{who} crashes on"), format!("of {on}"));
    let bare = |after: String| (String::new(), after);
    let rates = [
        (
            faults.loss.publish,
            Sign::Lost,
            bare(format!("of {many} are lost on their way to the broker")),
        ),
        (faults.loss.publish_ack, Sign::Lost, bare(lost("the broker's replies"))),
        (
            faults.loss.deliver,
            Sign::Lost,
            bare(format!("of {many} are lost on their way to {consumer}")),
        ),
        (faults.loss.ack, Sign::Lost, bare(lost("acknowledgments"))),
        (faults.crash.producer, Sign::Crash, crashes(&producer, "its sends")),
        (faults.crash.broker, Sign::Crash, crashes("the leading broker node", "its writes")),
        (faults.crash.consumer, Sign::Crash, crashes(&consumer, "deliveries")),
        (faults.failure, Sign::Failed, bare("of handler calls fail".to_owned())),
        (faults.poison, Sign::Failed, bare(format!("of {many} fail every time"))),
        (
            faults.slow,
            Sign::Slow,
            bare("of handler calls take longer than the broker waits".to_owned()),
        ),
    ];
    rates
        .into_iter()
        .filter(|(rate, ..)| !rate.is_zero())
        .map(|(rate, sign, (before, after))| {
            let words = [before, percent(rate), after];
            let said: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
            (said.join(" "), Some(sign))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::faults::Faults;
    use ackground_core::experiment::scenario::BuiltIn;
    use ackground_core::experiment::value::{Bounded, Rate};

    fn with(scenario: BuiltIn, lines: &str) -> Experiment {
        let mut experiment = Experiment {
            scenario: scenario.scenario(),
            faults: Faults::default(),
            ..Experiment::default()
        };
        let json = format!(
            "[{}]",
            lines.split(", ").map(|line| format!("{line:?}")).collect::<Vec<_>>().join(",")
        );
        if !lines.is_empty() {
            experiment.faults.script = serde_json::from_str(&json).expect(lines);
        }
        experiment
    }

    #[test]
    fn one_sentence_in_the_words_of_the_scenario() {
        let cases = [
            (BuiltIn::Payment, "", "Nothing goes wrong."),
            (BuiltIn::Payment, "off drop ack 1", "Nothing goes wrong."),
            (BuiltIn::Payment, "drop ack 9", "Nothing goes wrong."),
            (
                BuiltIn::Email,
                "crash consumer before ack 2",
                "The mailer crashes before it acknowledges the second email.",
            ),
            (
                BuiltIn::Transfer,
                "crash consumer after debit 2, drop deliver 2#2, slow 3 by 6s",
                "The ledger service crashes after account A was debited for the second transfer; the second transfer is \
                 lost on its way to the ledger service, the second time; and the work on the third takes 6 s longer.",
            ),
            (
                BuiltIn::Clicks,
                "drop publish 1, drop publish 2, fail 3, fail 1, poison 2",
                "The first click is lost on its way to the broker; the second is lost on its way to the broker; and \
                 three more faults.",
            ),
            (
                BuiltIn::Order,
                "partition producer 0s..5s, duplicate publish 1",
                "The checkout is cut off from the broker from 0 ms to 5 s; the first order reaches the broker twice.",
            ),
        ];
        for (scenario, lines, sentence) in cases {
            assert_eq!(what_goes_wrong(&with(scenario, lines)), sentence);
        }
    }

    #[test]
    fn a_single_message_needs_no_ordinal() {
        let mut one = with(BuiltIn::Order, "drop publish 1, drop ack 1");
        one.messages = Bounded::of(1);
        assert_eq!(
            what_goes_wrong(&one),
            "The order is lost on its way to the broker; the acknowledgment from the order service is lost."
        );
    }

    #[test]
    fn what_is_left_to_chance_comes_last() {
        let mut experiment = with(BuiltIn::Payment, "drop publish 2");
        experiment.faults.loss.ack = Rate::percent(1);
        experiment.faults.crash.consumer = Rate::from_parts(Rate::SCALE / 200).expect("a rate");
        assert_eq!(
            what_goes_wrong(&experiment),
            "The second payment is lost on its way to the broker; 1 % of acknowledgments are lost; and the receiver's \
             bank crashes on 0.5 % of deliveries."
        );
    }

    #[test]
    fn every_part_has_the_sign_of_its_fault() {
        let parts = wrongs(&with(
            BuiltIn::Payment,
            "drop ack 1, crash consumer before ack 2, slow 3 by 6s, fail 1",
        ));
        let signs: Vec<Option<&str>> =
            parts.iter().map(|part| part.sign.map(Sign::class)).collect();
        assert_eq!(signs, [Some("lost"), Some("crash"), None]);
    }
}

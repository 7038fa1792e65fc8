//! Figures of a run in running text, so that no number a run produces is written by hand.
//!
//! | placeholder | filled with |
//! |---|---|
//! | `lane 1` | the lane's name |
//! | `lane 1: holds`, `lane 1: expected`, `lane 1: off` | what the store holds, should hold, and the difference |
//! | `lane 1: settled` | when nothing more happens: `2.3 s` |
//! | `lane 1: message 2 ends` | a message's outcome, in a few words |
//! | `lane 1: message 2 sent`, `… delivered`, `… applied credit` | how often: `twice` |
//! | `lane 1: sends_per_message` | a measured figure, with its unit |
//! | `lane 1: guarantee within 2 faults` | what the prover found: `at least once` |
//! | `lane 1: no_loss within 2 faults` | the faults of the shortest schedule that breaks it |
//! | `lane 1: schedules within 2 faults` | how many schedules were searched |

use std::fmt;
use std::str::FromStr;

use crate::claim::{Known, MEASURED, Need, Tokens, Within, within};
use crate::markup::Span;
use ackground_core::audit::{self, Property};
use ackground_core::experiment::Experiment;
use ackground_core::measure::Quantity;
use ackground_core::sim::{self, MessageNo};
use ackground_words::story;

/// A figure of a run, a proof or a measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The lane, counted from 0.
    lane: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Name,
    Holds,
    Expected,
    Off,
    Settled,
    /// Of a message, counted from 1.
    Ends(usize),
    Sent(usize),
    Delivered(usize),
    /// A message, counted from 1, and the id of a step.
    Applied(usize, String),
    Figure(Quantity),
    Guarantee(Within),
    Breaks(Property, Within),
    Schedules(Within),
}

/// Why a text is not a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError(String);

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ValueError {}

impl FromStr for Value {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Value, ValueError> {
        let wrong = |why: &dyn fmt::Display| ValueError(format!("{{{text}}}: {why}"));
        let whole = match text.contains(':') {
            true => text.to_owned(),
            false => format!("{text}: name"),
        };
        let (lane, mut words) = Tokens::of_lane(&whole).map_err(|error| wrong(&error))?;
        let value = |what| Ok(Value { lane, what });
        let subject = words.word();
        let simple = match subject {
            "name" => Some(What::Name),
            "holds" => Some(What::Holds),
            "expected" => Some(What::Expected),
            "off" => Some(What::Off),
            "settled" => Some(What::Settled),
            _ => Quantity::of_id(subject).map(What::Figure),
        };
        if let Some(what) = simple {
            let what = words.done(what).map_err(|error| wrong(&error))?;
            return value(what);
        }
        if subject == "message" {
            let no = words.word().parse().ok().filter(|no| *no > 0);
            let no: usize = no.ok_or_else(|| wrong(&"a message is a number from 1"))?;
            let what = match words.word() {
                "ends" => What::Ends(no),
                "sent" => What::Sent(no),
                "delivered" => What::Delivered(no),
                "applied" => What::Applied(no, words.word().to_owned()),
                _ => return Err(wrong(&"of a message: ends, sent, delivered, applied STEP")),
            };
            let what = words.done(what).map_err(|error| wrong(&error))?;
            return value(what);
        }
        let proved: fn(Within, Property) -> What = match subject {
            "guarantee" => |within, _| What::Guarantee(within),
            "schedules" => |within, _| What::Schedules(within),
            _ => |within, property| What::Breaks(property, within),
        };
        let property = Property::from_word(subject);
        let named = matches!(subject, "guarantee" | "schedules") || property.is_some();
        if !named || !words.skip("within") {
            return Err(wrong(&"is no value that there is"));
        }
        let within = within(&mut words).map_err(|error| wrong(&error))?;
        value(proved(within, property.unwrap_or(Property::NoLoss)))
    }
}

impl Value {
    /// What is wrong with it for this experiment: a lane, a message or a step that does not exist.
    pub fn misfit(&self, experiment: &Experiment) -> Option<String> {
        if self.lane >= experiment.lanes.len() {
            return Some(format!("there is no lane {}", self.lane + 1));
        }
        match &self.what {
            What::Ends(no) | What::Sent(no) | What::Delivered(no) | What::Applied(no, _)
                if *no as u64 > experiment.messages.get() =>
            {
                Some(format!("there is no message {no}"))
            }
            What::Applied(_, id)
                if experiment.scenario.steps.iter().all(|step| *step.id != **id) =>
            {
                Some(format!("there is no step \"{id}\""))
            }
            _ => None,
        }
    }

    /// What has to be found out to show it; `None` if it can be shown right away.
    pub fn need(self) -> Option<Need> {
        let lane = self.lane;
        match self.what {
            What::Figure(_) => Some(Need::Measure { messages: MEASURED }),
            What::Guarantee(within) | What::Breaks(_, within) | What::Schedules(within) => {
                let bounds = within.bounds();
                Some(Need::Prove { lane, bounds })
            }
            What::Name | What::Ends(_) => None,
            _ => Some(Need::Run { lane }),
        }
    }

    /// The figure as a span: lane names and script lines are set off.
    pub fn span(&self, experiment: &Experiment, known: &Known) -> Option<Span> {
        let text = self.tell(experiment, known)?;
        Some(match self.what {
            What::Name => Span::Strong(text),
            What::Breaks(..) => Span::Code(text),
            _ => Span::Plain(text),
        })
    }

    /// The figure in words; `None` while it is unknown, or if the experiment has no such lane or message.
    pub fn tell(&self, experiment: &Experiment, known: &Known) -> Option<String> {
        let lane = self.lane;
        experiment.lanes.get(lane)?;
        let report = || known.report(lane);
        let record = |no: usize| report()?.messages.get(no - 1);
        Some(match &self.what {
            What::Name => experiment.lane_name(lane),
            What::Holds => story::money(report()?.ledger.actual),
            What::Expected => story::money(report()?.ledger.expected),
            What::Off => {
                let ledger = report()?.ledger;
                story::difference(ledger.expected, ledger.actual)
            }
            What::Settled => story::duration(report()?.settled?),
            What::Ends(no) => {
                let trace = sim::simulate(experiment, lane);
                let report = audit::judge(experiment, &trace);
                report.messages.get(no - 1)?;
                let message = MessageNo::from_index(no - 1);
                story::outcome(experiment, lane, &trace, &report, message)
            }
            What::Sent(no) => story::times(record(*no)?.sent.into()),
            What::Delivered(no) => story::times(record(*no)?.delivered.into()),
            What::Applied(no, id) => {
                let mut steps = experiment.scenario.steps.iter();
                let step = steps.position(|step| *step.id == **id)?;
                story::times((*record(*no)?.applied.get(step)?).into())
            }
            What::Figure(quantity) => {
                let figures = known.figures(MEASURED)?.lanes.get(lane)?;
                quantity.unit().words(quantity.of(figures)?.value)
            }
            What::Guarantee(within) => {
                let finding = known.proof(lane, within.bounds())?;
                story::guarantee(finding.guarantee?).to_owned()
            }
            What::Breaks(property, within) => {
                let finding = known.proof(lane, within.bounds())?;
                let lines = &finding.verdict(*property).counterexample()?.lines;
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                lines.join(", then ")
            }
            What::Schedules(within) => {
                let explored = known.proof(lane, within.bounds())?.explored;
                story::counted(explored.schedules, "schedule")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Option<String> {
        let experiment = Experiment::default();
        let value: Value = name.parse().unwrap_or_else(|error| panic!("{error}"));
        let need: Vec<Need> = value.clone().need().into_iter().collect();
        value.tell(&experiment, &Known::at_once(&experiment, &need))
    }

    #[test]
    fn every_kind_of_value_is_read_off_the_first_screen() {
        for (name, text) in [
            ("lane 2", "At least once"),
            ("lane 1: holds", "20,000"),
            ("lane 1: expected", "30,000"),
            ("lane 1: off", "\u{2212}10,000"),
            ("lane 2: message 2 sent", "twice"),
            ("lane 2: message 3 delivered", "twice"),
            ("lane 2: message 3 applied credit", "twice"),
            ("lane 3: message 3 ends", "once · 1 duplicate skipped"),
            ("lane 2: guarantee within 1 fault", "at least once"),
            ("lane 1: no_loss within 1 fault", "drop publish 1"),
            ("lane 1: schedules within 0 faults", "1 schedule"),
        ] {
            assert_eq!(words(name).as_deref(), Some(text), "{name}");
        }
        assert!(words("lane 1: settled").is_some_and(|time| time.ends_with(" s")));
        assert!(words("lane 2: sends_per_message").is_some_and(|sends| sends.starts_with('1')));
    }

    #[test]
    fn what_is_not_there_is_not_told() {
        for name in [
            "lane 4",
            "lane 1: message 9 ends",
            "lane 1: message 2 applied nothing",
            "lane 3: no_loss within 1 fault",
        ] {
            assert_eq!(words(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_no_value_is_named() {
        for name in
            ["", "lane", "lane 9", "lane 1: nonsense", "lane 1: message 0 ends", "lane 1: no_loss"]
        {
            let error = name.parse::<Value>().expect_err(name);
            assert!(error.to_string().starts_with(&format!("{{{name}}}: ")), "{error}");
        }
    }
}

//! Judges whether a claim holds, given what is known.

use super::{Books, Claim, Known, MEASURED, Occurrence, Order, Says, Side, Within};
use ackground_core::audit::Property;
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::measure::{Figures, Quantity};
use ackground_core::prove::{Bounds, Counterexample, Finding, Guarantee, Verdict};
use ackground_words::story;

ackground_core::words! {
    /// The answer to a claim.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Answer {
        /// It holds.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// It has not been found out, or a bound stopped the search.
        Unknown = "unknown",
    }
}

impl Answer {
    /// Whether this is [`Answer::Yes`].
    pub fn is_yes(self) -> bool {
        self == Answer::Yes
    }
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

impl From<Option<bool>> for Answer {
    fn from(holds: Option<bool>) -> Answer {
        holds.map_or(Answer::Unknown, Answer::from)
    }
}

/// The judgement of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Whether it does.
    pub answer: Answer,
    /// What was found, in a sentence.
    pub sentence: String,
    /// The schedule that settles it, if there is one.
    pub evidence: Option<Evidence>,
}

impl Held {
    /// A judgement without a schedule.
    pub(crate) fn new(answer: impl Into<Answer>, sentence: impl Into<String>) -> Held {
        Held { answer: answer.into(), sentence: sentence.into(), evidence: None }
    }

    fn missing() -> Held {
        Held::new(Answer::Unknown, "It has not been checked yet.")
    }
}

/// A counterexample: a schedule that breaks a property of a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The lane, counted from 0.
    pub lane: usize,
    /// The property it breaks.
    pub property: Property,
    /// The bounds within which it was found.
    pub bounds: Bounds,
    /// Its faults; empty if the property is broken without any.
    pub lines: Vec<Line>,
}

impl Evidence {
    /// The experiment that replays it: as many messages as were searched, no rates, and this script.
    pub fn experiment(&self, experiment: &Experiment) -> Experiment {
        let lines = self.lines.clone();
        Counterexample { lines }.experiment(experiment, self.bounds)
    }

    /// The same with its lane alone, under the name it has among the others.
    pub fn alone(&self, experiment: &Experiment) -> Experiment {
        let mut watched = self.experiment(experiment);
        let lane = watched.lanes.get(self.lane).cloned();
        let alone = lane.and_then(|mut lane| {
            lane.name = Label::cut(&experiment.lane_name(self.lane));
            Lanes::new(vec![lane])
        });
        if let Some(alone) = alone {
            watched.lanes = alone;
        }
        watched
    }
}

impl Claim {
    /// Judges the claim, given what is known of the experiment; unknown while anything it
    /// [needs](Claim::needs) is missing.
    pub fn judge(&self, experiment: &Experiment, known: &Known) -> Held {
        if let Err(why) = self.fits(experiment) {
            return Held::new(Answer::Unknown, story::capital(&why) + ".");
        }
        match self.says {
            Says::Always(_, _, within) | Says::Is(_, within) | Says::Keeps(_, within) => {
                match known.proof(self.lane, within.bounds()) {
                    Some(finding) => self.proved(finding, within),
                    None => Held::missing(),
                }
            }
            Says::Figure(..) | Says::Than(..) => match known.figures(MEASURED) {
                Some(figures) => self.measured(experiment, figures),
                None => Held::missing(),
            },
            _ => self.ran(experiment, known),
        }
    }

    fn ran(&self, experiment: &Experiment, known: &Known) -> Held {
        let Some(report) = known.report(self.lane) else {
            return Held::missing();
        };
        let record = |message: u16| report.messages.get(usize::from(message).wrapping_sub(1));
        let primary = experiment.scenario.primary();
        let (ledger, properties) = (report.ledger, report.properties);
        let books = match ledger.actual.cmp(&ledger.expected) {
            std::cmp::Ordering::Less => Books::Short,
            std::cmp::Ordering::Greater => Books::Over,
            std::cmp::Ordering::Equal => Books::Exact,
        };
        let found = match self.says {
            Says::Ends(message, end) => record(message).map(|record| {
                let is = Claim { says: Says::Ends(message, record.end), ..*self };
                (record.end == end, is)
            }),
            Says::Told(message, told) => record(message).map(|record| {
                let is = Claim { says: Says::Told(message, record.told), ..*self };
                (record.told == told, is)
            }),
            Says::Times(message, occurrence, times) => record(message).map(|record| {
                let counted = match occurrence {
                    Occurrence::Sent => record.sent,
                    Occurrence::Delivered => record.delivered,
                    Occurrence::Applied => record.applied.get(primary).copied().unwrap_or(0),
                };
                let is = Claim { says: Says::Times(message, occurrence, counted), ..*self };
                (counted == times, is)
            }),
            Says::Ledger(asked) => {
                let is = Claim { says: Says::Ledger(books), ..*self };
                Some((asked == books, is))
            }
            Says::InRun(property, asked) => {
                let holds = properties.holds(property);
                let is = Claim { says: Says::InRun(property, holds), ..*self };
                Some((asked == holds, is))
            }
            _ => None,
        };
        match found {
            Some((holds, is)) => Held::new(holds, is.sentence(experiment)),
            None => Held::missing(),
        }
    }

    fn proved(&self, finding: &Finding, within: Within) -> Held {
        let (answer, property) = match self.says {
            Says::Always(property, asked, _) => {
                let holds = finding.verdict(property).holds();
                (Answer::from(holds.map(|holds| holds == asked)), Some(property))
            }
            Says::Is(asked, _) => {
                let is = finding.guarantee.map(|found| found == asked);
                (Answer::from(is), None)
            }
            Says::Keeps(asked, _) => (Answer::from(finding.keeps(asked)), None),
            _ => (Answer::Unknown, None),
        };
        // If a guarantee is broken in two ways, show the shorter counterexample.
        let watched = match (property, self.says) {
            (Some(property), _) => vec![property],
            (None, Says::Keeps(Guarantee::AtLeastOnce, _)) => vec![Property::NoLoss],
            (None, Says::Keeps(Guarantee::AtMostOnce, _)) => vec![Property::NoDuplicates],
            (None, _) => vec![Property::NoLoss, Property::NoDuplicates],
        };
        let broken = watched.iter().filter_map(|property| {
            let counterexample = finding.verdict(*property).counterexample()?;
            Some((*property, counterexample))
        });
        let shortest = broken.min_by_key(|(_, counterexample)| counterexample.lines.len());
        let evidence = shortest.map(|(property, counterexample)| Evidence {
            lane: self.lane,
            property,
            bounds: finding.bounds,
            lines: counterexample.lines.clone(),
        });
        let sentence = match (&evidence, property) {
            (Some(evidence), Some(_)) => breaks(evidence),
            (_, None) => match finding.guarantee {
                Some(guarantee) => {
                    format!("It is {} {}.", story::guarantee(guarantee), super::of_bounds(within))
                }
                None => undecided(finding),
            },
            (None, Some(property)) => match finding.verdict(property) {
                Verdict::Holds => format!(
                    "{} {}: all {} were tried.",
                    story::capital(story::property(property).holds),
                    super::of_bounds(within),
                    story::counted(finding.explored.schedules, "schedule")
                ),
                _ => undecided(finding),
            },
        };
        Held { answer, sentence, evidence }
    }

    /// Whether a figure misses its bound so clearly that these few messages settle it.
    pub(crate) fn is_far_off(&self, figures: &Figures) -> bool {
        let Says::Figure(quantity, side, amount) = self.says else {
            return false;
        };
        let estimate = figures.lanes.get(self.lane).and_then(|lane| quantity.of(lane));
        let (value, bound) = match (estimate, quantity) {
            // In a small sample a rare outcome may be missing, and a share may be far off.
            (_, Quantity::Share(_)) | (None, _) => return false,
            (Some(estimate), _) => (estimate.value, amount.value()),
        };
        match side {
            Side::AtMost => value > bound * FAR,
            Side::AtLeast => value * FAR < bound,
        }
    }

    fn measured(&self, experiment: &Experiment, figures: &Figures) -> Held {
        let of = |lane: usize, quantity: Quantity| {
            let estimate = figures.lanes.get(lane).and_then(|lane| quantity.of(lane));
            estimate.map(|estimate| estimate.value)
        };
        match self.says {
            Says::Figure(quantity, side, amount) => {
                let name = quantity.name();
                let Some(value) = of(self.lane, quantity) else {
                    // Without any effect there is no latency to compare.
                    return Held::new(false, format!("{name}: there is nothing to measure."));
                };
                let (within, asked) = match side {
                    Side::AtMost => (value <= amount.value(), "at most"),
                    Side::AtLeast => (value >= amount.value(), "at least"),
                };
                let unit = quantity.unit();
                let (value, amount) = (unit.words(value), unit.words(amount.value()));
                Held::new(within, format!("{name}: {value}; required: {asked} {amount}."))
            }
            Says::Than(quantity, order, other) => {
                let (Some(one), Some(two)) = (of(self.lane, quantity), of(other, quantity)) else {
                    let name = quantity.name();
                    return Held::new(false, format!("{name}: there is nothing to compare."));
                };
                let holds = match order {
                    Order::More => one > two,
                    Order::Less => one < two,
                };
                let unit = quantity.unit();
                let sentence = format!(
                    "{}: {} in {}, {} in {}.",
                    quantity.name(),
                    unit.words(one),
                    experiment.lane_name(self.lane),
                    unit.words(two),
                    experiment.lane_name(other)
                );
                Held::new(holds, sentence)
            }
            _ => Held::missing(),
        }
    }
}

/// A figure that is off by this factor in a few hundred messages is off in all of them.
const FAR: f64 = 1.5;

fn breaks(evidence: &Evidence) -> String {
    let words = story::property(evidence.property);
    let broken = story::capital(words.broken);
    match evidence.lines.len() {
        0 => format!("{broken}, without any fault."),
        1 => format!("{broken}: 1 fault is enough."),
        faults => format!("{broken}: {faults} faults are enough."),
    }
}

fn undecided(finding: &Finding) -> String {
    let schedules = story::counted(finding.explored.schedules, "schedule");
    format!("Not known: the search stopped at its limit after {schedules}.")
}

#[cfg(test)]
mod tests;

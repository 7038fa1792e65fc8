//! Goals: what a student has to reach, and whether it was reached.

use std::fmt;
use std::str::FromStr;

use super::check::Attempt;
use crate::claim::{
    Answer, Claim, ClaimError, Held, Known, Need, Tokens, Within, in_lane, of_bounds, run, within,
};
use ackground_core::audit::Property;
use ackground_core::experiment::script::{Line, Nth, Script};
use ackground_core::experiment::{Experiment, Lanes};
use ackground_core::prove::{Kind, Verdict, bare};
use ackground_words::story;

/// A goal: one line of text. Besides every [`Claim`] about the student's experiment there
/// are
///
/// ```text
/// lane N: break PROPERTY within BOUNDS
/// lane N: name guarantee within BOUNDS
/// ```
///
/// `break` asks for a fault script that breaks the property with as few lines as the prover needs; every line
/// has to be a single fault of a kind the prover may use. `name` asks for the guarantee, which is compared with
/// what the prover finds.
///
/// ```
/// use ackground_learn::exercise::Goal;
///
/// let goal: Goal = "lane 1: break no_loss within 2 faults".parse()?;
/// assert_eq!(goal.to_string(), "lane 1: break no_loss within 2 faults, 2 messages");
/// # Ok::<(), ackground_learn::claim::ClaimError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Goal {
    /// A claim holds of the student's experiment.
    Claim(Claim),
    /// The student's script breaks a property with as few lines as possible.
    Break {
        /// In which lane, counted from 0.
        lane: usize,
        /// Which property.
        property: Property,
        /// The bounds of the prover.
        within: Within,
    },
    /// The student names the guarantee.
    Name {
        /// Of which lane, counted from 0.
        lane: usize,
        /// Within which bounds.
        within: Within,
    },
}

impl FromStr for Goal {
    type Err = ClaimError;

    fn from_str(text: &str) -> Result<Goal, ClaimError> {
        let (lane, mut words) = Tokens::of_lane(text)?;
        if words.skip("break") {
            let property = words.one_of(&Property::ALL, Property::word)?;
            words.one_of(&["within"], |word| word)?;
            let within = within(&mut words)?;
            words.done(Goal::Break { lane, property, within })
        } else if words.skip("name") {
            words.one_of(&["guarantee"], |word| word)?;
            words.one_of(&["within"], |word| word)?;
            let within = within(&mut words)?;
            words.done(Goal::Name { lane, within })
        } else {
            text.parse().map(Goal::Claim)
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goal::Claim(claim) => claim.fmt(f),
            Goal::Break { lane, property, within } => {
                write!(f, "lane {}: break {} within {within}", lane + 1, property.word())
            }
            Goal::Name { lane, within } => {
                write!(f, "lane {}: name guarantee within {within}", lane + 1)
            }
        }
    }
}

impl Goal {
    /// The lane it is about, counted from 0.
    pub fn lane(&self) -> usize {
        match self {
            Goal::Claim(claim) => claim.lane,
            Goal::Break { lane, .. } | Goal::Name { lane, .. } => *lane,
        }
    }

    /// Whether settings of this lane, counted from 0, can affect it.
    pub fn is_about(&self, lane: usize) -> bool {
        let other = match self {
            Goal::Claim(claim) => claim.other_lane(),
            _ => None,
        };
        self.lane() == lane || other == Some(lane)
    }

    /// The goal as a sentence.
    pub fn sentence(&self, experiment: &Experiment) -> String {
        match self {
            Goal::Claim(claim) => claim.sentence(experiment),
            Goal::Break { lane, property, .. } => {
                let holds = story::property(*property).holds;
                let said = format!("break \"{holds}\" with a script of as few faults as possible");
                in_lane(experiment, *lane, &said)
            }
            Goal::Name { lane, within } => {
                let said = format!("name the guarantee {}", of_bounds(*within));
                in_lane(experiment, *lane, &said)
            }
        }
    }

    /// What has to be found out about the student's experiment to judge it.
    pub fn needs(&self) -> Vec<Need> {
        match *self {
            Goal::Claim(claim) => claim.needs(),
            Goal::Break { lane, within, .. } | Goal::Name { lane, within } => {
                let bounds = within.bounds();
                vec![Need::Prove { lane, bounds }]
            }
        }
    }

    /// Checks that it makes sense for this experiment.
    ///
    /// # Errors
    ///
    /// The end of a sentence that begins with a path.
    pub fn fits(&self, experiment: &Experiment) -> Result<(), String> {
        let lanes = experiment.lanes.len();
        match self {
            Goal::Claim(claim) => claim.fits(experiment),
            Goal::Break { lane, .. } | Goal::Name { lane, .. } if *lane >= lanes => {
                let lane = lane + 1;
                Err(format!("there is no lane {lane}; the experiment has {lanes}"))
            }
            // The student has to watch the same experiment that is judged.
            Goal::Break { within, .. }
                if experiment.messages.get() != u64::from(within.bounds().messages) =>
            {
                Err(format!(
                    "is about a run of {}, and the experiment has {}",
                    story::counted(within.bounds().messages.into(), "message"),
                    experiment.messages
                ))
            }
            Goal::Break { .. } | Goal::Name { .. } => Ok(()),
        }
    }

    /// Whether an attempt reaches it, given what is known of the attempt's experiment. `place` is its index among
    /// the goals, from 0, which is also that of its answer.
    pub fn judge(&self, place: usize, attempt: &Attempt, known: &Known) -> Held {
        match *self {
            Goal::Claim(claim) => claim.judge(&attempt.experiment, known),
            Goal::Break { lane, property, within } => {
                broken(&attempt.experiment, lane, property, within, known)
            }
            Goal::Name { lane, within } => {
                let Some(said) = attempt.answer(place) else {
                    return Held::new(false, "No guarantee is named yet.");
                };
                let finding = known.proof(lane, within.bounds());
                match finding.and_then(|finding| finding.guarantee) {
                    None => Held::new(Answer::Unknown, "Its guarantee has not been found."),
                    Some(found) if found == said => {
                        let found = format!("it is {}", story::guarantee(found));
                        Held::new(true, in_lane(&attempt.experiment, lane, &found))
                    }
                    // Which one it is remains for the student to find.
                    Some(_) => {
                        let said = format!("it is not {}", story::guarantee(said));
                        Held::new(false, in_lane(&attempt.experiment, lane, &said))
                    }
                }
            }
        }
    }

    /// The same goal after reordering the lanes: `places[old]` is the new index.
    #[must_use]
    pub fn moved(self, places: &[usize; Lanes::MOST]) -> Goal {
        let to = |lane: usize| places.get(lane).copied().unwrap_or(lane);
        match self {
            Goal::Claim(claim) => Goal::Claim(claim.moved(places)),
            Goal::Break { lane, property, within } => {
                let lane = to(lane);
                Goal::Break { lane, property, within }
            }
            Goal::Name { lane, within } => {
                let lane = to(lane);
                Goal::Name { lane, within }
            }
        }
    }
}

/// Whether the experiment's script breaks a property, with as few lines as the prover needs.
fn broken(
    experiment: &Experiment,
    lane: usize,
    property: Property,
    within: Within,
    known: &Known,
) -> Held {
    let lines = experiment.faults.script.lines();
    if lane >= experiment.lanes.len() {
        return Held::new(false, format!("There is no lane {}.", lane + 1));
    }
    let bounds = within.bounds();
    for line in lines {
        if let Err(why) = single(line, within) {
            return Held::new(false, why);
        }
    }
    let mut watched = bare(experiment, bounds.messages.into());
    watched.faults.script = Script::new(lines.to_vec()).unwrap_or_default();
    let words = story::property(property);
    let count = story::counted(lines.len() as u64, "line");
    if run(&watched, lane).properties.holds(property) {
        let still = format!("With {count} it still {}.", words.holds);
        return Held::new(false, still);
    }
    let Some(finding) = known.proof(lane, bounds) else {
        return Held::new(Answer::Unknown, "Whether fewer lines are enough has not been checked.");
    };
    match finding.verdict(property) {
        Verdict::Broken(found) if found.lines.len() < lines.len() => {
            let said = format!("It {}, but with {count}; fewer are enough.", words.broken);
            Held::new(false, said)
        }
        Verdict::Unknown => {
            Held::new(Answer::Unknown, "Whether fewer lines are enough could not be determined.")
        }
        Verdict::Broken(_) | Verdict::Holds => {
            let said = format!("It {} with {count}, and no fewer are enough.", words.broken);
            Held::new(true, said)
        }
    }
}

/// Checks that a line is a single fault of a kind the prover may use.
fn single(line: &Line, within: Within) -> Result<(), String> {
    let kinds = within.bounds().kinds;
    if !kinds.has(line.kind()) {
        let words: Vec<&str> = kinds.iter().map(Kind::word).collect();
        let kinds = words.join(", ");
        return Err(format!("\"{line}\" is not allowed here; only {kinds} are."));
    }
    if line.spot().is_some_and(|spot| spot.nth == Nth::Every) {
        return Err(format!("\"{line}\" is more than one fault; say which time you mean."));
    }
    Ok(())
}

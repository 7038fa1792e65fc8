//! Hints: what stands between an attempt and the first goal it misses.
//!
//! Everything in a hint comes from the student's own setup: the schedule that breaks it, the chain of causes in
//! that run, and which free settings would have helped. The page reveals it piece by piece, only as far as
//! asked. The slow part is in `search`.

mod search;

pub use search::HintSearch;
use search::Work;

use super::{Attempt, Exercise, Goal};
use crate::claim::{Answer, Claim, Evidence, Known, Need, Order, Says, Side};
use ackground_core::audit::{self, Outcome, Property, Report};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{self, MessageNo};
use ackground_words::story::{self, Sentence};

/// A hint, its parts in order of how much they give away.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Hint {
    /// The goal it is about, counted from 0; `None` if it is about the changes.
    pub goal: Option<usize>,
    /// What is wrong, as a sentence.
    pub sentence: String,
    /// The schedule that breaks it; [`Evidence::experiment`] shows it.
    pub evidence: Option<Evidence>,
    /// The message harmed in that run, counted from 1.
    pub message: Option<u64>,
    /// How that came about, cause by cause.
    pub causes: Vec<Sentence>,
    /// Paths of free settings that would have helped with another value, most promising first.
    pub settings: Vec<String>,
}

impl Hint {
    /// The names of these settings: `Remembers ids`.
    pub fn setting_names(&self) -> Vec<&'static str> {
        let words = self.settings.iter().filter_map(|path| story::setting(path));
        words.map(|words| words.name).collect()
    }
}

impl Exercise {
    /// The hint for an attempt, given what is known of its experiment; `None` when it is solved, or nothing known
    /// stands in its way. Takes up to a few tenths of a second; use a [`HintSearch`] to do it in
    /// steps.
    pub fn hint(&self, attempt: &Attempt, known: &Known) -> Option<Hint> {
        let mut search = HintSearch::new(self, attempt, known);
        while search.advance(u64::MAX) {}
        search.answer()
    }

    /// What is found at once, and the search that is left.
    fn first(&self, attempt: &Attempt, known: &Known) -> Option<(Hint, Work)> {
        let judgement = self.check(attempt, known, &Known::default());
        if let Some(objection) = judgement.objections(self).into_iter().next() {
            let hint = Hint { sentence: objection, ..Hint::default() };
            return Some((hint, Work::Done));
        }
        let goals = judgement.goals.iter();
        let unmet = |answer: Answer| goals.clone().position(|held| held.answer == answer);
        let place = unmet(Answer::No)?;
        let held = &judgement.goals[place];
        let mut hint =
            Hint { goal: Some(place), sentence: held.sentence.clone(), ..Hint::default() };
        let mut work = Work::Done;
        match self.goals[place] {
            Goal::Claim(claim) => match claim.says {
                Says::Figure(quantity, side, _) => {
                    let more = side == Side::AtLeast;
                    work = Work::nearer(self, &attempt.experiment, claim, quantity, more);
                }
                Says::Than(quantity, order, _) => {
                    let more = order == Order::More;
                    work = Work::nearer(self, &attempt.experiment, claim, quantity, more);
                }
                _ => {
                    work = match held.evidence.clone() {
                        Some(evidence) => self.explain(&mut hint, &attempt.experiment, evidence),
                        None => self.explain_run(&mut hint, &attempt.experiment, claim),
                    };
                }
            },
            Goal::Break { lane, property, within } => {
                let finding = known.proof(lane, within.bounds());
                let found = finding.and_then(|finding| finding.verdict(property).counterexample());
                if let Some(found) = found {
                    let faults = story::counted(found.lines.len() as u64, "fault");
                    let first = found.lines.first().map(|line| story::stage(line).name());
                    hint.sentence = match first {
                        Some(stage) => format!(
                            "{} {faults} will do. The first strikes here: {}.",
                            hint.sentence,
                            stage.to_lowercase()
                        ),
                        None => format!("{} {faults} will do.", hint.sentence),
                    };
                }
            }
            Goal::Name { lane, within } => {
                let finding = known.proof(lane, within.bounds())?;
                let said = attempt.answer(place);
                // What the answer misses: a schedule that does what the named guarantee rules out.
                let promised = |property: Property| {
                    use ackground_core::prove::Guarantee::{AtLeastOnce, AtMostOnce, ExactlyOnce};
                    match property {
                        Property::NoLoss => {
                            matches!(said, None | Some(ExactlyOnce | AtLeastOnce))
                        }
                        _ => matches!(said, None | Some(ExactlyOnce | AtMostOnce)),
                    }
                };
                let overlooked = [Property::NoLoss, Property::NoDuplicates].into_iter();
                let overlooked = overlooked.filter(|property| promised(*property));
                let found = overlooked.filter_map(|property| {
                    let found = finding.verdict(property).counterexample()?;
                    Some((property, found.lines.clone()))
                });
                match found.min_by_key(|(_, lines)| lines.len()) {
                    Some((property, lines)) => {
                        let bounds = finding.bounds;
                        let evidence = Evidence { lane, property, bounds, lines };
                        // No setting would help here: the task is to name the guarantee.
                        self.explain(&mut hint, &attempt.experiment, evidence);
                    }
                    None => {
                        let tried = story::counted(finding.explored.schedules, "schedule");
                        let kept =
                            "What you say can happen does not: look at the outcome of each of";
                        hint.sentence = match said {
                            None => format!("None of {tried} does any harm."),
                            Some(_) => format!("{} {kept} {tried}.", hint.sentence),
                        };
                    }
                }
            }
        }
        Some((hint, work))
    }

    /// Adds what happens under a schedule.
    fn explain(&self, hint: &mut Hint, experiment: &Experiment, evidence: Evidence) -> Work {
        let watched = evidence.experiment(experiment);
        let (lane, property) = (evidence.lane, evidence.property);
        let trace = sim::simulate(&watched, lane);
        let report = audit::judge(&watched, &trace);
        hint.evidence = Some(evidence);
        match harmed(&report, property) {
            Some(message) => self.causes(hint, &watched, lane, message),
            None => Work::Done,
        }
    }

    /// Adds what happens in the student's own run.
    fn explain_run(&self, hint: &mut Hint, experiment: &Experiment, claim: Claim) -> Work {
        let known = Known::at_once(experiment, &[Need::Run { lane: claim.lane }]);
        let Some(report) = known.report(claim.lane) else {
            return Work::Done;
        };
        let message = match claim.says {
            Says::Ends(message, _) | Says::Told(message, _) | Says::Times(message, ..) => {
                usize::from(message).checked_sub(1)
            }
            Says::InRun(property, _) => harmed(report, property),
            _ => report.messages.iter().position(|record| record.end != Outcome::Once),
        };
        match message.filter(|message| *message < report.messages.len()) {
            Some(message) => self.causes(hint, experiment, claim.lane, message),
            None => Work::Done,
        }
    }

    /// Adds how a message, counted from 0, came to its outcome; which free settings would help is left to the
    /// search.
    fn causes(&self, hint: &mut Hint, watched: &Experiment, lane: usize, message: usize) -> Work {
        let number = MessageNo::from_index(message);
        let trace = sim::simulate(watched, lane);
        let report = audit::judge(watched, &trace);
        hint.message = Some(message as u64 + 1);
        let chain = story::why(watched, lane, &trace, &report, number);
        hint.causes = chain.sentences().cloned().collect();
        Work::mend(watched, lane, number)
    }
}

/// A message that breaks a property in this run, counted from 0.
fn harmed(report: &Report, property: Property) -> Option<usize> {
    let mut records = report.messages.iter();
    match property {
        Property::NoLoss => records.position(|record| record.end == Outcome::Lost),
        Property::NoSilentLoss => records.position(|record| record.silent()),
        Property::NoDuplicates => records.position(|record| record.end == Outcome::Duplicated),
        Property::NoTorn => records.position(|record| {
            let done = record.applied.iter().filter(|times| **times > 0).count();
            done > 0 && done < record.applied.len()
        }),
        Property::Settles => records.position(|record| record.end == Outcome::Pending),
        // Whatever came late did so because it was sent or delivered again.
        Property::InOrder => records.position(|record| record.sent > 1 || record.delivered > 1),
    }
}

#[cfg(test)]
mod tests;

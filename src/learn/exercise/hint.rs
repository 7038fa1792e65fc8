//! A hint: what stands between an attempt and the first goal that it does not meet.
//!
//! Everything in it comes from the student's own setup: the schedule that breaks it, the chain of causes
//! in that run, and which free settings would have helped there. A page shows it part by part, and only
//! as much as is asked for.

use super::moves::with;
use super::{Attempt, Exercise, Goal};
use crate::audit::{self, Outcome, Property, Report};
use crate::experiment::Experiment;
use crate::experiment::change::in_lane;
use crate::learn::claim::{Answer, Claim, Evidence, Known, Need, Order, Says, Side};
use crate::measure::{Figures, Quantity};
use crate::sim::{self, MessageNo};
use crate::story::{self, Sentence};

/// What stands in the way, from the least to the most that is given away.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Hint {
    /// The goal that it is about, counted from 0; `None` when it is about what was changed.
    pub goal: Option<usize>,
    /// What is wrong, as a sentence.
    pub sentence: String,
    /// The schedule under which it goes wrong: [`Evidence::experiment`] shows it.
    pub evidence: Option<Evidence>,
    /// The message that comes to harm there, counted from 1.
    pub message: Option<u64>,
    /// How it came to that, cause by cause.
    pub causes: Vec<Sentence>,
    /// Free settings of which another value would have helped there, by their paths, the likeliest first.
    pub settings: Vec<String>,
}

impl Hint {
    /// The names of the settings: `Remembers ids`.
    pub fn setting_names(&self) -> Vec<&'static str> {
        let words = self.settings.iter().filter_map(|path| story::setting(path));
        words.map(|words| words.name).collect()
    }
}

/// Steps of simulated runs that a search for remedies may take: some tenths of a second.
const MOST_STEPS: u64 = 1_000_000;
/// Settings that are named at most.
const MOST_SETTINGS: usize = 4;
/// Messages that are simulated for each try where a figure is not what it should be.
const TRIED: u64 = 500;
/// A figure is nearer to its goal when so much of the way is gone.
const NEARER: f64 = 0.05;

impl Exercise {
    /// What stands in the way of an attempt, given what is known of its experiment; `None` when it is
    /// solved, or nothing that is known stands in its way. Costs up to some tenths of a second.
    pub fn hint(&self, attempt: &Attempt, known: &Known) -> Option<Hint> {
        let judgement = self.check(attempt, known, &Known::default());
        if let Some(objection) = judgement.objections(self).into_iter().next() {
            return Some(Hint {
                sentence: objection,
                ..Hint::default()
            });
        }
        let goals = judgement.goals.iter();
        let unmet = |answer: Answer| goals.clone().position(|held| held.answer == answer);
        let place = unmet(Answer::No)?;
        let held = &judgement.goals[place];
        let mut hint = Hint {
            goal: Some(place),
            sentence: held.sentence.clone(),
            ..Hint::default()
        };
        match self.goals[place] {
            Goal::Claim(claim) => match claim.says {
                Says::Figure(quantity, side, _) => {
                    let more = side == Side::AtLeast;
                    hint.settings = self.nearer(&attempt.experiment, claim, quantity, more);
                }
                Says::Than(quantity, order, _) => {
                    let more = order == Order::More;
                    hint.settings = self.nearer(&attempt.experiment, claim, quantity, more);
                }
                _ => match held.evidence.clone() {
                    Some(evidence) => self.explain(&mut hint, &attempt.experiment, evidence),
                    None => self.explain_run(&mut hint, &attempt.experiment, claim),
                },
            },
            Goal::Break {
                lane,
                property,
                within,
            } => {
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
                // What the answer overlooks: a schedule that does what it says cannot be done.
                let promised = |property: Property| {
                    use crate::prove::Guarantee::{AtLeastOnce, AtMostOnce, ExactlyOnce};
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
                        let evidence = Evidence {
                            lane,
                            property,
                            bounds,
                            lines,
                        };
                        self.explain(&mut hint, &attempt.experiment, evidence);
                        hint.settings.clear();
                    }
                    None => {
                        let tried = story::counted(finding.explored.schedules, "schedule");
                        let kept = "What you say can happen does not: look at what each of";
                        hint.sentence = match said {
                            None => format!("None of {tried} does any harm."),
                            Some(_) => format!("{} {kept} {tried} comes to.", hint.sentence),
                        };
                    }
                }
            }
        }
        Some(hint)
    }

    /// Adds what happens under a schedule.
    fn explain(&self, hint: &mut Hint, experiment: &Experiment, evidence: Evidence) {
        let watched = evidence.experiment(experiment);
        let (lane, property) = (evidence.lane, evidence.property);
        let trace = sim::simulate(&watched, lane);
        let report = audit::judge(&watched, &trace);
        hint.evidence = Some(evidence);
        if let Some(message) = harmed(&report, property) {
            self.causes(hint, &watched, lane, message);
        }
    }

    /// Adds what happens in the student's own run.
    fn explain_run(&self, hint: &mut Hint, experiment: &Experiment, claim: Claim) {
        let known = Known::at_once(experiment, &[Need::Run { lane: claim.lane }]);
        let Some(report) = known.report(claim.lane) else {
            return;
        };
        let message = match claim.says {
            Says::Ends(message, _) | Says::Told(message, _) | Says::Times(message, ..) => {
                usize::from(message).checked_sub(1)
            }
            Says::InRun(property, _) => harmed(report, property),
            _ => report
                .messages
                .iter()
                .position(|record| record.end != Outcome::Once),
        };
        if let Some(message) = message.filter(|message| *message < report.messages.len()) {
            self.causes(hint, experiment, claim.lane, message);
        }
    }

    /// Adds how a message, counted from 0, came to its end, and what of the free settings would help it.
    fn causes(&self, hint: &mut Hint, watched: &Experiment, lane: usize, message: usize) {
        let number = MessageNo::from_index(message);
        let trace = sim::simulate(watched, lane);
        let report = audit::judge(watched, &trace);
        hint.message = Some(message as u64 + 1);
        let chain = story::why(watched, lane, &trace, &report, number);
        hint.causes = chain.sentences().cloned().collect();
        let Some(mut search) = story::Search::new(watched, lane, number) else {
            return;
        };
        search.go_on(MOST_STEPS);
        for remedy in search.remedies() {
            for change in &remedy.changes {
                let path = format!("lanes[{lane}].{}", change.path);
                let free = self.free.iter().any(|free| free.allows(&path));
                if free && !hint.settings.contains(&path) {
                    hint.settings.push(path);
                }
            }
        }
        hint.settings.truncate(MOST_SETTINGS);
    }

    /// Free settings of which another value brings a figure nearer to its goal, the best first.
    fn nearer(
        &self,
        experiment: &Experiment,
        claim: Claim,
        quantity: Quantity,
        more: bool,
    ) -> Vec<String> {
        let of = |experiment: &Experiment| {
            let need = Need::Measure { messages: TRIED };
            let known = Known::at_once(experiment, &[need]);
            figure(known.figures(TRIED)?, claim.lane, quantity)
        };
        let Some(now) = of(experiment) else {
            return Vec::new();
        };
        let mut better: Vec<(f64, String)> = Vec::new();
        for tried in self.moves() {
            let [(path, _)] = tried.sets.as_slice() else {
                continue;
            };
            if in_lane(path).is_none_or(|(lane, _)| lane != claim.lane) {
                continue;
            }
            let Some(value) = with(experiment, &tried.sets).and_then(|changed| of(&changed)) else {
                continue;
            };
            let gain = if more { value - now } else { now - value };
            if gain <= now.abs() * NEARER {
                continue;
            }
            match better.iter_mut().find(|(_, known)| known == path) {
                Some((best, _)) => *best = best.max(gain),
                None => better.push((gain, path.clone())),
            }
        }
        better.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let paths = better.into_iter().map(|(_, path)| path);
        paths.take(MOST_SETTINGS).collect()
    }
}

fn figure(figures: &Figures, lane: usize, quantity: Quantity) -> Option<f64> {
    Some(quantity.of(figures.lanes.get(lane)?)?.value)
}

/// A message that breaks a property in a run, counted from 0.
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
        // Whatever came late, came late because it was sent or delivered once more.
        Property::InOrder => records.position(|record| record.sent > 1 || record.delivered > 1),
    }
}

#[cfg(test)]
mod tests;

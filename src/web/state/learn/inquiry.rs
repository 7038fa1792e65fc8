//! What has to be found out about an experiment, as jobs for the workers, and what comes back as facts.

use std::rc::Rc;

use crate::experiment::Experiment;
use crate::learn::claim::{Fact, Known, Need};
use crate::worker::job::{Measure, Prove};
use crate::worker::{Answer, Ask};

/// What is to be found out: runs at once, proofs and measurements by whoever has the time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inquiry {
    /// What the runs came to.
    pub runs: Known,
    /// What is left to be done.
    pub asks: Rc<Vec<Ask>>,
    /// What each of these is needed for, in their order.
    needs: Vec<Need>,
}

impl Inquiry {
    /// What these needs ask of an experiment. Costs a millisecond for each run.
    pub fn of(experiment: &Experiment, needs: &[Need]) -> Inquiry {
        let mut runs = Known::default();
        let (mut asks, mut long) = (Vec::new(), Vec::new());
        for need in needs {
            let ask = match *need {
                Need::Run { .. } => {
                    if let Some(fact) = need.meet(experiment) {
                        runs.add(*need, fact);
                    }
                    None
                }
                Need::Prove { lane, bounds } => {
                    Prove::of_lane(experiment, lane, bounds).map(Ask::Prove)
                }
                Need::Measure { messages } => {
                    Some(Ask::Measure(Measure::whole(experiment, messages)))
                }
            };
            if let Some(ask) = ask {
                asks.push(ask);
                long.push(*need);
            }
        }
        Inquiry {
            runs,
            asks: Rc::new(asks),
            needs: long,
        }
    }

    /// What is known with these answers, in the order of the jobs; nothing for those that are not there yet.
    pub fn known<'a>(&self, answers: impl Iterator<Item = Option<&'a Rc<Answer>>>) -> Known {
        let mut known = self.runs.clone();
        for (need, answer) in self.needs.iter().zip(answers) {
            let fact = answer.and_then(|answer| match &**answer {
                Answer::Prove(finding) => Some(Fact::Proof(finding.clone())),
                Answer::Measure(tallies) => Some(Fact::Figures(tallies.figures())),
                Answer::Key(_) => None,
            });
            if let Some(fact) = fact {
                known.add(*need, fact);
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::claim::Claim;
    use crate::worker::{Job, Work};

    fn done(ask: &Ask) -> Rc<Answer> {
        let mut job = Job::begin(ask.clone()).expect("it begins");
        while job.go_on(1_000_000) {}
        Rc::new(job.answer())
    }

    #[test]
    fn what_workers_find_is_what_is_found_at_once() {
        let experiment = Experiment::default();
        let claims = [
            "lane 1: message 2 ends lost",
            "lane 2: no_duplicates holds within 1 fault",
            "lane 1: sends_per_message at most 1",
        ];
        let claims = claims.map(|text| text.parse::<Claim>().expect("a claim"));
        let needs: Vec<Need> = claims.iter().flat_map(Claim::needs).collect();
        let inquiry = Inquiry::of(&experiment, &needs);
        assert_eq!(inquiry.asks.len(), 2, "a run is no job");
        let answers: Vec<_> = inquiry.asks.iter().map(done).collect();
        let known = inquiry.known(answers.iter().map(Some));
        let at_once = Known::at_once(&experiment, &needs);
        for claim in claims {
            let (held, said) = (
                claim.judge(&experiment, &known),
                claim.judge(&experiment, &at_once),
            );
            assert_eq!(held, said, "{claim}");
        }
        let none = inquiry.known(answers.iter().map(|_| None));
        assert!(none.has(needs[0]) && !none.has(needs[1]));
    }
}

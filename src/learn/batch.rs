//! Batches the facts that claims depend on into tasks for the workers, each included once, and turns the
//! answers back into facts.

use std::rc::Rc;

use ackground_core::experiment::Experiment;
use ackground_learn::claim::{Fact, Known, Need};
use ackground_worker::job::{Measure, Prove};
use ackground_worker::{Answer, Ask};

/// A batch being collected.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    asks: Vec<Ask>,
}

/// The facts needed about an experiment, and where in the batch their answers will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// With the index of the task; `None` for runs, which are too quick to be worth one.
    needs: Vec<(Need, Option<usize>)>,
}

impl Batch {
    /// Adds the tasks that an experiment needs.
    pub fn want(&mut self, experiment: &Experiment, needs: &[Need]) -> Wanted {
        let wanted = needs.iter().map(|need| {
            let place = ask(experiment, *need).map(|ask| self.index_of(ask));
            (*need, place)
        });
        Wanted { needs: wanted.collect() }
    }

    fn index_of(&mut self, ask: Ask) -> usize {
        match self.asks.iter().position(|known| *known == ask) {
            Some(place) => place,
            None => {
                self.asks.push(ask);
                self.asks.len() - 1
            }
        }
    }

    /// The tasks; `None` if there are none.
    pub fn asks(self) -> Option<Rc<Vec<Ask>>> {
        (!self.asks.is_empty()).then(|| Rc::new(self.asks))
    }
}

impl Wanted {
    /// Whether every answer has arrived.
    pub fn is_there(&self, answers: &[Option<&Rc<Answer>>]) -> bool {
        let there = |place: usize| matches!(answers.get(place), Some(Some(_)));
        self.needs.iter().all(|(_, place)| place.is_none_or(there))
    }

    /// The facts from these answers, and from runs, which are simulated right here.
    pub fn known(&self, experiment: &Experiment, answers: &[Option<&Rc<Answer>>]) -> Known {
        let mut known = Known::default();
        for (need, place) in &self.needs {
            let fact = match place {
                None => need.meet(experiment),
                Some(place) => answers.get(*place).copied().flatten().and_then(|it| fact(it)),
            };
            if let Some(fact) = fact {
                known.add(*need, fact);
            }
        }
        known
    }
}

/// The task for a worker; `None` if it needs none.
fn ask(experiment: &Experiment, need: Need) -> Option<Ask> {
    match need {
        Need::Run { .. } => None,
        Need::Prove { lane, bounds } => Prove::of_lane(experiment, lane, bounds).map(Ask::Prove),
        Need::Measure { messages } => Some(Ask::Measure(Measure::whole(experiment, messages))),
    }
}

/// The fact in an answer, if there is one.
fn fact(answer: &Answer) -> Option<Fact> {
    match answer {
        Answer::Prove(finding) => Some(Fact::Proof((**finding).clone())),
        Answer::Measure(tallies) => Some(Fact::Figures(tallies.figures())),
        Answer::Key(_) => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ackground_learn::exercise::{built_in, built_in_ids};
    use ackground_learn::text::ENGLISH;
    use ackground_worker::{Job, Work};

    /// The answers that workers would give.
    pub fn answered(asks: Option<Rc<Vec<Ask>>>) -> Vec<Rc<Answer>> {
        let asks = asks.unwrap_or_default();
        let answers = asks.iter().map(|ask| {
            let mut job = Job::begin(ask.clone()).expect("it can be done");
            while job.advance(100_000) {}
            Rc::new(job.answer())
        });
        answers.collect()
    }

    #[test]
    fn workers_find_out_what_is_found_at_once() {
        // One of each kind: a proof, a measurement, a run.
        for id in ["charge-twice", "count-clicks", "lose-one"] {
            let exercise = built_in(id, &ENGLISH).expect(id);
            let mut needs = exercise.needs();
            needs.extend(exercise.prediction_needs());
            needs.push(Need::Run { lane: 0 });
            let mut batch = Batch::default();
            let wanted = batch.want(&exercise.experiment, &needs);
            assert_eq!(batch.want(&exercise.experiment, &needs), wanted);
            let answers = answered(batch.asks());
            let answers: Vec<_> = answers.iter().map(Some).collect();
            assert!(wanted.is_there(&answers));
            let known = wanted.known(&exercise.experiment, &answers);
            let at_once = Known::at_once(&exercise.experiment, &needs);
            for goal in &exercise.goals {
                let attempt = ackground_learn::exercise::Attempt::of(&exercise);
                assert_eq!(
                    goal.judge(0, &attempt, &known),
                    goal.judge(0, &attempt, &at_once),
                    "{id}"
                );
            }
        }
    }

    #[test]
    fn what_every_exercise_needs_can_be_asked_for() {
        for id in built_in_ids() {
            let exercise = built_in(id, &ENGLISH).expect(id);
            let mut batch = Batch::default();
            let wanted = batch.want(&exercise.experiment, &exercise.needs());
            let proved = |need: &Need| !matches!(need, Need::Run { .. });
            let asked = wanted.needs.iter().filter(|(_, place)| place.is_some());
            assert_eq!(
                asked.count(),
                exercise.needs().iter().filter(|need| proved(need)).count(),
                "{id}"
            );
        }
    }
}

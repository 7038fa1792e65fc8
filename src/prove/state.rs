//! The cache of proofs, and the iterative deepening of the search.
//!
//! A question for up to three faults is asked for one, then two, then three. Each answer is complete in
//! itself and can be shown while the next is searched for, and two of them are enough to estimate the time of
//! the next. The lower levels cost little, as each level takes many times as long as the one before.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use ackground_core::prove::Finding;
use ackground_worker::Underway;
use ackground_worker::job::Prove;

/// What is known about a lane, and the state of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct Proved {
    /// The answer for the highest number of faults so far.
    pub finding: Option<Rc<Finding>>,
    /// How long it took, lower levels included.
    pub took: Duration,
    pub standing: Standing,
}

/// The state of the search.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    Idle,
    Checking(Option<Underway>),
    /// Waiting for consent: continuing would take about this long.
    Asking(Duration),
    Stopped,
    /// Nothing more to find, or the search has reached its own limit.
    Done,
    /// Why it failed, as a sentence.
    Refused(Rc<str>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    Go(Box<Prove>),
    /// Ask first: it would take about this long.
    Ask(Duration),
    Nothing,
}

/// An answer, and how long it took.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    asked: Prove,
    finding: Rc<Finding>,
    took: Duration,
}

/// The cached answers, most recent first; enough of them that stepping back a few edits hits the cache.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proofs(VecDeque<Known>);

impl Proofs {
    /// The cache's capacity; an answer takes a few kilobytes.
    pub const MOST: usize = 96;
    /// The minimum and maximum growth assumed from one level to the next.
    const STEEPNESS: (f64, f64) = (4.0, 60.0);

    pub fn keep(&mut self, asked: Prove, finding: Finding, took: Duration) {
        self.0.retain(|known| known.asked != asked);
        self.0.push_front(Known { asked, finding: Rc::new(finding), took });
        self.0.truncate(Self::MOST);
    }

    /// The best cached answer: the one for the most faults, up to the bound.
    fn best(&self, asked: &Prove) -> Option<&Known> {
        let most = asked.bounds().faults;
        let fits = |known: &&Known| {
            known.asked.bounds().faults <= most && known.asked.same_but_for_faults(asked)
        };
        let known = self.0.iter().filter(fits);
        known.max_by_key(|known| known.asked.bounds().faults)
    }

    pub fn proved(&self, asked: &Prove, standing: Standing) -> Proved {
        let best = self.best(asked);
        let took = self
            .0
            .iter()
            .filter(|known| known.asked.bounds().faults <= asked.bounds().faults)
            .filter(|known| known.asked.same_but_for_faults(asked))
            .map(|known| known.took)
            .sum();
        Proved { finding: best.map(|known| known.finding.clone()), took, standing }
    }

    /// What to do next for a question, given a time limit (`None`: no limit).
    pub fn next(&self, asked: &Prove, may_take: Option<Duration>) -> Next {
        let most = asked.bounds().faults;
        let Some(best) = self.best(asked) else {
            return Next::Go(Box::new(asked.with_faults(most.min(1))));
        };
        let faults = best.asked.bounds().faults;
        if faults >= most || !best.finding.explored.complete {
            return Next::Nothing;
        }
        // The first answer includes its worker's startup, so it says little about the next level.
        let estimate = (faults > 1).then(|| self.estimate(best));
        match (estimate, may_take) {
            (Some(estimate), Some(limit)) if estimate > limit => Next::Ask(estimate),
            _ => Next::Go(Box::new(asked.with_faults(faults + 1))),
        }
    }

    /// The estimated time of the next level: as many times more runs as this level has more than the one before,
    /// each as fast as in the level that was fastest. What a level took includes its wait for a worker, so the
    /// other levels tell how much of it was work.
    fn estimate(&self, best: &Known) -> Duration {
        let levels = || {
            let levels = self.0.iter().filter(|known| known.asked.same_but_for_faults(&best.asked));
            levels.map(|known| (known.asked.bounds().faults, known))
        };
        let runs = |known: &Known| known.finding.explored.runs.max(1) as f64;
        let below = best.asked.bounds().faults.checked_sub(1);
        let before = levels().find(|(faults, _)| Some(*faults) == below);
        let factor = runs(best) / before.map_or(1.0, |(_, known)| runs(known));
        let a_run = levels().map(|(_, known)| known.took.as_secs_f64() / runs(known));
        let fastest = a_run.fold(f64::INFINITY, f64::min);
        let (least, most) = Self::STEEPNESS;
        let seconds = runs(best) * fastest * factor.clamp(least, most);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

impl Proved {
    pub fn idle() -> Proved {
        Proved { finding: None, took: Duration::ZERO, standing: Standing::Idle }
    }

    pub fn is_checking(&self) -> bool {
        matches!(self.standing, Standing::Checking(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::Experiment;
    use ackground_core::prove::{Bounds, prove};

    fn asked(experiment: &Experiment, faults: u8) -> Prove {
        let bounds = Bounds { faults, messages: 1, ..Bounds::default() };
        Prove::of_lane(experiment, 0, bounds).expect("a lane")
    }

    fn answer(experiment: &Experiment, asked: &Prove) -> Finding {
        prove(experiment, 0, asked.bounds())
    }

    fn deepen(proofs: &mut Proofs, experiment: &Experiment, asked: &Prove) -> Vec<u8> {
        let mut levels = Vec::new();
        while let Next::Go(level) = proofs.next(asked, None) {
            levels.push(level.bounds().faults);
            let found = answer(experiment, &level);
            proofs.keep(*level, found, Duration::from_millis(10));
        }
        levels
    }

    #[test]
    fn a_proof_climbs_fault_by_fault_and_goes_on_where_it_was() {
        let experiment = Experiment::default();
        let mut proofs = Proofs::default();
        let two = asked(&experiment, 2);
        assert_eq!(deepen(&mut proofs, &experiment, &two), [1, 2]);
        assert_eq!(deepen(&mut proofs, &experiment, &asked(&experiment, 3)), [3]);
        let known = proofs.proved(&two, Standing::Done);
        let known = known.finding.expect("an answer");
        assert_eq!(known.bounds.faults, 2, "and not more than was asked");
        let none = asked(&experiment, 0);
        assert_eq!(deepen(&mut proofs, &experiment, &none), [0]);
    }

    #[test]
    fn what_would_take_long_is_asked_for() {
        let experiment = Experiment::default();
        let mut proofs = Proofs::default();
        let three = asked(&experiment, 3);
        for faults in [1, 2] {
            let level = three.with_faults(faults);
            let found = answer(&experiment, &level);
            proofs.keep(level, found, Duration::from_secs(1));
        }
        let limit = Some(Duration::from_secs(2));
        let Next::Ask(estimate) = proofs.next(&three, limit) else {
            panic!("it would take long");
        };
        assert!(estimate > Duration::from_secs(3), "{estimate:?}");
        let minute = Some(Duration::from_secs(60));
        assert!(matches!(proofs.next(&three, minute), Next::Go(_)), "{estimate:?}");
        assert!(matches!(proofs.next(&three, None), Next::Go(_)));
    }

    #[test]
    fn a_wait_for_a_worker_is_no_work() {
        let experiment = Experiment::default();
        let three = asked(&experiment, 3);
        let estimate = |waited: Duration| {
            let mut proofs = Proofs::default();
            let mut runs = 0;
            for (faults, waited) in [(1, Duration::ZERO), (2, waited)] {
                let level = three.with_faults(faults);
                let found = answer(&experiment, &level);
                runs = found.explored.runs;
                let took = Duration::from_millis(found.explored.runs) + waited;
                proofs.keep(level, found, took);
            }
            match proofs.next(&three, Some(Duration::ZERO)) {
                Next::Ask(estimate) => (estimate, Duration::from_millis(runs)),
                next => panic!("{next:?}"),
            }
        };
        let (at_once, level) = estimate(Duration::ZERO);
        assert!(at_once > level * 3, "{at_once:?}");
        assert_eq!(estimate(Duration::from_secs(30)).0, at_once);
    }

    #[test]
    fn another_setup_is_another_question_and_a_name_is_not() {
        let experiment = Experiment::default();
        let mut proofs = Proofs::default();
        let before = asked(&experiment, 1);
        deepen(&mut proofs, &experiment, &before);
        let mut named = experiment.clone();
        named.lanes[0].name = ackground_core::experiment::scenario::Label::cut("Ours");
        assert_eq!(proofs.next(&asked(&named, 1), None), Next::Nothing);
        named.lanes[0].producer.acks = ackground_core::experiment::settings::Acks::All;
        assert!(matches!(proofs.next(&asked(&named, 1), None), Next::Go(_)));
    }

    #[test]
    fn the_oldest_answers_are_forgotten() {
        let experiment = Experiment::default();
        let question = asked(&experiment, 0);
        let found = answer(&experiment, &question);
        let mut proofs = Proofs::default();
        for seed in 0..=Proofs::MOST as u64 {
            let mut other = experiment.clone();
            other.seed = ackground_core::experiment::value::Bounded::of(seed);
            proofs.keep(asked(&other, 0), found.clone(), Duration::ZERO);
        }
        assert_eq!(proofs.0.len(), Proofs::MOST);
    }
}

//! The prover beside stateright, on the same model.
//!
//! The model is a lane of the first screen with one message, by the very simulator of the playground: a
//! state is the world between two events, its judge, and how many faults are left; an action is the set
//! of choice points of the next event at which a fault strikes. Only what searches differs. Both run on
//! one thread, and have to agree on which of two properties are broken.
//!
//!     cargo run --release --manifest-path benches/stateright/Cargo.toml

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use ackground_core::audit::{Audit, Properties, Property};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::faults::Faults;
use ackground_core::experiment::value::Bounded;
use ackground_core::prove::{Bounds, Kinds, prove};
use ackground_core::sim::{Because, ChoicePoint, Course, Dice, Fate, Leg, MessageNo, Moment, Time};
use stateright::{Checker, Model};

/// Strikes at the choice points of one event whose places are given.
struct Striker<'a> {
    dice: Dice<'a>,
    places: &'a [u16],
    asked: u16,
}

impl Striker<'_> {
    fn is_struck(&mut self) -> bool {
        self.asked += 1;
        self.places.contains(&(self.asked - 1))
    }
}

impl Fate for Striker<'_> {
    fn decide(&mut self, asked: ChoicePoint, outlast: Time) -> Option<(Time, Because)> {
        let strikes = Kinds::default().has(asked.kind()?) && self.is_struck();
        strikes.then_some((outlast, Because::Script(0)))
    }

    fn latency(&mut self, leg: Leg, message: MessageNo, nth: u32) -> Time {
        self.dice.latency(leg, message, nth)
    }

    fn jitter(&mut self, message: MessageNo, nth: u32, spread: Time) -> Time {
        self.dice.jitter(message, nth, spread)
    }
}

struct Lane {
    experiment: &'static Experiment,
    course: Course<'static>,
    faults: u8,
}

#[derive(Clone)]
struct State {
    moment: Moment,
    audit: Audit,
    left: u8,
    /// What held when the run was over.
    over: Option<Properties>,
}

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.moment.hash(state);
        self.audit.hash(state);
        (self.left, self.over.is_some()).hash(state);
    }
}

/// Worlds are told apart by their hashes, as both searches do.
impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        let hash = |state: &State| {
            let mut hasher = DefaultHasher::new();
            state.hash(&mut hasher);
            hasher.finish()
        };
        hash(self) == hash(other)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a world with {} faults left", self.left)
    }
}

impl Lane {
    fn step(&self, state: &mut State, places: &[u16]) -> u16 {
        let experiment = self.experiment;
        let steps = experiment.scenario.steps.len() as u8;
        let mut striker = Striker {
            dice: Dice::new(&experiment.faults, experiment.seed.get(), steps),
            places,
            asked: 0,
        };
        let end = state.moment.advance(&self.course, &mut striker, &mut state.audit);
        state.over = end.map(|end| state.audit.properties(end));
        striker.asked
    }

    fn holds(state: &State, property: Property) -> bool {
        state.over.is_none_or(|properties| properties.holds(property))
    }
}

impl Model for Lane {
    type State = State;
    type Action = Vec<u16>;

    fn init_states(&self) -> Vec<State> {
        let messages = self.experiment.messages.get() as usize;
        vec![State {
            moment: Moment::first(&self.course),
            audit: Audit::new(&self.experiment.scenario, messages),
            left: self.faults,
            over: None,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Vec<u16>>) {
        if state.over.is_some() {
            return;
        }
        // Every set of choice points, as far as there are faults left: a set can open new ones.
        let mut sets = vec![Vec::new()];
        while let Some(set) = sets.pop() {
            let asked = self.step(&mut state.clone(), &set);
            if set.len() < usize::from(state.left) {
                let next = set.last().map_or(0, |last| last + 1);
                sets.extend((next..asked).map(|place| [&set[..], &[place]].concat()));
            }
            actions.push(set);
        }
    }

    fn next_state(&self, state: &State, places: Vec<u16>) -> Option<State> {
        let mut next = state.clone();
        self.step(&mut next, &places);
        next.left -= places.len() as u8;
        Some(next)
    }

    fn properties(&self) -> Vec<stateright::Property<Self>> {
        vec![
            stateright::Property::always("no_loss", |_, state| {
                Lane::holds(state, Property::NoLoss)
            }),
            stateright::Property::always("no_duplicates", |_, state| {
                Lane::holds(state, Property::NoDuplicates)
            }),
        ]
    }
}

fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let rounds = (0..5).map(|_| {
        let start = Instant::now();
        let result = work();
        (result, start.elapsed())
    });
    rounds.min_by_key(|(_, time)| *time).expect("there are five rounds")
}

fn main() {
    let mut experiment = Experiment::default();
    experiment.messages = Bounded::of(1);
    experiment.faults = Faults::default();
    // A model of stateright's has to live as long as the program.
    let experiment: &'static Experiment = Box::leak(Box::new(experiment));
    println!("lane                 faults   prover        stateright    ratio   worlds");
    for (lane, faults) in [(1, 1), (1, 2), (2, 2), (2, 3)] {
        let bounds = Bounds { faults, messages: 1, ..Bounds::default() };
        let (finding, prover) = timed(|| prove(experiment, lane, bounds));
        let (checker, other) = timed(|| {
            let model = Lane { experiment, course: Course::new(experiment, lane), faults };
            model.checker().threads(1).spawn_bfs().join()
        });
        for property in [Property::NoLoss, Property::NoDuplicates] {
            let found = checker.discovery(property.word()).is_some();
            let broken = finding.verdict(property).holds() == Some(false);
            assert_eq!(found, broken, "they disagree on {}", property.word());
        }
        println!(
            "{:<20} {faults:>6}   {:>9.2?}   {:>13.2?}   {:>5.1}   {:>6}",
            experiment.lane_name(lane),
            prover,
            other,
            other.as_secs_f64() / prover.as_secs_f64(),
            checker.unique_state_count(),
        );
    }
}

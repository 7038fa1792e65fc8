//! Remedies: which setting would have prevented the harm, found by trying.
//!
//! Each candidate is simulated with the same faults and the same random numbers, and judged by the audit. It is a
//! remedy if the message then fares well and nothing else fares worse, in this run. About other runs it says
//! nothing; that is the prover's job. The search can be done in steps.
//!
//! | file | owns |
//! |---|---|
//! | `candidates` | what is tried, in which order, and at what cost |
//! | `words` | a remedy in words |

mod candidates;
mod words;

use ackground_core::audit::{Audit, MessageRecord, Outcome, Report};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::{Experiment, Lane, Lanes};
use ackground_core::sim::{self, Event, MessageNo, Observer, Packet, Step, Time};

use self::candidates::{CANDIDATES, Candidate};
use super::outcome::outcome;

/// A new value for a setting of a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The setting, without the lane: `consumer.dedup`.
    pub path: &'static str,
    /// The new value.
    pub value: Json,
}

impl Change {
    /// The value as the format writes it, a word without quotes: the form that
    /// [`value_words`](super::value_words) takes.
    pub fn text(&self) -> String {
        if let Json::Text(word) = &self.value { word.clone() } else { self.value.show() }
    }
}

/// The experiment with these changes in a lane, counted from 0; `None` if a rule of the format forbids
/// them.
pub fn changed(experiment: &Experiment, lane: usize, changes: &[Change]) -> Option<Experiment> {
    let mut changed = experiment.clone();
    for change in changes {
        let path = format!("lanes[{lane}].{}", change.path);
        changed = changed.with(&path, change.value.clone()).ok()?;
    }
    Some(changed)
}

/// Changes to a lane that are worth trying, smallest first: the ones a search for a remedy goes through, except
/// those the lane has already.
pub fn candidates(lane: &Lane) -> impl Iterator<Item = Vec<Change>> {
    let slowest = lane.consumer.processing_ms.get();
    let all = CANDIDATES.iter();
    all.filter_map(move |candidate| candidate.changes(lane, slowest))
}

/// A change that mends the message's outcome in this run.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// The changes.
    pub changes: Vec<Change>,
    /// The lane's new trait, in a few words: `atomic dedup`.
    pub short: String,
    /// The price to pay, a sentence for each candidate in it.
    pub costs: Vec<&'static str>,
    /// The message's new outcome: once, or parked instead of lost.
    pub end: Outcome,
    /// The same in a few words: `once · 1 duplicate skipped`.
    pub result: String,
    /// The difference in work over this run.
    pub price: Price,
    /// Whether messages with the same key then take effect out of order, and did not before.
    pub overtakes: bool,
    /// How far from well the message still is: 0 if every step happened exactly once.
    rest: u8,
}

/// How much more work one run is than another; negative if less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Price {
    /// Publishes.
    pub sends: i64,
    /// Handler calls.
    pub calls: i64,
    /// Time until nothing is left to do, in milliseconds; 0 if either run does not settle.
    pub settles_ms: i64,
}

/// A search for what would have prevented the harm to a message.
#[derive(Debug, Clone)]
pub struct Search {
    /// The lane alone: the others cost time and do not matter.
    experiment: Experiment,
    message: MessageNo,
    before: Ran,
    tries: Vec<(&'static Candidate, Vec<Change>)>,
    next: Next,
    spent: u64,
    tried: usize,
    remedies: Vec<Remedy>,
}

/// The stage of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Single(usize),
    Pair(usize, usize),
    Done {
        /// Whether everything that should be tried was.
        all: bool,
    },
}

/// No more pairs are tried once the search has taken this many steps.
const MOST_STEPS: u64 = 4_000_000;
/// The overhead of a try, in steps.
const TRY: u64 = 1_500;
/// How many remedies to look for among the pairs.
const PAIRS: usize = 3;

impl Search {
    /// A search for a message of a lane, counted from 0; `None` if the message is fine, or there is no such message
    /// or lane. Simulates the lane once.
    pub fn new(experiment: &Experiment, lane: usize, message: MessageNo) -> Option<Search> {
        let experiment = Experiment {
            lanes: Lanes::new(vec![experiment.lanes.get(lane)?.clone()])?,
            ..experiment.clone()
        };
        let before = Ran::of(&experiment);
        let record = before.report.messages.get(message.index())?;
        if is_well(record) {
            return None;
        }
        let lane = &experiment.lanes[0];
        let tries = CANDIDATES.iter().filter_map(|candidate| {
            let changes = candidate
                .changes(lane, before.slowest_ms.max(lane.consumer.processing_ms.get()))?;
            Some((candidate, changes))
        });
        Some(Search {
            tries: tries.collect(),
            next: Next::Single(0),
            spent: 0,
            tried: 0,
            remedies: Vec::new(),
            experiment,
            message,
            before,
        })
    }

    /// Goes on for about `steps` steps of simulated runs, trying at least one candidate. True when the search is
    /// over.
    pub fn advance(&mut self, steps: u64) -> bool {
        let until = self.spent + steps;
        loop {
            match self.next {
                Next::Single(at) if at < self.tries.len() => {
                    self.try_these(&[at]);
                    self.next = Next::Single(at + 1);
                }
                Next::Single(_) if self.remedies.is_empty() => self.next = Next::Pair(0, 0),
                Next::Single(_) => self.next = Next::Done { all: true },
                Next::Pair(..) if self.remedies.len() >= PAIRS => {
                    self.next = Next::Done { all: true };
                }
                Next::Pair(..) if self.spent > MOST_STEPS => self.next = Next::Done { all: false },
                Next::Pair(first, second) if second < first => {
                    if self.goes_together(first, second) {
                        self.try_these(&[second, first]);
                    }
                    self.next = Next::Pair(first, second + 1);
                }
                Next::Pair(first, _) if first + 1 < self.tries.len() => {
                    self.next = Next::Pair(first + 1, 0);
                }
                Next::Pair(..) => self.next = Next::Done { all: true },
                Next::Done { .. } => return true,
            }
            if self.spent >= until && !matches!(self.next, Next::Done { .. }) {
                return false;
            }
        }
    }

    /// The remedies found so far, best first: complete cures, then in the order of the candidates. Only the best
    /// value of each setting.
    pub fn remedies(&self) -> &[Remedy] {
        &self.remedies
    }

    /// How many changes have been tried.
    pub fn tried(&self) -> usize {
        self.tried
    }

    /// Whether the search has tried everything it should; false if it was cut short because the run is
    /// long.
    pub fn is_complete(&self) -> bool {
        self.next == Next::Done { all: true }
    }

    /// Whether the search is over.
    pub fn is_over(&self) -> bool {
        matches!(self.next, Next::Done { .. })
    }

    /// Whether two candidates, of one setting each, change different settings.
    fn goes_together(&self, first: usize, second: usize) -> bool {
        let (one, other) = (&self.tries[first], &self.tries[second]);
        one.0.size() == 1 && other.0.size() == 1 && one.1[0].path != other.1[0].path
    }

    fn try_these(&mut self, these: &[usize]) {
        let changes: Vec<Change> = these.iter().flat_map(|at| self.tries[*at].1.clone()).collect();
        let Some(experiment) = changed(&self.experiment, 0, &changes) else {
            return;
        };
        self.tried += 1;
        let after = Ran::of(&experiment);
        self.spent += after.steps + TRY;
        let (before, record) = (&self.before.report, &after.report.messages[self.message.index()]);
        let mended = mends(&before.messages[self.message.index()], record);
        if !mended || is_worse(before, &after.report) {
            return;
        }
        let trace = sim::simulate(&experiment, 0);
        let candidates = || these.iter().map(|at| self.tries[*at].0);
        let shorts: Vec<&str> = candidates().map(|candidate| candidate.short).collect();
        let remedy = Remedy {
            short: shorts.join(", "),
            costs: candidates().map(|candidate| candidate.cost).collect(),
            end: record.end,
            result: outcome(&experiment, 0, &trace, &after.report, self.message),
            price: self.before.price(&after),
            overtakes: before.properties.in_order && !after.report.properties.in_order,
            rest: u8::from(record.end != Outcome::Once) * 2 + u8::from(!is_well(record)),
            changes,
        };
        self.keep(remedy);
    }

    fn keep(&mut self, remedy: Remedy) {
        let paths = |remedy: &Remedy| -> Vec<&str> {
            remedy.changes.iter().map(|change| change.path).collect()
        };
        let same = |other: &Remedy| paths(other) == paths(&remedy);
        match self.remedies.iter().position(same) {
            Some(known) if self.remedies[known].rest <= remedy.rest => return,
            Some(known) => drop(self.remedies.remove(known)),
            None => {}
        }
        self.remedies.push(remedy);
        // A stable sort: within a rank the candidates keep their order.
        self.remedies.sort_by_key(|remedy| remedy.rest);
    }
}

/// Whether every step happened exactly once.
fn is_well(record: &MessageRecord) -> bool {
    record.end == Outcome::Once && record.applied.iter().all(|times| *times == 1)
}

/// Whether a message now fares well and did not before, or at least better: parked instead of lost or
/// unsettled.
fn mends(before: &MessageRecord, after: &MessageRecord) -> bool {
    match before.end {
        Outcome::Once => is_well(after),
        Outcome::Lost | Outcome::Pending => matches!(after.end, Outcome::Once | Outcome::Parked),
        Outcome::Duplicated | Outcome::Parked => after.end == Outcome::Once,
    }
}

/// Whether anything got worse: a message is lost, repeated, parked, unsettled or torn that was not before, or the
/// run no longer settles. A message rescued late may come out of order: that is reported, but is no reason to
/// leave it lost. Nor is what befalls a message that had no turn before: the faults that wait for it are its own.
fn is_worse(before: &Report, after: &Report) -> bool {
    let half = |record: &MessageRecord| {
        let done = record.applied.iter().filter(|times| **times > 0).count();
        done > 0 && done < record.applied.len()
    };
    let worse = |(before, after): (&MessageRecord, &MessageRecord)| {
        let other_end = before.end != after.end;
        let end = match after.end {
            Outcome::Lost | Outcome::Duplicated | Outcome::Pending => other_end,
            Outcome::Parked => other_end && before.end == Outcome::Once,
            Outcome::Once => false,
        };
        let repeats = before.applied.iter().zip(&after.applied);
        let repeated = repeats.into_iter().any(|(before, after)| *after > 1 && after > before);
        before.end != Outcome::Pending && (end || repeated || (half(after) && !half(before)))
    };
    let (had, has) = (before.properties, after.properties);
    let pairs = before.messages.iter().zip(&after.messages);
    pairs.into_iter().any(worse) || (had.settles && !has.settles)
}

/// A run and its audit.
#[derive(Debug, Clone)]
struct Ran {
    report: Report,
    steps: u64,
    /// The longest stall of a handler call, in milliseconds, rounded up.
    slowest_ms: u64,
}

impl Ran {
    /// Runs the first lane.
    fn of(experiment: &Experiment) -> Ran {
        let messages = experiment.messages.get() as usize;
        let mut watch = Watch {
            audit: Audit::new(&experiment.scenario, messages),
            steps: 0,
            slowest: Time::ZERO,
        };
        let end = sim::observe(experiment, 0, &mut watch);
        Ran {
            report: watch.audit.report(Some(end)),
            steps: watch.steps,
            slowest_ms: watch.slowest.micros().div_ceil(1000),
        }
    }

    fn price(&self, after: &Ran) -> Price {
        let sum = |ran: &Ran, of: fn(&MessageRecord) -> u32| -> i64 {
            ran.report.messages.iter().map(|record| i64::from(of(record))).sum()
        };
        let more = |of| sum(after, of) - sum(self, of);
        let settles_ms = match (self.report.settled, after.report.settled) {
            (Some(before), Some(after)) => (after.micros() as i64 - before.micros() as i64) / 1000,
            _ => 0,
        };
        Price {
            sends: more(|record| record.sent),
            calls: more(|record| record.delivered),
            settles_ms,
        }
    }
}

/// Audits a run and counts its steps.
struct Watch {
    audit: Audit,
    steps: u64,
    slowest: Time,
}

impl Observer for Watch {
    const NUMBERS: bool = false;

    fn see(&mut self, step: &Step, packet: Option<&Packet>) {
        self.steps += 1;
        if let Event::Stalled { until, .. } = step.what {
            self.slowest = self.slowest.max(until - step.at);
        }
        self.audit.see(step, packet);
    }
}

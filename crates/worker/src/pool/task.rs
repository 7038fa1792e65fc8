//! One task: its parts, how far they are together, and how long it may still take.

use std::time::Duration;

use super::Seat;
use crate::protocol::Progress;
use crate::work::Work;

/// How often the owner of a task hears how far it is, at most, however many work on it.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// Before that much is done, what is left is anyone's guess.
const LEAST_SHARE: f64 = 0.01;
const LEAST_TIME: Duration = Duration::from_millis(300);

/// The number of a task, never given twice by one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(u32);

impl TaskId {
    /// The first number of a pool.
    pub const FIRST: TaskId = TaskId(0);

    pub(super) fn next(self) -> TaskId {
        TaskId(self.0.wrapping_add(1))
    }
}

/// A part of a task, by its place in it.
pub(super) type PartNo = usize;

/// Who is served first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Someone asked for it and waits.
    Foreground,
    /// Nice to have.
    Background,
}

/// Where a task is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsOn {
    /// In workers.
    Workers,
    /// At least in part on the page's own thread, because there were no workers. It takes longer.
    Here,
}

impl RunsOn {
    pub(super) fn of(seat: Seat) -> RunsOn {
        match seat {
            Seat::Worker(_) => RunsOn::Workers,
            Seat::Here => RunsOn::Here,
        }
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Underway {
    /// Of all parts together.
    pub progress: Progress,
    /// How long it will still take if it goes on as it did; nothing while that is a mere guess.
    pub left: Option<Duration>,
    /// Where it is done.
    pub runs_on: RunsOn,
}

/// What the owner of a task hears. The last two are the end of it.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskEvent<R> {
    /// It goes on.
    Underway(Underway),
    /// It is done: the answer to each part, in their order.
    Done(Vec<R>),
    /// It cannot be done; why, as a sentence.
    Refused(String),
}

enum Part<R> {
    Open(Progress),
    Done(R),
}

/// A task and what is known of its parts.
pub(super) struct Task<W: Work> {
    pub(super) priority: Priority,
    asks: Vec<W::Ask>,
    parts: Vec<Part<W::Answer>>,
    /// What the parts that are done have counted.
    counted: u64,
    began: Option<Duration>,
    told: Duration,
    runs_on: RunsOn,
}

impl<W: Work> Task<W> {
    pub(super) fn new(asks: Vec<W::Ask>, priority: Priority) -> Task<W> {
        let open = |_: &W::Ask| Part::Open(Progress::default());
        Task {
            priority,
            parts: asks.iter().map(open).collect(),
            asks,
            counted: 0,
            began: None,
            told: Duration::ZERO,
            runs_on: RunsOn::Workers,
        }
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = PartNo> + use<W> {
        0..self.parts.len()
    }

    /// A part begins; what is asked for it.
    pub(super) fn begin(&mut self, part: PartNo, runs_on: RunsOn, now: Duration) -> Option<W::Ask> {
        if self.began.is_none() {
            (self.began, self.told) = (Some(now), now);
        }
        if runs_on == RunsOn::Here {
            self.runs_on = RunsOn::Here;
        }
        self.asks.get(part).cloned()
    }

    /// A part has come so far.
    pub(super) fn progress(&mut self, part: PartNo, progress: Progress) {
        if let Some(Part::Open(before)) = self.parts.get_mut(part) {
            *before = progress;
        }
    }

    /// A part has to be done anew.
    pub(super) fn again(&mut self, part: PartNo) {
        self.progress(part, Progress::default());
    }

    /// A part is done.
    pub(super) fn done(&mut self, part: PartNo, count: u64, answer: W::Answer) {
        if let Some(part) = self.parts.get_mut(part) {
            self.counted += count;
            *part = Part::Done(answer);
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Done(_)))
    }

    /// The answers of the parts that are done.
    pub(super) fn answers(self) -> Vec<W::Answer> {
        let answer = |part| match part {
            Part::Done(answer) => Some(answer),
            Part::Open(_) => None,
        };
        self.parts.into_iter().filter_map(answer).collect()
    }

    /// How far it is, when it is time to say so again.
    pub(super) fn underway(&mut self, now: Duration) -> Option<Underway> {
        if self.began.is_none() || self.is_done() || now < self.told + TELL_EVERY {
            return None;
        }
        self.told = now;
        let progress = self.together();
        Some(Underway { progress, left: self.left(progress.share(), now), runs_on: self.runs_on })
    }

    fn together(&self) -> Progress {
        let of = |part: &Part<W::Answer>| match part {
            Part::Open(progress) => (progress.count(), progress.share()),
            Part::Done(_) => (0, 1.0),
        };
        let (count, share) = self
            .parts
            .iter()
            .map(of)
            .fold((self.counted, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        Progress::estimated(count, share / self.parts.len() as f64)
    }

    fn left(&self, share: f64, now: Duration) -> Option<Duration> {
        let elapsed = now.saturating_sub(self.began?);
        if share < LEAST_SHARE || elapsed < LEAST_TIME {
            return None;
        }
        Duration::try_from_secs_f64(elapsed.as_secs_f64() * (1.0 - share) / share).ok()
    }
}

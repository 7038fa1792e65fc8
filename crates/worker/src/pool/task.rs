//! A task: its parts, their combined progress, and the estimated time left.

use std::time::Duration;

use super::Seat;
use crate::protocol::Progress;
use crate::work::Work;

/// The shortest interval between two progress reports of a task, however many workers are on it.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// Below this share done, any estimate of the remaining time is a guess.
const LEAST_SHARE: f64 = 0.01;
const LEAST_TIME: Duration = Duration::from_millis(300);

/// The id of a task, unique within a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(u32);

impl TaskId {
    /// The first id of a pool.
    pub const FIRST: TaskId = TaskId(0);

    pub(super) fn next(self) -> TaskId {
        TaskId(self.0.wrapping_add(1))
    }
}

/// A part of a task, by index.
pub(super) type PartNo = usize;

/// Scheduling priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Someone asked for it and is waiting.
    Foreground,
    /// Nobody is waiting for it.
    Background,
}

/// Where a task runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsOn {
    /// In workers.
    Workers,
    /// At least partly on the page's own thread, for lack of workers. Slower.
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

/// The progress of a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Underway {
    /// Of all parts combined.
    pub progress: Progress,
    /// The estimated time left at the present rate; `None` while that would be a guess.
    pub left: Option<Duration>,
    /// Where it runs.
    pub runs_on: RunsOn,
}

/// What the owner of a task is told. Either of the last two ends it.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskEvent<R> {
    /// It is in progress.
    Underway(Underway),
    /// It is done: the answer of each part, in order.
    Done(Vec<R>),
    /// It cannot be done: the reason, as a sentence.
    Refused(String),
}

enum Part<R> {
    Open(Progress),
    Done(R),
}

/// A task and the state of its parts.
pub(super) struct Task<W: Work> {
    pub(super) priority: Priority,
    asks: Vec<W::Ask>,
    parts: Vec<Part<W::Answer>>,
    /// The units counted by the finished parts.
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

    /// Starts a part and returns its request.
    pub(super) fn begin(&mut self, part: PartNo, runs_on: RunsOn, now: Duration) -> Option<W::Ask> {
        if self.began.is_none() {
            (self.began, self.told) = (Some(now), now);
        }
        if runs_on == RunsOn::Here {
            self.runs_on = RunsOn::Here;
        }
        self.asks.get(part).cloned()
    }

    /// Updates the progress of a part.
    pub(super) fn progress(&mut self, part: PartNo, progress: Progress) {
        if let Some(Part::Open(before)) = self.parts.get_mut(part) {
            *before = progress;
        }
    }

    /// Resets a part that has to start over.
    pub(super) fn again(&mut self, part: PartNo) {
        self.progress(part, Progress::default());
    }

    /// Finishes a part.
    pub(super) fn done(&mut self, part: PartNo, count: u64, answer: W::Answer) {
        if let Some(part) = self.parts.get_mut(part) {
            self.counted += count;
            *part = Part::Done(answer);
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Done(_)))
    }

    /// The answers of the finished parts.
    pub(super) fn answers(self) -> Vec<W::Answer> {
        let answer = |part| match part {
            Part::Done(answer) => Some(answer),
            Part::Open(_) => None,
        };
        self.parts.into_iter().filter_map(answer).collect()
    }

    /// The combined progress, if a report is due.
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

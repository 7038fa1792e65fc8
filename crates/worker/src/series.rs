//! A series: several tasks submitted together and answered one by one, such as the parts of a measurement or
//! the points of a sweep. What is known so far is shown while the rest goes on.
//!
//! Pure: it has no clock, so the caller passes the time of every event.

use std::rc::Rc;
use std::time::Duration;

use super::pool::{RunsOn, TaskEvent};

/// Below this share done, any estimate of the remaining time is a guess.
const LEAST_SHARE: f64 = 0.02;
const LEAST_TIME: Duration = Duration::from_millis(300);

/// The state of several tasks of one part each.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<R> {
    items: Vec<Item<R>>,
    began: Duration,
    now: Duration,
    runs_on: RunsOn,
    end: Option<End>,
}

#[derive(Clone, Debug, PartialEq)]
enum Item<R> {
    /// The share done so far, 0 to 1.
    Open(f64),
    Done(Rc<R>),
}

/// How a series ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every answer has arrived.
    Complete,
    /// It was cancelled; some answers may have arrived.
    Stopped,
    /// It cannot be done: the reason, as a sentence.
    Refused(String),
}

impl<R> Series<R> {
    /// A series of this many tasks, starting now.
    #[must_use]
    pub fn begin(tasks: usize, now: Duration) -> Series<R> {
        Series {
            items: (0..tasks).map(|_| Item::Open(0.0)).collect(),
            began: now,
            now,
            runs_on: RunsOn::Workers,
            end: (tasks == 0).then_some(End::Complete),
        }
    }

    /// Takes in an event of a task. Events after the end are ignored.
    pub fn hear(&mut self, task: usize, event: TaskEvent<R>, now: Duration) {
        let Some(item) = self.items.get_mut(task).filter(|_| self.end.is_none()) else {
            return;
        };
        self.now = now;
        match event {
            TaskEvent::Underway(underway) => {
                if underway.runs_on == RunsOn::Here {
                    self.runs_on = RunsOn::Here;
                }
                *item = Item::Open(underway.progress.share());
            }
            TaskEvent::Done(answers) => {
                if let Some(answer) = answers.into_iter().next() {
                    *item = Item::Done(Rc::new(answer));
                }
            }
            TaskEvent::Refused(why) => self.end = Some(End::Refused(why)),
        }
        if self.answered() == self.items.len() {
            self.end = Some(End::Complete);
        }
    }

    /// Marks it as cancelled.
    pub fn stop(&mut self, now: Duration) {
        if self.end.is_none() {
            (self.now, self.end) = (now, Some(End::Stopped));
        }
    }

    /// The answers, task by task; `None` for those not known yet.
    pub fn answers(&self) -> impl Iterator<Item = Option<&Rc<R>>> {
        self.items.iter().map(|item| match item {
            Item::Done(answer) => Some(answer),
            Item::Open(_) => None,
        })
    }

    /// How many answers have arrived.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answers().flatten().count()
    }

    /// How it ended, if it has.
    #[must_use]
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// The share done, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let of = |item: &Item<R>| match item {
            Item::Open(share) => *share,
            Item::Done(_) => 1.0,
        };
        self.items.iter().map(of).sum::<f64>() / self.items.len().max(1) as f64
    }

    /// The elapsed time, or the total once it has ended.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.now.saturating_sub(self.began)
    }

    /// The estimated time left at the present rate; `None` while that would be a guess.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let (share, took) = (self.share(), self.took());
        if self.end.is_some() || share < LEAST_SHARE || took < LEAST_TIME {
            return None;
        }
        Duration::try_from_secs_f64(took.as_secs_f64() * (1.0 - share) / share).ok()
    }

    /// Where it runs.
    #[must_use]
    pub fn runs_on(&self) -> RunsOn {
        self.runs_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Progress, Underway};

    const SECOND: Duration = Duration::from_secs(1);

    fn underway(share: f64, runs_on: RunsOn) -> TaskEvent<u8> {
        TaskEvent::Underway(Underway {
            progress: Progress::estimated(1, share),
            left: None,
            runs_on,
        })
    }

    #[test]
    fn answers_are_known_as_they_come_in_whatever_order() {
        let mut series = Series::begin(3, SECOND);
        series.hear(2, TaskEvent::Done(vec![7]), 2 * SECOND);
        series.hear(0, underway(0.5, RunsOn::Workers), 2 * SECOND);
        let answers: Vec<Option<u8>> = series.answers().map(|answer| answer.map(|a| **a)).collect();
        assert_eq!(answers, [None, None, Some(7)]);
        assert_eq!((series.share(), series.left()), (0.5, Some(SECOND)));
        assert_eq!(series.end(), None);
        series.hear(1, TaskEvent::Done(vec![8]), 3 * SECOND);
        series.hear(0, TaskEvent::Done(vec![9]), 4 * SECOND);
        assert_eq!(series.end(), Some(&End::Complete));
        assert_eq!((series.took(), series.left()), (3 * SECOND, None));
    }

    #[test]
    fn what_was_given_up_keeps_its_answers_and_hears_no_more() {
        let mut series = Series::begin(2, SECOND);
        series.hear(0, TaskEvent::Done(vec![7]), 2 * SECOND);
        series.stop(3 * SECOND);
        series.hear(1, TaskEvent::Done(vec![8]), 4 * SECOND);
        assert_eq!(series.end(), Some(&End::Stopped));
        assert_eq!((series.answered(), series.took()), (1, 2 * SECOND));
    }

    #[test]
    fn a_refusal_is_the_end() {
        let mut series = Series::<u8>::begin(2, SECOND);
        series.hear(1, TaskEvent::Refused("No.".to_owned()), SECOND);
        assert_eq!(series.end(), Some(&End::Refused("No.".to_owned())));
    }

    #[test]
    fn it_says_where_it_is_done() {
        let mut series = Series::begin(1, SECOND);
        series.hear(0, underway(0.1, RunsOn::Here), SECOND);
        assert_eq!(series.runs_on(), RunsOn::Here);
        assert_eq!(Series::<u8>::begin(0, SECOND).end(), Some(&End::Complete));
    }
}

//! The agent: runs one job at a time, a slice at a time.
//!
//! The same agent runs in a worker and, where there are none, on the page's own thread between frames. It
//! has no clock and no timer: its owner says how long a slice may be and what time it is, and checks for
//! messages between slices, which is when a cancellation takes effect.

use std::time::Duration;

use super::protocol::{JobId, Reply, Request};
use super::work::Work;

/// The shortest interval between two progress reports of a job.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// The most units in one step, however fast they seem: the clock may be coarse.
const LONGEST_STEP: u64 = 1 << 16;

/// Runs the current job.
#[derive(Debug)]
pub struct Agent<W> {
    job: Option<Job<W>>,
}

#[derive(Debug)]
struct Job<W> {
    id: JobId,
    work: W,
    /// How many units to do before looking at the clock again.
    step: u64,
    /// When its progress was last reported, or when it began.
    told: Option<Duration>,
}

impl<W> Default for Agent<W> {
    fn default() -> Self {
        Agent { job: None }
    }
}

impl<W: Work> Agent<W> {
    /// Handles a request. A job that cannot even start is answered at once.
    pub fn hear(&mut self, request: Request<W::Ask>) -> Option<Reply<W::Answer>> {
        match request {
            Request::Start { id, ask } => {
                self.job = None;
                match W::begin(ask) {
                    Ok(work) => {
                        let (step, told) = (1, None);
                        self.job = Some(Job { id, work, step, told });
                        None
                    }
                    Err(why) => Some(Reply::Refused { id, why }),
                }
            }
            Request::Cancel { id } => {
                self.job.take_if(|job| job.id == id);
                None
            }
        }
    }

    /// Whether a job is in progress.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Works for about `slice`, by a monotonic clock, and returns what there is to report. A slice ends as soon
    /// as there is something to report.
    pub fn advance(
        &mut self,
        slice: Duration,
        now: impl Fn() -> Duration,
    ) -> Option<Reply<W::Answer>> {
        let job = self.job.as_mut()?;
        let began = now();
        let told = *job.told.get_or_insert(began);
        let mut before = began;
        while job.work.advance(job.step) {
            let after = now();
            job.step = paced(job.step, after.saturating_sub(before), slice);
            if after.saturating_sub(told) >= TELL_EVERY {
                job.told = Some(after);
                return Some(Reply::Progress { id: job.id, progress: job.work.progress() });
            }
            if after.saturating_sub(began) >= slice {
                return None;
            }
            before = after;
        }
        let Job { id, work, .. } = self.job.take()?;
        let count = work.progress().count();
        let answer = work.answer();
        Some(Reply::Done { id, count, answer })
    }
}

/// The size of the next step, given how long the last one took: an eighth to a quarter of a slice, so that
/// slices keep their length and reading the clock costs next to nothing.
fn paced(step: u64, took: Duration, slice: Duration) -> u64 {
    if took < slice / 8 {
        (step * 2).min(LONGEST_STEP)
    } else if took > slice / 4 {
        (step / 2).max(1)
    } else {
        step
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::protocol::Progress;
    use crate::toy::{Count, Counted, clock};

    const SLICE: Duration = Duration::from_millis(8);

    fn start(to: u64, us_each: u64) -> (Agent<Count>, JobId) {
        let (mut agent, id) = (Agent::default(), JobId::FIRST);
        let ask = Counted { to, us_each };
        assert_eq!(agent.hear(Request::Start { id, ask }), None);
        (agent, id)
    }

    #[test]
    fn a_job_is_done_in_slices_that_keep_to_their_time() {
        let (mut agent, id) = start(100_000, 10);
        let mut slices = 0;
        let answer = loop {
            let began = clock();
            let reply = agent.advance(SLICE, clock);
            let took = clock() - began;
            // The last step of a slice may take a quarter of it, or twice that if it is the first of a doubled
            // size.
            assert!(took <= SLICE * 3 / 2, "slice {slices} took {took:?}");
            slices += 1;
            if let Some(Reply::Done { id: of, count, answer }) = reply {
                assert_eq!((of, count), (id, 100_000));
                break answer;
            }
        };
        assert_eq!(answer, 100_000);
        assert!((100..=200).contains(&slices), "one second in {slices} slices");
        assert!(!agent.is_busy());
    }

    #[test]
    fn progress_is_told_ten_times_a_second_at_most_and_only_grows() {
        let (mut agent, _) = start(100_000, 10);
        let began = clock();
        let mut told: Vec<Progress> = Vec::new();
        while agent.is_busy() {
            if let Some(Reply::Progress { progress, .. }) = agent.advance(SLICE, clock) {
                told.push(progress);
            }
        }
        let tenths = (clock() - began).as_millis() / 100;
        assert!(told.len() as u128 <= tenths && told.len() >= 8, "{told:?}");
        assert!(told.is_sorted_by(|a, b| a.count() < b.count() && a.share() < b.share()));
    }

    #[test]
    fn a_cancelled_job_says_nothing_more_and_another_ones_number_cancels_nothing() {
        let (mut agent, id) = start(1_000_000, 10);
        agent.hear(Request::Cancel { id: id.next() });
        assert!(agent.is_busy());
        agent.hear(Request::Cancel { id });
        assert!(!agent.is_busy());
        assert_eq!(agent.advance(SLICE, clock), None);
    }

    #[test]
    fn a_job_that_cannot_begin_is_refused_at_once() {
        let mut agent = Agent::<Count>::default();
        let ask = Counted { to: 0, us_each: 1 };
        let refused = agent.hear(Request::Start { id: JobId::FIRST, ask });
        assert!(matches!(refused, Some(Reply::Refused { why, .. }) if why.contains("nothing")));
        assert!(!agent.is_busy());
    }

    #[test]
    fn a_new_job_takes_the_place_of_the_present_one() {
        let (mut agent, id) = start(1_000_000, 10);
        let ask = Counted { to: 1, us_each: 1 };
        agent.hear(Request::Start { id: id.next(), ask });
        let reply = agent.advance(SLICE, clock);
        assert!(matches!(reply, Some(Reply::Done { id: of, answer: 1, .. }) if of == id.next()));
    }

    #[test]
    fn with_a_clock_that_only_ticks_now_and_then_the_steps_stay_bounded() {
        let (mut agent, _) = start(u64::MAX, 0);
        let looks = Cell::new(0);
        // Some browsers coarsen the clock to 100 ms against fingerprinting.
        let coarse = || {
            looks.set(looks.get() + 1);
            Duration::from_millis(looks.get() / 50 * 100)
        };
        agent.advance(SLICE, coarse);
        assert!(agent.job.is_some_and(|job| job.step <= LONGEST_STEP));
    }
}

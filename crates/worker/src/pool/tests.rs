//! The pool's rules, without a browser.

use proptest::prelude::*;

use super::*;
use crate::protocol::Progress;
use crate::toy::{Count, Counted};

use Priority::{Background, Foreground};

/// A pool with the orders it has given, and stand-ins for its workers.
struct Play {
    pool: Pool<Count>,
    now: Duration,
    workers: Vec<WorkerNo>,
    running: Vec<(Seat, JobId, u64)>,
    told: Vec<(TaskId, TaskEvent<u64>)>,
}

impl Play {
    fn new(most: usize) -> Play {
        Play {
            pool: Pool::new(most),
            now: Duration::ZERO,
            workers: Vec::new(),
            running: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Feeds the pool an event and carries out its orders.
    fn after<T>(&mut self, event: impl FnOnce(&mut Pool<Count>, Duration) -> T) -> T {
        let result = event(&mut self.pool, self.now);
        for order in self.pool.orders() {
            match order {
                Order::Hire(no) => self.workers.push(no),
                Order::Dismiss(no) => self.running.retain(|(at, ..)| *at != Seat::Worker(no)),
                Order::Send(at, Request::Start { id, ask }) => {
                    let busy = self.running.iter().any(|(seat, ..)| *seat == at);
                    assert!(!busy, "two jobs at one place");
                    self.running.push((at, id, ask.to));
                }
                Order::Send(_, Request::Cancel { id }) => {
                    self.running.retain(|(_, of, _)| *of != id);
                }
                Order::Tell(task, event) => self.told.push((task, event)),
            }
        }
        result
    }

    fn add(&mut self, parts: &[u64], priority: Priority) -> TaskId {
        let ask = |to: &u64| Counted { to: *to, us_each: 1 };
        let asks = parts.iter().map(ask).collect();
        self.after(|pool, now| pool.add(asks, priority, now))
    }

    fn hello(&mut self, worker: usize) {
        let seat = Seat::Worker(self.workers[worker]);
        self.after(|pool, now| pool.hear(seat, Reply::Hello, now));
    }

    fn fails(&mut self, worker: usize) {
        let no = self.workers[worker];
        self.after(|pool, now| pool.failed(no, now));
    }

    fn is_silent(&mut self, worker: usize) {
        let no = self.workers[worker];
        self.after(|pool, now| pool.silent(no, now));
    }

    /// Finishes the oldest job in progress.
    fn done(&mut self) {
        let (seat, id, answer) = self.running.remove(0);
        let count = answer;
        self.after(|pool, now| pool.hear(seat, Reply::Done { id, count, answer }, now));
    }

    fn progress(&mut self, share: f64) {
        let (seat, id, to) = self.running[0];
        let progress = Progress::estimated((to as f64 * share) as u64, share);
        self.after(|pool, now| pool.hear(seat, Reply::Progress { id, progress }, now));
    }

    /// The jobs in progress, by what each counts to.
    fn counting(&self) -> Vec<u64> {
        self.running.iter().map(|(.., to)| *to).collect()
    }
}

#[test]
fn no_worker_is_asked_for_before_there_is_work_and_then_one_goes_ahead() {
    let mut play = Play::new(3);
    assert_eq!(play.workers.len(), 0);
    let task = play.add(&[11, 12, 13, 14], Foreground);
    assert_eq!((play.workers.len(), play.counting()), (1, vec![]));
    play.hello(0);
    assert_eq!((play.workers.len(), play.counting()), (3, vec![11]));
    play.hello(1);
    play.hello(2);
    assert_eq!(play.counting(), [11, 12, 13]);
    while !play.running.is_empty() {
        play.done();
    }
    assert_eq!(play.told, [(task, TaskEvent::Done(vec![11, 12, 13, 14]))]);
    assert_eq!(play.workers.len(), 3, "no more than the machine allows");
}

#[test]
fn the_answers_come_in_the_order_of_the_parts_whoever_was_first() {
    let mut play = Play::new(2);
    let task = play.add(&[11, 12], Foreground);
    play.hello(0);
    play.hello(1);
    play.running.reverse();
    play.done();
    play.done();
    assert_eq!(play.told, [(task, TaskEvent::Done(vec![11, 12]))]);
}

#[test]
fn where_workers_are_forbidden_one_attempt_is_made_and_everything_is_done_here() {
    let mut play = Play::new(8);
    let first = play.add(&[11, 12], Foreground);
    let second = play.add(&[21], Background);
    play.fails(0);
    assert!(play.pool.is_here());
    assert_eq!(play.running.len(), 1);
    assert_eq!(play.running[0].0, Seat::Here);
    for _ in 0..3 {
        play.done();
    }
    let done = |task, answers: &[u64]| (task, TaskEvent::Done(answers.to_vec()));
    assert_eq!(play.told, [done(first, &[11, 12]), done(second, &[21])]);
    assert_eq!(play.workers.len(), 1);
}

#[test]
fn a_silent_worker_is_not_waited_for_and_welcome_when_it_comes() {
    let mut play = Play::new(1);
    play.add(&[11], Foreground);
    assert!(!play.pool.is_here(), "it has its time");
    play.is_silent(0);
    assert!(play.pool.is_here());
    assert_eq!(play.running[0].0, Seat::Here);
    play.hello(0);
    assert!(!play.pool.is_here());
    play.add(&[21], Foreground);
    assert!(matches!(play.running[1].0, Seat::Worker(_)));
    play.done();
    play.done();
    assert_eq!(play.told.len(), 2);
}

#[test]
fn a_crash_costs_the_task_it_was_working_for_and_no_other() {
    let mut play = Play::new(1);
    let bad = play.add(&[11, 12], Foreground);
    let good = play.add(&[21], Foreground);
    play.hello(0);
    play.fails(0);
    assert_eq!(play.told, [(bad, TaskEvent::Refused(CRASHED.to_owned()))]);
    assert_eq!(play.workers.len(), 2, "a new worker for the next task");
    play.hello(1);
    play.done();
    assert_eq!(play.told[1], (good, TaskEvent::Done(vec![21])));
}

#[test]
fn jobs_that_always_crash_end() {
    let mut play = Play::new(1);
    for _ in 0..5 {
        play.add(&[11], Foreground);
    }
    let mut next = 0;
    while next < play.workers.len() {
        play.hello(next);
        play.fails(next);
        next += 1;
    }
    assert_eq!((play.told.len(), next), (5, 5), "one worker for each");
}

#[test]
fn the_foreground_goes_first_and_takes_the_place_of_the_background() {
    let mut play = Play::new(1);
    let label = play.add(&[11], Background);
    play.add(&[12], Background);
    play.hello(0);
    assert_eq!(play.counting(), [11]);
    let asked = play.add(&[21], Foreground);
    assert_eq!(play.counting(), [21], "at once");
    play.add(&[22], Foreground);
    assert_eq!(play.counting(), [21], "but not from its like");
    play.done();
    assert_eq!(play.told, [(asked, TaskEvent::Done(vec![21]))]);
    assert_eq!(play.counting(), [22]);
    play.done();
    assert_eq!(play.counting(), [11], "which is done from its beginning");
    play.done();
    assert_eq!(play.told[2], (label, TaskEvent::Done(vec![11])));
}

#[test]
fn a_cancelled_task_is_not_begun_and_not_heard_of_again() {
    let mut play = Play::new(1);
    let first = play.add(&[11, 12], Foreground);
    let second = play.add(&[21], Foreground);
    play.hello(0);
    let (seat, id, _) = play.running[0];
    play.after(|pool, now| pool.cancel(first, now));
    assert_eq!(play.counting(), [21], "and makes room");
    let late = Reply::Done { id, count: 1, answer: 1 };
    play.after(|pool, now| pool.hear(seat, late, now));
    assert_eq!((play.counting(), play.told.len()), (vec![21], 0));
    play.done();
    assert_eq!(play.told, [(second, TaskEvent::Done(vec![21]))]);
}

#[test]
fn a_refused_part_refuses_the_task() {
    let mut play = Play::new(2);
    let task = play.add(&[11, 12, 13], Foreground);
    play.hello(0);
    play.hello(1);
    let (seat, id, _) = play.running.remove(0);
    let why = "There is nothing to count.".to_owned();
    play.after(|pool, now| pool.hear(seat, Reply::Refused { id, why }, now));
    assert!(play.running.is_empty(), "the other parts are of no use");
    assert!(matches!(&play.told[..], [(of, TaskEvent::Refused(_))] if *of == task));
}

#[test]
fn a_task_of_nothing_is_done() {
    let mut play = Play::new(1);
    let task = play.add(&[], Foreground);
    assert_eq!(play.told, [(task, TaskEvent::Done(vec![]))]);
    assert!(play.workers.is_empty());
}

#[test]
fn the_time_left_is_that_of_all_parts_and_told_ten_times_a_second() {
    let mut play = Play::new(1);
    play.add(&[100, 100], Foreground);
    play.hello(0);
    let ms = |play: &mut Play, ms, share| {
        play.now = Duration::from_millis(ms);
        play.progress(share);
        let told = std::mem::take(&mut play.told);
        told.into_iter()
            .map(|(_, event)| match event {
                TaskEvent::Underway(underway) => underway,
                other => panic!("{other:?}"),
            })
            .next()
    };
    let early = ms(&mut play, 100, 0.1).expect("the first");
    assert_eq!(early.left, None, "a guess");
    assert_eq!(ms(&mut play, 150, 0.2), None, "too soon");
    let told = ms(&mut play, 500, 0.5).expect("time to say so");
    assert_eq!((told.progress.count(), told.progress.share()), (50, 0.25));
    assert_eq!(told.left, Some(Duration::from_millis(1500)));
    assert_eq!(told.runs_on, RunsOn::Workers);
}

/// An event in the life of a pool; the numbers pick the worker or task.
#[derive(Clone, Copy, Debug)]
enum Event {
    Add(u8, bool),
    Cancel(u8),
    Hello(u8),
    Fails(u8),
    Silent(u8),
    Done(u8),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..5_u8, any::<bool>()).prop_map(|(parts, front)| Event::Add(parts, front)),
        any::<u8>().prop_map(Event::Cancel),
        any::<u8>().prop_map(Event::Hello),
        any::<u8>().prop_map(Event::Fails),
        any::<u8>().prop_map(Event::Silent),
        any::<u8>().prop_map(Event::Done),
    ]
}

proptest! {
    /// Nothing is lost, whatever happens in whatever order: every task that is not cancelled ends, exactly
    /// once.
    #[test]
    fn every_task_ends_once(most in 0..4_usize, events in prop::collection::vec(event(), 0..60)) {
        let mut play = Play::new(most);
        let (mut tasks, mut cancelled) = (Vec::new(), Vec::new());
        for event in events {
            let of = |count: usize, no: u8| (count > 0).then(|| usize::from(no) % count.max(1));
            match event {
                Event::Add(parts, front) => {
                    let parts: Vec<u64> = (1..=u64::from(parts)).collect();
                    let priority = if front { Foreground } else { Background };
                    tasks.push((play.add(&parts, priority), parts));
                }
                Event::Cancel(no) => if let Some(no) = of(tasks.len(), no) {
                    let task = tasks[no].0;
                    if !play.told.iter().any(|(of, _)| *of == task) {
                        cancelled.push(task);
                    }
                    play.after(|pool, now| pool.cancel(task, now));
                },
                Event::Hello(no) => if let Some(no) = of(play.workers.len(), no) { play.hello(no) },
                Event::Fails(no) => if let Some(no) = of(play.workers.len(), no) { play.fails(no) },
                Event::Silent(no) => if let Some(no) = of(play.workers.len(), no) { play.is_silent(no) },
                Event::Done(no) => if let Some(no) = of(play.running.len(), no) {
                    play.running.rotate_left(no);
                    play.done();
                },
            }
        }
        // Then every pending worker starts, and all of them work to the end.
        let mut next = 0;
        while next < play.workers.len() || !play.running.is_empty() {
            if next < play.workers.len() {
                play.hello(next);
                next += 1;
            } else {
                play.done();
            }
        }
        for (task, parts) in tasks {
            let told: Vec<_> = play.told.iter().filter(|(of, _)| *of == task).collect();
            if cancelled.contains(&task) {
                prop_assert!(told.is_empty());
                continue;
            }
            prop_assert_eq!(told.len(), 1);
            match &told[0].1 {
                TaskEvent::Done(answers) => prop_assert_eq!(answers, &parts),
                TaskEvent::Refused(why) => prop_assert_eq!(why, CRASHED),
                TaskEvent::Underway(_) => prop_assert!(false, "no progress was made"),
            }
        }
    }
}

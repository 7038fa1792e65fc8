//! Progress output: a line when a task starts, one with its time when it ends, and a heartbeat during long
//! ones.
//!
//! Several threads work at once, so every line names its task and is written atomically.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// How long a task may be silent before a heartbeat is printed.
const SILENCE: Duration = Duration::from_secs(30);

/// Writes a line. Ignores a closed pipe.
pub fn say(text: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", text.as_ref());
    let _ = out.flush();
}

/// Runs `work`, and reports its start and duration.
pub fn task<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    say(format!("  {what} ..."));
    let started = Instant::now();
    let _running = Running::new(what, started);
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "FAILED" };
    say(format!("  {what}: {word} in {}", seconds(started.elapsed())));
    outcome
}

/// `7.3 s` or `2 min 05 s`.
pub fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(60) {
        return format!("{:.1} s", time.as_secs_f64());
    }
    let whole = time.as_secs();
    format!("{} min {:02} s", whole / 60, whole % 60)
}

/// The running tasks, for the heartbeat.
static UNDER_WAY: Mutex<BTreeSet<(Instant, String)>> = Mutex::new(BTreeSet::new());
static HEARTBEAT: OnceLock<()> = OnceLock::new();

struct Running((Instant, String));

impl Running {
    fn new(what: &str, started: Instant) -> Self {
        HEARTBEAT.get_or_init(|| {
            thread::spawn(heartbeat);
        });
        let key = (started, what.to_owned());
        under_way().insert(key.clone());
        Self(key)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        under_way().remove(&self.0);
    }
}

fn under_way() -> std::sync::MutexGuard<'static, BTreeSet<(Instant, String)>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

fn heartbeat() {
    loop {
        thread::sleep(SILENCE);
        let long: Vec<String> = under_way()
            .iter()
            .filter(|(started, _)| started.elapsed() >= SILENCE)
            .map(|(started, what)| format!("{what} ({})", seconds(started.elapsed())))
            .collect();
        if !long.is_empty() {
            say(format!("  still at it: {}", long.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_as_people_say_it() {
        assert_eq!(seconds(Duration::from_millis(7_340)), "7.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}

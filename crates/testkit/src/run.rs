//! Runs one lane under one fault script and judges it.

use ackground_core::audit::{Learnt, MessageRecord, Outcome, Report, judge};
use ackground_core::experiment::Experiment;
use ackground_core::sim::{Event, Leg, Trace, simulate};

/// A run: its trace and its judgement.
pub struct Run {
    pub experiment: Experiment,
    pub trace: Trace,
    pub report: Report,
}

/// A lane as JSON, from the fields of its three sections.
pub fn lane(producer: &str, broker: &str, consumer: &str) -> String {
    format!(r#"{{"producer": {{{producer}}}, "broker": {{{broker}}}, "consumer": {{{consumer}}}}}"#)
}

/// Runs one message of the payment scenario.
pub fn run(lane: &str, script: &[&str]) -> Run {
    run_with(lane, script, r#""messages": 1"#, "")
}

/// Runs `messages` messages, `interval` milliseconds apart.
pub fn run_many(lane: &str, script: &[&str], messages: u32, interval: u32) -> Run {
    let rest = format!(r#""messages": {messages}, "interval_ms": {interval}"#);
    run_with(lane, script, &rest, "")
}

/// Runs one message, with nodes that take `restart` milliseconds to come back.
pub fn run_restart(lane: &str, script: &[&str], restart: u64) -> Run {
    let faults = format!(r#""restart_ms": {restart}"#);
    run_with(lane, script, r#""messages": 1"#, &faults)
}

/// Runs with any further fields of the experiment, and any faults besides the script.
pub fn run_with(lane: &str, script: &[&str], rest: &str, faults: &str) -> Run {
    let lines: Vec<String> = script.iter().map(|line| format!("{line:?}")).collect();
    let mut faults = vec![faults.to_owned(), format!(r#""script": [{}]"#, lines.join(","))];
    faults.retain(|part| !part.is_empty());
    let faults = faults.join(",");
    let text = format!(r#"{{"version": 1, {rest}, "faults": {{{faults}}}, "lanes": [{lane}]}}"#);
    let experiment =
        Experiment::from_json(&text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
    let trace = simulate(&experiment, 0);
    let report = judge(&experiment, &trace);
    Run { experiment, trace, report }
}

impl Run {
    /// The record of a message, counted from 1.
    pub fn message(&self, number: usize) -> &MessageRecord {
        &self.report.messages[number - 1]
    }

    /// The outcome of the first message.
    pub fn end(&self) -> Outcome {
        self.message(1).end
    }

    /// What the producer was told about the first message.
    pub fn learnt(&self) -> Learnt {
        self.message(1).told
    }

    /// The outcome of each message.
    pub fn ends(&self) -> Vec<Outcome> {
        self.report.messages.iter().map(|m| m.end).collect()
    }

    /// Whether the run is over, every message took effect exactly once, and every line of the script fired: the
    /// schedule did happen, and did no harm.
    pub fn nothing_happens(&self) -> bool {
        self.report.properties.settles
            && self.ends().iter().all(|&end| end == Outcome::Once)
            && self.trace.unfired.is_empty()
    }

    /// How many events match.
    pub fn count(&self, is: impl Fn(Event) -> bool) -> usize {
        self.trace.steps.iter().filter(|s| is(s.what)).count()
    }

    /// How many copies the broker stored.
    pub fn stored(&self) -> usize {
        self.count(|what| matches!(what, Event::Stored { .. }))
    }

    /// How many acknowledgments came too late, and were accepted or rejected.
    pub fn late_acks(&self, taken: bool) -> usize {
        self.count(|what| matches!(what, Event::LateAck { accepted, .. } if accepted == taken))
    }

    /// How many packets travelled on a leg.
    pub fn packets(&self, leg: Leg) -> usize {
        let packets = self.trace.packets.iter();
        packets.filter(|packet| packet.leg == leg).count()
    }

    /// The script lines that did not fire, in words.
    pub fn unfired(&self) -> Vec<String> {
        let lines = self.experiment.faults.script.lines();
        let unfired = self.trace.unfired.iter();
        unfired.map(|&line| lines[line].to_string()).collect()
    }
}

//! What the examiner does not ask yet, and why: rules that the format has corrected and the simulator has still to
//! learn. Whoever mends one takes its entry out.

use ackground_oracle::{Outcome, Told};
use serde_json::Value;

struct Entry {
    why: &'static str,
    is: fn(Asked<'_>) -> bool,
}

const NOT_YET: [Entry; 16] = [
    Entry {
        why: "a lost or late commit evicts a reader that is alive",
        is: |asked| {
            asked.is_log()
                && !asked.has("consumer", "ack", "on_receive")
                && (asked.line("drop ack ")
                    || asked.line("delay ack ")
                    || asked.line("partition consumer "))
        },
    },
    Entry {
        why: "a crash at a step of a transaction strikes around the transaction",
        is: |asked| {
            let is_one = asked.has("consumer", "dedup", "atomic")
                || asked.has("consumer", "ack", "with_effect");
            is_one && asked.line("crash consumer ")
        },
    },
    Entry {
        why: "an answer that nobody waits for has a moment before and after it",
        is: |asked| {
            asked.has("producer", "acks", "none")
                && (asked.line("crash broker before ack ") || asked.line("crash broker after ack "))
        },
    },
    Entry {
        why: "a crash before a message is received counts as a handler call",
        is: |asked| {
            let is_early = asked.line("crash consumer before receive ")
                || (asked.has("consumer", "ack", "on_receive") && asked.line("crash consumer "));
            is_early && (asked.line("fail ") || asked.line("slow "))
        },
    },
    Entry {
        why: "the delivery timeout runs on while the producer is down",
        is: |asked| asked.sets("producer", "delivery_timeout_ms") && asked.line("crash producer "),
    },
    Entry {
        why: "a request for more takes no time and overtakes what was sent before, and a batch falls apart",
        is: |asked| {
            let is_alone = *asked.setting("broker", "replicas") == 1;
            let is_close = |gap| asked.0["interval_ms"].as_u64() < Some(gap);
            let is_apart = is_close(1000)
                || asked.lines() > 1
                || asked.has("consumer", "ack", "on_receive")
                || asked.line("crash producer ");
            let is_returned = asked.line("fail ") || asked.line("poison ");
            !asked.is_log() && is_returned && asked.lines() > 1
                || is_close(100) && (!asked.is_log() || is_alone && asked.line("crash broker "))
                || is_apart && asked.sets("consumer", "batch")
        },
    },
    Entry {
        why: "a stall is before the look-up of the id",
        is: |asked| {
            let is_kept = ["table_after", "atomic"];
            is_kept.iter().any(|dedup| asked.has("consumer", "dedup", dedup)) && asked.line("slow ")
        },
    },
    Entry {
        why: "partitions of one member take no turns, and a failing one holds up the others",
        is: |asked| asked.sets("broker", "partitions"),
    },
    Entry {
        why: "a message that is still open ends as `once`",
        is: |asked| {
            asked.line("poison ") && !asked.sets("broker", "max_deliveries") && asked.lines() > 1
        },
    },
    Entry {
        why: "what a late acknowledgment settles is handed out again: it is overtaken by the request for more",
        is: |asked| asked.has("broker", "late_ack", "accept") && asked.line("slow "),
    },
    Entry {
        why: "what came late and what was fetched since are acknowledged together",
        is: |asked| !asked.is_log() && asked.line("delay deliver "),
    },
    Entry {
        why: "a log's reader takes a late packet of what it has given back or given up since",
        is: |asked| {
            asked.is_log()
                && asked.line("delay deliver ")
                && (asked.line("fail ") || asked.line("poison "))
        },
    },
    Entry {
        why: "a node that catches up takes what was written since it asked",
        is: |asked| asked.line("crash follower ") && asked.line("crash broker "),
    },
    Entry {
        why: "a second copy of a packet passes a cut network",
        is: |asked| asked.line("duplicate ") && asked.line("partition "),
    },
    Entry {
        why: "a refusal for a gap that nobody will fill is an attempt",
        is: |asked| {
            *asked.setting("producer", "idempotent") == true
                && (asked.sets("producer", "retries")
                    || asked.sets("producer", "acks")
                    || asked.sets("broker", "dedup_window_ms"))
        },
    },
    Entry {
        why: "what is lost on the wire counts towards the delivery limit of a log",
        is: |asked| {
            asked.is_log()
                && asked.sets("broker", "max_deliveries")
                && (asked.line("drop deliver ")
                    || asked.line("delay deliver ")
                    || asked.line("partition consumer "))
        },
    },
];

/// Why an experiment is not asked.
pub fn reason(experiment: &Value) -> Option<&'static str> {
    let asked = Asked(experiment);
    NOT_YET.iter().find(|entry| (entry.is)(asked)).map(|entry| entry.why)
}

/// With `acks: none` the simulator says `ok` where the producer learns nothing.
pub fn correct(experiment: &Value, outcomes: &mut [Outcome]) {
    if Asked(experiment).has("producer", "acks", "none") {
        for outcome in outcomes.iter_mut().filter(|outcome| outcome.told == Told::Ok) {
            outcome.told = Told::Nothing;
        }
    }
}

#[derive(Clone, Copy)]
struct Asked<'a>(&'a Value);

impl Asked<'_> {
    fn setting(&self, part: &str, name: &str) -> &Value {
        &self.0["lanes"][0][part][name]
    }

    fn has(&self, part: &str, name: &str, value: &str) -> bool {
        self.setting(part, name) == value
    }

    fn sets(&self, part: &str, name: &str) -> bool {
        !self.setting(part, name).is_null()
    }

    fn is_log(&self) -> bool {
        !self.has("broker", "kind", "queue")
    }

    fn lines(&self) -> usize {
        self.0["faults"]["script"].as_array().map_or(0, Vec::len)
    }

    /// Whether a line of the script begins like this.
    fn line(&self, begin: &str) -> bool {
        let lines = self.0["faults"]["script"].as_array();
        lines
            .into_iter()
            .flatten()
            .any(|line| line.as_str().is_some_and(|line| line.starts_with(begin)))
    }
}

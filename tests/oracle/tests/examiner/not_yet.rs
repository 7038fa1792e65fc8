//! What the examiner does not ask yet, and why: faults of the simulator that are known.
//! Whoever mends one takes its entry out.

use serde_json::Value;

struct Entry {
    why: &'static str,
    is: fn(Asked<'_>) -> bool,
}

const NOT_YET: [Entry; 3] = [
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
        why: "a second copy of a packet passes a cut network",
        is: |asked| asked.line("duplicate ") && asked.line("partition "),
    },
];

/// Why an experiment is not asked.
pub fn reason(experiment: &Value) -> Option<&'static str> {
    let asked = Asked(experiment);
    NOT_YET.iter().find(|entry| (entry.is)(asked)).map(|entry| entry.why)
}

#[derive(Clone, Copy)]
struct Asked<'a>(&'a Value);

impl Asked<'_> {
    fn is_log(self) -> bool {
        self.0["lanes"][0]["broker"]["kind"] != "queue"
    }

    /// Whether a line of the script begins like this.
    fn line(self, begin: &str) -> bool {
        let lines = self.0["faults"]["script"].as_array();
        lines
            .into_iter()
            .flatten()
            .any(|line| line.as_str().is_some_and(|line| line.starts_with(begin)))
    }
}

//! Other words for the words of a script line.

use ackground_core::experiment::mistake::nearest;
use ackground_core::experiment::scenario::Step;

/// The word of a line, and what people write for it.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "drop",
        &[
            "drops",
            "dropped",
            "lose",
            "loses",
            "lost",
            "losing",
            "loss",
            "discard",
            "swallow",
            "swallowed",
        ],
    ),
    (
        "duplicate",
        &[
            "duplicates",
            "duplicated",
            "dup",
            "dups",
            "dupe",
            "dupes",
            "repeat",
            "repeats",
            "repeated",
            "double",
            "doubled",
            "twice",
        ],
    ),
    ("delay", &["delays", "delayed", "late", "lag", "lags", "postpone", "postponed"]),
    (
        "crash",
        &[
            "crashes", "crashed", "crashing", "kill", "kills", "killed", "die", "dies", "died",
            "stop", "stops", "stopped", "restart", "restarts", "reboot", "reboots", "down",
        ],
    ),
    (
        "fail",
        &[
            "fails",
            "failed",
            "failing",
            "error",
            "errors",
            "throw",
            "throws",
            "exception",
            "nack",
            "nacks",
        ],
    ),
    ("poison", &["poisoned", "poisonous"]),
    (
        "slow",
        &[
            "slowly", "hang", "hangs", "hung", "stall", "stalls", "stalled", "stuck", "freeze",
            "freezes", "pause", "pauses", "block", "blocks",
        ],
    ),
    (
        "partition",
        &[
            "partitioned",
            "disconnect",
            "disconnects",
            "disconnected",
            "cut",
            "isolate",
            "isolated",
            "offline",
            "unplug",
            "unplugged",
        ],
    ),
    ("producer", &["publisher", "sender"]),
    ("broker", &["leader", "server"]),
    ("follower", &["replica"]),
    ("consumer", &["receiver", "worker", "subscriber", "handler"]),
    ("before", &["prior"]),
    ("after", &["following"]),
    (
        "publish-ack",
        &["puback", "confirm", "confirms", "confirmation", "publish_ack", "answer", "reply"],
    ),
    ("publish", &["publishes", "published", "publishing", "send", "sends", "sent", "sending"]),
    ("deliver", &["delivers", "delivered", "delivery", "deliveries", "delivering"]),
    (
        "ack",
        &[
            "acks",
            "acked",
            "acking",
            "acknowledge",
            "acknowledges",
            "acknowledging",
            "acknowledgment",
            "acknowledgement",
            "commit",
            "commits",
            "committing",
        ],
    ),
    (
        "write",
        &[
            "writes", "written", "writing", "store", "stores", "storing", "save", "saves",
            "saving", "persist",
        ],
    ),
    (
        "replicate",
        &["replicates", "replicated", "replicating", "replication", "copy", "copies", "copying"],
    ),
    ("receive", &["receives", "received", "receiving", "receipt", "fetch", "fetches", "fetching"]),
    ("record", &["records", "recorded", "recording", "remember", "remembers", "remembering"]),
    ("work", &["process", "processes", "processing", "handle", "handles", "handling"]),
    ("always", &["every", "each"]),
];

/// Words that a line does not need.
const FILLERS: &[&str] = &[
    "the", "a", "an", "of", "for", "to", "on", "in", "at", "with", "is", "was", "are", "be",
    "gets", "get", "its", "it", "message", "messages", "msg", "number", "no", "nr", "packet", "by",
    "from", "off", "and", "time", "times", "call", "node", "when", "working", "id", "that",
];

/// A word, as a script line has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sense {
    Filler,
    /// What the line has for it.
    Known(String),
    /// A slip of the pen, and what was probably meant.
    Near(String),
    Unknown,
}

/// What a word means where the handler has these steps.
pub(super) fn sense(word: &str, steps: &[Step]) -> Sense {
    if let Some(step) = steps.iter().find(|step| is_step(word, step)) {
        return Sense::Known(step.id.to_string());
    }
    if FILLERS.contains(&word) {
        return Sense::Filler;
    }
    if let Some(known) = canonical(word) {
        return Sense::Known(known.to_owned());
    }
    let words = SYNONYMS.iter().flat_map(|(word, others)| others.iter().chain([word])).copied();
    let ids = steps.iter().map(|step| &*step.id);
    match nearest(word, words.chain(ids)) {
        Some(near) => Sense::Near(canonical(near).unwrap_or(near).to_owned()),
        None => Sense::Unknown,
    }
}

fn canonical(word: &str) -> Option<&'static str> {
    SYNONYMS
        .iter()
        .find(|(known, others)| *known == word || others.contains(&word))
        .map(|(known, _)| *known)
}

/// Whether the word is the step's id, or a form of it: `credits`, `credited`, `crediting`.
fn is_step(word: &str, step: &Step) -> bool {
    let id = &*step.id;
    let stem = id.strip_suffix('e').unwrap_or(id);
    word == id
        || word.strip_prefix(id).is_some_and(|end| matches!(end, "s" | "es" | "ed" | "ing"))
        || word.strip_prefix(stem).is_some_and(|end| matches!(end, "ed" | "ing"))
}

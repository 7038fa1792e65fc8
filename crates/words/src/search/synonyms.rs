//! Words that people use for one another when they search, and words that say nothing.

/// Each row is one meaning. A phrase is written as one word, as it is when a text is prepared.
const SAME: &[&[&str]] = &[
    &[
        "lost",
        "lose",
        "loses",
        "losing",
        "loss",
        "missing",
        "disappears",
        "disappeared",
        "vanished",
        "gone",
        "dropped",
    ],
    &[
        "twice",
        "double",
        "doubled",
        "doubles",
        "duplicate",
        "duplicated",
        "duplicates",
        "again",
        "repeated",
    ],
    &[
        "crash",
        "crashes",
        "crashed",
        "dies",
        "died",
        "killed",
        "kill",
        "oom",
        "restart",
        "restarted",
        "deploy",
        "deployment",
        "sigkill",
        "sigterm",
    ],
    &["dlq", "dlx", "deadletter", "deadletters", "parked", "redrive"],
    &["dedup", "dedupe", "deduplicate", "deduplication"],
    &["email", "emails", "mail", "mails"],
    &["paid", "payment", "payments", "charged", "charge", "billed", "invoice", "money"],
    &["job", "jobs", "task", "tasks", "message", "messages", "event", "events"],
    &["run", "runs", "ran", "executed", "processed", "handled", "processing"],
    &[
        "ack",
        "acks",
        "acknowledge",
        "acknowledged",
        "acknowledgment",
        "acknowledgement",
        "acknowledgments",
        "unacked",
        "unacknowledged",
    ],
    &["nack", "reject", "requeue", "requeued", "negativeacknowledgment"],
    &["offset", "offsets", "position"],
    &["stuck", "poison", "forever", "poisoned"],
    &["order", "ordering", "outoforder", "disorder", "fifo"],
    &["rebalance", "rebalancing", "scaling", "autoscaling"],
    &["retry", "retries", "resend", "resends", "retried"],
    &["nats", "jetstream"],
    &["k8s", "kubernetes"],
    &["exactlyonce", "eos"],
    &["postgres", "postgresql", "database", "db"],
    &["worker", "workers", "consumer", "consumers"],
    &["sender", "publisher", "producer"],
];

/// Words that are left aside if there are others.
pub(super) const FILLERS: &[&str] = &[
    "a", "an", "and", "are", "be", "can", "did", "do", "does", "every", "for", "from", "get",
    "gets", "has", "have", "how", "i", "if", "in", "is", "it", "its", "just", "me", "my", "of",
    "on", "or", "our", "so", "that", "the", "they", "this", "to", "was", "we", "were", "what",
    "when", "which", "who", "why", "with", "you", "your",
];

/// The other words with the same meaning.
pub(super) fn others(word: &str) -> impl Iterator<Item = &'static str> {
    let rows = SAME.iter().filter(move |row| row.contains(&word));
    rows.flat_map(|row| row.iter().copied()).filter(move |other| *other != word)
}

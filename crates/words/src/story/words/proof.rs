//! Glossary terms about proving and measuring, which is how the page knows what it says.

use super::Term;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "schedule-of-faults",
        "schedule of faults",
        &["schedule of faults", "schedules of faults", "every schedule"],
        "Which faults happen, where and when. A proof tries every schedule within its bounds.",
    )
    .related(&["counterexample", "bound", "fault-script"]),
    Term::new(
        "counterexample",
        "counterexample",
        &["counterexample", "counterexamples"],
        "A schedule of faults that breaks a claim, with as few faults as possible. One is enough to refute it.",
    )
    .related(&["schedule-of-faults", "bound"]),
    Term::new(
        "bound",
        "bound",
        &[],
        "How far a proof looked: how many faults, of which kinds, over how many messages. It says nothing beyond that.",
    )
    .related(&["schedule-of-faults", "counterexample"]),
    Term::new(
        "fault-script",
        "fault script",
        &["fault script"],
        "Exact faults, one per line: drop this packet, crash there, before or after that step. \
         Every lane gets the same lines.",
    )
    .related(&["schedule-of-faults", "shared-luck"])
    .set_by(&["faults.script"]),
    Term::new(
        "seed",
        "seed",
        &["seed"],
        "The number that decides all random choices of a run. The same seed gives the same run, event \
         for event, everywhere.",
    )
    .related(&["shared-luck"])
    .set_by(&["seed"]),
    Term::new(
        "shared-luck",
        "shared luck",
        &["shared luck"],
        "The same packet meets the same fate in every lane, as long as the lanes do the same. \
         Any difference comes from the setup.",
    )
    .related(&["seed", "paired-difference"]),
    Term::new(
        "wilson-interval",
        "Wilson interval",
        &["wilson interval", "wilson intervals"],
        "The range in which a share lies with 95 % confidence, given the number of trials. It stays honest when \
         nothing was seen: no loss in a thousand runs is not a loss of zero.",
    )
    .related(&["quantile", "paired-difference"]),
    Term::new(
        "quantile",
        "quantile, p99",
        &["quantile", "quantiles", "p50", "p95", "p99"],
        "The time within which a given share of the messages was done: 99 of 100 for p99. An average hides \
         the slow ones, and those are the ones that were resent.",
    )
    .related(&["wilson-interval"]),
    Term::new(
        "paired-difference",
        "paired difference",
        &["paired difference", "paired differences"],
        "Lanes compared run by run under the same luck. What both share cancels out, so small differences \
         show after few runs.",
    )
    .related(&["shared-luck", "wilson-interval"]),
    Term::new(
        "network-cut",
        "network cut",
        &["network cut", "network cuts"],
        "One side cannot reach the broker for a while. Each believes the other is gone, and goes on as far as it can.",
    )
    .related(&["two-generals", "zombie", "timeout"])
    .set_by(&["faults.script"]),
];

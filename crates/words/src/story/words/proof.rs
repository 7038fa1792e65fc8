//! Glossary terms about proving and measuring, which is how the page knows what it says.

use super::Term;

pub(super) const TERMS: &[Term] = &[
    Term::new(
        "schedule-of-faults",
        "schedule of faults",
        &["schedule of faults", "schedules of faults", "every schedule"],
        "Which faults happen, where and when. To prove something is to try every one of them within bounds.",
    )
    .related(&["counterexample", "bound", "fault-script"]),
    Term::new(
        "counterexample",
        "counterexample",
        &["counterexample", "counterexamples"],
        "A schedule of faults that breaks what was claimed, with as few faults as it takes. One is enough to know.",
    )
    .related(&["schedule-of-faults", "bound"]),
    Term::new(
        "bound",
        "bound",
        &[],
        "How far a proof looked: so many faults, of these kinds, over so many messages. Beyond it nothing is said.",
    )
    .related(&["schedule-of-faults", "counterexample"]),
    Term::new(
        "fault-script",
        "fault script",
        &["fault script"],
        "Exact faults, a line each: drop this packet, crash there, before or after that step. The same lines mean \
         the same in every lane.",
    )
    .related(&["schedule-of-faults", "shared-luck"])
    .set_by(&["faults.script"]),
    Term::new(
        "seed",
        "seed",
        &["seed"],
        "The number from which all chance of a run follows. The same seed gives the same run, event for event, \
         everywhere.",
    )
    .related(&["shared-luck"])
    .set_by(&["seed"]),
    Term::new(
        "shared-luck",
        "shared luck",
        &["shared luck"],
        "The same packet meets the same fate in every lane, as long as the lanes do the same. What differs between \
         them is the setup\u{2019}s doing.",
    )
    .related(&["seed", "paired-difference"]),
    Term::new(
        "wilson-interval",
        "Wilson interval",
        &["wilson interval", "wilson intervals"],
        "The range in which a share lies with 95 % confidence after so many trials. It stays honest where nothing \
         was seen: no loss in a thousand runs is not a loss of zero.",
    )
    .related(&["quantile", "paired-difference"]),
    Term::new(
        "quantile",
        "quantile, p99",
        &["quantile", "quantiles", "p50", "p95", "p99"],
        "The time within which such a share of the messages was done: 99 of 100 for p99. An average hides the slow \
         ones, and these are the ones that were sent again.",
    )
    .related(&["wilson-interval"]),
    Term::new(
        "paired-difference",
        "paired difference",
        &["paired difference", "paired differences"],
        "Lanes compared run by run under the same luck. What is common to both falls out, so small differences show \
         after few runs.",
    )
    .related(&["shared-luck", "wilson-interval"]),
    Term::new(
        "network-cut",
        "network cut",
        &["network cut", "network cuts"],
        "A side cannot reach the broker for a while. Each takes the other for gone and goes on as far as it can.",
    )
    .related(&["two-generals", "zombie", "timeout"])
    .set_by(&["faults.script"]),
];

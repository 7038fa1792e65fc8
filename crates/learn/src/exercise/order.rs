//! The one list of built-in exercises, in their order.
//!
//! Their data is in `built_in`, their texts with each language in [`text`](crate::text).

/// Calls a macro with its arguments and the ids of the built-in exercises, from easy to hard.
macro_rules! built_in_exercises {
    ($then:ident! $($given:tt)*) => {
        $then! { $($given)*
            "lose-one",
            "charge-twice",
            "repair-commit-before-processing",
            "repair-swallowed-failure",
            "repair-no-idempotent-consumer",
            "name-three",
            "lose-between-two-writes",
            "tear-a-transfer",
            "overtake",
            "repair-dual-write",
            "repair-dedup-in-memory",
            "repair-dedup-record-first",
            "repair-dedup-record-last",
            "repair-dedup-window-too-short",
            "repair-idempotent-producer",
            "keep-the-order",
            "name-push",
            "choose-metrics",
            "choose-push",
            "choose-email",
            "count-clicks",
            "impatient",
            "zombie",
            "leaders-word",
            "repair-transactions-for-a-database",
            "repair-leader-only",
            "repair-at-most-once-for-money",
            "name-kafka",
            "name-queues",
            "name-mqtt",
            "choose-order",
            "poison",
            "give-up-in-time",
            "window-of-one",
            "name-pipeline",
            "choose-pipeline",
            "copies",
            "unclean-election",
            "choose-payment",
            "worst-of-both",
        }
    };
}
pub(crate) use built_in_exercises;

//! The built-in scenarios, as data.

use super::{Harm, KeyMode, Label, Prose, Scenario, Step, StepKind, Steps};
use crate::experiment::value::{Bounded, Id, Text, choice};

choice! {
    /// A built-in scenario. An id never changes its meaning.
    pub enum BuiltIn {
        /// Money arrives in an account, and the customer hears of it.
        Payment = "payment",
        /// A push message appears on a phone.
        Notification = "notification",
        /// A mail is sent by a provider that can recognise a repeat.
        Email = "email",
        /// An order is entered, and its goods are set aside.
        Order = "order",
        /// A reading is added to a time series.
        Metrics = "metrics",
        /// A click on a short link is counted.
        Clicks = "clicks",
        /// Money moves from one account to another.
        Transfer = "transfer",
        /// A message is read, transformed and written to another log.
        Pipeline = "pipeline",
    }
}

impl BuiltIn {
    /// The scenario.
    pub fn scenario(self) -> Scenario {
        Scenario {
            id: Id::of(self.word()),
            steps: Steps(vec![Step {
                id: Id::of("credit"),
                primary: true,
                ..Step::default()
            }]),
            ..Scenario::default()
        }
    }
}

//! The built-in scenarios, as data: each a table of texts and steps.
//!
//! The advice is the field's usual one: accept loss where a message is worth little; otherwise
//! deliver at least once and make the effect idempotent; keep transactions for pipelines that stay
//! inside one log.

use super::{Harm, KeyMode, Label, Prose, Scenario, Step, StepKind, Steps};
use crate::experiment::value::{Bounded, Id, Text, choice};

choice! {
    /// A built-in scenario. An id never changes its meaning.
    pub enum BuiltIn {
        /// Money arrives in an account, and the customer hears of it.
        Payment = "payment",
        /// A push message appears on a phone.
        Notification = "notification",
        /// A mail goes out through a provider that can recognise a repeat.
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

/// A built-in scenario as declared here.
struct Story {
    title: &'static str,
    /// Producer, consumer and store.
    cast: [&'static str; 3],
    amount: u64,
    unit: &'static str,
    key: KeyMode,
    /// Id, label and kind; `primary` marks the primary one.
    steps: &'static [(&'static str, &'static str, StepKind)],
    primary: usize,
    /// Exact faults in a run of three messages that make its point.
    lost: &'static str,
    duplicated: &'static str,
    advice: &'static str,
}

use KeyMode::{Each, One};
use StepKind::{Db, External, Produce};

const PAYMENT: Story = Story {
    title: "Payment into an account",
    cast: ["Sender's bank", "Receiver's bank", "Account"],
    amount: 10_000,
    unit: "EUR",
    key: One,
    steps: &[("credit", "Credit the account", Db), ("notify", "Notify the customer", External)],
    primary: 0,
    lost: "the money left one account and never reached the other",
    duplicated: "the account was credited twice for one payment",
    advice: "Delivered at least once, with the payment's id recorded in the transaction that credits the account. \
        A lost payment and a double one are both serious, and this excludes both without a \
        transaction between broker and database. The notification cannot share that transaction: \
        it may still go out twice.",
};

const NOTIFICATION: Story = Story {
    title: "Push notification",
    cast: ["App server", "Push service", "Phone"],
    amount: 1,
    unit: "notifications",
    key: Each,
    steps: &[("push", "Send the push", External)],
    primary: 0,
    lost: "the customer does not hear of it",
    duplicated: "the phone buzzes twice for the same thing",
    advice: "Delivered at most once is often enough: a missed push does little harm, a repeated one \
        annoys, and certainty would cost more than it is worth. Anything that must be seen belongs in the app's inbox as well.",
};

const EMAIL: Story = Story {
    title: "Confirmation email",
    cast: ["Shop", "Mailer", "Inbox"],
    amount: 1,
    unit: "emails",
    key: Each,
    steps: &[("send", "Send the email", External)],
    primary: 0,
    lost: "the customer waits for an email that never comes",
    duplicated: "the same email arrives twice",
    advice: "Delivered at least once, with the message's ID as the email provider's idempotency \
        key. A missing email is noticed; and because sending cannot be undone or put into a transaction, only the provider can recognise the repeat.",
};

const ORDER: Story = Story {
    title: "Order in a shop",
    cast: ["Checkout", "Order service", "Order book"],
    amount: 1,
    unit: "orders",
    key: Each,
    steps: &[("insert", "Enter the order", Db), ("reserve", "Reserve the stock", Db)],
    primary: 0,
    lost: "the customer ordered, and the order is never packed",
    duplicated: "the goods are packed and charged twice",
    advice: "Delivered at least once, with the order's number as a unique key in the transaction that also \
        reserves the stock. A repeat then conflicts with the existing row and changes nothing; \
        without the transaction a crash can leave an order without stock.",
};

const METRICS: Story = Story {
    title: "Sensor readings",
    cast: ["Sensor", "Collector", "Time series"],
    amount: 1,
    unit: "readings",
    key: One,
    steps: &[("add", "Add to the series", Db)],
    primary: 0,
    lost: "one point is missing in the chart",
    duplicated: "one reading counts double in every sum",
    advice: "Delivered at most once is usual: one reading in thousands is not missed, and the cheapest \
        path carries the most readings. A repeat is worse here, because it distorts every sum.",
};

const CLICKS: Story = Story {
    title: "Clicks on a short link",
    cast: ["Redirect server", "Analytics", "Counter"],
    amount: 1,
    unit: "clicks",
    key: One,
    steps: &[("count", "Count the click", Db)],
    primary: 0,
    lost: "a click that happened is not counted",
    duplicated: "one click is counted twice",
    advice: "Delivered at least once, but without adding one: insert a row for each click \
        under its ID, so that a repeat finds its row, and count the rows. If a rough number is enough, at most once costs less.",
};

const TRANSFER: Story = Story {
    title: "Transfer between two accounts",
    cast: ["Teller", "Ledger service", "Account B"],
    amount: 250,
    unit: "EUR",
    key: One,
    steps: &[("debit", "Debit account A", Db), ("credit", "Credit account B", Db)],
    primary: 1,
    lost: "account B never gets the money",
    duplicated: "account B gets the money twice",
    advice: "Delivered at least once, with both entries and the ID of the transfer in one \
        transaction. Removing duplicates is not enough here: if the two entries are separate writes, a crash between them leaves money that has left one account and not reached the other.",
};

const PIPELINE: Story = Story {
    title: "From log to log",
    cast: ["Source", "Transformer", "Output log"],
    amount: 1,
    unit: "records",
    key: One,
    steps: &[("write", "Write to the output log", Produce)],
    primary: 0,
    lost: "a record is missing downstream",
    duplicated: "a record appears twice downstream",
    advice: "Exactly-once transactions of the log: output and read position are committed together, \
        and readers see only committed records. This is what they were made for; a step \
        outside the log needs its own idempotent effect.",
};

impl BuiltIn {
    fn story(self) -> Story {
        match self {
            BuiltIn::Payment => PAYMENT,
            BuiltIn::Notification => NOTIFICATION,
            BuiltIn::Email => EMAIL,
            BuiltIn::Order => ORDER,
            BuiltIn::Metrics => METRICS,
            BuiltIn::Clicks => CLICKS,
            BuiltIn::Transfer => TRANSFER,
            BuiltIn::Pipeline => PIPELINE,
        }
    }

    /// The scenario.
    pub fn scenario(self) -> Scenario {
        let story = self.story();
        let steps = story.steps.iter().enumerate();
        let steps = steps.map(|(i, (id, label, kind))| Step {
            id: Id::of(id),
            label: Label::cut(label),
            kind: *kind,
            primary: i == story.primary,
        });
        let [producer, consumer, store] = story.cast.map(Label::cut);
        Scenario {
            id: Id::of(self.word()),
            title: Label::cut(story.title),
            producer,
            consumer,
            store,
            amount: Bounded::clamp(story.amount),
            unit: Text::cut(story.unit),
            key: story.key,
            steps: Steps(steps.collect()),
            harm: Harm { lost: Label::cut(story.lost), duplicated: Label::cut(story.duplicated) },
            advice: Prose::cut(story.advice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_built_in_text_is_cut_and_every_built_in_scenario_keeps_the_rules() {
        for built_in in BuiltIn::ALL {
            let scenario = built_in.scenario();
            assert_eq!(scenario.built_in(), Some(*built_in));
            let steps = Steps::new(scenario.steps.to_vec());
            assert_eq!(steps.as_ref(), Ok(&scenario.steps), "{built_in}");
            assert!(scenario.advice.ends_with('.'), "{built_in}: the last sentence is whole");
            assert!(scenario.harm.lost.chars().count() < 120);
            assert!(scenario.harm.duplicated.chars().count() < 120);
            assert!(!scenario.advice.contains("  "), "{built_in}: one blank");
        }
    }

    #[test]
    fn the_contract_of_the_built_in_steps() {
        let steps = |built_in: BuiltIn| {
            let steps = built_in.scenario().steps;
            let words = steps.iter().map(|step| {
                let primary = if step.primary { "*" } else { "" };
                format!("{}:{}{primary}", step.id, step.kind)
            });
            words.collect::<Vec<_>>().join(" ")
        };
        let all: Vec<String> = BuiltIn::ALL.iter().map(|built_in| steps(*built_in)).collect();
        assert_eq!(
            all,
            [
                "credit:db* notify:external",
                "push:external*",
                "send:external*",
                "insert:db* reserve:db",
                "add:db*",
                "count:db*",
                "debit:db credit:db*",
                "write:produce*",
            ],
            "links name steps by id: none of this changes"
        );
    }
}

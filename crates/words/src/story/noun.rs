//! What one message is called in a scenario: "payment", "two payments", "the third payment".

use ackground_core::experiment::scenario::{BuiltIn, Scenario};
use ackground_core::number::ordinal;

/// A noun in the singular, as a scenario calls a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noun(String);

impl Noun {
    pub(super) fn of(scenario: &Scenario) -> Noun {
        let noun = match scenario.built_in() {
            Some(BuiltIn::Payment) => "payment",
            Some(BuiltIn::Notification) => "notification",
            Some(BuiltIn::Email) => "email",
            Some(BuiltIn::Order) => "order",
            Some(BuiltIn::Metrics) => "reading",
            Some(BuiltIn::Clicks) => "click",
            Some(BuiltIn::Transfer) => "transfer",
            Some(BuiltIn::Pipeline) => "record",
            None => "message",
        };
        Noun(noun.to_owned())
    }

    /// `payment`.
    pub(super) fn one(&self) -> &str {
        &self.0
    }

    /// `payments`.
    pub(super) fn many(&self) -> String {
        let noun = self.0.as_str();
        let mut ending = noun.chars().rev();
        let (last, before) = (ending.next(), ending.next());
        let hisses =
            matches!(last, Some('s' | 'x' | 'z')) || noun.ends_with("ch") || noun.ends_with("sh");
        match last {
            _ if hisses => format!("{noun}es"),
            Some('y') if !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u') | None) => {
                format!("{}ies", &noun[..noun.len() - 1])
            }
            _ => format!("{noun}s"),
        }
    }

    /// `payment` for one, `payments` for any other number.
    pub(super) fn for_number(&self, n: u64) -> String {
        if n == 1 { self.0.clone() } else { self.many() }
    }

    /// `the third payment`.
    pub(super) fn nth(&self, n: u64) -> String {
        format!("the {} {}", ordinal(n), self.0)
    }
}

/// What one message is called in a scenario: `payment`.
pub fn noun(scenario: &Scenario) -> String {
    Noun::of(scenario).0
}

/// What several are called: `payments`.
pub fn nouns(scenario: &Scenario) -> String {
    Noun::of(scenario).many()
}

/// A station within a sentence: the names of the built-in scenarios take an article, `the receiver's bank`; any
/// other stands as it was typed, since it may be a proper name.
pub(super) fn station(name: &str, otherwise: &str) -> String {
    let name = name.trim();
    let of_ours = |built_in: &BuiltIn| {
        let ours = built_in.scenario();
        name == &*ours.producer || name == &*ours.consumer
    };
    let mut letters = name.chars();
    match letters.next() {
        None => otherwise.to_owned(),
        Some(first) if BuiltIn::ALL.iter().any(of_ours) && !name.ends_with('s') => {
            format!("the {}{}", first.to_lowercase(), letters.as_str())
        }
        Some(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(text: &str) -> Noun {
        Noun(text.to_owned())
    }

    #[test]
    fn a_noun_has_a_plural() {
        for (one, many) in [
            ("payment", "payments"),
            ("entry", "entries"),
            ("survey", "surveys"),
            ("box", "boxes"),
            ("bus pass", "bus passes"),
            ("batch", "batches"),
            ("y", "ys"),
            ("Ä", "Äs"),
        ] {
            assert_eq!(noun(one).many(), many);
        }
        assert_eq!(noun("letter").nth(3), "the third letter");
        assert_eq!(
            (noun("letter").for_number(1), noun("letter").for_number(0)),
            ("letter".into(), "letters".into())
        );
    }

    #[test]
    fn a_station_has_an_article_unless_it_may_be_a_proper_name() {
        assert_eq!(station("Receiver's bank", ""), "the receiver's bank");
        assert_eq!(station("Analytics", ""), "Analytics");
        assert_eq!(station("Stripe", ""), "Stripe");
        assert_eq!(station(" ", "the consumer"), "the consumer");
    }
}

//! A remedy in words: the new value, what it means, and what it costs.
//!
//! The names come from `settings`; the extra work of the run was counted.

use super::{Change, Price, Remedy};
use crate::story::{meaning, setting, value_words};
use ackground_core::number::{count_of, millis};

impl Change {
    /// The setting and its value in plain words: `Remembers ids: same transaction`.
    pub fn words(&self) -> String {
        let name = setting(self.path).map_or(self.path, |setting| setting.name);
        format!("{name}: {}", value_words(self.path, &self.text()))
    }

    /// The same in the format's own words: `dedup = atomic`.
    pub fn code(&self) -> String {
        let name = self.path.rsplit('.').next().unwrap_or(self.path);
        format!("{name} = {}", self.text())
    }

    /// What the value means, or else what the setting decides.
    pub fn meaning(&self) -> &'static str {
        meaning(self.path, &self.text()).unwrap_or_default()
    }
}

impl Remedy {
    /// The difference in work over this run, and in the order of its messages, as a sentence.
    pub fn price_words(&self) -> String {
        let Price { sends, calls, settles_ms } = self.price;
        let mut parts: Vec<String> = Vec::new();
        parts.extend(more(sends, "send", "sends"));
        parts.extend(more(calls, "handler call", "handler calls"));
        // Less than a tenth of a second is noise.
        if settles_ms.unsigned_abs() >= 100 {
            let later = if settles_ms > 0 { "later" } else { "earlier" };
            parts.push(format!("done {} {later}", millis(rounded(settles_ms))));
        }
        if self.overtakes {
            parts.push("messages out of order".to_owned());
        }
        match parts.is_empty() {
            true => "In this run: no extra sends or calls.".to_owned(),
            false => format!("In this run: {}.", parts.join(", ")),
        }
    }
}

/// To the tenth of a second.
fn rounded(ms: i64) -> u64 {
    (ms.unsigned_abs() + 50) / 100 * 100
}

/// `two more sends`, `one handler call fewer`.
fn more(by: i64, one: &str, many: &str) -> Option<String> {
    let (adverb, number) = match by {
        0 => return None,
        1.. => ("more", by.unsigned_abs()),
        _ => ("fewer", by.unsigned_abs()),
    };
    let counted = count_of(number, one, many);
    Some(match counted.split_once(' ') {
        Some((number, what)) => format!("{number} {adverb} {what}"),
        None => counted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::Outcome;
    use ackground_core::experiment::json::Json;

    fn remedy(price: Price, overtakes: bool) -> Remedy {
        Remedy {
            changes: Vec::new(),
            short: String::new(),
            costs: Vec::new(),
            end: Outcome::Once,
            result: String::new(),
            price,
            overtakes,
            rest: 0,
        }
    }

    #[test]
    fn a_change_is_said_in_plain_words_and_in_those_of_the_format() {
        let change = Change { path: "consumer.dedup", value: Json::text("atomic") };
        assert_eq!(change.words(), "Remembers IDs: same transaction");
        assert_eq!(change.code(), "dedup = atomic");
        assert!(change.meaning().ends_with('.'));
        let change = Change { path: "broker.redelivery_timeout_ms", value: Json::Whole(30_000) };
        assert_eq!(change.words(), "Redelivers after: 30 s");
    }

    #[test]
    fn the_price_is_what_was_counted() {
        let price = Price { sends: 2, calls: -1, settles_ms: 1234 };
        assert_eq!(
            remedy(price, true).price_words(),
            "In this run: two more sends, one fewer handler call, done 1.2 s later, messages out of order."
        );
        assert_eq!(
            remedy(Price::default(), false).price_words(),
            "In this run: no extra sends or calls."
        );
    }
}

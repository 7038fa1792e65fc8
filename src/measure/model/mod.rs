//! What Measure shows, without markup: figures as a table and as curves.
//!
//! | file | owns |
//! |---|---|
//! | [`plan`] | how many messages to measure, and warnings about the experiment |
//! | [`table`] | lanes side by side, compared with a reference lane |
//! | [`axes`] | what can be swept, labelled |
//! | [`plot`] | any chart, with its texts and files |
//! | [`sweep`] | the plot of a sweep |
//! | [`picks`] | the ready-made charts |
//!
//! Pure functions of the figures, which know neither where these come from nor any markup.

pub mod axes;
pub mod picks;
pub mod plan;
pub mod plot;
pub mod sweep;
pub mod table;

use ackground_core::measure::{Estimate, Quantity, Unit};

/// A confidence interval: `9.6 to 9.9 %`; `None` if it is unknown, or the number does not vary.
pub fn interval_words(quantity: Quantity, estimate: Estimate) -> Option<String> {
    let interval = estimate.spread()?;
    let unit = quantity.unit();
    let (low, high) = (unit.words(interval.low), unit.words(interval.high));
    // Writes the unit once if both ends share it.
    let ending = |words: &str| words.split_once(' ').map(|(_, unit)| unit.to_owned());
    Some(match (low.split_once(' '), ending(&high)) {
        (Some((number, unit)), Some(other)) if unit == other => format!("{number} to {high}"),
        _ => format!("{low} to {high}"),
    })
}

/// The title of an axis: `Duplicated, % of messages`.
pub fn titled(quantity: Quantity) -> String {
    let name = quantity.name();
    match quantity.unit() {
        Unit::Share => format!("{name}, % of messages"),
        Unit::PerMessage => name.to_owned(),
        Unit::Ids => format!("{name} at one time"),
        Unit::Millis => format!("{name}, from event to effect"),
        Unit::PerSecond => format!("{name}, messages per second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::measure::{Interval, Quantile, Share};

    #[test]
    fn an_interval_names_its_unit_once() {
        let words = |quantity, low, high| {
            let interval = Some(Interval { low, high });
            interval_words(quantity, Estimate { value: low, interval })
        };
        let lost = Quantity::Share(Share::Lost);
        assert_eq!(words(lost, 0.096, 0.099).as_deref(), Some("9.6 to 9.9 %"));
        let p50 = Quantity::Latency(Quantile::P50);
        assert_eq!(words(p50, 900.0, 1100.0).as_deref(), Some("900 ms to 1.1 s"));
        let estimate = Estimate { value: 1.0, interval: None };
        assert_eq!(interval_words(lost, estimate), None);
        assert_eq!(words(lost, 0.5, 0.5), None, "it is the same in every run");
    }

    #[test]
    fn every_axis_has_a_title_with_its_unit() {
        for quantity in Quantity::ALL {
            assert!(titled(quantity).starts_with(quantity.name()));
        }
    }
}

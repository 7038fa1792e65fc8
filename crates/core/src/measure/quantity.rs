//! The quantities of a measurement, one number at a time: its name, its unit, where to find it.
//!
//! Tables, charts and files iterate over [`Quantity::ALL`] instead of naming each figure.

use super::figures::LaneFigures;
use super::interval::Estimate;
use super::pair::{Difference, PairFigures};
use super::{Count, Share};
use crate::number::money;

/// A quantile of the latencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantile {
    /// Half of the messages take at most this long.
    P50,
    /// 95 of 100 messages take at most this long.
    P95,
    /// 99 of 100 messages take at most this long.
    P99,
    /// The longest.
    Max,
}

/// A number that a measurement has for each lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// The proportion of messages that belong to a share.
    Share(Share),
    /// The count of something.
    Count(Count),
    /// The time from business event to first effect.
    Latency(Quantile),
    /// Messages with an effect per second.
    Throughput,
}

/// The unit of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share of all messages, from 0 to 1; shown in percent.
    Share,
    /// A number per message.
    PerMessage,
    /// A number of ids.
    Ids,
    /// Milliseconds.
    Millis,
    /// Messages per second of simulated time.
    PerSecond,
}

impl Quantity {
    /// All quantities, in the order of tables.
    pub const ALL: [Quantity; 15] = [
        Quantity::Share(Share::Once),
        Quantity::Share(Share::Lost),
        Quantity::Share(Share::Silent),
        Quantity::Share(Share::Duplicated),
        Quantity::Share(Share::Parked),
        Quantity::Share(Share::Pending),
        Quantity::Count(Count::Sends),
        Quantity::Count(Count::Packets),
        Quantity::Count(Count::Deliveries),
        Quantity::Latency(Quantile::P50),
        Quantity::Latency(Quantile::P95),
        Quantity::Latency(Quantile::P99),
        Quantity::Latency(Quantile::Max),
        Quantity::Throughput,
        Quantity::Count(Count::Ids),
    ];

    /// Its name in files: `lost`, `sends_per_message`, `latency_p50_ms` and so on.
    pub const fn id(self) -> &'static str {
        match self {
            Quantity::Share(share) => share.word(),
            Quantity::Count(Count::Sends) => "sends_per_message",
            Quantity::Count(Count::Packets) => "packets_per_message",
            Quantity::Count(Count::Deliveries) => "deliveries_per_message",
            Quantity::Count(Count::Ids) => "dedup_ids",
            Quantity::Latency(Quantile::P50) => "latency_p50_ms",
            Quantity::Latency(Quantile::P95) => "latency_p95_ms",
            Quantity::Latency(Quantile::P99) => "latency_p99_ms",
            Quantity::Latency(Quantile::Max) => "latency_max_ms",
            Quantity::Throughput => "throughput_per_s",
        }
    }

    /// The quantity with this name in files.
    ///
    /// ```
    /// use ackground_core::measure::{Quantity, Share};
    ///
    /// assert_eq!(Quantity::of_id("lost"), Some(Quantity::Share(Share::Lost)));
    /// ```
    pub fn of_id(id: &str) -> Option<Quantity> {
        Quantity::ALL.into_iter().find(|quantity| quantity.id() == id)
    }

    /// Its plain name, short enough for a label.
    pub const fn name(self) -> &'static str {
        match self {
            Quantity::Share(Share::Once) => "Applied once",
            Quantity::Share(Share::Lost) => "Lost",
            Quantity::Share(Share::Silent) => "Lost silently",
            Quantity::Share(Share::Duplicated) => "Duplicated",
            Quantity::Share(Share::Parked) => "Parked",
            Quantity::Share(Share::Pending) => "Still pending",
            Quantity::Count(Count::Sends) => "Sends per message",
            Quantity::Count(Count::Packets) => "Packets per message",
            Quantity::Count(Count::Deliveries) => "Handler calls per message",
            Quantity::Count(Count::Ids) => "IDs kept",
            Quantity::Latency(Quantile::P50) => "Latency, median",
            Quantity::Latency(Quantile::P95) => "Latency, p95",
            Quantity::Latency(Quantile::P99) => "Latency, p99",
            Quantity::Latency(Quantile::Max) => "Latency, longest",
            Quantity::Throughput => "Throughput",
        }
    }

    /// What it says, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Quantity::Share(Share::Once) => "Messages whose primary effect happened exactly once.",
            Quantity::Share(Share::Lost) => {
                "Messages that never took effect and are not parked either."
            }
            Quantity::Share(Share::Silent) => {
                "Lost messages whose loss the producer does not know about."
            }
            Quantity::Share(Share::Duplicated) => {
                "Messages whose primary effect happened twice or more."
            }
            Quantity::Share(Share::Parked) => {
                "Messages in the dead letter queue, without their effect."
            }
            Quantity::Share(Share::Pending) => {
                "Messages that were still in progress when their run had to end."
            }
            Quantity::Count(Count::Sends) => "How often the producer sends a message.",
            Quantity::Count(Count::Packets) => {
                "Packets of every kind per message, acknowledgments included."
            }
            Quantity::Count(Count::Deliveries) => "How often the handler is called for a message.",
            Quantity::Count(Count::Ids) => {
                "The most IDs that consumer and broker keep at any time to recognise repeats."
            }
            Quantity::Latency(_) => {
                "From the business event to the first effect, for messages that take effect."
            }
            Quantity::Throughput => {
                "Messages that take effect per second, from the first business event to the last first effect."
            }
        }
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            Quantity::Share(_) => Unit::Share,
            Quantity::Count(Count::Ids) => Unit::Ids,
            Quantity::Count(_) => Unit::PerMessage,
            Quantity::Latency(_) => Unit::Millis,
            Quantity::Throughput => Unit::PerSecond,
        }
    }

    /// The number for a lane; `None` if there is none, such as a latency over no messages.
    pub fn of(self, lane: &LaneFigures) -> Option<Estimate> {
        match self {
            Quantity::Share(share) => Some(lane.share(share).estimate()),
            Quantity::Count(count) => Some(lane.count(count)),
            Quantity::Throughput => lane.throughput,
            Quantity::Latency(quantile) => {
                let latency = lane.latency?;
                let value = match quantile {
                    Quantile::P50 => latency.p50,
                    Quantile::P95 => latency.p95,
                    Quantile::P99 => latency.p99,
                    Quantile::Max => latency.max,
                };
                let interval = None;
                Some(Estimate { value, interval })
            }
        }
    }

    /// The difference between two lanes; `None` for latency and throughput, which are compared
    /// neither message by message nor run by run.
    pub fn difference(self, pair: &PairFigures) -> Option<Difference> {
        match self {
            Quantity::Share(share) => Some(pair.share(share)),
            Quantity::Count(count) => Some(pair.count(count)),
            Quantity::Latency(_) | Quantity::Throughput => None,
        }
    }
}

impl Unit {
    /// The number with its unit, to three significant digits: `9.75 %`, `1.23`, `412 ms`, `1.5 s`.
    ///
    /// ```
    /// use ackground_core::measure::Unit;
    ///
    /// assert_eq!(Unit::Share.words(0.09754), "9.75 %");
    /// assert_eq!(Unit::Millis.words(1504.0), "1.5 s");
    /// ```
    pub fn words(self, number: f64) -> String {
        match self {
            Unit::Share => format!("{} %", percent(number)),
            Unit::PerMessage | Unit::Ids => short(number),
            Unit::Millis if number.abs() >= 1000.0 => format!("{} s", short(number / 1000.0)),
            Unit::Millis => format!("{} ms", short(number)),
            Unit::PerSecond => format!("{} /s", short(number)),
        }
    }

    /// A difference, with its sign: `+1.2 points` for shares, otherwise the number with its unit.
    pub fn signed(self, difference: f64) -> String {
        let words = match self {
            Unit::Share => format!("{} points", short(difference * 100.0)),
            unit => unit.words(difference),
        };
        if difference > 0.0 { format!("+{words}") } else { words }
    }
}

/// A share in percent; close to 100 % the three significant digits are those of the remainder.
fn percent(share: f64) -> String {
    if !(0.99..1.0).contains(&share) {
        return short(share * 100.0);
    }
    let missing = short((1.0 - share) * 100.0);
    let places = missing.split_once('.').map_or(0, |(_, places)| places.len());
    format!("{:.places$}", share * 100.0)
}

/// A number to three significant digits, no trailing zeros, a true minus; an integer from 1000 on.
fn short(number: f64) -> String {
    let size = number.abs();
    let digits = if size >= 999.5 {
        money(size.round() as u64)
    } else {
        let mut places = 2;
        // Twelve decimals: even the largest measurement has no smaller share.
        let mut unit = 1.0;
        while size * unit < 0.9995 && size > 0.0 && places < 12 {
            unit *= 10.0;
            places += 1;
        }
        let whole = if size >= 99.95 { 2 } else { usize::from(size >= 9.995) };
        let text = format!("{size:.0$}", places - whole);
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    };
    match number < 0.0 && digits != "0" {
        true => format!("\u{2212}{digits}"),
        false => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_significant_digits() {
        for (number, told) in [
            (0.0, "0"),
            (1.0, "1"),
            (1.1096, "1.11"),
            (9.996, "10"),
            (12.345, "12.3"),
            (99.96, "100"),
            (123.4, "123"),
            (999.6, "1,000"),
            (1234.5, "1,235"),
            (0.1, "0.1"),
            (0.99961, "1"),
            (0.012345, "0.0123"),
            (0.000_384, "0.000384"),
            (1e-300, "0"),
            (-0.05, "\u{2212}0.05"),
            (-0.0, "0"),
        ] {
            assert_eq!(short(number), told, "{number}");
        }
    }

    #[test]
    fn units_are_said() {
        assert_eq!(Unit::Share.words(1.0), "100 %");
        assert_eq!(Unit::Share.words(0.999_996_16), "99.999616 %");
        assert_eq!(Unit::Share.signed(-0.0975), "\u{2212}9.75 points");
        assert_eq!(Unit::PerMessage.signed(0.5), "+0.5");
        assert_eq!(Unit::Millis.words(0.25), "0.25 ms");
        assert_eq!(Unit::PerSecond.words(0.988), "0.988 /s");
    }

    #[test]
    fn every_quantity_has_a_name_of_its_own_and_a_sentence() {
        for quantity in Quantity::ALL {
            assert_eq!(Quantity::of_id(quantity.id()), Some(quantity));
            assert!(quantity.name().len() <= 26, "{}", quantity.name());
            assert!(quantity.sentence().ends_with('.'), "{}", quantity.sentence());
        }
        let names: std::collections::BTreeSet<_> = Quantity::ALL.map(Quantity::name).into();
        assert_eq!(names.len(), Quantity::ALL.len());
    }
}

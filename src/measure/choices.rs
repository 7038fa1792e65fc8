//! The choices in Measure: how many messages, the reference lane, and what is plotted against what.

use crate::measure::model::picks::ChartId;
use crate::measure::model::plan::QUICK;
use crate::state::taken::Taken;
use ackground_core::experiment::Lanes;
use ackground_core::measure::sweep::Axis;
use ackground_core::measure::{Quantity, Share};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureChoices {
    /// Minimum number of messages per lane.
    pub messages: u64,
    /// The ready-made chart that is shown instead of the sweep, with its own setup, axis and quantity.
    pub chart: Option<ChartId>,
    /// The axis of the sweep.
    pub x: Axis,
    /// The quantity plotted.
    pub y: Quantity,
    /// The index of the reference lane, which may be out of range.
    pub against: usize,
}

impl Default for MeasureChoices {
    fn default() -> MeasureChoices {
        MeasureChoices {
            messages: QUICK,
            chart: None,
            x: Axis::of("faults.loss.ack").expect("the loss of acknowledgments is a rate"),
            y: Quantity::Share(Share::Duplicated),
            against: 0,
        }
    }
}

impl MeasureChoices {
    pub const MOST_MESSAGES: u64 = 10_000_000;

    pub(crate) fn write(&self) -> Vec<(&'static str, String)> {
        let default = MeasureChoices::default();
        let chart = self.chart.map_or("", ChartId::word);
        let choices = [
            (self.chart.is_some(), "chart", chart.to_owned()),
            (self.x != default.x, "x", self.x.path()),
            (self.y != default.y, "y", self.y.id().to_owned()),
            (self.messages != default.messages, "messages", self.messages.to_string()),
            (self.against != default.against, "against", (self.against + 1).to_string()),
        ];
        let chosen = choices.into_iter().filter(|(differs, ..)| *differs);
        chosen.map(|(_, key, value)| (key, value)).collect()
    }

    pub(crate) fn take(&mut self, key: &str, value: &str) -> Taken {
        match key {
            "x" => match Axis::of(value) {
                Some(axis) if axis.lane().is_none_or(|lane| lane < Lanes::MOST) => self.x = axis,
                _ => {
                    return Taken::BadValue(
                        "the path of a number, such as faults.loss.ack or producer.retries"
                            .to_owned(),
                    );
                }
            },
            "chart" => match ChartId::from_word(value) {
                Some(chart) => self.chart = Some(chart),
                None => {
                    let words = ChartId::ALL.map(ChartId::word);
                    return Taken::BadValue(format!("one of {}", words.join(", ")));
                }
            },
            "y" => match Quantity::of_id(value) {
                Some(quantity) => self.y = quantity,
                None => {
                    let ids = Quantity::ALL.map(Quantity::id);
                    return Taken::BadValue(format!("one of {}", ids.join(", ")));
                }
            },
            "messages" => match value.parse() {
                Ok(messages) if (1..=Self::MOST_MESSAGES).contains(&messages) => {
                    self.messages = messages;
                }
                _ => return Taken::BadValue(format!("1 to {}", Self::MOST_MESSAGES)),
            },
            "against" => match value.parse::<usize>() {
                Ok(lane) if (1..=Lanes::MOST).contains(&lane) => self.against = lane - 1,
                _ => return Taken::BadValue(format!("1 to {}", Lanes::MOST)),
            },
            _ => return Taken::UnknownKey,
        }
        Taken::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_as_they_were_written() {
        let mut choices = MeasureChoices::default();
        assert_eq!(choices.write(), []);
        for (key, value) in [
            ("x", "lanes[1].producer.retries"),
            ("y", "latency_p99_ms"),
            ("messages", "100000"),
            ("against", "2"),
            ("chart", "ack-loss"),
        ] {
            assert_eq!(choices.take(key, value), Taken::Yes, "{key}");
        }
        let mut again = MeasureChoices::default();
        for (key, value) in choices.write() {
            assert_eq!(again.take(key, &value), Taken::Yes);
        }
        assert_eq!(again, choices);
        assert_eq!(again.x.path(), "lanes[1].producer.retries");
    }

    #[test]
    fn what_cannot_be_chosen_is_refused_and_changes_nothing() {
        let mut choices = MeasureChoices::default();
        for (key, value) in [
            ("x", "producer.acks"),
            ("x", "lanes[9].producer.retries"),
            ("y", "luck"),
            ("chart", "luck"),
            ("messages", "0"),
            ("messages", "10000001"),
            ("against", "0"),
            ("against", "5"),
        ] {
            let taken = choices.take(key, value);
            assert!(matches!(taken, Taken::BadValue(_)), "{key}={value}");
        }
        assert_eq!(choices.take("z", "1"), Taken::UnknownKey);
        assert_eq!(choices, MeasureChoices::default());
    }
}

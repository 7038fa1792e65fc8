//! What is chosen in Measure: how many messages, and what is plotted against what.

use super::Taken;

/// How many messages are measured, and along which axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureChoices {
    /// Messages per lane.
    pub messages: u64,
    /// What varies: the path of a value, such as `faults.loss.ack`; nothing for a single point.
    pub x: Option<String>,
    /// What is plotted: the word of a quantity, such as `duplicated`.
    pub y: Option<String>,
}

impl Default for MeasureChoices {
    fn default() -> MeasureChoices {
        MeasureChoices {
            messages: 100_000,
            x: None,
            y: None,
        }
    }
}

impl MeasureChoices {
    /// The most messages that can be chosen.
    pub const MOST_MESSAGES: u64 = 10_000_000;
    /// The longest word that is taken from an address.
    const LONGEST: usize = 80;

    pub(super) fn write(&self) -> Vec<(&'static str, String)> {
        let default = MeasureChoices::default();
        let messages = (self.messages != default.messages).then(|| self.messages.to_string());
        let choices = [
            ("x", self.x.clone()),
            ("y", self.y.clone()),
            ("messages", messages),
        ];
        let chosen = choices.into_iter();
        chosen
            .filter_map(|(key, value)| Some((key, value?)))
            .collect()
    }

    pub(super) fn take(&mut self, key: &str, value: &str) -> Taken {
        let word = || {
            let fits = !value.is_empty() && value.len() <= Self::LONGEST;
            fits.then(|| value.to_owned())
        };
        match key {
            "messages" => match value.parse() {
                Ok(messages) if (1..=Self::MOST_MESSAGES).contains(&messages) => {
                    self.messages = messages;
                    Taken::Yes
                }
                _ => Taken::BadValue(format!("1 to {}", Self::MOST_MESSAGES)),
            },
            "x" | "y" => match word() {
                None => Taken::BadValue("a word".to_owned()),
                word if key == "x" => {
                    self.x = word;
                    Taken::Yes
                }
                word => {
                    self.y = word;
                    Taken::Yes
                }
            },
            _ => Taken::UnknownKey,
        }
    }
}

//! The choices in Prove: the bounds of the search.

use crate::state::taken::Taken;
use ackground_core::prove::{Bounds, Kinds};

/// The bounds, within what the page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProveChoices {
    faults: u8,
    messages: u16,
    kinds: Kinds,
}

/// Three faults over two messages, of the default kinds: the same bounds as for the labels over the lanes.
impl Default for ProveChoices {
    fn default() -> ProveChoices {
        ProveChoices { faults: 3, messages: 2, kinds: Kinds::default() }
    }
}

impl ProveChoices {
    pub const MOST_FAULTS: u8 = 4;
    pub const MOST_MESSAGES: u16 = 4;

    /// From 0 to [`ProveChoices::MOST_FAULTS`].
    pub fn faults(self) -> u8 {
        self.faults
    }

    /// From 1 to [`ProveChoices::MOST_MESSAGES`].
    pub fn messages(self) -> u16 {
        self.messages
    }

    pub fn kinds(self) -> Kinds {
        self.kinds
    }

    /// Clamped to what can be chosen.
    #[must_use]
    pub fn with_faults(self, faults: u8) -> ProveChoices {
        let faults = faults.min(Self::MOST_FAULTS);
        ProveChoices { faults, ..self }
    }

    /// Clamped to what can be chosen.
    #[must_use]
    pub fn with_messages(self, messages: u16) -> ProveChoices {
        let messages = messages.clamp(1, Self::MOST_MESSAGES);
        ProveChoices { messages, ..self }
    }

    #[must_use]
    pub fn with_kinds(self, kinds: Kinds) -> ProveChoices {
        ProveChoices { kinds, ..self }
    }

    pub fn bounds(self) -> Bounds {
        Bounds {
            faults: self.faults,
            messages: self.messages,
            kinds: self.kinds,
            ..Bounds::default()
        }
    }

    pub(crate) fn write(self) -> Vec<(&'static str, String)> {
        let default = ProveChoices::default();
        let choices = [
            (self.faults != default.faults, "faults", self.faults.to_string()),
            (self.messages != default.messages, "messages", self.messages.to_string()),
            (self.kinds != default.kinds, "kinds", self.kinds.to_string()),
        ];
        let chosen = choices.into_iter().filter(|(differs, ..)| *differs);
        chosen.map(|(_, key, value)| (key, value)).collect()
    }

    pub(crate) fn take(&mut self, key: &str, value: &str) -> Taken {
        match key {
            "faults" => match value.parse() {
                Ok(faults) if faults <= Self::MOST_FAULTS => self.faults = faults,
                _ => return Taken::BadValue(format!("0 to {}", Self::MOST_FAULTS)),
            },
            "messages" => match value.parse() {
                Ok(messages) if (1..=Self::MOST_MESSAGES).contains(&messages) => {
                    self.messages = messages;
                }
                _ => return Taken::BadValue(format!("1 to {}", Self::MOST_MESSAGES)),
            },
            "kinds" => match value.parse::<Kinds>() {
                Ok(kinds) => self.kinds = kinds,
                Err(unknown) => return Taken::BadValue(unknown.to_string()),
            },
            _ => return Taken::UnknownKey,
        }
        Taken::Yes
    }
}

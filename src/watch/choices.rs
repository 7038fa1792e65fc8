//! The choice in Watch: which picture of a run is drawn.

use crate::state::taken::Taken;

/// The key in the address.
const PICTURE: &str = "picture";

ackground_core::words! {
    /// A kind of picture.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Picture {
        /// Space-time diagram: time runs downward, every packet is an arrow.
        #[default]
        Timeline = ("timeline", "Timeline"),
        /// A snapshot: what every participant holds, and what is in transit.
        Flow = ("flow", "Flow"),
    }
}

impl Picture {
    /// What it shows, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Picture::Timeline => "Everything that happens, with time running downward.",
            Picture::Flow => "One moment: what each part holds, and what is on its way.",
        }
    }

    #[must_use]
    pub const fn other(self) -> Picture {
        match self {
            Picture::Timeline => Picture::Flow,
            Picture::Flow => Picture::Timeline,
        }
    }

    pub(crate) fn write(self) -> Vec<(&'static str, String)> {
        match self {
            Picture::Timeline => Vec::new(),
            Picture::Flow => vec![(PICTURE, self.word().to_owned())],
        }
    }

    pub(crate) fn take(&mut self, key: &str, value: &str) -> Taken {
        if key != PICTURE {
            return Taken::UnknownKey;
        }
        match Picture::from_word(value) {
            Some(picture) => {
                *self = picture;
                Taken::Yes
            }
            None => Taken::BadValue(Picture::ALL.map(Picture::word).join(", ")),
        }
    }
}

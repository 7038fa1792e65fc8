//! What is chosen in Watch: which of the two pictures of a run is shown.

use crate::state::taken::Taken;

/// The key of the picture in the address.
const PICTURE: &str = "picture";

/// A way to draw a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture {
    /// Space-time: time runs downward, every packet is an arrow.
    #[default]
    Timeline,
    /// The moment: what every participant holds, and what is on its way.
    Flow,
}

impl Picture {
    /// Every picture, in the order of the switch.
    pub const ALL: [Picture; 2] = [Picture::Timeline, Picture::Flow];

    /// The word in the address: `timeline` or `flow`.
    pub const fn word(self) -> &'static str {
        match self {
            Picture::Timeline => "timeline",
            Picture::Flow => "flow",
        }
    }

    /// The word on the switch.
    pub const fn label(self) -> &'static str {
        match self {
            Picture::Timeline => "Timeline",
            Picture::Flow => "Flow",
        }
    }

    /// What it shows, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Picture::Timeline => "Everything that happens, with time running downward.",
            Picture::Flow => "One moment: what everyone holds, and what is on its way.",
        }
    }

    /// The other one.
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
        match Picture::ALL.into_iter().find(|it| it.word() == value) {
            Some(picture) => {
                *self = picture;
                Taken::Yes
            }
            None => Taken::BadValue(Picture::ALL.map(Picture::word).join(", ")),
        }
    }
}

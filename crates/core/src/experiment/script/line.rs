//! The kinds of script line: each kind of fault, its first word and what follows, declared once.
//! Reading, printing and every question about a line are derived from that.

use std::fmt;

use super::parse::Words;
use super::{Carrier, Crash, Cut, Kill, LineError, Ordinal, Packet, Spot};
use crate::experiment::settings::Millis;
use crate::experiment::value::choice;

/// A part of a line that can be read and written.
pub(super) trait Field: Sized {
    /// Reads it from the next words.
    fn read(words: &mut Words<'_>) -> Result<Self, LineError>;

    /// Writes it in the form in which it is read.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// What it tells of the line.
    fn tell(&self, _: &mut About) {}
}

/// What the parts of a line tell of it.
#[derive(Default)]
pub(super) struct About {
    pub(super) message: Option<Ordinal>,
    pub(super) spot: Option<Spot>,
    pub(super) longest: Option<Millis>,
}

macro_rules! lines {
    (
        $(#[$kinds:meta])*
        $kind:ident;
        $(#[$lines:meta])*
        $line:ident;
        $(
            #[doc = $doc:literal]
            $variant:ident($($field:ident: $type:ty),+) = $word:literal,
        )+
    ) => {
        choice! {
            $(#[$kinds])*
            pub enum $kind {
                $( #[doc = $doc] $variant = $word, )+
            }
        }

        $(#[$lines])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $line {
            $( #[doc = $doc] $variant($($type),+), )+
        }

        impl $line {
            /// What kind of fault it is.
            pub const fn kind(&self) -> $kind {
                match self {
                    $( $line::$variant(..) => $kind::$variant, )+
                }
            }

            fn about(&self) -> About {
                let mut about = About::default();
                match self {
                    $( $line::$variant($($field),+) => { $( $field.tell(&mut about); )+ } )+
                }
                about
            }

            /// The rest of a line of this kind.
            pub(super) fn read(kind: $kind, words: &mut Words<'_>) -> Result<Self, LineError> {
                Ok(match kind {
                    $( $kind::$variant => $line::$variant($(<$type>::read(words)?),+), )+
                })
            }
        }

        impl fmt::Display for $line {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.kind().word())?;
                match self {
                    $( $line::$variant($($field),+) => {
                        $( f.write_str(" ")?; $field.write(f)?; )+
                    } )+
                }
                Ok(())
            }
        }
    };
}

impl Line {
    /// The message that the line is about; `None` for a partition, which is about all.
    pub fn message(&self) -> Option<u64> {
        self.about().message.map(Ordinal::get)
    }

    /// Which message, and which time; `None` where a line is about more than one time.
    pub fn spot(&self) -> Option<Spot> {
        self.about().spot
    }

    /// The longest time that the line asks for.
    pub(crate) fn longest(&self) -> Option<Millis> {
        self.about().longest
    }
}

lines! {
    /// A kind of fault: the first word of a script line.
    Kind;
    /// One line of the script: one exact fault.
    ///
    /// ```
    /// use ackground_core::experiment::script::{Crash, Line};
    ///
    /// let line: Line = "crash consumer after credit 3#1".parse()?;
    /// assert!(matches!(line, Line::Crash(Crash::Consumer(..), _)));
    /// assert_eq!(line.to_string(), "crash consumer after credit 3");
    ///
    /// let error = "drop publish-akc 2".parse::<Line>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "column 6: \"publish-akc\" is not a packet; did you mean \"publish-ack\"?"
    /// );
    /// # Ok::<(), ackground_core::experiment::script::LineError>(())
    /// ```
    Line;
    /// The packet is lost.
    Drop(packet: Packet, spot: Spot) = "drop",
    /// The packet arrives twice.
    Duplicate(carrier: Carrier, spot: Spot) = "duplicate",
    /// The packet takes this much longer, in milliseconds.
    Delay(packet: Packet, spot: Spot, by: Millis) = "delay",
    /// A node crashes.
    Crash(crash: Crash, spot: Spot) = "crash",
    /// The handler call fails.
    Fail(spot: Spot) = "fail",
    /// Every handler call for this message fails.
    Poison(message: Ordinal) = "poison",
    /// The handler call takes this much longer, in milliseconds.
    Slow(spot: Spot, by: Millis) = "slow",
    /// A side is cut off from the broker, from one time of the run until another, in milliseconds; the first is before the second.
    Partition(cut: Cut, time: (Millis, Millis)) = "partition",
    /// The process of a node is killed, and its machine stays up: what was written survives.
    Kill(kill: Kill, spot: Spot) = "kill",
}

//! What to know about a share link before copying it: how far its length carries, and what it leaves out.

/// The longest URL, in characters, that chat programs, mail and old browsers pass on whole.
const CARRIED_EVERYWHERE: usize = 2_000;
/// The longest URL, in characters, that link shorteners, wikis and most editors pass on whole.
const CARRIED_BY_MOST: usize = 8_000;

/// What the link never holds, a phrase each: whoever opens it gets results computed afresh, and a page of their
/// own.
pub const LEFT_OUT: [&str; 4] = [
    "results of Prove and Measure: they are computed afresh where the link is opened, with the same outcome",
    "undo history",
    "the theme, the playback speed and open panels",
    "the setup and the message in an open panel",
];

/// Said of the address of a page opened from disk.
pub const FROM_DISK: &str = "This copy was opened from a disk, and its address works on this machine only. What begins \
    with # works behind the address of any copy, such as one on the web; a file works everywhere.";

/// How widely a URL of this length works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It works everywhere.
    Everywhere,
    /// Some chat and mail programs cut it off.
    Most,
    /// Many programs cut it off.
    Few,
}

impl Reach {
    /// The reach of a URL of `length` characters.
    pub const fn of(length: usize) -> Reach {
        match length {
            0..=CARRIED_EVERYWHERE => Reach::Everywhere,
            _ if length <= CARRIED_BY_MOST => Reach::Most,
            _ => Reach::Few,
        }
    }

    /// What to do about it; `None` where nothing needs doing.
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Reach::Everywhere => None,
            Reach::Most => Some(
                "Above 2,000 characters some chat and mail programs cut an address. A file is safer.",
            ),
            Reach::Few => Some(
                "Above 8,000 characters many programs cut an address. Pass it on as a file instead.",
            ),
        }
    }
}

/// A count with commas between thousands.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_is_said_to_be_long() {
        assert_eq!(Reach::of(2_000), Reach::Everywhere);
        assert_eq!(Reach::of(2_001), Reach::Most);
        assert_eq!(Reach::of(8_001), Reach::Few);
        assert!(Reach::Everywhere.warning().is_none() && Reach::Few.warning().is_some());
    }

    #[test]
    fn thousands_have_a_comma() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(12_345_678), "12,345,678");
    }
}

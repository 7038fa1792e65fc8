//! The share link: the text after `#` in the address of the page.
//!
//! A link is `v1.` and then base64url (without padding) of
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | how the content is packed: 0 as it is, 1 by deflate with the first dictionary |
//! | 1 to 3 | length of the content in bytes, seven bits a byte, the low ones first |
//! | that many | the content: the experiment as compact JSON |
//! | 4 | CRC-32 of everything before, the low byte first |
//!
//! The beginning up to the first point names the form, so that other forms can come later, and the
//! form ends at the first `&`: what follows is the page's own, such as the moment that it shows.
//! A link that was once given out is read for ever: forms and packings are added, never changed.
//!
//! This file owns the form; `pack` owns the packing; what an experiment may be is not known here.

mod pack;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

use super::mistake::short;
use super::{Experiment, LONGEST_DOCUMENT, Mistakes};

/// The longest link that is read, in bytes: a document of the greatest length, not compressed.
const LONGEST_LINK: usize = 4 + (LONGEST_DOCUMENT + 16).div_ceil(3) * 4;

/// The form that this release writes.
const FORM: &str = "v1.";

/// Stray bits in the last character are let pass: the checksum is the judge.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    NO_PAD.with_decode_allow_trailing_bits(true),
);

/// Why a link gives no experiment. Its text is a sentence for the person who followed the link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// It begins like no form that there is; with the beginning.
    UnknownForm(String),
    /// It is of a form that is newer than this release; with its beginning.
    Newer(String),
    /// It is of a known form, and packed in a way that is newer than this release.
    NewerPacking,
    /// It is longer than any experiment needs.
    TooLong,
    /// The end is missing.
    CutOff,
    /// Something in it was changed.
    Damaged,
    /// It was carried over whole, but what it holds is not an experiment that this release runs.
    NotAnExperiment(Mistakes),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::UnknownForm(start) => write!(
                f,
                "This is not an Ackground link: it begins with \"{start}\", and a link begins with \"{FORM}\"."
            ),
            LinkError::Newer(start) => write!(
                f,
                "This link begins with \"{start}\": it was made by a newer Ackground than this one, which reads \"{FORM}\"."
            ),
            LinkError::NewerPacking => f.write_str(
                "This link was made by a newer Ackground than this one, which cannot unpack it. Open it in the newer one, or ask for the experiment as a file.",
            ),
            LinkError::TooLong => f.write_str("This link is longer than any experiment needs."),
            LinkError::CutOff => f.write_str(
                "This link is cut off: its end is missing. Copy it again from where it came from.",
            ),
            LinkError::Damaged => f.write_str(
                "This link is damaged: something in it was changed on its way. Copy it again from where it came from.",
            ),
            LinkError::NotAnExperiment(mistakes) => write!(
                f,
                "This link is whole, but what it holds cannot be run here:\n{mistakes}"
            ),
        }
    }
}

impl std::error::Error for LinkError {}

impl Experiment {
    /// The experiment as the text after `#` in the address of the page.
    ///
    /// ```
    /// use ackground::experiment::Experiment;
    ///
    /// let experiment = Experiment::default();
    /// let url = format!("https://example.org/ackground/#{}", experiment.to_link());
    /// assert_eq!(Experiment::from_link(&url)?, Some(experiment));
    /// assert_eq!(Experiment::from_link("https://example.org/ackground/")?, None);
    /// # Ok::<(), ackground::experiment::LinkError>(())
    /// ```
    pub fn to_link(&self) -> String {
        encode(&self.to_json_compact())
    }

    /// Reads a link: a whole address, or what follows its `#`, with or without that. `None` when
    /// there is nothing after `#`.
    ///
    /// # Errors
    ///
    /// What is wrong with the link. Memory stays below a few times [`LONGEST_DOCUMENT`] whatever
    /// the link holds.
    pub fn from_link(link: &str) -> Result<Option<Self>, LinkError> {
        match decode(link)? {
            Some(json) => Experiment::from_json(&json)
                .map(Some)
                .map_err(LinkError::NotAnExperiment),
            None => Ok(None),
        }
    }
}

/// Whether a text given on a command line is meant as a link rather than as the name of a file.
///
/// ```
/// use ackground::experiment::link::looks_like_link;
///
/// assert!(looks_like_link("https://example.org/#v1.AA"));
/// assert!(looks_like_link("#v1.AA"));
/// assert!(looks_like_link("v1.AbCdEfGhIjKlMnOpQr"));
/// assert!(!looks_like_link("v1.json"));
/// assert!(!looks_like_link("-"));
/// ```
pub fn looks_like_link(text: &str) -> bool {
    let text = text.trim();
    let packed = |rest: &str| rest.len() >= 16 && rest.bytes().all(in_alphabet);
    text.contains("://") || text.starts_with('#') || text.strip_prefix(FORM).is_some_and(packed)
}

fn in_alphabet(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'-' || c == b'_'
}

/// The part of an address that names the experiment: after `#`, before any `&`, without blanks and
/// punctuation that a sentence around the link left at its end.
fn body(link: &str) -> &str {
    let link = link.trim();
    let fragment = match link.split_once('#') {
        Some((_, fragment)) => fragment,
        None if link.contains("://") => "",
        None => link,
    };
    let body = fragment.split('&').next().unwrap_or_default();
    body.trim_end_matches(|c: char| !u8::try_from(c).is_ok_and(in_alphabet))
}

/// Puts the JSON of an experiment into a link.
pub fn encode(json: &str) -> String {
    format!("{FORM}{}", seal(json))
}

/// A text packed, with its length and its checksum: what follows the name of a form.
pub(crate) fn seal(json: &str) -> String {
    let (packing, content) = pack::pack(json);
    let mut bytes = vec![packing];
    let mut length = content.len();
    loop {
        let low = (length & 0x7f) as u8;
        length >>= 7;
        bytes.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    bytes.extend(content);
    let sum = crc32(&bytes);
    bytes.extend(sum.to_le_bytes());
    BASE64.encode(bytes)
}

/// Takes the JSON out of a link, without a look at what it says; `None` when there is nothing after
/// `#`.
///
/// # Errors
///
/// What is wrong with the link; never [`LinkError::NotAnExperiment`].
pub fn decode(link: &str) -> Result<Option<String>, LinkError> {
    let body = body(link);
    if body.is_empty() {
        return Ok(None);
    }
    let Some(rest) = body.strip_prefix(FORM) else {
        return Err(unread(body));
    };
    open(rest).map(Some)
}

/// The text that [`seal`] packed.
///
/// # Errors
///
/// It is too long, cut off, changed, or packed in a way that is not known here.
pub(crate) fn open(rest: &str) -> Result<String, LinkError> {
    if rest.len() > LONGEST_LINK {
        return Err(LinkError::TooLong);
    }
    // One character over whole groups of four holds no byte: it is what a cut left of a group.
    let whole = if rest.len() % 4 == 1 && rest.is_ascii() {
        &rest[..rest.len() - 1]
    } else {
        rest
    };
    let bytes = BASE64.decode(whole).map_err(|_| LinkError::Damaged)?;
    let (packing, start, length) = header(&bytes)?;
    let end = start.checked_add(length).ok_or(LinkError::Damaged)?;
    let Some(sum) = bytes.get(end..).and_then(|sum| sum.get(..4)) else {
        return Err(LinkError::CutOff);
    };
    if bytes.len() != end + 4 || sum != crc32(&bytes[..end]).to_le_bytes() {
        return Err(LinkError::Damaged);
    }
    match pack::unpack(packing, &bytes[start..end]) {
        Some(json) => Ok(json),
        // The sum is right, so this is not an accident: a packing of a later release, or a forgery.
        None if packing > pack::NEWEST => Err(LinkError::NewerPacking),
        None => Err(LinkError::Damaged),
    }
}

/// The packing, where the content starts, and its length.
fn header(bytes: &[u8]) -> Result<(u8, usize, usize), LinkError> {
    let packing = *bytes.first().ok_or(LinkError::CutOff)?;
    let mut length = 0;
    for i in 0..3 {
        let byte = *bytes.get(1 + i).ok_or(LinkError::CutOff)?;
        length |= usize::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Ok((packing, 2 + i, length));
        }
    }
    Err(LinkError::Damaged)
}

/// Why the beginning of a link is not read here.
fn unread(body: &str) -> LinkError {
    let (start, point) = match body.find('.') {
        Some(at) => (&body[..at], "."),
        None => (body, ""),
    };
    let version = start.strip_prefix('v').unwrap_or_default();
    let is_version = !version.is_empty() && version.bytes().all(|c| c.is_ascii_digit());
    let shown: String = short(start).chars().take(16).collect();
    if format!("{start}.") == FORM {
        LinkError::CutOff
    } else if is_version {
        LinkError::Newer(shown + point)
    } else {
        LinkError::UnknownForm(shown)
    }
}

/// CRC-32 as in zip files, bit by bit: links are short.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(link: &str) -> LinkError {
        Experiment::from_link(link).expect_err(link)
    }

    #[test]
    fn nothing_after_the_mark_is_no_experiment() {
        for link in [
            "",
            "#",
            "  ",
            "https://example.org/a/",
            "https://example.org/#",
            "#&t=5",
        ] {
            assert_eq!(Experiment::from_link(link), Ok(None), "{link}");
        }
    }

    #[test]
    fn a_link_is_found_in_what_people_paste() {
        let experiment = Experiment::default();
        let link = experiment.to_link();
        for pasted in [
            link.clone(),
            format!("#{link}"),
            format!(" https://example.org/a/?embed#{link}\n"),
            format!("<https://example.org/#{link}>."),
            format!("(see https://example.org/#{link})…"),
            format!("#{link}&t=1500&theme=dark"),
        ] {
            assert_eq!(
                Experiment::from_link(&pasted).as_ref(),
                Ok(&Some(experiment.clone())),
                "{pasted}"
            );
        }
    }

    #[test]
    fn a_cut_link_is_called_cut_off() {
        let link = Experiment::default().to_link();
        for end in 2..link.len() {
            assert_eq!(refused(&link[..end]), LinkError::CutOff, "{}", &link[..end]);
        }
    }

    #[test]
    fn a_changed_character_never_goes_unseen() {
        let link = Experiment::default().to_link();
        // The last character carries two bits that mean nothing.
        for i in FORM.len()..link.len() - 1 {
            let other = if &link[i..=i] == "A" { "B" } else { "A" };
            let changed = format!("{}{other}{}", &link[..i], &link[i + 1..]);
            assert!(
                matches!(
                    refused(&changed),
                    LinkError::Damaged | LinkError::CutOff | LinkError::NewerPacking
                ),
                "character {i}"
            );
        }
        let lower = refused(&link.to_lowercase());
        assert!(
            matches!(lower, LinkError::Damaged | LinkError::CutOff),
            "{lower:?}"
        );
        assert_eq!(refused(&format!("{link}AAAA")), LinkError::Damaged);
        assert_eq!(refused("#v1.über"), LinkError::Damaged);
    }

    #[test]
    fn another_beginning_is_named() {
        assert_eq!(refused("#v2.abcdef"), LinkError::Newer("v2.".to_owned()));
        assert_eq!(
            refused("#payment/at-least-once"),
            LinkError::UnknownForm("payment/at-least".to_owned())
        );
        assert_eq!(refused("#ünï.x"), LinkError::UnknownForm("ünï".to_owned()));
        assert_eq!(refused("v1"), LinkError::CutOff);
    }

    #[test]
    fn a_whole_link_with_something_else_inside_says_what_is_wrong_with_it() {
        let link = encode(r#"{"version":1,"lanes":[{"producer":{"retries":2000}}]}"#);
        assert_eq!(
            refused(&link).to_string(),
            "This link is whole, but what it holds cannot be run here:\n\
             lanes[0].producer.retries: 2000 is not allowed; \
             a whole number from 0 to 1000 or \"unlimited\""
        );
        assert!(matches!(
            refused(&encode("")),
            LinkError::NotAnExperiment(_)
        ));
    }

    #[test]
    fn a_later_packing_and_a_too_long_link_are_refused() {
        let mut bytes = vec![pack::NEWEST + 1, 1, 0];
        bytes.extend(crc32(&bytes).to_le_bytes());
        let link = format!("{FORM}{}", BASE64.encode(&bytes));
        assert_eq!(refused(&link), LinkError::NewerPacking);
        let long = format!("{FORM}{}", "A".repeat(LONGEST_LINK + 1));
        assert_eq!(refused(&long), LinkError::TooLong);
    }

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(
            crc32(b"123456789"),
            0xcbf4_3926,
            "the check value of CRC-32"
        );
    }

    #[test]
    fn the_first_screen_has_a_short_link() {
        let link = Experiment::default().to_link();
        assert!(link.len() <= 100, "{} characters: {link}", link.len());
    }
}

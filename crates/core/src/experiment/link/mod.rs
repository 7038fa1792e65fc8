//! The share link: the text after `#` in the address of the page.
//!
//! There are two forms. An experiment is written in the readable one whenever that can express all
//! of it and stays short.
//!
//! | form | such as | says |
//! |---|---|---|
//! | [`readable`] | `payment/at-least-once+atomic/drop-publish-ack-1` | built-in scenarios, presets and what differs from them, what goes wrong |
//! | packed | `v1.AQtD9QR2m5DNi60FAILZz1o` | everything |
//!
//! A packed link is `v1.` and then base64url (without padding) of
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | how the content is packed: 0 as it is, 1 by deflate with the first dictionary |
//! | 1 to 3 | length of the content in bytes, seven bits a byte, least significant first |
//! | that many | the content: the experiment as compact JSON |
//! | 4 | CRC-32 of everything before, least significant byte first |
//!
//! **A link that was once given out can be read for ever.** Forms, packings and words are added,
//! never changed; `tests/golden/links.txt` holds links of every form and what they mean. A readable
//! link means what its words meant in version 1 of the format: ids of scenarios and presets never
//! change their meaning (`preset/frozen.txt`), nor do the defaults (`tests/golden/defaults.json`).
//! Should any of that ever have to mean something else, the new meaning gets a version prefix,
//! `2/payment/…`. Scenarios begin with a letter, so a link without a number is of version 1 for
//! good, and this release already answers such a number with a sentence.
//!
//! A link ends at the first `&`: what follows belongs to the page, such as the moment it shows. A
//! link consists of letters, digits and `-._/+,=%` only, and ends with a letter or a digit or, if
//! packed, with `-` or `_`: no browser, chat program or Markdown renderer changes it or cuts part
//! of it off.

mod error;
mod pack;
mod packed;
pub mod readable;

pub use error::LinkError;
pub use packed::encode;
pub use packed::{decode as open, seal};

use super::mistake::short;
use super::{Experiment, Mistake, Mistakes};
use packed::FORM;

/// The most characters of a readable link that is still easy to read; beyond that a shorter packed
/// one takes its place.
pub const LONGEST_READABLE: usize = 240;

/// The content of a link, as far as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The experiment.
    pub experiment: Experiment,
    /// What was left out of it, and why. The path of a mistake is the part of a readable link, or
    /// the path in the document of a packed one.
    pub left_out: Vec<Mistake>,
}

impl Experiment {
    /// The experiment as the text after `#` in the page's address: readable if that takes at most
    /// [`LONGEST_READABLE`] characters or is shorter than packed, otherwise packed.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    ///
    /// let experiment = Experiment::default();
    /// assert_eq!(
    ///     experiment.to_link(),
    ///     "payment/at-most-once,at-least-once,effectively-once/drop-publish-2/crash-consumer-before-ack-3"
    /// );
    /// let url = format!("https://example.org/ackground/#{}", experiment.to_link());
    /// assert_eq!(Experiment::from_link(&url)?, Some(experiment));
    /// assert_eq!(Experiment::from_link("https://example.org/ackground/")?, None);
    /// # Ok::<(), ackground_core::experiment::LinkError>(())
    /// ```
    pub fn to_link(&self) -> String {
        let readable = self.to_readable_link();
        if let Some(link) = &readable
            && link.len() <= LONGEST_READABLE
        {
            return link.clone();
        }
        let packed = self.to_packed_link();
        match readable {
            Some(link) if link.len() < packed.len() => link,
            _ => packed,
        }
    }

    /// The readable link, however long; `None` if it cannot express something in the experiment,
    /// such as a custom scenario.
    pub fn to_readable_link(&self) -> Option<String> {
        let link = readable::write(&self.to_tree())?;
        // Verified by reading it back: a link that would not round-trip is not handed out.
        (Experiment::from_link(&link).as_ref() == Ok(&Some(self.clone()))).then_some(link)
    }

    /// The packed link, which can hold every experiment.
    pub fn to_packed_link(&self) -> String {
        encode(&self.to_json_compact())
    }

    /// Reads a link: a whole address, or what follows its `#`, with or without the `#`. `None` if
    /// there is nothing after `#`.
    ///
    /// # Errors
    /// What is wrong with the link, every part of it. Memory stays below a few times
    /// [`LONGEST_DOCUMENT`](super::LONGEST_DOCUMENT), whatever the link contains.
    pub fn from_link(link: &str) -> Result<Option<Self>, LinkError> {
        let Some(Opened { experiment, left_out }) = Self::open_link(link)? else {
            return Ok(None);
        };
        match Mistakes::of(left_out) {
            None => Ok(Some(experiment)),
            Some(mistakes) if body(link).starts_with(FORM) => {
                Err(LinkError::NotAnExperiment(mistakes))
            }
            Some(mistakes) => Err(LinkError::NotUnderstood(mistakes)),
        }
    }

    /// Like [`Experiment::from_link`], but leaves out what is wrong in the link and reports it.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    ///
    /// let opened = Experiment::open_link("#payment/at-least-once+atomc/drop-ack-1")?.unwrap();
    /// assert_eq!(opened.experiment.to_link(), "payment/at-least-once/drop-ack-1");
    /// assert_eq!(
    ///     opened.left_out[0].to_string(),
    ///     "atomc: is not a setting of a lane; did you mean \"atomic\"?"
    /// );
    /// # Ok::<(), ackground_core::experiment::LinkError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Nothing is left to show: the link's form is unknown or newer, or it is cut off or damaged.
    pub fn open_link(link: &str) -> Result<Option<Opened>, LinkError> {
        let body = body(link);
        if body.is_empty() {
            return Ok(None);
        }
        let opened = match body.strip_prefix(FORM) {
            Some(rest) => {
                let json = packed::decode(rest)?;
                Experiment::salvage(&json).map_err(LinkError::NotAnExperiment)?
            }
            None if readable::looks_readable(body) => {
                let read = readable::read(body)?;
                let (experiment, wrong) =
                    Experiment::salvage_tree(&read.tree).map_err(LinkError::NotUnderstood)?;
                let left_out = read.name(wrong);
                (experiment, left_out)
            }
            None => return Err(unread(body)),
        };
        let (experiment, left_out) = opened;
        Ok(Some(Opened { experiment, left_out }))
    }
}

/// Whether a text given on the command line is meant as a link rather than as a file name.
///
/// ```
/// use ackground_core::experiment::link::looks_like_link;
///
/// assert!(looks_like_link("https://example.org/#v1.AA"));
/// assert!(looks_like_link("#v1.AA"));
/// assert!(looks_like_link("v1.AbCdEfGhIjKlMnOpQr"));
/// assert!(looks_like_link("payment/at-least-once"));
/// assert!(!looks_like_link("payment/lost.json"));
/// assert!(!looks_like_link("v1.json"));
/// assert!(!looks_like_link("-"));
/// ```
pub fn looks_like_link(text: &str) -> bool {
    let text = text.trim();
    let packed = |rest: &str| rest.len() >= 16 && rest.bytes().all(packed::in_alphabet);
    text.contains("://")
        || text.starts_with('#')
        || text.strip_prefix(FORM).is_some_and(packed)
        || readable::names_a_setup(text)
}

/// Unpacks the JSON of a packed link without looking at it; `None` if nothing follows `#`.
///
/// # Errors
///
/// What is wrong with the link; never [`LinkError::NotAnExperiment`].
pub fn decode(link: &str) -> Result<Option<String>, LinkError> {
    let body = body(link);
    if body.is_empty() {
        return Ok(None);
    }
    match body.strip_prefix(FORM) {
        Some(rest) => packed::decode(rest).map(Some),
        None => Err(unread(body)),
    }
}

/// The part of an address that names the experiment: after `#`, before any `&`, without blanks and
/// without the punctuation that a surrounding sentence left at its end.
fn body(link: &str) -> &str {
    let link = link.trim();
    let fragment = match link.split_once('#') {
        Some((_, fragment)) => fragment,
        None if link.contains("://") => "",
        None => link,
    };
    let body = fragment.split('&').next().unwrap_or_default();
    body.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
}

/// Why a text that begins like this cannot be read here.
fn unread(body: &str) -> LinkError {
    let (start, point) = match body.find('.') {
        Some(at) => (&body[..at], "."),
        None => (body, ""),
    };
    let version = start.strip_prefix('v').unwrap_or_default();
    let is_version = !version.is_empty() && version.bytes().all(|c| c.is_ascii_digit());
    let shown: String = short(start).chars().take(16).collect();
    if FORM.strip_suffix('.') == Some(start) || readable::is_cut_off(body) {
        LinkError::CutOff
    } else if is_version {
        LinkError::Newer(shown + point)
    } else {
        LinkError::UnknownForm(shown)
    }
}

#[cfg(test)]
mod tests;

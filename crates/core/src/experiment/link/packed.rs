//! The packed form: `v1.` and base64url of a compressed document. It can hold every experiment.
//!
//! This file owns the form and `pack` the packing; neither knows what an experiment may be.

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

use super::{LinkError, pack};
use crate::experiment::LONGEST_DOCUMENT;

/// The prefix of a packed link.
pub(super) const FORM: &str = "v1.";

/// The longest link that is read, in bytes: a document of maximum length, uncompressed.
pub(super) const LONGEST_LINK: usize = 4 + (LONGEST_DOCUMENT + 16).div_ceil(3) * 4;

/// Stray bits in the last character are tolerated: the checksum decides.
pub(super) const BASE64: GeneralPurpose =
    GeneralPurpose::new(&base64::alphabet::URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));

/// Whether a character belongs to the alphabet of base64url.
pub(super) fn in_alphabet(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'-' || c == b'_'
}

/// Puts the JSON of an experiment into a link.
pub fn encode(json: &str) -> String {
    format!("{FORM}{}", seal(json))
}

/// Packs a text, with its length and checksum: what follows the prefix of a form.
pub fn seal(json: &str) -> String {
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

/// Unpacks the JSON after `v1.`, or anything else that [`seal`] made, without looking at it.
///
/// # Errors
///
/// What is wrong with the packing.
pub fn decode(rest: &str) -> Result<String, LinkError> {
    if rest.len() > LONGEST_LINK {
        return Err(LinkError::TooLong);
    }
    // A single character beyond whole groups of four holds no byte: its group was cut off.
    let whole = if rest.len() % 4 == 1 && rest.is_ascii() { &rest[..rest.len() - 1] } else { rest };
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
        // The checksum is right, so this is a packing of a later release, or a forgery.
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

/// CRC-32 as in zip files, bit by bit, because links are short.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
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

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926, "the check value of CRC-32");
    }
}

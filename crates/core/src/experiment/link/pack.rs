//! How the content of a link is made short: deflate that starts with a dictionary.
//!
//! An experiment is a few hundred bytes, nearly all of them names of the format, and too short for
//! deflate to learn these. So both sides begin as if the dictionary had just been written.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output,
    create_comp_flags_from_zip_params, deflate_flags::TDEFL_FORCE_ALL_STATIC_BLOCKS,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{
    DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};

use crate::experiment::LONGEST_DOCUMENT;

const PLAIN: u8 = 0;
const DEFLATE: u8 = 1;
/// The newest packing that there is.
pub const NEWEST: u8 = DEFLATE;

/// The dictionary of [`DEFLATE`]. Links depend on every byte of it: it never changes. A better one
/// gets a packing of its own. What is likeliest comes last, where deflate reaches it most cheaply.
const DICTIONARY: &str = include_str!("dictionary.txt");

/// Packs a text in the shortest way; with the number of that way.
pub fn pack(text: &str) -> (u8, Vec<u8>) {
    let dynamic = deflate(text, 0);
    let fixed = deflate(text, TDEFL_FORCE_ALL_STATIC_BLOCKS);
    let packed = [dynamic, fixed].into_iter().flatten();
    let packed = packed.map(|bytes| (DEFLATE, bytes));
    packed
        .chain([(PLAIN, text.as_bytes().to_vec())])
        .min_by_key(|(_, bytes)| bytes.len())
        .expect("a text is always one way of packing itself")
}

/// The text, unless the content is not packed so, is not text, or is longer than a document may be.
pub fn unpack(packing: u8, content: &[u8]) -> Option<String> {
    let bytes = match packing {
        PLAIN => content.to_vec(),
        DEFLATE => inflate(content)?,
        _ => return None,
    };
    let fits = bytes.len() <= LONGEST_DOCUMENT;
    fits.then(|| String::from_utf8(bytes).ok()).flatten()
}

fn deflate(text: &str, flags: u32) -> Option<Vec<u8>> {
    // Level 9, no zlib header (negative window), the default strategy.
    let flags = create_comp_flags_from_zip_params(9, -15, 0) | flags;
    let mut deflate = CompressorOxide::new(flags);
    // A sync flush ends on a whole byte and keeps the window: what follows stands on its own for a
    // reader who has the dictionary.
    let (status, _) =
        compress_to_output(&mut deflate, DICTIONARY.as_bytes(), TDEFLFlush::Sync, |_| true);
    if status != TDEFLStatus::Okay {
        return None;
    }
    let mut out = Vec::new();
    let (status, _) =
        compress_to_output(&mut deflate, text.as_bytes(), TDEFLFlush::Finish, |bytes| {
            out.extend_from_slice(bytes);
            true
        });
    (status == TDEFLStatus::Done).then_some(out)
}

/// One buffer of the greatest size that there can be: whatever the content says, no more is written.
fn inflate(content: &[u8]) -> Option<Vec<u8>> {
    let start = DICTIONARY.len();
    let mut out = vec![0; start + LONGEST_DOCUMENT];
    out[..start].copy_from_slice(DICTIONARY.as_bytes());
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut inflate = DecompressorOxide::new();
    let (status, read, written) = decompress(&mut inflate, content, &mut out, start, flags);
    (status == TINFLStatus::Done && read == content.len())
        .then(|| out[start..start + written].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::link::packed::crc32;

    #[test]
    fn the_dictionary_is_as_it_was_when_the_first_link_was_made() {
        assert_eq!(
            (DICTIONARY.len(), crc32(DICTIONARY.as_bytes())),
            (2821, 0xcaab_72fb),
            "links were made with it: never change it, add a packing"
        );
    }

    #[test]
    fn every_text_comes_back() {
        let long = "a lane of its own; ".repeat(5000);
        for text in ["", "x", "{\"version\":1}", "äöü€😀", long.as_str()] {
            let (packing, content) = pack(text);
            assert_eq!(unpack(packing, &content).as_deref(), Some(text));
        }
        assert!(pack(&long).1.len() < 1000, "it was compressed");
    }

    #[test]
    fn a_bomb_is_refused_and_not_unpacked() {
        let (packing, content) = pack(&"0".repeat(LONGEST_DOCUMENT + 1));
        assert_eq!(packing, DEFLATE);
        assert!(content.len() < 1000, "a small content");
        assert_eq!(unpack(packing, &content), None);
        let (packing, content) = pack(&"0".repeat(LONGEST_DOCUMENT));
        assert!(unpack(packing, &content).is_some(), "the greatest that fits");
    }

    #[test]
    fn any_bytes_give_a_text_or_nothing() {
        // A small generator of its own: the bytes only have to be many and different.
        let mut x = 1_u32;
        for length in 0..300 {
            let mut next = || {
                x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                x.to_le_bytes()[3]
            };
            let content: Vec<u8> = (0..length).map(|_| next()).collect();
            let _ = unpack(DEFLATE, &content);
            let _ = unpack(PLAIN, &content);
        }
    }
}

//! How the content of a link is compressed: deflate with a preset dictionary.
//!
//! An experiment is a few hundred bytes, nearly all of them names of the format, and too short for
//! deflate to learn them. So both sides start as if the dictionary had just been processed.

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
/// The newest packing.
pub const NEWEST: u8 = DEFLATE;

/// The dictionary of [`DEFLATE`]. It never changes, because links depend on every byte of it; a
/// better one gets a packing of its own. The likeliest text comes last, where deflate refers to it
/// most cheaply.
const DICTIONARY: &str = include_str!("dictionary.txt");

/// Packs a text in the shortest way; returns the number of that way with the result.
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

/// The text, unless the content is packed otherwise, is not text, or exceeds the longest document.
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
    // A sync flush ends on a byte boundary and keeps the window, so what follows can be
    // decompressed on its own by a reader that has the dictionary.
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

/// Uses a single buffer of the maximum size, so no content can make it write more.
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
        // A small generator: the bytes only have to be many and varied.
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

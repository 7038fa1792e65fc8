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
    let (status, _) = compress_to_output(
        &mut deflate,
        DICTIONARY.as_bytes(),
        TDEFLFlush::Sync,
        |_| true,
    );
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

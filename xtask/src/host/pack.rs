//! Packs what the page in one file holds, as small as it gets: LZMA, which `unpack.js` undoes.

use std::io::Write;

use lzma_rust2::{LzmaOptions, LzmaWriter};

use crate::failure::{Failure, Outcome};

/// All of it at once, without a header: how long it is the page says elsewhere.
pub fn pack(data: &[u8]) -> Outcome<Vec<u8>> {
    let failed = |error: std::io::Error| Failure::new(format!("Cannot pack the page: {error}."));
    let mut options = LzmaOptions::with_preset(9);
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    // Programs: what is alike does not stand at like places, and follows like bytes. `unpack.js` goes by these.
    (options.lc, options.lp, options.pb) = (4, 0, 0);
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false).map_err(failed)?;
    writer.write_all(data).map_err(failed)?;
    writer.finish().map_err(failed)
}

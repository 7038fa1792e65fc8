//! Any text as a link, any bytes as what a link carries, and any experiment through a link and back.
#![no_main]

use ackground::experiment::Experiment;
use ackground::experiment::link::{decode, encode, looks_like_link};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        looks_like_link(text);
        let _ = Experiment::from_link(text);
        if text.len() <= 10_000 {
            assert_eq!(decode(&encode(text)), Ok(Some(text.to_owned())));
        }
    }
    let _ = Experiment::from_link(&sealed(bytes));
    if let Some(experiment) = ackground_fuzz::experiment(bytes) {
        assert_eq!(
            Experiment::from_link(&experiment.to_link()),
            Ok(Some(experiment))
        );
    }
});

/// A link whose checksum is right, whatever it carries: no fuzzer would guess that.
fn sealed(bytes: &[u8]) -> String {
    let (packing, content) = bytes.split_first().unwrap_or((&0, &[]));
    let mut whole = vec![packing % 3];
    let mut length = content.len();
    while length >= 0x80 {
        whole.push(length as u8 | 0x80);
        length >>= 7;
    }
    whole.push(length as u8);
    whole.extend(content);
    let sum = crc32(&whole);
    whole.extend(sum.to_le_bytes());
    format!("#v1.{}", URL_SAFE_NO_PAD.encode(whole))
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

//! Any text as a link, any bytes as what a link carries, and any experiment through a link and back.
#![no_main]

use ackground_core::experiment::Experiment;
use ackground_core::experiment::link::{decode, encode, looks_like_link};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        looks_like_link(text);
        opens(text);
        // Where a fuzzer begins to find words of its own.
        opens(&format!("payment/{text}"));
        if text.len() <= 10_000 {
            assert_eq!(decode(&encode(text)), Ok(Some(text.to_owned())));
        }
    }
    opens(&sealed(bytes));
    if let Some(experiment) = ackground_fuzz::experiment(bytes) {
        for link in [experiment.to_link(), experiment.to_packed_link()] {
            assert_eq!(Experiment::from_link(&link), Ok(Some(experiment.clone())));
        }
        // The fuzzer's scenarios and steps are plain words: what is not of its own can be said in words.
        if experiment.scenario.built_in().is_some() {
            assert!(experiment.to_readable_link().is_some());
        }
    }
});

/// Opens a link with all that is right in it: whatever comes out keeps the rules, and the strict reader
/// takes it only when nothing was left out.
fn opens(link: &str) {
    let opened = Experiment::open_link(link);
    if let Ok(Some(opened)) = &opened {
        assert_eq!(opened.experiment.check(), Ok(()));
        let strict = Experiment::from_link(link);
        assert_eq!(strict.is_ok(), opened.left_out.is_empty());
    }
}

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

//! What is in a file, in few letters: its SHA-256; and bytes as letters that a page can hold.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// SHA-256, as content security policies and the service worker write it.
pub fn digest(content: &[u8]) -> String {
    base64(&hmac_sha256::Hash::hash(content))
}

/// A name for a content: sixteen hexadecimal digits of its SHA-256.
pub fn short(content: &[u8]) -> String {
    let hash = hmac_sha256::Hash::hash(content);
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes as letters, a third longer.
pub fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Bytes as letters, a quarter longer: four bytes are five of the 85 from `#` to `z` that mean nothing in a
/// page or in a string of JavaScript. What is left at the end, from one byte to three, has one letter more than
/// bytes, as in Ascii85. `one.js` reads it.
pub fn base85(bytes: &[u8]) -> String {
    let alphabet: Vec<char> = ('#'..='z').filter(|letter| !"<\\`".contains(*letter)).collect();
    let mut letters = String::with_capacity(bytes.len() / 4 * 5 + 5);
    for group in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..group.len()].copy_from_slice(group);
        let word = u32::from_be_bytes(word);
        let digits = (0..5).rev().map(|place| word / 85u32.pow(place) % 85);
        letters.extend(digits.take(group.len() + 1).map(|digit| alphabet[digit as usize]));
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_fips_180() {
        assert_eq!(digest(b"abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn letters_are_those_of_ascii85_without_what_means_something_in_a_page() {
        assert_eq!(base85(b""), "");
        assert_eq!(base85(&[0; 5]), "#######");
        assert_eq!(base85(&[0xff; 4]), "x:Z/#");
        assert_eq!(base85(b"abc"), "C=Hc");
        assert_eq!(base85(b"Ackground"), "8$@aFHh8+?D.");
    }
}

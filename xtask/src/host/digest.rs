//! SHA-256 digests and base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// SHA-256 in base64, as used by content security policies and the service worker.
pub fn digest(content: &[u8]) -> String {
    base64(&hmac_sha256::Hash::hash(content))
}

/// A content hash for file names: sixteen hexadecimal digits of the SHA-256.
pub fn short(content: &[u8]) -> String {
    let hash = hmac_sha256::Hash::hash(content);
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A third longer than the input.
pub fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_fips_180() {
        assert_eq!(digest(b"abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
    }
}

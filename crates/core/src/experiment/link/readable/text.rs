//! Texts in a link, such as a title: a blank becomes `_`, unsafe characters are percent-encoded.
//!
//! ASCII letters and digits stand for themselves, and so do `-` and `.` between two other
//! characters. A `_` always follows a letter or a digit, so that Markdown does not take it for the
//! start of emphasis. The last character is always a letter or a digit, so that no program takes it
//! for the punctuation of the surrounding sentence.

/// Writes a text.
pub(super) fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut chars = text.chars().peekable();
    let mut after_word = false;
    while let Some(c) = chars.next() {
        let inside = after_word && chars.peek().is_some();
        let plain = match c {
            _ if c.is_ascii_alphanumeric() => Some(c),
            ' ' if inside => Some('_'),
            '-' | '.' if inside => Some(c),
            _ => None,
        };
        match plain {
            Some(plain) => out.push(plain),
            None => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    out.push('%');
                    out.push(char::from(HEX[usize::from(byte >> 4)]));
                    out.push(char::from(HEX[usize::from(byte & 15)]));
                }
            }
        }
        after_word = plain.is_none_or(|plain| plain.is_ascii_alphanumeric());
    }
}

/// Reads a text; `None` if its bytes are not UTF-8.
pub(super) fn unescape(text: &str) -> Option<String> {
    decoded(text, b' ')
}

/// The text without its escapes.
pub(super) fn unescaped(text: &str) -> Option<String> {
    decoded(text, b'_')
}

fn decoded(text: &str, blank: u8) -> Option<String> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let escaped = match byte {
            b'%' => digit(bytes.get(i + 1)).zip(digit(bytes.get(i + 2))),
            _ => None,
        };
        match (byte, escaped) {
            // Two hexadecimal digits make a byte.
            (_, Some((high, low))) => out.push((high * 16 + low) as u8),
            (b'_', None) => out.push(blank),
            _ => out.push(byte),
        }
        i += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn a_text_comes_back() {
        for (text, expected) in [
            ("", ""),
            ("Mine", "Mine"),
            ("What does it save?", "What_does_it_save%3F"),
            ("a_b", "a%5Fb"),
            (" a  b ", "%20a_%20b%20"),
            ("at-least-once, v1.2.", "at-least-once%2C_v1.2%2E"),
            ("--", "%2D%2D"),
            ("100 % & 1/2", "100_%25_%26_1%2F2"),
            ("\u{dc}ber \u{20ac}", "%C3%9Cber_%E2%82%AC"),
            ("\"<script>\"\n", "%22%3Cscript%3E%22%0A"),
        ] {
            assert_eq!(escaped(text), expected);
            assert_eq!(unescape(expected).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_a_program_unescaped_is_read_all_the_same() {
        assert_eq!(unescape("\u{dc}ber_100%").as_deref(), Some("\u{dc}ber 100%"));
        assert_eq!(unescape("%zz%2").as_deref(), Some("%zz%2"));
        assert_eq!(unescape("%C3"), None, "half of a character");
    }
}

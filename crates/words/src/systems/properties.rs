//! Parses Java's `.properties` format into keys and values, without knowing what they mean.
//!
//! The rules are those of `java.util.Properties.load`: a line starting with `#` or `!` is a comment, an odd number
//! of backslashes at the end of a line continues it on the next, the key ends at the first
//! `=`, `:` or white space, and `\t`, `\n`, `\r`, `\f` and `\uXXXX` stand for characters.

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The key.
    pub key: String,
    /// The value; empty if there is none.
    pub value: String,
}

/// Parses every property, in order. Never fails.
pub fn parse(text: &str) -> Vec<Property> {
    // Editors on Windows put a byte order mark first.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = natural(text).enumerate();
    let mut found = Vec::new();
    while let Some((at, line)) = lines.next() {
        let start = line.trim_start_matches(is_space);
        if start.is_empty() || start.starts_with(['#', '!']) {
            continue;
        }
        let mut logical = start.to_owned();
        while goes_on(&logical) {
            logical.pop();
            let Some((_, next)) = lines.next() else { break };
            logical.push_str(next.trim_start_matches(is_space));
        }
        found.push(property(at + 1, &logical));
    }
    found
}

/// Splits lines at `\n`, `\r\n` or a lone `\r`.
fn natural(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{c}')
}

fn goes_on(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn property(line: usize, text: &str) -> Property {
    let mut escaped = false;
    let end = text.find(|c: char| {
        let ends = !escaped && (is_space(c) || matches!(c, '=' | ':'));
        escaped = !escaped && c == '\\';
        ends
    });
    let (key, rest) = text.split_at(end.unwrap_or(text.len()));
    let rest = rest.trim_start_matches(is_space);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
    Property { line, key: unescaped(key), value: unescaped(rest.trim_start_matches(is_space)) }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let digits: String = chars.as_str().chars().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok();
                match code.filter(|_| digits.len() == 4) {
                    // An unpaired surrogate is not a character.
                    Some(code) => out.push(char::from_u32(code).unwrap_or('\u{fffd}')),
                    None => {
                        out.push('u');
                        continue;
                    }
                }
                chars.nth(3);
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(usize, String, String)> {
        parse(text)
            .into_iter()
            .map(|property| (property.line, property.key, property.value))
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let all = pairs(text);
        assert_eq!(all.len(), 1, "{text:?}");
        (all[0].1.clone(), all[0].2.clone())
    }

    #[test]
    fn keys_end_at_the_first_sign_or_space() {
        for text in ["acks=all", "acks = all", "acks: all", "acks all", "  acks\t=\tall"] {
            assert_eq!(one(text), ("acks".into(), "all".into()), "{text:?}");
        }
        assert_eq!(one("a=b=c"), ("a".into(), "b=c".into()));
        assert_eq!(one("a\\=b=c"), ("a=b".into(), "c".into()));
        assert_eq!(one("alone"), ("alone".into(), String::new()));
        assert_eq!(one("=b"), (String::new(), "b".into()));
    }

    #[test]
    fn comments_empty_lines_and_every_kind_of_line_end_are_let_pass() {
        let text = "\u{feff}# a comment\r\n! another \\\r\n\r\na=1\rb=2\n   \nc=3";
        let pair = |line, key: &str, value: &str| (line, key.to_owned(), value.to_owned());
        let found = pairs(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], pair(4, "a", "1"));
        assert_eq!(found[2].1, "c");
    }

    #[test]
    fn a_line_goes_on_after_an_odd_number_of_backslashes() {
        assert_eq!(one("a=b\\\n   c\\\n\td"), ("a".into(), "bcd".into()));
        assert_eq!(one("a=b\\\\\n"), ("a".into(), "b\\".into()));
        assert_eq!(one("a=b\\"), ("a".into(), "b".into()), "the text ends");
    }

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(one("a=\\t\\u00e4\\x\\u00"), ("a".into(), "\täxu00".into()));
        assert_eq!(one("a=\\ud83d").1, "\u{fffd}");
    }
}

//! Text metrics without a browser: estimates how wide a text is, and wraps or truncates it to fit.
//!
//! System fonts differ by a fifth in width; these estimates follow the widest, so whatever fits here fits
//! everywhere.

/// A font size and weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// In pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

/// A font of this size, bold or not.
pub(super) const fn type_of(size: f64, bold: bool) -> Type {
    Type { size, bold }
}

impl Type {
    /// The estimated width of a text, in pixels; rather too wide than too narrow.
    pub(super) fn width(self, text: &str) -> f64 {
        let units: f64 = text.chars().map(units).sum();
        units * self.size * if self.bold { 1.1 } else { 1.0 }
    }

    /// The text, truncated with an ellipsis if it does not fit.
    pub(super) fn cut(self, text: &str, room: f64) -> String {
        if self.width(text) <= room {
            return text.to_owned();
        }
        let mut cut = String::new();
        for letter in text.chars() {
            cut.push(letter);
            if self.width(&cut) + self.width("…") > room {
                cut.pop();
                break;
            }
        }
        cut.truncate(cut.trim_end().len());
        cut + "…"
    }

    /// Wraps the text at words, and within a word longer than a line; at most `most` lines, the last of which
    /// is truncated with an ellipsis.
    pub(super) fn lines(self, text: &str, room: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line) > room && line.chars().nth(1).is_some() {
                    line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.push(letter);
                }
            }
            if lines.len() > most {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.cut(&format!("{last} …"), room);
            }
        }
        lines
    }
}

/// The estimated width of a letter, as a share of the font size.
fn units(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '\u{2019}' => 0.32,
        ' ' | 't' | 'f' | 'r' | '(' | ')' | '-' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.95,
        'A'..='Z' => 0.7,
        ' '..='~' => 0.62,
        // Combining marks take no room, ideographs a full em.
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1.0,
        '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{3ffff}' => 1.1,
        _ => 0.68,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Type = type_of(13.0, false);

    proptest! {
        #[test]
        fn every_line_fits_and_no_letter_is_lost(text in "[a-zäß中 ]{0,200}", room in 20.0f64..400.0) {
            let lines = PLAIN.lines(&text, room, usize::MAX - 1);
            for line in &lines {
                prop_assert!(PLAIN.width(line) <= room || line.chars().count() == 1, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }

        #[test]
        fn no_more_lines_than_there_is_room_for(text in "\\PC{0,300}", room in 0.0f64..300.0, most in 1usize..4) {
            prop_assert!(PLAIN.lines(&text, room, most).len() <= most);
            let _ = PLAIN.cut(&text, room);
        }
    }

    #[test]
    fn what_is_left_out_is_marked() {
        let lines = PLAIN.lines("one two three four five six", 80.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
        assert_eq!(PLAIN.cut("short", 100.0), "short");
        assert!(PLAIN.cut("not so very short", 60.0).ends_with('…'));
    }
}

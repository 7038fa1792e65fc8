//! A line of the script as one part of a link: `drop ack 2#3` is `drop-ack-2.3`.
//!
//! This file does not know what a line may say, only how many words it has where: packets and steps
//! contain a `-` of their own.

use super::super::super::script::Entry;

/// The word for every occurrence, which the script writes `*`.
const EVERY: &str = "all";

/// The script line as part of a link; `None` if it contains a character that is not safe there.
pub(super) fn part(line: &str) -> Option<String> {
    let mut part = String::with_capacity(line.len() + 2);
    for c in line.chars() {
        match c {
            ' ' => part.push('-'),
            '#' => part.push('.'),
            '*' => part.push_str(EVERY),
            'a'..='z' | '0'..='9' | '-' | '.' => part.push(c),
            // A step of a custom scenario may have other characters in its id.
            _ => return None,
        }
    }
    Some(part)
}

/// The script line that a part stands for, valid or not.
pub(super) fn script_line(part: &str) -> String {
    let mut line = String::with_capacity(part.len() + 2);
    let part = match part.split_once('-') {
        Some((off, rest)) if off == Entry::OFF => {
            line.push_str(off);
            line.push(' ');
            rest
        }
        _ => part,
    };
    let words: Vec<&str> = part.split('-').collect();
    // The words from `from` up to `until` form one that contains a `-`.
    let (from, until) = match words[0] {
        "crash" => (3, words.len().saturating_sub(1)),
        "drop" | "duplicate" => (1, words.len().saturating_sub(1)),
        "delay" => (1, words.len().saturating_sub(3)),
        _ => (0, 0),
    };
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            line.push(if from < i && i < until { '-' } else { ' ' });
        }
        match spot(word) {
            Some((message, EVERY)) => line.extend([message, "#*"]),
            Some((message, nth)) => line.extend([message, "#", nth]),
            None => line.push_str(word),
        }
    }
    line
}

/// The message and the occurrence in `2.3` or `2.all`.
fn spot(word: &str) -> Option<(&str, &str)> {
    let (message, nth) = word.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    (digits(message) && (nth == EVERY || digits(nth))).then_some((message, nth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_its_part_are_told_from_each_other() {
        for (line, expected) in [
            ("drop publish-ack 1", "drop-publish-ack-1"),
            ("drop ack 2#3", "drop-ack-2.3"),
            ("off drop deliver 2#*", "off-drop-deliver-2.all"),
            ("duplicate publish 1", "duplicate-publish-1"),
            ("delay publish-ack 1#2 by 5s", "delay-publish-ack-1.2-by-5s"),
            ("crash producer before publish 1", "crash-producer-before-publish-1"),
            ("crash broker after replicate 1#2", "crash-broker-after-replicate-1.2"),
            ("crash follower before replicate 1", "crash-follower-before-replicate-1"),
            ("crash consumer after no-such-step 1", "crash-consumer-after-no-such-step-1"),
            ("fail 3#2", "fail-3.2"),
            ("poison 3", "poison-3"),
            ("slow 1#* by 10s", "slow-1.all-by-10s"),
            ("partition producer 2s..5s", "partition-producer-2s..5s"),
        ] {
            assert_eq!(part(line).as_deref(), Some(expected));
            assert_eq!(script_line(expected), line);
            assert!(line.parse::<Entry>().is_ok(), "{line}");
        }
    }

    #[test]
    fn what_is_not_safe_is_not_written() {
        assert_eq!(part("crash consumer after f0_urth 1"), None);
        assert_eq!(part("Drop"), None);
    }

    #[test]
    fn nothing_panics() {
        for text in ["", "-", "--", "off", "off-", "crash", "delay-1", "drop", "1.", ".1", "1.2.3"]
        {
            let _ = script_line(text).parse::<Entry>();
        }
    }
}

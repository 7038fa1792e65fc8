//! Search: how well a text answers what a person typed.
//!
//! People type half a word, a configuration key without its dots, or a word that means the same. So case,
//! punctuation and the humps of `camelCase` are ignored, a word may be the beginning of another, one slip of the
//! keyboard is forgiven in longer words, and a few everyday words stand for one another (`synonyms`). Every word
//! typed has to match somewhere. This module knows no kind of thing that is searched.

mod synonyms;

use self::synonyms::{FILLERS, others};

/// A text, prepared for searching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its words in lower case, without anything between them.
    joined: String,
    /// Where each word begins in it, and its end.
    bounds: Vec<usize>,
    /// Where each of several texts begins.
    parts: Vec<usize>,
}

impl Text {
    /// Splits a text into words, also at the humps of `camelCase`.
    pub fn new(text: &str) -> Text {
        let mut prepared = Text::default();
        prepared.push(text);
        prepared
    }

    /// Several texts, one after another.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Text {
        let mut prepared = Text::default();
        texts.into_iter().for_each(|text| prepared.push(text));
        prepared
    }

    /// Adds a text after those that are there.
    pub fn push(&mut self, text: &str) {
        let mut before = None::<char>;
        self.bounds.pop();
        self.parts.push(self.joined.len());
        for c in text.chars() {
            let hump = c.is_uppercase() && before.is_some_and(char::is_lowercase);
            if c.is_alphanumeric() {
                if hump || !before.is_some_and(char::is_alphanumeric) {
                    self.bounds.push(self.joined.len());
                }
                self.joined.extend(c.to_lowercase());
            }
            // An apostrophe does not end a word.
            before = if matches!(c, '\'' | '\u{2019}') { before } else { Some(c) };
        }
        self.bounds.push(self.joined.len());
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.bounds.windows(2).map(|ends| &self.joined[ends[0]..ends[1]])
    }

    /// How much of one of the texts a query is: 100 for all of it, up to 50 for its beginning, less for words within.
    fn covered(&self, joined: &str) -> u32 {
        let mut best = 0;
        let ends = self.parts.iter().skip(1).copied().chain([self.joined.len()]);
        for (start, end) in self.parts.iter().copied().zip(ends) {
            for word in self.bounds.iter().copied().filter(|word| (start..end).contains(word)) {
                let Some(rest) = self.joined[word..end].strip_prefix(joined) else {
                    continue;
                };
                let share = joined.len() * if word == start { BEGINNING } else { WITHIN };
                let whole = word == start && rest.is_empty();
                best = best.max(if whole { 100 } else { share / (end - start) });
            }
        }
        best as u32
    }

    /// Whether a word is there as it is, as the beginning of one, or not at all. A run of words counts as one:
    /// `autocommit` is in `enable.auto.commit`.
    fn direct(&self, word: &str) -> u32 {
        let mut best = 0;
        for (place, start) in self.bounds.iter().enumerate() {
            let rest = &self.joined[*start..];
            if let Some(after) = rest.strip_prefix(word) {
                let end = self.joined.len() - after.len();
                if self.bounds[place..].contains(&end) {
                    return WHOLE;
                }
                best = BEGINS;
            }
        }
        let plural = || self.words().any(|own| is_plural(own, word) || is_plural(word, own));
        if plural() { PLURAL } else { best }
    }

    /// How well a word matches, from 0 to 100.
    fn quality(&self, word: &str) -> u32 {
        let direct = self.direct(word);
        if direct > 0 {
            return direct;
        }
        if word.len() >= INSIDE_FROM && self.words().any(|own| own.contains(word)) {
            return INSIDE;
        }
        if word.chars().count() >= SLIP_FROM && self.runs().any(|run| is_slip(run, word)) {
            return SLIP;
        }
        0
    }

    /// Every word, and every run of a few words, as one.
    fn runs(&self) -> impl Iterator<Item = &str> {
        let starts = self.bounds.iter().enumerate();
        starts.flat_map(move |(place, start)| {
            let ends = self.bounds[place + 1..].iter().take(LONGEST_RUN);
            ends.map(move |end| &self.joined[*start..*end])
        })
    }
}

const WHOLE: u32 = 100;
const PLURAL: u32 = 95;
const BEGINS: u32 = 80;
const INSIDE: u32 = 50;
const SLIP: u32 = 40;
/// A word that means the same.
const MEANS: u32 = 70;
const BEGINNING: usize = 50;
const WITHIN: usize = 45;
/// Shorter words match by accident: from these lengths on they may be within another, or have a slip.
const INSIDE_FROM: usize = 4;
const SLIP_FROM: usize = 5;
const LONGEST_RUN: usize = 4;

fn is_plural(one: &str, many: &str) -> bool {
    one.len() > 2 && many.strip_suffix('s') == Some(one)
}

/// Whether one letter is missing, added, wrong, or swapped with its neighbour.
fn is_slip(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return one_slip(a.as_bytes(), b.as_bytes());
    }
    let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
    one_slip(&a, &b)
}

fn one_slip<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    match (&a[same..], &b[same..]) {
        ([], []) => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        ([_, rest @ ..], b) if rest == b => true,
        (a, [_, other @ ..]) if a == other => true,
        ([x, y, rest @ ..], [v, w, other @ ..]) => x == w && y == v && rest == other,
        _ => false,
    }
}

/// What a person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    /// All words as one.
    joined: String,
}

/// How well something answers a query; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// How many of the words are there.
    pub found: usize,
    /// How well, all in all.
    pub score: u32,
}

impl Query {
    /// Takes the words of a text, without those that say nothing (`why is my …`), unless there are no others.
    pub fn new(text: &str) -> Query {
        let split = |text: &str| {
            let pieces =
                text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'));
            let plain = |piece: &str| piece.replace(['\'', '\u{2019}'], "").to_lowercase();
            pieces.map(plain).filter(|piece| !piece.is_empty()).collect::<Vec<String>>()
        };
        let all = split(text);
        let joined = all.concat();
        let telling: Vec<String> =
            all.iter().filter(|word| !FILLERS.contains(&word.as_str())).cloned().collect();
        Query { words: if telling.is_empty() { all } else { telling }, joined }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is in the text, in some form.
    ///
    /// ```
    /// use ackground_words::search::{Query, Text};
    ///
    /// let key = Text::new("enable.auto.commit");
    /// for typed in ["auto commit", "autocommit", "EnableAutoCommit", "enable_auto", "autocomit"] {
    ///     assert!(Query::new(typed).is_in(&key), "{typed}");
    /// }
    /// assert!(!Query::new("auto ack").is_in(&key));
    /// ```
    pub fn is_in(&self, text: &Text) -> bool {
        self.words.iter().all(|word| quality(text, word) > 0)
    }

    /// How well the names of one thing and what is said about it, each with its weight, answer the query together.
    pub fn matched(&self, names: &[(&Text, u32)], says: (&Text, u32)) -> Match {
        let (mut found, mut score) = (0, 0);
        for word in &self.words {
            let texts = names.iter().chain([&says]);
            let best = texts.map(|(text, weight)| quality(text, word) * weight).max();
            found += usize::from(best > Some(0));
            score += best.unwrap_or(0);
        }
        score /= self.words.len().max(1) as u32;
        // A name that is what was typed and nothing else, all of it or as the beginning.
        let covered = names.iter().map(|(text, weight)| text.covered(&self.joined) * weight);
        score += covered.max().filter(|_| !self.joined.is_empty()).unwrap_or(0);
        Match { found, score }
    }

    /// How many words there are to find.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// How well a word or one that means the same is in a text. One that means the same must be there as it is: two
/// guesses in a row are a wild one.
fn quality(text: &Text, word: &str) -> u32 {
    let meant = others(word).any(|other| text.direct(other) >= PLURAL);
    text.quality(word).max(if meant { MEANS } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(typed: &str, text: &str) -> bool {
        Query::new(typed).is_in(&Text::new(text))
    }

    #[test]
    fn case_punctuation_and_humps_do_not_matter() {
        for (typed, text) in [
            ("visibility_timeout", "VisibilityTimeout"),
            ("visibilitytimeout", "visibility timeout"),
            ("VisibilityTimeout", "visibility_timeout"),
            ("x-delivery-limit", "x-delivery-limit"),
            ("xdeliverylimit", "x-delivery-limit"),
            ("auto.commit", "enable.auto.commit"),
            ("autocommit", "enable.auto.commit"),
            ("qos 1", "MQTT: QoS 1"),
            ("consumers word", "the consumer\u{2019}s word"),
            ("don't", "dont"),
        ] {
            assert!(is_in(typed, text), "{typed} in {text}");
        }
        assert!(!is_in("acks none", "acks=all"));
    }

    #[test]
    fn a_slip_is_forgiven_in_longer_words_only() {
        for typed in ["visibilty", "visiblity", "visibilitty", "vosibility"] {
            assert!(is_in(typed, "visibility timeout"), "{typed}");
        }
        assert!(is_in("visibiltytimeout", "VisibilityTimeout"));
        for (typed, text) in [("nock", "nack"), ("lost", "cost"), ("vosibilitty", "visibility")] {
            assert!(!is_in(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn words_that_say_nothing_count_only_alone() {
        assert!(is_in("why is my email sent twice?", "email, sent twice"));
        assert!(is_in("the", "the log"));
        assert!(!is_in("the", "a queue"));
        assert!(Query::new(" , ").is_empty());
    }

    #[test]
    fn everyday_words_stand_for_one_another() {
        for (typed, text) in [
            ("dlq", "dead letter queue"),
            ("duplicated mails", "an email, twice"),
            ("killed", "crash consumer"),
        ] {
            assert!(is_in(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn what_is_named_so_comes_before_what_mentions_it() {
        let query = Query::new("outbox");
        let score = |name: &str, says: &str| {
            let (name, says) = (Text::new(name), Text::new(says));
            query.matched(&[(&name, 10)], (&says, 3)).score
        };
        let named = score("Outbox", "A table.");
        assert!(named > score("The outbox", "A table."));
        assert!(score("The outbox", "A table.") > score("Dual write", "Without an outbox."));
        assert_eq!(score("Batch", "Fetched together."), 0);
    }

    #[test]
    fn a_slip_is_one_letter() {
        for (a, b, slip) in [
            ("abcde", "abcde", true),
            ("abcde", "abde", true),
            ("abcde", "abxde", true),
            ("abcde", "acbde", true),
            ("abcde", "abcdef", true),
            ("abcde", "edcba", false),
            ("abcde", "axcye", false),
            ("abc", "abcdef", false),
            ("ä", "a", true),
        ] {
            assert_eq!(is_slip(a, b), slip, "{a} {b}");
            assert_eq!(is_slip(b, a), slip, "{b} {a}");
        }
    }
}

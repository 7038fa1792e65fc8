//! Terms in running text: where they stand, so that they can explain themselves there.

use std::sync::OnceLock;

use super::{TABLES, Term};

/// A piece of a text: a term, or what stands between two.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The text as it stands there.
    pub text: &'a str,
    /// The term that it is a form of.
    pub term: Option<&'static Term>,
}

/// A text in pieces, in order and without loss. The longest form counts, whole words only, upper and
/// lower case alike, and each term once: the first time is enough.
///
/// Cost: some microseconds for a sentence.
///
/// ```
/// use ackground::story::words::mark;
///
/// let pieces = mark("It is parked in the dead letter queue.");
/// let term = pieces.iter().find_map(|piece| piece.term).expect("one is explained");
/// assert_eq!(term.id, "dead-letter-queue");
/// ```
pub fn mark(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut seen) = (Vec::new(), Vec::new());
    let (mut plain, mut at) = (0, 0);
    let mut inside = false;
    while let Some(next) = text[at..].chars().next() {
        let found = (!inside).then(|| longest(text, at)).flatten();
        match found.filter(|(_, term)| !seen.contains(&term.id)) {
            Some((end, term)) => {
                if plain < at {
                    pieces.push(Piece {
                        text: &text[plain..at],
                        term: None,
                    });
                }
                pieces.push(Piece {
                    text: &text[at..end],
                    term: Some(term),
                });
                seen.push(term.id);
                (plain, at, inside) = (end, end, true);
            }
            None => {
                // A term that was marked before is passed over as a whole, not in parts.
                at = found.map_or(at + next.len_utf8(), |(end, _)| end);
                inside = found.is_some() || in_word(next);
            }
        }
    }
    if plain < text.len() {
        pieces.push(Piece {
            text: &text[plain..],
            term: None,
        });
    }
    pieces
}

/// Whether a character belongs to a word, or ties two together.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '=')
}

/// The longest form that begins here and ends with a word: where it ends, and its term.
fn longest(text: &str, at: usize) -> Option<(usize, &'static Term)> {
    let first = text.as_bytes().get(at)?.to_ascii_lowercase();
    let forms = forms().iter();
    forms
        .filter(|(form, _)| form.as_bytes().first() == Some(&first))
        .find_map(|(form, term)| {
            let end = at + form.len();
            let same = text.get(at..end)?.eq_ignore_ascii_case(form);
            let ends = !text[end..].chars().next().is_some_and(in_word);
            (same && ends).then_some((end, *term))
        })
}

/// Every form with its term, the longest first; in lower case.
fn forms() -> &'static [(&'static str, &'static Term)] {
    static FORMS: OnceLock<Vec<(&'static str, &'static Term)>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let terms = TABLES.into_iter().flatten();
        let mut all: Vec<_> = terms
            .flat_map(|term| term.forms.iter().map(move |form| (*form, term)))
            .collect();
        all.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of the terms found, and the text put together again.
    fn marked(text: &str) -> (Vec<&'static str>, String) {
        let pieces = mark(text);
        let ids = pieces.iter().filter_map(|piece| Some(piece.term?.id));
        (
            ids.collect(),
            pieces.iter().map(|piece| piece.text).collect(),
        )
    }

    #[test]
    fn the_longest_form_counts() {
        let text = "An idempotent producer and an idempotent consumer.";
        assert_eq!(
            marked(text).0,
            ["idempotent-producer", "idempotent-consumer"]
        );
    }

    #[test]
    fn only_whole_words_count() {
        for text in ["unacknowledged", "acks=all", "retry-ish", "x_ack", "back"] {
            assert_eq!(marked(text).0, [""; 0], "{text}");
        }
        assert_eq!(marked("Ack!").0, ["ack"], "whatever the case");
    }

    #[test]
    fn a_term_is_marked_once_in_a_text() {
        let text = "An ack, another ack, an acknowledgment.";
        assert_eq!(marked(text).0, ["ack"]);
    }

    #[test]
    fn nothing_of_a_text_is_lost() {
        for text in [
            "",
            "ack",
            "é ack – “dead letter queue” … 日本",
            "no term at all",
            "ack ack",
            "ß",
        ] {
            assert_eq!(marked(text).1, text);
        }
        for setting in crate::story::settings() {
            assert_eq!(marked(setting.sentence).1, setting.sentence);
        }
    }
}

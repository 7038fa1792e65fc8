//! Finds glossary terms in running text, so that they can be explained where they occur.
//!
//! Knows each term's forms and id, but not its meaning, so the page can mark terms before the glossary has
//! loaded.

use super::{TABLES, Term};

/// A piece of text: a term, or what is between two.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The text itself.
    pub text: &'a str,
    /// The id of the term, if it is one.
    pub term: Option<&'static str>,
}

/// Splits a text into pieces, in order and without loss. The longest form wins; whole words only, case-insensitive,
/// and each term just once, at its first occurrence.
///
/// Cost: a few microseconds per sentence.
///
/// ```
/// use ackground_words::story::words::mark;
///
/// let pieces = mark("It is parked in the dead letter queue.");
/// let term = pieces.iter().find_map(|piece| piece.term);
/// assert_eq!(term, Some("dead-letter-queue"));
/// ```
pub fn mark(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut seen) = (Vec::new(), Vec::new());
    let (mut plain, mut at) = (0, 0);
    let mut inside = false;
    while let Some(next) = text[at..].chars().next() {
        let found = (!inside).then(|| longest(text, at)).flatten();
        match found.filter(|(_, term)| !seen.contains(term)) {
            Some((end, term)) => {
                if plain < at {
                    pieces.push(Piece { text: &text[plain..at], term: None });
                }
                pieces.push(Piece { text: &text[at..end], term: Some(term) });
                seen.push(term);
                (plain, at, inside) = (end, end, true);
            }
            None => {
                // A term already marked is skipped as a whole, so that no part of it is marked instead.
                at = found.map_or(at + next.len_utf8(), |(end, _)| end);
                inside = found.is_some() || in_word(next);
            }
        }
    }
    if plain < text.len() {
        pieces.push(Piece { text: &text[plain..], term: None });
    }
    pieces
}

/// Whether a character is part of a word, or joins two.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '=')
}

/// The longest form that starts here and ends at a word boundary: its end, and its term.
fn longest(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let first = text.as_bytes().get(at)?.to_ascii_lowercase();
    let forms = FORMS.iter();
    forms.filter(|form| form.text.as_bytes().first() == Some(&first)).find_map(|form| {
        let end = at + form.text.len();
        let same = text.get(at..end)?.eq_ignore_ascii_case(form.text);
        let ends = !text[end..].chars().next().is_some_and(in_word);
        (same && ends).then_some((end, form.term))
    })
}

/// A term's form in lower case, with the term's id.
#[derive(Clone, Copy)]
struct Form {
    text: &'static str,
    term: &'static str,
}

/// Every form, longest first.
static FORMS: [Form; COUNT] = forms();

/// The number of forms.
const COUNT: usize = {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        let mut term = 0;
        while term < TABLES[table].len() {
            count += TABLES[table][term].forms.len();
            term += 1;
        }
        table += 1;
    }
    count
};

/// Builds the table of forms at compile time.
const fn forms() -> [Form; COUNT] {
    let mut forms = [Form { text: "", term: "" }; COUNT];
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        let mut term = 0;
        while term < TABLES[table].len() {
            let Term { id, forms: of, .. } = TABLES[table][term];
            let mut form = 0;
            while form < of.len() {
                // After all forms of the same length.
                let mut at = count;
                while at > 0 && forms[at - 1].text.len() < of[form].len() {
                    forms[at] = forms[at - 1];
                    at -= 1;
                }
                forms[at] = Form { text: of[form], term: id };
                count += 1;
                form += 1;
            }
            term += 1;
        }
        table += 1;
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of the terms found, and the text put together again.
    fn marked(text: &str) -> (Vec<&'static str>, String) {
        let pieces = mark(text);
        let ids = pieces.iter().filter_map(|piece| piece.term);
        (ids.collect(), pieces.iter().map(|piece| piece.text).collect())
    }

    #[test]
    fn the_longest_form_counts() {
        let text = "An idempotent producer and an idempotent consumer.";
        assert_eq!(marked(text).0, ["idempotent-producer", "idempotent-consumer"]);
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
        for text in
            ["", "ack", "é ack – “dead letter queue” … 日本", "no term at all", "ack ack", "ß"]
        {
            assert_eq!(marked(text).1, text);
        }
        for setting in crate::story::settings() {
            let sentence = crate::story::sentence(&setting.path).expect("it is told");
            assert_eq!(marked(sentence).1, sentence);
        }
    }
}

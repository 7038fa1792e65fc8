//! Many submissions: splitting a text into them, and comparing them with one another.
//!
//! The page and the command line share these rules, so they report the same.

use std::collections::BTreeMap;

use super::Marked;
use crate::exercise::Exercise;
use crate::submission::LINE_FORM;

/// Splits a text into submissions, at least one, each with a name: the whole text if it is a document, else from
/// the start of one pasted line to the start of the next, whatever comes in between. A text without any still
/// counts as one, so that its mark can say what is wrong with it. If there are several, their number follows the
/// name of their source.
///
/// ```
/// use ackground_learn::marking::papers;
///
/// let text = "Ada wrote: ackground-answer.v1.abc\n\n> ackground-answer.v1.def\n> ghi\n";
/// let papers = papers("mail.txt", text);
/// assert_eq!(papers.len(), 2);
/// assert_eq!(papers[1].0, "mail.txt, 2");
/// assert!(papers[1].1.starts_with("ackground-answer.v1.def"));
/// ```
pub fn papers<'a>(source: &str, text: &'a str) -> Vec<(String, &'a str)> {
    let pieces = pieces(text);
    let several = pieces.len() > 1;
    let named = pieces.into_iter().enumerate().map(|(place, piece)| {
        let name = match several {
            true => format!("{source}, {}", place + 1),
            false => source.to_owned(),
        };
        (name, piece)
    });
    named.collect()
}

fn pieces(text: &str) -> Vec<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut starts: Vec<usize> = text.match_indices(LINE_FORM).map(|(at, _)| at).collect();
    // A document may mention a pasted line in one of its texts.
    if text.starts_with(['{', '[']) || starts.is_empty() {
        starts = vec![0];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends);
    pieces.map(|(from, to)| text[*from..to].trim_end()).collect()
}

/// The exercise in a text, as a document or a link, if there is one: among submissions it is taken as the
/// assigned exercise.
pub fn exercise_in(text: &str) -> Option<Exercise> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match text.starts_with('{') {
        true => Exercise::from_json(text).ok(),
        false => Exercise::from_link(text)?.ok(),
    }
}

/// Adds a remark to each mark whose name also handed in something different for the same exercise, and says
/// where. Which of them counts is for a person to decide. Names are compared without regard to case and spaces;
/// marks without a name are left alone.
pub fn name_repeats(marks: &mut [Marked]) {
    let mut by_name = BTreeMap::<(String, String), Vec<usize>>::new();
    for (place, marked) in marks.iter().enumerate() {
        let name: Vec<&str> = marked.who.split_whitespace().collect();
        if !name.is_empty() {
            let name = name.join(" ").to_lowercase();
            let key = (name, marked.exercise.clone());
            by_name.entry(key).or_default().push(place);
        }
    }
    for places in by_name.values().filter(|places| places.len() > 1) {
        for place in places {
            let others = places.iter().filter(|other| *other != place);
            let others: Vec<&str> = others.map(|other| marks[*other].source.as_str()).collect();
            let remark = also(&others);
            marks[*place].remarks.push(remark);
        }
    }
}

/// The most files named before the rest are only counted.
const NAMED: usize = 3;

fn also(others: &[&str]) -> String {
    let (named, rest) = others.split_at(others.len().min(NAMED));
    let mut remark = format!(
        "The same name handed in this exercise more than once; see also {}",
        named.join(", ")
    );
    if !rest.is_empty() {
        remark.push_str(&format!(" and {} more", rest.len()));
    }
    remark.push('.');
    remark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(who: &str, exercise: &str, source: &str) -> Marked {
        Marked { who: who.to_owned(), exercise: exercise.to_owned(), ..Marked::nothing(source) }
    }

    #[test]
    fn one_name_twice_is_said_at_both_and_at_nobody_else() {
        let mut marks = [
            by("Ada Lovelace", "charge-twice", "1.json"),
            by("ada  lovelace ", "charge-twice", "2.json"),
            by("Ada Lovelace", "lose-one", "3.json"),
            by("Bob", "charge-twice", "4.json"),
            by("", "", "5.json"),
            by("", "", "6.json"),
        ];
        name_repeats(&mut marks);
        let said: Vec<usize> = marks.iter().map(|marked| marked.remarks.len()).collect();
        assert_eq!(said, [1, 1, 0, 0, 0, 0]);
        assert!(marks[0].remarks[0].ends_with("see also 2.json."));
        assert!(marks[1].remarks[0].ends_with("see also 1.json."));
    }

    #[test]
    fn many_of_one_name_are_counted() {
        let mut marks: Vec<Marked> = (0..9).map(|n| by("Ada", "x", &format!("{n}"))).collect();
        name_repeats(&mut marks);
        assert!(marks[8].remarks[0].ends_with("see also 0, 1, 2 and 5 more."));
    }

    #[test]
    fn an_exercise_is_known_from_a_submission() {
        use crate::exercise::{Attempt, built_in};
        use crate::submission::Submission;
        let exercise = built_in("charge-twice", &crate::text::ENGLISH);
        let exercise = exercise.expect("it is built in");
        let link = format!("https://example.org/#view=learn&{}", exercise.to_link());
        for text in [exercise.to_json(), link] {
            assert_eq!(exercise_in(&text).as_ref(), Some(&exercise));
        }
        let whole = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 1);
        assert_eq!(exercise_in(&whole.to_json()), None);
        assert_eq!(exercise_in(&whole.to_line()), None);
    }

    #[test]
    fn a_document_is_one_piece_whatever_it_says() {
        let document = format!("{{\"who\": \"{LINE_FORM}a {LINE_FORM}b\"}}");
        assert_eq!(pieces(&document), [document.as_str()]);
        assert_eq!(exercise_in(&document), None);
        assert_eq!(pieces("nothing of the kind"), ["nothing of the kind"]);
        assert_eq!(pieces(" \u{feff}\n\t"), [""]);
    }
}

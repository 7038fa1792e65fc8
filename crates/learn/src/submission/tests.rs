use super::*;
use crate::exercise::built_in;
use crate::text::ENGLISH;
use ackground_core::prove::Guarantee;

fn exercise() -> Exercise {
    built_in("name-three", &ENGLISH).expect("it is built in")
}

fn submission() -> Submission {
    let exercise = exercise();
    let attempt = Attempt {
        answers: vec![Some(Guarantee::AtMostOnce), None, Some(Guarantee::ExactlyOnce)],
        predictions: vec![None, Some(1)],
        ..Attempt::of(&exercise)
    };
    Submission::new(&exercise, Some(Bounded::of(42)), "Ada, \"=1+1\"", attempt, 7)
}

#[test]
fn it_comes_back_as_a_file_and_as_a_line_in_whatever_was_pasted() {
    let submission = submission();
    let line = submission.to_line();
    let (first, second) = line.split_at(70);
    for text in [
        submission.to_json(),
        line.clone(),
        format!("My answer:\n\n  {line}\n\nBest, Ada"),
        format!("> {first}\r\n> {second}\r\n"),
        format!("<{line}>"),
    ] {
        assert_eq!(Submission::read(&text).as_ref(), Ok(&submission), "{text}");
    }
    assert!(line.len() < 700, "short enough for a mail: {}", line.len());
}

#[test]
fn what_was_cut_or_changed_is_named_as_such() {
    let line = submission().to_line();
    let cut = Submission::read(&line[..line.len() / 2]);
    assert_eq!(cut, Err(Unread::Line(LinkError::CutOff)));
    let changed = line.replace("v1.A", "v1.B");
    let changed = if changed == line { line.replacen('e', "f", 3) } else { changed };
    assert!(matches!(Submission::read(&changed), Err(Unread::Line(_))));
    let newer = line.replace("answer.v1.", "answer.v9.");
    assert_eq!(Submission::read(&newer), Err(Unread::OtherForm));
    assert_eq!(Submission::read("  "), Err(Unread::Empty));
    assert_eq!(Submission::read("I solved it."), Err(Unread::NeitherNor));
    let long = format!("{LINE_FORM}{}", "A".repeat(2_000_000));
    assert_eq!(Submission::read(&long), Err(Unread::Line(LinkError::TooLong)));
}

#[test]
fn every_byte_of_a_line_counts() {
    let line = submission().to_line();
    for place in LINE_FORM.len()..line.len() - 1 {
        let other = if line.as_bytes()[place] == b'A' { 'B' } else { 'A' };
        let mut changed = line.clone();
        changed.replace_range(place..=place, &other.to_string());
        assert!(Submission::read(&changed).is_err(), "at {place}");
    }
}

#[test]
fn a_claim_of_success_is_no_field() {
    let text = submission().to_json().replace("\"who\"", "\"solved\": true,\n  \"who\"");
    let told = Submission::read(&text).expect_err("it claims something").to_string();
    assert!(told.contains("solved: is not a field here"), "{told}");
}

#[test]
fn hostile_documents_are_refused_with_paths() {
    let json = submission().to_json();
    for (from, to, why) in [
        ("\"at-most-once\",", "\"always\",", "answers[0]: \"always\" is not allowed"),
        ("\"attempts\": 7", "\"attempts\": -1", "attempts: -1 is not allowed"),
        ("\"submission\"", "\"exercise\"", "kind: \"exercise\" is not allowed"),
        ("\"version\": 1", "\"version\": 3", "version: 3 is not known"),
        ("\"id\": \"name-three\"", "\"id\": \"../x\"", "exercise.id: \"../x\" is not allowed"),
        ("\"variant\": 42", "\"variant\": 1e99", "exercise.variant: 1e99 is not allowed"),
    ] {
        let text = json.replacen(from, to, 1);
        assert_ne!(text, json, "{from}");
        let told = Submission::read(&text).expect_err(why).to_string();
        assert!(told.contains(why), "{told}");
    }
    let deep = format!("{{\"version\":1,\"experiment\":{}", "[".repeat(100_000));
    assert!(Submission::read(&deep).is_err(), "no deeper than a reader may go");
    let many = json.replace("\"answers\": [", &format!("\"answers\": [{}", "null,".repeat(99)));
    assert!(Submission::read(&many).is_err());
}

#[test]
fn the_digest_is_about_what_is_marked_and_nothing_else() {
    let exercise = exercise();
    let titled = Exercise { title: Label::cut("Other"), ..exercise.clone() };
    assert_eq!(Digest::of(&titled), Digest::of(&exercise));
    let mut easier = exercise.clone();
    easier.goals.truncate(1);
    assert_ne!(Digest::of(&easier), Digest::of(&exercise));
    let own = Submission::new(&easier, None, "", Attempt::of(&easier), 0);
    assert_eq!(own.whole.as_deref(), Some(&easier), "it is none that is built in");
    assert_eq!(Submission::read(&own.to_line()), Ok(own));
}

//! The texts that people read: none missing, none unused, the same in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ackground_learn::teacher::Guide;
use ackground_learn::text::{ENGLISH, LANGUAGES, Language, ui_with};
use ackground_testkit::files_ending;

/// Where words are asked for.
const CODE: [&str; 2] = ["src", "crates"];
/// Where the words are.
const TEXTS: &str = "crates/learn/src/text";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The ids of the views' words that the code asks for, doc comments left aside.
fn asked() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for path in CODE.iter().flat_map(|dir| files_ending(&root().join(dir), "rs")) {
        let source = fs::read_to_string(&path).expect("source is text");
        let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        // A call may be broken over lines by the formatter.
        let code: String = lines.map(str::trim).collect();
        for call in ["ui(\"", "ui_with(\""] {
            for (at, _) in code.match_indices(call) {
                let before = code[..at].chars().next_back();
                let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
                let id = code[at + call.len()..].split('"').next();
                ids.extend(id.filter(|_| whole).map(str::to_owned));
            }
        }
    }
    ids
}

fn words(language: &Language) -> BTreeSet<String> {
    language.words().map(|(id, _)| id.to_owned()).collect()
}

#[test]
fn no_word_of_the_views_is_missing_or_unused() {
    let (asked, there) = (asked(), words(&ENGLISH));
    let missing: Vec<_> = asked.difference(&there).collect();
    assert!(missing.is_empty(), "asked for and not in ui.txt: {missing:?}");
    let unused: Vec<_> = there.difference(&asked).collect();
    assert!(unused.is_empty(), "in ui.txt and never asked for: {unused:?}");
    assert_eq!(ENGLISH.words().count(), there.len(), "an id is there twice");
}

#[test]
fn every_language_has_the_same_texts_with_the_same_gaps() {
    let gaps = |text: &str| -> BTreeSet<String> {
        let pieces = text.split('{').skip(1);
        pieces.filter_map(|piece| Some(piece.split_once('}')?.0.to_owned())).collect()
    };
    for language in LANGUAGES {
        let tag = language.tag;
        assert_eq!(words(language), words(&ENGLISH), "{tag}");
        for ((id, text), (_, english)) in language.words().zip(ENGLISH.words()) {
            assert_eq!(gaps(text), gaps(english), "{tag}: {id}");
            assert!(!text.is_empty(), "{tag}: {id}");
        }
        let ids =
            |texts: &[(&str, &str)]| texts.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(language.lessons), ids(ENGLISH.lessons), "{tag}");
        assert_eq!(ids(language.exercises), ids(ENGLISH.exercises), "{tag}");
    }
}

#[test]
fn every_file_of_a_language_is_in_its_list() {
    for language in LANGUAGES {
        let folder = root().join(TEXTS).join(language.tag);
        let mut listed = vec!["ui.txt".to_owned(), "teacher.txt".to_owned()];
        let of = |folder: &str, texts: &[(&str, &str)]| -> Vec<String> {
            texts.iter().map(|(id, _)| format!("{folder}/{id}.txt")).collect()
        };
        listed.extend(of("lessons", language.lessons));
        listed.extend(of("exercises", language.exercises));
        listed.sort();
        let name = |path: PathBuf| {
            let inside = path.strip_prefix(&folder).expect("it is in the folder").to_owned();
            inside.to_string_lossy().replace('\\', "/")
        };
        let mut there: Vec<String> = files_ending(&folder, "txt").into_iter().map(name).collect();
        there.sort();
        assert_eq!(there, listed, "{}", language.tag);
    }
}

#[test]
fn the_teachers_guide_has_advice_for_every_lesson_in_order() {
    for language in LANGUAGES {
        let guide = Guide::of(language).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let advised: Vec<&str> = guide.lessons.iter().map(|advice| &*advice.lesson).collect();
        let taught: Vec<&str> = language.lessons.iter().map(|(id, _)| *id).collect();
        assert_eq!(advised, taught, "{}", language.tag);
        assert!(!guide.parts.is_empty());
    }
}

#[test]
fn a_gap_that_nobody_fills_stays() {
    assert_eq!(ui_with("lesson.minutes", &[]), "{n} minutes");
    assert_eq!(ui_with("lesson.minutes", &[("n", "{n}")]), "{n} minutes");
    assert_eq!(ui_with("no.such.id", &[]), "no.such.id");
}

//! One word for one thing, and none that reads like a translation: `docs/words.md` says which, this test finds them.
//!
//! It gathers what people read: string literals of the code (tests left aside), the help of the command line, the
//! texts beside the code, the documentation and `index.html`. A phrase is found across line breaks, never across
//! punctuation, and never in code; `…` stands for up to three words.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use ackground_testkit::files;

const WORDS: &str = include_str!("../docs/words.md");
/// The headings over what is allowed all the same, and over the tables with what is not.
const ALLOWED: &str = "## Allowed";
/// The most words that `…` stands for.
const GAP: usize = 3;
/// The folders with code whose literals people read, and with texts.
const FOLDERS: [&str; 7] = [
    "src",
    "crates/core/src",
    "crates/words/src",
    "crates/timeline/src",
    "crates/learn/src",
    "crates/worker/src",
    "crates/cli/src",
];
const PAGES: [&str; 4] = ["README.md", "CHANGELOG.md", "index.html", "crates/core/README.md"];
/// Doc comments here are the help of the command line, or descriptions in the JSON Schema.
const HELP: [&str; 3] = [
    "crates/cli/src/arguments.rs",
    "crates/core/src/experiment/settings.rs",
    "crates/core/src/experiment/faults.rs",
];
/// What is written by a program from texts that are gathered, or by the law.
const DERIVED: [&str; 2] = ["crates/learn/src/text/en/keys.md", "docs/words.md"];

/// A stretch of text that is read in one go, with the line of each of its characters.
struct Passage {
    file: String,
    letters: Vec<(char, usize)>,
}

/// A word, or what stands between words and ends a phrase, and where it begins and ends.
struct Token {
    word: Option<String>,
    from: usize,
    to: usize,
}

/// A phrase that is not to be written, and what the table says instead.
#[derive(Debug, PartialEq)]
struct Banned {
    phrase: Vec<String>,
    instead: String,
}

/// A place where a phrase is allowed.
#[derive(Debug)]
struct Exception {
    file: String,
    words: String,
}

struct Finding {
    file: String,
    line: usize,
    phrase: String,
    instead: String,
    sentence: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { file, line, phrase, instead, sentence } = self;
        write!(f, "{file}:{line}: \"{phrase}\" ({instead}): {sentence}")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn words_of(text: &str) -> Vec<String> {
    tokens(&text.chars().map(|c| (c, 0)).collect::<Vec<_>>())
        .into_iter()
        .map(|token| token.word.unwrap_or_else(|| "…".to_owned()))
        .collect()
}

fn tokens(letters: &[(char, usize)]) -> Vec<Token> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '-' | '_' | '{' | '}' | '*');
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let from = at;
        let c = letters[at].0;
        if part(c) {
            while at < letters.len() && part(letters[at].0) {
                at += 1;
            }
            let word: String = letters[from..at].iter().map(|(c, _)| c).collect();
            let mut word = word.trim_matches('*').to_owned();
            // A capital begins a sentence; inside a word, as in "ID", it counts.
            if let Some(first) = word.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            found.push(Token { word: Some(word), from, to: at });
        } else {
            at += 1;
            if c == '\n' || !c.is_whitespace() {
                found.push(Token { word: None, from, to: at });
            }
        }
    }
    found
}

/// How many tokens the phrase takes at the beginning of these.
fn taken(tokens: &[Token], phrase: &[String]) -> Option<usize> {
    let Some((first, rest)) = phrase.split_first() else {
        return Some(0);
    };
    if first == "…" {
        let words = tokens.iter().take(GAP).take_while(|token| token.word.is_some()).count();
        return (0..=words).find_map(|gap| Some(gap + taken(tokens.get(gap..)?, rest)?));
    }
    let here = tokens.first()?.word.as_ref()? == first;
    here.then(|| taken(&tokens[1..], rest).map(|more| more + 1)).flatten()
}

/// The sentence around a place.
fn sentence(letters: &[(char, usize)], from: usize, to: usize) -> String {
    let ends = |at: usize| {
        let next = letters.get(at + 1).is_none_or(|(c, _)| c.is_whitespace());
        letters[at].0 == '\n' || (matches!(letters[at].0, '.' | '?' | '!') && next)
    };
    let start = (0..from).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
    let end = (to..letters.len()).find(|&at| ends(at)).map_or(letters.len(), |at| at + 1);
    let text: String = letters[start..end].iter().map(|(c, _)| c).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn findings(passage: &Passage, banned: &[Banned]) -> Vec<Finding> {
    let letters = &passage.letters;
    let tokens = tokens(letters);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        for ban in banned {
            let Some(count) = taken(&tokens[at..], &ban.phrase) else {
                continue;
            };
            let (from, to) = (tokens[at].from, tokens[at + count - 1].to);
            found.push(Finding {
                file: passage.file.clone(),
                line: letters[from].1,
                phrase: letters[from..to].iter().map(|(c, _)| c).collect(),
                instead: ban.instead.clone(),
                sentence: sentence(letters, from, to),
            });
        }
    }
    found
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
    inner.map(|rest| rest.split('|').map(str::trim).collect()).unwrap_or_default()
}

/// The phrases in code of a cell.
fn phrases(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn banned(page: &str) -> Vec<Banned> {
    let tables = page.split(ALLOWED).next().unwrap_or_default();
    let mut found = Vec::new();
    for line in tables.lines() {
        let cells = cells(line);
        let (cell, instead) = match cells[..] {
            [word, _, not] => (not, format!("write \"{word}\"")),
            [not, but] => (not, format!("write {but}")),
            _ => continue,
        };
        found.extend(
            phrases(cell).map(|text| Banned { phrase: words_of(text), instead: instead.clone() }),
        );
    }
    found
}

fn exceptions(page: &str) -> Vec<Exception> {
    let table = page.split(ALLOWED).nth(1).unwrap_or_default();
    let row = |line| match cells(line)[..] {
        [file, words, _] => {
            Some(Exception { file: phrases(file).next()?.to_owned(), words: words.to_owned() })
        }
        _ => None,
    };
    table.lines().filter_map(row).collect()
}

/// A text with its line numbers: what is in code or in a comment is left out, and a paragraph is one line.
fn prose(text: &str) -> Vec<(char, usize)> {
    let mut letters = Vec::new();
    let mut fenced = false;
    for (number, line) in (1..).zip(text.lines()) {
        // `id = text` of the views' words.
        let line = line.split_once(" = ").filter(|(id, _)| is_id(id)).map_or(line, |(_, text)| {
            letters.push(('\n', number));
            text
        });
        let plain = line.trim();
        fenced ^= plain.starts_with("```");
        let starts_anew = plain.is_empty()
            || plain.starts_with(['#', '|', '-', '=', '<', '{'])
            || plain.starts_with("1.");
        if starts_anew {
            letters.push(('\n', number));
        }
        if plain.starts_with("{\"version\"") {
            // The names and titles of an experiment.
            letters.extend(literals(plain, false).into_iter().map(|(c, _)| (c, number)));
            continue;
        }
        let header = plain.starts_with("== ") || plain.starts_with("about:");
        let skipped = fenced || header || plain.starts_with("```");
        if skipped || line.starts_with("    ") || plain.starts_with("= ") {
            letters.push(('\n', number));
            continue;
        }
        let mut code = false;
        for c in line.chars() {
            if c == '`' {
                code = !code;
                letters.push(('`', number));
            } else if !code {
                letters.push((if c == '\u{2019}' { '\'' } else { c }, number));
            }
        }
        letters.push((' ', number));
    }
    letters
}

fn is_id(text: &str) -> bool {
    text.contains('.') && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-'))
}

/// What an escape in a literal stands for, and how many characters it takes after the backslash.
fn escape(rest: &[char]) -> (Option<char>, usize) {
    match rest.first() {
        Some('n' | 't' | 'r') => (Some('\n'), 1),
        Some('u') => {
            let end = rest.iter().position(|&c| c == '}').unwrap_or(0);
            let digits: String = rest.get(2..end).unwrap_or_default().iter().collect();
            (u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32), end + 1)
        }
        // A line that goes on in the next one, without its indentation.
        Some('\n') => (None, rest.iter().take_while(|c| c.is_whitespace()).count()),
        Some(&c) => (Some(c), 1),
        None => (None, 0),
    }
}

/// The literals of a source file, each ended by a line break; and, where they are help, its doc comments.
fn literals(source: &str, help: bool) -> Vec<(char, usize)> {
    let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let letters: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let starts = |at: usize, text: &str| {
        text.chars().enumerate().all(|(n, c)| letters.get(at + n) == Some(&c))
    };
    while at < letters.len() {
        let begun = at;
        if starts(at, "//") {
            let doc = help && starts(at, "/// ");
            while at < letters.len() && letters[at] != '\n' {
                if doc && at >= begun + 3 {
                    found.push((letters[at], line));
                }
                at += 1;
            }
        } else if starts(at, "'\"'") || starts(at, "'\\\"'") || starts(at, "'\\''") {
            at += 3;
        } else if letters[at] == 'r' && (starts(at, "r\"") || starts(at, "r#\"")) {
            let hashes = usize::from(starts(at, "r#\""));
            at += 2 + hashes;
            while at < letters.len() && !(letters[at] == '"' && (hashes == 0 || starts(at, "\"#")))
            {
                found.push((letters[at], line));
                line += usize::from(letters[at] == '\n');
                at += 1;
            }
            at += 1 + hashes;
            found.push(('\n', line));
            continue;
        } else if letters[at] == '"' {
            let before = found.len();
            at += 1;
            while at < letters.len() && letters[at] != '"' {
                let (c, count) = match letters[at] {
                    '\\' => {
                        let (c, count) = escape(&letters[at + 1..]);
                        (c, count + 1)
                    }
                    c => (Some(c), 1),
                };
                found.extend(c.map(|c| (if c == '\u{2019}' { '\'' } else { c }, line)));
                let end = (at + count).min(letters.len());
                line += letters[at..end].iter().filter(|&&c| c == '\n').count();
                at = end;
            }
            if code_only(&letters[..begun], &found[before..]) {
                found.truncate(before);
            }
            at += 1;
            found.push(('\n', line));
            continue;
        } else {
            at += 1;
        }
        line += letters[begun..at.min(letters.len())].iter().filter(|&&c| c == '\n').count();
    }
    found
}

/// Whether a literal is not for people: what a bug would say, or a name in code.
fn code_only(before: &[char], literal: &[(char, usize)]) -> bool {
    let bug: Vec<char> = ".expect(".chars().collect();
    let name = |&(c, _): &(char, usize)| !c.is_whitespace();
    let joined = |&(c, _): &(char, usize)| matches!(c, '.' | '-' | '_' | '/' | ':');
    before.ends_with(&bug) || literal.iter().all(name) && literal.iter().any(joined)
}

/// The texts of JSON: its strings, as they are written.
fn strings(text: &str) -> Vec<(char, usize)> {
    literals(text, false)
}

/// Whether a file holds tests only.
fn tests_only(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("/tests/")
}

fn passages() -> Vec<Passage> {
    let mut paths: Vec<PathBuf> =
        FOLDERS.iter().flat_map(|folder| files(&root().join(folder))).collect();
    paths.extend(files(&root().join("docs")));
    paths.extend(PAGES.iter().map(|page| root().join(page)));
    let mut found = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(root()).expect("it is below the root");
        let file = inside.to_string_lossy().replace('\\', "/");
        if DERIVED.contains(&&*file) || tests_only(&file) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let letters = match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs") => literals(&text, HELP.contains(&&*file)),
            Some("json") => strings(&text),
            Some("txt" | "md" | "jinja" | "html") => prose(&text),
            _ => continue,
        };
        found.push(Passage { file, letters });
    }
    found
}

#[test]
fn every_text_uses_the_words_of_the_list() {
    let (banned, exceptions) = (banned(WORDS), exceptions(WORDS));
    let mut used = vec![false; exceptions.len()];
    let mut found = Vec::new();
    for passage in passages() {
        for finding in findings(&passage, &banned) {
            let plain = finding.sentence.to_lowercase();
            let allowed = exceptions.iter().position(|one| {
                one.file == finding.file && plain.contains(&one.words.to_lowercase())
            });
            match allowed {
                Some(place) => used[place] = true,
                None => found.push(finding.to_string()),
            }
        }
    }
    assert!(found.is_empty(), "{} in all:\n{}", found.len(), found.join("\n"));
    let unused: Vec<_> = exceptions.iter().zip(used).filter(|(_, used)| !used).collect();
    assert!(unused.is_empty(), "allowed in docs/words.md and nowhere written: {unused:?}");
}

#[test]
fn the_list_is_read_whole() {
    let banned = banned(WORDS);
    assert!(banned.len() > 60, "{} phrases: the tables have another form", banned.len());
    let has = |text: &str| banned.iter().any(|one| one.phrase == words_of(text));
    assert!(has("comes again") && has("so many"), "one of the two tables is not read");
    assert!(passages().len() > 400, "the texts are elsewhere");
}

fn found_in(letters: Vec<(char, usize)>) -> Vec<String> {
    let passage = Passage { file: "here".to_owned(), letters };
    findings(&passage, &banned(WORDS)).iter().map(Finding::to_string).collect()
}

#[test]
fn a_bad_sentence_is_found_with_its_line() {
    let found = found_in(prose("First line.\n\nAll is well. The message\ncomes again. So it is."));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("here:3: \"message comes again\"")
            || found[0].starts_with("here:4: \"comes again\""),
        "{found:?}"
    );
    assert!(found[0].ends_with("The message comes again."), "{found:?}");
    let named = found_in(prose("{\"version\": 1, \"name\": \"So many\"}"));
    assert_eq!(named.len(), 1, "{named:?}");
    let code = "fn f() {\n    // It comes again.\n    say(\"{who} will send \\\n         message {n} again.\");\n}\n";
    let found = found_in(literals(code, false));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("here:3: \"send message {n} again\" (write \"resend\")"),
        "{found:?}"
    );
}

#[test]
fn code_tests_and_other_sentences_are_left_alone() {
    for good in [
        "It sends. Again it waits.",
        "`so many` is code.",
        "```text\nso many\n```",
        "    so many\n",
        "== experiment so many",
    ] {
        assert_eq!(found_in(prose(good)), Vec::<String>::new(), "{good}");
    }
    let tests = "fn f() { '\"'; \"fine\"; }\n#[cfg(test)]\nmod tests { \"so many\" }\n";
    assert_eq!(found_in(literals(tests, true)), Vec::<String>::new());
    assert_eq!(found_in(literals("/// So many.\nfn f() {}", true)).len(), 1);
    assert_eq!(found_in(literals("/// So many.\nfn f() {}", false)).len(), 0);
}

//! The walls of the house: who may know whom. Between crates Cargo keeps them once they are drawn; this test holds
//! what is drawn. Inside the page it reads the imports.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ackground_testkit::files_ending;

/// Each crate, and the crates of the house that it may build upon.
const FLOORS: [(&str, &[&str]); 6] = [
    ("core", &[]),
    ("words", &["core"]),
    ("timeline", &["core", "words"]),
    ("learn", &["core", "words"]),
    ("worker", &["core", "words", "learn"]),
    ("cli", &["core", "words", "timeline", "learn"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_crate_builds_only_upon_the_floors_below_it() {
    for (name, below) in FLOORS {
        let manifest = read(format!("crates/{name}/Cargo.toml"));
        let dependencies = manifest.split("\n[").filter(|table| table.starts_with("dependencies]"));
        let used: BTreeSet<&str> = dependencies
            .flat_map(str::lines)
            .filter_map(|line| line.strip_prefix("ackground-")?.split([' ', '=', '.']).next())
            .collect();
        let above: Vec<_> = used.iter().filter(|used| !below.contains(used)).collect();
        assert!(above.is_empty(), "crates/{name} must not know {above:?}");
    }
}

#[test]
fn every_crate_has_its_floor() {
    for entry in fs::read_dir(root().join("crates")).expect("the crates are part of the source") {
        let name = entry.expect("it can be listed").file_name().into_string().expect("Unicode");
        let known = name == "testkit" || FLOORS.iter().any(|(floor, _)| *floor == name);
        assert!(known, "crates/{name}: say in this test which crates it may build upon");
    }
}

/// A model that is built upon the simulator repeats its mistakes. Only its tests may meet both.
#[test]
fn the_second_model_knows_nothing_of_the_first() {
    let manifest = read("tests/oracle/Cargo.toml");
    let tables = manifest.split("\n[").filter(|table| !table.starts_with("dev-dependencies]"));
    for line in tables.skip(1).flat_map(str::lines) {
        assert!(!line.starts_with("ackground"), "tests/oracle must not depend on {line}");
    }
    for path in files_ending(&root().join("tests/oracle/src"), "rs") {
        let source = fs::read_to_string(&path).expect("source is text");
        assert!(!source.contains("ackground_core"), "{} names the simulator", path.display());
    }
}

/// The compiler does not miss a file that no module declares: it would lie there and be read as if it were used.
#[test]
fn every_file_is_a_module() {
    let crates = fs::read_dir(root().join("crates")).expect("the crates are part of the source");
    let crates = crates.map(|entry| entry.expect("it can be listed").path().join("src"));
    let others = ["src", "xtask/src", "tests/oracle/src"].map(|folder| root().join(folder));
    for folder in crates.chain(others) {
        for path in files_ending(&folder, "rs") {
            let own = path.with_extension("");
            let own = if own.ends_with("mod") { own.parent().expect("a folder") } else { &own };
            let (name, parent) =
                (own.file_name().expect("a name"), own.parent().expect("a folder"));
            if parent == folder && (name == "lib" || name == "main") {
                continue;
            }
            let faces = ["mod.rs", "lib.rs", "main.rs"].map(|face| parent.join(face));
            let declared = format!("mod {};", name.to_string_lossy());
            let is_declared = faces.into_iter().chain([parent.with_extension("rs")]).any(|face| {
                fs::read_to_string(face).is_ok_and(|source| source.contains(&declared))
            });
            assert!(is_declared, "{} belongs to no module", path.display());
        }
    }
}

/// A file of the page, by its path from `src/` without the ending: `state/session`, `measure/view`.
type Room = String;

/// The page's files with their code (comments and tests left out).
fn rooms() -> BTreeMap<Room, String> {
    let read =
        |path: PathBuf| (room(&path), code(&fs::read_to_string(&path).expect("source is text")));
    files_ending(&root().join("src"), "rs").into_iter().map(read).collect()
}

fn room(path: &Path) -> Room {
    let below = path.strip_prefix(root().join("src")).expect("it is in src").with_extension("");
    let whole: PathBuf =
        if below.ends_with("mod") { below.parent().unwrap_or(&below).into() } else { below };
    whole.to_string_lossy().into_owned()
}

fn code(source: &str) -> String {
    let tests = source.find("#[cfg(test)]\nmod tests").unwrap_or(source.len());
    let lines = source[..tests].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What people decided and what follows from it: pure, and tested without a browser.
fn is_pure(room: &str) -> bool {
    let is = |names: &[&str]| room.split('/').any(|part| names.contains(&part));
    is(&["state", "model", "choices"]) && !is(&["view", "hooks"])
}

#[test]
fn what_is_decided_knows_no_component_and_no_browser() {
    const FORBIDDEN: [&str; 9] = [
        "web_sys",
        "js_sys",
        "gloo_",
        "wasm_bindgen",
        "yew::",
        "::view",
        "crate::hooks",
        "::hooks::",
        "crate::controls",
    ];
    // The reducer is handed to Yew where it is defined: a trait, and nothing of a browser.
    const YEW: &str = "impl yew::Reducible for";
    for (room, code) in rooms().iter().filter(|(room, _)| is_pure(room)) {
        for line in code.lines().filter(|line| !line.contains(YEW)) {
            let found =
                FORBIDDEN.iter().find(|word| line.contains(*word) && !line.contains("::views"));
            assert_eq!(found, None, "src/{room}: {line}");
        }
    }
}

/// The rooms that each pure room imports. A name that a folder hands on (`pub use`) counts as an import of the file
/// that it comes from.
fn imports() -> BTreeMap<Room, BTreeSet<Room>> {
    let rooms = rooms();
    let mut handed_on = BTreeMap::new();
    for (face, code) in &rooms {
        for (path, name) in uses(code, "pub use ") {
            handed_on.insert((face.clone(), name), absolute(&path, face, true));
        }
    }
    let of = |room: &Room, code: &str| {
        let is_face = root().join("src").join(room).is_dir();
        let found = uses(code, "use ").into_iter().filter_map(|(path, name)| {
            let folder = absolute(&path, room, is_face);
            let whole = format!("{folder}/{name}");
            let from = handed_on.get(&(folder.clone(), name)).cloned().unwrap_or(folder);
            [whole, from].into_iter().find(|path| rooms.contains_key(path))
        });
        found.filter(|other| other != room && is_pure(other)).collect()
    };
    let pure = rooms.iter().filter(|(room, _)| is_pure(room));
    pure.map(|(room, code)| (room.clone(), of(room, code))).collect()
}

/// Every `(path, name)` of the imports in some code: `use a::b::{c, d::e};` gives `(a::b, c)` and `(a::b::d, e)`.
fn uses(code: &str, keyword: &str) -> Vec<(String, String)> {
    let statements = code.split(";").filter_map(|statement| {
        let line = statement.trim_start().rsplit("\n\n").next()?.trim_start();
        line.strip_prefix(keyword).map(|tree| tree.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    statements.flat_map(|tree| leaves("", &tree)).collect()
}

fn leaves(before: &str, tree: &str) -> Vec<(String, String)> {
    let Some((path, list)) = tree.split_once('{') else {
        let whole = format!("{before}{}", tree.split(" as ").next().unwrap_or(tree).trim());
        let (path, name) = whole.rsplit_once("::").unwrap_or(("", &whole));
        return vec![(path.to_owned(), name.to_owned())];
    };
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    for (at, letter) in list.char_indices().chain([(list.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = list[from..at].trim();
                if !part.is_empty() {
                    found.extend(leaves(&format!("{before}{path}"), part));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// A path of an import as one from `src/`.
fn absolute(path: &str, room: &str, is_face: bool) -> Room {
    let mut parts: Vec<&str> = room.split('/').collect();
    if !is_face {
        parts.pop();
    }
    let mut path = path.split("::").peekable();
    match path.peek() {
        Some(&"crate") => {
            path.next();
            parts.clear();
        }
        Some(&"super") => {
            path.next();
            if is_face {
                parts.pop();
            }
        }
        Some(&"self") => {
            path.next();
        }
        _ => {}
    }
    for part in path {
        match part {
            "super" => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn no_circle_of_imports_in_what_is_decided() {
    let mut imports = imports();
    assert!(imports["state/reduce"].contains("state/session"), "the imports are read: {imports:?}");
    // Whoever imports nothing that is left is taken away, until nobody is left but those in a circle.
    while let Some(done) =
        imports.iter().find(|(_, others)| others.is_empty()).map(|(room, _)| room.clone())
    {
        imports.remove(&done);
        for others in imports.values_mut() {
            others.remove(&done);
        }
    }
    assert!(
        imports.is_empty(),
        "these import each other, or build upon those that do: {imports:#?}"
    );
}

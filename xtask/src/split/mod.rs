//! Splits the page's Wasm in two: what the first picture needs, and the later part, which is loaded when
//! that picture stands.
//!
//! The same program in two files, with one memory, and nothing in its source says so. The rooms that can
//! wait are named in `later.txt`: their functions are cut off, and so is all that can be reached only
//! through them, functions and data ([`reach`]). The first part calls them through the table, after a function
//! that sees to it that they have come; where something else may call what is in the table, short functions stand
//! in for them until then. Who is faster than the later part waits for it (`later.js`). So a wrong line in
//! `later.txt` costs time and never a mistake.
//!
//! This happens between wasm-bindgen and wasm-opt, to whose output the linker's references would not apply.

mod bytes;
mod code;
mod module;
mod part;
mod reach;

use std::collections::BTreeSet;

use crate::failure::{Failure, Outcome};
use module::{Module, kind};
use part::Plan;
use reach::References;

pub use part::StandIns;

/// Both parts of a program.
pub struct Parts {
    pub first: Vec<u8>,
    pub later: Vec<u8>,
    pub stand_ins: StandIns,
    /// From which place of the first part's table on, and for how many, the functions stand that the later one uses.
    pub shared: (u32, u32),
    /// What the first part imports by another name than wasm-bindgen's script has it: that, and the new one.
    pub renamed: Vec<(String, String)>,
}

/// The paths of `later.txt`, without its comments.
fn rooms() -> Vec<&'static str> {
    include_str!("later.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Whether a function is of a room: its path begins so, whole; or, where the room is a component, it is
/// made by Yew to show that.
fn is_of(room: &str, function: &str) -> bool {
    let own = if room.starts_with('<') {
        function
    } else {
        let own = function.trim_start_matches(['<', '&']);
        own.strip_prefix(COMPONENT).unwrap_or(own)
    };
    let goes_on = |next: char| next.is_alphanumeric() || next == '_';
    own.strip_prefix(room).is_some_and(|rest| !rest.starts_with(goes_on))
}

/// How the names of Yew's functions for a component begin, through which all others are reached.
const COMPONENT: &str = "yew::virtual_dom::vcomp::PropsWrapper<";

/// How the names of functions end that begin a component's properties. They are short, and the compiler keeps one
/// of those that are alike, which may have the name of one in a room and be called for one that is in no room.
const MERGED: &str = "::Properties>::builder";

/// Splits what wasm-bindgen made (`bound`) of what the linker made (`linked`).
pub fn split(linked: &[u8], bound: &[u8]) -> Outcome<Parts> {
    let rooms = rooms();
    split_at(linked, bound, |function| {
        let function = format!("{:#}", rustc_demangle::demangle(function));
        rooms.iter().any(|room| is_of(room, &function)) && !function.ends_with(MERGED)
    })
}

/// The same, where `later` says of which functions, by their names.
fn split_at(linked: &[u8], bound: &[u8], later: impl Fn(&str) -> bool) -> Outcome<Parts> {
    let linked = Module::read(linked)?;
    let bound = Module::read(bound)?;
    let plan = plan(&linked, &bound, later)?;
    Ok(Parts {
        first: part::first(&bound, &plan)?,
        later: part::later(&bound, &plan)?,
        stand_ins: part::stand_ins(&bound, &plan)?,
        shared: plan.shared(&bound)?,
        renamed: part::new_names(&bound)?
            .into_iter()
            .map(|(old, new)| (old.to_owned(), new))
            .collect(),
    })
}

fn plan(linked: &Module, bound: &Module, later: impl Fn(&str) -> bool) -> Outcome<Plan> {
    let references = References::read(linked)?;
    let names = bound.names()?;
    // What wasm-bindgen has added, and what JavaScript calls.
    let mut roots: BTreeSet<u32> = bound
        .exports
        .iter()
        .filter(|(_, what, _)| *what == kind::FUNCTION)
        .map(|(_, _, index)| *index)
        .collect();
    let mut from: Vec<&str> = Vec::new();
    for (index, body) in (bound.imported..).zip(&bound.bodies) {
        if !names.get(&index).is_some_and(|name| references.knows(name)) {
            roots.insert(index);
            let called = code::named(body.bytes)?;
            from.extend(called.iter().filter_map(|called| names.get(called)));
        }
    }
    if roots.len() == bound.bodies.len() {
        return Err(Failure::new("The page's Wasm has lost the names of its functions.")
            .next("see `data-keep-debug` and `data-no-demangle` in index.html"));
    }
    from.extend(roots.iter().filter_map(|index| names.get(index)));
    let closed: BTreeSet<&str> = references.names().filter(|name| later(name)).collect();
    let reached = references.reach(from, |name| closed.contains(name));
    check(linked, bound)?;
    let stays: BTreeSet<&str> = reached.functions.into_iter().collect();
    let own = bound.imported..bound.functions.len() as u32;
    let functions = own
        .filter(|index| !roots.contains(index))
        .filter(|index| names.get(index).is_some_and(|name| !stays.contains(name)))
        .collect();
    Plan::new(bound, functions, reached.other_data)
}

/// The linker's addresses have to be those of wasm-bindgen's output, and all but functions its own.
fn check(linked: &Module, bound: &Module) -> Outcome {
    let same = linked.data.len() == bound.data.len()
        && linked.data.iter().zip(&bound.data).all(|(ours, theirs)| {
            (ours.address, ours.bytes.len()) == (theirs.address, theirs.bytes.len())
        });
    if !same {
        return Err(Failure::new("wasm-bindgen has moved the page's data: it cannot be split.")
            .next("see xtask/src/split"));
    }
    if bound.imports != bound.imported {
        return Err(Failure::new(
            "The page's Wasm imports more than functions: it cannot be split.",
        )
        .next("see xtask/src/split"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::bytes::{Entries, Writer, put, put_constant, put_length, put_name};
    use super::module::section;
    use super::*;

    const NAMES: [&str; 4] = ["main", "stays", "waits", "deep"];
    /// Where the data begin: twelve bytes that `main` uses, then twelve that `deep` uses.
    const DATA: u32 = 1024;

    /// Custom sections with names, symbols and references, as linker and wasm-bindgen write them.
    fn custom(writer: &mut Writer, name: &str, content: &[u8]) {
        let mut payload = Vec::new();
        put_name(&mut payload, name);
        payload.extend_from_slice(content);
        writer.section(section::CUSTOM, &payload);
    }

    /// `main` calls `stays` and `waits`, `waits` calls `stays` and `deep`; the table has `deep`.
    fn program() -> Vec<u8> {
        let mut writer = Writer::new();
        writer.section(section::TYPE, &[1, 0x60, 1, 0x7f, 1, 0x7f]);
        writer.section(section::FUNCTION, &[4, 0, 0, 0, 0]);
        writer.section(section::TABLE, &[1, 0x70, 1, 2, 2]);
        writer.section(section::MEMORY, &[1, 0, 1]);
        writer.section(section::GLOBAL, &[1, 0x7f, 1, 0x41, 0, 0x0b]);
        let mut exports = vec![1];
        put_name(&mut exports, "main");
        exports.extend_from_slice(&[0, 0]);
        writer.section(section::EXPORT, &exports);
        writer.section(section::ELEMENT, &[1, 0, 0x41, 1, 0x0b, 1, 3]);
        let mut bodies = Entries::default();
        for body in [
            vec![0, 0x20, 0, 0x10, 1, 0x10, 2, 0x0b],
            vec![0, 0x20, 0, 0x0b],
            vec![0, 0x20, 0, 0x10, 1, 0x10, 3, 0x0b],
            vec![0, 0x41, 0x8c, 0x08, 0x0b],
        ] {
            code::put_body(bodies.add(), &body);
        }
        writer.entries(section::CODE, &bodies);
        let mut data = vec![1, 0];
        put_constant(&mut data, DATA);
        data.push(bytes::END);
        put_length(&mut data, 24);
        data.extend_from_slice(b"first bytes later bytes ");
        writer.section(section::DATA, &data);

        let mut symbols = Entries::default();
        for (index, name) in (0..).zip(NAMES) {
            let out = symbols.add();
            out.extend_from_slice(&[0, 0, index]);
            put_name(out, name);
        }
        for (offset, name) in [(0, "used"), (12, "used later")] {
            let out = symbols.add();
            out.extend_from_slice(&[1, 0]);
            put_name(out, name);
            out.extend_from_slice(&[0, offset, 12]);
        }
        let table = symbols.section();
        let mut linking = vec![2, 8];
        put_length(&mut linking, table.len());
        linking.extend_from_slice(&table);
        custom(&mut writer, "linking", &linking);
        // Kind, place in the section of code, symbol; and what is added to an address.
        let code = [6, 6, 0, 6, 1, 4, 5, 4, 0, 0, 8, 2, 0, 20, 1, 0, 22, 3, 4, 26, 5, 0];
        custom(&mut writer, "reloc.CODE", &code);

        let mut names = Entries::default();
        for (index, name) in (0..).zip(NAMES) {
            let out = names.add();
            put(out, index);
            put_name(out, name);
        }
        let table = names.section();
        let mut content = vec![1];
        put_length(&mut content, table.len());
        content.extend_from_slice(&table);
        custom(&mut writer, "name", &content);
        writer.finish()
    }

    #[test]
    fn a_room_takes_what_only_it_reaches() -> Outcome {
        let program = program();
        let parts = split_at(&program, &program, |name| name == "waits")?;
        let (first, later) = (Module::read(&parts.first)?, Module::read(&parts.later)?);

        // The first part: `main`, which calls `waits` through the table, `stays`, and the function that sees to
        // it that the later part is there, which keeps the place of `deep` in the table.
        assert_eq!((first.imported, first.bodies.len()), (1, 3));
        assert_eq!(code::named(first.bodies[0].bytes)?, [2, 3]);
        assert_eq!(code::named(first.bodies[2].bytes)?, [0], "asks for the later part");
        assert_eq!(first.elements, [(1, vec![3]), (3, vec![2])]);
        assert_eq!(parts.shared, (3, 1), "`stays`, behind `deep` and `waits`");
        assert_eq!(first.data[0].bytes, b"first bytes \0\0\0\0\0\0\0\0\0\0\0\0");
        assert_eq!(parts.stand_ins.kinds, "i>i");
        assert_eq!(parts.stand_ins.slots, "0");

        // The later part: the real ones, in the places where the stand-ins stood.
        assert_eq!((later.imported, later.bodies.len()), (1, 2));
        assert_eq!(code::named(later.bodies[0].bytes)?, [0, 2]);
        assert_eq!(later.elements, [(1, vec![2, 1])]);
        assert_eq!(later.data[0].address, DATA + 12);
        assert_eq!(later.data[0].bytes, b"later bytes ");
        Ok(())
    }

    #[test]
    fn nothing_waits_where_no_room_is_named() -> Outcome {
        let program = program();
        let parts = split_at(&program, &program, |_| false)?;
        assert_eq!(Module::read(&parts.later)?.bodies.len(), 0);
        assert_eq!(Module::read(&parts.first)?.bodies.len(), NAMES.len() + 1);
        Ok(())
    }

    #[test]
    fn a_room_is_found_by_its_whole_path() {
        let function = "<app::prove::Prove<app::lane::Lane>>::view";
        assert!(is_of("app::prove", function));
        assert!(is_of("app::prove::Prove", function));
        assert!(is_of("<app::prove::Prove<app::lane::Lane>>::view", function));
        assert!(!is_of("app::pro", function));
        assert!(!is_of("app::lane", function));
        let component = format!("<{COMPONENT}app::prove::Prove> as yew::Mountable>::mount");
        assert!(is_of("app::prove", &component));
    }
}

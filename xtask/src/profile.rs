//! `cargo xtask profile`: which functions of the page run before its first picture and until somebody
//! does something, found out in Chromium; the list of those that do not is renewed, and what
//! later.txt should not name is told.
//!
//! How a program is made to tell is [`split::marking`]'s to know, what the list looks like the
//! [`split`]ter's, what is done in the browser that of `tests/e2e/src/bin/ran.rs`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::{say, task};
use crate::setup::Setup;
use crate::{parts, place, site, split, steps};

/// The list, in the source.
const LIST: &str = "xtask/src/split/cold.txt";
/// Runs the page and prints which functions have run.
const RAN: [&str; 6] = ["run", "--quiet", "--package", "ackground-e2e", "--bin", "ran"];

/// Renews the list.
pub fn profile() -> Outcome {
    let setup = Setup::default();
    let linked = site::bundle(&setup)?;
    let page = place::dist().join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    // As in the two parts: the page waits with what can wait until the later one is there.
    fs::write(&page, html.replacen("<html ", "<html data-part=\"first\" ", 1))
        .at("write", &page)?;
    let program = place::dist().join(format!("{}_bg.wasm", parts::name_in(&html)?));
    let bound = fs::read(&program).at("read", &program)?;
    let marked = split::marking(&bound)?;
    fs::write(&program, &marked.program).at("write", &program)?;

    let numbers = [marked.address, marked.points].map(|number| number.to_string());
    let told = task("Look what runs", || {
        let more = [OsStr::new("--"), numbers[0].as_ref(), numbers[1].as_ref()];
        steps::at_dist(&setup, &RAN, &more, &[])
    })?;
    let passed: BTreeSet<u32> =
        told.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    if passed.is_empty() {
        return Err(Failure::new("No function of the page has run."));
    }
    let linked = fs::read(&linked).at("read", &linked)?;
    let list = place::root().join(LIST);
    let profiled = split::profiled(&linked, &bound, &passed)?;
    fs::write(&list, profiled.cold).at("write", &list)?;
    for function in &profiled.waited_for {
        say(format!("  runs, though later.txt has it wait: {function}"));
    }
    say(format!(
        "  {} of {} points are passed; {LIST} is written. `cargo xtask build` splits by it.",
        passed.len(),
        marked.points
    ));
    Ok(())
}

//! `cargo xtask test`: the steps, their order, and the summary.
//!
//! A failed step does not stop the others. While the first steps compile natively, the tools of the later
//! ones are set up in the background.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use crate::failure::{AtPath, Failure, Outcome};
use crate::place;
use crate::report::{say, seconds};
use crate::run::{is_root, output};
use crate::server::{self, Port};
use crate::setup::Setup;
use crate::toolchain::{TARGET, native_cargo, need_component};

/// The end-to-end tests serve the site under a sub-path: no URL may start at the root.
pub const SUB_PATH: &str = "/some/where/";

pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    needs: &'static [Need],
    run: fn(&Setup) -> Outcome<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Wasm,
    WasmBindgen,
    Browser,
    Axe,
    Site,
}

pub const STEPS: [Step; 9] = [
    Step { name: "fmt", about: "formatting (rustfmt)", needs: &[], run: fmt },
    Step {
        name: "walls",
        about: "no crate below the page depends on Yew or web-sys",
        needs: &[],
        run: walls,
    },
    Step { name: "clippy", about: "Clippy, native, warnings denied", needs: &[], run: clippy },
    Step {
        name: "docs",
        about: "the documentation of the libraries, warnings denied",
        needs: &[],
        run: docs,
    },
    Step {
        name: "native",
        about: "native tests and the examples in the documentation",
        needs: &[],
        run: native,
    },
    Step {
        name: "clippy-wasm",
        about: "Clippy for the page, warnings denied",
        needs: &[Need::Wasm],
        run: clippy_wasm,
    },
    Step {
        name: "wasm",
        about: "tests in Wasm in headless Chromium",
        needs: &[Need::Wasm, Need::WasmBindgen, Need::Browser],
        run: wasm,
    },
    Step {
        name: "site",
        about: "the release site is built",
        needs: &[Need::Site],
        run: build_site,
    },
    Step {
        name: "e2e",
        about: "the built site, under a sub-path, in Chromium",
        needs: &[Need::Site, Need::Browser, Need::Axe],
        run: e2e,
    },
];

/// Runs the chosen steps (all if none is named); fails if one of them fails.
pub fn test(only: &[String]) -> Outcome {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(Failure::new(format!("There is no step \"{unknown}\"."))
            .next(format!("choose from {}", names.join(", "))));
    }
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| only.is_empty() || only.iter().any(|name| name == step.name))
        .collect();
    let setup = Setup::default();
    let started = Instant::now();
    let mut results = Vec::new();
    let needs: BTreeSet<Need> = chosen.iter().flat_map(|step| step.needs).copied().collect();
    thread::scope(|scope| {
        scope.spawn(|| prepare(&setup, &needs));
        for step in &chosen {
            say(format!("\n{}: {}", step.name, step.about));
            let begun = Instant::now();
            let outcome = (step.run)(&setup);
            let time = seconds(begun.elapsed());
            let line = match &outcome {
                Ok(told) if told.is_empty() => format!("passed in {time}"),
                Ok(told) => format!("passed in {time}: {told}"),
                Err(failure) => format!("FAILED in {time}: {failure}"),
            };
            say(format!("{}: {line}", step.name));
            results.push((step.name, line, outcome.is_ok()));
        }
    });

    say("\nSummary");
    for (name, line, _) in &results {
        say(format!("  {name:<12} {line}"));
    }
    let passed = results.iter().filter(|(_, _, ok)| *ok).count();
    let failed = results.len() - passed;
    say(format!("{passed} passed, {failed} failed (steps, in {})", seconds(started.elapsed())));
    if failed == 0 {
        return Ok(());
    }
    let names: Vec<&str> =
        results.iter().filter(|(_, _, ok)| !ok).map(|(name, ..)| *name).collect();
    Err(Failure::new(format!("Failed: {}.", names.join(", ")))
        .next(format!("mend it, then `cargo xtask test --only {}`", names.join(","))))
}

/// Sets up tools in the background. Failures surface when a step asks for its tools again.
fn prepare(setup: &Setup, needs: &BTreeSet<Need>) {
    let needs_any = |wanted: &[Need]| wanted.iter().any(|need| needs.contains(need));
    thread::scope(|scope| {
        if needs.contains(&Need::Browser) {
            scope.spawn(|| setup.browser());
        }
        if needs.contains(&Need::Axe) {
            scope.spawn(|| setup.axe());
        }
        if needs.contains(&Need::Site) {
            scope.spawn(|| setup.for_site());
        } else if needs_any(&[Need::WasmBindgen]) {
            scope.spawn(|| setup.wasm_bindgen());
        }
    });
}

fn fmt(_: &Setup) -> Outcome<String> {
    need_component("rustfmt", "rustfmt")?;
    output(native_cargo().args(["fmt", "--all", "--check"]))
        .map(|_| String::new())
        .map_err(|_| Failure::new("The code is not formatted.").next("run `cargo fmt --all`"))
}

/// The crates below the page must build and run without a browser.
const BELOW_THE_PAGE: [&str; 5] =
    ["ackground-core", "ackground-words", "ackground-timeline", "ackground-learn", "ackground-cli"];

fn walls(_: &Setup) -> Outcome<String> {
    let mut cargo = native_cargo();
    cargo.args(["tree", "--quiet", "--edges", "normal,build", "--prefix", "none"]);
    for package in BELOW_THE_PAGE {
        cargo.args(["--package", package]);
    }
    let tree = output(&mut cargo)?;
    match browser_package(&tree) {
        None => Ok(format!("{} packages", tree.lines().collect::<BTreeSet<_>>().len())),
        Some(name) => Err(Failure::new(format!("A crate below the page depends on {name}."))
            .next(format!("see which one with `cargo tree --invert {name}`"))),
    }
}

/// The first package in a dependency tree that only works in a browser.
fn browser_package(tree: &str) -> Option<&str> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).find(|name| {
        matches!(*name, "web-sys" | "js-sys" | "wasm-bindgen")
            || name.starts_with("yew")
            || name.starts_with("gloo")
    })
}

fn clippy(_: &Setup) -> Outcome<String> {
    need_component("clippy", "cargo-clippy")?;
    output(native_cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
    .map(|_| String::new())
    .map_err(|_| Failure::new("Clippy has complaints.").next("mend what is shown above"))
}

fn docs(_: &Setup) -> Outcome<String> {
    output(
        native_cargo()
            // Libraries only: the docs of the binary `ackground` would overwrite those of the library.
            .args(["doc", "--workspace", "--lib", "--no-deps", "--keep-going"])
            .args(["--exclude", "ackground-e2e", "--exclude", "xtask"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
    .map(|_| String::new())
    .map_err(|_| Failure::new("The documentation has mistakes.").next("mend what is shown above"))
}

fn native(_: &Setup) -> Outcome<String> {
    // The end-to-end tests need a browser, and have their own step.
    output(native_cargo().args([
        "test",
        "--workspace",
        "--exclude",
        "ackground-e2e",
        "--no-fail-fast",
    ]))
    .map(|told| counted(&told))
    .map_err(|_| Failure::new("A native test failed.").next("see the failures above"))
}

fn clippy_wasm(setup: &Setup) -> Outcome<String> {
    let wasm = setup.wasm()?;
    wasm.need_clippy()?;
    let mut cargo = wasm.cargo();
    cargo
        .args(["clippy", "--target", TARGET, "--lib", "--bins"])
        .args(["--package", "ackground", "--package", "ackground-worker"])
        .args(wasm_tests()?)
        .args(["--", "--deny", "warnings"]);
    output(&mut cargo).map(|_| String::new()).map_err(|_| {
        Failure::new("Clippy has complaints about the page.").next("mend what is shown above")
    })
}

fn wasm(setup: &Setup) -> Outcome<String> {
    let mut cargo = setup.cargo_in_chromium()?;
    cargo
        .args(["test", "--target", TARGET, "--package", "ackground"])
        // Chromium does not show it, and without it linking and loading take half the time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    let programs = wasm_tests()?;
    if programs.is_empty() {
        return Ok("no tests in Wasm yet".to_owned());
    }
    cargo.args(programs);
    output(&mut cargo)
        .map(|told| counted(&told))
        .map_err(|_| Failure::new("A test in Wasm failed.").next("see the failures above"))
}

/// Cargo arguments for the test programs with tests for Wasm. Each starts a browser, so those without any are
/// left out. (Unit tests in `src/` are native.)
fn wasm_tests() -> Outcome<Vec<String>> {
    let dir = place::root().join("tests");
    let mut entries: Vec<PathBuf> =
        fs::read_dir(&dir).at("read", &dir)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let mut arguments = Vec::new();
    for entry in entries {
        // As Cargo discovers them: `tests/name.rs` and `tests/name/main.rs`.
        let program = if entry.is_dir() { entry.join("main.rs") } else { entry.clone() };
        if program.extension().is_none_or(|kind| kind != "rs") || !program.is_file() {
            continue;
        }
        let text = fs::read_to_string(&program).at("read", &program)?;
        if let Some(name) = entry.file_stem()
            && text.contains("wasm_bindgen_test")
        {
            arguments.extend(["--test".to_owned(), name.to_string_lossy().into_owned()]);
        }
    }
    Ok(arguments)
}

fn build_site(setup: &Setup) -> Outcome<String> {
    setup.site()?;
    let dist = place::dist();
    let bytes: u64 =
        place::files(&dist)?.iter().flat_map(fs::metadata).map(|data| data.len()).sum();
    Ok(format!("{} KB in {}", bytes / 1024, dist.display()))
}

fn e2e(setup: &Setup) -> Outcome<String> {
    let axe = setup.axe()?;
    with_browser(
        setup,
        &["test", "--package", "ackground-e2e"],
        &[],
        &[("ACKGROUND_AXE", axe.as_os_str())],
    )
    .map(|told| counted(&told))
    .map_err(|failure| {
        if failure.is_from("cargo") {
            Failure::new("An end-to-end test failed.").next("see the failures above")
        } else {
            failure
        }
    })
}

/// Takes screenshots of the built site.
pub fn shots(dir: &Path, fragments: &[String]) -> Outcome {
    let setup = Setup::default();
    let dir = std::path::absolute(dir).at("find", dir)?;
    let mut more = vec![dir.as_os_str()];
    more.extend(fragments.iter().map(OsStr::new));
    let told = with_browser(
        &setup,
        &["run", "--quiet", "--package", "ackground-e2e", "--bin", "shots", "--"],
        &more,
        &[],
    )?;
    say(told.trim_end());
    Ok(())
}

/// Measures how well the built page keeps up with input.
pub fn pace() -> Outcome {
    let program = ["run", "--quiet", "--package", "ackground-e2e", "--bin", "pace"];
    let told = with_browser(&Setup::default(), &program, &[], &[])?;
    say(told.trim_end());
    Ok(())
}

/// Runs Cargo with the built site served under the sub-path and a driver running; their URLs are passed in
/// the environment, in addition to `known`.
fn with_browser(
    setup: &Setup,
    cargo: &[&str],
    more: &[&OsStr],
    known: &[(&str, &OsStr)],
) -> Outcome<String> {
    setup.site()?;
    let browser = setup.browser()?;
    let port = Port::any()?;
    let site = format!("http://127.0.0.1:{}{SUB_PATH}", port.number());
    server::serve(port, &place::dist(), SUB_PATH);
    let driver = browser.drive()?;
    output(
        native_cargo()
            .args(cargo)
            .args(more)
            .envs(known.iter().copied())
            .env("ACKGROUND_SITE", site)
            .env("ACKGROUND_WEBDRIVER", driver.url())
            .env("ACKGROUND_CHROME", &browser.chrome)
            .env("ACKGROUND_NO_SANDBOX", if is_root() { "1" } else { "" }),
    )
}

/// The number of passed tests, from the output of Cargo's test programs.
fn counted(told: &str) -> String {
    let passed: usize = told
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: ok. "))
        .filter_map(|rest| rest.split_whitespace().next()?.parse::<usize>().ok())
        .sum();
    format!("{passed} {}", if passed == 1 { "test" } else { "tests" })
}

/// Prints the steps.
pub fn list() {
    for step in &STEPS {
        say(format!("{:<12} {}", step.name, step.about));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_package_in_the_tree_is_named() {
        assert_eq!(browser_package("ackground v0.1.0 (/x)\nserde v1.0.1\n"), None);
        assert_eq!(browser_package("serde v1.0.1\nyew-macro v0.23.0\n"), Some("yew-macro"));
        assert_eq!(browser_package("web-sys v0.3.1\n"), Some("web-sys"));
    }

    #[test]
    fn tests_are_counted_over_all_programs() {
        let told = "test result: ok. 12 passed; 0 failed\n\ntest result: ok. 3 passed; 0 failed;\n";
        assert_eq!(counted(told), "15 tests");
    }
}

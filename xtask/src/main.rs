//! The project's commands: `cargo xtask serve`, `build`, `test`, `bench` and `shots`.
//!
//! This file reads the arguments; the rest is in the modules. [`setup`] finds or installs what a
//! command needs ([`toolchain`], [`tools`], [`browser`], [`apt`]), [`site`] builds, [`server`]
//! serves, [`steps`] checks, [`bench`] measures.

mod apt;
mod axe;
mod bench;
mod browser;
mod failure;
mod host;
mod parts;
mod place;
mod report;
mod run;
mod server;
mod setup;
mod site;
mod soak;
mod split;
mod steps;
mod toolchain;
mod tools;
mod weight;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::{Long, Short, Value, ValueExt};

use failure::{Failure, Outcome};
use report::{say, seconds};
use server::Port;
use setup::Setup;

const PORT: u16 = 8080;

const USAGE: &str = "\
cargo xtask serve [--port N]       build the site and serve it on 127.0.0.1
cargo xtask build                  build the site into dist/, and in one file: dist/ackground.html
cargo xtask test [--only A,B]      check everything, or these steps
cargo xtask test --list            the steps
cargo xtask soak                   the random tests, with as many cases as a release is worth
cargo xtask bench [--profile P]    how fast the simulator is, natively and in Chromium
                                   (as the page is built, or with another profile)
cargo xtask bench --page           how the built page keeps up with a hand, in Chromium
cargo xtask shots [DIR] ['#...']   pictures of the built site, also of these experiments
                                   (into target/shots)

What is missing is set up first: the Wasm target, wasm-bindgen, Trunk, wasm-opt, a browser.
It is kept in $ACKGROUND_CACHE, or \"ackground\" in the user's cache directory.";

enum Ask {
    Help,
    Serve { port: Option<u16> },
    Build,
    Test { only: Vec<String> },
    List,
    Soak,
    Bench { profile: String },
    Pace,
    Shots { dir: PathBuf, fragments: Vec<String> },
}

fn main() -> ExitCode {
    let outcome = read_arguments(lexopt::Parser::from_env())
        .map_err(|error| {
            Failure::new(format!("Not understood: {error}."))
                .next("`cargo xtask help` names the commands")
        })
        .and_then(run);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(format!("\n{failure}"));
            ExitCode::FAILURE
        }
    }
}

fn read_arguments(mut parser: lexopt::Parser) -> Result<Ask, lexopt::Error> {
    let mut ask = Ask::Help;
    let mut named = false;
    while let Some(argument) = parser.next()? {
        match (argument, &mut ask) {
            (Short('h') | Long("help"), _) => return Ok(Ask::Help),
            (Value(command), _) if !named => {
                named = true;
                ask = match command.string()?.as_str() {
                    "help" => return Ok(Ask::Help),
                    "serve" => Ask::Serve { port: None },
                    "build" => Ask::Build,
                    "test" => Ask::Test { only: Vec::new() },
                    "soak" => Ask::Soak,
                    "bench" => Ask::Bench { profile: bench::PAGE.to_owned() },
                    "shots" => {
                        Ask::Shots { dir: place::target().join("shots"), fragments: Vec::new() }
                    }
                    other => return Err(format!("there is no command \"{other}\"").into()),
                };
            }
            (Long("port"), Ask::Serve { port }) => *port = Some(parser.value()?.parse()?),
            (Long("page"), Ask::Bench { .. }) => ask = Ask::Pace,
            (Long("profile"), Ask::Bench { profile }) => *profile = parser.value()?.string()?,
            (Long("only"), Ask::Test { only }) => {
                let names = parser.value()?.string()?;
                only.extend(
                    names
                        .split(',')
                        .map(str::trim)
                        .filter(|name| !name.is_empty())
                        .map(str::to_owned),
                );
            }
            (Long("list"), Ask::Test { .. }) => return Ok(Ask::List),
            (Value(word), Ask::Shots { dir, fragments }) => match word.to_str() {
                Some(fragment) if fragment.starts_with('#') => fragments.push(fragment.to_owned()),
                _ => *dir = PathBuf::from(word),
            },
            (argument, _) => return Err(argument.unexpected()),
        }
    }
    Ok(ask)
}

fn run(ask: Ask) -> Outcome {
    match ask {
        Ask::Help => say(USAGE),
        Ask::List => steps::list(),
        Ask::Serve { port } => serve(port)?,
        Ask::Build => {
            let started = Instant::now();
            Setup::default().site()?;
            say(format!(
                "The site is in {} ({}).",
                place::dist().display(),
                seconds(started.elapsed())
            ));
        }
        Ask::Test { only } => steps::test(&only)?,
        Ask::Soak => soak::soak()?,
        Ask::Bench { profile } => bench::bench(&profile)?,
        Ask::Pace => steps::pace()?,
        Ask::Shots { dir, fragments } => steps::shots(&dir, &fragments)?,
    }
    Ok(())
}

fn serve(asked: Option<u16>) -> Outcome {
    let started = Instant::now();
    // First of all, so that a taken port is noticed before minutes of building.
    let port = match asked {
        Some(number) => Port::exactly(number)?,
        None => Port::from(PORT)?,
    };
    let number = port.number();
    if asked.is_none() && number != PORT {
        say(format!("  port {PORT} is taken, using {number}"));
    }
    Setup::default().site()?;
    server::serve(port, &place::dist(), "/");
    say(format!("\nReady after {}.", seconds(started.elapsed())));
    say(format!("Ackground is at http://127.0.0.1:{number}/  (Ctrl-C ends it)"));
    loop {
        std::thread::park();
    }
}

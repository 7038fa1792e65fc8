//! `cargo xtask soak`: the random tests with more cases than a test run has time for, before a release.

use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::report::{say, seconds};
use crate::run::output;
use crate::toolchain::native_cargo;

/// A test program that takes the number of its cases from the environment.
struct Soak {
    about: &'static str,
    cargo: &'static [&'static str],
    cases: (&'static str, &'static str),
}

const SOAKS: [Soak; 4] = [
    Soak {
        about: "a million setups, judged by the second model of the format",
        cargo: &["--package", "ackground-oracle", "--test", "examiner"],
        cases: ("ACKGROUND_EXAMINER_SETUPS", "1000000"),
    },
    Soak {
        about: "the laws of the simulator",
        cargo: &["--package", "ackground-core", "--test", "laws"],
        cases: ("PROPTEST_CASES", "20000"),
    },
    Soak {
        about: "the sentences of a run",
        cargo: &["--package", "ackground-words", "--test", "story"],
        cases: ("PROPTEST_CASES", "1500"),
    },
    Soak {
        about: "the prover against every script",
        cargo: &["--package", "ackground-core", "--test", "prove", "--", "--include-ignored"],
        cases: ("PROPTEST_CASES", "600"),
    },
];

/// Runs them all; fails if one of them fails.
pub fn soak() -> Outcome {
    let mut failed = Vec::new();
    for soak in SOAKS {
        let (name, number) = soak.cases;
        say(format!("\n{} ({number} cases)", soak.about));
        let begun = Instant::now();
        let mut cargo = native_cargo();
        cargo.args(["test", "--release"]).args(soak.cargo).env(name, number);
        let outcome = output(&mut cargo);
        let told = if outcome.is_ok() { "passed" } else { "FAILED" };
        say(format!("{told} in {}", seconds(begun.elapsed())));
        if outcome.is_err() {
            failed.push(soak.about);
        }
    }
    match failed[..] {
        [] => Ok(()),
        _ => Err(Failure::new(format!("Failed: {}.", failed.join("; ")))
            .next("see the failures above; what is found becomes a test")),
    }
}

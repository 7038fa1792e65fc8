//! The golden traces, natively. `tests/browser` compares the very same files in Wasm.
#![cfg(not(target_arch = "wasm32"))]

use ackground_testkit::golden;

/// After a wanted change of the simulator: `UPDATE_GOLDEN=1 cargo test --test golden`. A change of a
/// golden trace breaks the promise that an old link shows what it always showed: it needs a reason.
#[test]
fn traces_are_what_they_always_were() {
    for case in golden::CASES {
        let file = format!("{}.trace", case.name);
        compare(&file, case.trace, &golden::tell(case.experiment));
    }
}

/// Whole numbers first, then floats to the last digit: basic arithmetic is the same everywhere.
#[test]
fn measurements_are_what_they_always_were() {
    compare("measured.txt", golden::MEASURED, &golden::measure());
}

#[test]
fn proofs_are_what_they_always_were() {
    compare("proven.txt", golden::PROVEN, &golden::prove());
}

fn compare(file: &str, golden: &str, told: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = ackground_testkit::file("tests/golden").join(file);
        std::fs::write(path, told).expect("the golden files can be written");
    } else if let Some(difference) = golden::first_difference(golden, told) {
        panic!("{file} differs in {difference}");
    }
}

//! The golden traces, natively. `tests/browser` compares the very same files in Wasm.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/golden.rs"]
mod golden;

/// After a wanted change of the simulator: `UPDATE_GOLDEN=1 cargo test --test golden`. A change of a
/// golden trace breaks the promise that an old link shows what it always showed: it needs a reason.
#[test]
fn traces_are_what_they_always_were() {
    for case in golden::CASES {
        let trace = golden::tell(case.experiment);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let path = format!(
                "{}/tests/golden/{}.trace",
                env!("CARGO_MANIFEST_DIR"),
                case.name
            );
            std::fs::write(path, &trace).expect("the golden files can be written");
        } else if let Some(difference) = golden::first_difference(case.trace, &trace) {
            panic!("{} differs in {difference}", case.name);
        }
    }
}

/// Whole numbers first, then floats to the last digit: basic arithmetic is the same everywhere.
#[test]
fn measurements_are_what_they_always_were() {
    let told = golden::measure();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/measured.txt");
        std::fs::write(path, &told).expect("the golden files can be written");
    } else if let Some(difference) = golden::first_difference(golden::MEASURED, &told) {
        panic!("measured.txt differs in {difference}");
    }
}

//! The golden traces in Wasm: the very files that `tests/golden.rs` compares natively.

use wasm_bindgen_test::wasm_bindgen_test;

use ackground_testkit::golden as told;

#[wasm_bindgen_test]
fn traces_are_in_wasm_what_they_are_natively() {
    for case in told::CASES {
        compare(case.name, case.trace, &told::tell(case.experiment));
    }
}

#[wasm_bindgen_test]
fn measurements_are_in_wasm_what_they_are_natively() {
    compare("measured.txt", told::MEASURED, &told::measure());
}

#[wasm_bindgen_test]
fn proofs_are_in_wasm_what_they_are_natively() {
    compare("proven.txt", told::PROVEN, &told::prove());
}

fn compare(file: &str, golden: &str, told: &str) {
    if let Some(difference) = told::first_difference(golden, told) {
        panic!("{file} differs in {difference}");
    }
}

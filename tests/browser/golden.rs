//! The golden traces in Wasm: the very files that `tests/golden.rs` compares natively.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../common/golden.rs"]
mod told;

#[wasm_bindgen_test]
fn traces_are_in_wasm_what_they_are_natively() {
    for case in told::CASES {
        let trace = told::tell(case.experiment);
        let difference = told::first_difference(case.trace, &trace);
        assert!(
            difference.is_none(),
            "{} differs in {}",
            case.name,
            difference.unwrap_or_default()
        );
    }
}

#[wasm_bindgen_test]
fn measurements_are_in_wasm_what_they_are_natively() {
    let difference = told::first_difference(told::MEASURED, &told::measure());
    assert!(
        difference.is_none(),
        "measured.txt differs in {}",
        difference.unwrap_or_default()
    );
}

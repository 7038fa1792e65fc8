//! The golden traces in Wasm: the very files that `tests/golden.rs` compares natively.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../common/golden.rs"]
mod golden;

#[wasm_bindgen_test]
fn traces_are_in_wasm_what_they_are_natively() {
    for case in golden::CASES {
        let trace = golden::tell(case.experiment);
        let difference = golden::first_difference(case.trace, &trace);
        assert!(
            difference.is_none(),
            "{} differs in {}",
            case.name,
            difference.unwrap_or_default()
        );
    }
}

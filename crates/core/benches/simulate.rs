//! How fast the simulator is, in messages per second, and the prover, in schedules per second.
//!
//! `cargo bench` measures natively; `cargo xtask bench` also compiles this program to Wasm, runs it
//! in Chromium and puts both side by side. See `README.md` here.

mod cases;
mod measure;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::io::Write;

    #[expect(clippy::disallowed_types, reason = "a benchmark measures real time")]
    let start = std::time::Instant::now();
    for case in cases::all() {
        let speed = measure::speed(&case, || start.elapsed().as_secs_f64() * 1000.0);
        // A closed pipe is nobody's failure.
        let _ = writeln!(std::io::stdout(), "{}", speed.line(&case));
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::{cases, measure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn simulate() {
        let clock = web_sys::window()
            .and_then(|window| window.performance())
            .expect("a browser has a clock");
        for case in cases::all() {
            let speed = measure::speed(&case, || clock.now());
            console_log!("{}", speed.line(&case));
        }
    }
}

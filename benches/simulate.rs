//! How fast the simulator is, in messages per second: `cargo bench --bench simulate`.

mod cases;

#[cfg(not(target_arch = "wasm32"))]
#[divan::bench(args = cases::all())]
fn simulate(bencher: divan::Bencher, case: &cases::Case) {
    bencher
        .counter(divan::counter::ItemsCount::new(case.messages))
        .bench(|| case.round());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

/// A browser measures the same cases with a clock of its own.
#[cfg(target_arch = "wasm32")]
fn main() {}

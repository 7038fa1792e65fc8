//! Asks the linker to write down, for the page's Wasm, what refers to what: `cargo xtask build` splits
//! the page by it (`xtask/src/split`).

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}

//! Shared test support: draws and runs experiments, and asserts nothing.

use std::path::{Path, PathBuf};

#[cfg(not(target_arch = "wasm32"))]
pub mod fixtures;
pub mod golden;
#[cfg(not(target_arch = "wasm32"))]
pub mod random;
pub mod run;

/// The path of a file in the repository, given relative to its root.
pub fn file(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

//! What the tests of several crates share. It draws and runs experiments; it asserts nothing.

use std::path::{Path, PathBuf};

#[cfg(not(target_arch = "wasm32"))]
pub mod fixtures;
pub mod golden;
#[cfg(not(target_arch = "wasm32"))]
pub mod random;
pub mod run;

/// A file of the repository, by its path from the root.
pub fn file(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

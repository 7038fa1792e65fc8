//! Shared test support: draws and runs experiments, and asserts nothing.

use std::fs;
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

/// The files below a folder, in the order of their paths.
///
/// # Panics
///
/// If the folder cannot be read.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is part of the source") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Those with this ending, such as `rs`.
///
/// # Panics
///
/// If the folder cannot be read.
pub fn files_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = files(folder);
    found.retain(|path| path.extension().is_some_and(|its| its == ending));
    found
}

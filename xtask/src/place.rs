//! Paths: the repository, its build directory, and the per-user cache, which all clones share.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{AtPath, Outcome};

pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| PathBuf::from("."), PathBuf::from)
}

pub fn dist() -> PathBuf {
    root().join("dist")
}

/// All files in a directory, recursively and sorted.
pub fn files(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).at("read", &dir)? {
            let path = entry.at("read", &dir)?.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The cache for tools and the standard library for Wasm, shared by all clones of this user:
/// `$ACKGROUND_CACHE`, else `ackground` in the user's cache directory, else `target/cache`.
pub fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("ACKGROUND_CACHE")
        .or_else(|| Some(set("XDG_CACHE_HOME")?.join("ackground")))
        .or_else(|| Some(set("LOCALAPPDATA")?.join("ackground")))
        .or_else(|| Some(set("HOME")?.join(".cache").join("ackground")))
        .unwrap_or_else(|| target().join("cache"))
}

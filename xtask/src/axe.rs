//! axe-core, the accessibility checker that the end-to-end tests inject into the page.
//!
//! It is a single script, pinned by checksum and installed by npm into the cache under its version. It is not
//! part of the site. Judging its findings is up to the tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::{AtPath, Failure, Outcome};
use crate::place;
use crate::report::task;
use crate::run::{command, on_path, output};

const VERSION: &str = "4.14.1";
/// The checksum of the published package; npm refuses any other.
const INTEGRITY: &str = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";
/// The script's path in the npm package.
const SCRIPT: &str = "node_modules/axe-core/axe.min.js";

/// Finds the script: `ACKGROUND_AXE`, then the cache, then npm.
pub fn axe() -> Outcome<PathBuf> {
    if let Some(file) = env::var_os("ACKGROUND_AXE").map(PathBuf::from)
        && file.is_file()
    {
        return Ok(file);
    }
    let home = place::cache().join(format!("axe-core-{VERSION}"));
    if !home.join(SCRIPT).is_file() {
        install(&home).map_err(|failure| unavailable(&failure))?;
    }
    Ok(home.join(SCRIPT))
}

/// Installs into a temporary directory, then renames it, as another run may be doing the same.
fn install(home: &Path) -> Outcome {
    let npm = on_path("npm").ok_or_else(|| Failure::new("There is no npm on the PATH."))?;
    let fresh = place::cache().join(format!("axe-core-fetch-{}", process::id()));
    fs::create_dir_all(&fresh).at("create", &fresh)?;
    for (name, text) in [("package.json", manifest()), ("package-lock.json", lock_file())] {
        let file = fresh.join(name);
        fs::write(&file, text).at("write", &file)?;
    }
    let installed = task(&format!("Install axe-core {VERSION} with npm"), || {
        output(
            command(npm)
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .arg("--loglevel=error")
                .current_dir(&fresh),
        )
    });
    if installed.is_ok() && fs::rename(&fresh, home).is_ok() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(&fresh);
    // If another run was first, its result is as good.
    if home.join(SCRIPT).is_file() {
        return Ok(());
    }
    installed.and_then(|_| Err(Failure::new(format!("{} is in the way.", home.display()))))
}

fn manifest() -> String {
    format!(r#"{{ "private": true, "dependencies": {{ "axe-core": "{VERSION}" }} }}"#)
}

/// A lock file makes npm install exactly this package or nothing.
fn lock_file() -> String {
    format!(
        r#"{{ "lockfileVersion": 3, "packages": {{
            "": {{ "dependencies": {{ "axe-core": "{VERSION}" }} }},
            "node_modules/axe-core": {{ "version": "{VERSION}", "integrity": "{INTEGRITY}" }}
        }} }}"#
    )
}

fn unavailable(failure: &Failure) -> Failure {
    Failure::new(format!(
        "axe-core {VERSION}, which checks accessibility, could not be installed: {failure}"
    ))
    .next("install Node.js with npm, or set ACKGROUND_AXE to an axe.min.js")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_names_the_version_that_is_asked_for_and_its_checksum() {
        let version = format!("\"{VERSION}\"");
        assert_eq!(manifest().matches(&version).count(), 1);
        assert_eq!(lock_file().matches(&version).count(), 2);
        assert!(lock_file().contains(INTEGRITY));
    }
}

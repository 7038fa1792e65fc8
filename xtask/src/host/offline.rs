//! The service worker, which caches every file of the site after a visit for offline use.
//!
//! The list of files and their hashes is generated at the very end of a build; the logic is in `sw.js`. The
//! single-file page is not cached, as it needs no network anyway.

use std::fs;
use std::path::Path;

use super::digest::{digest, short};
use super::{ONE_FILE, bare};
use crate::failure::{AtPath, Outcome};
use crate::place;

/// The service worker's file, at the root of the site because that is its scope.
pub const SERVICE_WORKER: &str = "sw.js";
/// The template; `THE_VERSION` and `THE_FILES` are filled in at the end of a build.
const SCRIPT: &str = include_str!("sw.js");

/// Writes the service worker for the site as it is now.
pub fn write(dist: &Path) -> Outcome {
    let mut listed = Vec::new();
    for file in place::files(dist)? {
        let name = address(dist, &file);
        let hidden = name.rsplit('/').next().is_some_and(|own| own.starts_with('.'));
        if !hidden && ![SERVICE_WORKER, ONE_FILE].contains(&name.as_str()) {
            let content = fs::read(&file).at("read", &file)?;
            listed.push(format!("{name:?}: {:?}", digest(&content)));
        }
    }
    let listed = format!("{{\n{}\n}}", listed.join(",\n"));
    let script = bare(SCRIPT);
    let version = short(format!("{script}{listed}").as_bytes());
    let script = script.replace("THE_VERSION", &version).replace("THE_FILES", &listed);
    let file = dist.join(SERVICE_WORKER);
    fs::write(&file, script).at("write", &file)
}

/// The URL of a file relative to the site.
fn address(dist: &Path, file: &Path) -> String {
    let below = file.strip_prefix(dist).unwrap_or(file);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_worker_knows_every_file_and_what_is_in_it() -> Outcome {
        let dist = std::env::temp_dir().join(format!("ackground-offline-{}", std::process::id()));
        let deeper = dist.join("deeper");
        fs::create_dir_all(&deeper).at("create", &deeper)?;
        let write_file =
            |name: &str, text: &str| fs::write(dist.join(name), text).at("write", &dist);
        write_file("index.html", "abc")?;
        write_file("deeper/a.js", "")?;
        write_file(ONE_FILE, "")?;
        let mut scripts = Vec::new();
        for text in ["abc", "abc", "another"] {
            write_file("index.html", text)?;
            write(&dist)?;
            let file = dist.join(SERVICE_WORKER);
            scripts.push(fs::read_to_string(&file).at("read", &file)?);
        }
        fs::remove_dir_all(&dist).at("remove", &dist)?;
        let first = &scripts[0];
        assert!(
            first.contains("\"index.html\": \"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\""),
            "{first}"
        );
        assert!(first.contains("\"deeper/a.js\""), "{first}");
        assert!(!first.contains(ONE_FILE) && !first.contains("THE_"), "{first}");
        assert_eq!(scripts[0], scripts[1], "the same files are the same version");
        assert_ne!(scripts[0], scripts[2]);
        Ok(())
    }
}

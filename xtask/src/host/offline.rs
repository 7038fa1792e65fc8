//! The site without a network: the service worker, which keeps every file of the site after a visit.
//!
//! The list of the files with what is in them is made here, at the very end of a build; what is done with
//! it is in `sw.js`. The page in one file is not kept: it needs no network anyway.

use std::fs;
use std::path::Path;

use super::digest::{digest, short};
use super::{ONE_FILE, bare};
use crate::failure::{AtPath, Outcome};

/// The service worker's file: at the top of the site, since it answers for what is below it.
pub const SERVICE_WORKER: &str = "sw.js";
/// In it `THE_VERSION` and `THE_FILES` stand for what is known at the end of a build.
const SCRIPT: &str = include_str!("sw.js");

/// Writes the service worker of the site as it is now.
pub fn write(dist: &Path) -> Outcome {
    let mut files = Vec::new();
    collect(dist, "", &mut files)?;
    files.sort();
    let listed: Vec<String> =
        files.iter().map(|(name, digest)| format!("{name:?}: {digest:?}")).collect();
    let listed = format!("{{\n{}\n}}", listed.join(",\n"));
    let script = bare(SCRIPT);
    let version = short(format!("{script}{listed}").as_bytes());
    let script = script.replace("THE_VERSION", &version).replace("THE_FILES", &listed);
    let file = dist.join(SERVICE_WORKER);
    fs::write(&file, script).at("write", &file)
}

/// The names of the files, relative to the site and as addresses write them, with their digests.
fn collect(dir: &Path, within: &str, files: &mut Vec<(String, String)>) -> Outcome {
    for entry in fs::read_dir(dir).at("read", dir)? {
        let path = entry.at("read", dir)?.path();
        let own = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{within}{own}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if ![SERVICE_WORKER, ONE_FILE].contains(&name.as_str()) && !own.starts_with('.') {
            let content = fs::read(&path).at("read", &path)?;
            files.push((name, digest(&content)));
        }
    }
    Ok(())
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

//! The size of the built site: what a first visit loads before its first picture, and what comes later.
//!
//! The budget is in uncompressed bytes, so that checking it needs no other program. The transfer size is
//! about a third of that, and reported if Node.js is available.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{AtPath, Failure, Outcome};
use crate::host::ONE_FILE;
use crate::place;
use crate::report::say;
use crate::run::{command, on_path, output};

/// The budget for a first visit up to its first picture, optimized, in bytes: 340 KB with Brotli. 227 KB of it are the
/// first picture at five heights, which differ so little that they are 8 KB with Brotli.
const FIRST_LOAD: u64 = 1_300_000;
/// The budget for the single-file page, optimized, in bytes.
const ONE: u64 = 2_000_000;
/// Prints the Brotli size of each file, one per line.
const BROTLI: &str = "const zlib = require('zlib'), fs = require('fs');
for (const file of process.argv.slice(1)) console.log(zlib.brotliCompressSync(fs.readFileSync(file)).length);";

/// When a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    First,
    Later,
}

/// Reports the size of the site. Fails if it is over budget and `small`, which it cannot be without wasm-opt.
pub fn weigh(dist: &Path, small: bool) -> Outcome {
    let mut files = place::files(dist)?;
    // An alternative to all the other files.
    files.retain(|file| !file.ends_with(ONE_FILE));
    let page = dist.join("index.html");
    let page = fs::read_to_string(&page).at("read", &page)?;
    let mut total = 0;
    for (when, title) in [(When::First, "the first load"), (When::Later, "loaded later")] {
        let these: Vec<&PathBuf> = files.iter().filter(|file| of(file, &page) == when).collect();
        let mut bytes = 0;
        for file in &these {
            bytes += fs::metadata(file).at("read", file)?.len();
        }
        if when == When::First {
            total = bytes;
        }
        let packed = brotli(&these)
            .map_or_else(String::new, |bytes| format!(", {} KB with Brotli", kilo(bytes)));
        say(format!("  {title}: {} KB{packed}", kilo(bytes)));
    }
    let file = dist.join(ONE_FILE);
    let one = fs::metadata(&file).at("read", &file)?.len();
    say(format!("  the page in one file: {} KB", kilo(one)));
    if small && one > ONE {
        return Err(Failure::new(format!(
            "The page in one file has grown to {} KB; its budget is {} KB.",
            kilo(one),
            kilo(ONE)
        ))
        .next("see xtask/src/host/one.rs for what is in it"));
    }
    if small && total > FIRST_LOAD {
        return Err(Failure::new(format!(
            "The first load has grown to {} KB; its budget is {} KB.",
            kilo(total),
            kilo(FIRST_LOAD)
        ))
        .next("name in xtask/src/split/later.txt what the first picture does not need, or say in xtask/src/weight.rs why it needs more"));
    }
    Ok(())
}

/// Loaded first: the page, icon, script, the first part of the program, and styles not marked as deferred.
fn of(file: &Path, page: &str) -> When {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let own = ["index.html", "app-", "favicon"].iter().any(|own| name.starts_with(own));
    let inside = |dir: &str| file.components().any(|part| part.as_os_str() == dir);
    let apart = inside("examples")
        || inside("posters")
        || name.ends_with("_later.wasm")
        || page.contains(&format!("{name}\" data-later"));
    if (own || name.ends_with(".css")) && !apart { When::First } else { When::Later }
}

/// The total Brotli size of these files, if Node.js is available.
fn brotli(files: &[&PathBuf]) -> Option<u64> {
    let node = on_path("node")?;
    let told = output(command(node).arg("-e").arg(BROTLI).args(files)).ok()?;
    told.lines().map(|line| line.trim().parse::<u64>().ok()).sum()
}

/// Kilobytes, rounded up.
fn kilo(bytes: u64) -> u64 {
    bytes.div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_loads_the_first_part_and_no_worker() {
        let page = r#"<link href="./base-1.css"/><link href="./flow-1.css" data-later disabled/>"#;
        let when = |name: &str| of(Path::new(name), page);
        for first in ["index.html", "base-1.css", "app-1.js", "app-1_bg.wasm"] {
            assert_eq!(when(first), When::First, "{first}");
        }
        for later in [
            "sw.js",
            "icons/icon-192.png",
            "examples/index.html",
            "app-1_later.wasm",
            "flow-1.css",
            "worker-1/worker_bg.wasm",
            "worker-1/worker_loader.js",
            "ackground-embed.js",
            "dist/posters/first.svg",
            "dist/examples/blog-post.html",
        ] {
            assert_eq!(when(later), When::Later, "{later}");
        }
    }
}

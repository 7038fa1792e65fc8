//! Makes the built page work on any host: startup, content security policy, offline use.
//!
//! | module | owns |
//! |---|---|
//! | `boot` | the scripts that load and start the page's program |
//! | `policy` | the content security policy |
//! | `style` | minified and bundled styles |
//! | `offline` | the service worker, which caches the site |
//! | `one` | the single-file page |
//! | `digest` | SHA-256 and base64 |

mod boot;
mod digest;
mod offline;
mod one;
mod policy;
mod style;

use std::fs;
use std::path::Path;

use crate::failure::{AtPath, Outcome};
use crate::parts::Program;
use policy::{Site, with_policy};

pub use digest::short;
pub use one::ONE_FILE;

/// Finishes the site in `dist`, which holds Trunk's page and all other files. Nothing may change afterwards.
pub fn finish(dist: &Path, program: &Program) -> Outcome {
    let file = dist.join("index.html");
    let html = fs::read_to_string(&file).at("read", &file)?;
    let page = style::joined(dist, &boot::without_start(&html)?)?;
    one::write(dist, &page, program)?;
    let poster = dist.join("poster.js");
    let poster = if poster.is_file() {
        digest::short(&fs::read(&poster).at("read", &poster)?)
    } else {
        String::new()
    };
    let start = boot::with_start(&page, &program.name, &poster)?;
    let html = with_policy(&start, Site::Files);
    fs::write(&file, html).at("write", &file)?;
    offline::write(dist)
}

/// Strips comment lines and indentation from a script.
pub fn bare(script: &str) -> String {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

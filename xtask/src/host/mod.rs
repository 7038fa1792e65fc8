//! What makes the built page at home anywhere: how it starts, what it may do, and who keeps its files.
//!
//! | module | owns |
//! |---|---|
//! | `boot` | the scripts that load and start the page's program |
//! | `policy` | the content security policy |
//! | `style` | the styles as they are sent |
//! | `offline` | the service worker, which keeps the site |
//! | `one` | the page in one file |
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

/// Finishes the site in `dist`, where Trunk's page and all other files are: nothing may change after.
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

/// A script as it is in a page: without the lines that explain it, and what they are indented by.
pub fn bare(script: &str) -> String {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

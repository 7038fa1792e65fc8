//! What makes the built page at home anywhere: how it starts, what it may do, and who is asked for its
//! files.
//!
//! | module | owns |
//! |---|---|
//! | `boot` | the scripts that load and start the page's program |

mod boot;

pub use boot::boot;

/// A script as it is in a page: without the lines that explain it, and what they are indented by.
fn bare(script: &str) -> String {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

//! Minifies styles, and bundles adjacent style sheets that are needed first: one file compresses better than
//! many.
//!
//! Order is preserved, since later rules win.

use std::fs;
use std::path::Path;

use super::digest::short;
use crate::failure::{AtPath, Outcome};

/// The start of a link to a style sheet.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// The attribute of links to deferred styles.
const LATER: &str = "data-later";

/// Writes the minified styles to `dist`, and returns the page with links to them.
pub fn joined(dist: &Path, html: &str) -> Outcome<String> {
    let mut links = html.split(LINK);
    let mut page = links.next().unwrap_or_default().to_owned();
    let mut first = String::new();
    for link in links {
        let (name, rest) = link.split_once('"').unwrap_or((link, ""));
        let (said, rest) = rest.split_once('>').unwrap_or(("", rest));
        let file = dist.join(name);
        let style = bare(&fs::read_to_string(&file).at("read", &file)?);
        if said.contains(LATER) {
            put(dist, &mut page, &mut first)?;
            fs::write(&file, style).at("write", &file)?;
            page.push_str(&format!("{LINK}{name}\"{said}>"));
        } else {
            fs::remove_file(&file).at("remove", &file)?;
            first.push_str(&style);
        }
        // Followed by the end of the line, or something other than a link.
        if !rest.trim().is_empty() {
            put(dist, &mut page, &mut first)?;
            page.push_str(rest.trim_start_matches('\n'));
        } else if first.is_empty() {
            page.push_str(rest);
        }
    }
    put(dist, &mut page, &mut first)?;
    Ok(page)
}

/// Writes the bundle collected so far to a file, and links it.
fn put(dist: &Path, page: &mut String, first: &mut String) -> Outcome {
    if !first.is_empty() {
        let style = std::mem::take(first);
        let name = format!("style-{}.css", short(style.as_bytes()));
        let file = dist.join(&name);
        fs::write(&file, style).at("write", &file)?;
        page.push_str(&format!("{LINK}{name}\"/>\n"));
    }
    Ok(())
}

/// Strips comments and indentation.
fn bare(style: &str) -> String {
    let mut parts = style.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let plain = parts
        .fold(first, |plain, part| plain + part.split_once("*/").map_or("", |(_, after)| after));
    let lines = plain.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_their_order_and_those_of_the_first_picture_come_together() -> Outcome {
        let dist = std::env::temp_dir().join(format!("ackground-style-{}", std::process::id()));
        fs::create_dir_all(&dist).at("create", &dist)?;
        for (name, style) in [("a", "/* About\n a */\na { b: c }\n"), ("b", "  b {\n}\n")] {
            fs::write(dist.join(format!("{name}.css")), style).at("write", &dist)?;
        }
        for name in ["c", "d"] {
            let style = format!("{name} {{}} /* {name} */");
            fs::write(dist.join(format!("{name}.css")), style).at("write", &dist)?;
        }
        let page = "<p>\n<link rel=\"stylesheet\" href=\"./a.css\"/>\n<link rel=\"stylesheet\" href=\"./b.css\"/>\n\
            <link rel=\"stylesheet\" href=\"./c.css\" data-later disabled/>\n\
            <link rel=\"stylesheet\" href=\"./d.css\"/>\n<p>";
        let page = joined(&dist, page)?;
        let links: Vec<&str> = page.split(LINK).skip(1).collect();
        assert_eq!(links.len(), 3, "{page}");
        assert!(page.starts_with("<p>\n<link") && page.ends_with("/>\n<p>"), "{page}");
        assert!(links[1].starts_with("c.css\" data-later disabled/>"), "{page}");
        let read = |link: &str| {
            let file = dist.join(link.split('"').next().unwrap_or_default());
            fs::read_to_string(&file).at("read", &file)
        };
        assert_eq!(read(links[0])?, "a { b: c }\nb {\n}\n");
        assert_eq!(read(links[1])?, "c {}\n");
        assert_eq!(read(links[2])?, "d {}\n");
        fs::remove_dir_all(&dist).at("remove", &dist)
    }
}

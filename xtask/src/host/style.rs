//! The page's styles as they are sent: without what explains them, and those that stand one behind the other and
//! are needed first in one file, which packs better than many.
//!
//! Their order stays: a rule that comes later still wins.

use std::fs;
use std::path::Path;

use super::digest::short;
use crate::failure::{AtPath, Outcome};

/// How a link to a style begins.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// What a link says whose style is for later.
const LATER: &str = "data-later";

/// The page with links to styles as they are sent, which then are in `dist`.
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
        // What follows is a line's end, or something else than a link.
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

/// Puts the styles that were joined so far into a file, and a link to it into the page.
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

/// A style without comments and without what its lines are indented by.
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

//! The single-file page: styles, icon and program inlined, so that it works from a disk.
//!
//! Programs and styles are compressed (deflate, which browsers can decompress natively) and base64-encoded.
//! The workers run the page's own program, which is optimized for size: the site's worker program, optimized
//! for speed, would add 450 KB, and proofs and measurements only take a third longer without it
//! (`crates/core/benches/README.md`). The page's script is not compressed: it would have to be loaded from a
//! blob, which the content security policy forbids.

use std::fs;
use std::path::Path;

use miniz_oxide::deflate::compress_to_vec_zlib;

use super::bare;
use super::boot::without;
use super::digest::base64;
use super::policy::{Site, with_policy};
use crate::failure::{AtPath, Failure, Outcome};
use crate::parts::Program;

/// The file's name in the site.
pub const ONE_FILE: &str = "ackground.html";
/// The slowest and smallest level of deflate.
const SMALLEST: u8 = 10;
/// Starts the page and its workers from the inlined data.
const START: &str = include_str!("one.js");
/// Instantiates the deferred part, which is inlined too.
const LATER: &str = "const later = { prepare(first) { new WebAssembly.Instance(later.module, { first: shared(first) }); }, bring() {} };";
/// The message if the file does not start.
const TOO_OLD: &str = "It did not start: this browser cannot read a page that comes in one file. Open it \
    in a current version of Firefox, Chrome, Edge or Safari. The address holds your experiment: nothing is lost.";

/// Writes the single-file page. `page` is the site's page without start scripts; its styles are in `dist`.
pub fn write(dist: &Path, page: &str, program: &Program) -> Outcome {
    let read = |name: &str| {
        let file = dist.join(name);
        fs::read(&file).at("read", &file)
    };
    // Not a module, not even in workers: Chromium cannot load modules from blobs of pages with an opaque
    // origin.
    let script = format!(
        "(async () => {{\n{}\n{}\n{LATER}\n{}\n}})();",
        bare(&program.glue_inside()?),
        program.shared(),
        bare(START)
    );
    if script.contains("</script") || script.contains("<!--") {
        return Err(Failure::new("The page's script cannot stand inside of a page.")
            .next("see xtask/src/host/one.rs"));
    }
    // The first picture needs all styles, and they come with the program here.
    let page = without(page, "<div id=\"app-first\"", "</script>")
        .ok_or_else(|| unknown("first picture"))?;
    let html = with_icon(&page, |name| Ok(base64(&read(name)?)))?;
    let (html, styles) = with_first_style(&said(&html)?, read)?;
    let end = html.rfind("</body>").ok_or_else(|| unknown("end"))?;
    let (before, after) = html.split_at(end);
    let html = [
        before,
        &packed(&[&read(&program.first())?, &read(&program.later())?, &styles]),
        "<script id=\"program\">\n",
        &script,
        "\n</script>\n",
        after,
    ]
    .concat();
    let html = with_policy(&html, Site::OneFile);
    let file = dist.join(ONE_FILE);
    fs::write(&file, &html).at("write", &file)
}

fn unknown(what: &str) -> Failure {
    Failure::new(format!("The built page has no {what} that is known here."))
        .next("see xtask/src/host/one.rs")
}

/// A data element with these blobs, compressed and encoded.
fn packed(data: &[&[u8]]) -> String {
    let letters: Vec<String> =
        data.iter().map(|data| base64(&compress_to_vec_zlib(data, SMALLEST))).collect();
    let letters = letters.join(" ");
    format!("<script type=\"application/octet-stream\" id=\"packed\">{letters}</script>\n")
}

/// The page with its first style sheet, for the placeholder before the program, and all others inlined.
fn with_first_style(
    html: &str,
    read: impl Fn(&str) -> Outcome<Vec<u8>>,
) -> Outcome<(String, Vec<u8>)> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
    let mut links = html.split(LINK);
    let mut html = links.next().unwrap_or_default().to_owned();
    let mut others = Vec::new();
    for (at, link) in links.enumerate() {
        let (name, rest) = link.split_once('"').ok_or_else(|| unknown("styles"))?;
        let (_, rest) = rest.split_once('>').ok_or_else(|| unknown("styles"))?;
        let style = read(name)?;
        if at == 0 {
            let style = String::from_utf8_lossy(&style);
            html.push_str(&format!("<style>\n{style}</style>"));
            html.push_str(rest);
        } else {
            others.extend(style);
            html.push_str(rest.trim_start_matches('\n'));
        }
    }
    if others.is_empty() {
        return Err(unknown("styles"));
    }
    Ok((html, others))
}

/// Inlines the icon, and removes links to files that a single-file page does not have.
fn with_icon(html: &str, read: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    const ICON: &str = "<link rel=\"icon\" href=\"./";
    let (before, after) = html.split_once(ICON).ok_or_else(|| unknown("icon"))?;
    let (name, after) = after.split_once('"').ok_or_else(|| unknown("icon"))?;
    let icon = read(name)?;
    let html =
        format!("{before}<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\"{after}");
    Ok(["<link rel=\"manifest\"", "<link rel=\"apple-touch-icon\""]
        .iter()
        .fold(html, |html, link| without(&html, link, ">").unwrap_or(html)))
}

/// Adapts the error message: no file can be missing or blocked here, so if it does not start, the browser is
/// too old.
fn said(html: &str) -> Outcome<String> {
    ["app-apart", "app-missing"].iter().try_fold(html.to_owned(), |html, id| {
        let begin = format!("<p id=\"{id}\" hidden>");
        let (before, after) = html.split_once(&begin).ok_or_else(|| unknown("sentence"))?;
        let (_, after) = after.split_once("</p>").ok_or_else(|| unknown("sentence"))?;
        Ok(format!("{before}{begin}{TOO_OLD}</p>{after}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_icon_are_inside_in_their_order() -> Outcome {
        let page = "<link rel=\"icon\" href=\"./i.svg\" type=\"image/svg+xml\"/>\n\
            <link rel=\"manifest\" href=\"./m\">\n<link rel=\"stylesheet\" href=\"./a.css\"/>\n\
            <link rel=\"stylesheet\" href=\"./b.css\"/>\n\
            <link rel=\"stylesheet\" href=\"./c.css\"/>\n<p id=\"app-missing\" hidden>missing</p>\n<p id=\"app-apart\" hidden>apart</p>";
        let (html, others) =
            with_first_style(page, |name| Ok(format!("/*{name}*/\n").into_bytes()))?;
        let html = said(&with_icon(&html, |name| Ok(name.to_uppercase()))?)?;
        assert!(html.contains("<style>\n/*a.css*/\n</style>\n<p"), "{html}");
        assert_eq!(others, b"/*b.css*/\n/*c.css*/\n");
        assert!(html.contains("base64,I.SVG\" type="), "{html}");
        assert!(!html.contains("./"), "{html}");
        assert_eq!(html.matches(TOO_OLD).count(), 2, "{html}");
        assert!(!html.contains(">apart<") && !html.contains(">missing<"), "{html}");
        Ok(())
    }

    #[test]
    fn a_page_without_styles_is_refused() {
        assert!(with_first_style("<p>", |_| Ok(Vec::new())).is_err());
    }
}

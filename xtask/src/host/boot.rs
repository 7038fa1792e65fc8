//! How the page starts: our own scripts in place of Trunk's, so that a figure with a poster can postpone
//! everything heavy.
//!
//! The very first script requests the program as early as Trunk's preload hints would. The page starts once
//! the document and its styles have loaded. The error messages are in `index.html`.

use super::bare;
use crate::failure::{Failure, Outcome};

/// Requests the program. In both scripts, `APP` stands for its name.
const EARLY: &str = include_str!("early.js");
/// Starts the program.
const START: &str = include_str!("start.js");

/// Removes Trunk's start script from the page.
pub fn without_start(html: &str) -> Outcome<String> {
    let html = without(html, "<script type=\"module\">", "</script>")
        .ok_or_else(|| unknown("script that starts it"))?;
    let html = without(&html, "<link rel=\"modulepreload\"", ">")
        .and_then(|html| without(&html, "<link rel=\"preload\"", ">"))
        .ok_or_else(|| unknown("hints"))?;
    Ok(unchecked(&html))
}

/// Adds our start scripts for the program with this name. `poster` is the content hash of the
/// poster script, for its query: other scripts link to it by its bare name, which has no hash.
pub fn with_start(html: &str, app: &str, poster: &str) -> Outcome<String> {
    // Before the styles: a script after them would wait for them.
    let at = html.find("<script").ok_or_else(|| unknown("script"))?;
    let (before, after) = html.split_at(at);
    let [early, start] = [EARLY, START].map(|script| {
        bare(script).replace("APP", app).replace("./poster.js", &format!("./poster.js?{poster}"))
    });
    Ok(format!(
        "{before}<script>\n{early}\n</script>\n<script type=\"module\">\n{start}\n</script>\n{after}"
    ))
}

fn unknown(what: &str) -> Failure {
    Failure::new(format!("The built page has no {what} that is known here."))
        .next("see xtask/src/host/boot.rs")
}

/// Removes the integrity digests of styles: the browser cannot check them in a frame with an opaque origin.
/// File names contain hashes of the content anyway.
fn unchecked(html: &str) -> String {
    let mut parts = html.split(" integrity=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |html, rest| html + rest.split_once('"').map_or("", |(_, rest)| rest))
}

/// Removes the part between these delimiters, inclusive; `None` unless it occurs exactly once.
pub fn without(text: &str, begin: &str, end: &str) -> Option<String> {
    let (before, rest) = text.split_once(begin)?;
    let (_, after) = rest.split_once(end)?;
    (!after.contains(begin)).then(|| format!("{before}{}", after.trim_start_matches('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNKS: &str = "<script>first()</script>\n<link rel=\"stylesheet\" href=\"./a.css\"/>\n\
        <script type=\"module\">\nimport init from './app-1.js';\n</script>\n\
        <link rel=\"modulepreload\" href=\"./app-1.js\"><link rel=\"preload\" href=\"./app-1_bg.wasm\"></head>";

    #[test]
    fn the_page_starts_our_way_before_its_styles() -> Outcome {
        let html = with_start(&without_start(TRUNKS)?, "app-1", "abc")?;
        assert!(!html.contains("import init") && !html.contains("<link rel=\"preload\""), "{html}");
        let place = |what: &str| html.find(what).expect(what);
        assert!(place("modulepreload") < place("first()"));
        assert!(place("./app-1_bg.wasm") < place("stylesheet"));
        assert!(!html.contains("APP"), "{html}");
        assert!(html.contains("./poster.js?abc"), "{html}");
        Ok(())
    }

    #[test]
    fn styles_are_taken_as_they_are() {
        let html =
            unchecked(r#"<link href="a" integrity="sha384-x"/><link integrity="y" rel="b">"#);
        assert_eq!(html, r#"<link href="a"/><link rel="b">"#);
    }

    #[test]
    fn a_page_that_is_written_in_another_way_is_refused() {
        assert!(without_start("<script type=\"module\"></script>").is_err());
        let twice =
            TRUNKS.replace("first()</script>", "</script><script type=\"module\"></script>");
        assert!(without_start(&twice).is_err());
    }
}

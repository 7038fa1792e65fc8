//! The content security policy. It lists the page's inline scripts by hash, so no injected script runs.
//!
//! Styles are loaded from files; only `style` attributes are allowed inline, which the page uses for
//! positioning.

use super::digest::digest;

/// Where resources may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// Several files: from the page's own origin.
    Files,
    /// A single file: from nowhere, except that the page may embed itself as a figure.
    OneFile,
}

/// Inserts the policy before anything that it applies to.
pub fn with_policy(html: &str, site: Site) -> String {
    let charset = "<meta charset=\"utf-8\">";
    let policy = policy(html, site);
    html.replacen(
        charset,
        &format!("{charset}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
        1,
    )
}

/// The policy for the content of this page.
pub fn policy(html: &str, site: Site) -> String {
    let scripts = sources(&inline(html, "script"));
    let styles = sources(&inline(html, "style"));
    let (scripts_from, styles_from, rest) = match site {
        Site::Files => (
            "'self' ",
            "'self'",
            "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; manifest-src 'self'",
        ),
        Site::OneFile => {
            ("", styles.as_str(), "img-src data: blob:; worker-src blob:; frame-src 'self'")
        }
    };
    format!(
        "default-src 'none'; script-src {scripts_from}'wasm-unsafe-eval' {scripts}; \
         style-src {styles_from}; style-src-attr 'unsafe-inline'; {rest}; base-uri 'none'; form-action 'none'"
    )
}

fn sources(texts: &[&str]) -> String {
    let named: Vec<String> =
        texts.iter().map(|text| format!("'sha256-{}'", digest(text.as_bytes()))).collect();
    named.join(" ")
}

/// The content of elements with this name that browsers execute or apply, as opposed to data blocks.
fn inline<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = html;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((tag, content)) = after.split_once('>') else {
            break;
        };
        let Some((content, after)) = content.split_once(&close) else {
            break;
        };
        let is_data = tag.contains("type=") && !tag.contains("type=\"module\"");
        if !is_data && !tag.contains("src=") {
            found.push(content);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<meta charset=\"utf-8\">\n<script>abc</script>\
        <script type=\"text/plain\" id=\"data\">x</script><script src=\"./a.js\"></script>\
        <style>abc</style><script type=\"module\">abc</script></head>";
    const ABC: &str = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";

    #[test]
    fn every_script_that_runs_is_named_by_what_is_in_it() {
        let policy = policy(PAGE, Site::Files);
        assert!(
            policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {ABC} {ABC};")),
            "{policy}"
        );
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(!policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(policy.matches("unsafe-inline").count(), 1, "{policy}");
    }

    #[test]
    fn a_page_in_one_file_asks_nobody_for_anything() {
        let policy = policy(PAGE, Site::OneFile);
        let asked = policy.replace("frame-src 'self';", "");
        assert!(!asked.contains("'self'"), "{policy}");
        assert!(policy.contains(&format!("style-src {ABC};")), "{policy}");
    }

    #[test]
    fn the_policy_comes_before_what_it_is_about() {
        let html = with_policy(PAGE, Site::Files);
        let policy = html.find("Content-Security-Policy");
        assert!(policy.is_some() && policy < html.find("<script"), "{html}");
    }
}

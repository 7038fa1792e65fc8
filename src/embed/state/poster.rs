//! The image shown in place of a figure until it is clicked.
//!
//! It is chosen by whoever writes the figure's address, and any page can embed a figure. So only images on
//! the figure's own site, or inline in the address, are allowed.

/// The maximum length of a poster's address, in bytes: a fully escaped image of 30 KB.
const LONGEST: usize = 100_000;
/// The prefix of an inline image.
const INLINE: &str = "data:image/svg+xml";
/// What the error message says is allowed.
pub(crate) const ALLOWED: &str =
    "the word alone, the path of a picture on the same site, or data:image/svg+xml,…";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Poster {
    /// The image that the site has for this experiment, if any; else its title.
    Own,
    /// A path on the same site, or an inline image.
    Picture(String),
}

impl Poster {
    /// `None` if the value is not allowed.
    pub fn read(value: &str) -> Option<Poster> {
        if value.is_empty() {
            return Some(Poster::Own);
        }
        let allowed = value.len() <= LONGEST
            && !value.contains(char::is_control)
            && (is_inline(value) || is_path(value));
        allowed.then(|| Poster::Picture(value.to_owned()))
    }

    pub fn written(&self) -> &str {
        match self {
            Poster::Own => "",
            Poster::Picture(address) => address,
        }
    }
}

fn is_inline(value: &str) -> bool {
    value.strip_prefix(INLINE).is_some_and(|rest| rest.starts_with([',', ';']))
}

/// Whether an address has neither scheme nor host, and so stays on the site. Browsers treat `\` as `/`, and
/// ignore leading spaces.
fn is_path(value: &str) -> bool {
    let first = value.split(['/', '?', '#']).next().unwrap_or_default();
    let leads_away = value.replace('\\', "/").trim_start().starts_with("//");
    !leads_away && !first.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_is_on_the_same_site_or_in_the_address() {
        for allowed in [
            "poster.svg",
            "./posters/a.png",
            "../a.svg?x=http://b",
            "/site/a.svg#b:c",
            "data:image/svg+xml,%3Csvg/%3E",
            "data:image/svg+xml;charset=utf-8,%3Csvg/%3E",
        ] {
            assert!(Poster::read(allowed).is_some(), "{allowed}");
        }
        for refused in [
            "https://evil.example/a.svg",
            "//evil.example/a.svg",
            "\\\\evil.example/a.svg",
            " //evil.example/a.svg",
            "/\\evil.example",
            "javascript:alert(1)",
            "data:text/html,<script>",
            "data:image/svg+xmlx,",
            "blob:https://a/b",
            "a\n.svg",
        ] {
            assert_eq!(Poster::read(refused), None, "{refused}");
        }
        assert_eq!(Poster::read(&"a".repeat(LONGEST + 1)), None);
    }
}

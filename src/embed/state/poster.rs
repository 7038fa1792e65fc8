//! The picture that stands in place of a figure until it is clicked.
//!
//! Whoever writes the address of a figure chooses it, and a figure can be put on any page: only pictures of
//! the figure's own site, or pictures in the address itself, are shown.

/// The longest address of a poster, in bytes: a picture of 30 KB with everything in it escaped.
const LONGEST: usize = 100_000;
/// How a picture in the address begins.
const INLINE: &str = "data:image/svg+xml";
/// What is allowed.
pub(crate) const ALLOWED: &str =
    "the word alone, the path of a picture on the same site, or data:image/svg+xml,…";

/// A poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Poster {
    /// The picture that the site holds for this experiment, if it does; else its title.
    Own,
    /// The picture at this address: a path on the same site, or the picture itself.
    Picture(String),
}

impl Poster {
    /// What a value asks for; `None` if it is not allowed.
    pub fn read(value: &str) -> Option<Poster> {
        if value.is_empty() {
            return Some(Poster::Own);
        }
        let allowed = value.len() <= LONGEST
            && !value.contains(char::is_control)
            && (is_inline(value) || is_path(value));
        allowed.then(|| Poster::Picture(value.to_owned()))
    }

    /// The value that asks for it.
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

/// Whether an address names neither a scheme nor a host: then it stays on the site. Browsers read `\` as
/// `/`, and forgive blanks at the start.
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

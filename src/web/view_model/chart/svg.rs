//! A chart as a file of its own: nothing outside of it is needed to show it as it was seen.
//!
//! The rules of `chart.css` go with it, with every `var(--…)` replaced by the colour of the theme:
//! many programs that open SVG know no variables. Title and description are inside.

use std::fmt::Write as _;

use super::piece::coordinate;
use super::{Picture, Piece};

const RULES: &str = include_str!("../../../../static/css/chart.css");

/// The roles that a chart's rules name, light and dark, as in the page's own style sheets.
const ROLES: [(&str, &str, &str); 8] = [
    ("card", "#fffefb", "#211f1b"),
    ("ink", "#211f1c", "#f1ede6"),
    ("muted", "#686359", "#aba498"),
    ("line", "#e2ddd3", "#39352e"),
    ("line-strong", "#8c8578", "#7d7669"),
    ("lane-2", "#0072a8", "#5ab4e6"),
    ("lane-3", "#b3236e", "#f07ab8"),
    ("lane-4", "#7d6608", "#d6b93c"),
];
const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// How a saved chart is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The room above a chart for its title, in pixels.
const TITLE_HEIGHT: f64 = 34.0;

/// The text of an SVG file with this picture, its title above it, and a description for those who do
/// not see it.
pub fn write(picture: &Picture, title: &str, description: &str, look: Look) -> String {
    let (width, height) = (picture.size.width, picture.size.height + TITLE_HEIGHT);
    let (width, height) = (coordinate(width), coordinate(height));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>{}</style>\n\
         <rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"chart-title\" x=\"4\" y=\"22\">{}</text>\n<g transform=\"translate(0 {})\">\n",
        escaped(title),
        escaped(description),
        escaped(&rules(look)),
        escaped(title),
        coordinate(TITLE_HEIGHT),
    );
    for piece in &picture.pieces {
        // Writing to a String cannot fail.
        let _ = match piece {
            Piece::Path { d, .. } if d.is_empty() => Ok(()),
            Piece::Path { class, d } => writeln!(text, "<path class=\"{class}\" d=\"{d}\"/>"),
            Piece::Text {
                class,
                at,
                anchor,
                text: says,
            } => writeln!(
                text,
                "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                coordinate(at.x),
                coordinate(at.y),
                anchor.word(),
                escaped(says)
            ),
        };
    }
    text.push_str("</g>\n</svg>\n");
    text
}

/// The style sheet with the colours of this look in place of their roles.
fn rules(look: Look) -> String {
    let mut rules = RULES.replace("var(--sans)", SANS);
    // The first lane has the colour of text.
    rules = rules.replace("var(--lane-1)", "var(--ink)");
    for (role, light, dark) in ROLES {
        let colour = match look {
            Look::Light => light,
            Look::Dark => dark,
        };
        rules = rules.replace(&format!("var(--{role})"), colour);
    }
    rules
}

/// A text inside of XML; without the control characters that it cannot have.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            character if character.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_the_rules_has_the_colour_of_the_page() {
        let sheets = concat!(
            include_str!("../../../../static/css/base.css"),
            include_str!("../../../../static/css/measure.css")
        );
        for (role, light, dark) in ROLES {
            let token = format!("--{role}: light-dark({light}, {dark});");
            assert!(sheets.contains(&token), "{token}");
        }
        assert!(sheets.contains("--lane-1: var(--ink);"));
        for look in [Look::Light, Look::Dark] {
            assert!(!rules(look).contains("var("), "{}", rules(look));
        }
    }

    #[test]
    fn what_is_written_is_text_and_no_markup() {
        assert_eq!(
            escaped("a<b> & \"c\"\u{0}\u{1b}"),
            "a&lt;b&gt; &amp; &quot;c&quot;"
        );
    }
}

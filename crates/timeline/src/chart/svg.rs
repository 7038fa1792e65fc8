//! A chart as a file of its own, which looks as it did on the page and needs nothing else.
//!
//! The rules of `chart.css` go with it, with every `var(--…)` replaced by the colour of the theme: many
//! programs that open SVG do not support variables. Title and description are embedded.

use super::Picture;
use crate::palette::{self, Look};
use crate::shape::coordinate;
use crate::svg_writer::SvgWriter;
use crate::xml::escaped;

const RULES: &str = include_str!("../../../../static/css/chart.css");

/// The space for the title above a chart, in pixels.
const TITLE_HEIGHT: f64 = 34.0;

/// The text of an SVG file: this chart, its title above it, and a description for those who cannot
/// see it.
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
    let mut pencil = SvgWriter::default();
    for shape in &picture.shapes {
        pencil.paint(shape, picture.size.width);
    }
    let (shapes, ..) = pencil.finish();
    text.push_str(&shapes);
    text.push_str("</g>\n</svg>\n");
    text
}

/// The style sheet with this look's colours in place of the roles.
fn rules(look: Look) -> String {
    // The first lane is drawn in the text colour.
    let rules = RULES.replace("var(--lane-1)", "var(--ink)");
    palette::coloured(&rules, look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_of_the_rules_is_without_a_colour() {
        for look in [Look::Light, Look::Dark] {
            assert!(!rules(look).contains("var("), "{}", rules(look));
        }
    }
}

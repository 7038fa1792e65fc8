//! The style sheet inside a picture: the page's diagram rules whose classes the picture uses, with literal
//! colours in place of the roles.
//!
//! It reads only the plain CSS of `static/css/diagram.css`: one rule after the other, none
//! nested.

use std::collections::BTreeSet;

use super::Theme;
use crate::palette::{Look, coloured};

const DIAGRAM: &str = include_str!("../../../../static/css/diagram.css");
const PICTURE: &str = include_str!("picture.css");

/// The style sheet for a picture with these classes. With the automatic theme, a media query at the end
/// overrides what differs in dark mode.
pub(super) fn rules(used: &BTreeSet<String>, theme: Theme) -> String {
    let rules: Vec<Rule> =
        parse(DIAGRAM).chain(parse(PICTURE)).filter_map(|rule| rule.needed(used)).collect();
    let write = |look: Look| -> String {
        let all = rules.iter().map(|rule| rule.write(|_| true));
        coloured(&all.collect::<String>(), look)
    };
    match theme {
        Theme::Light => write(Look::Light),
        Theme::Dark => write(Look::Dark),
        Theme::Auto => {
            let roles = |declaration: &str| {
                declaration.contains("var(--") && !declaration.contains("var(--sans)")
            };
            let dark: String = rules.iter().map(|rule| rule.write(roles)).collect();
            let dark = coloured(&dark, Look::Dark);
            let light = write(Look::Light);
            format!("{light}@media (prefers-color-scheme:dark){{{dark}}}")
        }
    }
}

/// A rule: its selectors and declarations.
struct Rule {
    selectors: Vec<&'static str>,
    declarations: Vec<&'static str>,
}

impl Rule {
    /// The rule with only those selectors whose classes are all used; `None` if none is left.
    fn needed(mut self, used: &BTreeSet<String>) -> Option<Rule> {
        self.selectors.retain(|selector| classes(selector).all(|class| used.contains(class)));
        (!self.selectors.is_empty()).then_some(self)
    }

    /// The minified rule with only the wanted declarations; empty if there are none.
    fn write(&self, wanted: impl Fn(&str) -> bool) -> String {
        let declarations: Vec<String> = self
            .declarations
            .iter()
            .filter(|declaration| wanted(declaration))
            .map(|declaration| declaration.replacen(": ", ":", 1))
            .collect();
        if declarations.is_empty() {
            return String::new();
        }
        format!("{}{{{}}}\n", self.selectors.join(","), declarations.join(";"))
    }
}

/// The classes a selector names.
fn classes(selector: &str) -> impl Iterator<Item = &str> {
    selector.split([' ', '>']).flat_map(|part| {
        let mut names = part.split('.');
        // Whatever precedes the first dot is an element.
        names.next();
        names
    })
}

fn parse(sheet: &'static str) -> impl Iterator<Item = Rule> {
    let plain = |text: &'static str| text.rsplit("*/").next().unwrap_or_default().trim();
    sheet.split('}').filter_map(move |rule| {
        let (selectors, declarations) = rule.split_once('{')?;
        let trimmed = |text: &'static str, by: char| -> Vec<&'static str> {
            let parts = text.split(by).map(str::trim);
            parts.filter(|part| !part.is_empty()).collect()
        };
        Some(Rule {
            selectors: trimmed(plain(selectors), ','),
            declarations: trimmed(declarations, ';'),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheets_are_as_plain_as_they_are_read() {
        for sheet in [DIAGRAM, PICTURE] {
            assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
            assert_eq!(sheet.matches('{').count(), parse(sheet).count());
            assert!(!sheet.contains('@') && !sheet.contains("color-mix"));
            for rule in parse(sheet) {
                for selector in rule.selectors {
                    assert!(selector.contains('.'), "{selector} names no class");
                    assert!(!selector.contains(':'), "{selector}");
                }
                assert!(rule.declarations.iter().all(|one| one.contains(": ")));
            }
        }
    }

    #[test]
    fn only_what_is_used_goes_along_and_every_role_is_a_colour() {
        let used = BTreeSet::from(["picture", "arrow", "ack"].map(str::to_owned));
        let light = rules(&used, Theme::Light);
        assert!(light.contains(".arrow.ack{stroke:#0c8599;"), "{light}");
        assert!(!light.contains("message") && !light.contains("token"));
        let auto = rules(&used, Theme::Auto);
        let (before, dark) = auto.split_once("@media").expect("both looks");
        assert_eq!(before, light);
        assert!(dark.contains(".arrow.ack{stroke:#4cc0d3}"), "{dark}");
        for theme in [Theme::Light, Theme::Dark, Theme::Auto] {
            let rules = rules(&used, theme);
            assert!(!rules.contains("var(") && !rules.contains("currentColor"), "{rules}");
        }
    }
}

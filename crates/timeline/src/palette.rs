//! The colours of saved files: the page's colour roles, with a value each for light and dark.
//!
//! Many programs that open SVG do not support CSS variables, so saved files carry literal colours. A test keeps
//! them equal to the page's.

/// Whether a saved file is dark on light or light on dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The font of saved files: the system's own.
pub const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// The roles, light and dark.
const ROLES: [(&str, &str, &str); 28] = [
    ("paper", "#f7f5f1", "#191714"),
    ("card", "#fffefb", "#211f1b"),
    ("sunk", "#efeae2", "#26231e"),
    ("ink", "#211f1c", "#f1ede6"),
    ("muted", "#686359", "#aba498"),
    ("line", "#e2ddd3", "#39352e"),
    ("line-strong", "#8c8578", "#7d7669"),
    ("message", "#3056d3", "#86a2ff"),
    ("message-ink", "#2a4bbd", "#9db3ff"),
    ("ack", "#0c8599", "#4cc0d3"),
    ("duplicate", "#d9630b", "#f59242"),
    ("duplicate-ink", "#a34200", "#ffa962"),
    ("duplicate-wash", "#fdecdc", "#3d2814"),
    ("lost", "#c92a2a", "#f47373"),
    ("lost-ink", "#b02121", "#ff9494"),
    ("lost-wash", "#fce7e6", "#422022"),
    ("once", "#2b8a3e", "#5bbf6f"),
    ("once-ink", "#1f6b2e", "#7dd190"),
    ("once-wash", "#e3f4e6", "#1b3421"),
    ("parked", "#6741d9", "#a58bff"),
    ("parked-ink", "#5631c4", "#b9a5ff"),
    ("parked-wash", "#efeafd", "#2d2647"),
    ("pending", "#868075", "#8f887c"),
    ("handling", "#b9c5ed", "#434c69"),
    ("stalled", "#f4d0b3", "#614227"),
    ("lane-2", "#0072a8", "#5ab4e6"),
    ("lane-3", "#b3236e", "#f07ab8"),
    ("lane-4", "#7d6608", "#d6b93c"),
];

/// A style sheet's rules with this look's colours in place of `var(…)`, and the system font in place of the
/// page's.
pub fn coloured(rules: &str, look: Look) -> String {
    let mut coloured = String::with_capacity(rules.len());
    let mut parts = rules.split("var(--");
    coloured.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (role, rest) = part.split_once(')').unwrap_or((part, ""));
        coloured.push_str(value(role, look));
        coloured.push_str(rest);
    }
    coloured
}

fn value(role: &str, look: Look) -> &'static str {
    if role == "sans" {
        return SANS;
    }
    let found = ROLES.iter().find(|(name, ..)| *name == role);
    found.map_or("currentColor", |(_, light, dark)| match look {
        Look::Light => light,
        Look::Dark => dark,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_the_colour_of_the_page() {
        let sheets = concat!(
            include_str!("../../../static/css/base.css"),
            include_str!("../../../static/css/measure.css")
        );
        for (role, light, dark) in ROLES {
            let token = format!("--{role}: light-dark({light}, {dark});");
            assert!(sheets.contains(&token), "{token}");
        }
        assert!(sheets.contains("--lane-1: var(--ink);"));
    }

    #[test]
    fn roles_become_colours_and_what_is_around_them_stays() {
        let rules = ".a { fill: var(--ink); stroke: var(--card) }";
        assert_eq!(coloured(rules, Look::Dark), ".a { fill: #f1ede6; stroke: #211f1b }");
        assert_eq!(coloured("", Look::Light), "");
    }
}

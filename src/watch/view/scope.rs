//! Ids and roles for lanes that are on the page more than once.

use yew::prelude::*;

/// The id prefix of the lanes in a part of the page. The main lanes have none: keys and links lead to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    pub before: AttrValue,
    /// Whether these lanes lack a transcript because something else on the page describes them.
    pub untold: bool,
}

impl Scope {
    /// An id with the prefix: `lane-1`, or `hint-lane-1`, for a lane's index.
    pub fn id(&self, name: &str, lane: usize) -> AttrValue {
        format!("{}{name}-{}", self.before, lane + 1).into()
    }

    /// The landmark role must be unique per name, so further copies are groups.
    pub fn role(&self) -> &'static str {
        if self.before.is_empty() { "region" } else { "group" }
    }
}

/// The scope a component is in.
#[hook]
pub fn use_scope() -> Scope {
    use_context::<Scope>().unwrap_or_default()
}

//! Lanes that stand on a page more than once: their ids and their roles.

use yew::prelude::*;

/// What stands before the ids of the lanes in a part of the page. The lanes that one comes for have nothing
/// before theirs: keys and links lead to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// That.
    pub before: AttrValue,
    /// Whether no transcript tells these lanes in words: something else on the page does.
    pub untold: bool,
}

impl Scope {
    /// An id in this part of the page: that of a lane counted from 0 is `lane-1`, or `hint-lane-1`.
    pub fn id(&self, name: &str, lane: usize) -> AttrValue {
        format!("{}{name}-{}", self.before, lane + 1).into()
    }

    /// The role of a part of these lanes: there is one landmark of a name, and others are groups.
    pub fn role(&self) -> &'static str {
        if self.before.is_empty() { "region" } else { "group" }
    }
}

/// Where a component stands.
#[hook]
pub fn use_scope() -> Scope {
    use_context::<Scope>().unwrap_or_default()
}

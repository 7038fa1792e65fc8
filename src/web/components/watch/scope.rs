//! Ids of a page on which the same lanes stand more than once.

use yew::prelude::*;

/// What stands before the ids of the lanes in a part of the page. The lanes that one comes for have nothing
/// before theirs: keys and links lead to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope(pub AttrValue);

impl Scope {
    /// An id in this part of the page: that of a lane counted from 0 is `lane-1`, or `hint-lane-1`.
    pub fn id(&self, name: &str, lane: usize) -> AttrValue {
        format!("{}{name}-{}", self.0, lane + 1).into()
    }
}

/// Where a component stands.
#[hook]
pub fn use_scope() -> Scope {
    use_context::<Scope>().unwrap_or_default()
}

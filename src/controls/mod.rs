//! The kit: what a person chooses, types, ticks and folds with, the frame of a sheet, small drawings; and the
//! painter of pictures.
//!
//! What a control is about it does not know; [`Choice`] and [`Typed`] alone are bound to a place in the
//! experiment. Its class, and what a test looks for, come from where it stands.

pub mod check;
pub mod choice;
pub mod disclosure;
pub mod field;
pub mod icons;
pub mod paint;
pub mod prose;
pub mod save;
pub mod select;
pub mod sheet;
pub mod snippet;
pub mod tabs;
pub mod typed;

use yew::{AttrValue, Callback};

pub use check::Check;
pub use choice::Choice;
pub use disclosure::use_disclosure;
pub use field::{Field, Reason};
pub use select::Select;
pub use tabs::{Tabs, link_tab};
pub use typed::Typed;

/// One of several that can be chosen: what it is, the word for it in markup, and its words on the page.
#[derive(Clone, PartialEq)]
pub struct Item<T> {
    /// What is chosen.
    pub is: T,
    /// The value of its option, unlike that of any other; what a test looks for.
    pub word: AttrValue,
    /// What a person reads.
    pub says: AttrValue,
    /// The title of the group that it is in, if it is in one.
    pub group: Option<&'static str>,
}

impl<T> Item<T> {
    /// One of several, in no group.
    pub fn new(is: T, word: impl Into<AttrValue>, says: impl Into<AttrValue>) -> Item<T> {
        Item { is, word: word.into(), says: says.into(), group: None }
    }
}

impl<T: ToString> Item<T> {
    /// A number or a name, which is the word for itself.
    pub fn named(is: T, says: impl Into<AttrValue>) -> Item<T> {
        let word = is.to_string();
        Item::new(is, word, says)
    }
}

/// A choice among items, whatever their type is: a component of its own for each type would weigh more.
#[derive(Clone, PartialEq)]
pub struct Among {
    items: Vec<Item<()>>,
    now: Option<usize>,
    on_choose: Callback<usize>,
}

impl Among {
    /// The items, the one that is chosen now, and what is done with another one.
    pub fn new<T: Clone + PartialEq + 'static>(
        items: impl IntoIterator<Item = Item<T>>,
        now: T,
        on_choose: Callback<T>,
    ) -> Among {
        let bare = |Item { is, word, says, group }| (is, Item { is: (), word, says, group });
        let (all, items): (Vec<T>, Vec<Item<()>>) = items.into_iter().map(bare).unzip();
        let now = all.iter().position(|one| *one == now);
        let on_choose = Callback::from(move |place: usize| {
            if let Some(one) = all.get(place) {
                on_choose.emit(one.clone());
            }
        });
        Among { items, now, on_choose }
    }
}

//! The component library: selects, fields, check boxes, disclosures, the frame of a sheet, icons; and the SVG
//! painter.
//!
//! Controls know nothing of their subject; only [`Choice`] and [`Typed`] are bound to a field of the
//! experiment. Class and test id come from the caller.

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

/// An option of a control.
#[derive(Clone, PartialEq)]
pub struct Item<T> {
    /// The value.
    pub is: T,
    /// The `value` attribute and test id, unique among the options.
    pub word: AttrValue,
    /// The label.
    pub says: AttrValue,
    /// The title of its group.
    pub group: Option<&'static str>,
}

impl<T> Item<T> {
    /// An option without a group.
    pub fn new(is: T, word: impl Into<AttrValue>, says: impl Into<AttrValue>) -> Item<T> {
        Item { is, word: word.into(), says: says.into(), group: None }
    }
}

impl<T: ToString> Item<T> {
    /// A number or a name, whose word is its own text.
    pub fn named(is: T, says: impl Into<AttrValue>) -> Item<T> {
        let word = is.to_string();
        Item::new(is, word, says)
    }
}

/// A choice among options, with the value's type erased: a generic component would be compiled once per type,
/// which costs code size.
#[derive(Clone, PartialEq)]
pub struct Among {
    items: Vec<Item<()>>,
    now: Option<usize>,
    on_choose: Callback<usize>,
}

impl Among {
    /// The options, the current value, and the callback for a new one.
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

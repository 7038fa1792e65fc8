//! The sheet that lies over the page: which one, for whom, and what closes it.
//!
//! There is at most one. What stands on it belongs to the components; a sheet names lanes only by
//! their places, and is never open for a lane that is not there. The guide and the glossary stand in the
//! address, `guide=dbb` and `word=outbox`, so that a recommendation and a term can be linked to.

use super::State;
use crate::setups::state::gallery::Gallery;
use crate::share::state::SharePart;
use ackground_core::experiment::Product;
use ackground_words::story::guide::Path;
use ackground_words::story::words;

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Every setup, to choose from.
    Gallery(Gallery),
    /// A lane as the configuration of a product.
    System {
        /// The place of the lane, from 0.
        lane: usize,
        /// The product; without one, that which the lane was made for, else the first.
        product: Option<Product>,
    },
    /// The settings of two lanes beside each other.
    Compare {
        /// The place of the one, from 0.
        left: usize,
        /// The place of the other.
        right: usize,
    },
    /// The guide, after these answers.
    Guide(Path),
    /// The glossary, at the term with this id.
    Words(Option<&'static str>),
    /// The ways to pass on what is shown, at this one.
    Share(SharePart),
}

/// The keys of the sheets that stand in the address.
const GUIDE: &str = "guide";
const WORD: &str = "word";

impl Sheet {
    /// Key and value in the address, of a sheet that stands there.
    pub(crate) fn written(&self) -> Option<(&'static str, String)> {
        match self {
            Sheet::Guide(path) => Some((GUIDE, path.to_string())),
            Sheet::Words(Some(id)) => Some((WORD, (*id).to_owned())),
            _ => None,
        }
    }

    /// What a key and a value in the address ask for: a sheet, or what would be allowed. `None` if the
    /// key is not a sheet's.
    pub(crate) fn read(key: &str, value: &str) -> Option<Result<Sheet, &'static str>> {
        match key {
            GUIDE => {
                let path = value.parse::<Path>().map(Sheet::Guide);
                Some(path.map_err(|_| "a letter per answer, as the guide gives them"))
            }
            WORD => {
                let term = words::term(value).map(|term| Sheet::Words(Some(term.id)));
                Some(term.ok_or("the id of a term, such as visibility-timeout"))
            }
            _ => None,
        }
    }

    /// The lane at a place, from 0, in the product that it was made for.
    pub fn system(lane: usize) -> Sheet {
        Sheet::System { lane, product: None }
    }

    /// The lane at a place, from 0, compared with another.
    pub fn compare(left: usize) -> Sheet {
        Sheet::Compare { left, right: left }
    }

    /// The sheet for so many lanes: no place is beyond the last one, and no lane is compared with
    /// itself while there is another.
    fn within(self, lanes: usize) -> Sheet {
        let last = lanes.saturating_sub(1);
        match self {
            Sheet::Gallery(Gallery { lane }) => {
                Sheet::Gallery(Gallery { lane: lane.filter(|lane| *lane <= last) })
            }
            Sheet::System { lane, product } => Sheet::System { lane: lane.min(last), product },
            Sheet::Compare { left, right } => {
                let (left, right) = (left.min(last), right.min(last));
                let other = if left == 0 { last.min(1) } else { 0 };
                let right = if right == left { other } else { right };
                Sheet::Compare { left, right }
            }
            Sheet::Guide(_) | Sheet::Words(_) | Sheet::Share(_) => self,
        }
    }

    /// Whether it stays open while the experiment is edited: it shows what has changed.
    pub(crate) fn stays(&self) -> bool {
        matches!(self, Sheet::Compare { .. })
    }
}

/// The state with this sheet, or without any.
pub(crate) fn show(state: &State, sheet: Option<Sheet>) -> Option<State> {
    let sheet = sheet.map(|sheet| sheet.within(state.experiment.lanes.len()));
    let written = |sheet: Option<Sheet>| sheet.and_then(|sheet| sheet.written());
    let entry =
        if written(sheet) == written(state.sheet) { state.entry } else { state.following() };
    (state.sheet != sheet).then(|| State { sheet, entry, ..state.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::{Action, FieldPath, Touch, reduce};
    use super::*;

    fn with(action: Action) -> State {
        reduce(&State::open(""), action).expect("the action does something")
    }

    #[test]
    fn one_sheet_is_open_at_most_and_only_for_lanes_that_there_are() {
        let sheet = |lane| Sheet::System { lane, product: None };
        let open = with(Action::OpenSheet(sheet(7)));
        assert_eq!(open.sheet, Some(sheet(2)));
        assert_eq!(reduce(&open, Action::OpenSheet(sheet(9))), None);
        let gallery = Sheet::Gallery(Gallery { lane: Some(9) });
        let other = reduce(&open, Action::OpenSheet(gallery)).expect("another sheet");
        assert_eq!(other.sheet, Some(Sheet::Gallery(Gallery { lane: None })));
        let closed = reduce(&other, Action::CloseSheet).expect("it closes");
        assert_eq!((closed.sheet, closed.entry), (None, other.entry));
        assert_eq!(reduce(&closed, Action::CloseSheet), None);
    }

    #[test]
    fn the_guide_and_a_term_stand_in_the_address() {
        for fragment in ["guide=", "guide=dbb", "guide=dbbbbd&view=prove", "word=outbox"] {
            let state = State::open(fragment);
            assert_eq!(state.notice, None, "{fragment}");
            let (key, value) = state.sheet.and_then(|sheet| sheet.written()).expect(fragment);
            assert!(fragment.contains(&format!("{key}={value}")), "{fragment}");
        }
        for fragment in ["guide=zz", "guide=dbbbbdaaaa", "word=nothing"] {
            let state = State::open(fragment);
            assert!(state.sheet.is_none() && state.notice.is_some(), "{fragment}");
        }
    }

    #[test]
    fn the_address_follows_the_answers_and_brings_them_back() {
        let path: Path = "dbb".parse().expect("a path");
        let open = with(Action::OpenSheet(Sheet::Guide(path)));
        assert!(!open.entry.from_address, "it is written");
        let back = reduce(&open, Action::Load("guide=d".to_owned())).expect("other answers");
        assert_eq!(back.sheet.and_then(|sheet| sheet.written()), Some((GUIDE, "d".to_owned())));
        assert_eq!(reduce(&back, Action::Load("guide=d".to_owned())), None);
        let closed = reduce(&back, Action::Load(String::new())).expect("it closes");
        assert_eq!(closed.sheet, None);
    }

    #[test]
    fn a_lane_is_compared_with_another() {
        let compare = |left, right| Sheet::Compare { left, right };
        for (asked, shown) in [((1, 1), (1, 0)), ((0, 0), (0, 1)), ((2, 9), (2, 0))] {
            let open = with(Action::OpenSheet(compare(asked.0, asked.1)));
            assert_eq!(open.sheet, Some(compare(shown.0, shown.1)), "{asked:?}");
        }
    }

    #[test]
    fn a_comparison_stays_open_while_a_setting_changes_and_another_sheet_does_not() {
        let edit = || Action::Edit {
            place: FieldPath::lane(1, "producer.retries"),
            text: "7".to_owned(),
            touch: Touch::Done,
        };
        let compare = Sheet::Compare { left: 0, right: 1 };
        let edited = reduce(&with(Action::OpenSheet(compare)), edit()).expect("another value");
        assert_eq!(edited.sheet, Some(compare));
        let system = Sheet::System { lane: 0, product: None };
        let edited = reduce(&with(Action::OpenSheet(system)), edit()).expect("another value");
        assert_eq!(edited.sheet, None);
    }
}

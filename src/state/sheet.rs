//! The sheet over the page: which one, for which lanes, and when it closes.
//!
//! At most one is open. Sheets refer to lanes by index, which is always in range; their content belongs to
//! the components. The guide and the glossary are in the address (`guide=dbb`, `word=outbox`), so that a
//! recommendation or a term can be linked to.

use super::State;
use crate::setups::state::gallery::Gallery;
use crate::share::state::SharePart;
use ackground_core::experiment::Product;
use ackground_words::story::guide::Path;
use ackground_words::story::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// All setups, to choose from.
    Gallery(Gallery),
    /// A lane as a product's configuration.
    System {
        /// The lane's index.
        lane: usize,
        /// Defaults to the product the lane was made for, or else the first one.
        product: Option<Product>,
    },
    /// The settings of all lanes.
    Settings {
        /// The index of the lane to show where there is room for one alone.
        lane: usize,
    },
    /// The settings of two lanes side by side.
    Compare { left: usize, right: usize },
    /// The guide, after these answers.
    Guide(Path),
    /// The glossary, at the term with this id.
    Words(Option<&'static str>),
    /// The search for everything on the page.
    Search,
    /// The form for a scenario of one's own.
    Scenario,
    /// Ways to share what is shown, at this tab.
    Share(SharePart),
}

const GUIDE: &str = "guide";
const WORD: &str = "word";

impl Sheet {
    /// Key and value in the address, for sheets that are in it.
    pub(crate) fn written(&self) -> Option<(&'static str, String)> {
        match self {
            Sheet::Guide(path) => Some((GUIDE, path.to_string())),
            Sheet::Words(Some(id)) => Some((WORD, (*id).to_owned())),
            _ => None,
        }
    }

    /// Parses a sheet from the address: the sheet, or a description of the allowed values. `None` if the key
    /// belongs to no sheet.
    pub(crate) fn read(key: &str, value: &str) -> Option<Result<Sheet, &'static str>> {
        match key {
            GUIDE => {
                let path = value.parse::<Path>().map(Sheet::Guide);
                Some(path.map_err(|_| "one letter per answer, as the guide writes them"))
            }
            WORD => {
                let term = words::term(value).map(|term| Sheet::Words(Some(term.id)));
                Some(term.ok_or("the ID of a term, such as visibility-timeout"))
            }
            _ => None,
        }
    }

    pub fn system(lane: usize) -> Sheet {
        Sheet::System { lane, product: None }
    }

    pub fn compare(left: usize) -> Sheet {
        Sheet::Compare { left, right: left }
    }

    /// Clamps lane indices, and compares a lane with itself only if it is the only one: its neighbour is more
    /// telling.
    fn within(self, lanes: usize) -> Sheet {
        let last = lanes.saturating_sub(1);
        match self {
            Sheet::Gallery(Gallery { lane, family }) => {
                Sheet::Gallery(Gallery { lane: lane.filter(|lane| *lane <= last), family })
            }
            Sheet::System { lane, product } => Sheet::System { lane: lane.min(last), product },
            Sheet::Settings { lane } => Sheet::Settings { lane: lane.min(last) },
            Sheet::Compare { left, right } => {
                let (left, right) = (left.min(last), right.min(last));
                let other = if left < last { left + 1 } else { left.saturating_sub(1) };
                let right = if right == left { other } else { right };
                Sheet::Compare { left, right }
            }
            Sheet::Guide(_)
            | Sheet::Words(_)
            | Sheet::Search
            | Sheet::Scenario
            | Sheet::Share(_) => self,
        }
    }

    /// Whether it stays open across edits, which are made in it.
    pub(crate) fn stays(&self) -> bool {
        matches!(self, Sheet::Compare { .. } | Sheet::Settings { .. } | Sheet::Scenario)
    }
}

/// Opens, replaces or closes the sheet.
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
        let gallery = Sheet::Gallery(Gallery { lane: Some(9), family: None });
        let other = reduce(&open, Action::OpenSheet(gallery)).expect("another sheet");
        assert_eq!(other.sheet, Some(Sheet::Gallery(Gallery { lane: None, family: None })));
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
        for (asked, shown) in
            [((1, 1), (1, 2)), ((0, 0), (0, 1)), ((2, 9), (2, 1)), ((0, 2), (0, 2))]
        {
            let open = with(Action::OpenSheet(compare(asked.0, asked.1)));
            assert_eq!(open.sheet, Some(compare(shown.0, shown.1)), "{asked:?}");
        }
    }

    #[test]
    fn a_sheet_of_settings_stays_open_while_one_changes_and_another_sheet_does_not() {
        let edit = || Action::Edit {
            place: FieldPath::lane(1, "producer.retries"),
            text: "7".to_owned(),
            touch: Touch::Done,
        };
        for sheet in [Sheet::Compare { left: 0, right: 1 }, Sheet::Settings { lane: 2 }] {
            let edited = reduce(&with(Action::OpenSheet(sheet)), edit()).expect("another value");
            assert_eq!(edited.sheet, Some(sheet));
        }
        let system = Sheet::System { lane: 0, product: None };
        let edited = reduce(&with(Action::OpenSheet(system)), edit()).expect("another value");
        assert_eq!(edited.sheet, None);
    }
}

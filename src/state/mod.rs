//! The session: what the page shows, and every way to change it.
//!
//! The page is a function of [`State`]. [`reduce()`] is pure: it takes a state and an [`Action`] and returns
//! the next state, or `None` if nothing changed, which skips the re-render. It does not touch the browser and
//! is tested natively; hooks turn clicks, the address and the clock into actions.
//!
//! `session` holds the state and its basic transitions; the `state` module of each feature builds on those;
//! only `reduce` knows all features.

pub mod action;
pub mod address;
pub mod edit;
pub mod field_path;
pub mod keys;
pub mod moment;
pub mod notice;
pub mod pace;
pub mod playback;
pub mod reduce;
pub mod runs;
pub mod session;
pub mod sheet;
pub mod taken;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod typed;
pub mod undo_history;
pub mod views;

pub use action::Action;
pub use address::Entry;
pub use field_path::FieldPath;
pub use notice::Notice;
pub use playback::{Direction, Speed};
pub use reduce::reduce;
pub use runs::LaneRun;
pub use session::{Refusal, State, Touch};
pub use sheet::Sheet;
pub use theme::Theme;
pub use undo_history::UndoHistory;
pub use views::{View, Views};

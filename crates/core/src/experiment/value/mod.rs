//! The leaf types of the format: each carries its range, so that a value that exists is allowed.
//!
//! They own their reading and printing and know nothing of the fields in which they stand. Numbers
//! are integers throughout; a float is only ever seen at the border, in `json`.

mod choice;
mod number;
mod text;

pub use choice::{choice, serde_of_leaf};
pub use number::{Bounded, Factor, Limit, Rate, Span};
pub use text::{Id, Text};

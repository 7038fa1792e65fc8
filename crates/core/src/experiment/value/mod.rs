//! The leaf types of the format: each carries its range, so any value that exists is valid.
//!
//! They know how to read and print themselves, but not in which fields they are used. Numbers are
//! integers throughout; floats occur only at the boundary, in `json`.

mod choice;
mod number;
mod text;

pub use choice::{choice, serde_of_leaf};
pub use number::{Bounded, Factor, Limit, NEVER, PAST_TIMEOUT, Rate, Span, UNLIMITED};
pub use text::{Id, Text};

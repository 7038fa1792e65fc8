//! The glossary, and its terms where they stand in a text.

pub mod term;
pub mod view;

//! Text and shapes of embedded figures, without markup.

pub mod embedding;
pub mod figure;

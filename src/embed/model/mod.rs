//! From state to text and shapes, without markup.

pub mod embedding;
pub mod figure;

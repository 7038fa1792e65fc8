//! From the page's state to text and shapes, without a word of markup: what only the page shows. What the command
//! line draws too is in the timeline.

pub mod batch;
pub mod class;
pub mod compare;
pub mod embedding;
pub mod figure;
pub mod files;
pub mod measure;
pub mod prove;

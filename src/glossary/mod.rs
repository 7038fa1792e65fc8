//! The glossary, and glossary terms in running text.

pub mod term;
pub mod view;

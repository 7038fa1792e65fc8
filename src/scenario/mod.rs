//! A scenario of one's own: a form that begins with the one that is shown.

pub mod model;
pub mod view;

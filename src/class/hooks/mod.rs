//! Browser hooks of the teachers' view.

pub mod collecting;
pub mod fit;
pub mod marking;

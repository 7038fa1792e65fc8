//! Learn: lessons and exercises that are settled by the simulator, and a class without a server.
//!
//! No outcome is written down in this room. Whether an option of a prediction is right, whether a goal is
//! reached and what a hint says is found by running, proving and measuring.
//!
//! | file | owns |
//! |---|---|
//! | [`text`] | the texts, a folder per language, and the form of their files |
//! | [`markup`] | a few marks of Markdown as typed blocks |

pub mod markup;
pub mod text;

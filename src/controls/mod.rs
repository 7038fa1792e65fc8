//! What controls are made of: fields, choices, the frame of a sheet, small drawings.

pub mod choice;
pub mod icons;
pub mod prose;
pub mod save;
pub mod sheet;
pub mod snippet;
pub mod typed;

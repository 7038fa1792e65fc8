//! What controls are made of: fields, choices, the frame of a sheet, small drawings; and the painter of pictures.

pub mod choice;
pub mod icons;
pub mod paint;
pub mod prose;
pub mod save;
pub mod sheet;
pub mod snippet;
pub mod typed;

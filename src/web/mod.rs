//! The page: the Yew application.
//!
//! | module | owns | needs Yew |
//! |---|---|---|
//! | [`state`] | what the page shows and every way to change it, as a pure reducer | no |
//! | [`view_model`] | from a trace to shapes and text, and the time axis | no |
//! | `components` | markup, from properties alone | yes |
//! | `hooks` | effects: the address, timers, keys, storage | yes |

pub mod components;
pub mod hooks;
pub mod state;
pub mod view_model;

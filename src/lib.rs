//! The page of Ackground, the playground for message delivery guarantees: a Yew application over the simulator.
//!
//! A folder is a feature, with what a person decides there (`state`, `choices`), what follows from it (`model`:
//! text and shapes without markup), the components (`view`), and what touches the browser (`hooks`).
//!
//! | folder | owns |
//! |---|---|
//! | [`app`] | the frame of the page: its head and foot, what lies over it |
//! | [`state`] | the session: the experiment, its runs, the playhead, undo; every act goes through its reducer |
//! | [`context`] | what a session hands down to the components below it |
//! | [`lane`], [`faults`] | the settings of a lane, and what goes wrong in all of them |
//! | [`watch`], [`why`] | a run as a picture, and why it ended so |
//! | [`prove`], [`measure`] | every schedule of faults; many runs |
//! | [`learn`], [`class`] | lessons and exercises; for teachers |
//! | [`setups`], [`glossary`] | presets, products and the guide; terms |
//! | [`open`], [`share`], [`embed`] | what comes in, and what goes out: files, links, figures |
//! | [`controls`], [`hooks`] | what all of these are made of |

pub mod app;
pub mod class;
pub mod context;
pub mod controls;
pub mod embed;
pub mod faults;
pub mod glossary;
pub mod hooks;
pub mod lane;
pub mod learn;
pub mod measure;
pub mod open;
pub mod prove;
pub mod setups;
pub mod share;
pub mod state;
pub mod watch;
pub mod why;

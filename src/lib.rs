//! The page of Ackground, the playground for message delivery guarantees: a Yew application over the simulator.
//!
//! Each folder is a feature: `state` and `choices` hold what a person decides there, `model` derives text and
//! shapes without markup, `view` holds the components, and `hooks` everything that touches the browser.
//!
//! | folder | owns |
//! |---|---|
//! | [`app`] | the page frame: header, footer, overlays |
//! | [`state`] | the session: experiment, runs, playhead, undo; every action goes through its reducer |
//! | [`context`] | the contexts a session provides to the components below it |
//! | [`lane`], [`faults`] | the settings of a lane, and the faults that hit all of them |
//! | [`watch`], [`why`] | a run as a picture, and why it ended that way |
//! | [`prove`], [`measure`] | exhaustive search over fault schedules; statistics over many runs |
//! | [`learn`], [`class`] | lessons and exercises; for teachers |
//! | [`setups`], [`glossary`] | presets, products and the setup guide; terms |
//! | [`search`] | one search for everything above |
//! | [`open`], [`share`], [`embed`] | import and export: files, links, embedded figures |
//! | [`controls`], [`hooks`] | the shared controls and browser hooks |

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
pub mod scenario;
pub mod search;
pub mod setups;
pub mod share;
pub mod state;
pub mod watch;
pub mod why;

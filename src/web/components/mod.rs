//! The parts of the page. Each renders its properties; effects live in [`hooks`](super::hooks),
//! decisions in [`state`](super::state).
//!
//! | part | shows |
//! |---|---|
//! | `app` | the whole page |
//! | `announcer` | what a screen reader hears |
//! | [`figure`] | an experiment embedded in another page |
//! | `header`, `notice`, `keys` | what stands around the experiment |
//! | `scenario`, `faults` | what all lanes have in common |
//! | `paper` | what stands on a printed page in place of the controls |
//! | `lanes`, `summary`, `lane`, `balance` | the setups side by side |
//! | `sheet`, `sheets` | what lies over the page: the frame, and which one |
//! | `gallery` | every setup that there is, to choose from |
//! | `guide`, `words`, `foot` | questions that end in a setup, the glossary, and the way to both |
//! | `share` | an address, files and a figure, to pass on what is shown |
//! | `system` | a lane as the configuration of a product |
//! | `class` | for teachers: guide, builder, presentation, marking |
//! | `compare` | the settings of two lanes beside each other |
//! | `measure` | counting over many runs |
//! | `prove` | what every schedule of faults comes to |
//! | [`watch`] | the picture of a run, its ledger and the bar that plays it |
//! | `learn` | lessons and exercises |
//! | `prose`, `way` | texts with their marks, and the links to lessons |
//! | `term` | terms that explain themselves where they stand |
//! | `why` | how a message came to its result, and what would have prevented it |
//! | `typed`, `choice`, `icons`, `snippet` | what these are made of |

mod announcer;
mod app;
mod balance;
mod choice;
mod class;
mod compare;
mod drop_zone;
mod faults;
pub mod figure;
mod foot;
mod gallery;
mod guide;
mod header;
mod icons;
mod inspector;
mod keys;
mod lane;
mod lanes;
mod learn;
mod measure;
mod notice;
mod open_file;
mod paper;
mod picture_switch;
mod prose;
mod prove;
mod save;
mod scenario;
mod share;
mod sheet;
mod sheets;
mod snippet;
mod summary;
mod system;
mod term;
mod typed;
pub mod watch;
mod way;
mod why;
mod words;

pub use app::{App, AppProps};

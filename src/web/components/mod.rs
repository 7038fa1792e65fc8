//! The parts of the page. Each renders its properties; effects live in [`hooks`](super::hooks),
//! decisions in [`state`](super::state).
//!
//! | part | shows |
//! |---|---|
//! | `app` | the whole page |
//! | `header`, `share`, `notice`, `keys` | what stands around the experiment |
//! | `scenario`, `faults` | what all lanes have in common |
//! | `lanes`, `summary`, `lane`, `balance` | the setups side by side |
//! | `gallery` | every setup that there is, to choose from |
//! | `measure` | counting over many runs |
//! | `prove` | what every schedule of faults comes to |
//! | [`watch`] | the picture of a run, its ledger and the bar that plays it |
//! | `typed`, `choice`, `icons` | what these are made of |

mod app;
mod balance;
mod choice;
mod faults;
mod gallery;
mod header;
mod icons;
mod inspector;
mod keys;
mod lane;
mod lanes;
mod measure;
mod notice;
mod prove;
mod scenario;
mod share;
mod summary;
mod typed;
pub mod watch;

pub use app::{App, AppProps};

//! The picture: a lane's space-time diagram, its ledger and transcript, and the bar that plays them.
//!
//! What is drawn and said comes from [`ackground_timeline`]; here it only becomes
//! markup. Shapes are drawn once per run: while a run plays, what moves is a veil and a line.

mod cause_overlay;
mod drawn;
mod flow;
mod lane_diagram;
mod ledger;
mod look;
mod narration;
pub mod picture_switch;
mod play_bar;
mod pointer;
mod scope;
mod scrubber;
mod still;
mod token;
mod tooltip;
mod transcript;

pub use flow::FlowPicture;
pub use lane_diagram::LaneDiagram;
pub use ledger::Ledger;
pub use narration::Narration;
pub use play_bar::PlayBar;
pub use scope::{Scope, use_scope};
pub use still::Still;
pub use token::Token;
pub use transcript::Transcript;

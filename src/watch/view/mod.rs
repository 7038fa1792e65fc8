//! Watch: a lane's picture, ledger and transcript, and the playback controls.
//!
//! What to draw and say comes from [`ackground_timeline`]; this module turns it into markup. Shapes are
//! rendered once per run: during playback only an overlay and a line move.

mod caption;
mod cause_overlay;
mod drawn;
mod flow;
mod lane_diagram;
mod ledger;
mod legend;
mod look;
mod messages;
mod minimap;
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
pub use messages::Messages;
pub use play_bar::PlayBar;
pub use scope::{Scope, use_scope};
pub use still::Still;
pub use token::Token;
pub use transcript::Transcript;

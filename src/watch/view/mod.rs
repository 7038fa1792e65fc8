//! The picture: a lane's space-time diagram, its ledger and transcript, and the bar that plays them.
//!
//! What is drawn and said comes from [`ackground_timeline`]; here it only becomes
//! markup. Shapes are drawn once per run: while a run plays, what moves is a veil and a line.

mod drawn;
mod flow;
mod glyph;
mod glyphs;
mod lane_diagram;
mod ledger;
mod look;
mod narration;
pub mod picture_switch;
mod play_bar;
mod pointer;
mod ruler;
mod scope;
mod scrubber;
mod shapes;
mod still;
mod tip;
mod token;
mod trail;
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

use yew::{AttrValue, Classes};

use ackground_core::sim::MessageNo;

/// So many shapes of a kind are drawn in one part of a picture. Thousands at one moment would lie on
/// one another and only cost time; the words tell them all.
const MOST: usize = 300;

/// A place across, as an attribute.
fn percent(x: f64) -> AttrValue {
    format!("{x:.3}%").into()
}

/// The classes of a shape: whose it is, so that a message can be shown alone.
fn of(message: Option<MessageNo>) -> Classes {
    let whose = message.map(|message| format!("m{message}"));
    Classes::from_iter([Some("of".to_owned()), whose].into_iter().flatten())
}

/// A place downward or a length, as an attribute.
fn px(y: f64) -> AttrValue {
    format!("{y:.1}").into()
}

//! From a trace to shapes and text: what the page draws and says, without a word of markup.
//!
//! Everything here is a pure function of the experiment, its traces and a moment, tested natively.
//! It knows the words of a trace, and nothing of how the simulator came by it or of Yew.
//!
//! No match on an enum has an arm for the rest: an event that is new to the simulator does not compile here
//! before somebody has said how it is drawn and what can be done about it by hand.

#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

pub mod acts;
pub mod asked;
pub mod axis;
pub mod camera;
pub mod cause_overlay;
pub mod chart;
pub mod diagram;
pub mod divergence;
#[allow(clippy::wildcard_enum_match_arm)]
pub mod flow;
pub mod glyph;
pub mod incremental;
pub mod layers;
pub mod ledger;
pub mod moment;
pub mod palette;
pub mod picture;
pub mod script;
pub mod shape;
pub mod share;
pub mod strokes;
mod svg_writer;
pub mod track;
pub mod transcript;
pub mod xml;

pub use axis::{Axis, Break, Tick};
pub use camera::{Block, Camera};
pub use diagram::Diagram;
pub use flow::Flow;
pub use incremental::{DrawnBlocks, FrameBudget, Viewport};
pub use ledger::Ledger;
pub use moment::Present;
pub use track::Track;

use ackground_core::sim::{Step, StepNo, Time, Trace};

/// Whether something goes wrong at this step (not: whether its consequences show).
pub fn is_fault(trace: &Trace, step: &Step) -> bool {
    let of_a_packet = trace.sent(step.what).is_some_and(|packet| {
        packet.lost.is_some() || packet.delayed.is_some() || packet.repeats.is_some()
    });
    of_a_packet || step.what.fault().is_some()
}

/// The member of the consumer group that a step of a handler call belongs to.
pub fn consumer_of(trace: &Trace, step: StepNo) -> u8 {
    trace.member(step).unwrap_or(0)
}

/// How many steps have happened at a moment, that moment included.
pub fn happened(trace: &Trace, at: Time) -> usize {
    trace.steps.partition_point(|step| step.at <= at)
}

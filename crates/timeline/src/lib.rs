//! From a trace to shapes and text: everything the page draws and says, without any markup.
//!
//! Everything here is a pure function of the experiment, its traces and a moment, and is tested natively.
//! It reads traces, but knows neither how the simulator makes them nor Yew.
//!
//! Matches on enums are exhaustive, without a wildcard arm: a new event in the simulator does not compile here
//! until somebody has decided how it is drawn and what can be done to it by hand.

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
pub mod minimap;
pub mod moment;
pub mod pace;
pub mod palette;
pub mod picture;
pub mod placement;
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
pub use pace::Pace;
pub use track::Track;

use ackground_core::sim::{Step, StepNo, Time, Trace};

/// Whether something goes wrong at this step (as opposed to its consequences showing).
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

/// How many steps have happened by a moment, inclusive.
pub fn happened(trace: &Trace, at: Time) -> usize {
    trace.steps.partition_point(|step| step.at <= at)
}

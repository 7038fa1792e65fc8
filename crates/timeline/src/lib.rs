//! From a trace to shapes and text: what the page draws and says, without a word of markup.
//!
//! Everything here is a pure function of the experiment, its traces and a moment, tested natively.
//! It knows the words of a trace, and nothing of how the simulator came by it or of Yew.

pub mod acts;
pub mod asked;
pub mod axis;
pub mod camera;
pub mod chart;
pub mod diagram;
pub mod flow;
pub mod glyph;
pub mod layers;
pub mod ledger;
pub mod moment;
pub mod palette;
pub mod parting;
mod pencil;
pub mod pens;
pub mod picture;
pub mod script;
pub mod shape;
pub mod share;
pub mod track;
pub mod trail;
pub mod transcript;
pub mod unroll;
pub mod xml;

pub use axis::{Axis, Break, Tick};
pub use camera::{Block, Camera};
pub use diagram::Diagram;
pub use flow::Flow;
pub use ledger::Ledger;
pub use moment::Present;
pub use track::Track;
pub use unroll::{Unrolled, Unrolling, View};

use ackground_core::sim::{Happening, Leg, Node, Step, StepNo, Time, Trace};

/// Whether something goes wrong at this step (not: whether its consequences show).
pub fn is_fault(trace: &Trace, step: &Step) -> bool {
    match step.what {
        Happening::Sent(no) => {
            let packet = trace.packet(no);
            packet.lost.is_some() || packet.delayed.is_some() || packet.repeats.is_some()
        }
        Happening::Crashed { .. } | Happening::Stalled { .. } | Happening::HandlerFailed { .. } => {
            true
        }
        _ => false,
    }
}

/// The member of the consumer group that a step of a handler call belongs to.
pub fn consumer_of(trace: &Trace, step: StepNo) -> u8 {
    let of = |node: Node| match node {
        Node::Consumer(member) => Some(member),
        Node::Producer | Node::Broker(_) => None,
    };
    trace
        .causes(step)
        .find_map(|cause| match cause.what {
            Happening::Sent(no) | Happening::Arrived(no) | Happening::Disregarded(no, _) => {
                let packet = trace.packet(no);
                match packet.leg {
                    Leg::Deliver | Leg::Confirm => of(packet.to),
                    Leg::Ack => of(packet.from),
                    Leg::Publish | Leg::PublishAck | Leg::Commit | Leg::Replicate => None,
                }
            }
            Happening::Crashed { node, .. } | Happening::Restarted { node } => of(node),
            _ => None,
        })
        .unwrap_or(0)
}

/// How many steps have happened at a moment, that moment included.
pub fn happened(trace: &Trace, at: Time) -> usize {
    trace.steps.partition_point(|step| step.at <= at)
}

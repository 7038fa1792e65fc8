//! How much a step of a run tells: which one speaks for a moment, and which belong in a transcript.

use ackground_core::sim::{Happening, Leg, MessageNo, Step, StepNo, Told, Trace};

/// From this weight on a step is a fault, or what only a fault brings about.
pub const CONSEQUENCE: u8 = 75;

/// Steps of this weight and below tell nothing that another step does not tell better.
const BOOKKEEPING: u8 = 20;

/// The steps of a run that a transcript tells: all but bookkeeping.
pub fn worth_telling(trace: &Trace) -> Vec<StepNo> {
    trace.steps.iter().filter(|step| tells(trace, step)).map(|step| step.no).collect()
}

/// Whether a step tells anything that another one does not tell better.
pub fn tells(trace: &Trace, step: &Step) -> bool {
    salience(trace, step) > BOOKKEEPING
}

/// How much a step tells, from 0 to 100: the worst and rarest most, bookkeeping least.
pub fn salience(trace: &Trace, step: &Step) -> u8 {
    let repeat = |this: u8, message: Option<MessageNo>| {
        let before = &trace.steps[..step.no.0 as usize];
        let same = |other: &&Step| {
            other.message == message
                && matches!(other.what, Happening::Applied { step } if step == this)
        };
        before.iter().rev().any(|other| same(&other))
    };
    match step.what {
        Happening::Crashed { .. } => 100,
        Happening::Applied { step: this } if repeat(this, step.message) => 95,
        Happening::Parked { .. } | Happening::Discarded { .. } | Happening::Told(Told::Error) => 92,
        Happening::Sent(no) if trace.packet(no).lost.is_some() => 90,
        Happening::Skipped(_) | Happening::Absorbed { .. } | Happening::RepeatDropped(_) => 85,
        Happening::HandlerFailed { .. } | Happening::Stalled { .. } => 80,
        Happening::CopyLost { .. } => 93,
        Happening::Unavailable { .. } | Happening::TransactionAborted { .. } => 82,
        Happening::TransactionRefused | Happening::Refused(_) => 79,
        Happening::LateAck { .. } => 78,
        Happening::DeliveryTimedOut(_) | Happening::AnswerTimedOut { .. } => 75,
        Happening::Applied { .. } => 70,
        Happening::Restarted { .. } => 65,
        Happening::Disregarded(..) => 60,
        Happening::Sent(no) | Happening::Arrived(no) => {
            let packet = trace.packet(no);
            let again = packet.nth > 1 || packet.delayed.is_some() || packet.repeats.is_some();
            let news = if again { 8 } else { 0 };
            let arrival = if matches!(step.what, Happening::Arrived(_)) { 2 } else { 0 };
            match packet.leg {
                Leg::Publish | Leg::Deliver => 50 + news + arrival,
                Leg::PublishAck | Leg::Ack => 30 + news,
                Leg::Commit => 30,
                Leg::Confirm | Leg::Replicate => 20,
            }
        }
        Happening::Elected { .. } | Happening::Assigned { .. } => 66,
        Happening::TransactionCommitted { .. } => 34,
        Happening::Visible { .. } => 18,
        Happening::Requeued { .. } | Happening::Rewound { .. } => 48,
        Happening::Recorded(_) => 46,
        Happening::Created => 45,
        Happening::HandlerStarted { .. } => 40,
        Happening::Stored { .. } => 35,
        Happening::HandlerDone | Happening::Waiting => 15,
        Happening::Told(Told::Ok) | Happening::Settled { .. } => 10,
    }
}

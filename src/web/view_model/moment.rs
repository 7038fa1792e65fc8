//! The present moment in words: the most telling event at the playhead, and how the lanes differ.

use crate::audit::judge;
use crate::experiment::Experiment;
use crate::sim::{Happening, Leg, MessageNo, Step, StepNo, Time, Told, Trace};
use crate::story;
use crate::web::view_model::Axis;

/// Events nearer to one another than this belong to one moment: lanes that do the same thing may
/// be a little apart.
const TOGETHER: Time = Time::from_millis(12);

/// Steps of this weight and below tell nothing that another step does not tell better.
const BOOKKEEPING: u8 = 20;

/// Lanes whose event tells so much less than that of another are not heard at that moment.
const DROWNED: u8 = 40;

/// Between two events the present is what told most on so many pixels of the axis: nobody reads a
/// sentence in the blink between them.
const LINGER: f64 = 64.0;

/// What the present moment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Present {
    /// Nothing has happened yet.
    Opening,
    /// The most telling step of each lane that has one, in the order of the lanes.
    Steps(Vec<(usize, StepNo)>),
    /// All runs are over.
    Closing,
}

/// What one or more lanes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The lanes that say so, from 0, in order; each with the step that it tells about.
    pub lanes: Vec<(usize, Option<StepNo>)>,
    /// Whose voice it is: `At most once`, `All lanes`; empty with a single lane.
    pub who: String,
    /// What happens.
    pub lead: String,
    /// Why, and what follows.
    pub rest: String,
}

impl Present {
    /// The present at the playhead. Exactly at an event, where stepping leads: that event, and
    /// those of other lanes just before it. Anywhere else: what told most of late.
    pub fn at(traces: &[&Trace], playhead: Time, axis: &Axis) -> Present {
        let end = traces
            .iter()
            .map(|trace| trace.end.at())
            .max()
            .unwrap_or(Time::ZERO);
        if playhead >= end {
            return Present::Closing;
        }
        let past: Vec<&[Step]> = traces
            .iter()
            .map(|trace| &trace.steps[..super::happened(trace, playhead)])
            .collect();
        let Some(latest) = past
            .iter()
            .filter_map(|past| past.last())
            .map(|step| step.at)
            .max()
        else {
            return Present::Opening;
        };
        let together = latest - TOGETHER;
        let since = if latest == playhead {
            together
        } else {
            axis.advance(playhead, -LINGER).min(together)
        };
        let telling = past
            .iter()
            .zip(traces)
            .enumerate()
            .filter_map(|(lane, (past, trace))| {
                let present = &past[past.partition_point(|step| step.at < since)..];
                // Of equals the latest.
                let best = present
                    .iter()
                    .max_by_key(|step| (weight(trace, step), step.no))?;
                Some((weight(trace, best), lane, best.no))
            });
        let telling: Vec<(u8, usize, StepNo)> = telling.collect();
        let most = telling
            .iter()
            .map(|(weight, ..)| *weight)
            .max()
            .unwrap_or(0);
        let heard = telling
            .into_iter()
            .filter(|(weight, ..)| weight + DROWNED > most);
        Present::Steps(heard.map(|(_, lane, step)| (lane, step)).collect())
    }

    /// The present in words, the lanes in their order; never empty.
    pub fn voices(&self, experiment: &Experiment, traces: &[&Trace]) -> Vec<Voice> {
        match self {
            Present::Opening => vec![opening(traces.len())],
            Present::Closing => closing(experiment, traces),
            Present::Steps(steps) => {
                let said = steps.iter().map(|(lane, step)| {
                    let sentence = story::narrate(experiment, *lane, traces[*lane], *step);
                    (*lane, Some(*step), sentence.lead, sentence.rest)
                });
                voices(experiment, traces.len(), said)
            }
        }
    }
}

/// Lets lanes that say the same speak as one.
fn voices(
    experiment: &Experiment,
    lanes: usize,
    said: impl IntoIterator<Item = (usize, Option<StepNo>, String, String)>,
) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for (lane, step, lead, rest) in said {
        match voices
            .iter_mut()
            .find(|voice| voice.lead == lead && voice.rest == rest)
        {
            Some(voice) => voice.lanes.push((lane, step)),
            None => voices.push(Voice {
                lanes: vec![(lane, step)],
                who: String::new(),
                lead,
                rest,
            }),
        }
    }
    for voice in &mut voices {
        voice.lanes.sort_unstable();
        voice.who = who(experiment, lanes, &voice.lanes);
    }
    voices
}

/// The names of the lanes; nothing where there is only one.
fn who(experiment: &Experiment, lanes: usize, speaking: &[(usize, Option<StepNo>)]) -> String {
    match lanes {
        0 | 1 => String::new(),
        2 if speaking.len() == 2 => "Both lanes".to_owned(),
        _ if speaking.len() == lanes => "All lanes".to_owned(),
        _ => {
            let names: Vec<String> = speaking
                .iter()
                .map(|(lane, _)| experiment.lane_name(*lane))
                .collect();
            match names.as_slice() {
                [init @ .., last] if !init.is_empty() => format!("{} and {last}", init.join(", ")),
                _ => names.concat(),
            }
        }
    }
}

fn opening(lanes: usize) -> Voice {
    Voice {
        lanes: (0..lanes).map(|lane| (lane, None)).collect(),
        who: String::new(),
        lead: "Nothing has happened yet.".to_owned(),
        rest: "Press play, or step to the first event.".to_owned(),
    }
}

/// What it came to, lane by lane.
fn closing(experiment: &Experiment, traces: &[&Trace]) -> Vec<Voice> {
    let said = traces.iter().enumerate().map(|(lane, trace)| {
        let report = judge(experiment, trace);
        let (expected, actual) = (report.ledger.expected, report.ledger.actual);
        let books = format!("{} of {}", story::money(actual), story::money(expected));
        let totals = report.totals;
        let right = totals.once as usize == report.messages.len();
        let verdict = match actual == expected {
            true if !right => super::ledger::BY_ACCIDENT.to_owned(),
            _ => story::difference(expected, actual),
        };
        let lead = format!("{books}: {verdict}.");
        let mut parts = Vec::new();
        let mut part = |number: u32, what: &str| {
            if number > 0 {
                parts.push(format!("{} {what}", story::count(u64::from(number))));
            }
        };
        part(totals.lost, "lost");
        part(totals.duplicated, "duplicated");
        part(totals.parked, "parked");
        part(totals.pending, "still pending");
        let rest = if parts.is_empty() {
            String::new()
        } else {
            format!("{}.", parts.join(", "))
        };
        (lane, None, lead, story::capital(&rest))
    });
    voices(experiment, traces.len(), said.collect::<Vec<_>>())
}

/// The steps of a run that a transcript tells: all but bookkeeping.
pub fn telling(trace: &Trace) -> Vec<StepNo> {
    let tells = |step: &&Step| weight(trace, step) > BOOKKEEPING;
    trace
        .steps
        .iter()
        .filter(tells)
        .map(|step| step.no)
        .collect()
}

/// How much a step tells: the worst and rarest first, bookkeeping last.
fn weight(trace: &Trace, step: &Step) -> u8 {
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
        Happening::LateAck { .. } => 78,
        Happening::DeliveryTimedOut(_) | Happening::AnswerTimedOut { .. } => 75,
        Happening::Applied { .. } => 70,
        Happening::Restarted { .. } => 65,
        Happening::Disregarded(..) => 60,
        Happening::Sent(no) | Happening::Arrived(no) => {
            let packet = trace.packet(no);
            let again = packet.nth > 1 || packet.delayed.is_some() || packet.repeats.is_some();
            let news = if again { 8 } else { 0 };
            let arrival = if matches!(step.what, Happening::Arrived(_)) {
                2
            } else {
                0
            };
            match packet.leg {
                Leg::Publish | Leg::Deliver => 50 + news + arrival,
                Leg::PublishAck | Leg::Ack => 30 + news,
                Leg::Confirm => 20,
            }
        }
        Happening::Requeued { .. } | Happening::Rewound { .. } => 48,
        Happening::Recorded(_) => 46,
        Happening::Created => 45,
        Happening::HandlerStarted { .. } => 40,
        Happening::Stored { .. } => 35,
        Happening::HandlerDone | Happening::Waiting => 15,
        Happening::Told(Told::Ok) | Happening::Settled { .. } => 10,
    }
}

//! The pace of playback: the moments at which it stops for a caption, and how long each caption takes to read.
//!
//! Between these moments the playhead moves along the axis. The stops depend on what happens in the lanes and on
//! how many words tell it; how fast they are gone through is the player's business.

use std::collections::{BTreeMap, BTreeSet};

use ackground_core::experiment::Experiment;
use ackground_core::sim::{Event, MessageNo, Node, Packet, Step, StepNo, Time, Told, Trace};
use ackground_words::story::{self, Sentence};

use super::axis::Axis;
use super::diagram::lost_at;
use super::moment::{HOLD_PX, Present};

/// The time to find a caption before reading it, in milliseconds.
const FIND_MS: f64 = 700.0;
/// The time to read a word, in milliseconds: 240 words a minute.
const WORD_MS: f64 = 250.0;
/// The words that say that the lanes differ and why, about.
const DIVERGENCE_WORDS: usize = 12;
/// So many faults of a kind stop a lane's playback; from then on everybody knows them.
const ALIKE: usize = 3;
/// The most characters of a caption; a longer one says only what happens.
const CAPTION: usize = 150;

/// A stop of playback.
#[derive(Debug, Clone, PartialEq)]
pub struct Beat {
    /// The moment; no two beats share it.
    pub at: Time,
    /// The lane that it is about, counted from 0.
    pub lane: usize,
    /// The step that it is about.
    pub step: StepNo,
    /// Whether the lanes differ from here on.
    pub diverges: bool,
    /// How long its caption takes to read, in milliseconds.
    pub dwell_ms: f64,
}

/// The stops of a playback, in time order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pace {
    beats: Vec<Beat>,
}

/// No dwell is ever NaN.
impl Eq for Pace {}

/// What may stop playback, so that the same thing does not do it again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Lost,
    Late,
    Copied,
    Crash(Node),
    Stall,
    Failure,
    Unavailable,
    Gone,
    GivenUp,
    Refused,
    Redelivered,
    Resent,
    Recognised,
    Repeated,
    Sent,
    Effect,
    Differs,
}

impl Kind {
    /// How many of them stop playback in one lane.
    fn most(self) -> usize {
        match self {
            Kind::Lost | Kind::Late | Kind::Copied => ALIKE,
            Kind::Crash(_) | Kind::Stall | Kind::Failure => ALIKE,
            Kind::Unavailable | Kind::Gone | Kind::GivenUp | Kind::Refused => 1,
            Kind::Redelivered | Kind::Resent | Kind::Recognised | Kind::Repeated => 1,
            Kind::Sent | Kind::Effect | Kind::Differs => 1,
        }
    }

    /// Whether one lane is enough for it: what goes well goes alike in all of them.
    fn once_for_all(self) -> bool {
        matches!(self, Kind::Sent | Kind::Effect)
    }
}

impl Pace {
    /// The stops of these runs. Linear in their steps.
    pub fn of(experiment: &Experiment, traces: &[&Trace], axis: &Axis) -> Pace {
        let mut found: Vec<(Time, usize, StepNo, Kind)> = Vec::new();
        for (lane, trace) in traces.iter().enumerate() {
            stops(experiment, lane, trace, &mut found);
        }
        found.extend(axis.divergence().and_then(|at| differs(traces, at, &found)));
        found.sort_by_key(|(at, lane, step, _)| (*at, *lane, *step));
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut common: BTreeSet<Kind> = BTreeSet::new();
        let mut beats: Vec<Beat> = Vec::new();
        let mut divergence = axis.divergence();
        for (at, lane, step, kind) in found {
            if kind.once_for_all() && !common.insert(kind) {
                continue;
            }
            let sentence = words(experiment, lane, traces[lane], step);
            // What one lane has told is known where another does the same.
            if !told.insert(sentence.lead.clone()) {
                continue;
            }
            let here = traces[lane].step(step).at;
            let diverges = divergence.is_some_and(|from| from <= here);
            if diverges {
                divergence = None;
            }
            beats.push(Beat { at, lane, step, diverges, dwell_ms: dwell(&sentence, diverges) });
        }
        // Where two would stop at the same moment, the second follows at once.
        for next in 1..beats.len() {
            let earliest = beats[next - 1].at + Time::from_micros(1);
            beats[next].at = beats[next].at.max(earliest);
        }
        beats.retain(|beat| beat.at < axis.end());
        Pace { beats }
    }

    /// All stops, in time order.
    pub fn beats(&self) -> &[Beat] {
        &self.beats
    }

    /// The first stop after a moment.
    pub fn next(&self, at: Time) -> Option<&Beat> {
        self.beats.get(self.beats.partition_point(|beat| beat.at <= at))
    }

    /// The stop at exactly this moment.
    pub fn here(&self, at: Time) -> Option<&Beat> {
        let found = self.beats.binary_search_by_key(&at, |beat| beat.at).ok()?;
        Some(&self.beats[found])
    }

    /// The last stop up to a moment, as long as the playhead is still near it.
    fn near(&self, at: Time, axis: &Axis) -> Option<&Beat> {
        let last = self.beats[..self.beats.partition_point(|beat| beat.at <= at)].last()?;
        (axis.y(at) - axis.y(last.at) < HOLD_PX).then_some(last)
    }
}

/// The most important step of the moment from which the lanes differ, unless one of them stops there anyway.
fn differs(
    traces: &[&Trace],
    at: Time,
    found: &[(Time, usize, StepNo, Kind)],
) -> Option<(Time, usize, StepNo, Kind)> {
    let stops =
        |(_, lane, step, _): &(Time, usize, StepNo, Kind)| traces[*lane].step(*step).at == at;
    if found.iter().any(stops) {
        return None;
    }
    let here = traces.iter().enumerate().flat_map(|(lane, trace)| {
        let from = trace.steps.partition_point(|step| step.at < at);
        let steps = trace.steps[from..].iter().take_while(move |step| step.at == at);
        steps.map(move |step| (story::importance(trace, step), lane, step.no))
    });
    // Of equals the first lane, and there the latest step.
    let most =
        here.max_by_key(|(importance, lane, step)| (*importance, std::cmp::Reverse(*lane), *step));
    most.map(|(_, lane, step)| (at, lane, step, Kind::Differs))
}

/// The stops of one lane.
fn stops(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    found: &mut Vec<(Time, usize, StepNo, Kind)>,
) {
    let mut seen: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut applied: BTreeSet<MessageNo> = BTreeSet::new();
    let primary = experiment.scenario.primary();
    for step in &trace.steps {
        let Some((kind, at)) = kind(trace, step, primary, &mut applied) else {
            continue;
        };
        let times = seen.entry(kind).or_default();
        *times += 1;
        if *times <= kind.most() {
            found.push((at, lane, step.no, kind));
        }
    }
}

/// Whether a step may stop playback, and at which moment.
fn kind(
    trace: &Trace,
    step: &Step,
    primary: usize,
    applied: &mut BTreeSet<MessageNo>,
) -> Option<(Kind, Time)> {
    let kind = match step.what {
        Event::Sent(no) => return of_packet(trace.packet(no)),
        Event::Applied { step: this } => {
            let first = step.message.is_none_or(|message| applied.insert(message));
            match (usize::from(this) == primary, first) {
                (true, true) => Kind::Effect,
                (true, false) => Kind::Repeated,
                (false, _) => return None,
            }
        }
        Event::Crashed { node, .. } => Kind::Crash(node),
        Event::Stalled { .. } => Kind::Stall,
        Event::HandlerFailed { .. } => Kind::Failure,
        Event::Unavailable { .. } => Kind::Unavailable,
        Event::CopyLost { .. } | Event::TransactionAborted { .. } => Kind::Gone,
        Event::Told(Told::Error) | Event::Parked { .. } | Event::Discarded { .. } => Kind::GivenUp,
        Event::Refused(_) | Event::TransactionRefused | Event::LateAck { .. } => Kind::Refused,
        Event::DeliveryTimedOut(_) => Kind::Redelivered,
        Event::AnswerTimedOut { .. } => Kind::Resent,
        Event::Skipped(_) | Event::RepeatDropped(_) => Kind::Recognised,
        Event::Absorbed { step: this, .. } if usize::from(this) == primary => Kind::Recognised,
        Event::Absorbed { .. }
        | Event::Created
        | Event::Arrived(_)
        | Event::Disregarded(..)
        | Event::Told(Told::Ok | Told::Nothing)
        | Event::Stored { .. }
        | Event::Visible { .. }
        | Event::TransactionCommitted { .. }
        | Event::Elected { .. }
        | Event::Assigned { .. }
        | Event::Requeued { .. }
        | Event::Rewound { .. }
        | Event::Settled { .. }
        | Event::HandlerStarted { .. }
        | Event::HandlerDone
        | Event::Waiting
        | Event::Recorded(_)
        | Event::Restarted { .. } => return None,
    };
    Some((kind, step.at))
}

/// A packet is told on its way: where it is lost, or half-way.
fn of_packet(packet: &Packet) -> Option<(Kind, Time)> {
    let half_way = packet.sent + (packet.arrives - packet.sent).share(1, 2);
    if packet.lost.is_some() {
        Some((Kind::Lost, lost_at(packet)))
    } else if packet.delayed.is_some() {
        Some((Kind::Late, half_way))
    } else if packet.repeats.is_some() {
        Some((Kind::Copied, half_way))
    } else {
        Some((Kind::Sent, half_way)).filter(|_| packet.from == Node::Producer)
    }
}

fn dwell(sentence: &Sentence, diverges: bool) -> f64 {
    let words = sentence.to_string().split_whitespace().count();
    let more = if diverges { DIVERGENCE_WORDS } else { 0 };
    FIND_MS + WORD_MS * (words + more) as f64
}

/// What is told at a moment, and of which lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// The lane that it is about, counted from 0.
    pub lane: usize,
    /// The step that it is about.
    pub step: StepNo,
    /// The moment for which its caption is placed.
    pub at: Time,
    /// Whether the lanes differ from here on.
    pub diverges: bool,
}

/// The one thing that is told at a moment: while playing that of the stop that is near, and else that of the stop
/// here, or of the most important event. None before the first event, and none when all is over.
pub fn remark(
    traces: &[&Trace],
    pace: &Pace,
    axis: &Axis,
    at: Time,
    playing: bool,
) -> Option<Remark> {
    if at >= axis.end() {
        return None;
    }
    let beat = if playing { pace.near(at, axis) } else { pace.here(at) };
    if let Some(&Beat { at, lane, step, diverges, .. }) = beat {
        return Some(Remark { lane, step, at, diverges });
    }
    let Present::Steps(heard) = Present::at(traces, at, axis) else {
        return None;
    };
    let loudest = heard.iter().find(|heard| heard.loudest).filter(|_| !playing)?;
    let diverges = axis.diverges_at(at, HOLD_PX);
    Some(Remark { lane: loudest.lane, step: loudest.step, at, diverges })
}

/// What a caption says of a step: what happens; why, and what follows, which may be empty.
pub fn words(experiment: &Experiment, lane: usize, trace: &Trace, step: StepNo) -> Sentence {
    let mut sentence = story::narrate(experiment, lane, trace, step);
    let whole = sentence.lead.chars().count() + sentence.rest.chars().count();
    if whole > CAPTION {
        sentence.rest.clear();
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_testkit::fixtures::{experiment, experiments, runs};
    use proptest::prelude::*;

    fn pace(experiment: &Experiment) -> (Pace, Axis, Vec<Trace>) {
        let traces = runs(experiment);
        let axis = Axis::of(&traces);
        let borrowed: Vec<&Trace> = traces.iter().collect();
        (Pace::of(experiment, &borrowed, &axis), axis, traces)
    }

    fn leads(experiment: &Experiment) -> Vec<(usize, String)> {
        let (pace, _, traces) = pace(experiment);
        let lead = |beat: &Beat| {
            let told = story::narrate(experiment, beat.lane, &traces[beat.lane], beat.step);
            (beat.lane, told.to_string())
        };
        pace.beats().iter().map(lead).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn stops_are_in_order_inside_the_run_and_have_time_to_be_read(experiment in experiments()) {
            let (pace, axis, traces) = pace(&experiment);
            let traces: Vec<&Trace> = traces.iter().collect();
            prop_assert!(pace.beats().windows(2).all(|pair| pair[0].at < pair[1].at));
            for beat in pace.beats() {
                prop_assert!(beat.at < axis.end());
                for playing in [true, false] {
                    let told = remark(&traces, &pace, &axis, beat.at, playing).expect("it is told");
                    prop_assert_eq!((told.lane, told.step), (beat.lane, beat.step));
                }
                let said = words(&experiment, beat.lane, traces[beat.lane], beat.step).to_string();
                let words = said.split_whitespace().count();
                prop_assert!(beat.dwell_ms >= 200.0 * words as f64, "{} ms for {} words", beat.dwell_ms, words);
            }
            prop_assert!(pace.beats().iter().filter(|beat| beat.diverges).count() <= 1);
        }
    }

    #[test]
    fn the_first_screen_stops_where_its_story_turns() {
        let told = leads(&Experiment::default());
        let say = |lane: usize, what: &str| {
            told.iter().any(|(at, lead)| *at == lane && lead.contains(what))
        };
        assert!(say(0, "lost on the wire"), "{told:#?}");
        assert!(told.iter().any(|(_, lead)| lead.contains("crashes")), "{told:#?}");
        assert!(say(1, "second time"), "{told:#?}");
        let (found, axis, traces) = pace(&Experiment::default());
        let parts = found.beats().iter().find(|beat| beat.diverges).expect("they do");
        assert_eq!(Some(traces[parts.lane].step(parts.step).at), axis.divergence());
        let whole: f64 =
            pace(&Experiment::default()).0.beats().iter().map(|beat| beat.dwell_ms).sum();
        assert!((20_000.0..60_000.0).contains(&whole), "{whole} ms in {told:#?}");
    }

    #[test]
    fn what_happens_in_every_lane_is_told_once() {
        let same = experiment(r#""faults":{"script":["drop publish 1"]},"lanes":[{},{},{}]"#);
        let told = leads(&same);
        let lost = told.iter().filter(|(_, lead)| lead.contains("lost on the wire")).count();
        assert_eq!(lost, 1, "{told:#?}");
        assert!(told.iter().all(|(lane, _)| *lane == 0), "{told:#?}");
    }

    #[test]
    fn a_fault_that_strikes_all_the_time_does_not_stop_all_the_time() {
        let noisy = experiment(r#""messages":50,"faults":{"loss":{"deliver":0.4}},"lanes":[{}]"#);
        let (pace, ..) = pace(&noisy);
        assert!(pace.beats().len() <= 14, "{}", pace.beats().len());
    }
}

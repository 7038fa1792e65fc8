//! The present moment in words: the most important event at the playhead, and how the lanes differ.

use super::axis::Axis;
use ackground_core::audit::judge;
use ackground_core::experiment::Experiment;
use ackground_core::sim::{MessageNo, Step, StepNo, Time, Trace};
use ackground_words::story::{self, importance};

/// Events closer together than this count as one moment: lanes doing the same thing may be slightly out of
/// step.
const TOGETHER: Time = Time::from_millis(12);

/// A lane whose event is less important than another's by this much is not reported at that moment.
const IMPORTANCE_GAP: u8 = 28;

/// From this importance on an event is worth comparing with what the other lanes recently did with the same
/// message.
const REMARKABLE: u8 = 85;

/// Between two events, the most important one of the last so many pixels stays on screen: nobody can read a
/// sentence in the blink between them.
pub const HOLD_PX: f64 = 64.0;

/// Said at the point of divergence.
pub const DIVERGENCE: &str = "From here on the lanes differ.";

/// What the present moment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Present {
    /// Nothing has happened yet.
    Opening,
    /// What is reported of the lanes, in their order; never empty.
    Steps(Vec<Heard>),
    /// All runs are over.
    Closing,
}

/// What is reported of a lane at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The lane, from 0.
    pub lane: usize,
    /// Its most important step.
    pub step: StepNo,
    /// Whether no other lane has a more important step.
    pub loudest: bool,
}

/// What one or more lanes have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The lanes that say it, from 0, in order.
    pub lanes: Vec<usize>,
    /// Whether no other voice is more important.
    pub loudest: bool,
    /// The names of the lanes: `At most once`, `All lanes`; empty with a single lane.
    pub who: String,
    /// What happens.
    pub lead: String,
    /// Why, and what follows.
    pub rest: String,
}

impl Present {
    /// The present at the playhead. Exactly at an event, where stepping leads: that event, and those of other
    /// lanes just before it. Anywhere else: the most important recent one.
    pub fn at(traces: &[&Trace], playhead: Time, axis: &Axis) -> Present {
        let end = traces.iter().map(|trace| trace.end.at()).max();
        if playhead >= end.unwrap_or(Time::ZERO) {
            return Present::Closing;
        }
        let last = |trace: &&Trace| between(trace, Time::ZERO, playhead).last().map(|step| step.at);
        let Some(latest) = traces.iter().filter_map(last).max() else {
            return Present::Opening;
        };
        let (lately, just) = (axis.advance(playhead, -HOLD_PX), latest - TOGETHER);
        let since = if latest == playhead { just } else { lately.min(just) };
        let telling = |trace: &&Trace| most_telling(trace, between(trace, since, playhead).iter());
        let mut telling: Vec<Option<Telling>> = traces.iter().map(telling).collect();
        let remarkable = telling.iter().flatten().find(|telling| telling.importance >= REMARKABLE);
        if let Some(message) = remarkable.and_then(|telling| telling.message) {
            for (trace, telling) in traces.iter().zip(&mut telling) {
                let same = between(trace, lately.min(since), playhead).iter();
                let same = most_telling(trace, same.filter(|step| step.message == Some(message)));
                *telling = (*telling).max(same.filter(|same| same.importance >= REMARKABLE));
            }
        }
        let most = telling.iter().flatten().map(|telling| telling.importance).max().unwrap_or(0);
        let heard = |(lane, telling): (usize, Option<Telling>)| {
            let Telling { importance, step, .. } =
                telling.filter(|telling| telling.importance + IMPORTANCE_GAP > most)?;
            Some(Heard { lane, step, loudest: importance == most })
        };
        Present::Steps(telling.into_iter().enumerate().filter_map(heard).collect())
    }

    /// The present in words, lane by lane; never empty.
    pub fn voices(&self, experiment: &Experiment, traces: &[&Trace]) -> Vec<Voice> {
        let said: Vec<Voice> = match self {
            Present::Opening => return vec![opening(traces.len())],
            Present::Closing => {
                let lanes = traces.iter().enumerate();
                lanes.map(|(lane, trace)| closing(experiment, lane, trace)).collect()
            }
            Present::Steps(steps) => steps
                .iter()
                .map(|heard| {
                    let sentence =
                        story::narrate(experiment, heard.lane, traces[heard.lane], heard.step);
                    Voice::of(heard.lane, heard.loudest, sentence.lead, sentence.rest)
                })
                .collect(),
        };
        together(experiment, traces.len(), said)
    }
}

/// A step's importance. Ordered by it; of equals the later step is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Telling {
    importance: u8,
    step: StepNo,
    message: Option<MessageNo>,
}

/// The most important step, of equals the latest.
fn most_telling<'a>(trace: &Trace, steps: impl Iterator<Item = &'a Step>) -> Option<Telling> {
    let telling = |step: &Step| Telling {
        importance: importance(trace, step),
        step: step.no,
        message: step.message,
    };
    steps.map(telling).max()
}

/// The steps between two moments, inclusive.
fn between(trace: &Trace, since: Time, until: Time) -> &[Step] {
    let past = &trace.steps[..super::happened(trace, until)];
    &past[past.partition_point(|step| step.at < since)..]
}

impl Voice {
    fn of(lane: usize, loudest: bool, lead: String, rest: String) -> Voice {
        Voice { lanes: vec![lane], loudest, who: String::new(), lead, rest }
    }
}

/// Merges lanes that say the same into one voice.
fn together(experiment: &Experiment, lanes: usize, said: Vec<Voice>) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for one in said {
        let same = voices.iter_mut().find(|voice| voice.lead == one.lead && voice.rest == one.rest);
        match same {
            Some(voice) => {
                voice.lanes.extend(one.lanes);
                voice.loudest |= one.loudest;
            }
            None => voices.push(one),
        }
    }
    for voice in &mut voices {
        voice.who = who(experiment, lanes, &voice.lanes);
    }
    voices
}

/// The names of these lanes; empty with a single lane.
fn who(experiment: &Experiment, lanes: usize, speaking: &[usize]) -> String {
    match lanes {
        0 | 1 => String::new(),
        2 if speaking.len() == 2 => "Both lanes".to_owned(),
        _ if speaking.len() == lanes => "All lanes".to_owned(),
        _ => {
            let names: Vec<String> =
                speaking.iter().map(|lane| experiment.lane_name(*lane)).collect();
            match names.as_slice() {
                [init @ .., last] if !init.is_empty() => format!("{} and {last}", init.join(", ")),
                _ => names.concat(),
            }
        }
    }
}

fn opening(lanes: usize) -> Voice {
    Voice {
        lanes: (0..lanes).collect(),
        loudest: true,
        who: String::new(),
        lead: "Nothing has happened yet.".to_owned(),
        rest: "Press play, or step to the first event.".to_owned(),
    }
}

/// The result of a lane's run.
fn closing(experiment: &Experiment, lane: usize, trace: &Trace) -> Voice {
    let report = judge(experiment, trace);
    let (expected, actual) = (report.ledger.expected, report.ledger.actual);
    let totals = report.totals;
    let right = totals.once as usize == report.messages.len();
    let verdict = story::balance(experiment, &report).words;
    let lead = format!("{} of {}: {verdict}.", story::money(actual), story::money(expected));
    let parts: Vec<String> = [
        (totals.lost, "lost"),
        (totals.duplicated, "duplicated"),
        (totals.parked, "parked"),
        (totals.pending, "still pending"),
        (totals.once, "exactly once"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", story::count(u64::from(number))))
    .collect();
    let rest = if right {
        "All took effect exactly once.".to_owned()
    } else {
        format!("{}.", parts.join(", "))
    };
    Voice::of(lane, true, lead, story::capital(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::sim::Event;
    use ackground_testkit::fixtures::{experiment, experiments, runs};
    use proptest::prelude::*;

    fn present(experiment: &Experiment, at: impl Fn(&[Trace]) -> Time) -> (Present, Vec<Voice>) {
        let traces = runs(experiment);
        let axis = Axis::of(&traces);
        let at = at(&traces);
        let traces: Vec<&Trace> = traces.iter().collect();
        let present = Present::at(&traces, at, &axis);
        let voices = present.voices(experiment, &traces);
        (present, voices)
    }

    fn first(trace: &Trace, is: impl Fn(&Event) -> bool) -> Time {
        let step = trace.steps.iter().find(|step| is(&step.what));
        step.expect("the experiment was made for it to happen").at
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_moment_has_words_and_every_lane_speaks_once(experiment in experiments(), share in 0.0f64..=1.0) {
            let at = |traces: &[Trace]| {
                let axis = Axis::of(traces);
                axis.time(share * axis.height())
            };
            let (_, voices) = present(&experiment, at);
            prop_assert!(!voices.is_empty());
            prop_assert!(voices.iter().any(|voice| voice.loudest));
            let mut lanes: Vec<usize> = voices.iter().flat_map(|voice| voice.lanes.clone()).collect();
            lanes.sort_unstable();
            let speaking = lanes.len();
            lanes.dedup();
            prop_assert_eq!(speaking, lanes.len());
            prop_assert!(voices.iter().all(|voice| !voice.lead.is_empty()));
        }
    }

    #[test]
    fn at_an_event_the_present_is_that_event() {
        let experiment = experiment(
            r#""messages":1,"faults":{"script":["crash consumer after credit 1"]},"lanes":[{}]"#,
        );
        let crash = |happening: &Event| matches!(happening, Event::Crashed { .. });
        let (now, voices) = present(&experiment, |traces| first(&traces[0], crash));
        let Present::Steps(heard) = now else { panic!("the run goes on after a crash") };
        let traces = runs(&experiment);
        assert!(crash(&traces[0].step(heard[0].step).what), "nothing tells more than a crash");
        assert_eq!(voices[0].who, "", "a single lane needs no name");
    }

    #[test]
    fn lanes_that_do_the_same_speak_as_one() {
        let experiment = experiment(r#""lanes":[{"name":"A"},{"name":"B"},{"name":"C"}]"#);
        let sent = |happening: &Event| matches!(happening, Event::Sent(_));
        let (_, voices) = present(&experiment, |traces| first(&traces[0], sent));
        assert_eq!(voices.len(), 1);
        assert_eq!(voices[0].who, "All lanes");
        assert_eq!(voices[0].lanes, [0, 1, 2]);
    }

    #[test]
    fn the_lanes_part_at_their_moment_and_shortly_after() {
        let traces = runs(&Experiment::default());
        let axis = Axis::of(&traces);
        let at = axis.divergence().expect("three lanes, three balances");
        assert!(axis.diverges_at(at, HOLD_PX));
        assert!(axis.diverges_at(axis.advance(at, 1.0), HOLD_PX), "nobody reads in a blink");
        assert!(
            !axis.diverges_at(axis.next_event(at), HOLD_PX),
            "another event has its own sentence"
        );
        assert!(!axis.diverges_at(axis.prev_event(at), HOLD_PX));
        assert!(!axis.diverges_at(Time::ZERO, HOLD_PX) && !axis.diverges_at(axis.end(), HOLD_PX));
    }

    #[test]
    fn a_second_effect_is_compared_with_the_lane_that_skipped_it() {
        let twice = |happening: &Event| matches!(happening, Event::HandlerStarted { call: 2, .. });
        let credited = |traces: &[Trace]| {
            let again = first(&traces[1], twice);
            let applied =
                |step: &&Step| step.at > again && matches!(step.what, Event::Applied { step: 0 });
            traces[1].steps.iter().find(applied).map_or(again, |step| step.at)
        };
        let (_, voices) = present(&Experiment::default(), credited);
        let who: Vec<&str> = voices.iter().map(|voice| voice.who.as_str()).collect();
        assert_eq!(who, ["At least once", "Effectively once"]);
    }

    #[test]
    fn the_end_compares_the_books() {
        let (now, voices) = present(&Experiment::default(), |_| Time::from_micros(u64::MAX));
        assert_eq!(now, Present::Closing);
        let leads: Vec<&str> = voices.iter().map(|voice| voice.lead.as_str()).collect();
        let expected = [
            "20,000 of 30,000: −10,000 EUR.",
            "40,000 of 30,000: +10,000 EUR.",
            "30,000 of 30,000: exact.",
        ];
        assert_eq!(leads, expected);
    }

    #[test]
    fn one_lost_and_one_doubled_is_not_called_exact() {
        let experiment = experiment(
            r#""messages":2,"faults":{"script":["drop publish 1","drop ack 2"]},
            "lanes":[{"producer":{"acks":"none"},"broker":{"kind":"queue"}}]"#,
        );
        let (_, voices) = present(&experiment, |_| Time::from_micros(u64::MAX));
        assert_eq!(voices[0].lead, "20,000 of 20,000: correct by accident.");
    }
}

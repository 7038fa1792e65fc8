//! The time axis that all lanes share: maps simulated time to pixels, downward, and back.
//!
//! The axis is piecewise linear between the moments at which something happens in any lane. The height of a
//! gap grows with the logarithm of its length, so that a 50 ms packet has a visible slope and ten idle
//! seconds do not cost a page. It knows when things happen, and hardly anything of what they are.

use std::collections::BTreeMap;

use ackground_core::number;
use ackground_core::sim::{Event, Time, Trace};

/// Padding above the first moment and below the last, in pixels, so that no glyph is clipped.
const MARGIN: f64 = 16.0;
/// A gap of `KNEE` milliseconds gets `STRETCH × ln 2` pixels.
const STRETCH: f64 = 25.0;
/// Well below this many milliseconds the axis is nearly linear.
const KNEE: f64 = 80.0;
/// The part of a gap beyond `PATIENCE` milliseconds is waiting, and gets `WAITING` pixels for every
/// factor of e.
const PATIENCE: f64 = 150.0;
/// See [`PATIENCE`].
const WAITING: f64 = 6.0;
/// The least distance between two moments, in pixels: none coincide.
const LEAST: f64 = 1.5;
/// A gap of at least this many milliseconds counts as idle and is drawn as a break.
const IDLE: f64 = 450.0;
/// The least distance between labelled moments, in pixels.
const TICK_DISTANCE: f64 = 30.0;
/// Tick steps in milliseconds, the roundest first.
const TICK_STEPS: [u64; 13] = [
    3_600_000, 1_800_000, 600_000, 300_000, 60_000, 30_000, 10_000, 5_000, 2_000, 1_000, 500, 200,
    100,
];
/// How far a diagram is compressed at most to fit the height that there is: signs in it keep their size.
const TIGHTEST: f64 = 0.5;
/// How far it is stretched at most.
const WIDEST: f64 = 1.5;
/// A tick step with more multiples than this in one gap is too fine to be tried there.
const TRIED_PER_GAP: u64 = 40;

/// A moment and its position.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Knot {
    at: Time,
    y: f64,
}

/// A labelled moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The moment, in simulated time.
    pub at: Time,
    /// Its position, in pixels from the top.
    pub y: f64,
    /// `0`, `0.2 s`, `1.5 s`, `2 min`, `30 min 2 s`.
    pub label: String,
}

/// An idle stretch that the axis compresses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Break {
    /// Where it begins, in pixels from the top.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// The axis shared by all lanes.
///
/// Monotone in both directions: a later moment is never higher, and a lower pixel never earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Strictly increasing in both fields, the first one at time zero; never empty.
    knots: Vec<Knot>,
    /// Every moment at which something happens, strictly increasing, zero included.
    events: Vec<Time>,
    /// Every moment at which something goes wrong, strictly increasing.
    faults: Vec<Time>,
    ticks: Vec<Tick>,
    /// The height that there is for a diagram, in pixels, where it is known.
    room: Option<f64>,
    /// The moment from which the lanes differ.
    divergence: Option<Time>,
}

/// No position is ever NaN, so equality is total; one shared axis is compared by address.
impl Eq for Axis {}

impl Axis {
    /// The axis of these runs. Linear in their steps.
    pub fn of<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Axis {
        let (mut events, mut faults, mut shape) = (vec![Time::ZERO], Vec::new(), Vec::new());
        let traces: Vec<&Trace> = traces.into_iter().collect();
        for trace in &traces {
            // A copy becoming visible gets no moment of its own: its delivery shows it.
            let shows = |what| !matches!(what, Event::Visible { .. });
            for step in trace.steps.iter().filter(|step| shows(step.what)) {
                events.push(step.at);
                if super::is_fault(trace, step) {
                    faults.push(step.at);
                }
            }
            let last = trace.end.at();
            // Whatever is in flight at the horizon is drawn up to it.
            events.push(last);
            // A lost packet never arrives, but its slope should match the others'.
            let lost = trace.packets.iter().filter(|packet| packet.lost.is_some());
            shape.extend(lost.map(|packet| packet.arrives).filter(|at| *at < last));
        }
        Axis {
            divergence: super::divergence::divergence(traces),
            ..Axis::through(events, faults, shape)
        }
    }

    /// An axis through these moments alone.
    #[cfg(test)]
    pub fn of_moments(moments: impl IntoIterator<Item = Time>) -> Axis {
        let moments = moments.into_iter().chain([Time::ZERO]).collect();
        Axis::through(moments, Vec::new(), Vec::new())
    }

    /// An axis through these moments. Those in `shape` bend it but cannot be stepped to.
    fn through(mut events: Vec<Time>, mut faults: Vec<Time>, mut shape: Vec<Time>) -> Axis {
        sort(&mut events);
        sort(&mut faults);
        shape.extend_from_slice(&events);
        sort(&mut shape);
        let mut knots: Vec<Knot> = Vec::with_capacity(shape.len());
        for at in shape {
            let y = match knots.last() {
                Some(last) => last.y + pixels(millis(at - last.at)),
                None => MARGIN,
            };
            knots.push(Knot { at, y });
        }
        let ticks = ticks(&knots);
        Axis { knots, events, faults, ticks, room: None, divergence: None }
    }

    /// The axis for a view of this height in pixels, compressed or stretched so that a short run fills it. A run
    /// that is too long for it keeps its scale, and is seen through a window of that height.
    pub fn fitted(self, room: f64) -> Axis {
        let scale = (room - 2.0 * MARGIN) / (self.height() - 2.0 * MARGIN).max(1.0);
        let scale = if scale < TIGHTEST { 1.0 } else { scale.min(WIDEST) };
        let mut knots = self.knots;
        for knot in &mut knots {
            knot.y = MARGIN + (knot.y - MARGIN) * scale;
        }
        Axis { ticks: ticks(&knots), knots, room: Some(room), ..self }
    }

    /// The height that there is for a diagram, in pixels, where it is known.
    pub fn room(&self) -> Option<f64> {
        self.room
    }

    /// The height of a diagram on this axis, in pixels.
    pub fn height(&self) -> f64 {
        self.last().y + MARGIN
    }

    /// The last moment.
    pub fn end(&self) -> Time {
        self.last().at
    }

    /// The position of a moment, in pixels from the top; clamped to the end.
    pub fn y(&self, at: Time) -> f64 {
        let next = self.knots.partition_point(|knot| knot.at <= at);
        let (before, after) = self.around(next);
        let Some(after) = after else { return before.y };
        let share = millis(at - before.at) / millis(after.at - before.at);
        before.y + share * (after.y - before.y)
    }

    /// The moment at a position, to the microsecond; clamped to zero and the end.
    pub fn time(&self, y: f64) -> Time {
        if y.is_nan() || y <= self.knots[0].y {
            return Time::ZERO;
        }
        let next = self.knots.partition_point(|knot| knot.y <= y);
        let (before, after) = self.around(next);
        let Some(after) = after else { return before.at };
        let share = (y - before.y) / (after.y - before.y);
        let micros = share * (after.at - before.at).micros() as f64;
        before.at + Time::from_micros(micros.round() as u64)
    }

    /// The moment `pixels` further down, at least one microsecond later unless the end is reached; negative
    /// pixels go back likewise.
    pub fn advance(&self, at: Time, pixels: f64) -> Time {
        let moved = self.time(self.y(at) + pixels);
        let least = Time::from_micros(1);
        if pixels > 0.0 {
            moved.max(at + least).min(self.end())
        } else if pixels < 0.0 {
            moved.min(at - least)
        } else {
            at
        }
    }

    /// The next moment at which something happens; the end if there is none.
    pub fn next_event(&self, at: Time) -> Time {
        next(&self.events, at).unwrap_or(self.end())
    }

    /// The previous moment at which something happens; zero if there is none.
    pub fn prev_event(&self, at: Time) -> Time {
        prev(&self.events, at).unwrap_or(Time::ZERO)
    }

    /// The next moment at which something goes wrong; the end if there is none.
    pub fn next_fault(&self, at: Time) -> Time {
        next(&self.faults, at).unwrap_or(self.end())
    }

    /// The previous moment at which something goes wrong; zero if there is none.
    pub fn prev_fault(&self, at: Time) -> Time {
        prev(&self.faults, at).unwrap_or(Time::ZERO)
    }

    /// The moment from which the lanes differ, if they ever do.
    pub fn divergence(&self) -> Option<Time> {
        self.divergence
    }

    /// Whether the lanes diverge at the playhead: exactly there if an event is there, else within this many
    /// pixels before it.
    pub fn diverges_at(&self, playhead: Time, pixels: f64) -> bool {
        self.divergence.is_some_and(|at| {
            let here = self.events.binary_search(&playhead).is_ok();
            let lately = at <= playhead && self.y(playhead) - self.y(at) < pixels;
            at == playhead || (!here && lately)
        })
    }

    /// Labelled round moments, from top to bottom.
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// The idle stretches that the axis compresses, from top to bottom.
    pub fn breaks(&self) -> impl Iterator<Item = Break> + '_ {
        self.knots
            .windows(2)
            .filter(|pair| millis(pair[1].at - pair[0].at) >= IDLE)
            .map(|pair| Break { from: pair[0].y, to: pair[1].y })
    }

    fn last(&self) -> Knot {
        self.knots[self.knots.len() - 1]
    }

    /// The knots on either side of a position: the one before it, and the one at or after it.
    fn around(&self, next: usize) -> (Knot, Option<Knot>) {
        (self.knots[next.max(1) - 1], self.knots.get(next).copied())
    }
}

/// A time span in milliseconds, with its fraction.
fn millis(span: Time) -> f64 {
    span.micros() as f64 / 1000.0
}

/// The height of a gap, in pixels, from its length in milliseconds.
fn pixels(gap: f64) -> f64 {
    let busy = STRETCH * (gap.min(PATIENCE) / KNEE).ln_1p();
    let waiting = WAITING * (gap / PATIENCE).max(1.0).ln();
    (busy + waiting).max(LEAST)
}

fn sort(times: &mut Vec<Time>) {
    times.sort_unstable();
    times.dedup();
}

fn next(times: &[Time], at: Time) -> Option<Time> {
    times.get(times.partition_point(|time| *time <= at)).copied()
}

fn prev(times: &[Time], at: Time) -> Option<Time> {
    times[..times.partition_point(|time| *time < at)].last().copied()
}

/// Round moments, the roundest first; each is kept if it is far enough from those already kept.
fn ticks(knots: &[Knot]) -> Vec<Tick> {
    let mut kept: BTreeMap<u64, f64> = BTreeMap::new();
    for step in TICK_STEPS {
        for pair in knots.windows(2) {
            let (from, to) = (pair[0].at.micros(), pair[1].at.micros());
            let micros = step * 1000;
            let (first, last) = (from.div_ceil(micros), to / micros);
            // A label from a minute on has whole seconds.
            if step < 1000 && from >= 60_000_000 {
                continue;
            }
            if first > last || last - first > TRIED_PER_GAP {
                continue;
            }
            for at in (first..=last).map(|nth| nth * micros) {
                let share = (at - from) as f64 / (to - from) as f64;
                let y = pair[0].y + share * (pair[1].y - pair[0].y);
                let near = |(_, other): (&u64, &f64)| (other - y).abs() < TICK_DISTANCE;
                let above = kept.range(..=at).next_back().is_some_and(near);
                let below = kept.range(at..).next().is_some_and(near);
                if !above && !below {
                    kept.insert(at, y);
                }
            }
        }
    }
    kept.into_iter()
        .map(|(micros, y)| Tick { at: Time::from_micros(micros), y, label: label(micros / 1000) })
        .collect()
}

/// Whole tenths of a second up to a minute, and whole seconds from then on, as everywhere else.
fn label(millis: u64) -> String {
    match millis {
        0 => "0".to_owned(),
        millis if millis < 60_000 && millis % 1000 > 0 => {
            format!("{}.{} s", millis / 1000, millis / 100 % 10)
        }
        millis => number::millis(millis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn axis(millis: &[u64]) -> Axis {
        Axis::of_moments(millis.iter().map(|ms| Time::from_millis(*ms)))
    }

    fn moments() -> impl Strategy<Value = Vec<u64>> {
        // Dense and sparse stretches side by side, up to about two hours.
        let gap = prop_oneof![0u64..90_000, 0u64..2_000_000, 0u64..400_000_000];
        prop::collection::vec(gap, 0..40).prop_map(|gaps| {
            gaps.into_iter()
                .scan(0, |at, gap| {
                    *at += gap;
                    Some(*at)
                })
                .collect()
        })
    }

    fn through(micros: Vec<u64>) -> Axis {
        Axis::of_moments(micros.into_iter().map(Time::from_micros))
    }

    proptest! {
        #[test]
        fn later_is_lower(micros in moments(), a in 0u64..8_000_000_000, b in 0u64..8_000_000_000) {
            let axis = through(micros);
            let (a, b) = (Time::from_micros(a.min(b)), Time::from_micros(a.max(b)));
            prop_assert!(axis.y(a) <= axis.y(b));
        }

        #[test]
        fn time_is_the_inverse_of_y(micros in moments(), at in 0u64..8_000_000_000) {
            let axis = through(micros);
            let at = Time::from_micros(at).min(axis.end());
            let back = axis.time(axis.y(at));
            let off = back.micros().abs_diff(at.micros());
            prop_assert!(off <= 1, "{at} came back as {back}");
        }

        #[test]
        fn every_event_has_a_place_of_its_own_inside(micros in moments()) {
            let axis = through(micros);
            let places: Vec<f64> = axis.events.iter().map(|at| axis.y(*at)).collect();
            prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= LEAST - 1e-6));
            let inside = MARGIN - 1e-6..=axis.height() - MARGIN + 1e-6;
            prop_assert!(places.iter().all(|y| inside.contains(y)));
        }

        #[test]
        fn playing_always_arrives(micros in moments(), step in 0.1f64..50.0) {
            let axis = through(micros);
            let mut at = Time::ZERO;
            // Rounding to a microsecond can cost a third of a step where moments are dense.
            let frames = (2.0 * axis.height() / step) as usize + 2;
            for _ in 0..frames {
                at = axis.advance(at, step);
            }
            prop_assert_eq!(at, axis.end());
        }

        #[test]
        fn stepping_visits_every_event_both_ways(micros in moments()) {
            let axis = through(micros);
            let mut at = Time::ZERO;
            for event in &axis.events[1..] {
                at = axis.next_event(at);
                prop_assert_eq!(at, *event);
            }
            prop_assert_eq!(axis.next_event(at), axis.end());
            for event in axis.events.iter().rev().skip(1) {
                at = axis.prev_event(at);
                prop_assert_eq!(at, *event);
            }
            prop_assert_eq!(axis.prev_event(at), Time::ZERO);
        }

        #[test]
        fn ticks_keep_their_distance(micros in moments()) {
            let axis = through(micros);
            let apart = |pair: &[Tick]| pair[1].y - pair[0].y >= TICK_DISTANCE && pair[0].at < pair[1].at;
            prop_assert!(axis.ticks().windows(2).all(apart));
            for tick in axis.ticks() {
                prop_assert!((axis.y(tick.at) - tick.y).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn an_idle_stretch_costs_little_and_a_packet_has_a_slope() {
        let axis = axis(&[50, 10_050]);
        let packet = axis.y(Time::from_millis(50)) - axis.y(Time::ZERO);
        let idle = axis.y(Time::from_millis(10_050)) - axis.y(Time::from_millis(50));
        assert!(packet >= 12.0, "a packet of 50 ms must look oblique, not {packet} px");
        assert!(idle <= 140.0, "ten idle seconds must not cost a page, not {idle} px");
        assert_eq!(axis.breaks().count(), 1);
    }

    #[test]
    fn a_run_without_events_is_a_moment() {
        let axis = axis(&[]);
        assert_eq!(axis.end(), Time::ZERO);
        assert_eq!(axis.height(), 2.0 * MARGIN);
        assert_eq!(axis.time(1e9), Time::ZERO);
        assert_eq!(axis.advance(Time::ZERO, 5.0), Time::ZERO);
    }

    #[test]
    fn labels_are_short() {
        for (millis, text) in [
            (0, "0"),
            (200, "0.2 s"),
            (1000, "1 s"),
            (1500, "1.5 s"),
            (90_000, "1 min 30 s"),
            (120_000, "2 min"),
            (5_400_000, "1 h 30 min"),
        ] {
            assert_eq!(label(millis), text);
        }
    }
}

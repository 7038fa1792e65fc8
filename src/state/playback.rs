//! The playhead: playback, and where it goes when the run under it changes.
//!
//! Playback moves along the axis from one stop to the next, and stays at each as long as its caption takes to read.

use ackground_core::sim::Time;
use ackground_timeline::{Axis, Camera, Pace};

/// Playback speed at 1×, in pixels of the axis per second.
const PIXELS_PER_SECOND: f64 = 90.0;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speed {
    Half,
    #[default]
    Normal,
    Double,
    Fourfold,
}

impl Speed {
    /// Slowest first.
    pub const ALL: [Speed; 4] = [Speed::Half, Speed::Normal, Speed::Double, Speed::Fourfold];

    pub fn label(self) -> &'static str {
        match self {
            Speed::Half => "½×",
            Speed::Normal => "1×",
            Speed::Double => "2×",
            Speed::Fourfold => "4×",
        }
    }

    /// Relative to 1×.
    pub fn factor(self) -> f64 {
        match self {
            Speed::Half => 0.5,
            Speed::Normal => 1.0,
            Speed::Double => 2.0,
            Speed::Fourfold => 4.0,
        }
    }

    /// The next faster speed, wrapping around to the slowest.
    pub fn next(self) -> Speed {
        let at = Self::ALL.iter().position(|speed| *speed == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Back,
    Forward,
}

/// How long playback has stood at a stop. At any other moment it counts for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dwell {
    pub at: Time,
    /// In milliseconds at 1×.
    pub read_ms: f64,
}

/// The playhead during playback.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playing {
    pub at: Time,
    pub dwell: Dwell,
}

impl Playing {
    /// How long it will still stand where it is, in milliseconds at 1×.
    pub fn left_ms(self, pace: &Pace) -> f64 {
        let whole = pace.here(self.at).map_or(0.0, |beat| beat.dwell_ms);
        let read = if self.dwell.at == self.at { self.dwell.read_ms } else { 0.0 };
        (whole - read).max(0.0)
    }

    /// As if all had been read that there is to read here.
    pub fn read(self, pace: &Pace) -> Playing {
        self.reading(self.left_ms(pace))
    }

    fn reading(self, ms: f64) -> Playing {
        let read = if self.dwell.at == self.at { self.dwell.read_ms } else { 0.0 };
        Playing { dwell: Dwell { at: self.at, read_ms: read + ms }, ..self }
    }

    fn moved(self, at: Time) -> Playing {
        Playing { at, dwell: Dwell { at, read_ms: 0.0 } }
    }
}

/// What is left of a frame to play, in milliseconds at 1×.
fn share(elapsed_ms: f64, speed: Speed) -> f64 {
    // A background tab gets no frames; it must not jump to the end when it is shown again.
    elapsed_ms.clamp(0.0, 250.0) * speed.factor()
}

/// The playhead after `elapsed_ms` of playback.
pub fn played(axis: &Axis, pace: &Pace, from: Playing, elapsed_ms: f64, speed: Speed) -> Playing {
    let (ms, left) = (share(elapsed_ms, speed), from.left_ms(pace));
    if left >= ms {
        return from.reading(ms);
    }
    let to = axis.advance(from.at, PIXELS_PER_SECOND * (ms - left) / 1000.0);
    match pace.next(from.at).filter(|beat| beat.at <= to) {
        Some(beat) => from.moved(beat.at),
        None => from.moved(to),
    }
}

/// The playhead after `elapsed_ms` of playback without motion: it stands at a stop, then at the next.
pub fn stepped(axis: &Axis, pace: &Pace, from: Playing, elapsed_ms: f64, speed: Speed) -> Playing {
    let (ms, left) = (share(elapsed_ms, speed), from.left_ms(pace));
    if left >= ms {
        return from.reading(ms);
    }
    from.moved(pace.next(from.at).map_or(axis.end(), |beat| beat.at))
}

/// Where a run opens: a short one at its end, where all of it is seen; a long one where it first goes wrong.
pub fn opening(axis: &Axis) -> Time {
    match Camera::of(axis, axis.end()).partial(axis) {
        true => axis.next_fault(Time::ZERO),
        false => axis.end(),
    }
}

/// The playhead after a run was replaced: at the same time, or still where it opens, or at the end.
pub fn kept(old: &Axis, new: &Axis, at: Time) -> Time {
    if at == opening(old) {
        opening(new)
    } else if at >= old.end() {
        new.end()
    } else {
        at.min(new.end())
    }
}

//! The playhead: where it goes when it is played, stepped, or when the run under it changes.

use ackground_core::sim::Time;
use ackground_timeline::Axis;

/// How far the playhead moves along the axis in one second at 1×, in pixels.
const PIXELS_PER_SECOND: f64 = 90.0;

/// How fast a run is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speed {
    /// ¼×
    Quarter,
    /// ½×
    Half,
    /// 1×
    #[default]
    Normal,
    /// 2×
    Double,
    /// 4×
    Fourfold,
}

impl Speed {
    /// Every speed, slowest first.
    pub const ALL: [Speed; 5] =
        [Speed::Quarter, Speed::Half, Speed::Normal, Speed::Double, Speed::Fourfold];

    /// As it is written on the page: `½×`.
    pub fn label(self) -> &'static str {
        match self {
            Speed::Quarter => "¼×",
            Speed::Half => "½×",
            Speed::Normal => "1×",
            Speed::Double => "2×",
            Speed::Fourfold => "4×",
        }
    }

    /// How many times as fast as 1×.
    pub fn factor(self) -> f64 {
        match self {
            Speed::Quarter => 0.25,
            Speed::Half => 0.5,
            Speed::Normal => 1.0,
            Speed::Double => 2.0,
            Speed::Fourfold => 4.0,
        }
    }

    /// The next faster one, or the slowest after the fastest.
    pub fn next(self) -> Speed {
        let at = Self::ALL.iter().position(|speed| *speed == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Forwards or backwards in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what happened before.
    Back,
    /// To what happens next.
    Forward,
}

/// Where the playhead is after so many milliseconds of playing.
pub fn played(axis: &Axis, at: Time, elapsed_ms: f64, speed: Speed) -> Time {
    // A tab that slept must not jump to the end when it wakes.
    let elapsed = elapsed_ms.clamp(0.0, 250.0);
    axis.advance(at, PIXELS_PER_SECOND * elapsed / 1000.0 * speed.factor())
}

/// Where the playhead is when another run takes the place of the old one: where it was, or still at
/// the end.
pub fn kept(old: &Axis, new: &Axis, at: Time) -> Time {
    if at >= old.end() { new.end() } else { at.min(new.end()) }
}

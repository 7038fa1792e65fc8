//! The playhead: playback, and where it goes when the run under it changes.

use ackground_core::sim::Time;
use ackground_timeline::Axis;

/// Playback speed at 1×, in pixels of the axis per second.
const PIXELS_PER_SECOND: f64 = 90.0;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speed {
    Quarter,
    Half,
    #[default]
    Normal,
    Double,
    Fourfold,
}

impl Speed {
    /// Slowest first.
    pub const ALL: [Speed; 5] =
        [Speed::Quarter, Speed::Half, Speed::Normal, Speed::Double, Speed::Fourfold];

    pub fn label(self) -> &'static str {
        match self {
            Speed::Quarter => "¼×",
            Speed::Half => "½×",
            Speed::Normal => "1×",
            Speed::Double => "2×",
            Speed::Fourfold => "4×",
        }
    }

    /// Relative to 1×.
    pub fn factor(self) -> f64 {
        match self {
            Speed::Quarter => 0.25,
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

/// The playhead after `elapsed_ms` of playback.
pub fn played(axis: &Axis, at: Time, elapsed_ms: f64, speed: Speed) -> Time {
    // A background tab gets no frames; it must not jump to the end when it is shown again.
    let elapsed = elapsed_ms.clamp(0.0, 250.0);
    axis.advance(at, PIXELS_PER_SECOND * elapsed / 1000.0 * speed.factor())
}

/// The playhead after a run was replaced: at the same time, or still at the end.
pub fn kept(old: &Axis, new: &Axis, at: Time) -> Time {
    if at >= old.end() { new.end() } else { at.min(new.end()) }
}

//! Which part of a tall picture is in view: a run of a thousand messages is taller than any screen.
//!
//! A picture that fits is shown whole. A taller one gets a window that follows the playhead, so that
//! the page neither grows without end nor has a second scroll bar in every lane. Like everything
//! else it is a function of the axis and the moment.

use super::axis::Axis;
use crate::sim::Time;

/// Up to this height a picture is shown whole, in pixels.
const WHOLE: f64 = 640.0;
/// The height of the window onto a taller one.
const WINDOW: f64 = 560.0;
/// Where in the window the playhead stands, as a share of its height.
const PRESENT: f64 = 0.62;
/// Shapes are drawn in blocks of so many pixels, so that they stay while the window moves.
const BLOCK: f64 = 400.0;

/// The part of the picture in view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The height of the view, in pixels.
    pub height: f64,
    /// What of the picture is above the view, in pixels.
    pub offset: f64,
    /// Shapes above this need not be drawn.
    pub from: f64,
    /// Shapes below this need not be drawn.
    pub to: f64,
}

impl Camera {
    /// The view of a picture at a moment.
    pub fn of(axis: &Axis, playhead: Time) -> Camera {
        let whole = axis.height();
        if whole <= WHOLE {
            return Camera {
                height: whole,
                offset: 0.0,
                from: 0.0,
                to: whole,
            };
        }
        let offset = (axis.y(playhead) - PRESENT * WINDOW).clamp(0.0, whole - WINDOW);
        let block = (offset / BLOCK).floor();
        let from = (block - 1.0).max(0.0) * BLOCK;
        let to = ((block + 2.0) * BLOCK + WINDOW).min(whole);
        Camera {
            height: WINDOW,
            offset,
            from,
            to,
        }
    }

    /// Whether the view shows only a part.
    pub fn partial(self, axis: &Axis) -> bool {
        self.height < axis.height()
    }

    /// Whether something between these two pixels is drawn.
    pub fn draws(self, top: f64, bottom: f64) -> bool {
        bottom >= self.from && top <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_playhead_is_always_in_view(seconds in 0u64..400, at in 0u64..400_000) {
            let axis = Axis::of_moments((0..=seconds).map(|s| Time::from_millis(s * 1000)));
            let at = Time::from_millis(at).min(axis.end());
            let camera = Camera::of(&axis, at);
            let y = axis.y(at) - camera.offset;
            prop_assert!((0.0..=camera.height).contains(&y));
            prop_assert!(camera.offset >= 0.0 && camera.offset + camera.height <= axis.height() + 1e-6);
        }

        #[test]
        fn what_is_in_view_is_drawn(seconds in 0u64..400, at in 0u64..400_000) {
            let axis = Axis::of_moments((0..=seconds).map(|s| Time::from_millis(s * 1000)));
            let camera = Camera::of(&axis, Time::from_millis(at));
            prop_assert!(camera.from <= camera.offset);
            prop_assert!(camera.to >= camera.offset + camera.height - 1e-6);
        }
    }

    #[test]
    fn a_picture_that_fits_is_shown_whole() {
        let axis = Axis::of_moments([Time::from_millis(50), Time::from_millis(1050)]);
        let camera = Camera::of(&axis, Time::ZERO);
        assert_eq!((camera.height, camera.offset), (axis.height(), 0.0));
        assert!(!camera.partial(&axis));
    }
}

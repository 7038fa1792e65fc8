//! The camera: which part of a tall diagram is in view. A thousand messages are taller than any screen.
//!
//! A diagram that fits is shown whole. A taller one gets a viewport that follows the playhead, so that the
//! page neither grows without bound nor has a second scroll bar in every lane. Like everything else it is a
//! function of the axis and the moment.

use super::axis::Axis;
use ackground_core::sim::Time;

/// The tallest diagram shown whole where nothing is known of the window, in pixels.
const WHOLE: f64 = 640.0;
/// The height of the viewport onto a taller one there.
const WINDOW: f64 = 560.0;
/// The tallest diagram printed whole, in pixels: some twenty pages.
const PRINTED: f64 = 20_000.0;
/// Where in the viewport the playhead is, as a share of its height.
const PRESENT: f64 = 0.62;
/// The height of the blocks in which shapes are drawn, in pixels; blocks stay as they are while the view scrolls.
pub const BLOCK: f64 = 200.0;

/// The part of the diagram in view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The height of the view, in pixels.
    pub height: f64,
    /// How much of the diagram is above the view, in pixels.
    pub offset: f64,
}

impl Camera {
    /// How far outside the view a shape may start and still reach into it, in pixels.
    pub const REACH: f64 = 40.0;

    /// The view of a diagram at a moment.
    pub fn of(axis: &Axis, playhead: Time) -> Camera {
        let whole = axis.height();
        let (tallest, window) = axis.room().map_or((WHOLE, WINDOW), |room| (room + 0.5, room));
        if whole <= tallest {
            return Camera { height: whole, offset: 0.0 };
        }
        let offset = (axis.y(playhead) - PRESENT * window).clamp(0.0, whole - window);
        Camera { height: window, offset }
    }

    /// The whole diagram, for printing; if it is too tall even for paper, the same part as on screen.
    pub fn on_paper(axis: &Axis, playhead: Time) -> Camera {
        let height = axis.height();
        if height > PRINTED {
            return Camera::of(axis, playhead);
        }
        Camera { height, offset: 0.0 }
    }

    /// The blocks that reach into the view, from top to bottom.
    pub fn blocks(self) -> impl Iterator<Item = Block> {
        self.blocks_within(Self::REACH)
    }

    /// The blocks that reach into the view or within `reach` pixels of it, from top to bottom.
    pub fn blocks_within(self, reach: f64) -> impl Iterator<Item = Block> {
        let first = ((self.offset - reach).max(0.0) / BLOCK) as u32;
        let last = ((self.offset + self.height + reach) / BLOCK) as u32;
        (first..=last).map(Block)
    }

    /// Whether the view shows only part of the diagram.
    pub fn partial(self, axis: &Axis) -> bool {
        self.height < axis.height()
    }

    /// Whether anything between these two pixels reaches into the view.
    pub fn sees(self, top: f64, bottom: f64) -> bool {
        bottom >= self.offset - Self::REACH && top <= self.offset + self.height + Camera::REACH
    }
}

/// A block: a part of a diagram, of full width and [`BLOCK`] pixels high, counted from 0 at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(pub u32);

impl Block {
    /// Its upper edge, in pixels.
    pub fn top(self) -> f64 {
        f64::from(self.0) * BLOCK
    }

    /// Its lower edge, exclusive.
    pub fn bottom(self) -> f64 {
        self.top() + BLOCK
    }

    /// Whether anything between these two pixels reaches into it.
    pub fn holds(self, top: f64, bottom: f64) -> bool {
        bottom >= self.top() && top < self.bottom()
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
        fn what_is_in_view_is_in_a_block(seconds in 0u64..400, at in 0u64..400_000, share in 0.0f64..1.0) {
            let axis = Axis::of_moments((0..=seconds).map(|s| Time::from_millis(s * 1000)));
            let camera = Camera::of(&axis, Time::from_millis(at));
            let y = camera.offset + share * camera.height;
            prop_assert!(camera.blocks().any(|block| block.holds(y, y)));
            prop_assert!(camera.blocks().count() <= 5, "few blocks, or drawing them would take long");
        }
    }

    #[test]
    fn a_short_run_fills_the_room_and_a_long_one_is_seen_through_it() {
        let of =
            |seconds: u64| Axis::of_moments((0..=seconds).map(|s| Time::from_millis(s * 1000)));
        let natural = of(10).height();
        for room in [0.6 * natural, natural, 1.3 * natural] {
            let axis = of(10).fitted(room);
            assert!((axis.height() - room).abs() < 1.0, "{} in {room}", axis.height());
            assert!(!Camera::of(&axis, axis.end()).partial(&axis));
        }
        assert!(
            of(10).fitted(9.0 * natural).height() < 2.0 * natural,
            "no more than is good for it"
        );
        let long = of(300).fitted(natural);
        assert_eq!(long.height(), of(300).height());
        assert_eq!(Camera::of(&long, long.end()).height, natural);
    }

    #[test]
    fn paper_has_room_for_the_whole_picture_unless_it_is_very_tall() {
        let of = |seconds: u64| {
            Axis::of_moments((0..=seconds).map(|second| Time::from_millis(second * 1000)))
        };
        let (long, endless) = (of(100), of(10_000));
        let camera = Camera::on_paper(&long, Time::ZERO);
        assert!(Camera::of(&long, Time::ZERO).partial(&long));
        assert!(!camera.partial(&long) && camera.offset == 0.0);
        assert_eq!(Camera::on_paper(&endless, endless.end()), Camera::of(&endless, endless.end()));
    }

    #[test]
    fn a_picture_that_fits_is_shown_whole() {
        let axis = Axis::of_moments([Time::from_millis(50), Time::from_millis(1050)]);
        let camera = Camera::of(&axis, Time::ZERO);
        assert_eq!((camera.height, camera.offset), (axis.height(), 0.0));
        assert!(!camera.partial(&axis));
    }
}

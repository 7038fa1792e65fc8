//! Incremental drawing of a tall diagram: which blocks are drawn, and how many more fit into this frame.
//!
//! Drawing all lanes at once would blow the frame budget, so blocks are drawn a few at a time: first those in view,
//! then those about to scroll into view. Idle frames draw the rest, nearest first, so that scrubbing only has to move
//! what is already drawn; of a diagram with very many shapes only the neighbourhood is kept. When one diagram
//! replaces another, everything in view is drawn at once.

use std::collections::BTreeSet;

use super::axis::Axis;
use super::camera::{Block, Camera};
use super::diagram::Diagram;

/// The number of shapes to keep drawn, roughly: as many as 80 messages have.
const KEPT: f64 = 1_500.0;
/// How far outside the view a block counts as about to be seen, in pixels.
const SOON: f64 = 150.0;

/// A tall diagram and the part of it in view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The part in view.
    pub camera: Camera,
    /// The height of the whole diagram, in pixels.
    height: f64,
    /// How far outside the view blocks are kept, in pixels.
    reach: f64,
}

impl Viewport {
    /// A diagram seen through a camera. Sized to keep about 1,500 shapes drawn, assuming they are evenly spread.
    pub fn of(diagram: &Diagram, axis: &Axis, camera: Camera) -> Viewport {
        let shapes = diagram.arrows.len() + diagram.spans.len() + diagram.glyphs.len();
        let height = axis.height();
        Viewport { camera, height, reach: (height * KEPT / shapes.max(1) as f64 / 2.0).max(SOON) }
    }

    /// Whether the diagram is taller than the view.
    pub fn is_partial(self) -> bool {
        self.camera.height < self.height
    }

    /// The blocks that are in view.
    fn seen(self) -> BTreeSet<Block> {
        self.blocks(Camera::REACH).collect()
    }

    /// The blocks in view or within `reach` pixels of it.
    fn blocks(self, reach: f64) -> impl Iterator<Item = Block> {
        let height = self.height;
        let blocks = self.camera.blocks_within(reach);
        blocks.take_while(move |block| block.top() < height)
    }

    /// The blocks in view, those about to be, and the rest that is kept, each nearest to the playhead first.
    fn rings(self) -> [Vec<Block>; 3] {
        let middle = self.camera.offset + self.camera.height / 2.0;
        let place = |block: &Block| (block.top() + block.bottom()) / 2.0;
        [
            self.blocks(Camera::REACH).collect(),
            self.blocks(SOON).collect(),
            self.blocks(self.reach).collect(),
        ]
        .map(|mut ring: Vec<Block>| {
            // A playhead that does not stand at either end is below the middle.
            ring.reverse();
            ring.sort_by(|a, b| {
                let far = |block| (place(block) - middle).abs();
                far(a).total_cmp(&far(b))
            });
            ring
        })
    }
}

/// The blocks of a diagram that are drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawnBlocks {
    /// The blocks whose ruler is drawn, which happens at once.
    pub ruled: BTreeSet<Block>,
    /// The blocks whose shapes are drawn.
    pub seen: BTreeSet<Block>,
}

impl DrawnBlocks {
    /// Everything in view.
    pub fn whole(view: Viewport) -> DrawnBlocks {
        let seen = view.seen();
        DrawnBlocks { ruled: seen.clone(), seen }
    }

    /// Drops the blocks that are too far away.
    pub fn follow(&mut self, view: Viewport) {
        let kept: BTreeSet<Block> = view.blocks(view.reach).collect();
        self.seen.retain(|block| kept.contains(block));
        self.ruled = &self.seen | &view.seen();
    }

    /// Draws up to `parts` more blocks, but only one if it is not about to be seen.
    pub fn draw_more(&mut self, view: Viewport, parts: usize) {
        for _ in 0..parts {
            let Some((block, soon)) = self.next(view) else {
                return;
            };
            self.seen.insert(block);
            self.ruled.insert(block);
            if !soon {
                return;
            }
        }
    }

    /// Whether nothing is left to draw.
    pub fn is_whole(&self, view: Viewport) -> bool {
        self.next(view).is_none()
    }

    /// The next block to draw, and whether it is in view or about to be.
    fn next(&self, view: Viewport) -> Option<(Block, bool)> {
        let rings = view.rings().into_iter().zip([true, true, false]);
        let mut blocks =
            rings.flat_map(|(ring, soon)| ring.into_iter().zip(std::iter::repeat(soon)));
        blocks.find(|(block, _)| !self.seen.contains(block))
    }
}

/// How many blocks fit into a frame: grows while frames come quickly, shrinks when they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameBudget {
    parts: usize,
}

impl Default for FrameBudget {
    fn default() -> FrameBudget {
        FrameBudget { parts: 1 }
    }
}

impl FrameBudget {
    /// The most blocks in one frame.
    pub const MOST: usize = 8;
    /// A frame this short had time to spare, in milliseconds: 60 frames a second, with some slack.
    const SOON_MS: f64 = 20.0;
    /// A frame this long had too much to do, in milliseconds.
    const LATE_MS: f64 = 34.0;

    /// The budget of this frame, given the milliseconds since the last one. A frame without a predecessor
    /// starts slowly again.
    #[must_use]
    pub fn frame(self, since: Option<f64>) -> FrameBudget {
        let parts = match since {
            None => 1,
            Some(since) if since <= Self::SOON_MS => (self.parts + 1).min(Self::MOST),
            Some(since) if since >= Self::LATE_MS => (self.parts / 2).max(1),
            Some(_) => self.parts,
        };
        FrameBudget { parts }
    }

    /// How many blocks each of `waiting` lanes may draw, longest-waiting first; lanes past the end wait for
    /// the next frame.
    pub fn shares(self, waiting: usize) -> impl Iterator<Item = usize> {
        let served = self.parts.min(waiting);
        let (each, over) = (self.parts / served.max(1), self.parts % served.max(1));
        (0..served).map(move |lane| each + usize::from(lane < over))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::{Experiment, Messages};
    use ackground_core::sim::simulate;
    use proptest::prelude::*;

    /// The view of a diagram that is kept whole, or only within `reach`.
    fn view(offset: f64, reach: f64) -> Viewport {
        Viewport { camera: Camera { height: 560.0, offset }, height: 20_560.0, reach }
    }

    fn places() -> impl Strategy<Value = f64> {
        0.0f64..20_000.0
    }

    proptest! {
        #[test]
        fn wherever_it_went_a_picture_becomes_whole_in_some_frames(offsets in prop::collection::vec(places(), 1..20), reach in SOON..30_000.0, parts in 1usize..9) {
            let mut blocks = DrawnBlocks::whole(view(0.0, reach));
            for offset in &offsets {
                blocks.follow(view(*offset, reach));
                blocks.draw_more(view(*offset, reach), parts);
            }
            let last = view(offsets[offsets.len() - 1], reach);
            let mut frames = 0;
            while !blocks.is_whole(last) {
                blocks.draw_more(last, parts);
                frames += 1;
                prop_assert!(frames <= 103, "there are no more blocks");
            }
            let kept: BTreeSet<Block> = last.blocks(reach).collect();
            prop_assert_eq!(&blocks.seen, &kept);
            prop_assert_eq!(&blocks.ruled, &kept);
        }

        #[test]
        fn what_is_seen_comes_before_what_is_not(offset in places(), reach in SOON..30_000.0) {
            let view = view(offset, reach);
            let mut blocks = DrawnBlocks::default();
            blocks.draw_more(view, view.seen().len());
            prop_assert_eq!(blocks.seen, view.seen());
        }

        #[test]
        fn what_will_not_be_seen_soon_comes_one_by_one(offset in places(), parts in 1usize..9) {
            let view = view(offset, 30_000.0);
            let mut blocks = DrawnBlocks::default();
            while blocks.next(view).is_some_and(|(_, soon)| soon) {
                blocks.draw_more(view, 1);
            }
            let soon: BTreeSet<Block> = view.blocks(SOON).collect();
            prop_assert_eq!(&blocks.seen, &soon);
            blocks.draw_more(view, parts);
            prop_assert_eq!(blocks.seen.len(), soon.len() + 1);
        }

        #[test]
        fn all_parts_of_a_frame_are_shared_out(frames in 0usize..12, waiting in 1usize..5) {
            let mut budget = FrameBudget::default();
            for _ in 0..frames {
                budget = budget.frame(Some(16.7));
            }
            let shares: Vec<usize> = budget.shares(waiting).collect();
            prop_assert!(shares.len() <= waiting && shares.iter().all(|share| *share > 0));
            prop_assert_eq!(shares.iter().sum::<usize>(), (frames + 1).min(FrameBudget::MOST));
        }
    }

    #[test]
    fn a_picture_with_few_shapes_is_kept_whole_and_one_with_many_in_part() {
        let view = |messages: u64, moment: f64| {
            let experiment = Experiment {
                messages: Messages::new(messages).expect("a number of messages"),
                ..Experiment::default()
            };
            let trace = simulate(&experiment, 0);
            let axis = Axis::of([&trace]);
            let diagram = Diagram::of(&experiment, 0, &trace, &axis);
            let at = axis.time(axis.height() * moment);
            Viewport::of(&diagram, &axis, Camera::of(&axis, at))
        };
        let all = |view: Viewport| (view.height / Block(0).bottom()).ceil() as usize;
        let some = view(50, 0.5);
        assert_eq!(some.blocks(some.reach).count(), all(some));
        let many = view(1000, 0.5);
        let kept = many.blocks(many.reach).count();
        assert!(kept * 4 < all(many) && kept > 4, "{kept} of {}", all(many));
    }

    #[test]
    fn a_late_frame_halves_the_work_of_the_next() {
        let quick = (0..20).fold(FrameBudget::default(), |pace, _| pace.frame(Some(16.7)));
        assert_eq!(quick.shares(4).collect::<Vec<_>>(), [2, 2, 2, 2]);
        let late = quick.frame(Some(70.0)).frame(Some(70.0)).frame(Some(70.0));
        assert_eq!(late.shares(4).collect::<Vec<_>>(), [1]);
        assert_eq!(late.frame(Some(25.0)), late);
        assert_eq!(quick.frame(None), FrameBudget::default());
    }
}

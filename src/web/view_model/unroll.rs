//! Which parts of a tall picture are drawn while it is scrubbed, and how many more a frame has time for.
//!
//! What comes into view is drawn part by part, so that no frame has the work of all lanes at once:
//! first what is seen, then what can be pointed at, then what will be seen soon. A picture that is
//! new is drawn at once, and a playhead that stands still has everything after a few frames.

use std::collections::BTreeSet;

use super::camera::{Block, Camera};

/// The parts of a picture that are drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unrolled {
    /// The blocks whose shapes are drawn.
    pub seen: BTreeSet<Block>,
    /// The blocks whose shapes can be pointed at.
    pub touched: BTreeSet<Block>,
}

impl Unrolled {
    /// Everything in view.
    pub fn whole(camera: Camera) -> Unrolled {
        let seen: BTreeSet<Block> = camera.blocks().collect();
        Unrolled {
            touched: seen.clone(),
            seen,
        }
    }

    /// Forgets what has left the view.
    pub fn follow(&mut self, camera: Camera) {
        let near: BTreeSet<Block> = camera.blocks_ahead().collect();
        self.seen.retain(|block| near.contains(block));
        self.touched.retain(|block| near.contains(block));
    }

    /// Draws one more part. Whether there was one.
    pub fn unroll(&mut self, camera: Camera) -> bool {
        match self.next(camera) {
            Some(Part::Shapes(block)) => self.seen.insert(block),
            Some(Part::Targets(block)) => self.touched.insert(block),
            None => false,
        }
    }

    /// Whether nothing is left to draw.
    pub fn is_whole(&self, camera: Camera) -> bool {
        self.next(camera).is_none()
    }

    fn next(&self, camera: Camera) -> Option<Part> {
        // The playhead stands below the middle: what is near it comes first.
        let unseen = |block: &Block| !self.seen.contains(block);
        let untouched = |block: &Block| !self.touched.contains(block);
        let mut in_view: Vec<Block> = camera.blocks().collect();
        in_view.reverse();
        let ahead = || camera.blocks_ahead();
        let shapes = in_view.iter().copied().find(unseen).map(Part::Shapes);
        shapes
            .or_else(|| in_view.iter().copied().find(untouched).map(Part::Targets))
            .or_else(|| ahead().find(unseen).map(Part::Shapes))
            .or_else(|| ahead().find(untouched).map(Part::Targets))
    }
}

enum Part {
    Shapes(Block),
    Targets(Block),
}

/// How many parts a frame has time for: more as long as frames come quickly, fewer once they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrolling {
    parts: usize,
}

impl Default for Unrolling {
    fn default() -> Unrolling {
        Unrolling { parts: 1 }
    }
}

impl Unrolling {
    /// The most parts of one frame.
    pub const MOST: usize = 8;
    /// A frame that came so soon had time left, in milliseconds: at 60 frames a second, with some play.
    const SOON_MS: f64 = 20.0;
    /// A frame that took so long had too much to do, in milliseconds.
    const LATE_MS: f64 = 34.0;

    /// The parts of this frame, so many milliseconds after the last one. A frame that follows none
    /// begins slowly again.
    #[must_use]
    pub fn frame(self, since: Option<f64>) -> Unrolling {
        let parts = match since {
            None => 1,
            Some(since) if since <= Self::SOON_MS => (self.parts + 1).min(Self::MOST),
            Some(since) if since >= Self::LATE_MS => (self.parts / 2).max(1),
            Some(_) => self.parts,
        };
        Unrolling { parts }
    }

    /// How many parts each of so many waiting lanes may draw, those that wait longest first; lanes
    /// beyond them wait on.
    pub fn shares(self, waiting: usize) -> impl Iterator<Item = usize> {
        let served = self.parts.min(waiting);
        let (each, over) = (self.parts / served.max(1), self.parts % served.max(1));
        (0..served).map(move |lane| each + usize::from(lane < over))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn camera(offset: f64) -> Camera {
        Camera {
            height: 560.0,
            offset,
        }
    }

    proptest! {
        #[test]
        fn wherever_it_went_a_picture_becomes_whole_in_a_few_parts(offsets in prop::collection::vec(0.0f64..20_000.0, 1..20)) {
            let mut unrolled = Unrolled::whole(camera(0.0));
            for offset in &offsets {
                unrolled.follow(camera(*offset));
                unrolled.unroll(camera(*offset));
            }
            let last = camera(offsets[offsets.len() - 1]);
            let mut parts = 0;
            while unrolled.unroll(last) {
                parts += 1;
                prop_assert!(parts <= 20, "seven blocks, each with shapes and targets, and one at either edge");
            }
            prop_assert!(unrolled.is_whole(last));
            let near: BTreeSet<Block> = last.blocks_ahead().collect();
            prop_assert_eq!(&unrolled.seen, &near);
            prop_assert_eq!(&unrolled.touched, &near);
        }

        #[test]
        fn what_is_seen_comes_before_what_is_not(offset in 0.0f64..20_000.0) {
            let camera = camera(offset);
            let mut unrolled = Unrolled::default();
            for _ in camera.blocks() {
                unrolled.unroll(camera);
            }
            prop_assert_eq!(unrolled.seen, camera.blocks().collect());
            prop_assert!(unrolled.touched.is_empty());
        }

        #[test]
        fn all_parts_of_a_frame_are_shared_out(frames in 0usize..12, waiting in 1usize..5) {
            let mut unrolling = Unrolling::default();
            for _ in 0..frames {
                unrolling = unrolling.frame(Some(16.7));
            }
            let shares: Vec<usize> = unrolling.shares(waiting).collect();
            prop_assert!(shares.len() <= waiting && shares.iter().all(|share| *share > 0));
            prop_assert_eq!(shares.iter().sum::<usize>(), (frames + 1).min(Unrolling::MOST));
        }
    }

    #[test]
    fn a_late_frame_halves_the_work_of_the_next() {
        let quick = (0..20).fold(Unrolling::default(), |pace, _| pace.frame(Some(16.7)));
        assert_eq!(quick.shares(4).collect::<Vec<_>>(), [2, 2, 2, 2]);
        let late = quick.frame(Some(70.0)).frame(Some(70.0)).frame(Some(70.0));
        assert_eq!(late.shares(4).collect::<Vec<_>>(), [1]);
        assert_eq!(late.frame(Some(25.0)), late);
        assert_eq!(quick.frame(None), Unrolling::default());
    }
}

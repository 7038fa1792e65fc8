//! The sheets about setups.

pub mod compare;
pub mod gallery;
pub mod guide;
pub mod system;

use crate::controls::Item;
use ackground_core::experiment::Experiment;

/// The lanes as options.
fn lane_items(experiment: &Experiment) -> Vec<Item<usize>> {
    let lane = |lane: usize| Item::new(lane, (lane + 1).to_string(), experiment.lane_name(lane));
    (0..experiment.lanes.len()).map(lane).collect()
}

//! The flow picture of a run: what producer, broker, consumers and store hold at a moment, and what is
//! on its way between them.
//!
//! It is a function of experiment, trace and moment. Once per run the turns of the picture are listed;
//! at a moment the [`Scene`] is made by replaying them from the nearest checkpoint, and a packet's place
//! follows from its send and receive time alone. What it shows is what the trace tells: nothing is
//! simulated here.
//!
//! | file | owns |
//! |---|---|
//! | `known` | what no moment changes |
//! | `turn` | when the picture changes |
//! | `scene` | everything at a moment: `outbox`, `broker`, `group`, `store`, `ids` |
//! | `travel` | packets under way |
//! | `panel` | what of the scene is shown, few things of many |
//! | `summary` | the same in a sentence |

mod broker;
mod group;
mod ids;
mod known;
mod outbox;
mod panel;
mod scene;
mod store;
mod summary;
#[cfg(test)]
mod tests;
mod travel;
mod turn;

pub use broker::{Broker, Hold, Partition, Record, Transaction};
pub use group::{Call, Group, Member};
pub use ids::Ids;
pub use outbox::{Outbox, Row, Stand};
pub use panel::{
    BrokerPanel, Cell, Copy, GroupPanel, Kept, LogRow, MemberPanel, Panels, ProducerPanel,
    QueuePanel, Shelf, Slip, Stock, StorePanel, Tally, Total, Window,
};
pub use scene::{Down, Scene};
pub use store::Store;
pub use summary::under_way;
pub use travel::{MOST, TRACKS, Travel, Wire};

use std::rc::Rc;

use self::known::Known;
use self::travel::Travels;
use self::turn::{Turn, turns};
use super::diagram::packet_fates;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::script::{Cut, Line};
use ackground_core::sim::{PacketNo, Time, Trace};

/// A checkpoint is kept for every so many turns: replaying them takes a few microseconds.
const STRIDE: usize = 512;

/// The flow picture of a lane's run, at any moment.
#[derive(Debug)]
pub struct Flow {
    trace: Rc<Trace>,
    known: Known,
    turns: Vec<Turn>,
    /// The scene before every [`STRIDE`]th turn.
    checkpoints: Vec<Scene>,
    travels: Travels,
    /// When which wire is cut.
    cuts: Vec<(Wire, Time, Time)>,
}

impl Flow {
    /// The flow of a lane's run; `None` if the experiment has no such lane. Takes time in proportion to
    /// its steps.
    pub fn of(experiment: &Experiment, lane: usize, trace: &Rc<Trace>) -> Option<Flow> {
        let known = Known::of(experiment, experiment.lanes.get(lane)?, trace);
        let fates = packet_fates(trace);
        let turns = turns(&known, trace, &fates);
        let mut checkpoints = Vec::with_capacity(turns.len() / STRIDE + 1);
        let mut scene = Scene::new(&known);
        for (number, turn) in turns.iter().enumerate() {
            if number.is_multiple_of(STRIDE) {
                checkpoints.push(scene.clone());
            }
            scene.apply(&known, trace, turn);
        }
        checkpoints.push(scene);
        let lines = experiment.faults.script.lines().iter();
        let cuts = lines.filter_map(|line| match line {
            Line::Partition(cut, (from, to)) => Some((
                match cut {
                    Cut::Producer => Wire::Publish,
                    Cut::Consumer => Wire::Deliver,
                },
                Time::from_millis(from.get()),
                Time::from_millis(to.get()),
            )),
            _ => None,
        });
        Some(Flow {
            cuts: cuts.collect(),
            travels: Travels::of(trace, &fates),
            trace: trace.clone(),
            known,
            turns,
            checkpoints,
        })
    }

    /// How many turns the picture has taken at a moment, that moment included: between two moments with
    /// the same number nothing but packets moves.
    pub fn turned(&self, at: Time) -> usize {
        self.turns.partition_point(|turn| turn.at <= at)
    }

    /// Everything after so many turns. Takes the time of replaying 512 turns at most.
    pub fn scene(&self, turned: usize) -> Scene {
        let turned = turned.min(self.turns.len());
        let stop = turned / STRIDE;
        let mut scene = self.checkpoints[stop].clone();
        for turn in &self.turns[stop * STRIDE..turned] {
            scene.apply(&self.known, &self.trace, turn);
        }
        scene
    }

    /// The packets under way at a moment, in order of departure.
    pub fn travels(&self, at: Time) -> Vec<Travel> {
        self.travels.at(at)
    }

    /// The way of a packet, as long as the run lasts.
    pub fn travel(&self, no: PacketNo) -> Option<&Travel> {
        self.travels.find(no)
    }

    /// Whether a network partition cuts a wire at a moment.
    pub fn is_cut(&self, wire: Wire, at: Time) -> bool {
        let cuts = self.cuts.iter().filter(|(cut, ..)| *cut == wire);
        cuts.into_iter().any(|(_, from, to)| *from <= at && at < *to)
    }
}

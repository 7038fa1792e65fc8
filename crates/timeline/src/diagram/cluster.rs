//! What a broker of several nodes goes through: who leads, who is down, and who cannot be reached.
//!
//! All nodes share the broker's lifeline. Nodes that are down at once stand beside one another.

use std::collections::BTreeMap;

use super::{Band, Board, LifelineId};
use ackground_core::experiment::script::{Cut, Line};
use ackground_core::sim::{Event, Node, Step, Time};

/// Boxes of broker nodes stand so many pixels apart.
const APART: f64 = 15.0;
/// Where the box of a node stands whose place is taken, in multiples of that.
const ASIDE: [f64; 5] = [0.0, -1.0, 1.0, -2.0, 2.0];
/// The words of boxes are at least so many pixels apart, downward.
const WORDS_APART: f64 = 13.0;

/// How the box of a node that is down is drawn.
pub(super) struct Box {
    /// Whether it led a partition.
    pub led: bool,
    /// Pixels aside of the lifeline.
    pub shift: f64,
    /// What is written beside it.
    pub label: String,
    /// How far below its top that stands, in pixels; the middle unless told.
    pub word: Option<f64>,
}

/// The nodes of the broker as the steps go by.
pub(super) struct Cluster {
    several: bool,
    /// Who leads each partition.
    leaders: BTreeMap<u8, u8>,
    /// Which places beside one another are taken, and until when.
    taken: [Time; ASIDE.len()],
    /// The place of the latest word.
    latest_word: f64,
}

impl Cluster {
    pub fn new(board: &Board<'_>) -> Cluster {
        let lane = board.experiment.lanes.get(board.lane);
        let (nodes, partitions) =
            lane.map_or((1, 1), |lane| (lane.broker.replicas.get(), lane.broker.partitions.get()));
        let leaders =
            (0..partitions as u8).map(|partition| (partition, partition % nodes.max(1) as u8));
        Cluster {
            several: nodes > 1,
            leaders: leaders.collect(),
            taken: [Time::ZERO; ASIDE.len()],
            latest_word: f64::NEG_INFINITY,
        }
    }

    /// Takes note of who leads from now on.
    pub fn see(&mut self, step: &Step) {
        if let Event::Elected { partition, node: Node::Broker(node), .. } = step.what {
            self.leaders.insert(partition, node);
        } else if let Event::Unavailable { partition } = step.what {
            self.leaders.remove(&partition);
        }
    }

    /// A node goes down.
    pub fn down(&mut self, board: &Board<'_>, node: Node, from: Time, until: Time) -> Box {
        let plain = Box { led: true, shift: 0.0, label: "crash".to_owned(), word: None };
        let Node::Broker(node) = node else {
            return plain;
        };
        if !self.several {
            return plain;
        }
        let led = self.leaders.values().any(|leader| *leader == node);
        let place = self.taken.iter().position(|end| *end <= from).unwrap_or(0);
        self.taken[place] = until;
        let number = u32::from(node) + 1;
        let label = if led { format!("leader, node {number}") } else { format!("node {number}") };
        // The first word is below what the crash brings about at once, the others below it.
        let top = board.axis.y(from);
        let word = (top + 22.0).max(self.latest_word + WORDS_APART);
        self.latest_word = word;
        Box { led, shift: ASIDE[place] * APART, label, word: Some(word - top) }
    }
}

/// The times at which the script cuts a side off, as far as the run lasts. They are drawn whether or
/// not a packet ran into them: the network was down all the same.
pub(super) fn bands(board: &Board<'_>) -> Vec<Band> {
    let consumers = || {
        let members = board.lifelines.iter().map(|line| line.place);
        members.filter(|place| matches!(place, LifelineId::Node(Node::Consumer(_))))
    };
    let end = board.trace.end.at();
    let lines = board.experiment.faults.script.lines().iter();
    let mut bands: Vec<Band> = lines
        .filter_map(|line| {
            let Line::Partition(cut, (from, to)) = line else {
                return None;
            };
            let (from, to) = (Time::from_millis(from.get()), Time::from_millis(to.get()).min(end));
            let broker = LifelineId::Node(Node::Broker(0));
            let (left, right) = match cut {
                Cut::Producer => (LifelineId::Node(Node::Producer), broker),
                Cut::Consumer => (broker, consumers().next_back()?),
            };
            (from < to).then(|| Band {
                from,
                to,
                left: board.x(left),
                right: board.x(right),
                top: board.axis.y(from),
                bottom: board.axis.y(to),
                label: "no network",
            })
        })
        .collect();
    bands.sort_by_key(|band| band.from);
    bands
}

//! The nodes of a broker: who leads, who is down, and who cannot be reached.
//!
//! All nodes share the broker's lifeline; nodes that are down at the same time are drawn side by side.

use std::collections::BTreeMap;

use super::{Band, Board, LifelineId};
use ackground_core::experiment::script::{Cut, Line};
use ackground_core::sim::{Event, Node, Step, Time};

/// The distance between the boxes of broker nodes, in pixels.
const APART: f64 = 15.0;
/// The offsets a box tries in turn until one is free, in multiples of `APART`.
const ASIDE: [f64; 5] = [0.0, -1.0, 1.0, -2.0, 2.0];
/// The least vertical distance between the words of boxes, in pixels.
const WORDS_APART: f64 = 13.0;

/// The box of a node that is down.
pub(super) struct Box {
    /// Whether it led a partition.
    pub led: bool,
    /// Its horizontal offset from the lifeline, in pixels.
    pub shift: f64,
    /// The text beside it.
    pub label: String,
    /// How far below its top the text is, in pixels; the middle if `None`.
    pub word: Option<f64>,
}

/// The state of the broker's nodes as the steps go by.
pub(super) struct Cluster {
    several: bool,
    /// Who leads each partition.
    leaders: BTreeMap<u8, u8>,
    /// Until when each offset is taken.
    taken: [Time; ASIDE.len()],
    /// The position of the latest word.
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

    /// Records who leads from now on.
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
        // The first word stays below what the crash itself causes, the others below the first.
        let top = board.axis.y(from);
        let word = (top + 22.0).max(self.latest_word + WORDS_APART);
        self.latest_word = word;
        Box { led, shift: ASIDE[place] * APART, label, word: Some(word - top) }
    }
}

/// The network partitions that the script asks for, clipped to the run. They are drawn whether or not a
/// packet ran into them: the network was down all the same.
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

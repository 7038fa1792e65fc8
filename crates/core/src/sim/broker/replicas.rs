//! The copies of one partition: which node leads, which are in sync, how far each copy reaches, and
//! what of it survives a crash of its node.
//!
//! The leader's copy is authoritative, and every other copy is a prefix of it. When a shorter copy
//! takes over, whatever it lacks is lost for all.

use super::super::fate::Extent;
use super::super::renew::clone_in_place;
use super::super::setup::Setup;
use super::super::time::Time;
use crate::experiment::settings::Flush;

/// The copies of one partition.
#[derive(Debug, Hash)]
pub(super) struct Replicas {
    leader: Option<u8>,
    /// Counts the leaders; whatever an earlier one began is void.
    leader_epoch: u32,
    nodes: Vec<Copy>,
}

clone_in_place!(Replicas { leader, leader_epoch, nodes });

#[derive(Debug, Hash)]
struct Copy {
    in_sync: bool,
    /// When each record of this copy was written here.
    written: Vec<Time>,
}

clone_in_place!(Copy { in_sync, written });

/// What became of a partition's leadership when nodes came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Succession {
    /// The leader stays.
    Same,
    /// Another node leads.
    Elected { node: u8, clean: bool },
    /// Nobody leads.
    Vacant,
}

impl Replicas {
    /// One copy per node, led by the given one.
    pub(super) fn new(nodes: u8, leader: u8) -> Replicas {
        let copy = Copy { in_sync: true, written: Vec::new() };
        Replicas { leader: Some(leader), leader_epoch: 0, nodes: vec![copy; nodes as usize] }
    }

    pub(super) fn leader(&self) -> Option<u8> {
        self.leader
    }

    pub(super) fn is_single(&self) -> bool {
        self.nodes.len() == 1
    }

    pub(super) fn leader_epoch(&self) -> u32 {
        self.leader_epoch
    }

    /// How many copies are in sync, the leader's included.
    pub(super) fn in_sync(&self) -> u64 {
        self.nodes.iter().filter(|copy| copy.in_sync).count() as u64
    }

    /// The in-sync nodes other than the leader.
    pub(super) fn followers(&self) -> impl Iterator<Item = u8> + '_ {
        let nodes = self.nodes.iter().zip(0..);
        nodes
            .filter(|(copy, node)| copy.in_sync && Some(*node) != self.leader)
            .map(|(_, node)| node)
    }

    /// How many records every in-sync node has.
    pub(super) fn replicated(&self) -> u32 {
        let ends = self.nodes.iter().filter(|copy| copy.in_sync).map(|copy| copy.written.len());
        ends.min().unwrap_or(0) as u32
    }

    /// The leader writes the next record.
    pub(super) fn write(&mut self, now: Time) {
        let leader = self.leader.expect("only a leader takes writes");
        self.nodes[leader as usize].written.push(now);
    }

    /// A follower takes the record at this offset; returns whether it did not have it yet.
    pub(super) fn copy(&mut self, node: u8, offset: u32, now: Time) -> bool {
        let written = &mut self.nodes[node as usize].written;
        let next = written.len() as u32 == offset;
        if next {
            written.push(now);
        }
        next
    }

    /// A node crashes: it leaves the in-sync set, unless it is the last member. If its machine goes
    /// down it keeps only what it had flushed; if only its process does, all that it had written.
    pub(super) fn crash(
        &mut self,
        (node, extent): (u8, Extent),
        up: &[bool],
        setup: &Setup<'_>,
        now: Time,
    ) -> Succession {
        let broker = &setup.lane.broker;
        let copy = &mut self.nodes[node as usize];
        let kept = match broker.flush {
            _ if extent == Extent::Process => copy.written.len(),
            Flush::EachWrite => copy.written.len(),
            Flush::Async => {
                let interval = Time::from_millis(broker.flush_interval_ms.get());
                // Records are written in order of time, so the flushed ones are a prefix.
                copy.written.partition_point(|&written| written + interval <= now)
            }
            Flush::Never => 0,
        };
        copy.written.truncate(kept);
        if self.in_sync() > 1 {
            self.nodes[node as usize].in_sync = false;
        }
        if self.leader != Some(node) {
            return Succession::Same;
        }
        self.leader = None;
        self.leader_epoch += 1;
        self.elect(up, broker.unclean_election)
    }

    /// A node is back up: it may be the one that a partition without a leader waited for.
    pub(super) fn restart(&mut self, up: &[bool], setup: &Setup<'_>) -> Succession {
        if self.leader.is_some() {
            return Succession::Same;
        }
        match self.elect(up, setup.lane.broker.unclean_election) {
            // Nobody led before either.
            Succession::Vacant => Succession::Same,
            elected => elected,
        }
    }

    fn elect(&mut self, up: &[bool], unclean: bool) -> Succession {
        let alive = |node: &u8| up[*node as usize];
        let nodes = 0..self.nodes.len() as u8;
        let clean = nodes.clone().filter(alive).find(|&node| self.nodes[node as usize].in_sync);
        let node = clean.or_else(|| if unclean { nodes.clone().find(alive) } else { None });
        let Some(node) = node else {
            return Succession::Vacant;
        };
        // After an unclean election only the leader itself is in sync.
        if clean.is_none() {
            for copy in &mut self.nodes {
                copy.in_sync = false;
            }
            self.nodes[node as usize].in_sync = true;
        }
        for other in nodes.filter(|other| !up[*other as usize] && *other != node) {
            self.nodes[other as usize].in_sync = false;
        }
        self.leader = Some(node);
        Succession::Elected { node, clean: clean.is_some() }
    }

    /// Truncates every copy to the leader's; returns how far that reaches.
    pub(super) fn follow_leader(&mut self) -> u32 {
        let leader = self.leader.expect("there is a leader to follow");
        let end = self.nodes[leader as usize].written.len();
        for copy in &mut self.nodes {
            copy.written.truncate(end);
        }
        end as u32
    }

    /// The records that a follower lacks.
    pub(super) fn missing(&self, node: u8) -> std::ops::Range<u32> {
        let leader = self.leader.expect("there is a leader to follow");
        let end = self.nodes[leader as usize].written.len() as u32;
        self.nodes[node as usize].written.len() as u32..end
    }

    /// A node has fetched the records before `end` and is in sync; returns whether it was not before.
    pub(super) fn catch_up(&mut self, node: u8, end: u32, now: Time) -> bool {
        let copy = &mut self.nodes[node as usize];
        let end = copy.written.len().max(end as usize);
        copy.written.resize(end, now);
        !std::mem::replace(&mut copy.in_sync, true)
    }
}

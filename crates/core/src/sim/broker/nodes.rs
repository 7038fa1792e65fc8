//! The broker's nodes: they crash, come back, take over and catch up.

use super::super::agenda::Scheduled;
use super::super::context::Context;
use super::super::fate::{Because, CrashPoint, Fate, Occasion, Operation, Side};
use super::super::time::Time;
use super::super::trace::{Event, MessageNo, Node, Observer, StepNo};
use super::Broker;
use super::partition::Partition;
use super::replicas::Succession;

impl Broker {
    /// The leader reaches one side of an act. Returns whether it is still up afterwards.
    pub(super) fn spared<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        leader: u8,
        message: MessageNo,
        side: Side,
        act: Operation,
        cause: StepNo,
    ) -> bool {
        let nth = match side {
            Side::Before => context.reach(act, message),
            Side::After => context.reached(act, message),
        };
        self.outlives(context, leader, (message, nth), (side, act), cause)
    }

    /// Like `spared`, for an act that is known to be the `nth` for its message.
    pub(super) fn outlives<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        leader: u8,
        (message, nth): (MessageNo, u32),
        (side, act): (Side, Operation),
        cause: StepNo,
    ) -> bool {
        // Every act belongs to the handling of a publish, which began with the write.
        let handling = context.reached(Operation::Write, message);
        let occasion = Occasion { message, nth, handling };
        let crash = context.crashes(side, act, occasion);
        if let Some(crash) = crash {
            self.crash(context, leader, message, crash, Some(cause));
        }
        crash.is_none()
    }

    pub(super) fn crash<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        node: u8,
        message: MessageNo,
        (point, because): (CrashPoint, Because),
        cause: Option<StepNo>,
    ) {
        self.up[node as usize] = false;
        let led = self.partitions.iter().any(|it| it.replicas.leader() == Some(node));
        let until = context.now() + context.setup.restart;
        let crashed = Event::Crashed { node: Node::Broker(node), point, because, until };
        let step = context.tell(cause, message, crashed);
        context.after(context.setup.restart, Some(step), Scheduled::Restart(Node::Broker(node)));
        if led && context.setup.dies_with_leader() {
            for instance in 0..context.setup.instances {
                context.after(Time::ZERO, Some(step), Scheduled::Disconnect { instance });
            }
        }
        for number in 0..self.partitions.len() as u8 {
            let partition = &mut self.partitions[number as usize];
            let (setup, now) = (context.setup, context.now());
            let succession = partition.replicas.crash((node, point.extent), &self.up, setup, now);
            self.succeed(context, number, message, succession, step);
            // The in-sync set may have shrunk, and with it what a record has to wait for.
            self.progress(context, number);
        }
    }

    /// A node is back up: it may lead again; otherwise it fetches what it lacks.
    pub(in crate::sim) fn restart<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        node: u8,
        cause: Option<StepNo>,
    ) {
        self.up[node as usize] = true;
        let step = context.tell_restart(cause, Node::Broker(node));
        for number in 0..self.partitions.len() as u8 {
            let partition = &mut self.partitions[number as usize];
            let succession = partition.replicas.restart(&self.up, context.setup);
            // A restart is not about any message; the first one stands in.
            self.succeed(context, number, MessageNo::from_index(0), succession, step);
            let leader = self.partitions[number as usize].replicas.leader();
            if leader.is_some_and(|leader| leader != node) {
                self.ask_to_catch_up(context, (number, node), step);
            }
            self.progress(context, number);
        }
    }

    /// A node that is behind asks the leader of a partition for what it lacks. What the leader stores
    /// from here on comes to it later.
    fn ask_to_catch_up<F: Fate, O: Observer>(
        &self,
        context: &mut Context<'_, F, O>,
        (number, node): (u8, u8),
        cause: StepNo,
    ) {
        let Partition { replicas, records, .. } = &self.partitions[number as usize];
        let (leader_epoch, end) = (replicas.leader_epoch(), records.len() as u32);
        let wait = context.catch_up_arrives(node) - context.now();
        let event = Scheduled::CaughtUp { node, partition: number, leader_epoch, end };
        context.after(wait, Some(cause), event);
    }

    /// A node that was behind gets what the leader had when it asked, and whatever every in-sync node
    /// has by now: with that it is in sync. The rest is copied to it like to any other follower.
    pub(in crate::sim) fn caught_up<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        node: u8,
        (number, leader_epoch, end): (u8, u32, u32),
        cause: Option<StepNo>,
    ) {
        let Partition { replicas, replicated, .. } = &mut self.partitions[number as usize];
        if !self.up[node as usize]
            || replicas.leader().is_none()
            || replicas.leader_epoch() != leader_epoch
        {
            return;
        }
        let joins = replicas.catch_up(node, end.max(*replicated), context.now());
        if joins {
            for offset in replicas.missing(node) {
                self.copy_to(context, (number, node), offset, cause);
            }
        }
        self.progress(context, number);
    }

    /// A partition gets another leader, or none. Whatever a new leader lacks is lost for all.
    pub(super) fn succeed<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        message: MessageNo,
        succession: Succession,
        cause: StepNo,
    ) {
        match succession {
            Succession::Same => {}
            Succession::Vacant => {
                context.tell(Some(cause), message, Event::Unavailable { partition: number });
            }
            Succession::Elected { node, clean } => {
                let elected = Event::Elected { partition: number, node: Node::Broker(node), clean };
                let step = context.tell(Some(cause), message, elected);
                let partition = &mut self.partitions[number as usize];
                let (lost, read) = partition.cut();
                for record in lost {
                    let lost = Event::CopyLost { copy: record.copy };
                    context.tell(Some(step), record.origin.message, lost);
                }
                if read {
                    self.rewind(context, number, step);
                }
                self.bring_up(context, number, step);
            }
        }
    }

    /// A new leader brings its followers up to date; nodes that are not in sync fetch as well.
    pub(super) fn bring_up<F: Fate, O: Observer>(
        &mut self,
        context: &mut Context<'_, F, O>,
        number: u8,
        cause: StepNo,
    ) {
        let leader = self.partitions[number as usize].replicas.leader();
        for node in 0..self.up.len() as u8 {
            if self.up[node as usize] && Some(node) != leader {
                self.ask_to_catch_up(context, (number, node), cause);
            }
        }
    }
}

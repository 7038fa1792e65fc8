//! The events of a run, and the questions asked about them everywhere: where one takes place, what
//! made it go wrong, how long that lasts, what it changes for a message. Each question is answered
//! here, once for every event.

use super::fate::{Because, CrashPoint};
use super::time::Time;
use super::trace::{Delivery, Guard, Ignored, Node, PacketNo, Refusal, StepNo, Told, Trace};

/// One fact of a run: an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The business row is committed and the message waits to be sent.
    Created,
    /// A packet left.
    Sent(PacketNo),
    /// A packet reached a node and is processed there.
    Arrived(PacketNo),
    /// A packet reached a node and had no effect.
    Disregarded(PacketNo, Ignored),
    /// The publish with this number was not answered in time.
    AnswerTimedOut {
        /// Which publish of the message, from 1.
        nth: u32,
        /// When it will be sent again, unless the producer gives up.
        resend: Option<Time>,
    },
    /// The producer learnt the fate of the message.
    Told(Told),

    /// The broker stored a copy.
    Stored {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },
    /// The broker dropped a repeated publish (and answers that it has the message).
    RepeatDropped(Guard),
    /// The broker refused a write.
    Refused(Refusal),
    /// Every in-sync node has the copy, so consumers may see it.
    Visible {
        /// Which copy.
        copy: u32,
    },
    /// The transaction that wrote the copy is committed.
    TransactionCommitted {
        /// Which copy.
        copy: u32,
    },
    /// The transaction that wrote the copy is aborted: only `read_uncommitted` sees it.
    TransactionAborted {
        /// Which copy.
        copy: u32,
    },
    /// A node takes over a partition.
    Elected {
        /// The partition, from 0.
        partition: u8,
        /// Which node.
        node: Node,
        /// Whether it was in sync.
        clean: bool,
    },
    /// A partition has no leader.
    Unavailable {
        /// The partition, from 0.
        partition: u8,
    },
    /// The only nodes that had the copy lost it.
    CopyLost {
        /// Which copy.
        copy: u32,
    },
    /// A partition is assigned to another member of the group, or to the same one again.
    Assigned {
        /// The partition, from 0.
        partition: u8,
        /// Its reader from now on.
        node: Node,
    },
    /// A delivery was not answered in time.
    DeliveryTimedOut(Delivery),
    /// The copy waits to be delivered again.
    Requeued {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },
    /// The reader of a log seeks back to this copy.
    Rewound {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },
    /// The broker is done with this copy: it is removed, or behind the committed position.
    Settled {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },
    /// An acknowledgment came from a holder whose time had run out.
    LateAck {
        /// The delivery that it answers.
        delivery: Delivery,
        /// Whether it settled the copy all the same.
        accepted: bool,
    },
    /// The broker gave up on the copy and moved it to the dead letter queue.
    Parked {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },
    /// The broker gave up on the copy and discarded it.
    Discarded {
        /// The number of the copy in the order in which the broker stored them, from 0.
        copy: u32,
    },

    /// A handler call begins.
    HandlerStarted {
        /// Which call for this message, from 1.
        call: u32,
        /// Which time the message was taken in, from 1: not everything taken in comes to a call.
        taken: u32,
    },
    /// The handler stalls.
    Stalled {
        /// Until when.
        until: Time,
        /// Whether the dice or a line of the script made it happen.
        because: Because,
    },
    /// The handler failed before its first effect.
    HandlerFailed {
        /// Whether the dice or a line of the script made it happen.
        because: Because,
    },
    /// The message was recognised as a repeat, and its steps are skipped.
    Skipped(Guard),
    /// The id is written down.
    Recorded(Guard),
    /// The transaction of the effect is refused as a whole, because the holder's time had run out.
    TransactionRefused,
    /// The handler call is over.
    HandlerDone,
    /// The consumer stays silent until its time runs out.
    Waiting,

    /// A step took effect.
    Applied {
        /// The place of the step in the scenario, from 0.
        step: u8,
    },
    /// A step was requested again and changed nothing.
    Absorbed {
        /// The place of the step in the scenario, from 0.
        step: u8,
        /// What kept it from taking effect twice.
        guard: Guard,
    },

    /// A node went down.
    Crashed {
        /// The node that crashed.
        node: Node,
        /// Just before or after which act.
        point: CrashPoint,
        /// Whether the dice or a line of the script made it happen.
        because: Because,
        /// When it will be back up.
        until: Time,
    },
    /// A node is back up.
    Restarted {
        /// The node that restarted.
        node: Node,
    },
}

/// Where an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// At the sender of this packet.
    Sender(PacketNo),
    /// At the receiver of this packet.
    Receiver(PacketNo),
    /// At this node.
    Node(Node),
    /// In the broker, at no node in particular.
    Broker,
    /// At the group member that runs the handler call.
    Member,
    /// In the store of the effects.
    Store,
}

impl Site {
    /// The node, where the event names one.
    pub const fn node(self) -> Option<Node> {
        if let Site::Node(node) = self { Some(node) } else { None }
    }
}

/// A milestone of a message: what changes for it or a copy of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// It is ready to be sent.
    Created,
    /// A packet about it leaves.
    Sent(PacketNo),
    /// The producer learns its fate.
    Told(Told),
    /// The broker stores a copy.
    Stored(u32),
    /// The broker refuses it.
    Refused,
    /// The broker recognises it as a repeat.
    Dropped,
    /// The broker is done with a copy.
    Settled(u32),
    /// A copy is kept in the dead letter queue.
    Parked(u32),
    /// A copy is discarded.
    Discarded(u32),
    /// A copy is lost with its node.
    Lost(u32),
    /// The transaction of a copy is aborted.
    Aborted(u32),
    /// A handler call begins.
    Begun,
    /// A handler call fails.
    Failed,
    /// The consumer or the store recognises it as a repeat.
    Recognised,
    /// A step of the scenario takes effect.
    Applied(u8),
    /// A node that is handling it goes down.
    Crashed(Node),
}

/// What follows from the kind of an event alone.
struct Facts(Site, Option<Milestone>, Option<Fault>);

/// What made something go wrong, and until when, if it lasts.
type Fault = (Because, Option<Time>);

impl Event {
    #[inline]
    const fn facts(self) -> Facts {
        const PRODUCER: Site = Site::Node(Node::Producer);
        use Site::{Broker, Member};
        match self {
            Event::Created => Facts(PRODUCER, Some(Milestone::Created), None),
            Event::Sent(no) => Facts(Site::Sender(no), Some(Milestone::Sent(no)), None),
            Event::Arrived(no) | Event::Disregarded(no, _) => Facts(Site::Receiver(no), None, None),
            Event::AnswerTimedOut { .. } => Facts(PRODUCER, None, None),
            Event::Told(told) => Facts(PRODUCER, Some(Milestone::Told(told)), None),
            Event::Stored { copy } => Facts(Broker, Some(Milestone::Stored(copy)), None),
            Event::RepeatDropped(_) => Facts(Broker, Some(Milestone::Dropped), None),
            Event::Refused(_) => Facts(Broker, Some(Milestone::Refused), None),
            Event::TransactionAborted { copy } => {
                Facts(Broker, Some(Milestone::Aborted(copy)), None)
            }
            Event::CopyLost { copy } => Facts(Broker, Some(Milestone::Lost(copy)), None),
            Event::Settled { copy } => Facts(Broker, Some(Milestone::Settled(copy)), None),
            Event::Parked { copy } => Facts(Broker, Some(Milestone::Parked(copy)), None),
            Event::Discarded { copy } => Facts(Broker, Some(Milestone::Discarded(copy)), None),
            Event::Visible { .. }
            | Event::TransactionCommitted { .. }
            | Event::Unavailable { .. }
            | Event::DeliveryTimedOut(_)
            | Event::Requeued { .. }
            | Event::Rewound { .. }
            | Event::LateAck { .. } => Facts(Broker, None, None),
            Event::Elected { node, .. }
            | Event::Assigned { node, .. }
            | Event::Restarted { node } => Facts(Site::Node(node), None, None),
            Event::HandlerStarted { .. } => Facts(Member, Some(Milestone::Begun), None),
            Event::Stalled { until, because } => Facts(Member, None, Some((because, Some(until)))),
            Event::HandlerFailed { because } => {
                Facts(Member, Some(Milestone::Failed), Some((because, None)))
            }
            Event::Skipped(_) => Facts(Member, Some(Milestone::Recognised), None),
            Event::Recorded(_)
            | Event::TransactionRefused
            | Event::HandlerDone
            | Event::Waiting => Facts(Member, None, None),
            Event::Applied { step } => Facts(Site::Store, Some(Milestone::Applied(step)), None),
            Event::Absorbed { .. } => Facts(Site::Store, Some(Milestone::Recognised), None),
            Event::Crashed { node, because, until, .. } => Facts(
                Site::Node(node),
                Some(Milestone::Crashed(node)),
                Some((because, Some(until))),
            ),
        }
    }

    /// The packet this is about, if it leaves or reaches a node.
    pub const fn packet(self) -> Option<PacketNo> {
        match self.site() {
            Site::Sender(no) | Site::Receiver(no) => Some(no),
            Site::Node(_) | Site::Broker | Site::Member | Site::Store => None,
        }
    }

    /// Where it takes place.
    pub const fn site(self) -> Site {
        self.facts().0
    }

    /// What changes for its message.
    #[inline]
    pub const fn milestone(self) -> Option<Milestone> {
        self.facts().1
    }

    /// What made it go wrong, and until when, if it lasts; `None` for an event that is not itself a
    /// fault. A packet carries its own faults.
    pub const fn fault(self) -> Option<(Because, Option<Time>)> {
        self.facts().2
    }
}

impl Trace {
    /// The packet that leaves in this event, if one does.
    pub fn sent(&self, what: Event) -> Option<&super::trace::Packet> {
        if let Event::Sent(no) = what { Some(self.packet(no)) } else { None }
    }

    /// The member of the consumer group that a step concerns, if there is one.
    pub fn member(&self, no: StepNo) -> Option<u8> {
        self.causes(no).find_map(|step| {
            let nodes = match step.what.site() {
                Site::Sender(no) | Site::Receiver(no) => {
                    let packet = self.packet(no);
                    [packet.from, packet.to]
                }
                Site::Node(node) => [node, node],
                Site::Broker | Site::Member | Site::Store => return None,
            };
            nodes.into_iter().find_map(Node::member)
        })
    }
}

//! What of a scene is shown: few things of many, those around what changes, and how many more there are.
//!
//! A panel per participant, small and comparable: a part of the page is drawn anew only when its panel
//! has changed.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Scene;
use super::told::{Call, Told, is_handled};
use super::travel::Wire;
use ackground_core::audit::Outcome;
use ackground_core::experiment::settings::{BrokerKind, Dedup, Source};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::held::{Down, Hold, Partition, Record, Stand, Transaction};
use ackground_core::sim::{MessageNo, PacketNo, StepNo, Trace};
use ackground_words::story;

/// So many messages of the outbox, records of a partition or effects are shown side by side.
const ROOM: usize = 8;
/// So many copies that are with a consumer, each of which takes a line.
const LINES: usize = 3;
/// So many packets that lie under a wire.
const FALLEN: usize = 3;

/// Some of many things in their order, and how many there are before and after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window<T> {
    /// Left out before.
    pub before: usize,
    /// In view.
    pub shown: Vec<T>,
    /// Left out after.
    pub after: usize,
}

impl<T> Window<T> {
    /// So many of these around the one at `focus`, as far as there are so many.
    fn around(items: Vec<T>, focus: usize, room: usize) -> Window<T> {
        let all = items.len();
        let before = focus.saturating_sub(room / 2).min(all.saturating_sub(room));
        let shown: Vec<T> = items.into_iter().skip(before).take(room).collect();
        Window { before, after: all - before - shown.len(), shown }
    }

    /// How many there are in all.
    pub fn len(&self) -> usize {
        self.before + self.shown.len() + self.after
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A message in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// The message that it is about.
    pub message: MessageNo,
    /// Where it stands; `None` until its business event takes place.
    pub stand: Option<Stand>,
    /// The step that brought it there.
    pub step: Option<StepNo>,
}

/// How many messages stand where, of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Waiting for their turn, or to be sent again.
    pub waiting: usize,
    /// Sent and not answered.
    pub sent: usize,
    /// Told that the broker has them.
    pub ok: usize,
    /// Given up.
    pub error: usize,
    /// Gone with a crash.
    pub forgotten: usize,
}

/// The producer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProducerPanel {
    /// Where its messages wait.
    pub source: Source,
    /// They.
    pub slips: Window<Slip>,
    /// How many stand where.
    pub tally: Tally,
    /// While it is down.
    pub down: Option<Down>,
    /// `id 0 · epoch 2`, where the broker looks at it.
    pub identity: Option<String>,
}

/// A record of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its offset.
    pub offset: usize,
    /// What is there.
    pub record: Record,
    /// The latest step about it.
    pub step: StepNo,
    /// Whether the log had the message before.
    pub again: bool,
    /// Whether it was given up.
    pub given_up: bool,
}

/// A partition of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Who leads it, counted from 0.
    pub leader: Option<u8>,
    /// Its records.
    pub cells: Window<Cell>,
    /// How many are committed.
    pub committed: usize,
}

/// A copy in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// The record as the log holds it.
    pub record: Record,
    /// The latest step about it.
    pub step: StepNo,
    /// Whether consumers cannot see it yet.
    pub hidden: bool,
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePanel {
    /// What waits to be delivered.
    pub waiting: Window<Copy>,
    /// What was delivered and not answered, or given back and not offered again.
    pub out: Window<Copy>,
    /// Whether a part of it has no leader.
    pub unavailable: bool,
}

/// How the broker keeps messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shelf {
    /// Partitions of a log.
    Log(Vec<LogRow>),
    /// A queue.
    Queue(QueuePanel),
}

/// Ids that are kept.
pub type Stock = Window<MessageNo>;

/// The broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokerPanel {
    /// Its nodes, each while it is down.
    pub nodes: Vec<Option<Down>>,
    /// Who leads a partition, of all nodes.
    pub leaders: Vec<bool>,
    /// The messages.
    pub shelf: Shelf,
    /// The dead letter queue, if there can be anything in it.
    pub parked: Option<Window<(MessageNo, StepNo)>>,
    /// How many messages were given up and thrown away.
    pub discarded: usize,
    /// The ids of the dedup window, if there is one.
    pub window: Option<Stock>,
}

/// A member of the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPanel {
    /// What waits in its hands.
    pub inbox: Window<MessageNo>,
    /// What it handles.
    pub call: Option<Call>,
    /// While it is down.
    pub down: Option<Down>,
    /// Whether it waits in silence.
    pub silent: bool,
    /// The ids in its memory, if it keeps any there.
    pub memory: Option<Stock>,
}

/// The consumers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPanel {
    /// The members.
    pub members: Vec<MemberPanel>,
}

/// A message in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The message that it is about.
    pub message: MessageNo,
    /// How often its primary effect took place.
    pub times: u32,
    /// What that means so far.
    pub outcome: Outcome,
    /// The latest effect.
    pub step: Option<StepNo>,
    /// Whether its business event has taken place.
    pub begun: bool,
}

impl GroupPanel {
    /// Whether something moves here by itself: a handler call, or the wait for a restart.
    pub fn is_busy(&self) -> bool {
        let mut members = self.members.iter();
        members.any(|member| member.call.is_some() || member.down.is_some())
    }
}

/// What another step than the primary one came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The step, as the page calls it.
    pub label: String,
    /// For how many messages it took effect.
    pub messages: u32,
    /// How many effects there were beyond one for each.
    pub extra: u32,
}

/// The store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorePanel {
    /// What it holds: `20,000`.
    pub balance: String,
    /// The messages.
    pub kept: Window<Kept>,
    /// What the other steps came to.
    pub totals: Vec<Total>,
    /// Repeats that were recognised by the consumer or the store.
    pub absorbed: u32,
    /// The table of ids, if there is one.
    pub table: Option<Stock>,
}

/// What is shown of a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panels {
    /// The producer.
    pub producer: Rc<ProducerPanel>,
    /// The broker.
    pub broker: Rc<BrokerPanel>,
    /// The consumers.
    pub group: Rc<GroupPanel>,
    /// The store.
    pub store: Rc<StorePanel>,
    /// What lies under the wire between producer and broker.
    pub fallen_publish: Window<PacketNo>,
    /// What lies under the wire between broker and consumers.
    pub fallen_deliver: Window<PacketNo>,
}

impl Panels {
    /// What is shown of this scene.
    pub fn of(experiment: &Experiment, lane: &Lane, trace: &Trace, scene: &Scene) -> Panels {
        let fallen = |wire: Wire| {
            let on_wire = |no: &&PacketNo| Wire::of(trace.packet(**no).leg) == Some(wire);
            let fallen: Vec<PacketNo> = scene.fallen.iter().filter(on_wire).copied().collect();
            Window::around(fallen, usize::MAX, FALLEN)
        };
        let members = scene.held.members.iter().zip(0..);
        let members = members.map(|(held, number)| {
            let silent = scene.told.silent.contains(&number);
            let call = held.call.and_then(|call| Call::of(trace, number, call));
            let inbox = held.inbox.iter().filter(|call| is_handled(trace, number, call));
            MemberPanel {
                inbox: Window::around(inbox.map(|call| call.message).collect(), 0, LINES),
                call,
                down: held.down,
                silent,
                memory: (lane.consumer.dedup == Dedup::Memory).then(|| stock(&held.memory)),
            }
        });
        Panels {
            producer: producer(lane, scene).into(),
            broker: broker(lane, scene).into(),
            group: Rc::new(GroupPanel { members: members.collect() }),
            store: store(experiment, lane, scene).into(),
            fallen_publish: fallen(Wire::Publish),
            fallen_deliver: fallen(Wire::Deliver),
        }
    }
}

fn producer(lane: &Lane, scene: &Scene) -> ProducerPanel {
    let held = &scene.held.producer;
    let mut tally = Tally::default();
    for stand in held.outbox.iter().flatten() {
        *match stand {
            Stand::Waiting | Stand::Resting => &mut tally.waiting,
            Stand::Sent => &mut tally.sent,
            Stand::Ok => &mut tally.ok,
            Stand::Error => &mut tally.error,
            Stand::Forgotten => &mut tally.forgotten,
        } += 1;
    }
    let rows = held.outbox.iter().zip(&scene.told.rows).enumerate();
    let slips = rows.map(|(index, (stand, step))| Slip {
        message: MessageNo::from_index(index),
        stand: *stand,
        step: *step,
    });
    let is_open =
        |stand: &Option<_>| !matches!(stand, Some(Stand::Ok | Stand::Error | Stand::Forgotten));
    let open = held.outbox.iter().position(is_open);
    let focus = open.unwrap_or(held.outbox.len());
    let producer = &lane.producer;
    let identity = scene.told.identity.filter(|_| producer.idempotent);
    let identity = identity.map(|(id, session)| {
        if producer.transactional {
            format!("id {id} · epoch {session}")
        } else {
            format!("id {id}")
        }
    });
    ProducerPanel {
        source: producer.source,
        tally,
        slips: Window::around(slips.collect(), focus, ROOM),
        down: held.down,
        identity,
    }
}

fn broker(lane: &Lane, scene: &Scene) -> BrokerPanel {
    let (settings, held, told) = (&lane.broker, &scene.held.broker, &scene.told);
    let partitions = held.partitions.iter();
    let shelf = match settings.kind {
        BrokerKind::Log => Shelf::Log(partitions.map(|it| row(it, told)).collect()),
        BrokerKind::Queue => Shelf::Queue(queue(&held.partitions, told)),
    };
    let leads = |node: usize| {
        let mut partitions = held.partitions.iter();
        partitions.any(|partition| partition.leader.map(usize::from) == Some(node))
    };
    let gives_up = settings.max_deliveries.limit().is_some();
    let ids = held.partitions.iter().flat_map(|partition| &partition.ids);
    let ids: Vec<MessageNo> = ids.copied().collect();
    BrokerPanel {
        nodes: held.nodes.clone(),
        leaders: (0..held.nodes.len()).map(leads).collect(),
        shelf,
        parked: (settings.dead_letter && gives_up)
            .then(|| Window::around(told.parked.clone(), usize::MAX, ROOM)),
        discarded: told.discarded,
        window: (settings.dedup_window_ms.get() > 0).then(|| stock(&ids)),
    }
}

fn row(partition: &Partition, told: &Told) -> LogRow {
    let committed = partition.committed();
    let mut had = BTreeSet::new();
    let records = partition.records.iter().enumerate();
    let cells = records.map(|(offset, record)| Cell {
        offset,
        record: *record,
        step: told.copies[record.copy as usize],
        again: !had.insert(record.message),
        given_up: told.given_up.contains(&record.copy),
    });
    // The committed position in view and, as far as there is room, what comes after it.
    LogRow {
        leader: partition.leader,
        cells: Window::around(cells.collect(), committed, ROOM),
        committed,
    }
}

fn queue(partitions: &[Partition], told: &Told) -> QueuePanel {
    let (mut waiting, mut out) = (Vec::new(), Vec::new());
    for record in partitions.iter().flat_map(|it| &it.records) {
        if record.transaction == Transaction::Aborted {
            continue;
        }
        let hidden = !record.copied || record.transaction == Transaction::Open;
        let copy = Copy { record: *record, step: told.copies[record.copy as usize], hidden };
        match record.hold {
            Hold::Ready => waiting.push(copy),
            Hold::Out { .. } | Hold::Resting => out.push(copy),
            Hold::Done => {}
        }
    }
    QueuePanel {
        waiting: Window::around(waiting, 0, ROOM),
        out: Window::around(out, 0, LINES),
        unavailable: partitions.iter().any(|partition| partition.leader.is_none()),
    }
}

fn stock(ids: &[MessageNo]) -> Stock {
    Window::around(ids.to_vec(), usize::MAX, ROOM)
}

fn store(experiment: &Experiment, lane: &Lane, scene: &Scene) -> StorePanel {
    let (told, scenario) = (&scene.told, &experiment.scenario);
    let records = &scene.report.messages;
    let primary = scenario.primary();
    let kept = records.iter().zip(&told.effects).enumerate().map(|(index, (record, step))| Kept {
        message: MessageNo::from_index(index),
        times: record.applied[primary],
        outcome: record.end,
        step: *step,
        begun: record.created,
    });
    let latest = (0..records.len()).max_by_key(|index| told.effects[*index]);
    let focus = latest.filter(|index| told.effects[*index].is_some()).unwrap_or(0);
    let others = scenario.steps.iter().enumerate();
    let others = others.filter(|(index, _)| *index != primary);
    let totals = others.map(|(index, step)| {
        let times = records.iter().map(|record| record.applied[index]);
        let (messages, all) =
            times.fold((0, 0), |(some, all), times| (some + u32::from(times > 0), all + times));
        Total { label: step.name().to_owned(), messages, extra: all - messages }
    });
    let tables =
        matches!(lane.consumer.dedup, Dedup::TableBefore | Dedup::TableAfter | Dedup::Atomic);
    StorePanel {
        balance: story::money(scene.report.ledger.actual),
        kept: Window::around(kept.collect(), focus, ROOM),
        totals: totals.collect(),
        absorbed: told.absorbed,
        table: tables.then(|| stock(&scene.held.table)),
    }
}

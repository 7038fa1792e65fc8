//! What of a scene is shown: few things of many, those around what changes, and how many more there are.
//!
//! A panel per participant, small and comparable: a part of the page is drawn anew only when its panel
//! has changed.

use std::rc::Rc;

use super::broker::{Broker, Hold, Partition, Record, Transaction};
use super::group::{Call, Member};
use super::ids::Ids;
use super::outbox::Stand;
use super::scene::{Down, Scene};
use super::travel::Wire;
use ackground_core::audit::{Outcome, Report};
use ackground_core::experiment::settings::{BrokerKind, Dedup, Source};
use ackground_core::experiment::{Experiment, Lane};
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
    /// What is shown of this scene; of a run that is `over` the report says what became of messages
    /// without an effect.
    pub fn of(
        experiment: &Experiment,
        lane: &Lane,
        trace: &Trace,
        scene: &Scene,
        over: Option<&Report>,
    ) -> Panels {
        let fallen = |wire: Wire| {
            let on_wire = |no: &&PacketNo| Wire::of(trace.packet(**no).leg) == Some(wire);
            let fallen: Vec<PacketNo> = scene.fallen.iter().filter(on_wire).copied().collect();
            Window::around(fallen, usize::MAX, FALLEN)
        };
        Panels {
            producer: producer(lane, scene, experiment.messages.get() as usize).into(),
            broker: broker(lane, &scene.broker).into(),
            group: Rc::new(GroupPanel {
                members: scene.group.members.iter().map(|member| panel_of(lane, member)).collect(),
            }),
            store: store(experiment, lane, scene, over).into(),
            fallen_publish: fallen(Wire::Publish),
            fallen_deliver: fallen(Wire::Deliver),
        }
    }
}

fn producer(lane: &Lane, scene: &Scene, messages: usize) -> ProducerPanel {
    let mut slips: Vec<Slip> = (0..messages)
        .map(|index| Slip { message: MessageNo::from_index(index), stand: None, step: None })
        .collect();
    let mut tally = Tally::default();
    for row in scene.outbox.rows() {
        *match row.stand {
            Stand::Waiting | Stand::Resting(_) => &mut tally.waiting,
            Stand::Sent => &mut tally.sent,
            Stand::Ok => &mut tally.ok,
            Stand::Error => &mut tally.error,
            Stand::Forgotten => &mut tally.forgotten,
        } += 1;
        slips[row.message.index()] =
            Slip { message: row.message, stand: Some(row.stand), step: Some(row.step) };
    }
    let open = slips
        .iter()
        .position(|slip| !matches!(slip.stand, Some(Stand::Ok | Stand::Error | Stand::Forgotten)));
    let focus = open.unwrap_or(messages);
    let producer = &lane.producer;
    let identity = scene.outbox.identity.filter(|_| producer.idempotent);
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
        slips: Window::around(slips, focus, ROOM),
        down: scene.outbox.down,
        identity,
    }
}

fn broker(lane: &Lane, broker: &Broker) -> BrokerPanel {
    let settings = &lane.broker;
    let shelf = match settings.kind {
        BrokerKind::Log => Shelf::Log(broker.partitions.iter().map(row).collect()),
        BrokerKind::Queue => Shelf::Queue(queue(broker)),
    };
    let leads = |node: usize| {
        let mut partitions = broker.partitions.iter();
        partitions.any(|partition| partition.leader.map(usize::from) == Some(node))
    };
    let gives_up = settings.max_deliveries.limit().is_some();
    let ids = broker.partitions.iter();
    let ids: Vec<MessageNo> = ids.flat_map(|partition| partition.window.messages()).collect();
    BrokerPanel {
        nodes: broker.down.clone(),
        leaders: (0..broker.down.len()).map(leads).collect(),
        shelf,
        parked: (settings.dead_letter && gives_up)
            .then(|| Window::around(broker.parked.clone(), usize::MAX, ROOM)),
        discarded: broker.discarded,
        window: (settings.dedup_window_ms.get() > 0).then(|| Window::around(ids, usize::MAX, ROOM)),
    }
}

fn row(partition: &Partition) -> LogRow {
    let committed = partition.committed();
    let records = partition.records.iter().enumerate();
    let cells = records.map(|(offset, record)| Cell { offset, record: *record });
    // The committed position in view and, as far as there is room, what comes after it.
    LogRow {
        leader: partition.leader,
        cells: Window::around(cells.collect(), committed, ROOM),
        committed,
    }
}

fn queue(broker: &Broker) -> QueuePanel {
    let (mut waiting, mut out) = (Vec::new(), Vec::new());
    for record in broker.partitions.iter().flat_map(|it| &it.records) {
        if record.transaction == Transaction::Aborted {
            continue;
        }
        let hidden = !record.copied || record.transaction == Transaction::Open;
        let copy = Copy { record: *record, hidden };
        match record.hold {
            Hold::Ready => waiting.push(copy),
            Hold::Out { .. } | Hold::Resting => out.push(copy),
            Hold::Done | Hold::Parked | Hold::Discarded => {}
        }
    }
    QueuePanel {
        waiting: Window::around(waiting, 0, ROOM),
        out: Window::around(out, 0, LINES),
        unavailable: broker.partitions.iter().any(|partition| partition.leader.is_none()),
    }
}

fn stock(ids: &Ids) -> Stock {
    Window::around(ids.messages().collect(), usize::MAX, ROOM)
}

fn panel_of(lane: &Lane, member: &Member) -> MemberPanel {
    MemberPanel {
        inbox: Window::around(member.inbox.clone(), 0, LINES),
        call: member.call,
        down: member.down,
        silent: member.silent,
        memory: (lane.consumer.dedup == Dedup::Memory).then(|| stock(&member.memory)),
    }
}

fn store(experiment: &Experiment, lane: &Lane, scene: &Scene, over: Option<&Report>) -> StorePanel {
    let (store, scenario) = (&scene.store, &experiment.scenario);
    let messages = experiment.messages.get() as usize;
    let numbers = || (0..messages).map(MessageNo::from_index);
    let primary = scenario.primary();
    let mut begun = vec![false; messages];
    for row in scene.outbox.rows() {
        begun[row.message.index()] = true;
    }
    let kept = |message: MessageNo| {
        let times = store.applied(message, primary);
        let parked = || scene.broker.parked.iter().any(|(it, _)| *it == message);
        let outcome = match (times, over) {
            (1, _) => Outcome::Once,
            (2.., _) => Outcome::Duplicated,
            (0, Some(report)) => {
                report.messages.get(message.index()).map_or(Outcome::Pending, |record| record.end)
            }
            (0, None) if parked() => Outcome::Parked,
            (0, None) => Outcome::Pending,
        };
        Kept { message, times, outcome, step: store.latest(message), begun: begun[message.index()] }
    };
    let latest = numbers().max_by_key(|message| store.latest(*message));
    let latest = latest.filter(|message| store.latest(*message).is_some());
    let focus = latest.map_or(0, MessageNo::index);
    let sum: u64 = numbers().map(|message| u64::from(store.applied(message, primary))).sum();
    let others = scenario.steps.iter().enumerate();
    let others = others.filter(|(index, _)| *index != primary);
    let totals = others.map(|(index, step)| {
        let times = numbers().map(|message| store.applied(message, index));
        let (messages, all) =
            times.fold((0, 0), |(some, all), times| (some + u32::from(times > 0), all + times));
        Total { label: step.name().to_owned(), messages, extra: all - messages }
    });
    let tables =
        matches!(lane.consumer.dedup, Dedup::TableBefore | Dedup::TableAfter | Dedup::Atomic);
    StorePanel {
        balance: story::money(sum * scenario.amount.get()),
        kept: Window::around(numbers().map(kept).collect(), focus, ROOM),
        totals: totals.collect(),
        absorbed: store.absorbed,
        table: tables.then(|| stock(&store.table)),
    }
}

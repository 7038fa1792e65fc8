//! The part of the experiment that the model reads. Whatever it does not know is not covered, and is never guessed.

use serde::Deserialize;

use crate::script::Line;

/// Milliseconds since the run began.
pub type Time = u64;

/// A message, counted from 1.
pub type Message = usize;

macro_rules! record {
    ($name:ident { $($field:ident: $type:ty = $default:expr),* $(,)? }) => {
        #[derive(Clone, Debug, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $(pub $field: $type,)* }
        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    };
}

macro_rules! words {
    ($name:ident { $($word:ident),* $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($word,)* }
    };
}

/// A number, or no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Bound")]
pub struct Limit(pub Option<u64>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Bound {
    Number(u64),
    Word(String),
}

impl TryFrom<Bound> for Limit {
    type Error = String;

    fn try_from(bound: Bound) -> Result<Self, String> {
        match bound {
            Bound::Number(number) => Ok(Self(Some(number))),
            Bound::Word(word) if word == "unlimited" => Ok(Self(None)),
            Bound::Word(word) => Err(format!("the model knows no limit \"{word}\"")),
        }
    }
}

words!(Acks { None, Leader, All });
words!(Source { Outbox, Direct });
words!(Kind { Queue, Log });
words!(Flush { EachWrite, Async, Never });
words!(LateAck { Reject, Accept });
words!(Ack { OnReceive, AfterProcessing, WithEffect });
words!(OnFailure { Nack, Wait, Swallow });
words!(Dedup { None, Memory, TableBefore, TableAfter, Atomic });
words!(Write { Apply, Upsert });
words!(Isolation { ReadCommitted, ReadUncommitted });
words!(StepKind { Db, External, Produce });
words!(Key { One, Each });

record!(Backoff {
    first_ms: Time = 200,
    factor: f64 = 2.0,
    max_ms: Time = 10_000,
    jitter: f64 = 0.0,
});

record!(Producer {
    acks: Acks = Acks::All,
    retries: Limit = Limit(None),
    request_timeout_ms: Time = 1000,
    backoff: Backoff = Backoff::default(),
    delivery_timeout_ms: Option<Time> = None,
    max_in_flight: usize = 5,
    idempotent: bool = false,
    transactional: bool = false,
    source: Source = Source::Outbox,
});

record!(Broker {
    kind: Kind = Kind::Log,
    partitions: usize = 1,
    replicas: usize = 3,
    min_in_sync: Option<usize> = None,
    flush: Flush = Flush::Async,
    flush_interval_ms: Time = 1000,
    unclean_election: bool = false,
    dedup_window_ms: Time = 0,
    max_deliveries: Limit = Limit(None),
    dead_letter: bool = true,
    redelivery_timeout_ms: Time = 5000,
    redelivery_delay_ms: Time = 0,
    late_ack: LateAck = LateAck::Reject,
});

record!(Consumer {
    instances: usize = 1,
    ack: Ack = Ack::AfterProcessing,
    on_failure: OnFailure = OnFailure::Nack,
    batch: usize = 1,
    processing_ms: Time = 100,
    dedup: Dedup = Dedup::None,
    dedup_window: Limit = Limit(None),
    dedup_ttl_ms: Limit = Limit(None),
    write: Write = Write::Apply,
    idempotency_key: bool = false,
    isolation: Isolation = Isolation::ReadCommitted,
});

record!(Lane {
    name: String = String::new(),
    producer: Producer = Producer::default(),
    broker: Broker = Broker::default(),
    consumer: Consumer = Consumer::default(),
});

record!(Faults {
    latency_ms: [Time; 2] = [20, 80],
    restart_ms: Time = 1000,
    script: Vec<Line> = Vec::new(),
});

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    #[serde(default)]
    pub primary: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    #[serde(rename = "id")]
    _id: String,
    #[serde(default = "one")]
    pub key: Key,
    pub steps: Vec<Step>,
}

fn one() -> Key {
    Key::One
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Story {
    Named(String),
    Own(Scenario),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, rename = "title")]
    _title: String,
    #[serde(default = "payment")]
    scenario: Story,
    #[serde(default = "three")]
    messages: usize,
    #[serde(default = "second")]
    interval_ms: Time,
    #[serde(default, rename = "seed")]
    _seed: u64,
    #[serde(default)]
    faults: Faults,
    lanes: Vec<Lane>,
}

fn payment() -> Story {
    Story::Named("payment".to_owned())
}

fn three() -> usize {
    3
}

fn second() -> Time {
    1000
}

/// One lane of an experiment, with everything that decides what happens to it.
#[derive(Clone, Debug)]
pub struct Setup {
    pub scenario: Scenario,
    pub messages: usize,
    pub interval_ms: Time,
    pub faults: Faults,
    pub lane: Lane,
}

/// The built-in stories: their steps, in order; the primary one has a star.
const STORIES: [(&str, &[(&str, StepKind)]); 6] = [
    ("payment", &[("credit*", StepKind::Db), ("notify", StepKind::External)]),
    ("notification", &[("send*", StepKind::External)]),
    ("email", &[("send*", StepKind::External)]),
    ("metrics", &[("add*", StepKind::Db)]),
    ("clicks", &[("count*", StepKind::Db)]),
    ("transfer", &[("debit", StepKind::Db), ("credit*", StepKind::Db)]),
];

impl Setup {
    /// Reads the only lane of an experiment.
    pub fn read(json: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let [lane] = <[Lane; 1]>::try_from(document.lanes)
            .map_err(|lanes| format!("{} lanes; the model reads one", lanes.len()))?;
        let scenario = match document.scenario {
            Story::Own(own) => own,
            Story::Named(name) if lane.broker.partitions > 1 => {
                return Err(format!("whether all messages of \"{name}\" have one key"));
            }
            Story::Named(name) => built_in(&name).ok_or(format!("the story \"{name}\""))?,
        };
        let setup = Self {
            scenario,
            messages: document.messages,
            interval_ms: document.interval_ms,
            faults: document.faults,
            lane,
        };
        match document.version {
            1 => setup.covered().map(|()| setup),
            other => Err(format!("version {other}")),
        }
    }

    /// What the format allows and the model does not answer for.
    fn covered(&self) -> Result<(), String> {
        let Lane { producer, broker, consumer, .. } = &self.lane;
        let has = |is: fn(&Line) -> bool| self.faults.script.iter().any(is);
        let transaction =
            consumer.ack == Ack::WithEffect && self.primary().kind == StepKind::Produce;
        let open = [
            (producer.backoff.jitter != 0.0, "jitter"),
            (producer.idempotent && producer.acks == Acks::None, "idempotent without answers"),
            (producer.transactional && !producer.idempotent, "transactional, not idempotent"),
            (
                producer.transactional && producer.acks != Acks::All,
                "transactional without acks all",
            ),
            (producer.transactional && broker.kind == Kind::Queue, "transactions in a queue"),
            (
                producer.transactional && has(Line::is_crash_of_broker),
                "who coordinates a transaction while its broker is down",
            ),
            (
                producer.transactional && has(Line::is_partition),
                "the packets of a commit in a cut network",
            ),
            (broker.kind == Kind::Queue && broker.partitions > 1, "a queue of several partitions"),
            (
                broker.partitions > 1 && has(Line::is_crash_of_broker),
                "which node leads which partition",
            ),
            (transaction && consumer.batch > 1, "how many messages one output transaction has"),
            (
                consumer.ack == Ack::WithEffect && broker.kind == Kind::Queue,
                "how a queue settles in the store's transaction",
            ),
        ];
        match open.into_iter().find(|(is, _)| *is) {
            Some((_, what)) => Err(what.to_owned()),
            None => Ok(()),
        }
    }

    pub fn primary(&self) -> &Step {
        let found = self.scenario.steps.iter().find(|step| step.primary);
        found.or(self.scenario.steps.first()).expect("a scenario has a step")
    }

    pub fn min_in_sync(&self) -> usize {
        self.lane.broker.min_in_sync.unwrap_or(2).min(self.lane.broker.replicas)
    }

    /// Messages of one key keep to one partition. The model deals the keys out in turn.
    pub fn partition_of(&self, message: Message) -> usize {
        match self.scenario.key {
            Key::One => 0,
            Key::Each => (message - 1) % self.lane.broker.partitions,
        }
    }
}

fn built_in(name: &str) -> Option<Scenario> {
    let (_, steps) = STORIES.iter().find(|(id, _)| *id == name)?;
    let step = |&(id, kind): &(&str, StepKind)| Step {
        id: id.trim_end_matches('*').to_owned(),
        kind,
        primary: id.ends_with('*'),
    };
    Some(Scenario { _id: name.to_owned(), key: Key::One, steps: steps.iter().map(step).collect() })
}

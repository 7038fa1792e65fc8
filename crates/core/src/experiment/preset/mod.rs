//! Named setups: the settings of a lane under a name that a document can refer to.
//!
//! This file owns the list, what the page says about each entry, and the families; the files beside
//! it own the settings of one family each. No entry states its guarantee: that is found by running
//! it, and `tests/presets.rs` checks the names against runs.
//!
//! Products have the defaults of their documentation. Two rules hold for all of them:
//!
//! - A preset that is named for loss, or for a product's defaults, sends from memory
//!   (`source: direct`), as a client does out of the box. A recipe that must lose nothing has an
//!   outbox, which no product provides.
//! - Where a product defines no number (a managed store's copies, a timer left to the application),
//!   the format's default stands in, and `not_covered` says so where it matters.

mod guarantee;
mod jetstream;
mod kafka;
mod mistake;
mod mqtt;
mod pubsub;
mod pulsar;
mod rabbitmq;
mod redis;
mod service_bus;
mod sqs;

use super::settings::{Broker, Consumer, Producer};
use super::value::choice;

choice! {
    /// A named setup. An id never changes its meaning: links and files point to it.
    pub enum PresetId {
        /// The producer sends once and waits for nothing; the consumer acknowledges before it works.
        AtMostOnce = "at-most-once",
        /// The producer resends until it is told ok; the consumer acknowledges after the work.
        AtLeastOnce = "at-least-once",
        /// As at least once, and the consumer keeps the ids it has seen in the same transaction as
        /// the effect, so a repeat changes nothing.
        EffectivelyOnce = "effectively-once",

        /// Money is sent once, and nobody waits for an answer.
        AtMostOnceForMoney = "at-most-once-for-money",
        /// The sender repeats, and the receiver takes every repeat for news.
        NoIdempotentConsumer = "no-idempotent-consumer",
        /// The position is committed before the work is done.
        CommitBeforeProcessing = "commit-before-processing",
        /// A message whose handler failed is acknowledged.
        SwallowedFailure = "swallowed-failure",
        /// The broker's transactions are trusted with an effect outside of the broker.
        TransactionsForDatabase = "transactions-for-a-database",
        /// The id is written down before the effect, by itself.
        DedupRecordFirst = "dedup-record-first",
        /// The id is written down after the effect, by itself.
        DedupRecordLast = "dedup-record-last",
        /// The ids seen are kept in memory.
        DedupInMemory = "dedup-in-memory",
        /// The ids seen are forgotten before the repeat comes.
        DedupWindowTooShort = "dedup-window-too-short",
        /// The row is committed, and the message is then sent from memory.
        DualWrite = "dual-write",
        /// The leader's answer is taken for the answer of all copies.
        LeaderOnly = "leader-only",
        /// An idempotent producer is taken for an idempotent path.
        IdempotentProducerOnly = "idempotent-producer-only",

        /// Kafka as it comes: one copy, and a reader who sees everything.
        KafkaDefaults = "kafka-defaults",
        /// Kafka without resends, committing before the work.
        KafkaAtMostOnce = "kafka-at-most-once",
        /// Kafka with three copies, committing after the work.
        KafkaAtLeastOnce = "kafka-at-least-once",
        /// Kafka with transactions from topic to topic.
        KafkaTransactions = "kafka-transactions",
        /// Kafka with the position kept in the database of the effect.
        KafkaOffsetInDatabase = "kafka-offset-in-database",
        /// Kafka with the id of the message kept in the database of the effect.
        KafkaEffectivelyOnce = "kafka-effectively-once",
        /// A Kafka share group: a lock per record and five deliveries.
        KafkaShareGroup = "kafka-share-group",

        /// RabbitMQ as it comes: a classic queue, transient messages and no confirms.
        RabbitmqDefaults = "rabbitmq-defaults",
        /// RabbitMQ without confirms, and with automatic acknowledgment.
        RabbitmqAutoAck = "rabbitmq-auto-ack",
        /// A RabbitMQ quorum queue with confirms and manual acknowledgment.
        RabbitmqQuorum = "rabbitmq-quorum",
        /// A RabbitMQ quorum queue and a consumer that recognises repeats.
        RabbitmqEffectivelyOnce = "rabbitmq-effectively-once",

        /// SQS, deleting before the work.
        SqsAtMostOnce = "sqs-at-most-once",
        /// An SQS standard queue, deleting after the work.
        SqsStandard = "sqs-standard",
        /// An SQS FIFO queue, deleting after the work.
        SqsFifo = "sqs-fifo",
        /// An SQS FIFO queue and a business key checked in the transaction of the effect.
        SqsEffectivelyOnce = "sqs-effectively-once",

        /// A non-persistent Pulsar topic.
        PulsarAtMostOnce = "pulsar-at-most-once",
        /// A persistent Pulsar topic, acknowledging after the work.
        PulsarAtLeastOnce = "pulsar-at-least-once",
        /// Pulsar's deduplication with a producer name that is new after a restart.
        PulsarDedup = "pulsar-dedup",
        /// Pulsar's deduplication with a stable name, and an idempotent effect.
        PulsarEffectivelyOnce = "pulsar-effectively-once",

        /// JetStream as it comes: one copy, synced every two minutes.
        JetstreamDefaults = "jetstream-defaults",
        /// Core NATS: nothing is stored and nothing is acknowledged.
        JetstreamAtMostOnce = "jetstream-at-most-once",
        /// JetStream with three copies, publish acks and explicit acks.
        JetstreamAtLeastOnce = "jetstream-at-least-once",
        /// JetStream recognising a message id for two minutes.
        JetstreamMsgId = "jetstream-msg-id",
        /// JetStream with message ids and an idempotent effect.
        JetstreamEffectivelyOnce = "jetstream-effectively-once",

        /// MQTT QoS 0: sent once, never answered.
        MqttQos0 = "mqtt-qos0",
        /// MQTT QoS 1: repeated until answered.
        MqttQos1 = "mqtt-qos1",
        /// MQTT QoS 2: a handshake on each hop.
        MqttQos2 = "mqtt-qos2",
        /// MQTT QoS 2 and a message id of the application.
        MqttEffectivelyOnce = "mqtt-effectively-once",

        /// Redis Streams as they come: in memory, with a snapshot now and then.
        RedisDefaults = "redis-defaults",
        /// Redis Streams read with `NOACK`.
        RedisAtMostOnce = "redis-at-most-once",
        /// Redis Streams with a pending list, a claim loop and a file synced at every write.
        RedisAtLeastOnce = "redis-at-least-once",
        /// Redis Streams recognising a producer's id for a hundred seconds.
        RedisIdmp = "redis-idmp",
        /// Redis Streams recognising ids, and an idempotent effect.
        RedisEffectivelyOnce = "redis-effectively-once",

        /// Pub/Sub, acknowledging on receipt, without resends.
        PubsubAtMostOnce = "pubsub-at-most-once",
        /// Pub/Sub, acknowledging after the work.
        PubsubAtLeastOnce = "pubsub-at-least-once",
        /// Pub/Sub and a business key checked in the transaction of the effect.
        PubsubEffectivelyOnce = "pubsub-effectively-once",

        /// Service Bus with receive-and-delete.
        ServiceBusAtMostOnce = "service-bus-at-most-once",
        /// Service Bus with peek-lock.
        ServiceBusAtLeastOnce = "service-bus-at-least-once",
        /// Service Bus with duplicate detection, and the same id checked with the effect.
        ServiceBusEffectivelyOnce = "service-bus-effectively-once",
    }
}

/// A named setup in full.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preset {
    /// What the page calls it, and the name of a lane that has none of its own.
    pub name: &'static str,
    /// The idea in a few words.
    pub tagline: &'static str,
    /// What it sets and what follows from that, in two or three sentences.
    pub description: &'static str,
    /// The page that documents its settings, or the rule that it breaks.
    pub source: &'static str,
    /// What the model leaves out of the real thing, where that would change the picture.
    pub not_covered: &'static str,
    /// Its producer.
    pub producer: Producer,
    /// Its broker.
    pub broker: Broker,
    /// Its consumer.
    pub consumer: Consumer,
}

/// A group of presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The three guarantees, free of any product.
    Guarantee,
    /// What people get wrong.
    Mistake,
    /// The recipes and the defaults of a product.
    Product(Product),
}

/// A product that messages are sent through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Apache Kafka 4.
    Kafka,
    /// RabbitMQ 4.
    RabbitMq,
    /// Amazon SQS.
    Sqs,
    /// Apache Pulsar.
    Pulsar,
    /// NATS JetStream, along with core NATS.
    JetStream,
    /// MQTT 3.1.1 and 5, with Mosquitto as the broker.
    Mqtt,
    /// Redis Streams.
    Redis,
    /// Google Cloud Pub/Sub.
    PubSub,
    /// Azure Service Bus.
    ServiceBus,
}

impl Product {
    /// Every product, in the order of the menu.
    pub const ALL: &'static [Product] = &[
        Product::Kafka,
        Product::RabbitMq,
        Product::Sqs,
        Product::Pulsar,
        Product::JetStream,
        Product::Mqtt,
        Product::Redis,
        Product::PubSub,
        Product::ServiceBus,
    ];

    /// Its common name.
    pub const fn name(self) -> &'static str {
        match self {
            Product::Kafka => "Kafka",
            Product::RabbitMq => "RabbitMQ",
            Product::Sqs => "Amazon SQS",
            Product::Pulsar => "Pulsar",
            Product::JetStream => "NATS JetStream",
            Product::Mqtt => "MQTT",
            Product::Redis => "Redis Streams",
            Product::PubSub => "Google Pub/Sub",
            Product::ServiceBus => "Azure Service Bus",
        }
    }
}

impl Family {
    /// Every family, in the order of the menu.
    pub fn all() -> impl Iterator<Item = Family> {
        let products = Product::ALL.iter().copied().map(Family::Product);
        [Family::Guarantee, Family::Mistake].into_iter().chain(products)
    }

    /// The heading above its presets.
    pub const fn name(self) -> &'static str {
        match self {
            Family::Guarantee => "Guarantees",
            Family::Mistake => "Common mistakes",
            Family::Product(product) => product.name(),
        }
    }

    /// Its presets, in the order of the menu.
    ///
    /// ```
    /// use ackground_core::experiment::{Family, PresetId};
    ///
    /// let guarantees: Vec<PresetId> = Family::Guarantee.presets().collect();
    /// assert_eq!(guarantees[0], PresetId::AtMostOnce);
    /// let all = Family::all().flat_map(Family::presets);
    /// assert!(all.eq(PresetId::ALL.iter().copied()), "every preset has its place");
    /// ```
    pub fn presets(self) -> impl Iterator<Item = PresetId> {
        let all = PresetId::ALL.iter().copied();
        all.filter(move |id| id.family() == self)
    }
}

/// The first id of each family.
const FAMILIES: [(PresetId, Family); 11] = [
    (PresetId::AtMostOnce, Family::Guarantee),
    (PresetId::AtMostOnceForMoney, Family::Mistake),
    (PresetId::KafkaDefaults, Family::Product(Product::Kafka)),
    (PresetId::RabbitmqDefaults, Family::Product(Product::RabbitMq)),
    (PresetId::SqsAtMostOnce, Family::Product(Product::Sqs)),
    (PresetId::PulsarAtMostOnce, Family::Product(Product::Pulsar)),
    (PresetId::JetstreamDefaults, Family::Product(Product::JetStream)),
    (PresetId::MqttQos0, Family::Product(Product::Mqtt)),
    (PresetId::RedisDefaults, Family::Product(Product::Redis)),
    (PresetId::PubsubAtMostOnce, Family::Product(Product::PubSub)),
    (PresetId::ServiceBusAtMostOnce, Family::Product(Product::ServiceBus)),
];

impl PresetId {
    /// Its family; the ids are in the order of the menu, family by family.
    pub fn family(self) -> Family {
        let begun = FAMILIES.iter().rfind(|(first, _)| *first <= self);
        begun.map_or(Family::Guarantee, |(_, family)| *family)
    }

    /// The setup.
    pub fn preset(self) -> Preset {
        // Selected first and called afterwards, so that no single function holds all of them.
        let setup: fn() -> Preset = match self {
            PresetId::AtMostOnce => guarantee::at_most_once,
            PresetId::AtLeastOnce => guarantee::at_least_once,
            PresetId::EffectivelyOnce => guarantee::effectively_once,
            PresetId::AtMostOnceForMoney => mistake::at_most_once_for_money,
            PresetId::NoIdempotentConsumer => mistake::no_idempotent_consumer,
            PresetId::CommitBeforeProcessing => mistake::commit_before_processing,
            PresetId::SwallowedFailure => mistake::swallowed_failure,
            PresetId::TransactionsForDatabase => mistake::transactions_for_database,
            PresetId::DedupRecordFirst => mistake::dedup_record_first,
            PresetId::DedupRecordLast => mistake::dedup_record_last,
            PresetId::DedupInMemory => mistake::dedup_in_memory,
            PresetId::DedupWindowTooShort => mistake::dedup_window_too_short,
            PresetId::DualWrite => mistake::dual_write,
            PresetId::LeaderOnly => mistake::leader_only,
            PresetId::IdempotentProducerOnly => mistake::idempotent_producer_only,
            PresetId::KafkaDefaults => kafka::defaults,
            PresetId::KafkaAtMostOnce => kafka::at_most_once,
            PresetId::KafkaAtLeastOnce => kafka::at_least_once,
            PresetId::KafkaTransactions => kafka::transactions,
            PresetId::KafkaOffsetInDatabase => kafka::offset_in_database,
            PresetId::KafkaEffectivelyOnce => kafka::effectively_once,
            PresetId::KafkaShareGroup => kafka::share_group,
            PresetId::RabbitmqDefaults => rabbitmq::defaults,
            PresetId::RabbitmqAutoAck => rabbitmq::auto_ack,
            PresetId::RabbitmqQuorum => rabbitmq::quorum,
            PresetId::RabbitmqEffectivelyOnce => rabbitmq::effectively_once,
            PresetId::SqsAtMostOnce => sqs::at_most_once,
            PresetId::SqsStandard => sqs::standard,
            PresetId::SqsFifo => sqs::fifo,
            PresetId::SqsEffectivelyOnce => sqs::effectively_once,
            PresetId::PulsarAtMostOnce => pulsar::at_most_once,
            PresetId::PulsarAtLeastOnce => pulsar::at_least_once,
            PresetId::PulsarDedup => pulsar::dedup,
            PresetId::PulsarEffectivelyOnce => pulsar::effectively_once,
            PresetId::JetstreamDefaults => jetstream::defaults,
            PresetId::JetstreamAtMostOnce => jetstream::at_most_once,
            PresetId::JetstreamAtLeastOnce => jetstream::at_least_once,
            PresetId::JetstreamMsgId => jetstream::msg_id,
            PresetId::JetstreamEffectivelyOnce => jetstream::effectively_once,
            PresetId::MqttQos0 => mqtt::qos0,
            PresetId::MqttQos1 => mqtt::qos1,
            PresetId::MqttQos2 => mqtt::qos2,
            PresetId::MqttEffectivelyOnce => mqtt::effectively_once,
            PresetId::RedisDefaults => redis::defaults,
            PresetId::RedisAtMostOnce => redis::at_most_once,
            PresetId::RedisAtLeastOnce => redis::at_least_once,
            PresetId::RedisIdmp => redis::idmp,
            PresetId::RedisEffectivelyOnce => redis::effectively_once,
            PresetId::PubsubAtMostOnce => pubsub::at_most_once,
            PresetId::PubsubAtLeastOnce => pubsub::at_least_once,
            PresetId::PubsubEffectivelyOnce => pubsub::effectively_once,
            PresetId::ServiceBusAtMostOnce => service_bus::at_most_once,
            PresetId::ServiceBusAtLeastOnce => service_bus::at_least_once,
            PresetId::ServiceBusEffectivelyOnce => service_bus::effectively_once,
        };
        setup()
    }
}

#[cfg(test)]
mod tests;

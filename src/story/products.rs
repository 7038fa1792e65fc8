//! The products in whose terms a setting can be shown.
//!
//! Names and defaults are facts about other people's software; they stand with each setting in
//! `settings`, in one form: the product's own name for it, its default in square brackets.

use std::fmt;

/// A message broker, or the protocol that it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Apache Kafka.
    Kafka,
    /// RabbitMQ.
    RabbitMq,
    /// Amazon SQS.
    Sqs,
    /// Apache Pulsar.
    Pulsar,
    /// NATS JetStream.
    JetStream,
    /// MQTT, with the Mosquitto broker where it is the broker's business.
    Mqtt,
    /// Redis Streams.
    RedisStreams,
    /// Google Pub/Sub.
    PubSub,
    /// Azure Service Bus.
    ServiceBus,
}

impl Product {
    /// Every product, in the order in which they are shown.
    pub const ALL: &'static [Product] = &[
        Product::Kafka,
        Product::RabbitMq,
        Product::Sqs,
        Product::Pulsar,
        Product::JetStream,
        Product::Mqtt,
        Product::RedisStreams,
        Product::PubSub,
        Product::ServiceBus,
    ];

    /// The name by which it is known.
    pub const fn name(self) -> &'static str {
        match self {
            Product::Kafka => "Kafka",
            Product::RabbitMq => "RabbitMQ",
            Product::Sqs => "SQS",
            Product::Pulsar => "Pulsar",
            Product::JetStream => "JetStream",
            Product::Mqtt => "MQTT",
            Product::RedisStreams => "Redis Streams",
            Product::PubSub => "Pub/Sub",
            Product::ServiceBus => "Service Bus",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

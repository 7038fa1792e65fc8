//! A lane in the words of a product: its configuration, and what cannot be said there.
//!
//! Each product is one text in `text/`, written as the files and the code that one would write for it,
//! with the lane's settings filled in and the lines left out that do not apply ([`template`]). What a
//! product cannot do, or does in its own way, stands in the same text as a sentence beside the
//! setting that it is about. The other way, from a product's file to a lane, is [`kafka`].
//!
//! This room knows the settings and the products, and nothing of how a lane runs.

pub mod kafka;
pub mod properties;
mod template;

use self::template::Facts;
use ackground_core::experiment::scenario::Scenario;
use ackground_core::experiment::settings::BrokerKind;
use ackground_core::experiment::{Family, Lane, Product};

/// What is the same for every product: where the message waits, what the handler writes.
const OWN_CODE: &str = include_str!("text/own_code.txt");
/// The loop that sends again, for products whose client has none.
const RESEND: &str = include_str!("text/resend.txt");

/// A file or a piece of code, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What it is: "Producer".
    pub title: &'static str,
    /// The language: `properties`, `json`, `java`, …
    pub language: &'static str,
    /// What the file is usually called.
    pub file: &'static str,
    /// The text.
    pub text: String,
}

/// Why a setting is in no snippet as the lane has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The product cannot do it: the lane, as it is, does not exist there.
    Cannot,
    /// The product decides it by itself, or leaves it to the code around it.
    OwnWay,
}

/// A setting of the lane that no snippet expresses as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The settings that it is about, by their paths in the lane; a group stands for all below it.
    pub settings: Vec<&'static str>,
    /// Why.
    pub reason: Reason,
    /// What is so instead, as a sentence.
    pub sentence: String,
}

impl Gap {
    /// Whether it is about the setting with this path.
    pub fn names(&self, path: &str) -> bool {
        self.settings.iter().any(|setting| {
            path.strip_prefix(setting).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

/// A lane in the words of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expressed {
    /// What is written, in the order in which one would write it.
    pub snippets: Vec<Snippet>,
    /// What is not, what the product cannot do first.
    pub gaps: Vec<Gap>,
}

/// The product that a lane was made for; without one, the usual one of its kind.
pub fn home(lane: &Lane) -> Product {
    match (lane.preset.map(|id| id.family()), lane.broker.kind) {
        (Some(Family::Product(product)), _) => product,
        (_, BrokerKind::Log) => Product::Kafka,
        (_, BrokerKind::Queue) => Product::RabbitMq,
    }
}

/// The lane as a product would have it configured.
///
/// ```
/// use ackground_core::experiment::{Lane, PresetId, Product};
/// use ackground_core::experiment::scenario::Scenario;
/// use ackground_words::systems::express;
///
/// let lane = Lane::of_preset(PresetId::KafkaAtLeastOnce);
/// let kafka = express(&lane, &Scenario::default(), Product::Kafka);
/// assert!(kafka.snippets[0].text.contains("acks=all\n"));
/// ```
pub fn express(lane: &Lane, scenario: &Scenario, product: Product) -> Expressed {
    let facts = Facts::new(lane, scenario);
    let mut expressed = Expressed { snippets: Vec::new(), gaps: Vec::new() };
    for text in texts(product) {
        template::read(text, &facts, &mut expressed);
    }
    expressed.gaps.sort_by_key(|gap| gap.reason);
    expressed
}

fn texts(product: Product) -> [&'static str; 3] {
    let (own, resend) = match product {
        Product::Kafka => (include_str!("text/kafka.txt"), ""),
        Product::RabbitMq => (include_str!("text/rabbitmq.txt"), RESEND),
        Product::Sqs => (include_str!("text/sqs.txt"), ""),
        Product::Pulsar => (include_str!("text/pulsar.txt"), ""),
        Product::JetStream => (include_str!("text/jetstream.txt"), RESEND),
        Product::Mqtt => (include_str!("text/mqtt.txt"), ""),
        Product::Redis => (include_str!("text/redis.txt"), RESEND),
        Product::PubSub => (include_str!("text/pubsub.txt"), ""),
        Product::ServiceBus => (include_str!("text/service_bus.txt"), ""),
    };
    [own, resend, OWN_CODE]
}

//! A lane in the terms of a product: its configuration, and what cannot be expressed there.
//!
//! Each product is a Jinja template in `text/` (rendered by `template`): the files and the code that one would write
//! for it, with the lane's settings filled in and lines that do not apply left out. It consists of sections, and one
//! that renders to nothing is omitted:
//!
//! - `=== title | language | file` begins a snippet.
//! - `=== cannot | setting, setting` and `=== own way | setting` begin a sentence about what the product cannot do,
//!   or does in its own way.
//!
//! [`kafka`] goes the other way, from a product's file to a lane; [`keys`] leads from a key to an experiment.
//!
//! This module knows settings and products, but not how a lane runs.

pub mod kafka;
pub mod keys;
pub mod properties;
mod template;

use self::template::Variables;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::scenario::{Scenario, StepKind};
use ackground_core::experiment::settings::{BrokerKind, YEAR_MS};
use ackground_core::experiment::{Family, Lane, Product};

/// Shared by every product: where the message waits, and what the handler writes.
const OWN_CODE: &str = include_str!("text/own_code.jinja");
/// The retry loop, for products whose client has none.
const RESEND: &str = include_str!("text/resend.jinja");

/// A file or a piece of code, ready to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Its title: "Producer".
    pub title: &'static str,
    /// The language: `properties`, `json`, `java`, …
    pub language: &'static str,
    /// The usual name of the file.
    pub file: &'static str,
    /// The text.
    pub text: String,
}

/// Why no snippet expresses a setting as the lane has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The product cannot do it: no such lane exists there.
    Cannot,
    /// The product decides it by itself, or leaves it to the surrounding code.
    OwnWay,
}

/// A gap: settings of the lane that no snippet expresses as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The settings, by their paths in the lane; a group stands for everything below it.
    pub settings: Vec<&'static str>,
    /// The reason, from which its sentence is made.
    pub reason: Reason,
    /// What happens instead, as a sentence.
    pub sentence: String,
}

impl Gap {
    /// Whether it covers the setting with this path.
    pub fn names(&self, path: &str) -> bool {
        self.settings.iter().any(|setting| {
            path.strip_prefix(setting).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

/// A lane in the terms of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expressed {
    /// What is expressed, in the order in which one would write it.
    pub snippets: Vec<Snippet>,
    /// What is not, starting with what the product cannot do.
    pub gaps: Vec<Gap>,
}

/// The product a lane was made for; if there is none, the usual one of its kind.
pub fn home(lane: &Lane) -> Product {
    match (lane.preset.map(|id| id.family()), lane.broker.kind) {
        (Some(Family::Product(product)), _) => product,
        (_, BrokerKind::Log) => Product::Kafka,
        (_, BrokerKind::Queue) => Product::RabbitMq,
    }
}

/// The lane as configured in a product.
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
    let mut facts = facts(lane, scenario);
    let mut expressed = Expressed { snippets: Vec::new(), gaps: Vec::new() };
    for text in texts(product) {
        read(text, &mut facts, &mut expressed);
    }
    expressed.gaps.sort_by_key(|gap| gap.reason);
    expressed
}

/// The variables of a template: the settings as a document writes them, and the story.
fn facts(lane: &Lane, scenario: &Scenario) -> Variables {
    let Json::Object(mut facts) = lane.write() else {
        unreachable!("a lane writes itself as an object");
    };
    let steps = &scenario.steps;
    let any = |kind: StepKind| Json::Flag(steps.iter().any(|step| step.kind == kind));
    let story = [
        ("id", scenario.id.write()),
        ("primary", steps[steps.primary()].kind.write()),
        ("db", any(StepKind::Db)),
        ("external", any(StepKind::External)),
        ("steps", Json::List(steps.iter().map(Part::write).collect())),
    ];
    let story = story.map(|(name, value)| (name.to_owned(), value));
    facts.push(("story".to_owned(), Json::Object(story.into())));
    // Where a product asks for a time, the longest one stands for never.
    let never = lane.broker.redelivery_timeout_ms.limit().is_none();
    if let Some((_, Json::Object(broker))) = facts.iter_mut().find(|(name, _)| name == "broker") {
        let timeout = broker.iter_mut().find(|(name, _)| name == "redelivery_timeout_ms");
        if let Some((_, value)) = timeout.filter(|_| never) {
            *value = Json::Whole(YEAR_MS);
        }
    }
    facts.push(("never".to_owned(), Json::Flag(never)));
    facts
}

/// Renders a product's template into snippets and gaps.
fn read(text: &'static str, facts: &mut Variables, expressed: &mut Expressed) {
    for section in text.split("\n=== ") {
        let section = section.trim_start_matches("=== ");
        let Some((head, body)) = section.split_once('\n') else {
            continue;
        };
        // Every rendering finds every mistake in a section, and a test renders them all.
        let body = template::render(body, facts).unwrap_or_else(|why| panic!("{head}, {why}"));
        let head: Vec<&'static str> = head.split(" | ").collect();
        let mut gap = |reason: Reason, settings: &'static str, sentence: &str| {
            let settings = settings.split(", ").collect();
            expressed.gaps.push(Gap { settings, reason, sentence: sentence.to_owned() });
        };
        match (&head[..], body.trim_matches('\n')) {
            (["cannot" | "own way", _] | [_, _, _], "") => {}
            (["cannot", settings], sentence) => gap(Reason::Cannot, settings, sentence),
            (["own way", settings], sentence) => gap(Reason::OwnWay, settings, sentence),
            (&[title, language, file], text) => {
                let text = format!("{text}\n");
                expressed.snippets.push(Snippet { title, language, file, text });
            }
            _ => panic!("{head:?} is not the head of a section"),
        }
    }
}

fn texts(product: Product) -> [&'static str; 3] {
    let (own, resend) = match product {
        Product::Kafka => (include_str!("text/kafka.jinja"), ""),
        Product::RabbitMq => (include_str!("text/rabbitmq.jinja"), RESEND),
        Product::Sqs => (include_str!("text/sqs.jinja"), ""),
        Product::Pulsar => (include_str!("text/pulsar.jinja"), ""),
        Product::JetStream => (include_str!("text/jetstream.jinja"), RESEND),
        Product::Mqtt => (include_str!("text/mqtt.jinja"), ""),
        Product::Redis => (include_str!("text/redis.jinja"), RESEND),
        Product::PubSub => (include_str!("text/pubsub.jinja"), ""),
        Product::ServiceBus => (include_str!("text/service_bus.jinja"), ""),
    };
    [own, resend, OWN_CODE]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::PresetId;
    use ackground_core::experiment::scenario::BuiltIn;

    #[test]
    fn a_section_is_a_snippet_or_a_gap_or_nothing() {
        let text = r#"=== One | text | one.txt
{{ story.id }}: {{ producer.acks }}
{% for step in story.steps %}
{{ step.id }} is {{ step.kind }}
{% endfor %}

=== Two | text | two.txt
{% if producer.acks == "none" %}
only then
{% endif %}

=== cannot | broker.replicas, producer.backoff
Not with {{ broker.replicas }}.

=== cannot | broker.kind
{% if broker.kind == "queue" %}
Never said.
{% endif %}

=== own way | consumer.batch
Always said.
"#;
        let lane = Lane::of_preset(PresetId::KafkaAtLeastOnce);
        let mut facts = facts(&lane, &BuiltIn::Payment.scenario());
        let mut read = Expressed { snippets: Vec::new(), gaps: Vec::new() };
        super::read(text, &mut facts, &mut read);
        let ([one], [first, second]) = (&read.snippets[..], &read.gaps[..]) else {
            panic!("what is empty is none: {read:?}");
        };
        assert_eq!((one.title, one.language, one.file), ("One", "text", "one.txt"));
        assert_eq!(one.text, "payment: all\ncredit is db\nnotify is external\n");
        assert_eq!((first.reason, &*first.sentence), (Reason::Cannot, "Not with 3."));
        assert!(first.names("producer.backoff.first_ms") && !first.names("producer.backoffs"));
        assert_eq!(second.reason, Reason::OwnWay);
    }

    #[test]
    fn every_name_in_the_texts_names_something() {
        let lane = Lane::default();
        let settings = lane.write();
        for product in Product::ALL {
            // Finds mistakes even in branches that this lane does not take.
            express(&lane, &Scenario::default(), *product);
            for line in texts(*product).into_iter().flat_map(str::lines) {
                let gap =
                    line.strip_prefix("=== cannot | ").or(line.strip_prefix("=== own way | "));
                let mut names = gap.into_iter().flat_map(|names| names.split(", "));
                assert!(names.all(|name| settings.at(name).is_some()), "{line}");
            }
        }
    }
}

//! Everything that can be found.

use super::opens::is_of_lane;
use super::{Entry, Kind, Opens};
use crate::lane::state::form;
use crate::learn::choices::LearnChoices;
use crate::setups::state::gallery::Gallery;
use crate::share::state::SharePart;
use crate::state::{Sheet as Open, View};
use ackground_core::experiment::label::Unit;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::{Experiment, Family, PresetId, Product};
use ackground_learn::exercise::built_in_ids;
use ackground_learn::lesson::heads;
use ackground_learn::text::{ENGLISH, Sheet};
use ackground_words::story::guide::Path;
use ackground_words::story::words::terms;
use ackground_words::story::{self, Setting, capital, symptoms};
use ackground_words::systems::keys::{self, Key};

/// Everything, with the faults that the experiment's scenario knows.
pub fn index(experiment: &Experiment) -> Vec<Entry> {
    let mut all = Vec::new();
    all.extend(Family::all().map(family));
    all.extend(PresetId::ALL.iter().map(|id| setup(*id)));
    all.extend(symptoms().iter().map(|one| {
        Entry::new(Kind::Experiment, "Experiment", one.name, one.says, Opens::Symptom(one))
            .also(one.also.split(", "))
    }));
    all.extend(keys::all().iter().flat_map(key));
    all.extend(story::settings().filter(|one| has_a_control(one)).map(setting));
    all.extend(form::line_ideas(experiment).iter().filter_map(|line| fault(experiment, line)));
    for term in terms() {
        let name = capital(term.name);
        if let Some(see) = term.see {
            let opens = Opens::See(term.id);
            let shown = Entry::new(Kind::Experiment, "See it", &name, see.says, opens);
            all.push(shown.also(term.names()));
        }
        let opens = Opens::Sheet(Open::Words(Some(term.id)));
        all.push(
            Entry::new(Kind::Term, "Glossary", &name, term.sentence, opens).also(term.names()),
        );
    }
    all.extend(heads(&ENGLISH).map(|head| {
        let opens = Opens::Learn(LearnChoices::lesson(head.id));
        Entry::new(Kind::Lesson, "Lesson", head.title, head.aim, opens).body([head.id])
    }));
    all.extend(built_in_ids().filter_map(exercise));
    all.extend(ways());
    all
}

/// The ways on, and what is on the page.
fn ways() -> impl Iterator<Item = Entry> {
    let of = |kind: Kind, ways: &'static [Way]| {
        ways.iter().map(move |way| {
            Entry::new(kind, way.is, way.name, way.says, way.opens.clone())
                .also(way.also.iter().copied())
        })
    };
    of(Kind::Way, WAYS).chain(of(Kind::Place, PLACES))
}

/// A way to something that is no experiment.
struct Way {
    is: &'static str,
    name: &'static str,
    says: &'static str,
    /// What else people call it.
    also: &'static [&'static str],
    opens: Opens,
}

const WAYS: &[Way] = &[
    Way {
        is: "Guide",
        name: "Which do I need?",
        says: "A few questions that lead to a setup.",
        also: &["guide", "choose", "recommendation", "which broker", "which guarantee"],
        opens: Opens::Sheet(Open::Guide(Path::START)),
    },
    Way {
        is: "Gallery",
        name: "All setups",
        says: "Every setup of every product.",
        also: &["products", "presets", "gallery", "templates"],
        opens: Opens::Sheet(Open::Gallery(Gallery { lane: None, family: None })),
    },
    Way {
        is: "Glossary",
        name: "All terms",
        says: "Every term, its name in each product, and an experiment for most.",
        also: &["glossary", "terms", "definitions", "dictionary"],
        opens: Opens::Sheet(Open::Words(None)),
    },
];

/// What is on the page, by what it does.
const PLACES: &[Way] = &[
    Way {
        is: "Form",
        name: "Your own scenario",
        says: "Names, amounts, steps, and what goes wrong for people.",
        also: &["own scenario", "custom scenario", "edit scenario", "rename sender", "amount"],
        opens: Opens::Sheet(Open::Scenario),
    },
    Way {
        is: "Configuration",
        name: "Paste or copy a configuration",
        says: "Read Kafka properties into a lane, or see a lane as the configuration of a product.",
        also: &[
            "paste properties",
            "import config",
            "export config",
            "snippet",
            "code",
            "in your system",
        ],
        opens: Opens::Sheet(Open::System { lane: 0, product: None }),
    },
    Way {
        is: "Share",
        name: "Share a link",
        says: "The address of this experiment, of the moment, or of the view.",
        also: &["share", "copy link", "permalink", "url"],
        opens: Opens::Sheet(Open::Share(SharePart::Link)),
    },
    Way {
        is: "Share",
        name: "Save as a file",
        says: "The experiment, its picture, its transcript and its results.",
        also: &["save", "download", "export", "json", "svg", "png", "picture"],
        opens: Opens::Sheet(Open::Share(SharePart::Save)),
    },
    Way {
        is: "Share",
        name: "Embed a figure",
        says: "The code for a figure in your own page.",
        also: &["embed", "iframe", "blog", "figure", "html"],
        opens: Opens::Sheet(Open::Share(SharePart::Embed)),
    },
    Way {
        is: "View",
        name: "For teachers",
        says: "Build exercises, present them, and mark the answers.",
        also: &["teacher", "class", "classroom", "students", "marking", "slides", "present"],
        opens: Opens::View(View::Class),
    },
    Way {
        is: "View",
        name: "Prove",
        says: "Tries every schedule of a few faults.",
        also: &["proof", "guarantee", "counterexample", "bounds", "exhaustive search"],
        opens: Opens::View(View::Prove),
    },
    Way {
        is: "View",
        name: "Measure",
        says: "How often it happens, over many runs, and what it costs.",
        also: &["statistics", "rate", "percent", "chart", "sweep", "percentile", "latency"],
        opens: Opens::View(View::Measure),
    },
    Way {
        is: "View",
        name: "Learn",
        says: "Lessons that ask for a prediction first, and exercises.",
        also: &["lessons", "course", "tutorial", "exercises"],
        opens: Opens::View(View::Learn),
    },
];

fn family(family: Family) -> Entry {
    let (is, says) = match family {
        Family::Guarantee => {
            ("Setups", "At most once, at least once and effectively once, side by side.".to_owned())
        }
        Family::Mistake => ("Setups", "Common mistakes, side by side.".to_owned()),
        Family::Product(_) => {
            let names = family.presets().map(|id| id.preset().name);
            let short = |name: &'static str| name.split_once(": ").map_or(name, |(_, short)| short);
            let names: Vec<&str> = names.map(short).collect();
            ("Product", capital(&format!("{}.", names.join(", "))))
        }
    };
    Entry::new(Kind::Setup, is, family.name(), &says, Opens::Family(family))
        .also(called(family).iter().copied())
}

/// What else people call a product, or a group of setups.
fn called(family: Family) -> &'static [&'static str] {
    match family {
        Family::Guarantee => &["three guarantees", "delivery guarantees", "start"],
        Family::Mistake => &["pitfalls", "errors", "mistakes"],
        Family::Product(Product::Kafka) => &["Apache Kafka", "Redpanda", "Confluent", "MSK"],
        Family::Product(Product::RabbitMq) => &["Rabbit", "AMQP", "CloudAMQP"],
        Family::Product(Product::Sqs) => &["SQS", "AWS", "AWS SQS"],
        Family::Product(Product::Pulsar) => &["Apache Pulsar", "StreamNative"],
        Family::Product(Product::JetStream) => &["NATS", "JetStream"],
        Family::Product(Product::Mqtt) => &["Mosquitto", "HiveMQ", "EMQX", "IoT"],
        Family::Product(Product::Redis) => &["Redis", "Valkey"],
        Family::Product(Product::PubSub) => &["PubSub", "GCP", "Google Cloud"],
        Family::Product(Product::ServiceBus) => &["Service Bus", "Azure", "ASB"],
    }
}

fn setup(id: PresetId) -> Entry {
    let (preset, family) = (id.preset(), id.family());
    let is = if family == Family::Mistake { "Common mistake" } else { "Setup" };
    Entry::new(Kind::Setup, is, preset.name, preset.tagline, Opens::Setup(id)).body([
        family.name(),
        id.word(),
        preset.description,
        preset.not_covered,
    ])
}

/// An entry under each of its names.
fn key(key: &'static Key) -> impl Iterator<Item = Entry> {
    let setting = key.setting.and_then(story::setting).map(|setting| setting.name);
    key.names.iter().map(move |name| {
        Entry::new(Kind::Key, &key.is(name), name, key.says, Opens::Key(key))
            .body(setting.into_iter().chain(key.names.iter().copied()).chain([framework(key.of)]))
    })
}

/// What frameworks put before a product's keys.
fn framework(product: &str) -> &'static str {
    match product {
        "Kafka" => "spring.kafka.producer.consumer.listener.properties",
        "RabbitMQ" => "spring.rabbitmq.listener.simple",
        _ => "",
    }
}

/// Whether there is a control for it.
fn has_a_control(setting: &Setting) -> bool {
    match setting.unit {
        Unit::Group => false,
        Unit::Text => setting.path == "faults.script",
        _ if is_of_lane(&setting.path) => form::setting(&setting.path).is_some(),
        _ => true,
    }
}

fn setting(setting: &'static Setting) -> Entry {
    let path = setting.path.as_str();
    let part = path.split('.').next().filter(|part| part.len() < path.len());
    let part = part.and_then(story::setting).map_or("The run", |part| part.name);
    let is = format!("Setting \u{b7} {part}");
    let products = story::in_products(path);
    let named = setting.named().map(|(_, label)| label);
    let written = named.chain(products.iter().map(|(_, theirs)| *theirs));
    let says = story::sentence(path).unwrap_or_default();
    Entry::new(Kind::Setting, &is, setting.name, says, Opens::Setting(path))
        .body(written.chain([path, setting.field.link]))
}

/// A line of the fault script in words; `None` if it is not one here.
pub(super) fn fault(experiment: &Experiment, text: &str) -> Option<Entry> {
    let line: Line = text.parse().ok()?;
    let says = story::mishap(experiment, &line);
    let opens = Opens::Fault(text.to_owned());
    Some(Entry::new(Kind::Fault, "Fault", text, &capital(&says), opens).only_also())
}

fn exercise(id: &'static str) -> Option<Entry> {
    let sheet = Sheet::parse(id, ENGLISH.exercise(id)?).ok()?;
    let task = sheet.blocks.iter().find(|block| block.name == "task");
    let task = task.map(|task| task.body).unwrap_or_default();
    let says = task.split("\n\n").next().unwrap_or_default();
    let says = says.replace('\n', " ").replace(['*', '`'], "");
    let opens = Opens::Learn(LearnChoices::exercise(id));
    Some(Entry::new(Kind::Exercise, "Exercise", sheet.field("title")?, &says, opens).body([id]))
}

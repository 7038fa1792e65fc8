//! A lane: one of the setups being compared.
//!
//! This file owns how a preset and the fields given beside it are combined when reading, and taken
//! apart again when writing.

use super::json::Json;
use super::mistake::{At, Found};
use super::part::{FieldInfo, Leaf, Part, Shape, each_field};
use super::preset::PresetId;
use super::record::serde_of_part;
use super::scenario::Label;
use super::settings::{Acks, Broker, Consumer, Producer};
use super::value::Bounded;

/// One setup: a producer, a broker and a consumer with every setting resolved.
///
/// It is written as its preset and whatever differs from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lane {
    /// Its name; that of its preset if the document gives none.
    pub name: Label,
    /// The preset it was made from. Changing this alone changes no setting; see
    /// [`Lane::of_preset`].
    pub preset: Option<PresetId>,
    /// The sender.
    pub producer: Producer,
    /// The middle.
    pub broker: Broker,
    /// The receiver.
    pub consumer: Consumer,
}

impl Lane {
    /// The fields in the order of the document, with what is allowed in each.
    pub const FIELDS: &'static [FieldInfo] = &[
        FieldInfo::new("name", "What it is called.", <Label as Part>::shape)
            .label("Name")
            .link("name"),
        FieldInfo::new(
            "preset",
            "A named setup; fields given beside it override it.",
            <Option<PresetId> as Part>::shape,
        )
        .label("Setup"),
        FieldInfo::new("producer", "The sender.", <Producer as Part>::shape).label("Producer"),
        FieldInfo::new("broker", "The middle.", <Broker as Part>::shape).label("Broker"),
        FieldInfo::new("consumer", "The receiver.", <Consumer as Part>::shape).label("Consumer"),
    ];

    /// A lane with exactly the settings of a preset, and its name.
    pub fn of_preset(id: PresetId) -> Self {
        let preset = id.preset();
        Lane {
            name: Label::cut(preset.name),
            preset: Some(id),
            producer: preset.producer,
            broker: preset.broker,
            consumer: preset.consumer,
        }
    }

    /// The lane of a document that states only the preset.
    fn base(preset: Option<PresetId>) -> Self {
        preset.map_or_else(Lane::default, Lane::of_preset)
    }

    /// The base for this many replicas: a `min_in_sync` that was not given is capped at that.
    fn base_for(preset: Option<PresetId>, broker: &Broker) -> Self {
        let mut base = Lane::base(preset);
        base.broker.min_in_sync = base.broker.min_in_sync.min(broker.replicas);
        base
    }

    fn fields_over(&self, base: &Self) -> Vec<(String, Json)> {
        let mut fields = Vec::new();
        let mut push = |name: &str, json: Option<Json>| {
            fields.extend(json.map(|json| (name.to_owned(), json)));
        };
        push("name", self.name.diff(&base.name));
        push("preset", self.preset.map(|id| id.to_json()));
        push("producer", self.producer.diff(&base.producer));
        push("broker", self.broker.diff(&base.broker));
        push("consumer", self.consumer.diff(&base.consumer));
        fields
    }
}

impl Part for Lane {
    fn shape() -> Shape {
        Shape::Record(Self::FIELDS)
    }

    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        const KNOWN: &[&str] = &["name", "preset", "producer", "broker", "consumer"];
        // The preset comes first, wherever the document has it: the other fields override it.
        let preset = json.get("preset").and_then(Option::<PresetId>::from_json);
        *self = Lane::base(preset.flatten());
        each_field(json, at, found, KNOWN, |name, value, at, found| {
            match name {
                "name" => self.name.apply_patch(value, at, found),
                "preset" => self.preset.apply_patch(value, at, found),
                "producer" => self.producer.apply_patch(value, at, found),
                "broker" => self.broker.apply_patch(value, at, found),
                "consumer" => self.consumer.apply_patch(value, at, found),
                _ => return false,
            }
            true
        });
        let given = json.get("broker").and_then(|broker| broker.get("min_in_sync"));
        if given.is_none() {
            let base = Lane::base_for(self.preset, &self.broker);
            self.broker.min_in_sync = base.broker.min_in_sync;
        }
        self.check(at, found);
    }

    fn diff(&self, base: &Self) -> Option<Json> {
        (self != base).then(|| {
            let base = Lane::base_for(self.preset, &self.broker);
            Json::Object(self.fields_over(&base))
        })
    }

    fn write(&self) -> Json {
        Json::Object(vec![
            ("name".to_owned(), self.name.write()),
            ("preset".to_owned(), self.preset.write()),
            ("producer".to_owned(), self.producer.write()),
            ("broker".to_owned(), self.broker.write()),
            ("consumer".to_owned(), self.consumer.write()),
        ])
    }
}

serde_of_part!(Lane);

impl Lane {
    /// Enforces the rules between fields: a value that breaks one is treated as not given.
    pub(super) fn mend(&mut self) {
        let replicas = Bounded::clamp(self.broker.replicas.get());
        self.broker.min_in_sync = self.broker.min_in_sync.min(replicas);
        let producer = &mut self.producer;
        producer.idempotent &= producer.acks != Acks::None;
        producer.transactional &= producer.idempotent;
    }

    /// Checks the rules between fields.
    pub(super) fn check(&self, at: &At<'_>, found: &mut Found) {
        let (broker, producer) = (&self.broker, &self.producer);
        if broker.min_in_sync > Bounded::clamp(broker.replicas.get()) {
            let message = format!(
                "{} is not allowed; at most the number of replicas, which is {}",
                broker.min_in_sync, broker.replicas
            );
            found.add(&at.field("broker").field("min_in_sync"), message);
        }
        if producer.transactional && !producer.idempotent {
            let message = "true is not allowed unless \"idempotent\" is true as well";
            found.add(&at.field("producer").field("transactional"), message);
        }
        if producer.idempotent && producer.acks == Acks::None {
            let message = "true is not allowed with \"acks\": \"none\"; a message with a number is \
                resent until the broker replies";
            found.add(&at.field("producer").field("idempotent"), message);
        }
        if producer.transactional && producer.acks == Acks::None {
            let message = "true is not allowed with \"acks\": \"none\"; a transaction is \
                committed once the broker has replied";
            found.add(&at.field("producer").field("transactional"), message);
        }
    }
}

/// The lanes of an experiment: one to [`Lanes::MOST`]. Derefs to a slice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lanes(Vec<Lane>);

impl Lanes {
    /// The most lanes.
    pub const MOST: usize = 4;

    /// The lanes, if there are one to four.
    pub fn new(lanes: Vec<Lane>) -> Option<Self> {
        (1..=Self::MOST).contains(&lanes.len()).then_some(Lanes(lanes))
    }

    /// Appends a lane; returns false and does nothing if there are four already.
    pub fn push(&mut self, lane: Lane) -> bool {
        let room = self.0.len() < Self::MOST;
        if room {
            self.0.push(lane);
        }
        room
    }

    /// Removes a lane; `None`, and nothing done, if it is the only one or does not exist.
    pub fn remove(&mut self, index: usize) -> Option<Lane> {
        (self.0.len() > 1 && index < self.0.len()).then(|| self.0.remove(index))
    }
}

/// One lane with every setting at its default.
impl Default for Lanes {
    fn default() -> Self {
        Lanes(vec![Lane::default()])
    }
}

impl std::ops::Deref for Lanes {
    type Target = [Lane];
    fn deref(&self) -> &[Lane] {
        &self.0
    }
}

impl std::ops::DerefMut for Lanes {
    fn deref_mut(&mut self) -> &mut [Lane] {
        &mut self.0
    }
}

impl<'a> IntoIterator for &'a Lanes {
    type Item = &'a Lane;
    type IntoIter = std::slice::Iter<'a, Lane>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Part for Lanes {
    fn shape() -> Shape {
        Shape::List { min: 1, max: Self::MOST, of: Box::new(Lane::shape()) }
    }

    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        let wrong = match json {
            Json::List(items) if !items.is_empty() => {
                let lanes = items.iter().take(Self::MOST).enumerate();
                let lanes = lanes.map(|(i, item)| {
                    let mut lane = Lane::default();
                    lane.apply_patch(item, &at.index(i), found);
                    lane
                });
                self.0 = lanes.collect();
                if items.len() <= Self::MOST {
                    return;
                }
                format!("{} lanes are not allowed", items.len())
            }
            Json::List(_) => "0 lanes are not allowed".to_owned(),
            other => format!("{} is not allowed", other.show()),
        };
        found.add(at, format!("{wrong}; {}", Self::shape()));
    }

    fn diff(&self, base: &Self) -> Option<Json> {
        (self != base).then(|| self.write())
    }

    fn write(&self) -> Json {
        let lanes = self.0.iter().map(|lane| {
            let none = Json::Object(Vec::new());
            lane.diff(&Lane::default()).unwrap_or(none)
        });
        Json::List(lanes.collect())
    }
}

serde_of_part!(Lanes);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::settings::{AckMode, Acks};
    use crate::experiment::value::Limit;

    fn lane(text: &str) -> Lane {
        serde_json::from_str(text).expect(text)
    }

    fn refused(text: &str) -> String {
        serde_json::from_str::<Lane>(text).expect_err(text).to_string()
    }

    fn written(lane: &Lane) -> String {
        serde_json::to_string(lane).expect("a lane prints")
    }

    #[test]
    fn a_field_goes_over_the_preset_and_the_preset_over_the_default() {
        let text = r#"{"consumer":{"dedup":"memory"},"preset":"at-most-once"}"#;
        let lane = lane(text);
        assert_eq!(lane.producer.acks, Acks::None, "from the preset, which stands last");
        assert_eq!(lane.producer.retries, Limit::of(0));
        assert_eq!(lane.consumer.ack, AckMode::OnReceive, "beside the field that is given");
        assert_eq!(written(&lane), r#"{"preset":"at-most-once","consumer":{"dedup":"memory"}}"#);
    }

    #[test]
    fn a_default_beside_a_preset_is_written_because_it_differs_from_the_preset() {
        let text = r#"{"preset":"at-most-once","producer":{"acks":"all","retries":"unlimited"}}"#;
        assert_eq!(written(&lane(text)), text);
    }

    #[test]
    fn in_sync_replicas_follow_the_replicas_unless_they_are_given() {
        let one = lane(r#"{"broker":{"replicas":1}}"#);
        assert_eq!(one.broker.min_in_sync.get(), 1, "2, at most `replicas`");
        assert_eq!(written(&one), r#"{"broker":{"replicas":1}}"#);
        let five = lane(r#"{"broker":{"replicas":5}}"#);
        assert_eq!(five.broker.min_in_sync.get(), 2);
        assert_eq!(
            refused(r#"{"broker":{"replicas":1,"min_in_sync":2}}"#),
            "broker.min_in_sync: 2 is not allowed; at most the number of replicas, which is 1"
        );
    }

    #[test]
    fn transactions_need_idempotence() {
        assert_eq!(
            refused(r#"{"producer":{"transactional":true}}"#),
            "producer.transactional: true is not allowed unless \"idempotent\" is true as well"
        );
        lane(r#"{"producer":{"transactional":true,"idempotent":true}}"#);
    }

    #[test]
    fn an_empty_name_beside_a_preset_stays_empty() {
        let text = r#"{"name":"","preset":"at-least-once"}"#;
        assert_eq!(written(&lane(text)), text);
    }

    #[test]
    fn there_are_always_one_to_four_lanes() {
        let mut lanes = Lanes::default();
        assert_eq!(lanes.remove(0), None, "the last one stays");
        while lanes.push(Lane::default()) {}
        assert_eq!(lanes.len(), 4);
        assert!(lanes.remove(3).is_some() && lanes.remove(3).is_none());
        assert!(Lanes::new(Vec::new()).is_none());
    }
}

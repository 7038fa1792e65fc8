//! The JSON Schema of the format, generated from the types themselves.
//!
//! It is for editors, which complete and validate with it, and for other languages. It describes
//! each field on its own. Rules between fields (a `min_in_sync` above the number of replicas, a
//! repeated id) and the grammar of a script line are left to [`Experiment::from_json`], which is
//! authoritative.

use serde_json::{Map, Value, json};

use super::lane::{Lane, Lanes};
use super::part::{FieldInfo, Part, Shape, WordInfo};
use super::scenario::{Scenario, Step};
use super::{Experiment, VERSION};

/// The JSON Schema of the format, draft 2020-12.
///
/// ```
/// let schema = ackground_core::experiment::schema::schema();
/// let retries = &schema["$defs"]["producer"]["properties"]["retries"];
/// assert_eq!(retries["default"], "unlimited");
/// assert_eq!(retries["anyOf"][0]["maximum"], 1000);
/// ```
pub fn schema() -> Value {
    document(
        "An Ackground experiment",
        "Everything that decides what happens: the scenario, one to four lanes, the faults and a seed.",
        Experiment::FIELDS,
        &defaults(),
        &["version", "lanes"],
    )
}

/// The experiment of a document that states only its version and its lanes.
fn defaults() -> Value {
    // One lane without a preset stands for the defaults of all.
    json!({
        "title": "",
        "scenario": "payment",
        "messages": usual(&Experiment::of_lanes(Lanes::default()).messages),
        "interval_ms": usual(&Experiment::of_lanes(Lanes::default()).interval_ms),
        "seed": usual(&Experiment::of_lanes(Lanes::default()).seed),
        "faults": usual(&super::faults::Faults::default()),
    })
}

/// The schema of a document with these fields.
pub fn document(
    title: &str,
    description: &str,
    fields: &[FieldInfo],
    defaults: &Value,
    required: &[&str],
) -> Value {
    let mut maker = Maker::default();
    let mut root = Map::new();
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("title".into(), title.into());
    root.insert("description".into(), description.into());
    root.extend(maker.object(fields, defaults, required));
    root.insert("$defs".into(), Value::Object(maker.definitions));
    Value::Object(root)
}

/// The schema as indented text.
pub fn text() -> String {
    serde_json::to_string_pretty(&schema()).expect("a tree of plain values prints")
}

/// A value with every field written out.
fn usual<T: Part>(value: &T) -> Value {
    serde_json::to_value(value.write()).expect("a tree of plain values is a value")
}

#[derive(Default)]
struct Maker {
    definitions: Map<String, Value>,
}

impl Maker {
    /// The schema of an object with these fields.
    fn object(
        &mut self,
        fields: &[FieldInfo],
        defaults: &Value,
        required: &[&str],
    ) -> Map<String, Value> {
        let mut properties = Map::new();
        for field in fields {
            let default = match defaults.get(field.name) {
                Some(default) if !required.contains(&field.name) => Some(default),
                _ => None,
            };
            properties.insert(field.name.to_owned(), self.field(field, default));
        }
        let mut object = Map::new();
        object.insert("type".into(), "object".into());
        object.insert("properties".into(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("additionalProperties".into(), false.into());
        object
    }

    fn field(&mut self, field: &FieldInfo, default: Option<&Value>) -> Value {
        let shape = (field.shape)();
        let mut schema = match field.name {
            "version" => Map::from_iter([("const".to_owned(), VERSION.into())]),
            name => self.shape(name, &shape, default),
        };
        let mut description = field.doc.to_owned();
        if let Some(words) = words(&shape) {
            for info in words {
                description += &format!(" `{}`: {}", info.word, info.doc);
            }
        }
        schema.insert("title".into(), title(field.name).into());
        schema.insert("description".into(), description.into());
        // The default of a record is in its fields.
        if let Some(default) = default.filter(|_| !matches!(shape, Shape::Record(_))) {
            schema.insert("default".into(), default.clone());
        }
        Value::Object(schema)
    }

    fn shape(&mut self, name: &str, shape: &Shape, default: Option<&Value>) -> Map<String, Value> {
        let schema = match shape {
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Whole { min, max } => whole(*min, *max),
            Shape::Limit { min, max, word } => {
                json!({"anyOf": [whole(*min, *max), {"const": word}]})
            }
            Shape::Number { min, max } => {
                json!({"type": "number", "minimum": min, "maximum": max})
            }
            Shape::Range { max } => json!({
                "type": "array", "items": whole(0, *max), "minItems": 2, "maxItems": 2,
            }),
            Shape::Words(words) => {
                let words: Vec<&str> = words.iter().map(|info| info.word).collect();
                json!({"type": "string", "enum": words})
            }
            Shape::Text { longest } => json!({"type": "string", "maxLength": longest}),
            Shape::Id => json!({"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$"}),
            Shape::Lines { most } => json!({"anyOf": [
                {"type": "array", "items": {"type": "string"}, "maxItems": most},
                {"type": "string"},
            ]}),
            Shape::List { min, max, of } => {
                let one = name.strip_suffix('s').unwrap_or(name);
                let items = self.shape(one, of, None);
                let mut list = json!({
                    "type": "array", "items": items, "minItems": min, "maxItems": max,
                });
                if name == "steps" {
                    let primary = json!({
                        "properties": {"primary": {"const": true}}, "required": ["primary"],
                    });
                    list["contains"] = primary;
                    list["minContains"] = 1.into();
                    list["maxContains"] = 1.into();
                }
                list
            }
            Shape::OrNull(shape) => {
                json!({"anyOf": [self.shape(name, shape, None), {"type": "null"}]})
            }
            Shape::Or(one, other) => json!({
                "anyOf": [self.shape(name, one, None), self.shape(name, other, None)],
            }),
            Shape::Record(fields) => {
                self.define(name, fields, default);
                json!({"$ref": format!("#/$defs/{name}")})
            }
        };
        match schema {
            Value::Object(schema) => schema,
            _ => unreachable!("each of the above is an object"),
        }
    }

    /// Adds a record to the definitions, under the name of the field it is used in.
    fn define(&mut self, name: &str, fields: &[FieldInfo], default: Option<&Value>) {
        let (default, required): (Value, &[&str]) = match (name, default) {
            (_, Some(default)) => (default.clone(), &[]),
            ("lane", None) => (usual(&Lane::default()), &[]),
            ("scenario", None) => (usual(&Scenario::default()), &["id", "steps"]),
            ("step", None) => (usual(&Step::default()), &["id", "kind"]),
            ("experiment", None) => (defaults(), &["version", "lanes"]),
            ("prediction", None) => (Value::Null, &["question", "options"]),
            ("option", None) => (Value::Null, &["text", "claim"]),
            (_, None) => (Value::Null, &[]),
        };
        let object = self.object(fields, &default, required);
        let known = self.definitions.insert(name.to_owned(), Value::Object(object.clone()));
        debug_assert!(
            known.is_none_or(|known| known == Value::Object(object)),
            "two records share the name {name}"
        );
    }
}

fn whole(min: u64, max: u64) -> Value {
    json!({"type": "integer", "minimum": min, "maximum": max})
}

/// The words that a shape allows, however deeply nested.
fn words(shape: &Shape) -> Option<&'static [WordInfo]> {
    match shape {
        Shape::Words(words) => Some(words),
        Shape::OrNull(shape) => words(shape),
        Shape::Or(one, other) => words(one).or_else(|| words(other)),
        _ => None,
    }
}

/// `redelivery_timeout_ms` as "Redelivery timeout".
fn title(name: &str) -> String {
    let words = name.strip_suffix("_ms").unwrap_or(name).replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_to_a_definition() {
        let schema = schema();
        let text = text();
        let references = text.split("\"#/$defs/").skip(1);
        let names: Vec<&str> = references.filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.len() >= 8, "{names:?}");
        for name in names {
            assert!(schema["$defs"][name].is_object(), "{name}");
        }
    }

    #[test]
    fn a_field_says_what_it_is_for_what_it_may_be_and_what_it_is_by_itself() {
        let schema = schema();
        let broker = &schema["$defs"]["broker"];
        let interval = &broker["properties"]["flush_interval_ms"];
        assert_eq!(interval["title"], "Flush interval");
        assert_eq!(interval["default"], 1000);
        assert_eq!(interval["minimum"], 1);
        assert_eq!(broker["additionalProperties"], false);
        let acks = &schema["$defs"]["producer"]["properties"]["acks"];
        assert_eq!(acks["enum"], json!(["none", "leader", "all"]));
        let told = acks["description"].as_str().expect("a text");
        assert!(told.contains("`leader`: The leader's own write."), "{told}");
        assert_eq!(schema["required"], json!(["version", "lanes"]));
        assert_eq!(schema["properties"]["version"]["const"], 1);
    }
}

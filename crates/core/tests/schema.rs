//! The JSON Schema says what the reader says: it lets pass what can be read, and refuses what is
//! refused for its shape.
#![cfg(not(target_arch = "wasm32"))]

use ackground_core::experiment::Experiment;
use ackground_core::experiment::schema::schema;
use ackground_testkit::golden;
use ackground_testkit::random;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A checker of the keywords that the schema uses; a keyword that it does not know is a failure, so
/// that none is overlooked. Says where a value does not fit.
fn check(schema: &Value, root: &Value, value: &Value, at: &str) -> Result<(), String> {
    let rules = schema.as_object().expect("a schema is an object");
    for (keyword, rule) in rules {
        let fits = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" => true,
            "$ref" => {
                let name = rule.as_str().and_then(|r| r.strip_prefix("#/$defs/"));
                let target = &root["$defs"][name.expect("references lead to definitions")];
                check(target, root, value, at)?;
                true
            }
            "type" => match rule.as_str() {
                Some("object") => value.is_object(),
                Some("array") => value.is_array(),
                Some("string") => value.is_string(),
                Some("boolean") => value.is_boolean(),
                Some("null") => value.is_null(),
                Some("number") => value.is_number(),
                Some("integer") => value.as_f64().is_some_and(|x| x.fract() == 0.0),
                other => panic!("{other:?} is not a type"),
            },
            "const" => value == rule,
            "enum" => list(rule).contains(value),
            "anyOf" => list(rule).iter().any(|one| check(one, root, value, at).is_ok()),
            "minimum" => value.as_f64().is_none_or(|x| Some(x) >= rule.as_f64()),
            "maximum" => value.as_f64().is_none_or(|x| Some(x) <= rule.as_f64()),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= size(rule)),
            "pattern" => {
                assert_eq!(rule, "^[a-z][a-z0-9_-]{0,39}$", "the only one that is known here");
                value.as_str().is_none_or(is_id)
            }
            "minItems" => value.as_array().is_none_or(|items| items.len() >= size(rule)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= size(rule)),
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(rule, root, item, &format!("{at}[{i}]"))?;
                }
                true
            }
            "contains" => value.as_array().is_none_or(|items| {
                let fitting = items.iter().filter(|item| check(rule, root, item, at).is_ok());
                let (least, most) = (size(&rules["minContains"]), size(&rules["maxContains"]));
                (least..=most).contains(&fitting.count())
            }),
            "minContains" | "maxContains" => true,
            "required" => list(rule).iter().all(|name| {
                value.is_object() && name.as_str().is_some_and(|name| value.get(name).is_some())
            }),
            "properties" => {
                for (name, rule) in rule.as_object().expect("properties are an object") {
                    if let Some(value) = value.get(name) {
                        check(rule, root, value, &format!("{at}.{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, false);
                let known = rules["properties"].as_object().expect("an object");
                let fields = value.as_object().into_iter().flatten();
                fields.into_iter().all(|(name, _)| known.contains_key(name))
            }
            other => panic!("{other} is not a keyword that is known here"),
        };
        if !fits {
            return Err(format!("{at}: {value} does not keep {keyword} {rule}"));
        }
    }
    Ok(())
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().expect("a list")
}

fn size(rule: &Value) -> usize {
    rule.as_u64().expect("a size") as usize
}

fn is_id(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-_".contains(&c);
    text.len() <= 40
        && text.bytes().all(plain)
        && text.bytes().next().is_some_and(|c| c.is_ascii_lowercase())
}

fn fits(document: &Value) -> Result<(), String> {
    let schema = schema();
    check(&schema, &schema, document, "")
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the project writes JSON")
}

#[test]
fn golden_experiments_fit() {
    for case in golden::CASES {
        assert_eq!(fits(&parse(case.experiment)), Ok(()), "{}", case.name);
    }
    assert_eq!(fits(&parse(&Experiment::default().to_json())), Ok(()));
}

/// The defaults that it names are those that the reader takes.
#[test]
fn a_document_with_every_default_written_out_is_the_shortest_one() {
    fn defaults(schema: &Value, root: &Value) -> Value {
        let mut object = Map::new();
        for (name, field) in schema["properties"].as_object().expect("an object") {
            if let Some(default) = field.get("default") {
                object.insert(name.clone(), default.clone());
            } else if let Some(reference) = field["$ref"].as_str() {
                let name_of = reference.trim_start_matches("#/$defs/");
                object.insert(name.clone(), defaults(&root["$defs"][name_of], root));
            }
        }
        Value::Object(object)
    }
    let schema = schema();
    let mut document = defaults(&schema, &schema);
    document["version"] = 1.into();
    document["lanes"] = json!([defaults(&schema["$defs"]["lane"], &schema)]);
    assert_eq!(fits(&document), Ok(()));
    let shortest = Experiment::from_json(r#"{"version":1,"lanes":[{}]}"#);
    assert_eq!(Experiment::from_json(&document.to_string()), shortest);
}

/// Where each shape is broken once.
#[test]
fn what_is_refused_for_its_shape_is_refused_here_too() {
    let right = parse(
        r#"{"version":1,"title":"t","scenario":{"id":"own","steps":[
            {"id":"a","kind":"db","primary":true},{"id":"b","kind":"external"}]},
            "messages":3,"seed":1,"faults":{"loss":{"publish":0.5},"latency_ms":[1,2],"script":["fail 1"]},
            "lanes":[{"preset":null,"producer":{"acks":"all","retries":3,"backoff":{"factor":1.5}},
            "broker":{"unclean_election":true},"consumer":{"batch":2}}]}"#,
    );
    assert_eq!(fits(&right), Ok(()));
    assert!(Experiment::from_json(&right.to_string()).is_ok());
    let broken = [
        ("/version", json!(2)),
        ("/title", json!("x".repeat(121))),
        ("/scenario", json!("paymant")),
        ("/scenario/id", json!("Own")),
        ("/scenario/steps", json!([])),
        ("/scenario/steps/0/id", json!("x".repeat(41))),
        ("/scenario/steps/0/kind", json!("file")),
        ("/scenario/steps/0/primary", json!(false)),
        ("/scenario/steps/1", json!({"id": "b"})),
        ("/messages", json!(0)),
        ("/messages", json!(1001)),
        ("/messages", json!(1.5)),
        ("/messages", json!("3")),
        ("/seed", json!(-1)),
        ("/faults", json!([])),
        ("/faults/loss/publish", json!(1.5)),
        ("/faults/latency_ms", json!([1])),
        ("/faults/latency_ms", json!([1, 600_001])),
        ("/faults/script", json!(7)),
        ("/faults/script/0", json!(7)),
        ("/lanes", json!([])),
        ("/lanes", json!([{}, {}, {}, {}, {}])),
        ("/lanes/0/preset", json!("at-most-onse")),
        ("/lanes/0/producer/acks", json!("quorum")),
        ("/lanes/0/producer/retries", json!("forever")),
        ("/lanes/0/producer/retries", json!(1001)),
        ("/lanes/0/producer/backoff/factor", json!(0.5)),
        ("/lanes/0/broker/unclean_election", json!(1)),
        ("/lanes/0/consumer/batch", json!(501)),
        ("/lanes/0/consumer", json!({"bach": 2})),
        ("/lanes/0", json!({"consumr": {}})),
        ("/lanes/0", json!(null)),
    ];
    for (path, value) in broken {
        let mut wrong = right.clone();
        *wrong.pointer_mut(path).expect("the place is there") = value.clone();
        let refused = Experiment::from_json(&wrong.to_string());
        assert!(refused.is_err(), "{path} {value} is read");
        assert!(fits(&wrong).is_err(), "{path} {value} fits the schema");
    }
    for name in ["version", "lanes"] {
        let mut wrong = right.clone();
        wrong.as_object_mut().expect("an object").remove(name);
        assert!(fits(&wrong).is_err(), "{name} is required");
    }
}

/// Puts a value in the place with this number, counted through the whole tree.
fn put(tree: &mut Value, place: &mut usize, value: &Value) {
    if *place == 0 {
        *tree = value.clone();
    }
    *place = place.wrapping_sub(1);
    match tree {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, place, value)),
        Value::Object(fields) => fields.values_mut().for_each(|item| put(item, place, value)),
        _ => {}
    }
}

/// What a single field can know: everything but rules between fields and the grammar of the script.
fn is_about_shape(mistake: &str) -> bool {
    let between_fields = [
        "the first not above the second",
        "at most the number of replicas",
        "is the ID of another step",
        "name points of the consumer",
        "unless \"idempotent\"",
        "a transaction is committed",
        "faults.script",
    ];
    !between_fields.iter().any(|rule| mistake.contains(rule))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_experiment_fits(experiment in random::any_experiment()) {
        prop_assert_eq!(fits(&parse(&experiment.to_json())), Ok(()));
    }

    /// A stray value anywhere: what is read fits, and what is refused for its shape does not.
    #[test]
    fn the_schema_and_the_reader_agree(
        experiment in random::experiment(),
        place in any::<prop::sample::Index>(),
        value in prop::sample::select(vec![
            json!(null), json!(true), json!(0), json!(3), json!(-1), json!(0.5), json!(1e12),
            json!("unlimited"), json!("all"), json!("x"), json!([]), json!([1, 2]), json!({}),
            json!({"one": 1}),
        ]),
    ) {
        let mut document = parse(&experiment.to_json());
        put(&mut document, &mut place.index(60), &value);
        match Experiment::from_json(&document.to_string()) {
            Ok(_) => prop_assert_eq!(fits(&document), Ok(())),
            Err(mistakes) => {
                if mistakes.iter().any(|mistake| is_about_shape(&mistake.to_string())) {
                    prop_assert!(fits(&document).is_err(), "{}\n{}", mistakes, document);
                }
            }
        }
    }
}

//! The smallest experiment that still shows a difference: fewer lines, fewer messages, more defaults.

use serde_json::{Value, json};

pub fn smallest(mut experiment: Value, differs: impl Fn(&Value) -> bool) -> Value {
    while let Some(smaller) = smaller(&experiment).into_iter().find(|smaller| differs(smaller)) {
        experiment = smaller;
    }
    experiment
}

fn smaller(experiment: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let lines = experiment["faults"]["script"].as_array().map_or(0, Vec::len);
    for line in 0..lines {
        let mut without = experiment.clone();
        if let Some(script) = without["faults"]["script"].as_array_mut() {
            script.remove(line);
        }
        found.push(without);
    }
    if let Some(messages) = experiment["messages"].as_u64().filter(|messages| *messages > 1) {
        let mut fewer = experiment.clone();
        fewer["messages"] = json!(messages - 1);
        found.push(fewer);
    }
    for part in ["producer", "broker", "consumer"] {
        let fields = experiment["lanes"][0][part].as_object();
        for name in fields.into_iter().flat_map(|fields| fields.keys()) {
            let mut without = experiment.clone();
            if let Some(fields) = without["lanes"][0][part].as_object_mut() {
                fields.remove(name);
            }
            found.push(without);
        }
    }
    for (path, plain) in [
        ("/interval_ms", json!(1013)),
        ("/interval_ms", json!(3019)),
        ("/faults/restart_ms", json!(1003)),
        ("/faults/latency_ms", json!([10, 10])),
        ("/scenario", json!("clicks")),
    ] {
        let mut plainer = experiment.clone();
        let is_same = |value: &&mut Value| {
            **value != plain && (path != "/interval_ms" || **value != json!(1013))
        };
        if let Some(value) = plainer.pointer_mut(path).filter(is_same) {
            *value = plain;
            found.push(plainer);
        }
    }
    found
}

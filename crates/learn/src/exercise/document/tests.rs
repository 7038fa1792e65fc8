use super::*;

const WHOLE: &str = r#"{
        "version": 1, "kind": "exercise", "id": "twice", "title": "Charged twice", "level": 2,
        "text": "Make it *hold*.",
        "experiment": {"version": 1, "messages": 2, "lanes": [{"preset": "at-least-once"}]},
        "free": ["*", "lanes[0].producer.backoff", "faults.script"],
        "hidden": ["guarantee", "proof"], "changes": 1,
        "goals": [
            "lane 1: keeps exactly-once within 3 faults, 2 messages",
            "lane 1: break no_loss within 2 faults, 2 messages",
            "lane 1: name guarantee within 2 faults, 2 messages"
        ],
        "predictions": [{"question": "How does it end?", "options": [
            {"text": "Well.", "claim": "lane 1: ledger is exact"},
            {"text": "Badly.", "claim": "lane 1: ledger is short"}
        ]}],
        "variants": true
    }"#;

fn refused(text: &str) -> Vec<String> {
    let mistakes = Exercise::from_json(text).expect_err(text).to_string();
    mistakes.lines().map(str::to_owned).collect()
}

#[test]
fn a_document_comes_back_in_every_form() {
    let exercise = Exercise::from_json(WHOLE).expect("it is allowed");
    assert_eq!((exercise.goals.len(), exercise.free.len()), (3, 3));
    assert_eq!(Exercise::from_json(&exercise.to_json()), Ok(exercise.clone()));
    let link = format!("https://example.org/a/#{}&at=5ms", exercise.to_link());
    assert_eq!(Exercise::from_link(&link), Some(Ok(exercise)));
    assert_eq!(Exercise::from_link(&Experiment::default().to_link()), None);
}

#[test]
fn every_mistake_is_told_with_its_path() {
    let text = WHOLE
        .replace("\"exercise\"", "\"quiz\"")
        .replace("\"level\": 2", "\"level\": 6")
        .replace("at-least-once\"", "at-least-onse\"")
        .replace("\"proof\"", "\"prof\"")
        .replace("lane 1: break no_loss", "lane 1: break no_los")
        .replace("\"Well.\"", "7")
        .replace("lane 1: ledger is short", "lane 2: ledger is short")
        .replace("faults.script", "faults.scripts")
        .replace("\"variants\"", "\"variant\"");
    assert_eq!(
        refused(&text),
        [
            "kind: \"quiz\" is not allowed; \"exercise\"",
            "level: 6 is not allowed; a whole number from 1 to 5",
            "experiment.lanes[0].preset: \"at-least-onse\" is not allowed; did you mean \
                 \"at-least-once\"?",
            "hidden[1]: \"prof\" is not allowed; did you mean \"proof\"? (\"guarantee\", \
                 \"proof\", \"measure\", \"why\" or \"settings\")",
            "goals[1]: \"no_los\" is not known here; did you mean \"no_loss\"?",
            "predictions[0].options[0].text: 7 is not allowed; a text of at most 600 characters",
            "variant: is not a field here; did you mean \"variants\"?",
            "free[2]: \"faults.scripts\" is nothing that can be changed here",
            "predictions[0].options[1].claim: there is no lane 2; the experiment has 1",
        ]
    );
}

#[test]
fn what_is_needed_has_to_be_given() {
    let told = refused("{}");
    let paths: Vec<&str> = told.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, NEEDED);
    assert_eq!(refused("[]"), ["[] is not allowed; an object"]);
    assert_eq!(refused(r#"{"version": 2}"#), ["version: 2 is not known; this release reads 1"]);
    assert_eq!(
        refused(&WHOLE.replace("\"messages\": 2", "\"messages\": 3"))[0],
        "goals[1]: is about a run of 2 messages, and the experiment has 3"
    );
}

#[test]
fn the_schema_has_every_field() {
    let schema = schema();
    for field in Exercise::FIELDS {
        assert!(schema["properties"][field.name].is_object(), "{}", field.name);
    }
    assert_eq!(schema["$defs"]["prediction"]["required"], json!(["question", "options"]));
    assert_eq!(schema["$defs"]["experiment"]["required"], json!(["version", "lanes"]));
}

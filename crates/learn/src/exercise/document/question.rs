//! Questions and their options in the document.

use super::list::{line, list};
use crate::claim::Claim;
use crate::exercise::{Choice, Prediction};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::mistake::{At, Found};
use ackground_core::experiment::part::{FieldInfo, Part, Shape, each_field};
use ackground_core::experiment::scenario::Prose;

impl Prediction {
    /// The fields in document order, with the values each allows.
    pub const FIELDS: &'static [FieldInfo] = &[
        FieldInfo::new("question", "What is asked.", <Prose as Part>::shape),
        FieldInfo::new("options", "What can be answered.", || Shape::List {
            min: 2,
            max: Prediction::MOST_OPTIONS,
            of: Box::new(Shape::Record(Choice::FIELDS)),
        }),
    ];

    pub(super) fn read_at(json: &Json, at: &At<'_>, found: &mut Found) -> Prediction {
        let mut asked = Prediction { question: Prose::default(), options: Vec::new() };
        each_field(json, at, found, &["question", "options"], |name, value, at, found| {
            match name {
                "question" => asked.question.apply_patch(value, at, found),
                "options" => {
                    let most = Prediction::MOST_OPTIONS;
                    let read = list(value, at, found, 2, most, Choice::read_at);
                    asked.options = read.into_iter().map(|(_, option)| option).collect();
                }
                _ => return false,
            }
            true
        });
        missing(json, at, found, Prediction::FIELDS);
        asked
    }

    pub(super) fn to_tree(&self) -> Json {
        let options = self.options.iter().map(|option| {
            Json::Object(vec![
                ("text".to_owned(), option.text.write()),
                ("claim".to_owned(), Json::text(option.claim.to_string())),
            ])
        });
        Json::Object(vec![
            ("question".to_owned(), self.question.write()),
            ("options".to_owned(), Json::List(options.collect())),
        ])
    }
}

impl Choice {
    /// The fields in document order, with the values each allows.
    pub const FIELDS: &'static [FieldInfo] = &[
        FieldInfo::new("text", "What it says.", <Prose as Part>::shape),
        FieldInfo::new(
            "claim",
            "What would have to hold, such as `lane 1: message 2 ends lost`.",
            || Shape::Text { longest: super::LINE },
        ),
    ];

    pub(super) fn read_at(json: &Json, at: &At<'_>, found: &mut Found) -> Option<Choice> {
        let (mut text, mut claim) = (Prose::default(), None::<Claim>);
        each_field(json, at, found, &["text", "claim"], |name, value, at, found| {
            match name {
                "text" => text.apply_patch(value, at, found),
                "claim" => claim = line(value, at, found, str::parse),
                _ => return false,
            }
            true
        });
        missing(json, at, found, Choice::FIELDS);
        claim.map(|claim| Choice { text, claim })
    }
}

/// Reports each field that an object leaves out: all are required.
fn missing(json: &Json, at: &At<'_>, found: &mut Found, fields: &[FieldInfo]) {
    if matches!(json, Json::Object(_)) {
        for field in fields.iter().filter(|field| json.get(field.name).is_none()) {
            found.add(&at.field(field.name), format!("is missing; {}", (field.shape)()));
        }
    }
}

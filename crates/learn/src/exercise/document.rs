//! An exercise as a JSON document and as a link, and the JSON Schema of the format.

mod list;
mod question;

use serde_json::{Value, json};

use list::{line, list};

use super::{Exercise, Free, Goal, Hidden, Level, Prediction, Task};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::link::{self, LinkError};
use ackground_core::experiment::mistake::{At, Found};
use ackground_core::experiment::part::{FieldInfo, Part, Shape, each_field, refusal};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::value::{Bounded, Id};
use ackground_core::experiment::{
    Experiment, Mistakes, VERSION, other_version, schema as format, tree,
};

/// The value of `kind` in the document.
pub const EXERCISE: &str = "exercise";
/// The prefix of an exercise link, after the `#` of the URL.
pub const EXERCISE_FORM: &str = "exercise=x1.";
/// The longest line of text such as a claim: more than any needs.
const LINE: usize = 400;

const KNOWN: &[&str] = &[
    "version",
    "kind",
    "id",
    "title",
    "level",
    "text",
    "experiment",
    "free",
    "hidden",
    "changes",
    "goals",
    "predictions",
    "variants",
];
const NEEDED: [&str; 5] = ["version", "kind", "id", "experiment", "goals"];

impl Exercise {
    /// The fields in document order, with the values each allows.
    pub const FIELDS: &'static [FieldInfo] = &[
        FieldInfo::new("version", "The version of the format.", || Shape::Whole {
            min: VERSION,
            max: VERSION,
        }),
        FieldInfo::new("kind", "What the document is: `exercise`.", || Shape::Text { longest: 8 }),
        FieldInfo::new("id", "Its name in files and submissions.", || Shape::Id),
        FieldInfo::new("title", "Shown above it.", <Label as Part>::shape),
        FieldInfo::new("level", "From easy to hard.", <Level as Part>::shape),
        FieldInfo::new("text", "The situation and the task, in Markdown.", <Task as Part>::shape),
        FieldInfo::new("experiment", "What is given.", || Shape::Record(Experiment::FIELDS)),
        FieldInfo::new(
            "free",
            "What may be changed: paths such as `lanes[0].consumer.dedup`, or `*` for every setting of every lane.",
            || lines(0, Exercise::MOST_FREE),
        ),
        FieldInfo::new("hidden", "What the page does not show before it is solved.", || {
            Shape::List { min: 0, max: Hidden::ALL.len(), of: Box::new(<Hidden as Part>::shape()) }
        }),
        FieldInfo::new(
            "changes",
            "How many settings may be changed at most; null: any number.",
            <Option<Bounded<0, 100>> as Part>::shape,
        ),
        FieldInfo::new(
            "goals",
            "What is to be reached, such as `lane 1: keeps exactly-once within 3 faults`.",
            || lines(1, Exercise::MOST_GOALS),
        ),
        FieldInfo::new("predictions", "What is asked before anything is shown.", || Shape::List {
            min: 0,
            max: Exercise::MOST_PREDICTIONS,
            of: Box::new(Shape::Record(Prediction::FIELDS)),
        }),
        FieldInfo::new("variants", "May every student get another one?", <bool as Part>::shape),
    ];

    /// Reads a JSON document.
    ///
    /// # Errors
    ///
    /// Every mistake with its path, as [`Experiment::from_json`] reports them; also a goal, claim or path about
    /// something the experiment does not have.
    pub fn from_json(text: &str) -> Result<Exercise, Mistakes> {
        let json = tree(text)?;
        let mut found = Found::default();
        let read = Exercise::read_at(&json, &At::Root, &mut found);
        let read = found.give(read)?;
        // Without a mistake every required field was there.
        read.ok_or_else(|| Mistakes::one("", "the document is no exercise"))
    }

    /// Reads an exercise nested in a document; `None` if it does not even begin. Mistakes are recorded with their
    /// paths.
    pub(crate) fn read_at(json: &Json, root: &At<'_>, found: &mut Found) -> Option<Exercise> {
        if let Some(message) = other_version(json) {
            found.add(&root.field("version"), message);
            return None;
        }
        let mut read = Draft::default();
        each_field(json, root, found, KNOWN, |name, value, at, found| {
            read.field(name, value, at, found)
        });
        if !matches!(json, Json::Object(_)) {
            return None;
        }
        for field in Exercise::FIELDS {
            if NEEDED.contains(&field.name) && json.get(field.name).is_none() {
                let message = format!("is missing; {}", (field.shape)());
                found.add(&root.field(field.name), message);
            }
        }
        read.finish(root, found)
    }

    /// The exercise as formatted JSON, without defaults.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_tree()).expect("a tree of plain values prints")
    }

    /// The exercise as JSON on one line.
    pub fn to_json_compact(&self) -> String {
        serde_json::to_string(&self.to_tree()).expect("a tree of plain values prints")
    }

    /// The exercise as a JSON value.
    pub(crate) fn to_tree(&self) -> Json {
        let text = |text: &dyn std::fmt::Display| Json::text(text.to_string());
        let texts = |items: Vec<Json>| (!items.is_empty()).then_some(Json::List(items));
        let mut fields = vec![("version".to_owned(), Json::Whole(VERSION))];
        let mut push = |name: &str, json: Option<Json>| {
            fields.extend(json.map(|json| (name.to_owned(), json)));
        };
        push("kind", Some(Json::text(EXERCISE)));
        push("id", Some(Json::text(self.id.as_str())));
        push("title", self.title.diff(&Label::default()));
        push("level", self.level.diff(&Level::of(1)));
        push("text", self.text.diff(&Task::default()));
        push("experiment", Some(self.experiment.to_tree()));
        push("free", texts(self.free.iter().map(|free| text(free)).collect()));
        push("hidden", texts(self.hidden.iter().map(Part::write).collect()));
        push("changes", self.changes.diff(&None));
        push("goals", Some(Json::List(self.goals.iter().map(|goal| text(goal)).collect())));
        let predictions = self.predictions.iter().map(Prediction::to_tree).collect();
        push("predictions", texts(predictions));
        push("variants", self.variants.diff(&false));
        Json::Object(fields)
    }

    /// The exercise as the fragment (after `#`) of the page's URL.
    ///
    /// ```
    /// use ackground_learn::exercise::Exercise;
    ///
    /// # let text = r#"{"version": 1, "kind": "exercise", "id": "x", "goals": ["lane 1: no_loss holds"],
    /// #     "experiment": {"version": 1, "lanes": [{}]}}"#;
    /// let exercise = Exercise::from_json(text)?;
    /// let url = format!("https://example.org/#{}&view=watch", exercise.to_link());
    /// assert_eq!(Exercise::from_link(&url), Some(Ok(exercise)));
    /// # Ok::<(), ackground_core::experiment::Mistakes>(())
    /// ```
    pub fn to_link(&self) -> String {
        format!("{EXERCISE_FORM}{}", link::seal(&self.to_json_compact()))
    }

    /// Reads a link: a whole URL or just its fragment. `None` if it is not an exercise link.
    ///
    /// # Errors
    ///
    /// What is wrong with the link, or with the exercise in it.
    pub fn from_link(link: &str) -> Option<Result<Exercise, LinkError>> {
        let link = link.trim();
        let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
        let mut parts = fragment.split('&');
        let packed = parts.find_map(|part| part.strip_prefix(EXERCISE_FORM))?;
        let alphabet = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let packed = packed.trim_end_matches(|c| !alphabet(c));
        Some(
            link::open(packed)
                .and_then(|json| Exercise::from_json(&json).map_err(LinkError::NotAnExperiment)),
        )
    }
}

fn lines(min: usize, max: usize) -> Shape {
    let of = Box::new(Shape::Text { longest: LINE });
    Shape::List { min, max, of }
}

/// A partially read exercise.
struct Draft {
    id: Option<Id>,
    title: Label,
    level: Level,
    text: Task,
    experiment: Option<Experiment>,
    /// With their indices: they are checked once the experiment is known.
    free: Vec<(usize, String)>,
    hidden: Vec<Hidden>,
    changes: Option<Bounded<0, 100>>,
    goals: Vec<(usize, Goal)>,
    predictions: Vec<Prediction>,
    variants: bool,
}

impl Default for Draft {
    fn default() -> Draft {
        Draft {
            id: None,
            title: Label::default(),
            level: Level::of(1),
            text: Task::default(),
            experiment: None,
            free: Vec::new(),
            hidden: Vec::new(),
            changes: None,
            goals: Vec::new(),
            predictions: Vec::new(),
            variants: false,
        }
    }
}

impl Draft {
    fn field(&mut self, name: &str, value: &Json, at: &At<'_>, found: &mut Found) -> bool {
        match name {
            "version" => {}
            "kind" if *value == Json::text(EXERCISE) => {}
            "kind" => found.add(at, format!("{} is not allowed; \"{EXERCISE}\"", value.show())),
            "id" => match value {
                Json::Text(text) if Id::new(text).is_some() => self.id = Id::new(text),
                other => found.add(at, refusal(other, &Shape::Id)),
            },
            "title" => self.title.apply_patch(value, at, found),
            "level" => self.level.apply_patch(value, at, found),
            "text" => self.text.apply_patch(value, at, found),
            "experiment" => self.experiment = Some(Experiment::read_at(value, at, found)),
            "free" => {
                self.free = list(value, at, found, 0, Exercise::MOST_FREE, |item, at, found| {
                    line(item, at, found, |path| Ok::<_, String>(path.to_owned()))
                });
            }
            "hidden" => {
                let most = Hidden::ALL.len();
                let read = list(value, at, found, 0, most, |item, at, found| {
                    let mut hidden = Hidden::Guarantee;
                    hidden.apply_patch(item, at, found);
                    Some(hidden)
                });
                self.hidden = read.into_iter().map(|(_, hidden)| hidden).collect();
            }
            "changes" => self.changes.apply_patch(value, at, found),
            "goals" => {
                self.goals = list(value, at, found, 1, Exercise::MOST_GOALS, |item, at, found| {
                    line(item, at, found, str::parse)
                });
            }
            "predictions" => {
                let most = Exercise::MOST_PREDICTIONS;
                let read = list(value, at, found, 0, most, |item, at, found| {
                    Some(Prediction::read_at(item, at, found))
                });
                self.predictions = read.into_iter().map(|(_, asked)| asked).collect();
            }
            "variants" => self.variants.apply_patch(value, at, found),
            _ => return false,
        }
        true
    }

    /// The exercise, if it is complete and its fields agree with one another.
    fn finish(self, root: &At<'_>, found: &mut Found) -> Option<Exercise> {
        let (id, experiment) = (self.id?, self.experiment?);
        let paths = root.field("free");
        let mut free = Vec::new();
        for (place, path) in &self.free {
            match Free::new(path, &experiment) {
                Some(path) => free.push(path),
                None => {
                    let shown = Json::text(path.as_str()).show();
                    let message = format!("{shown} is nothing that can be changed here");
                    found.add(&paths.index(*place), message);
                }
            }
        }
        let goals = root.field("goals");
        for (place, goal) in &self.goals {
            if let Err(why) = goal.fits(&experiment) {
                found.add(&goals.index(*place), why);
            }
        }
        let questions = root.field("predictions");
        for (place, asked) in self.predictions.iter().enumerate() {
            let question = questions.index(place);
            let options = question.field("options");
            for (place, option) in asked.options.iter().enumerate() {
                if let Err(why) = option.claim.fits(&experiment) {
                    found.add(&options.index(place).field("claim"), why);
                }
            }
        }
        Some(Exercise {
            id,
            title: self.title,
            level: self.level,
            text: self.text,
            experiment,
            free,
            hidden: self.hidden,
            changes: self.changes,
            goals: self.goals.into_iter().map(|(_, goal)| goal).collect(),
            predictions: self.predictions,
            variants: self.variants,
        })
    }
}

/// The JSON Schema of the format, draft 2020-12. It leaves the grammar of claims, goals and paths to
/// [`Exercise::from_json`].
///
/// ```
/// let schema = ackground_learn::exercise::schema();
/// assert_eq!(schema["properties"]["goals"]["minItems"], 1);
/// assert_eq!(schema["$defs"]["lane"]["type"], "object");
/// ```
pub fn schema() -> Value {
    let defaults = json!({
        "title": "", "level": 1, "text": "", "free": [], "hidden": [], "changes": null,
        "predictions": [], "variants": false,
    });
    let mut schema = format::document(
        "An Ackground exercise",
        "An experiment, what of it may be changed, and what is to be reached.",
        Exercise::FIELDS,
        &defaults,
        &NEEDED,
    );
    schema["properties"]["kind"]["const"] = EXERCISE.into();
    schema
}

#[cfg(test)]
mod tests;

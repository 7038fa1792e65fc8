//! The business story: who sends what to whom, the steps of the handler, and what it means for
//! people when a message is lost or applied twice.
//!
//! This file owns the shape of a scenario; the built-in ones are in `built_in`, and what each opens with
//! in `opening`. None of them knows how a step is executed.

mod built_in;
mod opening;

pub use built_in::BuiltIn;
pub use opening::Opening;

use super::json::Json;
use super::mistake::{At, Found};
use super::part::{Leaf, Part, Shape, refusal, require, sparse};
use super::record::record;
use super::script::ConsumerPoint;
use super::value::{Bounded, Id, Text, choice};

choice! {
    /// Which messages belong together and have to keep their order.
    pub enum KeyMode {
        /// All of them share one key, as payments into one account do.
        One = "one",
        /// Each has a key of its own.
        Each = "each",
    }
}

choice! {
    /// What a step of the handler touches.
    pub enum StepKind {
        /// The database: it can share a transaction.
        Db = "db",
        /// The world outside: it cannot be undone.
        External = "external",
        /// An output log.
        Produce = "produce",
    }
}

/// A name or a title, at most 120 characters.
pub type Label = Text<120>;
/// A few sentences, at most 600 characters.
pub type Prose = Text<600>;

record! {
    /// What it means for people when the guarantee is broken.
    pub struct Harm {
        /// When the message was lost, such as "the money is gone".
        pub lost: Label = Label::cut("the message is lost"),
        /// When it took effect twice, such as "the money came twice".
        pub duplicated: Label = Label::cut("it happened twice"),
    }
}

record! {
    /// One step of the handler.
    pub struct Step {
        /// Its id, unique in the scenario; script lines name the step by it.
        pub id: Id = Id::of("step"),
        /// What the page calls it, such as "Credit the account"; empty: its id.
        pub label: Label = Label::default(),
        /// What it touches.
        pub kind: StepKind = StepKind::Db,
        /// Whether its effects are what is counted; true for exactly one step.
        pub primary: bool = false,
    }
}

impl Step {
    /// What the page calls it.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.id } else { &self.label }
    }
}

/// The steps of a handler in order: one to [`Steps::MOST`], with unique ids, exactly one of them
/// primary. Derefs to a slice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// The most steps.
    pub const MOST: usize = 8;

    /// The steps, if they are valid; otherwise what is wrong, with paths such as `steps[1].id`.
    pub fn new(steps: Vec<Step>) -> Result<Self, super::Mistakes> {
        let mut found = Found::default();
        let root = At::Root;
        check_steps(&steps, &root.field("steps"), &mut found);
        found.give(Steps(steps))
    }

    /// The index of the step whose effects are counted.
    pub fn primary(&self) -> usize {
        let primary = self.0.iter().position(|step| step.primary);
        primary.expect("exactly one step is primary, or there would be no `Steps`")
    }

    /// The index of the step with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|step| step.id.as_str() == id)
    }
}

impl Default for Steps {
    fn default() -> Self {
        Steps(vec![Step { primary: true, ..Step::default() }])
    }
}

impl std::ops::Deref for Steps {
    type Target = [Step];
    fn deref(&self) -> &[Step] {
        &self.0
    }
}

fn check_steps(steps: &[Step], at: &At<'_>, found: &mut Found) {
    if steps.is_empty() || steps.len() > Steps::MOST {
        let message =
            format!("{} steps are not allowed; from 1 to {} steps", steps.len(), Steps::MOST);
        found.add(at, message);
        return;
    }
    for (i, step) in steps.iter().enumerate() {
        let here = at.index(i);
        if ConsumerPoint::RESERVED.contains(&step.id.as_str()) {
            let message = format!(
                "\"{}\" is not allowed; {} name points of the consumer in a script",
                step.id,
                ConsumerPoint::RESERVED.join(", ")
            );
            found.add(&here.field("id"), message);
        }
        if steps[..i].iter().any(|other| other.id == step.id) {
            let message = format!("\"{}\" is the ID of another step", step.id);
            found.add(&here.field("id"), message);
        }
    }
    let primary = steps.iter().filter(|step| step.primary).count();
    if primary != 1 {
        let message = format!("{primary} steps are primary; exactly one has to be");
        found.add(at, message);
    }
}

impl Part for Steps {
    fn shape() -> Shape {
        Shape::List { min: 1, max: Self::MOST, of: Box::new(Step::shape()) }
    }

    fn apply_patch(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        let Json::List(items) = json else {
            found.add(at, refusal(json, &Self::shape()));
            return;
        };
        let mut steps = Vec::new();
        let mut clean = Found::default();
        // One more than allowed is enough to see that there are too many.
        for (i, item) in items.iter().enumerate().take(Self::MOST + 1) {
            let here = at.index(i);
            let mut step = Step::default();
            step.apply_patch(item, &here, &mut clean);
            require(item, &here, &mut clean, Step::FIELDS, &["id", "kind"]);
            steps.push(step);
        }
        // Rules over all steps only make sense once each step could be read.
        if clean.is_empty() {
            check_steps(&steps, at, &mut clean);
        }
        match clean.give(Steps(steps)) {
            Ok(steps) => *self = steps,
            Err(mistakes) => mistakes.into_vec().into_iter().for_each(|m| found.push(m)),
        }
    }

    fn diff(&self, base: &Self) -> Option<Json> {
        (self != base).then(|| self.write())
    }

    fn write(&self) -> Json {
        let base = Step::default().write();
        let steps = self.0.iter().map(|step| sparse(step.write(), base.clone(), &["id", "kind"]));
        Json::List(steps.collect())
    }
}

super::record::serde_of_part!(Steps);

record! {
    /// A business story. The default is a blank one, of which an object in a document says what it
    /// wants to be different; `id` and `steps` it has to say.
    pub struct Scenario {
        /// Its id: a built-in one, or one of its own.
        pub id: Id = Id::of("own"),
        /// What the page calls it.
        pub title: Label = Label::default(),
        /// What the producer is called, such as "Bank".
        pub producer: Label = Label::cut("Producer"),
        /// What the consumer is called.
        pub consumer: Label = Label::cut("Consumer"),
        /// What the place of the effects is called, such as "Account".
        pub store: Label = Label::cut("Store"),
        /// What one message adds to the ledger.
        pub amount: Bounded<0, 1_000_000_000> = Bounded::of(1),
        /// The unit of the amount, as it follows a number.
        pub unit: Text<40> = Text::cut("messages"),
        /// Which messages have to keep their order.
        pub key: KeyMode = KeyMode::One,
        /// What the handler does with a message.
        pub steps: Steps = Steps::default(),
        /// What it means for people when a message is lost, or takes effect twice.
        pub harm: Harm = Harm::default(),
        /// Which guarantee fits, and why.
        pub advice: Prose = Prose::default(),
    }
}

impl Scenario {
    /// Reads the `scenario` of an experiment: a built-in id, or an object.
    pub(super) fn read_named(&mut self, json: &Json, at: &At<'_>, found: &mut Found) {
        match json {
            Json::Text(id) => match BuiltIn::from_word(id) {
                Some(built_in) => *self = built_in.scenario(),
                None => found.add(at, refusal(json, &Self::named())),
            },
            Json::Object(_) => {
                *self = Scenario::default();
                self.apply_patch(json, at, found);
                require(json, at, found, Scenario::FIELDS, &["id", "steps"]);
            }
            _ => found.add(at, refusal(json, &Self::named())),
        }
    }

    /// What an experiment allows as its scenario.
    pub(super) fn named() -> Shape {
        let own = Box::new(Scenario::shape());
        Shape::Or(Box::new(<BuiltIn as Part>::shape()), own)
    }

    /// The id of a built-in scenario, or the object.
    pub(super) fn write_named(&self) -> Json {
        match self.built_in() {
            Some(built_in) => built_in.to_json(),
            None => sparse(self.write(), Scenario::default().write(), &["id", "steps"]),
        }
    }

    /// The index of the step whose effects are counted.
    pub fn primary(&self) -> usize {
        self.steps.primary()
    }

    /// Which built-in scenario this is, down to the last word; `None` if it is none of them.
    pub fn built_in(&self) -> Option<BuiltIn> {
        let named = BuiltIn::from_word(&self.id)?;
        (*self == named.scenario()).then_some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Experiment;

    fn read(scenario: &str) -> Result<Scenario, String> {
        let text = format!(r#"{{"version":1,"lanes":[{{}}],"scenario":{scenario}}}"#);
        let experiment = Experiment::from_json(&text).map_err(|error| error.to_string())?;
        Ok(experiment.scenario)
    }

    #[test]
    fn an_object_says_only_what_it_wants_to_be_different() {
        let text = r#"{"id":"own","steps":[{"id":"pay","kind":"db","primary":true}]}"#;
        let scenario = read(text).expect("it fits");
        assert_eq!(scenario.steps[scenario.primary()].name(), "pay");
        assert_eq!(&*scenario.producer, "Producer");
        let written = serde_json::to_string(&scenario.write_named()).expect("prints");
        assert_eq!(written, text);
    }

    #[test]
    fn a_built_in_scenario_is_written_as_its_id_until_a_word_is_changed() {
        let mut scenario = read("\"email\"").expect("it is built in");
        assert_eq!(scenario.write_named(), Json::text("email"));
        scenario.title = Label::cut("Newsletter");
        assert!(matches!(scenario.write_named(), Json::Object(_)));
        let text = serde_json::to_string(&scenario.write_named()).expect("prints");
        assert_eq!(read(&text), Ok(scenario));
    }

    #[test]
    fn the_rules_of_the_steps() {
        let wrong = [
            ("{}", "scenario.id: is missing; a text of 1 to 40"),
            ("{}", "scenario.steps: is missing; a list of 1 to 8 items"),
            (r#"{"id":"a","steps":[]}"#, "scenario.steps: 0 steps are not allowed"),
            (r#"{"id":"a","steps":[{}]}"#, "scenario.steps[0].id: is missing"),
            (r#"{"id":"a","steps":[{}]}"#, "scenario.steps[0].kind: is missing"),
            (
                r#"{"id":"a","steps":[{"id":"ack","kind":"db","primary":true}]}"#,
                "scenario.steps[0].id: \"ack\" is not allowed; receive, record, ack name points",
            ),
            (
                r#"{"id":"a","steps":[{"id":"b","kind":"db"}]}"#,
                "scenario.steps: 0 steps are primary; exactly one has to be",
            ),
            (
                r#"{"id":"a","steps":[{"id":"b","kind":"db","primary":true},{"id":"b","kind":"db"}]}"#,
                "scenario.steps[1].id: \"b\" is the ID of another step",
            ),
            ("null", "scenario: null is not allowed; \"payment\", "),
        ];
        for (text, message) in wrong {
            let told = read(text).expect_err(text);
            assert!(told.contains(message), "{text}: {told}");
        }
    }
}

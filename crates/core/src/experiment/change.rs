//! Changes one value of an experiment, by its path.
//!
//! What is allowed is decided by the format's own reader, so ranges, rules between fields and their
//! messages have a single source. Who asks for a change, and how, is not known here.

use super::faults::Faults;
use super::json::Json;
use super::mistake::{At, Found};
use super::part::{FieldInfo, Part, Shape};
use super::scenario::{Scenario, Step, Steps};
use super::{Experiment, Lane, Mistakes};

/// The top-level fields that can be changed individually.
const TOP: [&str; 4] = ["title", "messages", "interval_ms", "seed"];

/// Splits a path such as `lanes[1].producer.retries` into the lane, from 0, and the path below it.
pub fn in_lane(path: &str) -> Option<(usize, &str)> {
    let (lane, path) = path.strip_prefix("lanes[")?.split_once("].")?;
    Some((lane.parse().ok()?, path))
}

/// Splits a path within a scenario such as `steps[1].label` into the step, from 0, and the path below it.
fn in_step(path: &str) -> Option<(usize, &str)> {
    let (step, path) = path.strip_prefix("steps[")?.split_once("].")?;
    Some((step.parse().ok()?, path))
}

/// What is allowed at a path; `None` if the format has no value there that can be changed.
///
/// ```
/// use ackground_core::experiment::change::shape_at;
///
/// let shape = shape_at("lanes[1].producer.retries").expect("it is part of the format");
/// assert_eq!(shape.to_string(), "a whole number from 0 to 1000 or \"unlimited\"");
/// ```
pub fn shape_at(path: &str) -> Option<Shape> {
    if let Some((_, path)) = in_lane(path) {
        shape_in(Lane::FIELDS, path)
    } else if let Some(path) = path.strip_prefix("faults.") {
        shape_in(Faults::FIELDS, path)
    } else if let Some(path) = path.strip_prefix("scenario.") {
        match in_step(path) {
            Some((_, path)) => shape_in(Step::FIELDS, path),
            None if path == "steps" => None,
            None => shape_in(Scenario::FIELDS, path),
        }
    } else {
        let known = TOP.contains(&path);
        known.then(|| shape_in(Experiment::FIELDS, path)).flatten()
    }
}

fn shape_in(fields: &[FieldInfo], path: &str) -> Option<Shape> {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let shape = (fields.iter().find(|field| field.name == name)?.shape)();
    match (rest, shape) {
        (None, shape) => Some(shape),
        (Some(rest), Shape::Record(fields)) => shape_in(fields, rest),
        (Some(_), _) => None,
    }
}

impl Experiment {
    /// The experiment with another value at a path: `seed`, `faults.loss.publish`,
    /// `lanes[1].producer.retries`. Values that were not given but derived follow the change: with
    /// fewer replicas there are fewer in-sync ones.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    /// use ackground_core::experiment::json::Json;
    ///
    /// let experiment = Experiment::default();
    /// let changed = experiment.with("lanes[0].producer.retries", Json::Whole(3)).unwrap();
    /// assert_eq!(changed.lanes[0].producer.retries.limit(), Some(3));
    /// assert!(experiment.with("messages", Json::Whole(0)).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The value is out of range, breaks a rule between fields, or there is no such path.
    pub fn with(&self, path: &str, value: Json) -> Result<Experiment, Mistakes> {
        let mut found = Found::default();
        let mut changed = self.clone();
        if let Some((index, path)) = in_lane(path) {
            let Some(lane) = self.lanes.get(index) else {
                return Err(Mistakes::one(format!("lanes[{index}]"), "there is no such lane"));
            };
            let lanes = At::Root.field("lanes");
            changed.lanes[index] = lane_with(lane, path, value, &lanes.index(index), &mut found);
        } else if let Some(path) = path.strip_prefix("faults.") {
            let faults = At::Root.field("faults");
            changed.faults.apply_patch(&nested(path, value), &faults, &mut found);
        } else if let Some(path) = path.strip_prefix("scenario.") {
            let scenario = At::Root.field("scenario");
            changed.scenario.set(path, value, &scenario, &mut found);
        } else {
            changed.set_top(path, &value, &mut found);
        }
        let changed = found.give(changed)?;
        changed.check()?;
        Ok(changed)
    }

    fn set_top(&mut self, name: &str, value: &Json, found: &mut Found) {
        let at = At::Root.field(name);
        match name {
            "title" => self.title.apply_patch(value, &at, found),
            "messages" => self.messages.apply_patch(value, &at, found),
            "interval_ms" => self.interval_ms.apply_patch(value, &at, found),
            "seed" => self.seed.apply_patch(value, &at, found),
            _ => found.add(&at, "is nothing that can be changed by itself"),
        }
    }
}

impl Scenario {
    /// Sets one value. The counted step moves as a whole: making one step primary ends it for the others.
    fn set(&mut self, path: &str, value: Json, at: &At<'_>, found: &mut Found) {
        let Some((index, path)) = in_step(path) else {
            self.apply_patch(&nested(path, value), at, found);
            return;
        };
        let mut steps = self.steps.to_vec();
        let list = at.field("steps");
        let here = list.index(index);
        let Some(step) = steps.get_mut(index) else {
            found.add(&here, "there is no such step");
            return;
        };
        step.apply_patch(&nested(path, value), &here, found);
        if path == "primary" && step.primary {
            for (other, step) in steps.iter_mut().enumerate() {
                step.primary = other == index;
            }
        }
        match Steps::new(steps) {
            Ok(steps) => self.steps = steps,
            Err(mistakes) => {
                mistakes.iter().for_each(|mistake| found.add(&list, mistake.message.clone()))
            }
        }
    }
}

/// The lane as its document would read with one more value, so that all rules of the reader apply,
/// including those between fields. Mistakes are noted, and the values concerned stay as they were.
pub fn lane_with(lane: &Lane, path: &str, value: Json, at: &At<'_>, found: &mut Found) -> Lane {
    let empty = Json::Object(Vec::new());
    let mut json = lane.diff(&Lane::default()).unwrap_or(empty);
    put(&mut json, path, value);
    let mut changed = Lane::default();
    changed.apply_patch(&json, at, found);
    changed
}

/// Puts a value at a path inside an object, creating missing objects on the way.
pub fn put(json: &mut Json, path: &str, value: Json) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let Json::Object(fields) = json else { return };
    let index = fields.iter().position(|(field, _)| field == name).unwrap_or_else(|| {
        fields.push((name.to_owned(), Json::Object(Vec::new())));
        fields.len() - 1
    });
    match rest {
        Some(rest) => put(&mut fields[index].1, rest, value),
        None => fields[index].1 = value,
    }
}

/// `{"loss": {"publish": value}}` for `loss.publish`.
fn nested(path: &str, value: Json) -> Json {
    path.rsplit('.').fold(value, |inner, name| Json::Object(vec![(name.to_owned(), inner)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &str, value: Json) -> String {
        let told = Experiment::default().with(path, value);
        told.expect_err(path).to_string()
    }

    #[test]
    fn a_change_is_refused_with_its_path() {
        assert_eq!(
            refused("lanes[1].producer.retries", Json::Whole(2000)),
            "lanes[1].producer.retries: 2000 is not allowed; a whole number from 0 to 1000 or \
             \"unlimited\""
        );
        assert!(refused("faults.loss.publsh", Json::Whole(0)).starts_with("faults.loss.publsh: "));
        assert_eq!(refused("lanes[7].name", Json::text("x")), "lanes[7]: there is no such lane");
        assert_eq!(refused("lanes", Json::Null), "lanes: is nothing that can be changed by itself");
    }

    #[test]
    fn what_nobody_gave_follows_and_what_was_given_stands_in_the_way() {
        let experiment = Experiment::default();
        let one = experiment.with("lanes[0].broker.replicas", Json::Whole(1));
        let one = one.expect("the in-sync copies follow");
        assert_eq!(one.lanes[0].broker.min_in_sync.get(), 1);
        let given = experiment.with("lanes[0].broker.min_in_sync", Json::Whole(3));
        let given = given.expect("there are three replicas");
        assert!(given.with("lanes[0].broker.replicas", Json::Whole(1)).is_err());
    }

    #[test]
    fn a_scenario_changes_word_by_word_and_keeps_its_rules() {
        let experiment = Experiment::default();
        let titled = experiment.with("scenario.title", Json::text("Tickets")).expect("a title");
        assert_eq!((&*titled.scenario.title, titled.scenario.built_in()), ("Tickets", None));
        let back = titled.with("scenario.title", Json::text("Payment into an account"));
        assert_eq!(back.expect("a title"), experiment, "built in again");
        let harm = experiment.with("scenario.harm.lost", Json::text("no seat")).expect("a text");
        assert_eq!(&*harm.scenario.harm.lost, "no seat");
        assert_eq!(harm.scenario.harm.duplicated, experiment.scenario.harm.duplicated);
        let counted =
            experiment.with("scenario.steps[1].primary", Json::Flag(true)).expect("a step");
        assert_eq!(counted.scenario.primary(), 1);
        assert!(
            refused("scenario.steps[0].primary", Json::Flag(false)).contains("0 steps are primary")
        );
        assert!(
            refused("scenario.steps[0].id", Json::text("ack")).contains("\"ack\" is not allowed")
        );
        assert!(
            refused("scenario.steps[5].label", Json::text("x")).contains("there is no such step")
        );
        assert!(refused("scenario.amount", Json::text("x")).starts_with("scenario.amount: "));
    }

    #[test]
    fn a_path_tells_what_is_allowed_there() {
        assert!(shape_at("messages").is_some() && shape_at("faults.loss").is_some());
        assert!(
            shape_at("scenario.unit").is_some() && shape_at("scenario.steps[7].kind").is_some()
        );
        for path in [
            "lanes",
            "version",
            "scenario",
            "scenario.steps",
            "scenario.steps[0].x",
            "faults.loss.x",
            "lanes[x].name",
            "",
        ] {
            assert!(shape_at(path).is_none(), "{path}");
        }
    }
}

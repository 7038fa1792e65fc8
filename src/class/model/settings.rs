//! The settings an exercise can unlock, and their values per lane.

use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::{Experiment, change};
use ackground_learn::exercise::Exercise;
use ackground_learn::text::{ui, ui_with};
use ackground_words::story::{self, Sentence};

/// A setting that can be unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// As an exercise writes it.
    pub path: String,
    pub name: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The lane's index; `None` for settings common to all lanes.
    pub lane: Option<usize>,
    /// The heading; for a part of a lane, the lane's name.
    pub title: String,
    /// The path of the group as a whole, if it has one.
    pub whole: Option<String>,
    pub items: Vec<Item>,
}

/// The parts of a lane, with their labels.
const PARTS: [(&str, &str); 3] =
    [("producer", "Producer"), ("broker", "Broker"), ("consumer", "Consumer")];
/// Settings common to all lanes.
const COMMON: [&str; 4] = ["faults.script", "messages", "interval_ms", "seed"];

/// Everything that can be unlocked, grouped.
pub fn groups(experiment: &Experiment) -> Vec<Group> {
    let named = |path: &str| story::setting(path).map_or("", |words| words.name);
    let common = Group {
        lane: None,
        title: "All lanes".to_owned(),
        whole: None,
        items: COMMON.map(|path| Item { path: path.to_owned(), name: named(path) }).into(),
    };
    let mut groups = vec![common];
    for lane in 0..experiment.lanes.len() {
        for (part, name) in PARTS {
            let whole = format!("lanes[{lane}].{part}");
            let below = |words: &&'static story::Setting| {
                let inside = words.path.strip_prefix(part);
                inside.is_some_and(|rest| rest.starts_with('.'))
                    && change::shape_at(&format!("lanes[{lane}].{}", words.path)).is_some()
            };
            let items = story::settings().filter(below).map(|words| Item {
                path: format!("lanes[{lane}].{}", words.path),
                name: words.name,
            });
            groups.push(Group {
                lane: Some(lane),
                title: format!("{}: {name}", experiment.lane_name(lane)),
                items: items.collect(),
                whole: Some(whole),
            });
        }
    }
    groups
}

/// What may be changed, in words: one entry per lane, and one per setting common to all lanes.
pub fn changeable(exercise: &Exercise) -> Vec<String> {
    let experiment = &exercise.experiment;
    let named = |path: &str| match PARTS.iter().find(|(part, _)| *part == path) {
        Some((_, name)) => *name,
        None => story::setting(path).map_or("", |words| words.name),
    };
    let mut told = Vec::<(Option<usize>, String)>::new();
    for free in &exercise.free {
        let path = free.as_str();
        let whole = path.strip_prefix("lanes[").and_then(|path| path.strip_suffix(']'));
        let (lane, name) = match (change::in_lane(path), whole) {
            _ if path == "*" => (None, ui("build.free-all")),
            (Some((lane, within)), _) => (Some(lane), named(within)),
            (None, Some(lane)) => (lane.parse().ok(), ui("build.whole")),
            (None, None) => (None, named(path)),
        };
        match told.iter_mut().find(|(of, _)| lane.is_some() && *of == lane) {
            Some((_, names)) => *names = format!("{names}, {name}"),
            None => told.push((lane, name.to_owned())),
        }
    }
    let lanes = experiment.lanes.len();
    let told = told.into_iter().map(|(lane, names)| match lane {
        Some(lane) if lanes > 1 => format!("{}: {names}", experiment.lane_name(lane)),
        _ => names,
    });
    told.collect()
}

/// A row of a handout's settings table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    /// In words, one per lane.
    pub values: Vec<String>,
}

/// The settings that differ between lanes or from the default, in the order of the format: what readers of a
/// handout need to know.
pub fn rows(experiment: &Experiment) -> Vec<Row> {
    let lanes: Vec<Json> = experiment.lanes.iter().map(Part::write).collect();
    let plain = ackground_core::experiment::Lane::default().write();
    let at = |lane: &Json, path: &str| {
        path.split('.').try_fold(lane.clone(), |json, name| json.get(name).cloned())
    };
    // The name is in the heading. The preset is left out, as its name could give the solution away.
    let named = |path: &str| ["name", "preset"].contains(&path);
    let settings = story::settings().filter(|words| !named(&words.path));
    let rows = settings.filter_map(|words| {
        let usual = at(&plain, &words.path)?;
        let values: Vec<Json> = lanes.iter().filter_map(|lane| at(lane, &words.path)).collect();
        let group = matches!(usual, Json::Object(_));
        let told = !group && values.iter().any(|value| *value != usual);
        told.then(|| Row {
            name: words.name,
            values: values.iter().map(|value| shown(&words.path, value)).collect(),
        })
    });
    rows.collect()
}

fn shown(path: &str, value: &Json) -> String {
    let text = match value {
        Json::Text(word) => word.clone(),
        other => other.show(),
    };
    story::value_words(path, &text)
}

/// A path in an exercise in the builder's terms, or the path itself if it has none.
pub fn place(path: &str) -> String {
    let number = |list: &str| -> Option<(usize, &str)> {
        let (number, rest) = path.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?;
        Some((number.parse::<usize>().ok()? + 1, rest))
    };
    let numbered = |id: &'static str, n: usize| ui_with(id, &[("n", &n.to_string())]);
    if let Some((goal, _)) = number("goals") {
        return numbered("build.goal", goal);
    }
    if let Some((question, rest)) = number("predictions") {
        let option = rest.strip_prefix(".options[").and_then(|rest| rest.split_once(']'));
        let option = option.and_then(|(number, _)| number.parse::<usize>().ok());
        let question = numbered("build.question", question);
        return match option {
            Some(option) => format!("{question}, {}", numbered("build.option", option + 1)),
            None => question,
        };
    }
    let named = match path.split(['[', '.']).next().unwrap_or_default() {
        "title" => ui("build.name"),
        "id" => ui("build.id"),
        "text" => ui("build.text"),
        "goals" => ui("build.goals"),
        "free" => ui("build.free"),
        "changes" => ui("build.changes"),
        "hidden" => ui("build.hidden"),
        "predictions" => ui("build.questions"),
        _ => path,
    };
    named.to_owned()
}

/// A sentence as plain text.
pub fn text(sentence: &Sentence) -> String {
    match sentence.rest.as_str() {
        "" => sentence.lead.clone(),
        rest => format!("{} {rest}", sentence.lead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::Free;

    #[test]
    fn everything_that_is_offered_can_be_freed() {
        let experiment = Experiment::default();
        let groups = groups(&experiment);
        assert_eq!(groups.len(), 1 + 3 * experiment.lanes.len());
        for group in groups {
            assert!(!group.items.is_empty(), "{}", group.title);
            let items = group.items.iter().map(|item| (&item.path, item.name));
            let whole = group.whole.iter().map(|path| (path, "all of it"));
            for (path, name) in items.chain(whole) {
                assert!(Free::new(path, &experiment).is_some(), "{path}");
                assert!(!name.is_empty(), "{path}");
            }
        }
    }

    #[test]
    fn a_mistake_is_placed_in_the_words_of_the_builder() {
        assert_eq!(place("goals[1]"), "Goal 2");
        assert_eq!(place("predictions[0].options[2].claim"), "Question 1, Option 3");
        assert_eq!(place("predictions[0].question"), "Question 1");
        assert_eq!(place("title"), ui("build.name"));
        assert_eq!(place("experiment.lanes"), "experiment.lanes");
    }

    #[test]
    fn what_may_be_changed_has_words_in_every_exercise() {
        use ackground_learn::exercise::{built_in, built_in_ids};
        for id in built_in_ids() {
            let exercise = built_in(id, &ackground_learn::text::ENGLISH).expect(id);
            let told = changeable(&exercise);
            assert_eq!(told.is_empty(), exercise.free.is_empty(), "{id}");
            for entry in told {
                assert!(!entry.ends_with([' ', ',']) && !entry.contains(", ,"), "{id}: {entry}");
            }
        }
    }

    #[test]
    fn a_handout_says_what_differs_and_nothing_else() {
        let rows = rows(&Experiment::default());
        assert!(rows.iter().all(|row| row.values.len() == 3));
        assert!((3..30).contains(&rows.len()), "{rows:#?}");
        let told = rows.iter().flat_map(|row| &row.values);
        assert!(!told.clone().any(|value| value == "at-most-once"), "the setup's name");
        let bare = Experiment::from_json(r#"{"version": 1, "lanes": [{}]}"#).expect("plain");
        assert_eq!(super::rows(&bare), []);
    }
}

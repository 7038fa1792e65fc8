//! The settings of two lanes side by side, by part, with differences first.

use crate::lane::state::form::{self, Setting};
use ackground_core::experiment::Lane;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::Part;
use ackground_words::story;

/// A setting's value in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// In plain words.
    pub words: String,
    /// In the document's syntax.
    pub code: String,
    /// As its field takes it.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub setting: &'static Setting,
    pub name: &'static str,
    pub left: Value,
    pub right: Value,
}

impl Row {
    pub fn differs(&self) -> bool {
        self.left.code != self.right.code
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: &'static str,
    /// Differences first.
    pub rows: Vec<Row>,
}

/// All settings of two lanes, by part.
pub fn groups(left: &Lane, right: &Lane) -> Vec<Group> {
    let (left, right) = (left.write(), right.write());
    let group = |group: &'static form::Group| {
        let mut rows: Vec<Row> =
            group.settings().map(|setting| row(setting, &left, &right)).collect();
        rows.sort_by_key(|row| !row.differs());
        let name = story::setting(group.name).map_or(group.name, |words| words.name);
        Group { name, rows }
    };
    form::groups().iter().map(group).collect()
}

/// How many settings differ.
pub fn differences(groups: &[Group]) -> usize {
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.filter(|row| row.differs()).count()
}

fn row(setting: &'static Setting, left: &Json, right: &Json) -> Row {
    let path = setting.path.as_str();
    Row {
        setting,
        name: story::setting(path).map_or(path, |words| words.name),
        left: value(setting, left),
        right: value(setting, right),
    }
}

fn value(setting: &Setting, lane: &Json) -> Value {
    let path = setting.path.as_str();
    let json = path.split('.').try_fold(lane, |json, name| json.get(name));
    let code = match json {
        Some(Json::Text(word)) => word.clone(),
        Some(json) => json.show(),
        None => String::new(),
    };
    Value { words: story::value_words(path, &code), text: form::shown(lane, setting), code }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::PresetId;
    use ackground_core::experiment::value::Bounded;

    #[test]
    fn every_setting_is_there_once_and_what_differs_comes_first() {
        let left = Lane::of_preset(PresetId::AtLeastOnce);
        let mut right = left.clone();
        right.producer.request_timeout_ms = Bounded::of(2500);
        right.consumer.idempotency_key = true;
        let groups = groups(&left, &right);
        let rows: Vec<&Row> = groups.iter().flat_map(|group| &group.rows).collect();
        assert_eq!(rows.len(), form::settings().count());
        assert_eq!(differences(&groups), 2);
        let first = &groups[0].rows[0];
        assert_eq!(first.setting.path, "producer.request_timeout_ms");
        assert_eq!((first.left.words.as_str(), first.left.code.as_str()), ("1 s", "1000"));
        assert_eq!(first.right.words, "2.5 s");
        assert!(groups[2].rows[0].differs() && !groups[1].rows[0].differs());
    }

    #[test]
    fn a_value_of_one_lane_can_be_written_into_the_other() {
        use crate::state::{Action, FieldPath, State, Touch, reduce};
        let state = State::open("");
        let lanes = &state.experiment.lanes;
        for row in groups(&lanes[0], &lanes[1]).iter().flat_map(|group| &group.rows) {
            let edited = reduce(
                &state,
                Action::Edit {
                    place: FieldPath::lane(1, &row.setting.path),
                    text: row.left.text.clone(),
                    touch: Touch::Done,
                },
            );
            let after = edited.as_ref().unwrap_or(&state);
            let now = groups(&lanes[0], &after.experiment.lanes[1]);
            let same = now.iter().flat_map(|group| &group.rows);
            let same = same.filter(|other| other.setting.path == row.setting.path);
            assert!(
                same.clone().count() == 1 && same.clone().all(|row| !row.differs()),
                "{}",
                row.name
            );
        }
    }
}

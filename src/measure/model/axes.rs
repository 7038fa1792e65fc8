//! The axes that can be swept, labelled and grouped.

use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::Axis;
use ackground_words::story::setting;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub title: &'static str,
    /// Paths and labels.
    pub axes: Vec<(String, String)>,
}

/// Groups by path prefix; the last one takes the rest.
const GROUPS: [(&str, &str); 5] = [
    ("faults.", "What goes wrong"),
    ("producer.", "Producer"),
    ("broker.", "Broker"),
    ("consumer.", "Consumer"),
    ("", "The run"),
];

pub fn groups() -> Vec<Group> {
    let mut left = Axis::all();
    let groups = GROUPS.map(|(beginning, title)| {
        let (here, others) = std::mem::take(&mut left)
            .into_iter()
            .partition(|axis| axis.path().starts_with(beginning));
        left = others;
        let here: Vec<Axis> = here;
        Group { title, axes: here.iter().map(|axis| (axis.path(), name(axis))).collect() }
    });
    groups.into()
}

/// The label of an axis, prefixed with that of its group if it is ambiguous alone: `Wait before a resend:
/// first wait`.
pub fn name(axis: &Axis) -> String {
    let name = axis.setting().map_or_else(|| axis.path(), |setting| setting.name.to_owned());
    let path = without_lane(&axis.path()).to_owned();
    let above = path.rsplit_once('.').map(|(above, _)| above);
    let parts = ["faults", "faults.loss", "faults.crash", "producer", "broker", "consumer"];
    match above.filter(|above| !parts.contains(above)).and_then(setting) {
        Some(group) => format!("{}: {}", group.name, name.to_lowercase()),
        None if matches!(path.as_str(), "faults.loss" | "faults.crash") => {
            format!("{name}, every kind")
        }
        None => name,
    }
}

/// The title of an axis: its label, and which lanes it varies in.
pub fn title(experiment: &Experiment, axis: &Axis) -> String {
    let whose = match axis.lane() {
        Some(lane) => format!(" ({} only)", experiment.lane_name(lane)),
        None if is_of_lanes(axis) => " (every lane)".to_owned(),
        None => String::new(),
    };
    format!("{}{whose}", name(axis))
}

/// Whether the axis is a setting of lanes, as opposed to the whole experiment.
pub fn is_of_lanes(axis: &Axis) -> bool {
    let path = axis.path();
    let path = without_lane(&path);
    !path.starts_with("faults.") && path.contains('.')
}

/// The path of an axis for the lane at this index, or for all lanes.
pub fn for_lane(axis: &Axis, lane: Option<usize>) -> String {
    let path = axis.path();
    let path = without_lane(&path);
    match lane.filter(|_| is_of_lanes(axis)) {
        Some(lane) => format!("lanes[{lane}].{path}"),
        None => path.to_owned(),
    }
}

fn without_lane(path: &str) -> &str {
    match path.strip_prefix("lanes[").and_then(|rest| rest.split_once("].")) {
        Some((_, path)) => path,
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_axis_is_in_a_group_under_a_name_of_its_own() {
        let groups = groups();
        let all: Vec<&(String, String)> = groups.iter().flat_map(|group| &group.axes).collect();
        assert_eq!(all.len(), Axis::all().len());
        for group in &groups {
            let names: BTreeSet<&str> = group.axes.iter().map(|(_, name)| name.as_str()).collect();
            assert_eq!(names.len(), group.axes.len(), "{group:?}");
            assert!(!group.axes.is_empty(), "{group:?}");
        }
        for (path, _) in all {
            assert!(Axis::of(path).is_some(), "{path}");
        }
    }

    #[test]
    fn an_axis_says_whose_it_is() {
        let experiment = Experiment::default();
        let axis = Axis::of("producer.backoff.first_ms").expect("an axis");
        assert_eq!(title(&experiment, &axis), "Wait before a resend: first wait (every lane)");
        let path = for_lane(&axis, Some(1));
        assert_eq!(path, "lanes[1].producer.backoff.first_ms");
        let axis = Axis::of(&path).expect("an axis");
        assert_eq!(
            title(&experiment, &axis),
            "Wait before a resend: first wait (At least once only)"
        );
        assert_eq!(for_lane(&axis, None), "producer.backoff.first_ms");
        let axis = Axis::of("faults.loss.ack").expect("an axis");
        assert_eq!(title(&experiment, &axis), "Ack lost");
        assert_eq!(for_lane(&axis, Some(1)), "faults.loss.ack");
    }
}

//! The field a control edits, identified by its path in the experiment format.
//!
//! The same path identifies the value, its control, its rejected text, and the element in tests.

use std::fmt;
use std::rc::Rc;

use ackground_core::experiment::change::{in_lane, shape_at};
use ackground_core::experiment::part::Shape;

/// The path of one value: `seed`, `faults.loss.publish`, `lanes[1].producer.retries`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Rc<str>);

impl FieldPath {
    /// A top-level field, such as `seed`.
    pub fn top(name: &str) -> Self {
        FieldPath(name.into())
    }

    /// A field of the faults, such as `loss.publish`.
    pub fn fault(path: &str) -> Self {
        FieldPath(format!("faults.{path}").into())
    }

    /// A field of the lane at this index, such as `producer.retries`.
    pub fn lane(lane: usize, path: &str) -> Self {
        FieldPath(format!("lanes[{lane}].{path}").into())
    }

    /// A field of the scenario, such as `title` or `steps[1].label`.
    pub fn scenario(path: &str) -> Self {
        FieldPath(format!("scenario.{path}").into())
    }

    /// The input for a new script line.
    pub fn script() -> Self {
        FieldPath("faults.script".into())
    }

    /// The script line at this index.
    pub fn script_line(index: usize) -> Self {
        FieldPath(format!("faults.script[{index}]").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lane's index and the path within it, for a lane's field.
    pub fn in_lane(&self) -> Option<(usize, &str)> {
        in_lane(self.as_str())
    }

    /// The path within the faults, for one of their fields.
    pub fn in_faults(&self) -> Option<&str> {
        self.0.strip_prefix("faults.")
    }

    /// Whether it is a duration, or a range of them.
    pub fn is_time(&self) -> bool {
        self.0.ends_with("_ms")
    }

    /// Whether the path contains an index, so that it may refer to another value after a lane or line was
    /// added or removed.
    pub fn moves(&self) -> bool {
        self.0.contains('[')
    }

    /// The value's shape; `None` if no control edits it.
    pub fn shape(&self) -> Option<Shape> {
        shape_at(self.as_str())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_what_is_allowed_in_it() {
        let shape = |place: FieldPath| place.shape().map(|shape| shape.to_string());
        assert_eq!(
            shape(FieldPath::lane(1, "producer.retries")).as_deref(),
            Some("a whole number from 0 to 1000 or \"unlimited\"")
        );
        assert_eq!(
            shape(FieldPath::lane(0, "producer.backoff.first_ms")).as_deref(),
            Some("a whole number from 0 to 31536000000")
        );
        assert_eq!(
            shape(FieldPath::fault("loss.publish")).as_deref(),
            Some("a number from 0 to 1")
        );
        assert!(shape(FieldPath::top("seed")).is_some());
        assert_eq!(shape(FieldPath::lane(0, "producer.nothing")), None);
        assert_eq!(shape(FieldPath::top("lanes[x].producer.acks")), None);
    }

    #[test]
    fn a_place_reads_like_the_format() {
        let place = FieldPath::lane(3, "broker.kind");
        assert_eq!(place.to_string(), "lanes[3].broker.kind");
        assert_eq!(place.in_lane(), Some((3, "broker.kind")));
    }
}

//! Where in the experiment a control writes: the path of a value, as in the format's own errors.
//!
//! One path names the value, its control, a refused text and what a test looks for.

use std::fmt;
use std::rc::Rc;

use ackground_core::experiment::change::{in_lane, shape_at};
use ackground_core::experiment::part::Shape;

/// The path of one value: `seed`, `faults.loss.publish`, `lanes[1].producer.retries`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Rc<str>);

impl FieldPath {
    /// A value of the experiment itself, such as `seed`.
    pub fn top(name: &str) -> Self {
        FieldPath(name.into())
    }

    /// A value of the faults, such as `loss.publish`.
    pub fn fault(path: &str) -> Self {
        FieldPath(format!("faults.{path}").into())
    }

    /// A value of the lane with this place from 0, such as `producer.retries`.
    pub fn lane(lane: usize, path: &str) -> Self {
        FieldPath(format!("lanes[{lane}].{path}").into())
    }

    /// The field for a new script line.
    pub fn script() -> Self {
        FieldPath("faults.script".into())
    }

    /// The script line at this place, from 0.
    pub fn script_line(index: usize) -> Self {
        FieldPath(format!("faults.script[{index}]").into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lane and the path inside it, if the value belongs to a lane.
    pub fn in_lane(&self) -> Option<(usize, &str)> {
        in_lane(self.as_str())
    }

    /// The path inside the faults, if the value belongs to them.
    pub fn in_faults(&self) -> Option<&str> {
        self.0.strip_prefix("faults.")
    }

    /// Whether another value may stand here once a lane or a line has come or gone.
    pub fn moves(&self) -> bool {
        self.0.contains('[')
    }

    /// What is allowed here; `None` if no control writes here.
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

//! Sweeps: the same measurement along an axis, point by point.
//!
//! An [`Axis`] is a number of the format that varies: a fault rate, all losses or all crashes at
//! once, or a setting of one lane or of all. The available axes and their ranges come from the
//! format's own description of itself. Each [`Point`] is an ordinary experiment ([`Axis::at`]),
//! measured like any other. All points share their seeds, and a draw that hits at one rate hits at
//! every higher one, so curves are smooth and only the axis moves them.
//!
//! ```
//! use ackground_core::experiment::Experiment;
//! use ackground_core::measure::{self, Share};
//! use ackground_core::measure::sweep::Axis;
//!
//! let experiment = Experiment::default();
//! let axis = Axis::of("faults.loss.publish").expect("a rate can be swept");
//! let curve: Vec<f64> = axis
//!     .points(&experiment)
//!     .into_iter()
//!     .map(|point| axis.at(&experiment, point).expect("the points are allowed"))
//!     .map(|experiment| measure::count(&experiment, 0..100).figures())
//!     .map(|figures| figures.lanes[0].share(Share::Lost).rate)
//!     .collect();
//! assert!(curve.is_sorted(), "the more is lost, the more is lost");
//! ```

use crate::experiment::change::{in_lane, shape_at};
use crate::experiment::json::Json;
use crate::experiment::label::{Setting, setting, settings, value_words};
use crate::experiment::part::{FieldInfo, Part, Shape};
use crate::experiment::value::{Factor, Rate};
use crate::experiment::{Experiment, Mistakes};

/// A number of the experiment that varies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Without the lane: `faults.loss.ack`, `producer.retries`, `messages`.
    path: String,
    /// The lane it varies, counted from 0; `None`: all.
    lane: Option<usize>,
    scale: Scale,
    min: u64,
    max: u64,
}

/// The unit of an axis's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// A rate, in parts per billion.
    Rate,
    /// A multiplier, in thousandths.
    Factor,
    /// A time, in milliseconds.
    Millis,
    /// A count.
    Count,
}

/// A position on an axis, in the integer units of its [`Scale`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub u64);

/// Rates are swept up to a half, in steps of a twentieth: above that little gets through.
const RATES: [u64; 11] = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50];
const FACTORS: [u64; 7] = [1000, 1500, 2000, 3000, 5000, 7000, 10_000];
const TIMES: [u64; 13] = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000];
const COUNTS: [u64; 13] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 500];

impl Axis {
    /// The axis at a path: `faults.loss.ack`; `faults.loss` for every loss at once;
    /// `producer.retries` for all lanes, `lanes[1].producer.retries` for one. `None` if there is no
    /// number there, and for the seed.
    pub fn of(path: &str) -> Option<Axis> {
        let (lane, path) = match in_lane(path) {
            Some((lane, path)) => (Some(lane), path),
            None => (None, path),
        };
        let of_a_lane = ["producer.", "broker.", "consumer."];
        let shape = if of_a_lane.iter().any(|part| path.starts_with(part)) {
            shape_at(&format!("lanes[0].{path}"))?
        } else if lane.is_none() && path != "seed" {
            shape_at(path)?
        } else {
            return None;
        };
        let (scale, min, max) = scale_of(path, &shape)?;
        let path = path.to_owned();
        Some(Axis { path, lane, scale, min, max })
    }

    /// Every axis in the order of the format, faults first; lane settings vary in all lanes.
    pub fn all() -> Vec<Axis> {
        let (parts, top): (Vec<&Setting>, _) =
            settings().partition(|setting| setting.path.contains('.'));
        parts.into_iter().chain(top).filter_map(|setting| Axis::of(&setting.path)).collect()
    }

    /// The path of what varies, as [`Axis::of`] takes it.
    pub fn path(&self) -> String {
        match self.lane {
            Some(lane) => format!("lanes[{lane}].{}", self.path),
            None => self.path.clone(),
        }
    }

    /// The lane it varies, counted from 0; `None`: all.
    pub fn lane(&self) -> Option<usize> {
        self.lane
    }

    /// The unit of its points.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The setting's description.
    pub fn setting(&self) -> Option<&'static Setting> {
        setting(&self.path)
    }

    /// A point as a plain number: a rate from 0 to 1, a multiplier, milliseconds, a count.
    pub fn number(&self, point: Point) -> f64 {
        let whole = point.0 as f64;
        match self.scale {
            Scale::Rate => whole / f64::from(Rate::SCALE),
            Scale::Factor => whole / f64::from(Factor::SCALE),
            Scale::Millis | Scale::Count => whole,
        }
    }

    /// The point nearest to a plain number.
    pub fn point(&self, number: f64) -> Point {
        let scale = match self.scale {
            Scale::Rate => f64::from(Rate::SCALE),
            Scale::Factor => f64::from(Factor::SCALE),
            Scale::Millis | Scale::Count => 1.0,
        };
        // The cast turns negative numbers and NaN into 0.
        Point((number * scale).round() as u64)
    }

    /// A point in words: `10 %`, `×1.5`, `200 ms`, `3`, `off`.
    pub fn point_words(&self, point: Point) -> String {
        let value = self.number(point).to_string();
        match self.scale {
            // A group of rates, or a range, has no number formatting of its own.
            Scale::Rate => value_words("faults.failure", &value),
            Scale::Millis if self.path == LATENCY => value_words("faults.restart_ms", &value),
            _ => value_words(&self.path, &value),
        }
    }

    /// The points to measure, ascending: the usual ones of its scale within the allowed range
    /// (evenly spaced for rates, increasingly far apart for times and counts), and the current
    /// value. Points that would break a rule between settings of this experiment are left out.
    pub fn points(&self, experiment: &Experiment) -> Vec<Point> {
        let usual: Vec<u64> = match self.scale {
            Scale::Rate => RATES.map(|percent| percent * u64::from(Rate::SCALE / 100)).into(),
            Scale::Factor => FACTORS.into(),
            Scale::Millis => TIMES.into(),
            Scale::Count => COUNTS.into(),
        };
        // The minimum is always a point, even where the usual ones start elsewhere.
        let mut points: Vec<Point> = usual.into_iter().chain([self.min]).map(Point).collect();
        points.retain(|point| (self.min..=self.max).contains(&point.0));
        points.extend(self.present(experiment));
        points.sort_unstable();
        points.dedup();
        points.retain(|&point| self.at(experiment, point).is_ok());
        points
    }

    /// The current values in the lanes, ascending and without repeats; empty if the value is not a
    /// number, such as `unlimited`, and for a group of rates that differ.
    pub fn present(&self, experiment: &Experiment) -> Vec<Point> {
        let values = match self.target() {
            Target::Faults(path) => vec![experiment.faults.write().at(path).cloned()],
            Target::Lanes(path) => {
                let lanes = experiment.lanes.iter().enumerate();
                let meant = lanes.filter(|(index, _)| self.lane.is_none_or(|lane| lane == *index));
                meant.map(|(_, lane)| lane.write().at(path).cloned()).collect()
            }
            Target::Top("messages") => vec![Some(experiment.messages.write())],
            Target::Top(_) => vec![Some(experiment.interval_ms.write())],
        };
        let points = values.iter().flatten().filter_map(|value| self.point_of(value));
        let mut points: Vec<Point> = points.collect();
        points.sort_unstable();
        points.dedup();
        points
    }

    /// The experiment at a point.
    ///
    /// # Errors
    ///
    /// The point is out of range there, or breaks a rule between settings: there cannot be fewer
    /// replicas than `min_in_sync` asks for.
    pub fn at(&self, experiment: &Experiment, point: Point) -> Result<Experiment, Mistakes> {
        let value = self.value(experiment, point);
        match (self.target(), self.lane) {
            (Target::Lanes(_), Some(_)) => experiment.with(&self.path(), value),
            (Target::Lanes(path), None) => {
                let mut changed = experiment.clone();
                for lane in 0..experiment.lanes.len() {
                    changed = changed.with(&format!("lanes[{lane}].{path}"), value.clone())?;
                }
                Ok(changed)
            }
            (Target::Faults(_) | Target::Top(_), _) => experiment.with(&self.path, value),
        }
    }

    /// The value in the document at a point.
    fn value(&self, experiment: &Experiment, point: Point) -> Json {
        let number = match self.scale {
            Scale::Rate | Scale::Factor => Json::Number(self.number(point)),
            Scale::Millis | Scale::Count => Json::Whole(point.0),
        };
        match shape_at(&self.path) {
            Some(Shape::Record(fields)) => {
                let fields = fields.iter().map(|field| (field.name.to_owned(), number.clone()));
                Json::Object(fields.collect())
            }
            // The shorter end keeps its ratio to the longer one.
            Some(Shape::Range { .. }) => {
                let now = experiment.faults.latency_ms;
                let least = point.0.saturating_mul(now.min()).checked_div(now.max());
                Json::List(vec![Json::Whole(least.unwrap_or(point.0)), number])
            }
            _ => number,
        }
    }

    /// The point of a value in the document.
    fn point_of(&self, value: &Json) -> Option<Point> {
        match value {
            Json::Object(fields) => {
                let mut points = fields.iter().map(|(_, value)| self.point_of(value));
                let first = points.next()??;
                points.all(|point| point == Some(first)).then_some(first)
            }
            Json::List(ends) => self.point_of(ends.last()?),
            value => {
                let scale = match self.scale {
                    Scale::Rate => Rate::SCALE,
                    Scale::Factor => Factor::SCALE,
                    Scale::Millis | Scale::Count => return value.as_whole().map(Point),
                };
                let most = u32::try_from(self.max).ok()? / scale;
                value.as_parts(scale, 0, most).map(|parts| Point(u64::from(parts)))
            }
        }
    }

    fn target(&self) -> Target<'_> {
        if let Some(path) = self.path.strip_prefix("faults.") {
            Target::Faults(path)
        } else if self.path.contains('.') {
            Target::Lanes(&self.path)
        } else {
            Target::Top(&self.path)
        }
    }
}

/// The only range of the format.
const LATENCY: &str = "faults.latency_ms";

/// Which part of the experiment a path is in, and the path below it.
enum Target<'a> {
    Faults(&'a str),
    Lanes(&'a str),
    Top(&'a str),
}

/// The scale and range of the axis at a path; `None` if there is no number there.
fn scale_of(path: &str, shape: &Shape) -> Option<(Scale, u64, u64)> {
    let unit = if path.ends_with("_ms") { Scale::Millis } else { Scale::Count };
    match *shape {
        Shape::Number { min: 0, max: 1 } => Some((Scale::Rate, 0, u64::from(Rate::SCALE))),
        Shape::Number { min, max } => {
            let thousandths = u64::from(Factor::SCALE);
            Some((Scale::Factor, min * thousandths, max * thousandths))
        }
        Shape::Whole { min, max } | Shape::Limit { min, max, .. } => Some((unit, min, max)),
        Shape::Range { max } => Some((unit, 0, max)),
        Shape::OrNull(ref shape) => scale_of(path, shape),
        // A group varies as one if all its fields are rates.
        Shape::Record(fields) => {
            let rate = |field: &FieldInfo| scale_of(path, &(field.shape)());
            let mut scales = fields.iter().map(rate);
            let first = scales.next()?.filter(|(scale, ..)| *scale == Scale::Rate);
            scales.all(|scale| scale == first).then_some(first)?
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;

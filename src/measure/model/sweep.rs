//! A sweep as a chart, as a table, and point by point in words.

use super::plot::{Plot, Reading, Value};
use super::{axes, interval_words, titled};
use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::{Axis, Point};
use ackground_core::measure::{Chance, Estimate, Figures, Quantity, Unit, csv};
use ackground_timeline::chart::{self, Chart, Curve, Scale, ticks};
use ackground_words::story::{self, FigureReason};

/// The results of a sweep, filled in as they arrive.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The planned points, ascending, and their figures once known.
    pub points: Vec<(Point, Option<Figures>)>,
}

impl Found {
    pub fn known(&self) -> impl Iterator<Item = (Point, &Figures)> {
        self.points.iter().filter_map(|(point, figures)| Some((*point, figures.as_ref()?)))
    }
}

/// One quantity along an axis.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    pub experiment: &'a Experiment,
    pub axis: &'a Axis,
    pub quantity: Quantity,
}

/// The approximate maximum number of ticks.
const TICKS_ACROSS: usize = 8;
const TICKS_UP: usize = 5;
/// From this ratio of maximum to minimum latency on, the scale is logarithmic.
const WIDE: f64 = 100.0;

impl Sweep<'_> {
    pub fn plot(&self, found: &Found) -> Plot {
        let known: Vec<(Point, Figures)> =
            found.known().map(|(point, figures)| (point, figures.clone())).collect();
        Plot {
            title: self.title(),
            description: self.description(found),
            note: self.note(found),
            reasons: self.reasons(found),
            along: axes::name(self.axis),
            lanes: (0..self.experiment.lanes.len())
                .map(|lane| self.experiment.lane_name(lane))
                .collect(),
            chart: self.chart(found),
            readings: self.readings(found),
            file: format!("{} by {}", self.quantity.id(), self.axis.path()),
            csv: csv::sweep(self.experiment, self.axis, &known),
        }
    }

    /// Both axes span the whole plan from the start, so that the chart does not rescale as results arrive.
    fn chart(&self, found: &Found) -> Chart {
        let mut curves: Vec<Curve> =
            (0..self.experiment.lanes.len()).map(|lane| self.curve(found, lane)).collect();
        let up = self.up(&curves);
        // The bands of what never happened would fill the chart, and look like a large result.
        if self.bound_of_none(found).is_some() {
            let points = curves.iter_mut().flat_map(|curve| &mut curve.points);
            points.for_each(|point| point.interval = None);
        }
        Chart { across: self.across(found), up, curves, present: self.present() }
    }

    /// Where the current experiment lies on the axis; `None` if lanes differ.
    fn present(&self) -> Option<f64> {
        let points = self.axis.present(self.experiment).into_iter();
        let mut here = points.filter(|point| {
            let there = self.axis.at(self.experiment, *point);
            there.is_ok_and(|there| there == *self.experiment)
        });
        here.next().map(|point| self.axis.number(point))
    }

    fn curve(&self, found: &Found, lane: usize) -> Curve {
        let mut points = Vec::new();
        let mut joined = false;
        for (point, figures) in &found.points {
            let estimate = figures.as_ref().and_then(|figures| self.estimate(figures, lane));
            if let Some(estimate) = estimate {
                points.push(chart::Point {
                    across: self.axis.number(*point),
                    up: estimate.value,
                    interval: estimate.spread().map(|interval| (interval.low, interval.high)),
                    joined,
                });
            }
            joined = estimate.is_some();
        }
        Curve { lane, name: self.experiment.lane_name(lane), points }
    }

    fn estimate(&self, figures: &Figures, lane: usize) -> Option<Estimate> {
        self.quantity.of(figures.lanes.get(lane)?)
    }

    /// If it happened in none of the runs: how often it can happen at most, at 95 %.
    fn bound_of_none(&self, found: &Found) -> Option<f64> {
        let lanes = 0..self.experiment.lanes.len();
        let estimates = found
            .known()
            .flat_map(|(_, figures)| lanes.clone().filter_map(|lane| self.estimate(figures, lane)));
        let highs = estimates.map(|estimate| {
            let high = estimate.spread().map(|interval| interval.high);
            high.filter(|_| estimate.value == 0.0)
        });
        highs.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::max)
    }

    fn across(&self, found: &Found) -> chart::Axis {
        use ackground_core::measure::sweep::Scale as Counted;
        let numbers = found.points.iter().map(|(point, _)| self.axis.number(*point));
        let scale = Scale::fitting(numbers);
        let whole = matches!(self.axis.scale(), Counted::Count | Counted::Millis);
        let ticks = ticks::ticks(&scale, TICKS_ACROSS, whole);
        chart::Axis {
            title: axes::title(self.experiment, self.axis),
            scale,
            ticks: ticks
                .into_iter()
                .map(|tick| (tick, self.axis.point_words(self.axis.point(tick))))
                .collect(),
        }
    }

    fn up(&self, curves: &[Curve]) -> chart::Axis {
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let top = points()
            .map(|point| point.interval.map_or(point.up, |(_, high)| high))
            .fold(0.0, f64::max);
        let least = points().map(|point| point.up).fold(f64::INFINITY, f64::min);
        let unit = self.quantity.unit();
        let logarithmic = unit == Unit::Millis && least > 0.0 && top / least >= WIDE;
        let scale = if logarithmic {
            Scale::logarithmic(10f64.powf(least.log10().floor()), top, false)
        } else {
            Scale::linear(0.0, ticks::ceiling(top, TICKS_UP))
        };
        let whole = unit == Unit::Ids && top >= 2.0;
        let ticks = ticks::ticks(&scale, TICKS_UP + 1, whole);
        let name = titled(self.quantity);
        chart::Axis {
            title: if logarithmic { format!("{name} (logarithmic)") } else { name },
            scale,
            ticks: ticks.into_iter().map(|tick| (tick, unit.words(tick))).collect(),
        }
    }

    /// The chart's title: `Duplicated by “Ack lost”`.
    fn title(&self) -> String {
        let by = axes::name(self.axis);
        format!("{} by \u{201c}{by}\u{201d}", self.quantity.name())
    }

    /// A text alternative: the course of each curve in a sentence.
    fn description(&self, found: &Found) -> String {
        let mut sentences = vec![self.quantity.sentence().to_owned()];
        for lane in 0..self.experiment.lanes.len() {
            let mut of_lane = found
                .known()
                .filter_map(|(point, figures)| Some((point, self.estimate(figures, lane)?)));
            let name = self.experiment.lane_name(lane);
            let words = |(point, estimate): (Point, Estimate)| {
                (self.quantity.unit().words(estimate.value), self.axis.point_words(point))
            };
            let first = of_lane.next().map(words);
            let last = of_lane.last().map(words);
            sentences.push(match (first, last) {
                (Some((from, at)), Some((to, there))) => {
                    format!("{name}: from {from} at {at} to {to} at {there}.")
                }
                (Some((from, at)), None) => format!("{name}: {from} at {at}."),
                (None, _) => format!("{name}: nothing to show."),
            });
        }
        sentences.join(" ")
    }

    /// What the axes count, and how precise it is.
    fn note(&self, found: &Found) -> String {
        let along = story::sentence(&self.axis.path());
        let along = along.map(|sentence| format!("Along: {sentence} ")).unwrap_or_default();
        let random = found.known().any(|(_, figures)| figures.chance == Chance::Faults);
        let interval = match self.quantity {
            _ if !random && found.known().next().is_some() => {
                "No fault is left to chance here, so each point is the result of every run."
            }
            Quantity::Latency(_) => "Accurate to 0.4 %; quantiles have no interval here.",
            _ => "Bands: 95 % intervals.",
        };
        let none = self.bound_of_none(found).filter(|_| random).map(|most| {
            let most = self.quantity.unit().words(most);
            format!("It happened in none of these runs, so it is rarer than {most} (95 %).")
        });
        let interval = none.unwrap_or_else(|| interval.to_owned());
        format!("{along}Up: {} {interval}", self.quantity.sentence())
    }

    /// Why the curves run as they do, as far as the setups say: where the axis is furthest along, lanes with the same
    /// reason together.
    fn reasons(&self, found: &Found) -> Vec<String> {
        let last =
            found.points.last().and_then(|(point, _)| self.axis.at(self.experiment, *point).ok());
        let Some(there) = last else {
            return Vec::new();
        };
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        for lane in 0..there.lanes.len() {
            let reasons = story::figure_reasons(&there, lane);
            let about = reasons.into_iter().find(|reason| reason.quantity == self.quantity);
            let Some(FigureReason { text, .. }) = about else {
                continue;
            };
            let name = self.experiment.lane_name(lane);
            match told.iter_mut().find(|(known, _)| *known == text) {
                Some((_, lanes)) => lanes.push(name),
                None => told.push((text, vec![name])),
            }
        }
        told.into_iter().map(|(text, lanes)| format!("{}: {text}", lanes.join(", "))).collect()
    }

    /// What the cursor reads off, point by point.
    fn readings(&self, found: &Found) -> Vec<Reading> {
        let (by, what) = (axes::name(self.axis), self.quantity.name().to_lowercase());
        let reading = |(point, figures): (Point, &Figures)| {
            let words = self.axis.point_words(point);
            let values = (0..self.experiment.lanes.len()).map(|lane| {
                let name = self.experiment.lane_name(lane);
                let value = self.value(figures, lane);
                Value {
                    words: format!("{name}. {by} {words}: {what} {value}"),
                    up: self.estimate(figures, lane).map(|estimate| estimate.value),
                    value,
                }
            });
            Reading {
                values: values.collect(),
                across: self.axis.number(point),
                title: format!("{by}: {words}"),
                point: words,
            }
        };
        found.known().map(reading).collect()
    }

    /// A value with its interval; a dash if there is none.
    fn value(&self, figures: &Figures, lane: usize) -> String {
        let Some(estimate) = self.estimate(figures, lane) else {
            return "–".to_owned();
        };
        let value = self.quantity.unit().words(estimate.value);
        match interval_words(self.quantity, estimate) {
            Some(interval) => format!("{value} ({interval})"),
            None => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::measure::{Quantile, Share, count};

    fn found(experiment: &Experiment, axis: &Axis, skip: usize) -> Found {
        let points = axis.points(experiment).into_iter().enumerate();
        let points = points.map(|(index, point)| {
            let there = axis.at(experiment, point).expect("it is allowed");
            let figures = (index != skip).then(|| count(&there, 0..40).figures());
            (point, figures)
        });
        Found { points: points.collect() }
    }

    #[test]
    fn a_sweep_is_one_curve_per_lane_with_a_gap_where_a_point_is_missing() {
        let mut experiment = Experiment::default();
        experiment.faults.script = Default::default();
        let axis = Axis::of("faults.loss.ack").expect("an axis");
        let sweep = Sweep {
            experiment: &experiment,
            axis: &axis,
            quantity: Quantity::Share(Share::Duplicated),
        };
        let plot = sweep.plot(&found(&experiment, &axis, 3));
        let chart = &plot.chart;
        assert_eq!(chart.curves.len(), 3);
        for curve in &chart.curves {
            assert_eq!(curve.points.len(), 10);
            let gaps = curve.points[1..].iter().filter(|point| !point.joined).count();
            assert_eq!(gaps, 1);
        }
        assert_eq!(chart.across.ticks[0].1, "0 %");
        assert_eq!(plot.title, "Duplicated by \u{201c}Ack lost\u{201d}");
        assert_eq!(chart.present, Some(0.0));
        let value = &plot.readings[2].values[1];
        assert!(value.words.starts_with("At least once. Ack lost 10 %: duplicated "), "{value:?}");
        assert_eq!(plot.readings[2].title, "Ack lost: 10 %");
        assert_eq!(plot.reasons.len(), 1, "{:?}", plot.reasons);
        assert!(plot.reasons[0].starts_with("At least once: A later commit"), "{:?}", plot.reasons);
        assert!(plot.note.contains("95 % intervals"), "{}", plot.note);
        assert!(plot.readings.is_sorted_by(|a, b| a.across < b.across));
        assert!(plot.description.contains("Effectively once: from 0 % at 0 % to 0 % at 50 %."));
    }

    #[test]
    fn what_never_happened_is_a_line_at_zero_and_said_with_its_bound() {
        let mut experiment = Experiment::default();
        experiment.faults.script = Default::default();
        experiment.faults.loss.ack =
            ackground_core::experiment::value::Rate::from_parts(200_000_000).expect("a fifth");
        let lanes = vec![experiment.lanes[2].clone()];
        experiment.lanes = ackground_core::experiment::Lanes::new(lanes).expect("one lane");
        let axis = Axis::of("faults.loss.deliver").expect("an axis");
        let quantity = Quantity::Share(Share::Duplicated);
        let sweep = Sweep { experiment: &experiment, axis: &axis, quantity };
        let plot = sweep.plot(&found(&experiment, &axis, usize::MAX));
        let points = plot.chart.curves.iter().flat_map(|curve| &curve.points);
        assert!(points.clone().all(|point| point.up == 0.0 && point.interval.is_none()));
        assert!(plot.note.contains("in none of these runs, so it is rarer than"), "{}", plot.note);
    }

    #[test]
    fn where_lanes_differ_there_is_no_present() {
        let experiment = Experiment::default();
        let axis = Axis::of("producer.retries").expect("an axis");
        let sweep =
            Sweep { experiment: &experiment, axis: &axis, quantity: Quantity::Share(Share::Lost) };
        assert_eq!(sweep.present(), None, "two lanes resend without limit");
        let plot = sweep.plot(&found(&experiment, &axis, usize::MAX));
        assert!(plot.note.contains("No fault is left to chance"), "{}", plot.note);
        assert!(!plot.readings[0].values[0].value.contains('('), "{:?}", plot.readings[0]);
    }

    #[test]
    fn times_are_on_a_logarithmic_axis_with_round_ticks() {
        let experiment = Experiment::default();
        let axis = Axis::of("producer.backoff.first_ms").expect("an axis");
        let sweep = Sweep {
            experiment: &experiment,
            axis: &axis,
            quantity: Quantity::Latency(Quantile::P99),
        };
        let chart = sweep.chart(&found(&experiment, &axis, 0));
        assert!(chart.across.scale.is_logarithmic());
        let words: Vec<&str> = chart.across.ticks.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["0 ms", "10 ms", "100 ms", "1 s", "10 s"]);
        assert!(chart.up.ticks.iter().all(|(_, words)| words.ends_with('s')), "{:?}", chart.up);
    }

    #[test]
    fn every_axis_with_every_quantity_is_a_chart() {
        let experiment = Experiment::default();
        for axis in Axis::all() {
            let points = axis.points(&experiment);
            let there = axis.at(&experiment, points[0]).expect("it is allowed");
            let figures = count(&there, 0..1).figures();
            let found = Found {
                points: points.into_iter().map(|point| (point, Some(figures.clone()))).collect(),
            };
            for quantity in Quantity::ALL {
                let plot = Sweep { experiment: &experiment, axis: &axis, quantity }.plot(&found);
                assert!(!plot.chart.across.ticks.is_empty() && !plot.chart.up.ticks.is_empty());
                let picture = chart::draw(&plot.chart, chart::Size { width: 700.0, height: 300.0 });
                for reading in &plot.readings {
                    for up in reading.values.iter().filter_map(|value| value.up) {
                        let spot = picture.position(reading.across, up);
                        assert!(spot.x.is_finite() && spot.y.is_finite());
                    }
                }
            }
        }
    }
}

//! Which axes there are, and that every point of each is allowed.

use super::*;
use crate::experiment::{Lane, Lanes, PresetId};

fn axis(path: &str) -> Axis {
    Axis::of(path).unwrap_or_else(|| panic!("{path} is an axis"))
}

fn points(path: &str, experiment: &Experiment) -> Vec<u64> {
    let points = axis(path).points(experiment);
    points.into_iter().map(|point| point.0).collect()
}

#[test]
fn every_number_of_the_format_is_an_axis_and_has_words() {
    let paths: Vec<String> = Axis::all().iter().map(Axis::path).collect();
    for path in [
        "faults.loss",
        "faults.loss.ack",
        "faults.crash",
        "faults.crash.consumer",
        "faults.failure",
        "faults.poison",
        "faults.slow",
        "faults.latency_ms",
        "faults.restart_ms",
        "producer.retries",
        "producer.delivery_timeout_ms",
        "producer.backoff.first_ms",
        "producer.backoff.factor",
        "producer.backoff.jitter",
        "broker.replicas",
        "broker.dedup_window_ms",
        "broker.redelivery_delay_ms",
        "consumer.dedup_window",
        "consumer.dedup_ttl_ms",
        "messages",
        "interval_ms",
    ] {
        assert!(paths.iter().any(|known| known == path), "{path}");
        assert!(axis(path).setting().is_some(), "{path}");
    }
    for path in [
        "seed",
        "title",
        "faults",
        "faults.script",
        "producer.acks",
        "producer.backoff",
        "lanes[0].messages",
        "lanes[0].faults.slow",
        "x",
    ] {
        assert_eq!(Axis::of(path), None, "{path}");
    }
}

#[test]
fn every_point_of_every_axis_is_allowed_and_says_what_it_is() {
    for preset in PresetId::ALL {
        let mut experiment = Experiment::default();
        let lanes = vec![Lane::of_preset(*preset), Lane::default()];
        experiment.lanes = Lanes::new(lanes).expect("two lanes");
        for of_all in Axis::all() {
            let one = Axis::of(&format!("lanes[0].{}", of_all.path()));
            for axis in one.into_iter().chain([of_all]) {
                let points = axis.points(&experiment);
                assert!(points.is_sorted_by(|a, b| a < b), "{axis:?}");
                assert!(!points.is_empty(), "{axis:?}");
                for point in points {
                    let there = axis.at(&experiment, point).expect("points are allowed");
                    assert!(axis.present(&there).contains(&point), "{axis:?} at {point:?}");
                    assert_eq!(Experiment::from_json(&there.to_json()), Ok(there));
                    assert!(!axis.point_words(point).is_empty());
                }
            }
        }
    }
}

#[test]
fn points_are_even_for_rates_and_grow_for_times_and_counts() {
    let experiment = Experiment::default();
    assert_eq!(points("faults.loss.ack", &experiment).len(), 11);
    let retries = [0, 1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 500];
    assert_eq!(points("producer.retries", &experiment), retries);
    assert_eq!(points("broker.partitions", &experiment), [1, 2, 3, 4, 5, 6, 8]);
    assert_eq!(points("faults.latency_ms", &experiment)[..5], [0, 10, 20, 50, 80]);
    assert_eq!(points("consumer.dedup_ttl_ms", &experiment)[..3], [1, 10, 20]);
}

#[test]
fn a_point_that_breaks_a_rule_in_this_experiment_is_left_out() {
    let mut experiment = Experiment::default();
    experiment.lanes[1].broker.min_in_sync = crate::experiment::value::Bounded::of(3);
    assert_eq!(points("broker.replicas", &experiment), [3, 4, 5]);
    assert_eq!(points("lanes[0].broker.replicas", &experiment), [1, 2, 3, 4, 5]);
    assert!(axis("broker.replicas").at(&experiment, Point(1)).is_err());
    assert!(axis("lanes[5].broker.replicas").at(&experiment, Point(1)).is_err());
    assert!(axis("faults.slow").at(&experiment, Point(u64::MAX)).is_err());
}

#[test]
fn a_group_is_changed_as_one_and_a_range_keeps_its_proportion() {
    let experiment = Experiment::default();
    let losses = axis("faults.loss");
    let tenth = Point(100_000_000);
    let lossy = losses.at(&experiment, tenth).expect("a rate");
    let loss = &lossy.faults.loss;
    for rate in [loss.publish, loss.publish_ack, loss.deliver, loss.ack] {
        assert_eq!(rate, Rate::percent(10));
    }
    assert_eq!(losses.present(&lossy), [tenth]);
    let one = axis("faults.loss.ack").at(&lossy, Point(0)).expect("a rate");
    assert_eq!(losses.present(&one), [], "they differ");
    let slow = axis("faults.latency_ms").at(&experiment, Point(200)).expect("a time");
    let latency = slow.faults.latency_ms;
    assert_eq!((latency.min(), latency.max()), (50, 200), "from 20 to 80");
    assert_eq!(losses.point_words(tenth), "10 %");
    assert_eq!(axis("faults.latency_ms").point_words(Point(200)), "200 ms");
    assert_eq!(axis("broker.dedup_window_ms").point_words(Point(0)), "off");
    assert_eq!(axis("producer.backoff.factor").point_words(Point(1500)), "×1.5");
}

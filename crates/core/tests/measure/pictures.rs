//! The classical pictures come out by themselves: each sweep has the shape that the field knows.

use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::{Axis, Point};
use ackground_core::measure::{Quantile, Quantity, Share, count, runs};

/// The curves of a quantity along an axis: per lane its value at each point.
fn curves(text: &str, axis: &str, quantity: Quantity, messages: u64) -> Vec<Vec<(u64, f64)>> {
    let experiment = Experiment::from_json(text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
    let axis = Axis::of(axis).expect("it is an axis");
    let mut curves = vec![Vec::new(); experiment.lanes.len()];
    for point in axis.points(&experiment) {
        let there = axis.at(&experiment, point).expect("points are allowed");
        let figures = count(&there, 0..runs(&there, messages)).figures();
        for (curve, lane) in curves.iter_mut().zip(&figures.lanes) {
            let Point(at) = point;
            curve.push((at, quantity.of(lane).map_or(0.0, |told| told.value)));
        }
    }
    curves
}

const QUEUE: &str = r#""broker":{"kind":"queue","redelivery_timeout_ms":1000}"#;

#[test]
fn duplicates_follow_the_loss_of_acknowledgments_one_to_one_unless_ids_are_kept() {
    let text = format!(
        r#"{{"version":1,"lanes":[{{{QUEUE}}},{{{QUEUE},"consumer":{{"dedup":"atomic"}}}}]}}"#
    );
    let duplicated = Quantity::Share(Share::Duplicated);
    let curves = curves(&text, "faults.loss.ack", duplicated, 4000);
    for (parts, share) in &curves[0] {
        let rate = *parts as f64 / 1e9;
        // 4000 messages: at most five standard deviations of 0.8 %.
        assert!((share - rate).abs() < 0.04, "{share} at {rate}");
    }
    assert!(curves[0].is_sorted_by(|a, b| a.1 < b.1), "the same luck: the curve is smooth");
    assert!(curves[1].iter().all(|&(_, share)| share == 0.0));
}

#[test]
fn loss_falls_by_the_same_factor_with_every_resend() {
    let text = r#"{"version":1,"faults":{"loss":{"publish":0.3}},"lanes":[{}]}"#;
    let curves = curves(text, "producer.retries", Quantity::Share(Share::Lost), 6000);
    for &(retries, share) in curves[0].iter().take_while(|(retries, _)| *retries <= 8) {
        let expected = 0.3_f64.powi(retries as i32 + 1);
        assert!((share - expected).abs() < 0.03, "{share} after {retries}");
    }
    assert!(curves[0].is_sorted_by(|a, b| a.1 >= b.1));
}

#[test]
fn a_longer_backoff_costs_latency_at_the_tail_and_not_at_the_median() {
    let text = r#"{"version":1,"faults":{"loss":{"publish":0.1}},"interval_ms":60000,
        "lanes":[{"producer":{"max_in_flight":100,"backoff":{"max_ms":600000}}}]}"#;
    let axis = "producer.backoff.first_ms";
    let tail = &curves(text, axis, Quantity::Latency(Quantile::P99), 3000)[0];
    assert!(tail.is_sorted_by(|a, b| a.1 <= b.1), "{tail:?}");
    let (first, last) = (tail[0].1, tail[tail.len() - 1].1);
    assert!(first < 3_000.0 && last > 60_000.0, "{first} to {last}");
    let median = &curves(text, axis, Quantity::Latency(Quantile::P50), 3000)[0];
    let (first, last) = (median[0].1, median[median.len() - 1].1);
    assert!(last < 1.1 * first, "nine of ten need no resend: {first} to {last}");
}

/// A repeat is recognised as long as the id is kept: the window has to outlast what delays a repeat.
#[test]
fn ids_must_be_kept_longer_than_a_redelivery_takes() {
    let text = r#"{"version":1,"faults":{"loss":{"ack":0.3}},"scenario":"metrics",
        "lanes":[{"broker":{"kind":"queue","redelivery_timeout_ms":5000},
                  "consumer":{"dedup":"table_after","processing_ms":0}}]}"#;
    let duplicated = Quantity::Share(Share::Duplicated);
    let curve = &curves(text, "consumer.dedup_ttl_ms", duplicated, 3000)[0];
    for &(ttl, share) in curve {
        match ttl {
            ..=2000 => assert!(share > 0.25, "{share} with {ttl} ms"),
            // Only after four redeliveries that were lost: 0.8 %.
            20_000 => assert!(share < 0.02, "{share} with {ttl} ms"),
            60_000.. => assert_eq!(share, 0.0, "with {ttl} ms"),
            _ => {}
        }
    }
}

/// What the broker is told again within its window it drops: it has to outlast the resends.
#[test]
fn the_brokers_window_must_outlast_the_resends() {
    let text = r#"{"version":1,"faults":{"loss":{"publish_ack":0.3}},"scenario":"metrics",
        "lanes":[{"producer":{"request_timeout_ms":2000}}]}"#;
    let duplicated = Quantity::Share(Share::Duplicated);
    let curve = &curves(text, "broker.dedup_window_ms", duplicated, 3000)[0];
    for &(window, share) in curve {
        match window {
            ..=2000 => assert!(share > 0.25, "{share} with {window} ms"),
            60_000.. => assert_eq!(share, 0.0, "with {window} ms"),
            _ => {}
        }
    }
}

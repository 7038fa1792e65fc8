//! Invariants of every chart, and of a saved one.

use proptest::prelude::*;

use super::*;
use crate::palette::Look;

fn chart(points: &[Vec<(f64, f64)>]) -> Chart {
    let numbers = || points.iter().flatten().copied();
    let across = Scale::fitting(numbers().map(|(x, _)| x));
    let top = ticks::ceiling(numbers().map(|(_, y)| y).fold(0.0, f64::max), 5);
    let up = Scale::linear(0.0, top);
    let axis = |scale: Scale| Axis {
        title: "How much <of it>, in %".to_owned(),
        ticks: ticks::ticks(&scale, 6, false)
            .into_iter()
            .map(|tick| (tick, tick.to_string()))
            .collect(),
        scale,
    };
    let curve = |(lane, points): (usize, &Vec<(f64, f64)>)| Curve {
        lane,
        name: format!("Lane & \"{lane}\" with quite a long name"),
        points: points
            .iter()
            .map(|&(across, up)| Point {
                across,
                up,
                interval: Some((up * 0.9, up * 1.1)),
                joined: true,
            })
            .collect(),
    };
    Chart {
        across: axis(across),
        up: axis(up),
        curves: points.iter().enumerate().map(curve).collect(),
        present: points.iter().flatten().next().map(|(x, _)| *x),
    }
}

fn points() -> impl Strategy<Value = Vec<Vec<(f64, f64)>>> {
    let numbers = prop_oneof![Just(0.0), 0.001..1e5_f64];
    prop::collection::vec(prop::collection::vec((numbers.clone(), numbers), 0..14), 1..5)
}

proptest! {
    #[test]
    fn everything_is_inside_of_the_picture(points in points(), width in 260.0..1400.0_f64) {
        let picture = draw(&chart(&points), Size { width, height: 320.0 });
        let (upper, lower) = picture.frame;
        for &(across, up) in points.iter().flatten() {
            let spot = picture.position(across, up);
            prop_assert!(spot.x >= upper.x - 0.1 && spot.x <= lower.x + 0.1, "{spot:?}");
            prop_assert!(spot.y >= upper.y - 0.1 && spot.y <= lower.y + 0.1, "{spot:?}");
        }
        prop_assert!(upper.x < lower.x && lower.x <= width);
        for shape in &picture.shapes {
            if let Form::Text { .. } = shape.form {
                let at = shape.at;
                prop_assert!((0.0..=width).contains(&at.x) && (0.0..=320.0).contains(&at.y), "{shape:?}");
            }
        }
    }

    #[test]
    fn names_beside_curves_never_overlap(points in points()) {
        let picture = draw(&chart(&points), Size { width: 900.0, height: 320.0 });
        let mut heights: Vec<f64> = picture.shapes.iter().filter_map(|shape| match shape.form {
            Form::Text { .. } if shape.class.starts_with("name") => Some(shape.at.y),
            _ => None,
        }).collect();
        heights.sort_by(f64::total_cmp);
        prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] > 16.9), "{heights:?}");
    }

    #[test]
    fn words_below_the_axis_never_overlap(points in points(), width in 260.0..1400.0_f64) {
        let chart = chart(&points);
        let picture = draw(&chart, Size { width, height: 320.0 });
        let words = legible(&chart, picture.frame);
        let ends = words.iter().map(|(tick, words)| {
            let half = words.chars().count() as f64 * LETTER / 2.0;
            let x = super::width(&chart, picture.frame, *tick);
            (x - half, x + half)
        });
        let ends: Vec<(f64, f64)> = ends.collect();
        prop_assert!(ends.windows(2).all(|pair| pair[0].1 < pair[1].0), "{ends:?}");
    }

    #[test]
    fn a_saved_chart_is_well_formed(points in points(), title in any::<String>()) {
        let picture = draw(&chart(&points), Size { width: 900.0, height: 320.0 });
        for look in [Look::Light, Look::Dark] {
            let text = svg::write(&picture, &title, "A <chart> & more", look);
            prop_assert!(well_formed(&text), "{text}");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            prop_assert!(!text.contains("var("));
        }
    }
}

/// A minimal XML reader: tags that close in order, texts and attributes without unescaped characters.
fn well_formed(text: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (between, tag) = rest.split_at(start);
        if !plain(between) {
            return false;
        }
        let Some(end) = tag.find('>') else {
            return false;
        };
        let inner = &tag[1..end];
        rest = &tag[end + 1..];
        let name = |inner: &str| {
            let name = inner.split_whitespace().next().unwrap_or_default();
            name.trim_end_matches('/').to_owned()
        };
        if let Some(closed) = inner.strip_prefix('/') {
            if open.pop() != Some(closed.to_owned()) {
                return false;
            }
        } else {
            if inner.matches('"').count() % 2 != 0 || !plain(inner) {
                return false;
            }
            if !inner.ends_with('/') {
                open.push(name(inner));
            }
        }
    }
    open.is_empty() && plain(rest)
}

/// Whether every `&` begins a known entity, and no character is one that XML forbids.
fn plain(text: &str) -> bool {
    let entities = ["&amp;", "&lt;", "&gt;", "&quot;"];
    let ands = text.match_indices('&');
    let known = ands
        .into_iter()
        .all(|(at, _)| entities.iter().any(|entity| text[at..].starts_with(entity)));
    known && !text.contains(['\u{0}', '\u{1b}', '\u{fffe}', '\u{ffff}'])
}

#[test]
fn a_gap_in_what_is_known_is_a_gap_in_the_curve() {
    let mut chart = chart(&[vec![(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]]);
    chart.curves[0].points[2].joined = false;
    let picture = draw(&chart, Size { width: 900.0, height: 320.0 });
    let curve = picture.shapes.iter().find_map(|shape| match &shape.form {
        Form::Curve(d) if shape.class == "curve lane-1" => Some(d),
        _ => None,
    });
    assert_eq!(curve.expect("a curve").matches('M').count(), 2);
}

#[test]
fn where_there_is_no_room_for_names_there_are_numbers() {
    let points = [vec![(0.0, 1.0), (1.0, 1.0)], vec![(0.0, 0.0), (1.0, 0.5)]];
    let picture = draw(&chart(&points), Size { width: 320.0, height: 260.0 });
    let names = picture.shapes.iter().filter_map(|shape| match &shape.form {
        Form::Text { says, .. } if shape.class.starts_with("name") => Some(says.as_ref()),
        _ => None,
    });
    assert_eq!(names.collect::<Vec<_>>(), ["1", "2"]);
}

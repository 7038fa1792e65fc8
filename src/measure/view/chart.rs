//! Line charts with a cursor, moved by pointer or arrow keys.
//!
//! To keyboards and screen readers the chart is a slider that moves along its points and from lane to lane.
//! Its `aria-valuetext` is the sentence for the point.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::controls::paint::{Frame, plain};
use crate::measure::model::plot::{Plot, Reading};
use ackground_timeline::chart::Picture;
use ackground_timeline::chart::path::sign;
use ackground_timeline::shape::{Position, coordinate};

#[derive(Properties, PartialEq)]
pub struct CurvesChartProps {
    pub picture: Rc<Picture>,
    pub plot: Rc<Plot>,
}

/// The cursor: which reading, which lane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cursor {
    point: usize,
    lane: usize,
}

#[component]
pub fn CurvesChart(props: &CurvesChartProps) -> Html {
    let CurvesChartProps { picture, plot } = props;
    let readings = &plot.readings;
    let node = use_node_ref();
    let cursor = use_state_eq(Cursor::default);
    let shown = use_state_eq(|| false);
    let at = within(*cursor, readings);
    let onkeydown = {
        let (plot, cursor, shown) = (plot.clone(), cursor.clone(), shown.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                shown.set(false);
            }
            if let Some(next) = moved(within(*cursor, &plot.readings), &event.key(), &plot.readings)
            {
                event.prevent_default();
                cursor.set(next);
                shown.set(true);
            }
        })
    };
    let onpointermove = {
        let (picture, plot, node) = (picture.clone(), plot.clone(), node.clone());
        let (cursor, shown) = (cursor.setter(), shown.setter());
        Callback::from(move |event: PointerEvent| {
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            if let Some(nearest) = nearest(&node, &picture, &plot.readings, x, y) {
                cursor.set(nearest);
                shown.set(true);
            }
        })
    };
    let show = |is: bool| {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(is))
    };
    let text = at
        .and_then(|at| readings.get(at.point)?.values.get(at.lane))
        .map_or_else(|| "Nothing is measured yet.".to_owned(), |value| value.words.clone());
    let (width, height) = (coordinate(picture.size.width), coordinate(picture.size.height));
    html! {
        <div class="curves" ref={node} tabindex="0" role="slider" data-test="chart"
            aria-label={format!("{}. Left and right move along the points, up and down from lane to lane.", plot.title)}
            aria-valuemin="0" aria-valuemax={readings.len().saturating_sub(1).to_string()}
            aria-valuenow={at.map_or(0, |at| at.point).to_string()} aria-valuetext={text}
            {onkeydown} onpointerdown={onpointermove.clone()} {onpointermove} onpointerleave={show(false).reform(|_| ())}
            onfocus={show(true).reform(|_| ())} onblur={show(false).reform(|_| ())}>
            <svg class="chart" viewBox={format!("0 0 {width} {height}")} {width} {height} aria-hidden="true">
                { for picture.shapes.iter().map(|shape| plain(Frame::CHART, shape)) }
                if let Some(at) = at.filter(|_| *shown) { { mark(picture, readings, at) } }
            </svg>
            if let Some(at) = at.filter(|_| *shown) { { tip(picture, plot, at) } }
        </div>
    }
}

/// The cursor line, with a ring around the point.
fn mark(picture: &Picture, readings: &[Reading], at: Cursor) -> Html {
    let Some(reading) = readings.get(at.point) else {
        return Html::default();
    };
    let (upper, lower) = picture.frame;
    let x = coordinate(across(picture, reading));
    let d = format!("M{x} {}V{}", coordinate(upper.y), coordinate(lower.y));
    let spot = spot(picture, reading, at.lane);
    html! {
        <>
            <path class="reader" {d} />
            if let Some(spot) = spot {
                <circle class="ring" cx={coordinate(spot.x)} cy={coordinate(spot.y)} r="9" />
                <path class={format!("sign lane-{}", at.lane + 1)} d={sign(at.lane, spot)} />
            }
        </>
    }
}

/// The x of a reading, in pixels.
fn across(picture: &Picture, reading: &Reading) -> f64 {
    picture.position(reading.across, 0.0).x
}

/// The position of a lane's value, if its curve has a point here.
fn spot(picture: &Picture, reading: &Reading, lane: usize) -> Option<Position> {
    let up = reading.values.get(lane)?.up?;
    Some(picture.position(reading.across, up))
}

/// The values of all lanes at the cursor, beside its line.
fn tip(picture: &Picture, plot: &Plot, at: Cursor) -> Html {
    let Some(reading) = plot.readings.get(at.point) else {
        return Html::default();
    };
    let share = across(picture, reading) / picture.size.width * 100.0;
    let (side, distance) = if share < 50.0 { ("left", share) } else { ("right", 100.0 - share) };
    html! {
        <div class="chart-tip" aria-hidden="true" style={format!("{side}:calc({distance:.2}% + 14px)")}>
            <strong>{ reading.title.clone() }</strong>
            { for reading.values.iter().zip(&plot.lanes).enumerate().map(|(lane, (value, name))| html! {
                <div class={classes!((lane == at.lane).then_some("read"))} key={lane}>
                    { super::table::key(lane) }<span>{ name.clone() }</span><span>{ value.value.clone() }</span>
                </div>
            }) }
        </div>
    }
}

/// Clamps the cursor to an existing point.
fn within(cursor: Cursor, readings: &[Reading]) -> Option<Cursor> {
    let point = cursor.point.min(readings.len().checked_sub(1)?);
    let lane = cursor.lane.min(readings[point].values.len().checked_sub(1)?);
    Some(Cursor { point, lane })
}

/// Where a key moves the cursor; `None` for keys that the chart does not use.
fn moved(at: Option<Cursor>, key: &str, readings: &[Reading]) -> Option<Cursor> {
    let at = at?;
    let lanes = readings.get(at.point)?.values.len();
    let (point, lane) = match key {
        "ArrowLeft" => (at.point.saturating_sub(1), at.lane),
        "ArrowRight" => ((at.point + 1).min(readings.len() - 1), at.lane),
        "Home" => (0, at.lane),
        "End" => (readings.len() - 1, at.lane),
        "ArrowUp" => (at.point, (at.lane + lanes - 1) % lanes),
        "ArrowDown" => (at.point, (at.lane + 1) % lanes),
        _ => return None,
    };
    Some(Cursor { point, lane })
}

/// The point nearest to the pointer: the nearest reading first, then the nearest curve.
fn nearest(
    node: &NodeRef,
    picture: &Picture,
    readings: &[Reading],
    x: f64,
    y: f64,
) -> Option<Cursor> {
    let frame = node.cast::<Element>()?.get_bounding_client_rect();
    let scale = picture.size.width / frame.width().max(1.0);
    let (x, y) = ((x - frame.left()) * scale, (y - frame.top()) * scale);
    let by = |distance: f64, other: f64| distance.total_cmp(&other);
    let points = readings.iter().enumerate();
    let away = |reading: &Reading| (across(picture, reading) - x).abs();
    let (point, reading) = points.min_by(|a, b| by(away(a.1), away(b.1)))?;
    let far =
        |lane: usize| spot(picture, reading, lane).map_or(f64::INFINITY, |spot| (spot.y - y).abs());
    let lane = (0..reading.values.len()).min_by(|&a, &b| by(far(a), far(b)))?;
    Some(Cursor { point, lane })
}

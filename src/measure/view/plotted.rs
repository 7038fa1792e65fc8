//! What a sweep has found: the chart, its values in a table, and both as files.

use std::rc::Rc;

use yew::prelude::*;

use super::chart::CurvesChart;
use crate::controls::save::Save;
use crate::hooks::{is_dark, use_width};
use crate::measure::model::sweep::{Found, Plot, Reading};
use crate::measure::model::{axes, plan};
use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::Axis;
use ackground_core::measure::{Figures, Quantity, csv};
use ackground_timeline::chart::svg;
use ackground_timeline::chart::{Picture, Size, draw};
use ackground_timeline::palette::Look;

#[derive(Properties, PartialEq)]
pub struct PlottedProps {
    pub experiment: Rc<Experiment>,
    pub axis: Axis,
    pub quantity: Quantity,
    pub found: Rc<Found>,
    /// Whether something else is being measured, of which nothing is known yet.
    pub old: bool,
}

/// How large a chart is: as wide as there is room, and not higher than a screen.
fn size(width: u32) -> Size {
    let width = f64::from(width).clamp(260.0, 1600.0);
    Size { width, height: (width * 0.42).clamp(270.0, 430.0) }
}

/// The size of a saved chart, whatever the screen.
const SAVED: Size = Size { width: 960.0, height: 420.0 };

/// The chart and what belongs to it.
#[component]
pub fn Plotted(props: &PlottedProps) -> Html {
    let PlottedProps { experiment, axis, quantity, found, old } = props;
    let node = use_node_ref();
    let width = use_width(&node, 960);
    let plot = Plot { experiment, axis, quantity: *quantity };
    let title = AttrValue::from(plot.title());
    let drawn = use_memo(
        (experiment.clone(), axis.clone(), *quantity, found.clone(), width),
        |(experiment, axis, quantity, found, width)| {
            let plot = Plot { experiment, axis, quantity: *quantity };
            let picture = draw(&plot.chart(found), size(*width));
            let readings = plot.readings(found, &picture);
            (Rc::new(picture), Rc::new(readings))
        },
    );
    let (picture, readings): &(Rc<Picture>, Rc<Vec<Reading>>) = &drawn;
    html! {
        <figure class={classes!("plotted", old.then_some("old"))}>
            <div class="plotted-box" ref={node}>
                <CurvesChart picture={picture.clone()} readings={readings.clone()} title={title.clone()} />
            </div>
            <figcaption class="plotted-foot">
                <p class="muted small">
                    if let Some(words) = axis.words() { { format!("Along: {} ", words.sentence()) } }
                    { "Up: " }{ quantity.sentence() }{ interval_note(*quantity) }
                </p>
                <div class="saves">{ saves(props) }</div>
            </figcaption>
            { values(&title, plot, readings) }
        </figure>
    }
}

fn interval_note(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Latency(_) => {
            " Within 0.4 % of what was measured; a quantile has no interval here."
        }
        _ => " Bands: 95 % intervals.",
    }
}

fn saves(props: &PlottedProps) -> Html {
    if props.old || props.found.known().next().is_none() {
        return Html::default();
    }
    let (id, path) = (props.quantity.id(), props.axis.path());
    let name = |ending: &str| AttrValue::from(plan::file_name(&[id, "by", &path], ending));
    let svg_text = {
        let (experiment, axis, found) =
            (props.experiment.clone(), props.axis.clone(), props.found.clone());
        let quantity = props.quantity;
        Callback::from(move |()| {
            let plot = Plot { experiment: &experiment, axis: &axis, quantity };
            let look = if is_dark() { Look::Dark } else { Look::Light };
            let picture = draw(&plot.chart(&found), SAVED);
            svg::write(&picture, &plot.title(), &plot.description(&found), look)
        })
    };
    let csv_text = {
        let (experiment, axis, found) =
            (props.experiment.clone(), props.axis.clone(), props.found.clone());
        Callback::from(move |()| {
            let known = found.known();
            let known: Vec<(_, Figures)> =
                known.map(|(point, figures)| (point, figures.clone())).collect();
            csv::sweep(&experiment, &axis, &known)
        })
    };
    html! {
        <>
            <Save label="Save as SVG" name={name("svg")} kind="image/svg+xml" text={svg_text} test="save-svg" />
            <Save label="Save as CSV" name={name("csv")} kind="text/csv;charset=utf-8" text={csv_text} test="save-sweep-csv" />
        </>
    }
}

/// The values as a table.
fn values(title: &AttrValue, plot: Plot<'_>, readings: &[Reading]) -> Html {
    let axis = axes::name(plot.axis);
    let names = (0..plot.experiment.lanes.len()).map(|lane| plot.experiment.lane_name(lane));
    html! {
        <details class="values" data-test="sweep-values">
            <summary>{ "The values as a table" }</summary>
            <div class="values-box" tabindex="0" role="region" aria-label="Values">
                <table>
                    <caption>{ title.clone() }</caption>
                    <thead><tr>
                        <th scope="col">{ axis }</th>
                        { for names.enumerate().map(|(lane, name)| html! { <th scope="col" key={lane}>{ name }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for readings.iter().map(|reading| html! {
                            <tr key={reading.point.clone()}>
                                <th scope="row">{ reading.point.clone() }</th>
                                { for reading.values.iter().map(|value| html! { <td>{ value.value.clone() }</td> }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

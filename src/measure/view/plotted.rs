//! A plot: the chart, a table of its values, and both as files.

use std::rc::Rc;

use yew::prelude::*;

use super::chart::CurvesChart;
use crate::controls::save::Save;
use crate::hooks::{is_dark, use_width};
use crate::measure::model::plan;
use crate::measure::model::plot::Plot;
use ackground_timeline::chart::{Size, draw, svg};
use ackground_timeline::palette::Look;

#[derive(Properties, PartialEq)]
pub struct PlottedProps {
    pub plot: Rc<Plot>,
    /// Whether this is stale: something else is being measured, but there are no results yet.
    pub old: bool,
}

/// As wide as the container, and no higher than a screen.
fn size(width: u32) -> Size {
    let width = f64::from(width).clamp(260.0, 1600.0);
    Size { width, height: (width * 0.42).clamp(270.0, 430.0) }
}

/// The size of a saved chart, regardless of the screen.
const SAVED: Size = Size { width: 960.0, height: 420.0 };

#[component]
pub fn Plotted(props: &PlottedProps) -> Html {
    let PlottedProps { plot, old } = props;
    let node = use_node_ref();
    let width = use_width(&node, 960);
    let picture = use_memo((plot.clone(), width), |(plot, width)| draw(&plot.chart, size(*width)));
    html! {
        <figure class={classes!("plotted", old.then_some("old"))}>
            <div class="plotted-box" ref={node}>
                <CurvesChart {picture} plot={plot.clone()} />
            </div>
            if !plot.reasons.is_empty() {
                <ul class="reasons" data-test="reasons">{ for plot.reasons.iter().map(|reason| html! { <li key={reason.clone()}>{ reason.clone() }</li> }) }</ul>
            }
            <figcaption class="plotted-foot">
                <p class="muted small">{ plot.note.clone() }</p>
                <div class="saves">
                    if !old && !plot.readings.is_empty() { { saves(plot) } }
                </div>
            </figcaption>
            { values(plot) }
        </figure>
    }
}

fn saves(plot: &Rc<Plot>) -> Html {
    let name = |ending: &str| AttrValue::from(plan::file_name(&[&plot.file], ending));
    let svg_text = {
        let plot = plot.clone();
        Callback::from(move |()| {
            let look = if is_dark() { Look::Dark } else { Look::Light };
            svg::write(&draw(&plot.chart, SAVED), &plot.title, &plot.description, look)
        })
    };
    let csv_text = {
        let plot = plot.clone();
        Callback::from(move |()| plot.csv.clone())
    };
    html! {
        <>
            <Save label="Save as SVG" name={name("svg")} kind="image/svg+xml" text={svg_text} test="save-svg" />
            <Save label="Save as CSV" name={name("csv")} kind="text/csv;charset=utf-8" text={csv_text} test="save-sweep-csv" />
        </>
    }
}

fn values(plot: &Plot) -> Html {
    html! {
        <details class="values" data-test="sweep-values">
            <summary>{ "The values as a table" }</summary>
            <div class="values-box" tabindex="0" role="region" aria-label="Values">
                <table>
                    <caption>{ plot.title.clone() }</caption>
                    <thead><tr>
                        <th scope="col">{ plot.along.clone() }</th>
                        { for plot.lanes.iter().enumerate().map(|(lane, name)| html! { <th scope="col" key={lane}>{ name.clone() }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for plot.readings.iter().map(|reading| html! {
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

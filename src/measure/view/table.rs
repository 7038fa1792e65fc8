//! Lanes side by side: a row per quantity, a column per lane.

use yew::prelude::*;

use crate::context::Density;
use crate::controls::{Among, Item, Select};
use crate::glossary::term::Marked;
use crate::measure::model::table::{Bar, Cell, Row, Section, Table};
use ackground_core::measure::Chance;

#[derive(Properties, PartialEq)]
pub struct FiguresTableProps {
    pub table: Table,
    /// Whether the figures are stale.
    pub old: bool,
    #[prop_or_default]
    pub children: Html,
    /// Chooses the reference lane, by index.
    pub on_against: Callback<usize>,
}

#[component]
pub fn FiguresTable(props: &FiguresTableProps) -> Html {
    let table = &props.table;
    let several = table.lanes.len() > 1;
    let corner = if several { against(table, &props.on_against) } else { Html::default() };
    let scale = table.sections.iter().find_map(|section| section.scale.clone());
    html! {
        <>
            { grid(table, Density::Page, props.old, corner) }
            <div class="overview-foot">
            <p class="muted small">
                { certainty(table.chance) }
                if let Some(scale) = scale { { format!(" Bars of shares go from 0 to {scale}, all others to the largest value of their row.") } }
                if several { { " All lanes meet the same random faults, so they are compared message by message: " }<b>{ "=" }</b>{ " the same in every one, " }<b>{ "≈" }</b>{ " no difference beyond noise, " }<b>{ "▲ ▼" }</b>{ " more than noise." } }
            </p>
            { props.children.clone() }
            </div>
            <details class="values">
                <summary>{ "What each figure means" }</summary>
                <dl class="meanings">
                    { for table.sections.iter().flat_map(|section| &section.rows).map(|row| html! {
                        <div key={row.quantity.id()}><dt>{ row.quantity.name() }</dt><dd><Marked text={row.quantity.sentence()} /></dd></div>
                    }) }
                </dl>
            </details>
        </>
    }
}

/// How certain the figures are.
const fn certainty(chance: Chance) -> &'static str {
    match chance {
        Chance::Faults => "Bars: 95 % confidence intervals.",
        Chance::Times => {
            "No fault is left to chance here. Only travel times make figures vary; the bars are 95 % confidence intervals."
        }
        Chance::Nothing => "Nothing here is left to chance: every run is the same.",
    }
}

/// The table itself, with `corner` in its top left cell; an embedded figure compares no lanes.
pub fn grid(table: &Table, density: Density, old: bool, corner: Html) -> Html {
    let page = density.is_page();
    let reference = (page && table.lanes.len() > 1).then_some(table.reference);
    html! {
        <div class={classes!("figures-box", old.then_some("old"))} tabindex="0" role="region" aria-label="Figures of all lanes">
            <table class="figures" role="table" data-test={page.then_some("figures")} style={format!("--lanes:{}", table.lanes.len())}>
                <caption class="quiet">{ "The figures of each lane, with 95 % intervals for those that vary" }</caption>
                <thead role="rowgroup"><tr role="row">
                    <td role="cell">{ corner }</td>
                    { for table.lanes.iter().enumerate().map(|(lane, name)| html! {
                        <th scope="col" role="columnheader" key={lane}>
                            <span class={format!("key key-{}", lane + 1)} aria-hidden="true">{ key(lane) }</span>
                            <span>{ name.clone() }</span>
                            if reference == Some(lane) { <small>{ "the others are compared with this one" }</small> }
                        </th>
                    }) }
                </tr></thead>
                { for table.sections.iter().map(|section| body(section, table.lanes.len() + 1, page)) }
            </table>
        </div>
    }
}

/// The marker of a lane, as in the chart.
pub fn key(lane: usize) -> Html {
    use ackground_timeline::chart::path::sign;
    use ackground_timeline::shape::at;
    html! {
        <svg class="chart" width="30" height="14" viewBox="0 0 30 14" aria-hidden="true">
            <path class={format!("curve lane-{}", lane + 1)} d="M1 7H29" />
            <path class={format!("sign lane-{}", lane + 1)} d={sign(lane, at(15.0, 7.0))} />
        </svg>
    }
}

/// The choice of the reference lane.
fn against(table: &Table, on_against: &Callback<usize>) -> Html {
    let lanes = table.lanes.iter().enumerate();
    let items = lanes.map(|(lane, name)| Item::named(lane, name.clone()));
    html! {
        <Select class="field" label="Compare with" among={Among::new(items, table.reference, on_against.clone())} test="measure-against" />
    }
}

fn body(section: &Section, columns: usize, page: bool) -> Html {
    html! {
        <tbody role="rowgroup" key={section.title}>
            <tr class="section" role="row"><th scope="rowgroup" role="rowheader" colspan={columns.to_string()}>{ section.title }</th></tr>
            { for section.rows.iter().map(|one| row(one, page)) }
        </tbody>
    }
}

fn row(row: &Row, page: bool) -> Html {
    let id = row.quantity.id();
    html! {
        <tr key={id} role="row" data-test={page.then(|| format!("figure-{id}"))}>
            <th scope="row" role="rowheader" title={row.quantity.sentence()}>{ row.quantity.name() }</th>
            { for row.cells.iter().enumerate().map(|(lane, cell)| html! { <td key={lane} role="cell">{ figure(cell) }</td> }) }
        </tr>
    }
}

/// A cell: the value, its interval, and the difference from the reference lane.
fn figure(cell: &Cell) -> Html {
    html! {
        <>
            <div class="figure">
                <strong title={cell.hits.clone()}>{ cell.value.clone() }</strong>
                if let Some(interval) = &cell.interval { <span class="muted small">{ interval.clone() }</span> }
            </div>
            if let Some(drawn) = cell.bar { { bar(drawn) } }
            if let Some(words) = cell.against.words() {
                <p class={classes!("against", cell.against.word())}>
                    <span aria-hidden="true">{ cell.against.sign() }</span>{ words }
                </p>
            }
            if let Some(reason) = &cell.reason { <p class="because">{ reason.clone() }</p> }
        </>
    }
}

/// The length of the bar, in units of its viewBox.
const LENGTH: f64 = 100.0;

/// A bar with its interval as a thicker stretch and a mark at the value. Decorative: the numbers are next to
/// it.
pub fn bar(bar: Bar) -> Html {
    let along = |share: f64| format!("{:.1}", share * LENGTH);
    let width = format!("{:.1}", ((bar.high - bar.low) * LENGTH).max(0.6));
    html! {
        <svg class="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <path class="rail" d="M0 4H100" />
            <rect class="reach" x={along(bar.low)} y="1.5" {width} height="5" />
            <path class="number" d={format!("M{} 0V8", along(bar.value))} />
        </svg>
    }
}

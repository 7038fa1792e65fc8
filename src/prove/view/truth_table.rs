use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_shown};
use crate::controls::{Check, icons};
use crate::hooks::focus_soon;
use crate::prove::model::{Effect, Group, TruthCell, TruthRow, TruthTable as Table};
use crate::state::Action;
use ackground_core::prove::Kinds;

#[derive(Properties, PartialEq)]
pub struct TruthTableProps {
    pub kinds: Kinds,
}

/// What each single fault does to one message, lane by lane.
#[component]
pub fn TruthTable(props: &TruthTableProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let made_from = (shown.experiment.clone(), props.kinds);
    let table = use_memo(made_from, |(experiment, kinds)| Table::of(experiment, *kinds));
    let only_differing = use_state_eq(|| false);
    let on_check = use_callback(only_differing.setter(), |on, only| only.set(on));
    let (all, differing) = table.count();
    let groups = if *only_differing { table.differing() } else { table.groups.clone() };
    let calm = table.calm.iter().map(|cell| html! { <td class={class(cell)}>{ drawn(cell) }</td> });
    html! {
        <section class="truth" aria-labelledby="truth-title" data-test="truth">
            <div class="truth-head">
                <div>
                    <h2 id="truth-title">{ "What each single fault does" }</h2>
                    <p class="muted">{ "One message and one fault. Press a cell to watch it." }</p>
                </div>
                <Check class="kind" on={*only_differing} {on_check} test="truth-differing">
                    <span>{ format!("Only rows where lanes differ ({differing} of {all})") }</span>
                </Check>
            </div>
            <div class="truth-scroll" role="group" aria-label="Table of single faults" tabindex="0">
                <table aria-labelledby="truth-title">
                    <thead>
                        <tr>
                            <th scope="col">{ "What goes wrong" }</th>
                            { for table.lanes.iter().map(|name| html! { <th scope="col">{ name }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        <tr class="calm"><th scope="row"><span>{ "Nothing" }</span></th>{ for calm }</tr>
                    </tbody>
                    { for groups.iter().map(|group| body(&table.lanes, group, &dispatch)) }
                </table>
            </div>
            if groups.is_empty() {
                <p class="muted">{ if all == 0 { "No kind of fault is chosen." } else { "Every fault ends the same way in all lanes." } }</p>
            }
        </section>
    }
}

fn body(lanes: &[String], group: &Group, dispatch: &Dispatch) -> Html {
    let columns = (lanes.len() + 1).to_string();
    html! {
        <tbody key={group.stage.name()}>
            <tr class="stage"><th scope="rowgroup" colspan={columns}><span>{ group.stage.name() }</span></th></tr>
            { for group.rows.iter().map(|row| one(lanes, row, dispatch)) }
        </tbody>
    }
}

fn one(lanes: &[String], row: &TruthRow, dispatch: &Dispatch) -> Html {
    let line = row.line.to_string();
    let cell = |(lane, cell): (usize, &Option<TruthCell>)| {
        let Some(cell) = cell else {
            return html! {
                <td class="cell-none"><span aria-hidden="true">{ "–" }</span><span class="quiet">{ "cannot happen here" }</span></td>
            };
        };
        let act = Action::WatchFaults {
            lines: vec![row.line.clone()],
            messages: 1,
            lane,
            property: cell.broken,
        };
        let onclick = dispatch.on(move |_: MouseEvent| {
            focus_soon(format!("#lane-{}", lane + 1));
            act.clone()
        });
        let name = lanes.get(lane).map_or("", String::as_str);
        html! {
            <td class={class(cell)}>
                <button type="button" {onclick} aria-label={format!("{}: watch it in {name}", cell.words())}
                    data-test={format!("truth-{}-{line}", lane + 1)}>{ drawn(cell) }</button>
            </td>
        }
    };
    html! {
        <tr key={line.clone()} class={row.differs.then_some("differs")}>
            <th scope="row"><span>{ &row.words }</span><code>{ line.clone() }</code></th>
            { for row.cells.iter().enumerate().map(cell) }
        </tr>
    }
}

fn class(cell: &TruthCell) -> &'static str {
    match cell.effect {
        Effect::Once if cell.torn => "cell-torn",
        Effect::Once => "cell-once",
        Effect::Lost => "cell-lost",
        Effect::Duplicated => "cell-duplicated",
        Effect::Parked => "cell-parked",
        Effect::Pending => "cell-pending",
    }
}

/// A symbol and a word, so that colour is never the only signal.
fn drawn(cell: &TruthCell) -> Html {
    let sign = match cell.effect {
        // A torn effect is no success.
        Effect::Once if cell.torn => icons::cross(),
        Effect::Once => icons::check(),
        Effect::Lost => icons::cross(),
        Effect::Duplicated => icons::plus(),
        Effect::Parked => icons::parked(),
        Effect::Pending => icons::more(),
    };
    html! { <span class="cell">{ sign }{ cell.words() }</span> }
}

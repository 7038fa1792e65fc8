//! The settings of two lanes side by side, with buttons to copy a value across.

use yew::prelude::*;

use super::lane_items;
use crate::context::{Dispatch, Refused, Shown, use_dispatch, use_refused, use_shown};
use crate::controls::sheet::Sheet as Frame;
use crate::controls::{Among, Check, Select};
use crate::hooks::focus_soon;
use crate::setups::comparison::{self, Group, Row, Value};
use crate::state::{Action, FieldPath, Sheet, Touch};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// The index of the left lane.
    pub left: usize,
    pub right: usize,
}

#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let page = (use_shown(), use_refused(), use_dispatch());
    let (Shown { experiment, .. }, _, dispatch) = &page;
    let CompareProps { left, right } = props;
    let only = use_state_eq(|| true);
    let on_check = use_callback(only.setter(), |on, only| only.set(on));
    let lanes = &experiment.lanes;
    let (Some(one), Some(other)) = (lanes.get(*left), lanes.get(*right)) else {
        return html! {};
    };
    let groups = comparison::groups(one, other);
    let count = match comparison::differences(&groups) {
        0 => "No setting differs.".to_owned(),
        1 => "One setting differs.".to_owned(),
        n => story::capital(&format!("{} settings differ.", story::count(n as u64))),
    };
    let tools = html! {
        <div class="compare-tools">
            <Check class="sheet-choice" on={*only} {on_check} test="only-differences">{ "Only what differs" }</Check>
            <p class="muted small" role="status" data-test="differences">{ count }</p>
        </div>
    };
    // Either lane can be any; the one that the other side shows changes places with it.
    let pick = |label: &'static str, now: usize, sheet: fn(usize, usize) -> Sheet, other: usize| {
        let on_choose = dispatch.on(move |lane| {
            Action::OpenSheet(sheet(lane, if lane == other { now } else { other }))
        });
        html! { <Select heard=true {label} among={Among::new(lane_items(experiment), now, on_choose)} test={label} /> }
    };
    html! {
        <Frame name="compare" title="Two lanes compared" {tools} back={format!("[popovertarget=lane-menu-{}]", left + 1)}>
            <div class="compare-body" tabindex="0" role="group" aria-label="Settings">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Setting" }</th>
                        <th scope="col">{ pick("First lane", *left, |left, right| Sheet::Compare { left, right }, *right) }</th>
                        <th scope="col"><span class="quiet">{ "Make the same" }</span></th>
                        <th scope="col">{ pick("Second lane", *right, |right, left| Sheet::Compare { left, right }, *left) }</th>
                    </tr></thead>
                    { for groups.iter().map(|group| part(props, group, *only, &page)) }
                </table>
            </div>
        </Frame>
    }
}

type Page = (Shown, Refused, Dispatch);

fn part(props: &CompareProps, group: &Group, only: bool, page: &Page) -> Html {
    let mut rows = group.rows.iter().filter(|row| !only || row.differs()).peekable();
    if rows.peek().is_none() {
        return html! {};
    }
    html! {
        <tbody key={group.name}>
            <tr class="compare-part"><th colspan="4" scope="rowgroup">{ group.name }</th></tr>
            { for rows.map(|row| line(props, row, page)) }
        </tbody>
    }
}

fn line(props: &CompareProps, row: &Row, page: &Page) -> Html {
    let (Shown { experiment, .. }, Refused(refused), dispatch) = page;
    let CompareProps { left, right } = props;
    let path = row.setting.path.as_str();
    let differs = row.differs();
    let same = |sign: &'static str, to: usize, from: usize, value: &Value| {
        let (place, text) = (FieldPath::lane(to, path), value.text.clone());
        let onclick = {
            let dispatch = dispatch.clone();
            Callback::from(move |_: MouseEvent| {
                dispatch.send(Action::Edit {
                    place: place.clone(),
                    text: text.clone(),
                    touch: Touch::Done,
                });
                // The row may be gone by now.
                focus_soon(".compare-body".to_owned());
            })
        };
        let (to, from) = (experiment.lane_name(to), experiment.lane_name(from));
        let label = format!("{}: {}, as in {from}, for {to}", row.name, value.words);
        html! {
            <button type="button" class="button icon" title={label.clone()} aria-label={label} {onclick}
                data-test={format!("same-{sign}-{path}")}>{ sign }</button>
        }
    };
    let value = |value: &Value, lane: usize| {
        let refusal = refused.get(&FieldPath::lane(lane, path));
        html! {
            <td data-lane={experiment.lane_name(lane)}>
                <span>{ &value.words }</span>
                if value.code != value.words { <code>{ &value.code }</code> }
                if let Some(refusal) = refusal { <p class="reason" role="alert">{ &refusal.message }</p> }
            </td>
        }
    };
    html! {
        <tr key={path.to_owned()} class={differs.then_some("differs")} data-test={format!("row-{path}")}>
            <th scope="row">{ row.name }
                if differs { <small>{ "differs" }</small> }
            </th>
            { value(&row.left, *left) }
            <td class="compare-same">
                if differs {
                    { same("←", *left, *right, &row.right) }
                    { same("→", *right, *left, &row.left) }
                }
            </td>
            { value(&row.right, *right) }
        </tr>
    }
}

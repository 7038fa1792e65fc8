//! The head of a lane's column: its name, and what else can be done with all of its settings.

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::Typed;
use crate::hooks::focus_soon;
use crate::lane::state::arranged;
use crate::state::{Action, FieldPath, Sheet};

#[derive(Properties, PartialEq)]
pub struct ColumnProps {
    /// The lane's index.
    pub index: usize,
    /// The lane that is shown where there is room for one alone.
    pub here: usize,
}

#[component]
pub fn Column(props: &ColumnProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let ColumnProps { index, here } = *props;
    let Some(lane) = experiment.lanes.get(index) else {
        return html! {};
    };
    let n = index + 1;
    let name = AttrValue::from(experiment.lane_name(index));
    let field = format!("lanes[{index}].name-in-settings");
    let open = |sheet: Sheet| dispatch.to(Action::OpenSheet(sheet));
    let reset = lane.preset.filter(|_| arranged::is_changed(lane)).map(|preset| {
        let title = format!("Back to \u{201c}{}\u{201d}", preset.preset().name);
        let back = format!("[data-test=\"{field}\"]");
        let onclick = dispatch.on(move |_: MouseEvent| {
            focus_soon(back.clone());
            Action::Preset(index, preset)
        });
        html! {
            <button type="button" class="link" {title} data-test={format!("settings-reset-{n}")} {onclick}>{ "Reset to preset" }</button>
        }
    });
    html! {
        <th scope="col" class={classes!((index == here).then_some("here"))} aria-label={name.clone()}>
            <Typed class="column-name" place={FieldPath::lane(index, "name")} longest=120 label={format!("Name of lane {n}")} value={name}
                test={field} />
            <span class="column-tools">
                if experiment.lanes.len() > 1 {
                    <button type="button" class="link" data-test={format!("settings-compare-{n}")} onclick={open(Sheet::compare(index))}>{ "Compare…" }</button>
                }
                <button type="button" class="link" data-test={format!("settings-system-{n}")} onclick={open(Sheet::system(index))}>{ "In your system" }</button>
                { for reset }
            </span>
        </th>
    }
}

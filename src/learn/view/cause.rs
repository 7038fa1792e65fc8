//! How a message came to its result, at a desk.

use yew::prelude::*;

use super::explain::causes;
use crate::context::{use_dispatch, use_shown};
use crate::controls::icons;
use crate::hooks::focus_soon;
use crate::state::Action;
use crate::why::state::asked::Asked;
use ackground_learn::text::{ui, ui_with};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct CauseProps {
    pub asked: Asked,
}

/// How a message came to its result, under the picture in which it was asked about.
#[component]
pub fn Cause(props: &CauseProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let Asked { lane, message, .. } = props.asked;
    let Some(run) = shown.runs.get(lane) else {
        return html! {};
    };
    let chain = story::why(&shown.experiment, lane, &run.trace, &run.report, message);
    let title = [("n", message.to_string()), ("lane", shown.experiment.lane_name(lane))];
    let title = title.each_ref().map(|(name, value)| (*name, value.as_str()));
    let close = dispatch.on(move |_: MouseEvent| {
        focus_soon(format!("#lane-{} .picture", lane + 1));
        Action::CloseWhy
    });
    html! {
        <section class="desk-cause" aria-labelledby="cause-title" data-test="cause">
            <header>
                <h3 id="cause-title">{ ui_with("explain.chain", &title) }</h3>
                <button type="button" class="button icon bare" aria-label={ui("explain.close")} onclick={close}>{ icons::cross() }</button>
            </header>
            { causes(&chain) }
        </section>
    }
}

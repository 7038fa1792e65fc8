//! How a message came to its result, at a desk.

use std::rc::Rc;

use yew::prelude::*;

use super::explain::causes;
use crate::controls::icons;
use crate::hooks::focus_soon;
use crate::state::{Action, LaneRun};
use crate::why::state::asked::Asked;
use ackground_core::experiment::Experiment;
use ackground_learn::text::{ui, ui_with};
use ackground_words::story;

/// Which message is asked about.
#[derive(Properties, PartialEq)]
pub struct CauseProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The runs of its lanes.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// It.
    pub asked: Asked,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// How a message came to its result, under the picture in which it was asked about.
#[component]
pub fn Cause(props: &CauseProps) -> Html {
    let Asked { lane, message, .. } = props.asked;
    let Some(run) = props.runs.get(lane) else {
        return html! {};
    };
    let chain = story::why(&props.experiment, lane, &run.trace, &run.report, message);
    let title = [("n", message.to_string()), ("lane", props.experiment.lane_name(lane))];
    let title = title.each_ref().map(|(name, value)| (*name, value.as_str()));
    let close = props.on_act.reform(move |_: MouseEvent| {
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

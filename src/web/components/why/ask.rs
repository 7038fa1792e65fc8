//! The way from a shape of a picture to the answer about its message.

use std::rc::Rc;

use yew::prelude::*;

use super::heading;
use crate::audit::Outcome;
use crate::experiment::Experiment;
use crate::web::state::{Action, LaneRun};
use crate::web::view_model::acts::Subject as Shape;
use crate::web::view_model::asked::Subject;

/// Which shape, in which run.
#[derive(Properties, PartialEq)]
pub struct AskProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The shape.
    pub shape: Shape,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A button, if the shape is about a message that came to harm.
#[component]
pub fn Ask(props: &AskProps) -> Html {
    let AskProps {
        experiment,
        run,
        shape,
        on_act,
    } = props;
    let message = match shape {
        Shape::Step(no) => run.trace.step(*no).message,
        Shape::Line(..) => None,
    };
    let subject = message.and_then(|message| {
        let subject = Subject::of(experiment, run.lane, &run.trace, &run.report, message)?;
        (subject.outcome != Outcome::Once).then_some((message, subject))
    });
    let Some((message, subject)) = subject else {
        return Html::default();
    };
    let lane = run.lane;
    html! {
        <button type="button" class="button" data-test="inspect-why"
            onclick={on_act.reform(move |_| Action::AskWhy { lane, message })}>{ heading(message, &subject) }</button>
    }
}

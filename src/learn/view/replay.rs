//! A read-only run with its own session.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Density, Session, use_session};
use crate::embed::model::figure;
use crate::embed::state::Controls;
use crate::embed::view::Stage;
use crate::state::State;
use crate::watch::view::Scope;
use ackground_core::experiment::Experiment;
use ackground_learn::lesson::Moment;

#[derive(Properties, PartialEq)]
pub struct ReplayProps {
    /// The experiment; use a `key`, since the state is not for another one.
    pub experiment: Rc<Experiment>,
    pub at: Moment,
    /// The id prefix; empty for the main run.
    #[prop_or_default]
    pub scope: AttrValue,
}

/// The lanes, with the play bar.
#[component]
pub fn Replay(props: &ReplayProps) -> Html {
    let (state, dispatch) = use_session({
        let (experiment, at) = (props.experiment.clone(), props.at);
        move || {
            let mut state = State::of((*experiment).clone());
            state.playhead = at.time(&experiment).min(state.playhead);
            state
        }
    });
    html! {
        <ContextProvider<Scope> context={Scope { before: props.scope.clone(), untold: true }}>
        <div class="embed learn-stage" data-controls={Controls::Play.word()} data-test="replay">
            <p class="embed-says">{ figure::mishaps(&props.experiment).join(" ") }</p>
            <Session state={(*state).clone()} {dispatch} density={Density::Figure(Controls::Play)}><Stage /></Session>
        </div>
        </ContextProvider<Scope>>
    }
}

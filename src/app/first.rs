//! The first screen as markup, for `index.html`: the real page shows its point before any program has arrived.

use yew::prelude::*;

use super::header::Header;
use super::scenario::Scenario;
use super::start::Start;
use super::summary::Summary;
use crate::context::{Density, Dispatch, Session};
use crate::lane::view::lanes::Lanes;
use crate::prove::hook::ProofCache;
use crate::state::{State, Views};
use crate::watch::view::PlayBar;
use ackground_core::experiment::Experiment;

#[derive(Properties, PartialEq)]
pub struct FirstProps {
    /// The height that there is for a picture, in pixels.
    pub room: f64,
    /// Whether to leave out what is the same at every height.
    #[prop_or_default]
    pub lanes_only: bool,
}

/// The home screen of the default experiment. It needs no browser; nothing in it can be pressed yet.
#[component]
pub fn First(props: &FirstProps) -> Html {
    let state = State::of(Experiment::default());
    let state = state.fitted(props.room).unwrap_or(state);
    html! {
        <ContextProvider<Option<ProofCache>> context={Some(ProofCache::default())}>
        <Session {state} dispatch={Dispatch::nowhere()} density={Density::Page}>
            if props.lanes_only {
                <Lanes />
            } else {
                <Header history={[None, None]} fragment="" views={Views::default()} />
                <main>
                    <Scenario faults=true />
                    <Summary />
                    <Lanes />
                    <PlayBar />
                    <Start />
                </main>
            }
        </Session>
        </ContextProvider<Option<ProofCache>>>
    }
}

//! The contexts a session provides to the components below it: how to dispatch actions, and what to show.
//!
//! The page is one [`Session`]; so is every run beside it that has its own state: a figure, the replay in a
//! lesson, an exercise's bench. A component reads the nearest session, so its props carry only what is
//! specific to it: which lane, which message.
//!
//! A context that changes re-renders all its consumers, so state is split by how often it changes:
//!
//! | context | changes |
//! |---|---|
//! | [`Dispatch`] | never |
//! | [`Shown`] | when the experiment or the way it is shown is changed |
//! | [`Refused`] | when a field's text is rejected; pictures need not know |
//! | [`Ledgers`] | when something happens in a lane |
//! | [`Playhead`] | every frame during playback |
//!
//! During playback, only components that follow the playhead re-render. A component that is expensive to
//! render should not read [`Playhead`]: leave that to a small child, or move the static part into a child
//! whose props stay equal.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::embed::state::Controls;
use crate::state::pace::LazyPace;
use crate::state::{Action, FieldPath, LaneRun, Refusal, Speed, State};
use crate::watch::choices::Picture;
use crate::watch::hooks::animation::use_animation;
use crate::watch::hooks::ledgers::use_ledgers_at;
use crate::why::state::explained_message::ExplainedMessage;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::{Axis, Ledger};

/// Dispatches actions to a session. Clones dispatch to the same one.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch(Callback<Action>);

impl Dispatch {
    pub fn new(act: Callback<Action>) -> Dispatch {
        Dispatch(act)
    }

    /// Dispatches nowhere, for static content such as a printed page.
    pub fn nowhere() -> Dispatch {
        Dispatch(Callback::noop())
    }

    pub fn send(&self, action: Action) {
        self.0.emit(action);
    }

    /// A callback that maps its event to an action and dispatches it.
    pub fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        self.0.reform(action)
    }

    /// A callback that always dispatches this action, for buttons.
    pub fn to<E: 'static>(&self, action: Action) -> Callback<E> {
        self.0.reform(move |_| action.clone())
    }
}

/// How much of a lane, proof or table to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    /// Everything.
    Page,
    /// What a figure has room for, with these controls.
    Figure(Controls),
}

impl Density {
    pub fn controls(self) -> Controls {
        match self {
            Density::Page => Controls::All,
            Density::Figure(controls) => controls,
        }
    }

    pub fn is_page(self) -> bool {
        self == Density::Page
    }
}

/// What is shown, apart from the playhead.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub experiment: Rc<Experiment>,
    /// One run per lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The time axis, common to all lanes.
    pub axis: Rc<Axis>,
    /// Where playback stops.
    pub pace: Rc<LazyPace>,
    pub picture: Picture,
    pub density: Density,
    /// How many messages a person has sent by hand, while they do so.
    pub sending: Option<u16>,
    /// The message whose result is being explained.
    pub asked: Option<ExplainedMessage>,
    pub faults_open: bool,
}

impl Shown {
    fn of(state: &State, density: Density) -> Shown {
        Shown {
            experiment: state.experiment.clone(),
            runs: state.runs.clone(),
            axis: state.axis.clone(),
            pace: state.pace.clone(),
            picture: state.views.picture,
            density,
            sending: state.sending,
            asked: state.asked,
            faults_open: state.faults_open,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playhead {
    pub at: Time,
    pub playing: bool,
    pub speed: Speed,
}

/// The ledger of every lane at the playhead.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledgers(pub Rc<[Rc<Ledger>]>);

/// Rejected input, by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused(pub Rc<BTreeMap<FieldPath, Refusal>>);

#[derive(Properties, PartialEq)]
pub struct SessionProps {
    pub state: State,
    pub dispatch: Dispatch,
    pub density: Density,
    pub children: Html,
}

/// Provides a session to its children.
#[component]
pub fn Session(props: &SessionProps) -> Html {
    let SessionProps { state, dispatch, density, children } = props;
    let shown = Shown::of(state, *density);
    let playhead = Playhead { at: state.playhead, playing: state.playing, speed: state.speed };
    let ledgers = Ledgers(use_ledgers_at(&state.experiment, &state.runs, state.playhead));
    html! {
        <ContextProvider<Dispatch> context={dispatch.clone()}>
        <ContextProvider<Shown> context={shown}>
        <ContextProvider<Refused> context={Refused(state.refused.clone())}>
        <ContextProvider<Ledgers> context={ledgers}>
        <ContextProvider<Playhead> context={playhead}>
            { children.clone() }
        </ContextProvider<Playhead>>
        </ContextProvider<Ledgers>>
        </ContextProvider<Refused>>
        </ContextProvider<Shown>>
        </ContextProvider<Dispatch>>
    }
}

/// Creates a session with this initial state, and runs its playback clock.
#[hook]
pub fn use_session(begin: impl FnOnce() -> State) -> (UseReducerHandle<State>, Dispatch) {
    let state = use_reducer(begin);
    let act = use_callback(state.dispatcher(), |action, dispatcher| dispatcher.dispatch(action));
    let dispatch = Dispatch(act);
    use_animation(state.playing, &dispatch);
    (state, dispatch)
}

#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context().expect(ABOVE)
}

#[hook]
pub fn use_shown() -> Shown {
    use_context().expect(ABOVE)
}

#[hook]
pub fn use_playhead() -> Playhead {
    use_context().expect(ABOVE)
}

#[hook]
pub fn use_ledgers() -> Ledgers {
    use_context().expect(ABOVE)
}

#[hook]
pub fn use_ledger(lane: usize) -> Rc<Ledger> {
    // Parents render before their children, so no component is left that asks for a removed lane.
    use_ledgers().0[lane].clone()
}

#[hook]
pub fn use_refused() -> Refused {
    use_context().expect(ABOVE)
}

#[hook]
pub fn use_refusal(place: &FieldPath) -> Option<Refusal> {
    use_refused().0.get(place).cloned()
}

const ABOVE: &str = "every component of a session stands below a `Session`";

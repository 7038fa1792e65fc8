//! What a session hands down to the components below it: the way to act, and what is shown.
//!
//! [`Session`] gives both to its subtree. The page is one; so is every run that stands beside it with a state of its
//! own: a figure, the replay in a lesson, the desk of an exercise. A component asks the nearest one, and its
//! properties say only what is its own: which lane, which message.
//!
//! A context that changes draws all who asked for it anew, so what is shown is cut by how often it changes:
//!
//! | context | changes |
//! |---|---|
//! | [`Dispatch`] | never |
//! | [`Shown`] | with an act on the experiment or on how it is shown |
//! | [`Refused`] | with a text that is not taken: pictures need not know |
//! | [`Ledgers`] | when something has happened in a lane |
//! | [`Playhead`] | with every frame, while it plays |
//!
//! So while a run plays only those are drawn anew who move with it. A component that costs to draw does not ask for
//! the [`Playhead`]: it leaves that to a small one, or draws what stands still in a part of its own whose properties
//! stay equal.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yew::prelude::*;

use crate::embed::state::Controls;
use crate::state::{Action, FieldPath, LaneRun, Refusal, Speed, State};
use crate::watch::choices::Picture;
use crate::watch::hooks::animation::use_animation;
use crate::watch::hooks::ledgers::use_ledgers_at;
use crate::why::state::explained_message::ExplainedMessage;
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::{Axis, Ledger};

/// The way to act on a session. A clone acts on the same one.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch(Callback<Action>);

impl Dispatch {
    /// Acts by calling this.
    pub fn new(act: Callback<Action>) -> Dispatch {
        Dispatch(act)
    }

    /// Where nothing can be done, as on paper.
    pub fn nowhere() -> Dispatch {
        Dispatch(Callback::noop())
    }

    /// Does it.
    pub fn send(&self, action: Action) {
        self.0.emit(action);
    }

    /// A callback that does what it is told to do by what it is called with.
    pub fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        self.0.reform(action)
    }

    /// A callback that always does the same: for a button.
    pub fn to<E: 'static>(&self, action: Action) -> Callback<E> {
        self.0.reform(move |_| action.clone())
    }
}

/// How much there is of a lane, a proof or a table: all of it, or what a figure has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    /// The page, where everything is at hand.
    Page,
    /// A figure: to be looked at, with as much to touch as this.
    Figure(Controls),
}

impl Density {
    /// How much of a picture can be touched.
    pub fn controls(self) -> Controls {
        match self {
            Density::Page => Controls::All,
            Density::Figure(controls) => controls,
        }
    }

    /// Whether it is the page.
    pub fn is_page(self) -> bool {
        self == Density::Page
    }
}

/// What is shown, but for the moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What decides everything else.
    pub experiment: Rc<Experiment>,
    /// The run of every lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The axis of all lanes.
    pub axis: Rc<Axis>,
    /// How the runs are drawn.
    pub picture: Picture,
    /// How much of it there is.
    pub density: Density,
    /// The message whose result is being explained.
    pub asked: Option<ExplainedMessage>,
    /// Whether all settings are shown.
    pub settings_open: bool,
    /// The folds of settings that are open, by their titles.
    pub unfolded: Rc<BTreeSet<&'static str>>,
}

impl Shown {
    fn of(state: &State, density: Density) -> Shown {
        Shown {
            experiment: state.experiment.clone(),
            runs: state.runs.clone(),
            axis: state.axis.clone(),
            picture: state.views.picture,
            density,
            asked: state.asked,
            settings_open: state.settings_open,
            unfolded: state.unfolded.clone(),
        }
    }
}

/// The moment that is shown, and whether and how fast it goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playhead {
    /// The moment.
    pub at: Time,
    /// Whether it plays.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
}

/// The ledger of every lane at the moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledgers(pub Rc<[Rc<Ledger>]>);

/// What was typed and could not be taken, by place.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused(pub Rc<BTreeMap<FieldPath, Refusal>>);

#[derive(Properties, PartialEq)]
pub struct SessionProps {
    pub state: State,
    /// The way to act on it.
    pub dispatch: Dispatch,
    /// How much of it is shown.
    pub density: Density,
    pub children: Html,
}

/// Hands a session down to its subtree.
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

/// A state that begins so, the way to act on it, and the clock that plays it.
#[hook]
pub fn use_session(begin: impl FnOnce() -> State) -> (UseReducerHandle<State>, Dispatch) {
    let state = use_reducer(begin);
    let act = use_callback(state.dispatcher(), |action, dispatcher| dispatcher.dispatch(action));
    let dispatch = Dispatch(act);
    use_animation(state.playing, state.speed, &dispatch);
    (state, dispatch)
}

/// The way to act on the session above.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context().expect(ABOVE)
}

/// What the session above shows.
#[hook]
pub fn use_shown() -> Shown {
    use_context().expect(ABOVE)
}

/// The moment that the session above shows.
#[hook]
pub fn use_playhead() -> Playhead {
    use_context().expect(ABOVE)
}

/// The ledgers of the session above at its moment.
#[hook]
pub fn use_ledgers() -> Ledgers {
    use_context().expect(ABOVE)
}

/// The ledger of one of its lanes.
#[hook]
pub fn use_ledger(lane: usize) -> Rc<Ledger> {
    // Parents are drawn before their children, so nobody is left to ask for a lane that is gone.
    use_ledgers().0[lane].clone()
}

/// What the session above could not take.
#[hook]
pub fn use_refused() -> Refused {
    use_context().expect(ABOVE)
}

/// What it could not take at a place.
#[hook]
pub fn use_refusal(place: &FieldPath) -> Option<Refusal> {
    use_refused().0.get(place).cloned()
}

/// What every part of the page relies on.
const ABOVE: &str = "every component of a session stands below a `Session`";

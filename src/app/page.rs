//! The whole page: one state, the hooks that feed it, the components that show it.

use yew::prelude::*;

use super::announcer::Announcer;
use super::drop_zone::DropZone;
use super::foot::Foot;
use super::header::Header;
use super::notice::Notice;
use super::paper::Paper;
use super::scenario::Scenario;
use super::sheets::Sheets;
use super::start::Start;
use super::summary::Summary;
use crate::app::help::Keys;
use crate::class::view::Class;
use crate::context::{Density, Session, use_session};
use crate::faults::Faults;
use crate::glossary::term::OpenWord;
use crate::hooks::{OnPaper, Whole, WorkerPool, use_rest_of_page};
use crate::hooks::{
    current_fragment, first_room, focus_lane, remove_fallback, use_address, use_keys, use_printing,
    use_theme, use_worker_pool,
};
use crate::lane::view::lanes::Lanes;
use crate::learn::view::Learn;
use crate::measure::view::Measure;
use crate::open::hooks::paste::use_paste;
use crate::prove::hook::ProofCache;
use crate::prove::view::Prove;
use crate::state::{Action, Sheet, State, View, address};
use crate::watch::hooks::room::use_room;
use crate::watch::view::{Messages, PlayBar};
use crate::why::view::inspector::Inspector;
use ackground_worker::Job;

#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// The fragment to show, with the real address neither read nor written; for tests.
    #[prop_or_default]
    pub fragment: Option<AttrValue>,
    /// Disables the prover; for tests of other things, which would share their only thread with it.
    #[prop_or_default]
    pub unproven: bool,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let (state, dispatch) = use_session({
        let fragment = props.fragment.clone();
        || {
            let held = fragment.is_some();
            let state = State::open(
                &fragment.map_or_else(current_fragment, |fragment| fragment.to_string()),
            );
            // The pictures go on as they stand in the document.
            let room = if held { None } else { first_room() };
            room.and_then(|room| state.fitted(room)).unwrap_or(state)
        }
    });
    let keys_open = use_state_eq(|| false);
    let set_keys = use_callback(keys_open.setter(), |open: bool, setter| setter.set(open));
    let list_keys = use_callback(set_keys.clone(), |(), set_keys| set_keys.emit(true));
    let open_word = use_memo(dispatch.clone(), |dispatch| {
        OpenWord(dispatch.on(|id| Action::OpenSheet(Sheet::Words(Some(id)))))
    });
    let pool = use_worker_pool::<Job>();
    let whole = use_rest_of_page();
    let cache = use_memo(props.unproven, |unproven| (!unproven).then(ProofCache::default));
    let on_paper = use_printing();
    let (theme, on_theme) = use_theme();
    let fragment = use_memo(state.experiment.clone(), |experiment| {
        AttrValue::from(address::fragment(experiment))
    });
    let history =
        use_memo((state.past.clone(), state.experiment.clone(), state.views.clone()), |_| {
            [state.undoes(), state.redoes()].map(|said| said.map(AttrValue::from))
        });
    let here = address::with_sheet(address::with_view(&fragment, &state.views), state.sheet);
    let here = AttrValue::from(here);
    let moment = state.moment();
    let link = AttrValue::from(address::with_moment(here.to_string(), moment));
    use_address(props.fragment.is_some(), &here, moment, state.entry, state.editing(), &dispatch);
    use_keys(state.views.shown, &dispatch, &list_keys);
    use_paste(&dispatch);
    use_room(
        &dispatch,
        whole,
        (state.views.clone(), state.experiment.lanes.len(), state.experiment.scenario.built_in()),
    );
    use_effect_with((), |()| remove_fallback());
    html! {
        <ContextProvider<WorkerPool<Job>> context={pool}>
        <ContextProvider<OnPaper> context={on_paper}>
        <ContextProvider<Option<ProofCache>> context={(*cache).clone()}>
        <ContextProvider<OpenWord> context={(*open_word).clone()}>
        <ContextProvider<Whole> context={Whole(whole)}>
        <Session state={(*state).clone()} {dispatch} density={Density::Page}>
            if !matches!(state.views.shown, View::Measure | View::Learn | View::Class) {
                <button type="button" class="button quiet skip" onclick={|_| focus_lane(0)}>{ "Skip to the lanes" }</button>
            }
            <Header history={(*history).clone()} fragment={(*fragment).clone()} views={state.views.clone()} />
            <main>
                if let Some(notice) = state.notice.clone() {
                    <Notice {notice} />
                }
                if state.views.shown.has_story() {
                    <Scenario faults={state.views.shown == View::Watch} />
                }
                if on_paper.0 && state.views.shown.has_story() {
                    <Paper link={link.clone()} />
                }
                { match state.views.shown {
                    View::Watch => html! {
                        <>
                            <Summary />
                            <Lanes />
                            <PlayBar />
                            <Start />
                            <Messages />
                        </>
                    },
                    View::Prove => html! { <Prove choices={state.views.prove} /> },
                    View::Class => html! {
                        <Class fragment={(*fragment).clone()} choices={state.views.class.clone()} teacher={state.class.clone()} />
                    },
                    View::Measure => html! {
                        <>
                            <Faults by_hand=false />
                            <Measure choices={state.views.measure.clone()} />
                        </>
                    },
                    View::Learn => html! { <Learn choices={state.views.learn.clone()} /> },
                } }
                <Foot {theme} {on_theme} on_keys={list_keys} />
            </main>
            <Announcer quiet={state.playing || state.editing()} />
            <Sheets sheet={state.sheet} {moment} views={state.views.clone()} {link} pasted={state.pasted.clone()} />
            if let Some(inspected) = state.inspected {
                <Inspector key={format!("{inspected:?}")} {inspected} />
            }
            if whole && !state.views.collects() {
                <DropZone />
            }
            if whole || *keys_open {
                <Keys open={*keys_open} on_close={set_keys.reform(|()| false)} />
            }
        </Session>
        </ContextProvider<Whole>>
        </ContextProvider<OpenWord>>
        </ContextProvider<Option<ProofCache>>>
        </ContextProvider<OnPaper>>
        </ContextProvider<WorkerPool<Job>>>
    }
}

//! The whole page: one state, the hooks that feed it, the parts that show it.

use yew::prelude::*;

use super::announcer::Announcer;
use super::drop_zone::DropZone;
use super::foot::Foot;
use super::header::Header;
use super::notice::Notice;
use super::paper::Paper;
use super::scenario::Scenario;
use super::sheets::Sheets;
use super::summary::Summary;
use crate::app::help::Keys;
use crate::class::view::Class;
use crate::faults::Faults;
use crate::glossary::term::OpenWord;
use crate::hooks::{Crew, OnPaper, Whole, use_rest_of_page};
use crate::hooks::{
    current_fragment, focus_lane, remove_fallback, use_address, use_crew, use_keys, use_printing,
    use_theme,
};
use crate::lane::view::lanes::Lanes;
use crate::learn::view::Learn;
use crate::measure::view::Measure;
use crate::open::hooks::paste::use_paste;
use crate::prove::hook::Memory;
use crate::prove::view::Prove;
use crate::state::{Action, Sheet, State, View, address};
use crate::watch::hooks::animation::use_animation;
use crate::watch::hooks::ledgers::use_ledgers;
use crate::watch::view::PlayBar;
use crate::watch::view::picture_switch::PictureSwitch;
use crate::why::view::inspector::Inspector;
use ackground_worker::Job;

/// How the page begins.
#[derive(Properties, PartialEq, Default)]
pub struct AppProps {
    /// What to show, without the address, which is then neither read nor written; for tests.
    #[prop_or_default]
    pub fragment: Option<AttrValue>,
    /// Nothing is proven; for tests of other things, which would share their only thread with it.
    #[prop_or_default]
    pub unproven: bool,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let state = use_reducer({
        let fragment = props.fragment.clone();
        || State::open(&fragment.map_or_else(current_fragment, |fragment| fragment.to_string()))
    });
    let on_act = use_callback(state.dispatcher(), |action, dispatcher| dispatcher.dispatch(action));
    let keys_open = use_state_eq(|| false);
    let set_keys = use_callback(keys_open.setter(), |open: bool, setter| setter.set(open));
    let list_keys = use_callback(set_keys.clone(), |(), set_keys| set_keys.emit(true));
    let open_word = use_memo(on_act.clone(), |on_act| {
        OpenWord(on_act.reform(|id| Action::OpenSheet(Sheet::Words(Some(id)))))
    });
    let crew = use_crew::<Job>();
    let whole = use_rest_of_page();
    let memory = use_memo(props.unproven, |unproven| (!unproven).then(Memory::default));
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
    use_address(props.fragment.is_some(), &here, moment, state.entry, state.editing(), &on_act);
    use_animation(state.playing, state.speed, &on_act);
    use_keys(state.views.shown, &on_act, &list_keys);
    use_paste(&on_act);
    use_effect_with((), |()| remove_fallback());
    let (experiment, runs, axis) = (&state.experiment, &state.runs, &state.axis);
    let playhead = state.playhead;
    let ledgers = use_ledgers(experiment, runs, playhead);
    let faults = || {
        html! {
            <Faults experiment={experiment.clone()} runs={runs.clone()} refused={state.refused.clone()}
                by_hand={state.views.shown == View::Watch} on_act={on_act.clone()} />
        }
    };
    html! {
        <ContextProvider<Crew<Job>> context={crew}>
        <ContextProvider<OnPaper> context={on_paper}>
        <ContextProvider<Option<Memory>> context={(*memory).clone()}>
        <ContextProvider<OpenWord> context={(*open_word).clone()}>
        <ContextProvider<Whole> context={Whole(whole)}>
            if !matches!(state.views.shown, View::Measure | View::Learn | View::Class) {
                <button type="button" class="button quiet skip" onclick={|_| focus_lane(0)}>{ "Skip to the lanes" }</button>
            }
            <Header history={(*history).clone()} fragment={(*fragment).clone()} views={state.views.clone()} on_act={on_act.clone()} {theme} {on_theme} on_keys={list_keys} />
            <main>
                if let Some(notice) = state.notice.clone() {
                    <Notice {notice} on_act={on_act.clone()} />
                }
                if state.views.shown.has_story() {
                    <Scenario experiment={experiment.clone()} on_act={on_act.clone()} />
                }
                if on_paper.0 && state.views.shown.has_story() {
                    <Paper experiment={experiment.clone()} link={link.clone()} />
                }
                { match state.views.shown {
                    View::Watch => html! {
                        <>
                            <Summary experiment={experiment.clone()} ledgers={ledgers.clone()} />
                            { faults() }
                            <PictureSwitch shown={state.views.picture} on_act={on_act.clone()} />
                            <Lanes experiment={experiment.clone()} runs={runs.clone()} ledgers={ledgers.clone()} axis={axis.clone()} {playhead}
                                refused={state.refused.clone()} picture={state.views.picture} settings_open={state.settings_open}
                                unfolded={state.unfolded.clone()} asked={state.asked} on_act={on_act.clone()} />
                        </>
                    },
                    View::Prove => html! {
                        <Prove experiment={experiment.clone()} choices={state.views.prove} on_act={on_act.clone()} />
                    },
                    View::Class => html! {
                        <Class experiment={experiment.clone()} fragment={(*fragment).clone()} choices={state.views.class.clone()} room={state.class.clone()} on_act={on_act.clone()} />
                    },
                    View::Measure => html! {
                        <>
                            { faults() }
                            <Measure experiment={experiment.clone()} choices={state.views.measure.clone()} on_act={on_act.clone()} />
                        </>
                    },
                    View::Learn => html! { <Learn choices={state.views.learn.clone()} on_act={on_act.clone()} /> },
                } }
                <Foot on_act={on_act.clone()} />
            </main>
            if state.views.shown == View::Watch {
                <PlayBar experiment={experiment.clone()} runs={runs.clone()} axis={axis.clone()} {playhead}
                    playing={state.playing} speed={state.speed} on_act={on_act.clone()} />
            }
            <Announcer experiment={experiment.clone()} runs={runs.clone()} quiet={state.playing || state.editing()} />
            <Sheets sheet={state.sheet} experiment={experiment.clone()} runs={runs.clone()} {playhead} {moment} views={state.views.clone()} {link} refused={state.refused.clone()}
                pasted={state.pasted.clone()} on_act={on_act.clone()} />
            if let Some(inspected) = state.inspected {
                <Inspector key={format!("{inspected:?}")} experiment={experiment.clone()} runs={runs.clone()} {inspected} on_act={on_act.clone()} />
            }
            if whole && !state.views.collects() {
                <DropZone on_act={on_act.clone()} />
            }
            if whole || *keys_open {
                <Keys open={*keys_open} on_close={set_keys.reform(|()| false)} {on_act} />
            }
        </ContextProvider<Whole>>
        </ContextProvider<OpenWord>>
        </ContextProvider<Option<Memory>>>
        </ContextProvider<OnPaper>>
        </ContextProvider<Crew<Job>>>
    }
}

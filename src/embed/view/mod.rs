//! An embedded figure: one experiment on someone else's page, with as much to touch as its author allows.
//!
//! It has the state of the page and its reducer, and none of what stands around them: no header, no sheets, no
//! history. It keeps the wheel, the keys and the back button for its host.
//!
//! | part | shows |
//! |---|---|
//! | `stage` | the lanes of a run at a moment |
//! | `lane`, `results` | one of them |
//! | `verdicts` | what every schedule of faults comes to |
//! | `measured` | what many runs come to |
//! | `hand` | what goes wrong, to be taken away and undone |
//! | `foot`, `spoken` | the way to the whole page; the run in words |
//! | `failed` | why there is nothing to see |

mod failed;
mod foot;
mod hand;
mod lane;
mod measured;
mod results;
mod spoken;
mod stage;
mod verdicts;

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use self::failed::Failed;
use self::foot::Foot;
use self::hand::Hand;
use self::measured::Measured;
pub use self::stage::Stage;
use self::verdicts::Verdicts;
use crate::app::announcer::Announcer;
use crate::embed::hooks::height::use_height;
use crate::embed::hooks::host::{use_host, use_requests};
use crate::embed::hooks::in_view::use_in_view;
use crate::embed::hooks::reports::{use_document_title, use_reports};
use crate::embed::model::figure;
use crate::embed::state::message::{News, Request};
use crate::embed::state::{Controls, Embed, Figure as Shown};
use crate::hooks::{
    Crew, OnPaper, current_fragment, remove_fallback, use_crew, use_figure_theme, use_printing,
};
use crate::prove::hook::Memory;
use crate::state::{Action, Notice, State};
use crate::watch::hooks::animation::{motion_is_reduced, use_animation};
use crate::why::view::inspector::Inspector;
use ackground_words::story;
use ackground_worker::Job;

/// How much of a figure has to be seen before it plays by itself.
const IN_VIEW: f64 = 0.35;

/// Draws a figure into an element, if the query of the address asks for one.
pub fn start(root: Element, query: &str) -> bool {
    let Some((mut embed, unread)) = Embed::read(query) else {
        return false;
    };
    // What does not move by itself stands at its end, not at its start.
    embed.autoplay &= !motion_is_reduced();
    let props =
        FigureProps { embed, unread: Rc::from(unread), fragment: current_fragment().into() };
    yew::Renderer::<Figure>::with_root_and_props(root, props).render();
    true
}

/// What the author of a figure asks for.
#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// How it shows its experiment.
    pub embed: Embed,
    /// What of that was not understood, a sentence each.
    #[prop_or_default]
    pub unread: Rc<[String]>,
    /// The fragment that names the experiment.
    #[prop_or_default]
    pub fragment: AttrValue,
}

/// The figure.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let embed = &props.embed;
    let state = use_reducer({
        let (embed, fragment) = (embed.clone(), props.fragment.clone());
        move || embed.open(&fragment)
    });
    let on_act = use_callback(state.dispatcher(), |action, dispatcher| dispatcher.dispatch(action));
    let on_theme = use_figure_theme(embed.theme);
    let host = use_host();
    let on_request = use_callback(
        (embed.clone(), Shown::of(&state.views).plays(), on_act.clone(), on_theme, host.clone()),
        |request, (embed, plays, on_act, on_theme, host)| match request {
            // Who is greeted anew is told everything anew, by what follows the greetings.
            Request::Hello => {}
            Request::Load(asked) => match embed.loaded(asked) {
                Ok(fragment) => on_act.emit(Action::Load(fragment)),
                Err(message) => host.tell(&News::Error { message }),
            },
            Request::Play if !plays => {}
            Request::Play => on_act.emit(Action::Play),
            Request::Pause => on_act.emit(Action::Pause),
            Request::Seek(at) => on_act.emit(Action::Seek(at)),
            Request::Theme(theme) => on_theme.emit(theme),
        },
    );
    let greetings = use_requests(&host, &on_request);
    use_reports(&host, greetings, &state);
    use_animation(state.playing, state.speed, &on_act);
    let (crew, memory) = (use_crew::<Job>(), use_memo((), |()| Memory::default()));
    let on_paper = use_printing();
    let node = use_node_ref();
    use_height(&node, state.playing, &host, greetings);
    use_in_view(&node, IN_VIEW, embed.autoplay, &on_act.reform(|()| Action::Play));
    use_document_title(&state.experiment, &state.runs);
    use_effect_with((), |()| remove_fallback());
    html! {
        <ContextProvider<Crew<Job>> context={crew}>
        <ContextProvider<OnPaper> context={on_paper}>
        <ContextProvider<Option<Memory>> context={Some((*memory).clone())}>
            <main class="embed" data-controls={embed.controls.word()} data-view={Shown::of(&state.views).word()} ref={node} data-test="embed">
                if let Some(Notice::BrokenLink { reasons, fragment }) = &state.notice {
                    <Failed reasons={Rc::from(&reasons[..])} fragment={fragment.clone()} />
                } else {
                    { shown(&state, embed.controls, &props.unread, &on_act) }
                }
            </main>
        </ContextProvider<Option<Memory>>>
        </ContextProvider<OnPaper>>
        </ContextProvider<Crew<Job>>>
    }
}

/// The figure of an experiment that there is.
fn shown(state: &State, controls: Controls, unread: &[String], on_act: &Callback<Action>) -> Html {
    let (experiment, runs) = (&state.experiment, &state.runs);
    let shown = Shown::of(&state.views);
    let by_hand = controls == Controls::All;
    let rest = match &state.notice {
        Some(Notice::Unread { parts }) => &parts[..],
        _ => &[],
    };
    html! {
        <>
            <header class="embed-head">
                <h1 data-test="embed-title">{ story::headline(experiment).title }</h1>
                if !by_hand && shown != Shown::Verdicts {
                    <p class="embed-says">{ figure::mishaps(experiment).join(" ") }</p>
                }
                { for unread.iter().chain(rest).map(|part| html! {
                    <p class="embed-unread" data-test="embed-unread">{ "Left out of this figure: " }{ part }</p>
                }) }
            </header>
            if by_hand && shown != Shown::Verdicts {
                <Hand experiment={experiment.clone()} undo={state.undoes().map(AttrValue::from)} redo={state.redoes().map(AttrValue::from)} on_act={on_act.clone()} />
            }
            { match shown {
                Shown::Diagram | Shown::Flow => html! {
                    <Stage experiment={experiment.clone()} runs={runs.clone()} axis={state.axis.clone()} playhead={state.playhead}
                        playing={state.playing} speed={state.speed} picture={state.views.picture} {controls} on_act={on_act.clone()} />
                },
                Shown::Verdicts => html! {
                    <Verdicts experiment={experiment.clone()} bounds={state.views.prove.bounds()} />
                },
                Shown::Measure => html! { <Measured experiment={experiment.clone()} choices={state.views.measure.clone()} /> },
            } }
            <Foot experiment={experiment.clone()} runs={runs.clone()} views={state.views.clone()} moment={state.moment()} {controls} />
            if by_hand {
                <Announcer experiment={experiment.clone()} runs={runs.clone()} quiet={state.playing || state.editing()} />
                if let Some(inspected) = state.inspected {
                    <Inspector key={format!("{inspected:?}")} experiment={experiment.clone()} runs={runs.clone()} {inspected} on_act={on_act.clone()} />
                }
            }
        </>
    }
}

//! An embedded figure: an experiment on someone else's page, as interactive as its author allows.
//!
//! It has the page's state and reducer, but no header, sheets or history. Wheel, keys and back button are
//! left to the host.
//!
//! | part | shows |
//! |---|---|
//! | `results` | the outcome of each message of a lane |
//! | `verdicts` | Prove, abridged |
//! | `measured` | Measure, abridged |
//! | `hand` | faults, to remove; undo and redo |
//! | `foot` | the run in words, and the link to the full page |
//!
//! Lanes, cards and tables are the page's, at the [`Density`] of a figure.

mod foot;
mod hand;
mod measured;
mod results;
mod verdicts;

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use self::foot::Foot;
use self::hand::Hand;
use self::measured::Measured;
pub use self::results::Results;
use self::verdicts::Verdicts;
use crate::app::announcer::Announcer;
use crate::app::summary::Summary;
use crate::context::{Density, Session, use_session, use_shown};
use crate::embed::hooks::height::use_height;
use crate::embed::hooks::host::{use_host, use_requests};
use crate::embed::hooks::in_view::use_in_view;
use crate::embed::hooks::reports::{use_document_title, use_reports};
use crate::embed::model::figure;
use crate::embed::state::message::{Outgoing, Request};
use crate::embed::state::{Controls, Embed, Figure as Shown};
use crate::hooks::{
    OnPaper, WorkerPool, current_fragment, page_link, remove_fallback, use_figure_theme,
    use_printing, use_worker_pool,
};
use crate::lane::view::lanes::Lanes;
use crate::prove::hook::ProofCache;
use crate::state::{Action, Notice, State};
use crate::watch::hooks::animation::motion_is_reduced;
use crate::watch::view::PlayBar;
use crate::why::view::inspector::Inspector;
use ackground_words::story;
use ackground_worker::Job;

/// The share of a figure that has to be visible before autoplay starts.
const IN_VIEW: f64 = 0.35;

/// Renders a figure into an element, if the address's query asks for one.
pub fn start(root: Element, query: &str) -> bool {
    let Some((mut embed, unread)) = Embed::read(query) else {
        return false;
    };
    // Without autoplay, a figure opens at the end of its run.
    embed.autoplay &= !motion_is_reduced();
    let props =
        FigureProps { embed, unread: Rc::from(unread), fragment: current_fragment().into() };
    yew::Renderer::<Figure>::with_root_and_props(root, props).render();
    true
}

#[derive(Properties, PartialEq)]
pub struct FigureProps {
    pub embed: Embed,
    /// What was skipped in them, one sentence each.
    #[prop_or_default]
    pub unread: Rc<[String]>,
    /// The fragment of the experiment.
    #[prop_or_default]
    pub fragment: AttrValue,
}

#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let embed = &props.embed;
    let (state, dispatch) = use_session({
        let (embed, fragment) = (embed.clone(), props.fragment.clone());
        move || embed.open(&fragment)
    });
    let on_theme = use_figure_theme(embed.theme);
    let host = use_host();
    let on_request = use_callback(
        (embed.clone(), Shown::of(&state.views).plays(), dispatch.clone(), on_theme, host.clone()),
        |request, (embed, plays, dispatch, on_theme, host)| match request {
            // Answered by the effects that depend on the number of hellos.
            Request::Hello => {}
            Request::Load(asked) => match embed.loaded(asked) {
                Ok(fragment) => dispatch.send(Action::Load(fragment)),
                Err(message) => host.tell(&Outgoing::Error { message }),
            },
            Request::Play if !plays => {}
            Request::Play => dispatch.send(Action::Play),
            Request::Pause => dispatch.send(Action::Pause),
            Request::Seek(at) => dispatch.send(Action::Seek(at)),
            Request::Theme(theme) => on_theme.emit(theme),
        },
    );
    let greetings = use_requests(&host, &on_request);
    use_reports(&host, greetings, &state);
    let (pool, cache) = (use_worker_pool::<Job>(), use_memo((), |()| ProofCache::default()));
    let on_paper = use_printing();
    let node = use_node_ref();
    use_height(&node, state.playing, &host, greetings);
    use_in_view(&node, IN_VIEW, embed.autoplay, &dispatch.on(|()| Action::Play));
    use_document_title(&state.experiment, &state.runs);
    use_effect_with((), |()| remove_fallback());
    html! {
        <ContextProvider<WorkerPool<Job>> context={pool}>
        <ContextProvider<OnPaper> context={on_paper}>
        <ContextProvider<Option<ProofCache>> context={Some((*cache).clone())}>
            <main class="embed" data-controls={embed.controls.word()} data-view={Shown::of(&state.views).word()} ref={node} data-test="embed">
                if let Some(Notice::BrokenLink { reasons, fragment }) = &state.notice {
                    { failed(reasons, fragment) }
                } else {
                    <Session state={(*state).clone()} {dispatch} density={Density::Figure(embed.controls)}>
                        { shown(&state, embed.controls, &props.unread) }
                    </Session>
                }
            </main>
        </ContextProvider<Option<ProofCache>>>
        </ContextProvider<OnPaper>>
        </ContextProvider<WorkerPool<Job>>>
    }
}

/// The figure of a valid experiment.
fn shown(state: &State, controls: Controls, unread: &[String]) -> Html {
    let experiment = &state.experiment;
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
                <Hand undo={state.undoes().map(AttrValue::from)} redo={state.redoes().map(AttrValue::from)} />
            }
            { match shown {
                Shown::Diagram | Shown::Flow => html! { <Stage /> },
                Shown::Verdicts => html! { <Verdicts bounds={state.views.prove.bounds()} /> },
                Shown::Measure => html! { <Measured choices={state.views.measure.clone()} /> },
            } }
            <Foot views={state.views.clone()} moment={state.moment()} />
            if controls != Controls::None {
                <Announcer quiet={state.playing || state.editing()} />
            }
            if by_hand {
                if let Some(inspected) = state.inspected {
                    <Inspector key={format!("{inspected:?}")} {inspected} />
                }
            }
        </>
    }
}

/// The lanes at a moment, with the play bar; a still figure has only the pictures.
#[component]
pub fn Stage() -> Html {
    let shown = use_shown();
    html! {
        <>
            if shown.runs.len() > 1 { <Summary /> }
            <Lanes />
            if shown.density.controls() != Controls::None { <PlayBar /> }
        </>
    }
}

/// An error in place of the figure, rather than a blank box or the wrong experiment, with a link to the page,
/// which tells more.
fn failed(reasons: &[String], fragment: &str) -> Html {
    html! {
        <div class="embed-failed" role="alert" data-test="embed-failed">
            <h1>{ "This figure cannot be shown" }</h1>
            { for reasons.iter().map(|reason| html! { <p>{ reason }</p> }) }
            <p><a href={page_link(fragment)} target="_blank" rel="noopener">{ "Open it in Ackground" }</a></p>
        </div>
    }
}

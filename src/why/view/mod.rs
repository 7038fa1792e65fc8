//! The explanation of a message's outcome, and what would have prevented it.
//!
//! It lies over the lanes beside its own; on small screens it is a bottom sheet. Opening it moves nothing. It is not
//! modal: the rest of the page stays usable, and following the chain moves the playhead.

mod chain;
pub mod inspector;
mod remedies;

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use self::chain::Causes;
use self::remedies::Remedies;
use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::icons;
use crate::hooks::focus_soon;
use crate::state::{Action, LaneRun};
use crate::watch::view::Token;
use crate::why::state::explained_message::ExplainedMessage;
use ackground_core::audit::Outcome;
use ackground_core::experiment::Experiment;
use ackground_core::sim::MessageNo;
use ackground_timeline::asked::Subject;
use ackground_words::story::{self, Chain};

/// The explanation for this lane, if one of its messages is being explained.
#[hook]
pub fn use_chain(
    experiment: &Rc<Experiment>,
    run: &Rc<LaneRun>,
    asked: Option<ExplainedMessage>,
) -> Option<Rc<Chain>> {
    let made_from = (experiment.clone(), run.clone(), asked.map(|asked| asked.message));
    let chain = use_memo(made_from, |(experiment, run, message)| {
        let message = (*message)?;
        let chain = story::why(experiment, run.lane, &run.trace, &run.report, message);
        Some(Rc::new(chain))
    });
    (*chain).clone()
}

#[derive(Properties, PartialEq)]
pub struct WhyProps {
    pub run: Rc<LaneRun>,
    pub asked: ExplainedMessage,
    pub chain: Rc<Chain>,
}

#[component]
pub fn Why(props: &WhyProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let WhyProps { run, asked, chain } = props;
    let panel = use_node_ref();
    use_focus(&panel, *asked);
    use_escape(&dispatch);
    let made_from = (experiment.clone(), run.clone(), asked.message);
    let subject = use_memo(made_from, |(experiment, run, message)| {
        Subject::of(experiment, run.lane, &run.trace, &run.report, *message)
    });
    let made_from = (experiment.clone(), run.clone(), asked.message);
    let cause = use_memo(made_from, |(experiment, run, message)| {
        story::cause(experiment, run.lane, &run.trace, &run.report, *message)
    });
    let Some(subject) = &*subject else {
        return html! {};
    };
    let (lane, message) = (run.lane, asked.message);
    let lanes = experiment.lanes.len();
    // Over the last lanes, or over the first ones for the last lane.
    let side = (lanes > 1 && lane + 1 == lanes).then_some("left");
    let title = AttrValue::from(format!("why-title-{}", lane + 1));
    let turn = |label: &'static str, to: Option<_>, icon: Html| {
        let onclick = dispatch
            .on(move |_: MouseEvent| Action::AskWhy { lane, message: to.unwrap_or(message) });
        html! {
            <button type="button" class="button icon bare" aria-label={label} title={label}
                aria-disabled={to.is_none().then_some("true")} {onclick}>{ icon }</button>
        }
    };
    html! {
        <section class={classes!("why", subject.outcome.word(), side)} style={format!("--lanes:{lanes}")} ref={panel} tabindex="-1" aria-labelledby={title.clone()}
            data-test={format!("why-{}", lane + 1)}>
            <header>
                <Token {message} outcome={subject.outcome} effects={subject.effects} />
                <h3 id={title}>{ heading(message, subject) }</h3>
                if subject.alike > 1 {
                    <div class="why-turn" role="group" aria-label="Messages with the same outcome">
                        { turn("Previous", subject.before, html! { "‹" }) }
                        <span>{ format!("{} of {}", subject.place, story::money(subject.alike as u64)) }</span>
                        { turn("Next", subject.after, html! { "›" }) }
                    </div>
                }
                <button type="button" class="button icon bare why-close" aria-label="Close" title="Close" data-test={format!("why-close-{}", lane + 1)}
                    onclick={dispatch.to(Action::CloseWhy)}>{ icons::cross() }</button>
            </header>
            if let Some(cause) = &*cause { <p class="why-cause" data-test={format!("cause-of-{}", lane + 1)}>{ cause.clone() }</p> }
            <Causes {lane} chain={chain.clone()} />
            <Remedies {lane} {message} />
        </section>
    }
}

/// `Why message 3 is credited twice`, or how it fared if all went well.
fn heading(message: MessageNo, subject: &Subject) -> String {
    match subject.outcome {
        Outcome::Once => format!("Message {message}: {}", subject.words),
        _ if subject.words == "forgotten by the sender" => {
            format!("Why the sender forgot message {message}")
        }
        _ => format!("Why message {message} is {}", subject.words),
    }
}

/// An explanation opened by a person takes the focus, and restores it when it closes.
#[hook]
fn use_focus(panel: &NodeRef, asked: ExplainedMessage) {
    let opener = use_mut_ref(|| None::<HtmlElement>);
    use_effect_with((asked, panel.clone()), {
        let opener = opener.clone();
        move |(asked, panel)| {
            let Some(panel) = panel.cast::<HtmlElement>().filter(|_| asked.by_hand) else {
                return;
            };
            if let Some(active) = focused().filter(|active| !panel.contains(Some(active))) {
                *opener.borrow_mut() = Some(active);
            }
            // An embedding page may block focus; nothing can be done about that.
            let _ = panel.focus();
        }
    });
    // What opened it may be gone, as menus are; then the message's row gets the focus.
    let row = use_mut_ref(String::new);
    *row.borrow_mut() = format!("[data-test=ask-{}-{}]", asked.lane + 1, asked.message);
    use_effect_with((), move |()| {
        move || {
            let (opener, row) = (opener.borrow_mut().take(), row.take());
            Timeout::new(0, move || {
                // Leave the focus alone if it has moved elsewhere.
                if focused().is_some() {
                    return;
                }
                match opener.filter(|opener| opener.is_connected()) {
                    Some(opener) => drop(opener.focus()),
                    None => focus_soon(row),
                }
            })
            .forget();
        }
    });
}

fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    let active = document.active_element()?;
    active.dyn_into::<HtmlElement>().ok().filter(|active| active.tag_name() != "BODY")
}

/// Escape closes the explanation, unless something is open above it.
#[hook]
fn use_escape(dispatch: &Dispatch) {
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "keydown", move |event| {
                let pressed = event.dyn_ref::<KeyboardEvent>();
                let escape = pressed.is_some_and(|event| event.key() == "Escape");
                if escape && !event.default_prevented() && !something_is_open() {
                    dispatch.send(Action::CloseWhy);
                }
            })
        });
        move || drop(listener)
    });
}

fn something_is_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let open = document.map(|document| document.query_selector("dialog[open], :popover-open"));
    matches!(open, Some(Ok(Some(_))))
}

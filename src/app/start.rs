//! Where to go from the first picture: real products, common mistakes, the guide, one more lane.

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::icons;
use crate::hooks::{focus_soon, use_rest};
use crate::lane::view::PresetList;
use crate::setups::state::gallery::Gallery;
use crate::state::{Action, Sheet};
use ackground_core::experiment::{Family, Lanes};
use ackground_words::story;
use ackground_words::story::guide::Path;

/// The row under the player.
#[component]
pub fn Start() -> Html {
    let dispatch = use_dispatch();
    let lanes = use_shown().experiment.lanes.len();
    let rest = use_rest();
    let open = |sheet: Sheet| dispatch.to(Action::OpenSheet(sheet));
    let on_add = {
        let dispatch = dispatch.clone();
        Callback::from(move |id| {
            dispatch.send(Action::AddLane(id));
            focus_soon(format!("#lane-{}", lanes + 1));
        })
    };
    let shelf = |family| open(Sheet::Gallery(Gallery { lane: None, family }));
    html! {
        <nav class="start" aria-label="Start from">
            <span aria-hidden="true">{ "Start from" }</span>
            <button type="button" class="button" data-test="start-products" onclick={shelf(None)}>{ "Kafka, RabbitMQ, SQS \u{2026}" }</button>
            <button type="button" class="button" data-test="start-mistakes" onclick={shelf(Some(Family::Mistake))}>{ "Common mistakes" }</button>
            <button type="button" class="button" data-test="open-guide" onclick={open(Sheet::Guide(Path::default()))}>{ "Which do I need?" }</button>
            <button type="button" class="button" data-test="start-words" title="The glossary, with an experiment for each term"
                onclick={open(Sheet::Words(None))}>{ "Small experiments" }</button>
            if lanes < Lanes::MOST {
                <button type="button" class="button" popovertarget="add-lane" data-test="add-lane">{ icons::plus() }{ "Add a lane" }</button>
                <div class="menu" popover="auto" id="add-lane">
                    <p class="eyebrow">{ "Add a lane" }</p>
                    if rest {
                        <PresetList menu="add-lane" on_pick={on_add}
                            on_more={dispatch.on(|()| Action::OpenSheet(Sheet::Gallery(Gallery { lane: None, family: None })))} />
                    }
                </div>
            }
            <SendYourself />
            <span class="start-hint">{ "Click an arrow to lose it." }</span>
        </nav>
    }
}

/// Said while the last one is under way.
const SENT: &str = "All are sent";

/// A quiet offer to do the sending oneself, one message after the other.
#[component]
fn SendYourself() -> Html {
    let Shown { experiment, sending, .. } = &use_shown();
    let dispatch = use_dispatch();
    let (class, says) = match sending {
        Some(sent) if u64::from(*sent) < experiment.messages.get() => {
            (Some("solid"), format!("Send {} {}", story::noun(&experiment.scenario), sent + 1))
        }
        Some(_) => (None, SENT.to_owned()),
        None => (None, format!("Send the {} yourself", story::nouns(&experiment.scenario))),
    };
    html! {
        <button type="button" class={classes!("button", class)} data-test="send" disabled={says == SENT}
            onclick={dispatch.to(Action::SendNext)}>{ says }</button>
    }
}

//! The chain of causes, numbered as in the picture; each link seeks to its moment.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{Playhead, use_dispatch, use_playhead};
use crate::hooks::show_cause;
use crate::state::Action;
use ackground_words::story::{self, Chain, Link};

#[derive(Properties, PartialEq)]
pub struct CausesProps {
    /// The lane's index.
    pub lane: usize,
    pub chain: Rc<Chain>,
}

/// The causes in order, and what the outcome means.
#[component]
pub fn Causes(props: &CausesProps) -> Html {
    let Playhead { at: playhead, .. } = &use_playhead();
    let CausesProps { lane, chain } = props;
    let dispatch = use_dispatch();
    let link = |(index, link): (usize, &Link)| {
        let (at, lane, number) = (link.at, *lane, index + 1);
        let onclick = dispatch.on(move |_: MouseEvent| {
            show_cause(lane, number);
            Action::Seek(at)
        });
        html! {
            <li key={link.step.0}>
                <button type="button" aria-current={(at == *playhead).then_some("step")} data-test={format!("cause-{number}")} {onclick}>
                    <i class="number" aria-hidden="true">{ number }</i>
                    <span>
                        <strong>{ link.sentence.lead.clone() }</strong>{ " " }{ link.sentence.rest.clone() }
                        if let Some(more) = link.more_words() { { " " }<em>{ more }</em> }
                        <small>{ story::clock(at) }</small>
                    </span>
                </button>
            </li>
        }
    };
    html! {
        <>
            if chain.links.is_empty() {
                <p class="muted">{ "Nothing else happened to it." }</p>
            } else {
                <ol class="causes">{ for chain.links.iter().enumerate().map(link) }</ol>
            }
            if let Some(verdict) = &chain.verdict {
                <p class="verdict"><strong>{ verdict.lead.clone() }</strong>{ " " }{ verdict.rest.clone() }</p>
            }
        </>
    }
}

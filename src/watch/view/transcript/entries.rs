//! The entries of a transcript, one page at a time. The one at the playhead is marked and kept in view within
//! its box.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_playhead, use_shown};
use crate::hooks::keep_in_view;
use crate::state::{Action, LaneRun};
use ackground_timeline::happened;
use ackground_timeline::transcript::{Filter, PAGE, Page, page};
use ackground_words::story::{self, Line};

#[derive(Properties, PartialEq)]
pub struct EntriesProps {
    pub run: Rc<LaneRun>,
    pub filter: Filter,
}

/// A page of entries with pagination. It follows the playhead until another page is chosen.
#[component]
pub fn Entries(props: &EntriesProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let playhead = use_playhead().at;
    let EntriesProps { run, filter } = props;
    let dispatch = use_dispatch();
    let happened = happened(&run.trace, playhead);
    let turned = use_state_eq(|| None::<(usize, usize)>);
    // The chosen page, until the playhead moves on.
    let number = turned.and_then(|(number, then)| (then == happened).then_some(number));
    let made_from = (experiment.clone(), run.clone(), filter.clone(), number, happened);
    let page = use_memo(made_from, |(experiment, run, filter, number, happened)| {
        page(experiment, run.lane, &run.trace, filter, *number, *happened)
    });
    let now = page.lines.iter().rposition(|line| (line.step.0 as usize) < happened);
    let list = use_node_ref();
    use_effect_with((list.clone(), now, page.number), |(list, ..)| {
        if let Some(list) = list.cast::<HtmlElement>() {
            keep_in_view(&list, "[aria-current]");
        }
    });
    let entry = |(index, line): (usize, &Line)| {
        let (at, past) = (line.at, (line.step.0 as usize) < happened);
        let current = (now == Some(index)).then_some("step");
        html! {
            <li key={line.step.0} class={past.then_some("past")}>
                <button type="button" aria-current={current} onclick={dispatch.to(Action::Seek(at))}>
                    <span class="when">{ story::clock(at) }</span>
                    <span><strong>{ line.sentence.lead.clone() }</strong>{ " " }{ line.sentence.rest.clone() }</span>
                </button>
            </li>
        }
    };
    let turn = |label: &'static str, to: Option<usize>| {
        let (turned, happened) = (turned.setter(), happened);
        let onclick = Callback::from(move |_: MouseEvent| turned.set(to.map(|to| (to, happened))));
        html! { <button type="button" class="button" disabled={to.is_none()} {onclick}>{ label }</button> }
    };
    let Page { lines, number, more, cut } = &*page;
    html! {
        <>
            <ol ref={list} tabindex="0" aria-label="What happens, in order">{ for lines.iter().enumerate().map(entry) }</ol>
            if lines.is_empty() { <p class="muted" role="status">{ "Nothing like that happens in this run." }</p> }
            if *number > 0 || *more {
                <div class="pages" role="group" aria-label="Pages">
                    { turn("Earlier", number.checked_sub(1)) }
                    <span>{ format!("from {}", story::money((number * PAGE + 1) as u64)) }</span>
                    { turn("Later", more.then_some(number + 1)) }
                </div>
            }
            if *cut { <p class="small muted">{ "The run is long: only its beginning was searched. Choose a message to search the rest." }</p> }
        </>
    }
}

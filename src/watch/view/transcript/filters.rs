//! What of a transcript is wanted: about which message, by whom, with which words, only what went wrong.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::context::{Shown, use_shown};
use ackground_core::sim::MessageNo;
use ackground_timeline::transcript::{Actor, Filter};

/// Which lane, and what is wanted now.
#[derive(Properties, PartialEq)]
pub struct FiltersProps {
    /// The place of the lane, from 0.
    pub lane: usize,
    pub filter: Filter,
    /// Something else is wanted.
    pub on_filter: Callback<Filter>,
    /// What stands beside it.
    #[prop_or_default]
    pub children: Children,
}

/// One field each.
#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let FiltersProps { lane, filter, on_filter, children } = props;
    let with = |change: fn(&mut Filter, usize)| {
        let filter = filter.clone();
        on_filter.reform(move |event: Event| {
            let chosen = event
                .target_dyn_into::<HtmlSelectElement>()
                .and_then(|select| usize::try_from(select.selected_index()).ok());
            let mut filter = filter.clone();
            change(&mut filter, chosen.unwrap_or(0));
            filter
        })
    };
    // The first choice is everything.
    let on_message = with(|filter, chosen| {
        filter.message = chosen.checked_sub(1).map(MessageNo::from_index);
    });
    let on_actor = with(|filter, chosen| {
        filter.actor = chosen.checked_sub(1).and_then(|actor| Actor::ALL.get(actor).copied());
    });
    let on_faults = {
        let filter = filter.clone();
        on_filter.reform(move |_: Event| Filter { faults: !filter.faults, ..filter.clone() })
    };
    let on_words = {
        let filter = filter.clone();
        on_filter.reform(move |event: InputEvent| Filter {
            words: event
                .target_dyn_into::<HtmlInputElement>()
                .map(|field| field.value())
                .unwrap_or_default(),
            ..filter.clone()
        })
    };
    let messages = experiment.messages.get();
    let actor = |actor: &Actor| {
        html! { <option selected={filter.actor == Some(*actor)}>{ actor.name(&experiment.scenario).to_owned() }</option> }
    };
    let n = lane + 1;
    html! {
        <div class="filters" role="group" aria-label="What is told">
            <select aria-label="About which message" onchange={on_message} data-test={format!("told-message-{n}")}>
                <option selected={filter.message.is_none()}>{ "All messages" }</option>
                { for (1..=messages).map(|number| html! {
                    <option selected={filter.message.is_some_and(|message| u64::from(message.get()) == number)}>{ format!("Message {number}") }</option>
                }) }
            </select>
            <select aria-label="By whom" onchange={on_actor}>
                <option selected={filter.actor.is_none()}>{ "Everybody" }</option>
                { for Actor::ALL.iter().map(actor) }
            </select>
            <input type="search" aria-label="With these words" placeholder="Find words" value={filter.words.clone()} oninput={on_words}
                data-test={format!("told-words-{n}")} />
            <label class="only"><input type="checkbox" checked={filter.faults} onchange={on_faults} data-test={format!("told-faults-{n}")} />
                { "Only faults and what follows" }</label>
            { for children.iter() }
        </div>
    }
}

//! Transcript filters: message, participant, words, failures only.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::{Among, Check, Field, Item, Select};
use ackground_core::sim::MessageNo;
use ackground_timeline::transcript::{Actor, Filter};

#[derive(Properties, PartialEq)]
pub struct FiltersProps {
    /// The lane's index.
    pub lane: usize,
    pub filter: Filter,
    pub on_filter: Callback<Filter>,
    #[prop_or_default]
    pub children: Children,
}

/// The filter with one part changed.
fn with<T: 'static>(
    (filter, on_filter): (&Filter, &Callback<Filter>),
    change: fn(&mut Filter, T),
) -> Callback<T> {
    let filter = filter.clone();
    on_filter.reform(move |part| {
        let mut filter = filter.clone();
        change(&mut filter, part);
        filter
    })
}

#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let FiltersProps { lane, filter, on_filter, children } = props;
    let changed = (filter, on_filter);
    let messages = (0..experiment.messages.get() as usize).map(MessageNo::from_index);
    let messages = messages.map(|no| Item::new(Some(no), no.to_string(), format!("Message {no}")));
    let everything = Item::new(None, "", "All messages");
    let messages = std::iter::once(everything).chain(messages);
    let actors = Actor::ALL.into_iter().enumerate();
    let actors = actors.map(|(place, actor)| {
        let name = actor.name(&experiment.scenario).to_owned();
        Item::new(Some(actor), place.to_string(), name)
    });
    let everybody = Item::new(None, "", "Everyone");
    let actors = std::iter::once(everybody).chain(actors);
    let n = lane + 1;
    html! {
        <div class="filters" role="group" aria-label="What it shows">
            <Select heard=true label="About which message" test={format!("told-message-{n}")}
                among={Among::new(messages, filter.message, with(changed, |filter, message| filter.message = message))} />
            <Select heard=true label="By whom"
                among={Among::new(actors, filter.actor, with(changed, |filter, actor| filter.actor = actor))} />
            <Field kind="search" heard=true prose=true label="With these words" hint="Find words" value={filter.words.clone()}
                on_type={with(changed, |filter, words| filter.words = words)} test={format!("told-words-{n}")} />
            <Check class="only" on={filter.faults} on_check={with(changed, |filter, faults| filter.faults = faults)}
                test={format!("told-faults-{n}")}>{ "Only faults and what follows" }</Check>
            { for children.iter() }
        </div>
    }
}

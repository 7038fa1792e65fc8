//! Why there is nothing to see: a sentence in place of a blank box, or of another experiment than was meant.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::page_link;

/// What went wrong.
#[derive(Properties, PartialEq)]
pub struct FailedProps {
    /// The reasons, a sentence each.
    pub reasons: Rc<[String]>,
    /// The fragment as it came.
    pub fragment: AttrValue,
}

/// The reasons, and the way to the page, which says more.
#[component]
pub fn Failed(props: &FailedProps) -> Html {
    html! {
        <div class="embed-failed" role="alert" data-test="embed-failed">
            <h1>{ "This figure cannot be shown" }</h1>
            { for props.reasons.iter().map(|reason| html! { <p>{ reason }</p> }) }
            <p><a href={page_link(&props.fragment)} target="_blank" rel="noopener">{ "Open it in Ackground" }</a></p>
        </div>
    }
}

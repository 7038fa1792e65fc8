//! Share as a figure in another page.

use yew::prelude::*;

use super::ShareProps;

/// The code that embeds a figure.
#[component]
pub fn EmbedPart(_props: &ShareProps) -> Html {
    html! { <h3>{ "Put it into a page of yours" }</h3> }
}

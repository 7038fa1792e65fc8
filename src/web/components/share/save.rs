//! Share by a file.

use yew::prelude::*;

use super::ShareProps;

/// What can be saved.
#[component]
pub fn SavePart(_props: &ShareProps) -> Html {
    html! { <h3>{ "Save it as a file" }</h3> }
}

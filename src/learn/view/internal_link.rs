//! A link to a lesson, an exercise or their list, with a real href; a plain click does not reload the page.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::hooks::following;
use crate::learn::choices::LearnChoices;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct InternalLinkProps {
    pub to: LearnChoices,
    #[prop_or(Classes::from("link"))]
    pub class: Classes,
    #[prop_or_default]
    pub test: AttrValue,
    pub children: Html,
}

#[component]
pub fn InternalLink(props: &InternalLinkProps) -> Html {
    let dispatch = use_dispatch();
    let written = props.to.written();
    let and = if written.is_empty() { "" } else { "&" };
    let onclick = following(&dispatch, Action::Learn(props.to.clone()));
    html! {
        <a class={props.class.clone()} href={format!("#view=learn{and}{written}")} data-test={props.test.clone()} {onclick}>{ props.children.clone() }</a>
    }
}

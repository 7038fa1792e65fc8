//! A link to a lesson, an exercise or their list. It has a real address; who follows it stays on the page.

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

/// A link within Learn, to be opened beside this page; followed without loading it.
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

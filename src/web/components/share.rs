//! The button that copies the link to what is on the page.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icons;
use crate::web::hooks::{Copied, link_to, use_clipboard};

/// What is shared.
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The fragment that names the experiment.
    pub fragment: AttrValue,
}

/// Copies the link and says so; where copying is refused it shows the link to be copied by hand.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let (copied, copy) = use_clipboard();
    let link = link_to(&props.fragment);
    let onclick = {
        let link = link.clone();
        copy.reform(move |_| link.clone())
    };
    let select = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    });
    let said = if copied == Copied::Done {
        "Link copied"
    } else {
        "Share"
    };
    html! {
        <div class="share">
            <button type="button" class="button bare" data-test="share" {onclick}>{ said }</button>
            <span class="quiet" role="status">
                { if copied == Copied::Done { "The link is in the clipboard." } else { "" } }
            </span>
            if copied == Copied::Refused {
                <div class="share-by-hand" role="group" aria-label="The link">
                    <label for="share-link">{ "The browser does not let the page copy. Copy the link here:" }</label>
                    <div>
                        <input id="share-link" type="text" readonly=true value={link} data-test="share-link" onfocus={select} />
                        <button type="button" class="button icon bare" aria-label="Close"
                            onclick={copy.reform(|_| String::new())}>{ icons::cross() }</button>
                    </div>
                </div>
            }
        </div>
    }
}

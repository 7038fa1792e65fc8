//! Sharing a link: the address, its length, and what it leaves out.

use yew::prelude::*;

use crate::class::choices::{ClassChoices, ClassPart};
use crate::context::{use_dispatch, use_refused};
use crate::controls::Field;
use crate::hooks::{Copied, focus_soon, link_to, use_clipboard};
use crate::share::state::SharePart;
use crate::state::{Action, Sheet};
use ackground_learn::text::ui;
use ackground_timeline::share::{FROM_DISK, LEFT_OUT, Reach, thousands};

#[derive(Properties, PartialEq)]
pub struct LinkPartProps {
    pub link: AttrValue,
}

#[component]
pub fn LinkPart(props: &LinkPartProps) -> Html {
    let dispatch = use_dispatch();
    let refused = !use_refused().0.is_empty();
    let to_save = dispatch.to(Action::OpenSheet(Sheet::Share(SharePart::Save)));
    let to_build = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.send(Action::CloseSheet);
            dispatch.send(Action::ChooseClass(ClassChoices { part: ClassPart::Build, of: None }));
            focus_soon("[data-test=build-title]".to_owned());
        })
    };
    html! {
        <>
            <p class="share-lead">{ "The address holds everything you see: the experiment, the view and the moment. Nothing is stored anywhere else." }</p>
            <Address link={props.link.clone()} test="share-address" copy="Copy the link" first=true>
                <button type="button" class="link" onclick={to_save}>{ "Save it as a file" }</button>
            </Address>
            if refused {
                <p class="share-warning" data-test="share-refused">
                    { "Input that the page could not accept is not in it; the last valid value is." }</p>
            }
            <p><button type="button" class="link" data-test="share-exercise" onclick={to_build}>{ ui("build.of-this") }</button>
                { " " }<span class="muted small">{ ui("build.of-this-lead") }</span></p>
            <h3>{ "Not in the link" }</h3>
            <ul class="share-left-out">{ for LEFT_OUT.iter().map(|one| html! { <li>{ *one }</li> }) }</ul>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct AddressProps {
    pub link: AttrValue,
    pub test: AttrValue,
    /// The label of the copy button.
    pub copy: AttrValue,
    /// Whether the button has the focus when the sheet opens.
    #[prop_or_default]
    pub first: bool,
    /// What to do if it is too long.
    #[prop_or_default]
    pub children: Html,
}

/// A link to copy, with a note on where its length may be a problem.
#[component]
pub fn Address(props: &AddressProps) -> Html {
    let (copied, copy) = use_clipboard();
    let link = link_to(&props.link);
    let from_disk = link.starts_with("file:");
    let length = link.chars().count();
    let onclick = {
        let link = link.clone();
        copy.reform(move |_: MouseEvent| link.clone())
    };
    let told = match copied {
        Copied::Idle => "",
        Copied::Done => "The link is in the clipboard.",
        Copied::Refused => {
            "The browser does not let the page copy: select the link and copy it by hand."
        }
    };
    html! {
        <>
            <Field class="share-address" label="Address" copied=true rows={3} value={link} test={props.test.clone()} />
            <div class="share-tools">
                <button type="button" class={classes!("button", props.first.then_some("solid"))} autofocus={props.first} data-test={if props.first { "copy-link" } else { "copy-own" }} {onclick}>
                    { if copied == Copied::Done { "Copied".into() } else { props.copy.clone() } }
                </button>
                <span class="muted small" data-test="share-length">{ thousands(length) }{ " characters" }</span>
                <span class={if copied == Copied::Refused { "reason" } else { "quiet" }} role="status">{ told }</span>
            </div>
            if from_disk {
                <p class="share-warning" data-test="share-from-disk">{ FROM_DISK }</p>
            }
            if let Some(warning) = Reach::of(length).warning() {
                <p class="share-warning" data-test="share-warning">{ warning }{ " " }{ props.children.clone() }</p>
            }
        </>
    }
}

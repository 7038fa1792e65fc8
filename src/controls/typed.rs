//! A field in which a value is typed.
//!
//! While it has the focus the text is the person's; every text that means something takes effect at
//! once. A text that was refused stays, with the reason under it.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::context::{use_dispatch, use_refusal};
use crate::state::{Action, Place, Refusal, Touch};

/// Which value, and how it is shown.
#[derive(Properties, PartialEq)]
pub struct TypedProps {
    /// Where the text goes.
    pub place: Place,
    /// What it is called.
    pub label: AttrValue,
    /// What it is now.
    pub value: AttrValue,
    /// The class of the field.
    #[prop_or_default]
    pub class: Classes,
    /// The keyboard that a phone shows.
    #[prop_or(AttrValue::Static("text"))]
    pub inputmode: AttrValue,
    /// What a test looks for, if not the place.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// The most characters.
    #[prop_or(24)]
    pub longest: usize,
}

/// A field in which a value is typed.
#[component]
pub fn Typed(props: &TypedProps) -> Html {
    let TypedProps { place, label, value, class, inputmode, test, longest } = props;
    let dispatch = use_dispatch();
    let refusal = use_refusal(place);
    let test = test.clone().unwrap_or_else(|| place.to_string().into());
    let draft = use_state_eq(|| None::<String>);
    let oninput = {
        let (draft, place, dispatch) = (draft.clone(), place.clone(), dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            draft.set(Some(input.value()));
            let (place, text) = (place.clone(), input.value());
            dispatch.send(Action::Edit { place, text, touch: Touch::Live });
        })
    };
    let onblur = {
        let (draft, dispatch) = (draft.clone(), dispatch.clone());
        Callback::from(move |_: FocusEvent| {
            draft.set(None);
            dispatch.send(Action::Release);
        })
    };
    // Enter is done: leaving the field puts the value into its usual form.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter"
            && let Some(field) = event.target_dyn_into::<HtmlElement>()
        {
            let _ = field.blur();
        }
    });
    let refused = refusal.as_ref().map(|refusal| refusal.text.clone());
    let shown = (*draft).clone().or(refused).map_or_else(|| value.clone(), AttrValue::from);
    let reason = format!("{place}-reason");
    html! {
        <>
            <input type="text" class={class.clone()} aria-label={label.clone()} value={shown} inputmode={inputmode.clone()}
                maxlength={longest.to_string()} autocomplete="off" spellcheck="false" data-test={test}
                aria-invalid={refusal.is_some().then_some("true")}
                aria-describedby={refusal.is_some().then(|| reason.clone())} {oninput} {onblur} {onkeydown} />
            <Reason id={reason} refusal={refusal.clone()} />
        </>
    }
}

/// Which reason, and what it is called.
#[derive(Properties, PartialEq)]
pub struct ReasonProps {
    /// The id by which the field points to it.
    pub id: AttrValue,
    /// Why a text was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// Why a text was refused: always there, so that it is read out when it comes.
#[component]
pub fn Reason(props: &ReasonProps) -> Html {
    let message = props.refusal.as_ref().map(|refusal| refusal.message.clone());
    html! {
        <span class="reason" id={props.id.clone()} role="status">{ message.unwrap_or_default() }</span>
    }
}

//! A text field for a value of the experiment.
//!
//! While it has the focus, its text is not normalized; every valid text takes effect at once. A rejected text
//! stays, with the reason below; for a time only once the field is left, because on the way to `40 s` there is
//! a 40, which nothing is wrong with yet.

use yew::prelude::*;

use super::Field;
use crate::context::{use_dispatch, use_refusal};
use crate::state::{Action, FieldPath, Touch};

#[derive(Properties, PartialEq)]
pub struct TypedProps {
    pub place: FieldPath,
    pub label: AttrValue,
    pub value: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// The `inputmode`.
    #[prop_or(AttrValue::Static("text"))]
    pub inputmode: AttrValue,
    /// The test id, if it is not the field's path.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    #[prop_or(24)]
    pub longest: usize,
}

#[component]
pub fn Typed(props: &TypedProps) -> Html {
    let TypedProps { place, label, value, class, inputmode, test, longest } = props;
    let dispatch = use_dispatch();
    let refusal = use_refusal(place);
    let test = test.clone().unwrap_or_else(|| place.to_string().into());
    let draft = use_state_eq(|| None::<String>);
    let on_type = {
        let (draft, place, dispatch) = (draft.setter(), place.clone(), dispatch.clone());
        Callback::from(move |text: String| {
            draft.set(Some(text.clone()));
            dispatch.send(Action::Edit { place: place.clone(), text, touch: Touch::Live });
        })
    };
    let on_leave = {
        let (draft, dispatch) = (draft.setter(), dispatch.clone());
        Callback::from(move |()| {
            draft.set(None);
            dispatch.send(Action::Release);
        })
    };
    let refused = refusal.as_ref().map(|refusal| refusal.text.clone());
    let unfinished = draft.is_some() && place.is_time();
    let refusal = refusal.filter(|_| !unfinished);
    let shown = (*draft).clone().or(refused).map_or_else(|| value.clone(), AttrValue::from);
    html! {
        <Field heard=true class={class.clone()} {label} value={shown} inputmode={inputmode.clone()} longest={*longest}
            reason={format!("{place}-reason")} {refusal} {on_type} {on_leave} {test} />
    }
}

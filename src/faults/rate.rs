//! One rate: a slider, and a field for shares that a slider is too coarse for.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::sentence;
use crate::controls::Typed;
use crate::hooks::use_rest;
use crate::state::{Action, Place, Refusal, Touch};

/// Which rate.
#[derive(Properties, PartialEq)]
pub struct RateProps {
    /// Where it is written.
    pub place: Place,
    /// What it is called.
    pub name: AttrValue,
    /// What it is, in percent: `12.5 %`.
    pub value: AttrValue,
    /// What was typed and could not be taken.
    pub refusal: Option<Refusal>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A labelled slider with its number. One drag is one act, and so are all steps that the keyboard
/// makes while the slider has the focus.
#[component]
pub fn Rate(props: &RateProps) -> Html {
    let RateProps { place, name, value, refusal, on_act } = props;
    let percent: f64 = value.trim_end_matches([' ', '%']).parse().unwrap_or_default();
    let oninput = {
        let (place, on_act) = (place.clone(), on_act.clone());
        Callback::from(move |event: InputEvent| {
            let Some(slider) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (place, text) = (place.clone(), slider.value());
            on_act.emit(Action::Edit { place, text, touch: Touch::Live });
        })
    };
    let id = format!("{place}-slider");
    let on = (percent > 0.0).then_some("on");
    let title = use_rest().then(|| sentence(place)).flatten();
    html! {
        <div class={classes!("rate", on)} {title}>
            <label for={id.clone()}>{ name.clone() }</label>
            <input type="range" {id} style={format!("--value:{percent}%")} min="0" max="100" step="1" value={percent.round().to_string()}
                aria-valuetext={value.clone()} data-test={format!("{place}-slider")} {oninput}
                onpointerup={on_act.reform(|_| Action::Release)} onblur={on_act.reform(|_| Action::Release)} />
            <Typed place={place.clone()} label={format!("{name}, in percent")} value={value.clone()}
                refusal={refusal.clone()} inputmode="decimal" on_act={on_act.clone()} />
        </div>
    }
}

//! A fault rate: a slider, and a field for values the slider is too coarse for.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::sentence;
use crate::context::use_dispatch;
use crate::controls::Typed;
use crate::hooks::use_rest;
use crate::state::{Action, FieldPath, Touch};

#[derive(Properties, PartialEq)]
pub struct RateProps {
    pub place: FieldPath,
    pub name: AttrValue,
    /// In percent: `12.5 %`.
    pub value: AttrValue,
}

/// A labelled slider with a number field. A drag is one undo step, and so are all keyboard steps until the
/// slider loses focus.
#[component]
pub fn Rate(props: &RateProps) -> Html {
    let dispatch = use_dispatch();
    let RateProps { place, name, value } = props;
    let percent: f64 = value.trim_end_matches([' ', '%']).parse().unwrap_or_default();
    let oninput = {
        let (place, dispatch) = (place.clone(), dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let Some(slider) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (place, text) = (place.clone(), slider.value());
            dispatch.send(Action::Edit { place, text, touch: Touch::Live });
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
                onpointerup={dispatch.to(Action::Release)} onblur={dispatch.to(Action::Release)} />
            <Typed place={place.clone()} label={format!("{name}, in percent")} value={value.clone()} inputmode="decimal" />
        </div>
    }
}

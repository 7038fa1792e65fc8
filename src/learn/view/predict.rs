//! A multiple choice question, asked before anything is shown.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct PredictProps {
    /// Unique among the questions on the page.
    pub name: AttrValue,
    pub asks: Html,
    pub options: Vec<Html>,
    #[prop_or_default]
    pub several: bool,
    /// The indices of the chosen options.
    pub chosen: Vec<u8>,
    pub kept: bool,
    pub on_choose: Callback<Vec<u8>>,
}

/// Radio buttons, or check boxes if several options are right.
#[component]
pub fn Predict(props: &PredictProps) -> Html {
    let option = |(place, says): (usize, &Html)| {
        let at = u8::try_from(place).unwrap_or(u8::MAX);
        let checked = props.chosen.contains(&at);
        let onchange = {
            let (chosen, several) = (props.chosen.clone(), props.several);
            props.on_choose.reform(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let on = input.is_some_and(|input| input.checked());
                let mut chosen = chosen.clone();
                chosen.retain(|other| several && *other != at);
                if on {
                    chosen.push(at);
                    chosen.sort_unstable();
                }
                chosen
            })
        };
        html! {
            <label key={place} class={classes!("option", checked.then_some("chosen"))}>
                <input type={if props.several { "checkbox" } else { "radio" }} name={props.name.clone()} {checked} disabled={props.kept} {onchange}
                    data-test={format!("{}-{}", props.name, place + 1)} />
                <span>{ says.clone() }</span>
            </label>
        }
    };
    html! {
        <fieldset class={classes!("predict", props.kept.then_some("kept"))}>
            <legend>{ props.asks.clone() }</legend>
            if props.several && !props.kept {
                <p class="muted small">{ ui("predict.several") }</p>
            }
            <div class="options">{ for props.options.iter().enumerate().map(option) }</div>
        </fieldset>
    }
}

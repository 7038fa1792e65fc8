//! Which of the two pictures of a run is shown.

use yew::prelude::*;

use crate::state::Action;
use crate::watch::choices::Picture;

/// Which one.
#[derive(Properties, PartialEq)]
pub struct PictureSwitchProps {
    /// The picture that is shown.
    pub shown: Picture,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// Radio buttons, one per picture.
#[component]
pub fn PictureSwitch(props: &PictureSwitchProps) -> Html {
    let one = |picture: Picture| {
        let onchange = props.on_act.reform(move |_: Event| Action::Draw(picture));
        html! {
            <label key={picture.word()} title={picture.sentence()}>
                <input type="radio" name="picture" checked={props.shown == picture} {onchange}
                    data-test={format!("picture-{}", picture.word())} />
                <span>{ picture.label() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="pictures" title="F">
            <legend class="quiet">{ "Picture of the run" }</legend>
            { for Picture::ALL.map(one) }
        </fieldset>
    }
}

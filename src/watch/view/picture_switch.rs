//! The switch between the two pictures of a run.

use yew::prelude::*;

use crate::context::{use_dispatch, use_shown};
use crate::state::Action;
use crate::watch::choices::Picture;

/// Radio buttons, one per picture.
#[component]
pub fn PictureSwitch() -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let one = |picture: Picture| {
        let onchange = dispatch.on(move |_: Event| Action::Draw(picture));
        html! {
            <label key={picture.word()} title={picture.sentence()}>
                <input type="radio" name="picture" checked={shown.picture == picture} {onchange}
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

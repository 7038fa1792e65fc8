//! The figure as it will be, at the widths that it may meet.

use yew::prelude::*;

use crate::embed::hooks::frame::use_frame_height;
use crate::embed::model::embedding::WIDTHS;

#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// Its address.
    pub src: AttrValue,
    /// What it is called.
    pub title: AttrValue,
    /// How high a figure of its kind is, before it has said so, in pixels.
    pub usual: u32,
    /// It is so high at the width that is looked at.
    pub on_height: Callback<Option<u32>>,
}

/// The figure in a frame, as on another page.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { src, title, usual, on_height } = props;
    let width = use_state_eq(|| WIDTHS[1]);
    let frame = use_node_ref();
    let address = AttrValue::from(format!("{src} {}", *width));
    let height = use_frame_height(&frame, &address);
    use_effect_with((height, on_height.clone()), |(height, on_height)| on_height.emit(*height));
    let one = |pixels: u16| {
        let onclick = {
            let width = width.setter();
            Callback::from(move |_: MouseEvent| width.set(pixels))
        };
        html! {
            <button type="button" key={pixels} aria-pressed={(pixels == *width).to_string()}
                data-test={format!("embed-at-{pixels}")} {onclick}>{ format!("{pixels} px") }</button>
        }
    };
    let high = height.unwrap_or(*usual);
    html! {
        <section class="generator-preview" aria-labelledby="embed-preview">
            <h3 id="embed-preview">{ "How it looks" }</h3>
            <div class="share-parts" role="group" aria-label="Width of the preview">{ for WIDTHS.map(one) }</div>
            <div class="generator-stage" tabindex="0" role="region" aria-label="The figure at this width">
                <iframe key={address.to_string()} ref={frame} src={src} title={format!("Preview: {title}")} scrolling="no" data-test="embed-preview"
                    width={width.to_string()} height={high.to_string()} />
            </div>
        </section>
    }
}

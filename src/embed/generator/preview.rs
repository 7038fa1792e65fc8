//! A live preview of the figure at several widths.

use yew::prelude::*;

use crate::controls::{Among, Item, Tabs};
use crate::embed::hooks::frame::use_frame_height;
use crate::embed::model::embedding::WIDTHS;

#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    pub src: AttrValue,
    pub title: AttrValue,
    /// The default height for this kind of figure, in pixels.
    pub usual: u32,
    /// Reports the height at the previewed width.
    pub on_height: Callback<Option<u32>>,
}

/// The figure in a frame, as on the host page.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { src, title, usual, on_height } = props;
    let width = use_state_eq(|| WIDTHS[1]);
    let frame = use_node_ref();
    let address = AttrValue::from(format!("{src} {}", *width));
    let height = use_frame_height(&frame, &address);
    use_effect_with((height, on_height.clone()), |(height, on_height)| on_height.emit(*height));
    let on_choose = use_callback(width.setter(), |pixels, width| width.set(pixels));
    let widths = WIDTHS.map(|pixels| Item::named(pixels, format!("{pixels} px")));
    let high = height.unwrap_or(*usual);
    html! {
        <section class="generator-preview" aria-labelledby="embed-preview">
            <h3 id="embed-preview">{ "How it looks" }</h3>
            <Tabs class="share-parts" label="Width of the preview" among={Among::new(widths, *width, on_choose)} test="embed-at" />
            <div class="generator-stage" tabindex="0" role="region" aria-label="The figure at this width">
                <iframe key={address.to_string()} ref={frame} src={src} title={format!("Preview: {title}")} scrolling="no" data-test="embed-preview"
                    width={width.to_string()} height={high.to_string()} />
            </div>
        </section>
    }
}

//! The embed generator: options, preview, code.

mod code;
mod picks;
mod preview;

use yew::prelude::*;

use self::code::Code;
use self::picks::Picks;
use self::preview::Preview;
use crate::context::{Shown, use_shown};
use crate::embed::model::embedding::{Picked, Subject, usual_height};
use crate::hooks::page_link;
use crate::state::Views;
use ackground_core::sim::Time;

#[derive(Properties, PartialEq)]
pub struct EmbedPartProps {
    pub views: Views,
    /// The page's moment; `None` at the end.
    pub moment: Option<Time>,
}

#[component]
pub fn EmbedPart(props: &EmbedPartProps) -> Html {
    let EmbedPartProps { views, moment } = props;
    let Shown { experiment, runs, .. } = &use_shown();
    let picked = use_state_eq(|| Picked::of(views));
    let height = use_state_eq(|| None);
    let on_pick = use_callback(picked.setter(), |one: Picked, picked| picked.set(one));
    let on_height = use_callback(height.setter(), |told: Option<u32>, height| height.set(told));
    let page = page_link("");
    if page.starts_with("file:") {
        return html! { <p class="share-warning" data-test="embed-from-disk">{ FROM_DISK }</p> };
    }
    let subject = Subject { page: &page, experiment, runs, views, shown: *moment };
    html! {
        <div class="generator-body">
            <div class="generator-words">
                <Picks picked={*picked} moment={*moment} {on_pick} />
                <Code page={page.clone()} picked={*picked} height={*height} views={views.clone()} moment={*moment} />
            </div>
            <Preview src={subject.figure(&picked)} title={subject.title()} usual={usual_height(picked.figure)} {on_height} />
        </div>
    }
}

/// What to say if the page has no public address.
const FROM_DISK: &str = "This copy was opened from a disk, and a page on the web cannot embed what is on yours. Put it on \
    a web host and open it there to get the code. Until then, use a picture: it is under Save.";

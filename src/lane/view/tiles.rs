//! The four settings that matter most, editable in place.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::Choice;
use crate::hooks::use_rest;
use crate::lane::state::form;
use crate::lane::state::idle::idle;
use crate::state::FieldPath;
use ackground_words::story;

/// The settings, with labels short enough for a tile.
const TILES: &[(&str, &str)] = &[
    ("producer.acks", "waits for"),
    ("producer.retries", "resends"),
    ("consumer.ack", "acks"),
    ("consumer.dedup", "dedup"),
];

#[derive(Properties, PartialEq)]
pub struct TilesProps {
    /// The lane's index.
    pub index: usize,
}

#[component]
pub fn Tiles(props: &TilesProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let TilesProps { index } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    let rest = use_rest();
    let tile = |(path, short): &(&'static str, &'static str)| {
        let setting = form::setting(path)?;
        let value = setting.value(lane);
        let words = story::setting(path)?;
        // The other options are visible only once the list is opened.
        let options = if rest { setting.choices(&value) } else { vec![value.clone()] };
        let options: Vec<(AttrValue, AttrValue)> = options
            .into_iter()
            .map(|word| (word.clone().into(), story::value_words(path, &word).into()))
            .collect();
        let idle = idle(lane, &experiment.scenario, path);
        let title = rest.then(|| match idle {
            Some(why) => format!("{}: no effect here: {why}", words.name),
            None => {
                let meaning = story::meaning(path, &value).unwrap_or_default();
                format!("{}: {meaning}", words.name)
            }
        });
        Some(html! {
            <label class={classes!("tile", idle.map(|_| "idle"))} key={*path} {title}>
                <span aria-hidden="true">{ short }</span>
                <Choice place={FieldPath::lane(*index, path)} label={words.name} {value} {options} />
            </label>
        })
    };
    html! { <div class="tiles"><div>{ for TILES.iter().filter_map(tile) }</div></div> }
}

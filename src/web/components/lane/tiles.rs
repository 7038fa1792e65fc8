//! The four settings that decide most, changed where they are seen.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::Experiment;
use crate::story;
use crate::web::components::choice::Choice;
use crate::web::state::{Action, Place, form, idle};

/// Which settings, with a name short enough for a tile.
const TILES: &[(&str, &str)] = &[
    ("producer.acks", "waits for"),
    ("producer.retries", "resends"),
    ("consumer.ack", "acks"),
    ("consumer.dedup", "dedup"),
];

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct TilesProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The place of the lane, from 0.
    pub index: usize,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The tiles of a lane.
#[component]
pub fn Tiles(props: &TilesProps) -> Html {
    let TilesProps {
        experiment,
        index,
        on_act,
    } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    let tile = |(path, short): &(&'static str, &'static str)| {
        let setting = form::setting(path)?;
        let value = setting.value(lane);
        let words = story::setting(path)?;
        let options = setting.choices(&value).into_iter();
        let options: Vec<(AttrValue, AttrValue)> = options
            .map(|word| (word.clone().into(), story::value_words(path, &word).into()))
            .collect();
        let meaning = words
            .value(&value)
            .map_or(words.sentence, |value| value.sentence);
        let idle = idle(lane, &experiment.scenario, path);
        let meaning = idle.map_or(meaning.to_owned(), |why| format!("no effect here: {why}"));
        Some(html! {
            <label class={classes!("tile", idle.map(|_| "idle"))} key={*path} title={format!("{}: {meaning}", words.name)}>
                <span aria-hidden="true">{ short }</span>
                <Choice place={Place::lane(*index, path)} label={words.name} {value} {options} on_act={on_act.clone()} />
            </label>
        })
    };
    html! { <div class="tiles"><div>{ for TILES.iter().filter_map(tile) }</div></div> }
}

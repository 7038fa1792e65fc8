//! What the author of a figure picks.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::embed::model::embedding::{Picked, Start, WIDTHS, Width};
use crate::embed::state::{Controls, Figure};
use crate::state::Theme;
use ackground_core::sim::Time;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct PicksProps {
    pub picked: Picked,
    /// The moment that the page shows; none at the end.
    pub moment: Option<Time>,
    /// Something else is picked.
    pub on_pick: Callback<Picked>,
}

/// The picks, side by side.
#[component]
pub fn Picks(props: &PicksProps) -> Html {
    let PicksProps { picked, moment, on_pick } = props;
    let figure = |word: Figure| match word {
        Figure::Diagram => "Timeline",
        Figure::Flow => "Flow",
        Figure::Verdicts => "What is proven",
        Figure::Measure => "What is measured",
    };
    let controls = |word: Controls| match word {
        Controls::None => "None: a still picture",
        Controls::Play => "Play and scrub",
        Controls::All => "All: break it by hand",
    };
    let theme = |word: Theme| match word {
        Theme::System => "As the reader has it",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    let now = match moment {
        Some(at) => format!("Now shown, {}", story::clock(*at)),
        None => "Now shown, the end".to_owned(),
    };
    let starts = [
        (Start::Shown, now),
        (Start::Beginning, "The beginning".to_owned()),
        (Start::End, "The end".to_owned()),
    ];
    let widths = std::iter::once((Width::Text, "As wide as the text".to_owned()));
    let widths =
        widths.chain(WIDTHS.map(|most| (Width::Pixels(most), format!("At most {most} px"))));
    let plays = picked.figure.plays();
    let with = |change: fn(&mut Picked, bool)| {
        let (picked, on_pick) = (*picked, on_pick.clone());
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                let mut picked = picked;
                change(&mut picked, field.checked());
                on_pick.emit(picked);
            }
        })
    };
    html! {
        <div class="generator-picks" role="group" aria-label="The figure">
            { select("View", "figure", all(Figure::ALL, figure), picked.figure, props, |it, figure| it.figure = figure) }
            { select("Controls", "controls", all(Controls::ALL, controls), picked.controls, props, |it, controls| it.controls = controls) }
            { select("Colours", "theme", all(Theme::ALL, theme), picked.theme, props, |it, theme| it.theme = theme) }
            { select("Width", "width", widths.collect(), picked.width, props, |it, width| it.width = width) }
            if plays {
                { select("Starts at", "start", starts.to_vec(), picked.start, props, |it, start| it.start = start) }
                <label class="generator-check"><input type="checkbox" checked={picked.autoplay} data-test="embed-autoplay"
                    onchange={with(|it, on| it.autoplay = on)} />{ "Plays once when it is in view" }</label>
            }
            <label class="generator-check"><input type="checkbox" checked={picked.poster} data-test="embed-poster"
                onchange={with(|it, on| it.poster = on)} />{ "Loads only when it is clicked" }</label>
        </div>
    }
}

fn all<T: Copy, const N: usize>(all: [T; N], words: fn(T) -> &'static str) -> Vec<(T, String)> {
    all.map(|one| (one, words(one).to_owned())).to_vec()
}

/// A choice among a few, each with its words.
fn select<T: Copy + PartialEq + 'static>(
    label: &'static str,
    name: &'static str,
    options: Vec<(T, String)>,
    now: T,
    props: &PicksProps,
    change: fn(&mut Picked, T),
) -> Html {
    let values: Vec<T> = options.iter().map(|(value, _)| *value).collect();
    let (picked, on_pick) = (props.picked, props.on_pick.clone());
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        if let Some(value) = index.and_then(|index| values.get(index)) {
            let mut picked = picked;
            change(&mut picked, *value);
            on_pick.emit(picked);
        }
    });
    html! {
        <label class="generator-pick"><span>{ label }</span>
            <select {onchange} data-test={format!("embed-{name}")}>
                { for options.iter().map(|(value, words)| html! {
                    <option key={words.clone()} value={words.clone()} selected={*value == now}>{ words }</option>
                }) }
            </select>
        </label>
    }
}

//! The options of an embedded figure.

use yew::prelude::*;

use crate::controls::{Among, Check, Item, Select};
use crate::embed::model::embedding::{Picked, Start, WIDTHS, Width};
use crate::embed::state::{Controls, Figure};
use crate::state::Theme;
use ackground_core::sim::Time;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct PicksProps {
    pub picked: Picked,
    /// The page's moment; `None` at the end.
    pub moment: Option<Time>,
    pub on_pick: Callback<Picked>,
}

#[component]
pub fn Picks(props: &PicksProps) -> Html {
    let PicksProps { picked, moment, .. } = props;
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
        Theme::System => "The reader's choice",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    let now = match moment {
        Some(at) => format!("Now shown, {}", story::clock(*at)),
        None => "Now shown, the end".to_owned(),
    };
    let starts = [
        item(Start::Shown, now),
        item(Start::Beginning, "The beginning"),
        item(Start::End, "The end"),
    ];
    let widths = WIDTHS.map(|most| item(Width::Pixels(most), format!("At most {most} px")));
    let widths = std::iter::once(item(Width::Text, "As wide as the text")).chain(widths);
    let plays = picked.figure.plays();
    html! {
        <div class="generator-picks" role="group" aria-label="The figure">
            { select("View", "figure", Figure::ALL.map(|it| item(it, figure(it))), picked.figure, props, |it, figure| it.figure = figure) }
            { select("Controls", "controls", Controls::ALL.map(|it| item(it, controls(it))), picked.controls, props, |it, controls| it.controls = controls) }
            { select("Colours", "theme", Theme::ALL.map(|it| item(it, theme(it))), picked.theme, props, |it, theme| it.theme = theme) }
            { select("Width", "width", widths, picked.width, props, |it, width| it.width = width) }
            if plays {
                { select("Starts at", "start", starts, picked.start, props, |it, start| it.start = start) }
                <Check class="generator-check" on={picked.autoplay} on_check={with(props, |it, on| it.autoplay = on)} test="embed-autoplay">
                    { "Plays once when it is in view" }</Check>
            }
            <Check class="generator-check" on={picked.poster} on_check={with(props, |it, on| it.poster = on)} test="embed-poster">
                { "Loads only when it is clicked" }</Check>
        </div>
    }
}

/// Its words are its value attribute too.
fn item<T>(is: T, says: impl Into<AttrValue>) -> Item<T> {
    let says = says.into();
    Item::new(is, says.clone(), says)
}

/// A callback that changes one option.
fn with<T: 'static>(props: &PicksProps, change: fn(&mut Picked, T)) -> Callback<T> {
    let picked = props.picked;
    props.on_pick.reform(move |part| {
        let mut picked = picked;
        change(&mut picked, part);
        picked
    })
}

fn select<T: Copy + PartialEq + 'static>(
    label: &'static str,
    name: &'static str,
    items: impl IntoIterator<Item = Item<T>>,
    value: T,
    props: &PicksProps,
    change: fn(&mut Picked, T),
) -> Html {
    html! {
        <Select class="generator-pick" {label} among={Among::new(items, value, with(props, change))} test={format!("embed-{name}")} />
    }
}

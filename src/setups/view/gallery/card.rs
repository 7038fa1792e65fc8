//! A setup in the gallery, in full.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::use_shown;
use crate::glossary::term::Marked;
use crate::lane::view::{bounds, use_lane_proof};
use crate::prove::model::Label;
use crate::setups::state::gallery;
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};

#[derive(Properties, PartialEq)]
pub struct CardProps {
    pub id: PresetId,
    /// Whether the lane is based on it.
    pub current: bool,
    /// Adds it as a lane, if there is room.
    pub on_add: Option<Callback<PresetId>>,
    /// Adds it and compares it with the lane that the gallery is open for, if there is room.
    pub on_compare: Option<Callback<PresetId>>,
    /// The index of the lane that the gallery is open for, if any.
    pub lane: Option<usize>,
    /// Puts it into that lane.
    pub on_use: Option<Callback<PresetId>>,
    /// Makes it the only lane.
    pub on_start: Option<Callback<PresetId>>,
}

#[component]
pub fn Card(props: &CardProps) -> Html {
    let CardProps { id, current, on_add, on_compare, lane, on_use, on_start } = props;
    let (id, preset) = (*id, id.preset());
    let title = format!("setup-{id}");
    let pick = |pick: &Callback<PresetId>| pick.reform(move |_: MouseEvent| id);
    let place = lane.map_or_else(String::new, |lane| format!("lane {}", lane + 1));
    let host = gallery::host(preset.source);
    let shown = use_shown();
    let alone = use_memo((id, shown.experiment.scenario.clone()), |(id, scenario)| {
        let mut experiment = Experiment::of_lanes(Lanes::default());
        experiment.scenario = scenario.clone();
        experiment.lanes[0] = Lane::of_preset(*id);
        Rc::new(experiment)
    });
    let proved = use_lane_proof(&alone, 0);
    let label = Label::of(&alone, &proved, bounds());
    html! {
        <li class="setup" aria-labelledby={title.clone()}>
            <h4 id={title}>
                { preset.name }
                if *current { <span class="chip">{ &place }</span> }
            </h4>
            <p class="setup-idea">{ preset.tagline }</p>
            <p class="setup-proven" title={label.sentence} aria-busy={proved.is_checking().to_string()} data-test={format!("proven-{id}")}>
                <span>{ "Proven: " }</span><strong>{ label.text }</strong>
            </p>
            <p>{ ticked(preset.description) }</p>
            <div class="setup-more">
                <details>
                    <summary>{ "What the model leaves out" }</summary>
                    <p>{ ticked(preset.not_covered) }</p>
                </details>
                <a href={preset.source} target="_blank" rel="noopener noreferrer"
                    aria-label={format!("Source for {}, at {host}, in a new tab", preset.name)}>{ host }</a>
            </div>
            <div class="setup-tools">
                if let Some(on_use) = on_use {
                    <button type="button" class="button solid" aria-label={format!("Use in {place}: {}", preset.name)}
                        data-test={format!("use-{id}")} onclick={pick(on_use)}>{ format!("Use in {place}") }</button>
                }
                if let Some(on_start) = on_start {
                    <button type="button" class="button solid" aria-label={format!("Start with it: {}", preset.name)}
                        data-test={format!("start-{id}")} onclick={pick(on_start)}>{ "Start with it" }</button>
                }
                <button type="button" class="button" disabled={on_add.is_none()}
                    aria-label={format!("Add as a new lane: {}", preset.name)}
                    title={on_add.is_none().then_some("There are already four lanes, the maximum")}
                    data-test={format!("add-{id}")} onclick={on_add.as_ref().map(pick)}>{ "Add as a new lane" }</button>
                if let Some(on_compare) = on_compare {
                    <button type="button" class="button bare" aria-label={format!("Add {} and compare its settings with {place}", preset.name)}
                        data-test={format!("compare-with-{id}")} onclick={pick(on_compare)}>{ format!("Compare with {place}") }</button>
                }
            </div>
        </li>
    }
}

/// Text in which backticks mark code.
fn ticked(text: &'static str) -> Html {
    let parts = text.split('`').enumerate();
    let part = |(at, part): (usize, &'static str)| match at % 2 {
        0 => html! { <Marked text={part} /> },
        _ => html! { <code>{ part }</code> },
    };
    parts.map(part).collect()
}

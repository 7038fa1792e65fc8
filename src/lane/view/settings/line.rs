//! A line of the sheet: a setting's name, which unfolds what it means, and its control in each lane.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::{Typed, icons};
use crate::glossary::term::Marked;
use crate::lane::state::form::{self, Setting};
use crate::lane::state::idle::idle;
use crate::lane::view::setting::{SettingControl, product_names};
use crate::state::FieldPath;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct SettingLineProps {
    pub setting: &'static Setting,
    /// The lane that is shown where there is room for one alone.
    pub here: usize,
}

#[component]
pub fn SettingLine(props: &SettingLineProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let SettingLineProps { setting, here } = props;
    let open = use_state_eq(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let path = setting.path.as_str();
    let name = story::setting(path).map_or(path, |words| words.name);
    let id = format!("about-{path}");
    let values: Vec<String> = experiment.lanes.iter().map(|lane| setting.value(lane)).collect();
    let differs = values.iter().any(|value| *value != values[0]);
    let cell = |(index, value): (usize, &String)| {
        let lane = &experiment.lanes[index];
        let idle = idle(lane, &experiment.scenario, path);
        let class = classes!((index == *here).then_some("here"), idle.map(|_| "idle"));
        let label = format!("{name}, {}", experiment.lane_name(index));
        html! {
            <td key={index} {class} title={idle.map(|why| format!("No effect here: {why}"))}>
                <SettingControl {setting} place={FieldPath::lane(index, path)} name={label} value={value.clone()} />
            </td>
        }
    };
    html! {
        <>
            <tr class={classes!("setting-row", differs.then_some("differs"))} data-test={format!("setting-{path}")}>
                <th scope="row">
                    <button type="button" class="setting-name" aria-expanded={open.to_string()} aria-controls={open.then(|| id.clone())}
                        data-test={format!("about-{path}")} {onclick}>
                        { name }{ icons::chevron() }
                    </button>
                    if differs { <span class="quiet">{ " (differs between the lanes)" }</span> }
                </th>
                { for values.iter().enumerate().map(cell) }
            </tr>
            if *open {
                <tr class="setting-about" {id}>
                    { about(setting) }
                    { for values.iter().enumerate().map(|(index, value)| {
                        let why = idle(&experiment.lanes[index], &experiment.scenario, path);
                        html! { <td key={index} class={classes!((index == *here).then_some("here"))}>{ meaning(path, value, why) }</td> }
                    }) }
                </tr>
            }
        </>
    }
}

/// What a setting decides, and what products call it.
fn about(setting: &'static Setting) -> Html {
    let path = setting.path.as_str();
    let in_products = story::in_products(path);
    html! {
        <th scope="row">
            if let Some(sentence) = story::sentence(path) { <p><Marked text={sentence} /></p> }
            if !in_products.is_empty() { <div class="terms">{ product_names(&in_products) }</div> }
        </th>
    }
}

/// What its value means in a lane, or why it has no effect there.
fn meaning(path: &str, value: &str, idle: Option<&'static str>) -> Html {
    if let Some(why) = idle {
        return html! { <p class="setting-idle"><strong>{ "No effect here: " }</strong><Marked text={why} /></p> };
    }
    let own = story::meaning(path, value).filter(|said| story::sentence(path) != Some(*said));
    html! { if let Some(said) = own { <p><Marked text={said} /></p> } }
}

#[derive(Properties, PartialEq)]
pub struct SharedProps {
    pub place: FieldPath,
    /// How many lanes share it.
    pub many: usize,
}

/// A time that all lanes share.
#[component]
pub fn Shared(props: &SharedProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let SharedProps { place, many } = props;
    let name = crate::faults::words(place);
    let value = form::value_of(experiment, place);
    html! {
        <tr class="setting-row shared" title={story::sentence(place.as_str())}>
            <th scope="row"><span class="setting-name">{ name.clone() }</span></th>
            <td class="here" colspan={many.to_string()}>
                <Typed place={place.clone()} label={name} {value} test={format!("all-{place}")} />
                <span class="muted small">{ " in every lane" }</span>
            </td>
        </tr>
    }
}

/// Whether a shared time answers a search.
pub(super) fn shared_answers(path: &str, search: &str) -> bool {
    let name = story::setting(path).map_or(path, |words| words.name);
    let said = format!("{path} {name} {}", story::sentence(path).unwrap_or_default());
    let said = said.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| said.contains(word))
}

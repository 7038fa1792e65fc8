//! All settings of a lane, made from the format's own description of itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::setting::SettingRow;
use crate::experiment::{Experiment, Lane};
use crate::story;
use crate::web::components::icons;
use crate::web::state::form::{self, Group};
use crate::web::state::{Action, Place, Refusal};

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The place of the lane, from 0.
    pub index: usize,
    /// What was typed and could not be taken.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// Whether they are shown.
    pub open: bool,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The settings, folded until asked for, in all lanes at once so that they can be compared.
#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let SettingsProps {
        index,
        open,
        on_act,
        ..
    } = props;
    let id = format!("settings-{}", index + 1);
    html! {
        <div class="settings">
            <button type="button" class="button bare settings-switch" aria-expanded={open.to_string()} aria-controls={id.clone()}
                data-test={format!("settings-{}", index + 1)} onclick={on_act.reform(|_| Action::ToggleSettings)}>
                { icons::sliders() }{ "All settings" }{ icons::chevron() }
            </button>
            if *open {
                <div class="settings-panel" {id} data-test={format!("settings-panel-{}", index + 1)}>
                    { for form::groups().iter().map(|group| fieldset(props, group)) }
                </div>
            }
        </div>
    }
}

fn fieldset(props: &SettingsProps, group: &'static Group) -> Html {
    let SettingsProps {
        experiment,
        index,
        refused,
        on_act,
        ..
    } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return html! {};
    };
    let others: Vec<Vec<String>> = others(experiment, *index)
        .map(|lane| form::values(group, lane))
        .collect();
    let values = form::values(group, lane);
    let rows = group.settings.iter().zip(values).enumerate().map(|(at, (setting, value))| {
        let place = Place::lane(*index, &setting.path);
        let differs = others.iter().any(|other| other.get(at) != Some(&value));
        let refusal = refused.get(&place).cloned();
        html! {
            <SettingRow key={setting.path.clone()} {setting} {place} {value} {differs} {refusal} on_act={on_act.clone()} />
        }
    });
    html! {
        <fieldset key={group.name}>
            <legend>{ story::setting(group.name).map_or(group.name, |words| words.name) }</legend>
            { for rows }
        </fieldset>
    }
}

fn others(experiment: &Experiment, index: usize) -> impl Iterator<Item = &Lane> {
    experiment
        .lanes
        .iter()
        .enumerate()
        .filter(move |(other, _)| *other != index)
        .map(|(_, lane)| lane)
}

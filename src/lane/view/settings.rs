//! All settings of a lane: in each part the few that decide most, the others folded.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yew::prelude::*;

use super::setting::SettingRow;
use crate::controls::icons;
use crate::lane::state::form::{self, Fold, Group, Setting};
use crate::lane::state::idle::idle;
use crate::state::{Action, Place, Refusal, Sheet};
use ackground_core::experiment::{Experiment, Lane};
use ackground_words::story;

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
    /// The folds that are open.
    pub unfolded: Rc<BTreeSet<&'static str>>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The settings, shown when asked for, in all lanes at once so that they can be compared.
#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let SettingsProps { index, open, .. } = props;
    let id = panel_id(*index);
    html! {
        <div class="settings">
            if *open {
                <div class="settings-panel" {id} data-test={format!("settings-panel-{}", index + 1)}>
                    { elsewhere(props) }
                    { for form::groups().iter().map(|group| part(props, group)) }
                </div>
            }
        </div>
    }
}

/// Which lane.
#[derive(Properties, PartialEq)]
pub struct SettingsSwitchProps {
    /// The place of the lane, from 0.
    pub index: usize,
    /// Whether the settings are shown.
    pub open: bool,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The button that shows and hides the settings.
#[component]
pub fn SettingsSwitch(props: &SettingsSwitchProps) -> Html {
    let SettingsSwitchProps { index, open, on_act } = props;
    html! {
        <button type="button" class="button bare settings-switch" aria-expanded={open.to_string()}
            aria-controls={open.then(|| panel_id(*index))} data-test={format!("settings-{}", index + 1)}
            onclick={on_act.reform(|_| Action::ToggleSettings)}>
            { icons::sliders() }{ "All settings" }{ icons::chevron() }
        </button>
    }
}

fn panel_id(index: usize) -> String {
    format!("settings-{}", index + 1)
}

/// The same settings elsewhere: in a product's words, and beside another lane's.
fn elsewhere(props: &SettingsProps) -> Html {
    let open = |sheet: Sheet| props.on_act.reform(move |_: MouseEvent| Action::OpenSheet(sheet));
    html! {
        <p class="settings-elsewhere">
            <button type="button" class="link" data-test={format!("settings-system-{}", props.index + 1)}
                onclick={open(Sheet::system(props.index))}>{ "In your system" }</button>
            if props.experiment.lanes.len() > 1 {
                <button type="button" class="link" data-test={format!("settings-compare-{}", props.index + 1)}
                    onclick={open(Sheet::compare(props.index))}>{ "Compare with another lane" }</button>
            }
        </p>
    }
}

fn part(props: &SettingsProps, group: &'static Group) -> Html {
    let words = story::setting(group.name);
    html! {
        <fieldset key={group.name}>
            <legend title={story::sentence(group.name)}>{ words.map_or(group.name, |words| words.name) }</legend>
            { rows(props, &group.first).0 }
            { for group.folds.iter().map(|one| fold(props, one)) }
        </fieldset>
    }
}

/// A fold says how many of its settings are not the same in all lanes: what matters is not hidden.
fn fold(props: &SettingsProps, fold: &'static Fold) -> Html {
    let (rows, differ) = rows(props, &fold.settings);
    let title = fold.title;
    let open = props.unfolded.contains(title);
    let onclick = {
        let on_act = props.on_act.clone();
        Callback::from(move |event: MouseEvent| {
            // Open or closed is what the state says, so that all lanes do the same.
            event.prevent_default();
            on_act.emit(Action::ToggleFold(title));
        })
    };
    html! {
        <details class="fold" {open} key={title}>
            <summary {onclick} data-test={format!("fold-{}-{title}", props.index + 1)}>
                { icons::chevron() }<span>{ title }</span>
                if differ > 0 {
                    <small>{ format!("{differ} {}", if differ == 1 { "differs" } else { "differ" }) }</small>
                }
            </summary>
            if open { { rows } }
        </details>
    }
}

/// A row for each of some settings, and how many of them another lane has otherwise.
fn rows(props: &SettingsProps, settings: &'static [Setting]) -> (Html, usize) {
    let SettingsProps { experiment, index, refused, on_act, .. } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return (html! {}, 0);
    };
    let others: Vec<Vec<String>> =
        others(experiment, *index).map(|lane| form::values(settings, lane)).collect();
    let mut differ = 0;
    let row = |(at, (setting, value)): (usize, (&'static Setting, String))| {
        let place = Place::lane(*index, &setting.path);
        let differs = others.iter().any(|other| other.get(at) != Some(&value));
        differ += usize::from(differs);
        let idle = idle(lane, &experiment.scenario, &setting.path);
        let refusal = refused.get(&place).cloned();
        html! {
            <SettingRow key={setting.path.clone()} {setting} {place} {value} {differs} {idle} {refusal} on_act={on_act.clone()} />
        }
    };
    let values = form::values(settings, lane);
    let rows: Html = settings.iter().zip(values).enumerate().map(row).collect();
    (rows, differ)
}

fn others(experiment: &Experiment, index: usize) -> impl Iterator<Item = &Lane> {
    let lanes = experiment.lanes.iter().enumerate();
    lanes.filter(move |(other, _)| *other != index).map(|(_, lane)| lane)
}

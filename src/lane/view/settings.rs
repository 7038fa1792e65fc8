//! All settings of a lane: per part, the ones that matter most, with the rest folded.

use yew::prelude::*;

use super::setting::SettingRow;
use crate::context::{Dispatch, Shown, use_dispatch, use_shown};
use crate::controls::icons;
use crate::lane::state::form::{self, Fold, Group, Setting};
use crate::lane::state::idle::idle;
use crate::state::{Action, FieldPath, Sheet};
use ackground_core::experiment::{Experiment, Lane};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    /// The lane's index.
    pub index: usize,
}

/// The settings, shown or hidden in all lanes at once to keep lanes comparable.
#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let id = panel_id(props.index);
    html! {
        <div class="settings">
            if shown.settings_open {
                <div class="settings-panel" {id} data-test={format!("settings-panel-{}", props.index + 1)}>
                    { elsewhere(props, &dispatch, &shown) }
                    { for form::groups().iter().map(|group| part(props, group, &dispatch, &shown)) }
                </div>
            }
        </div>
    }
}

fn panel_id(index: usize) -> String {
    format!("settings-{}", index + 1)
}

/// Links to the settings as a product's configuration, and compared with another lane.
fn elsewhere(props: &SettingsProps, dispatch: &Dispatch, shown: &Shown) -> Html {
    let open = |sheet: Sheet| dispatch.to(Action::OpenSheet(sheet));
    html! {
        <p class="settings-elsewhere">
            <button type="button" class="link" data-test={format!("settings-system-{}", props.index + 1)}
                onclick={open(Sheet::system(props.index))}>{ "In your system" }</button>
            if shown.experiment.lanes.len() > 1 {
                <button type="button" class="link" data-test={format!("settings-compare-{}", props.index + 1)}
                    onclick={open(Sheet::compare(props.index))}>{ "Compare with another lane" }</button>
            }
        </p>
    }
}

fn part(props: &SettingsProps, group: &'static Group, dispatch: &Dispatch, shown: &Shown) -> Html {
    let words = story::setting(group.name);
    html! {
        <fieldset key={group.name}>
            <legend title={story::sentence(group.name)}>{ words.map_or(group.name, |words| words.name) }</legend>
            { rows(props, &group.first, shown).0 }
            { for group.folds.iter().map(|one| fold(props, one, dispatch, shown)) }
        </fieldset>
    }
}

/// A folded group. Its title says how many of its settings differ between lanes, so that nothing important is
/// hidden.
fn fold(props: &SettingsProps, fold: &'static Fold, dispatch: &Dispatch, shown: &Shown) -> Html {
    let (rows, differ) = rows(props, &fold.settings, shown);
    let title = fold.title;
    let open = shown.unfolded.contains(title);
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            // The state decides, so that all lanes fold together.
            event.prevent_default();
            dispatch.send(Action::ToggleFold(title));
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

/// A row per setting, and the number of those that differ between lanes.
fn rows(props: &SettingsProps, settings: &'static [Setting], shown: &Shown) -> (Html, usize) {
    let experiment = &shown.experiment;
    let SettingsProps { index } = props;
    let Some(lane) = experiment.lanes.get(*index) else {
        return (html! {}, 0);
    };
    let others: Vec<Vec<String>> =
        others(experiment, *index).map(|lane| form::values(settings, lane)).collect();
    let mut differ = 0;
    let row = |(at, (setting, value)): (usize, (&'static Setting, String))| {
        let place = FieldPath::lane(*index, &setting.path);
        let differs = others.iter().any(|other| other.get(at) != Some(&value));
        differ += usize::from(differs);
        let idle = idle(lane, &experiment.scenario, &setting.path);
        html! {
            <SettingRow key={setting.path.clone()} {setting} {place} {value} {differs} {idle} />
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

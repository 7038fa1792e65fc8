//! The settings of all lanes, in one sheet: a column per lane, a line per setting.

mod column;
mod line;

use yew::prelude::*;

use self::column::Column;
use self::line::{SettingLine, Shared};
use crate::context::{Shown, use_dispatch, use_shown};
use crate::controls::sheet::Sheet as Frame;
use crate::controls::{Among, Field, Item, Select};
use crate::lane::state::arranged::{self, Section, TIMING, answers};
use crate::lane::state::form::{self, Setting};
use crate::state::{Action, FieldPath, Sheet};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    /// The lane to show where there is room for one alone.
    pub lane: usize,
}

/// Times of the run and the faults that all lanes share.
const SHARED: &[&str] = &["faults.latency_ms", "faults.restart_ms", "interval_ms"];

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let search = use_state_eq(String::new);
    let on_type = use_callback(search.setter(), |text, search| search.set(text));
    let many = experiment.lanes.len();
    let here = props.lane.min(many.saturating_sub(1));
    // The order is that of the moment at which the sheet opened: a line must not move because it was changed.
    let opened = experiment.clone();
    let sections = use_memo(many, move |_| arranged::sections(&opened));
    let rows = |settings: &[&'static Setting]| -> Html {
        let row = |setting: &&'static Setting| {
            let setting: &'static Setting = setting;
            html! { <SettingLine key={setting.path.clone()} {setting} {here} /> }
        };
        settings.iter().filter(|setting| answers(setting, &search)).map(row).collect()
    };
    let shared = |section: &Section| -> Vec<&'static str> {
        let own = SHARED.iter().filter(|_| section.title == TIMING);
        own.filter(|path| line::shared_answers(path, &search)).copied().collect()
    };
    let body = |section: &Section| {
        let shared = shared(section);
        let none = shared.is_empty() && !section.settings.iter().any(|one| answers(one, &search));
        (!none).then(|| {
            html! {
                <tbody key={section.title}>
                    <tr class="settings-section"><th colspan={(many + 1).to_string()} scope="rowgroup">{ section.title }</th></tr>
                    { rows(&section.settings) }
                    { for shared.into_iter().map(|path| html! { <Shared key={path} place={FieldPath::top(path)} {many} /> }) }
                </tbody>
            }
        })
    };
    let bodies: Vec<Html> = sections.iter().filter_map(body).collect();
    let lanes = (0..many).map(|lane| Item::named(lane, experiment.lane_name(lane)));
    let on_choose = dispatch.on(|lane| Action::OpenSheet(Sheet::Settings { lane }));
    let found = form::settings().filter(|setting| answers(setting, &search)).count();
    let tools = html! {
        <>
            <Field kind="search" heard=true label="Search the settings" hint="Search: timeout, offset, retries" autofocus=true
                value={(*search).clone()} {on_type} test="settings-search" />
            if many > 1 {
                <Select class="sheet-choice" label="Lane" among={Among::new(lanes, here, on_choose)} test="settings-lane" />
            }
            <p class="quiet" role="status">{ if search.is_empty() { String::new() } else { counted(found) } }</p>
        </>
    };
    html! {
        <Frame name="all-settings" title="Settings" {tools} back={format!("[data-test=settings-{}]", here + 1)}>
            <div class="settings-body" tabindex="0" role="group" aria-label="Settings">
                <table data-lanes={many.to_string()}>
                    <thead><tr>
                        <th scope="col"><span class="quiet">{ "Setting" }</span></th>
                        { for (0..many).map(|index| html! { <Column key={index} {index} {here} /> }) }
                    </tr></thead>
                    { for bodies.iter().cloned() }
                </table>
                if bodies.is_empty() {
                    <p class="nothing-found" data-test="settings-none">{ format!("No setting matches \u{201c}{}\u{201d}.", search.trim()) }</p>
                }
            </div>
        </Frame>
    }
}

fn counted(found: usize) -> String {
    match found {
        1 => "One setting found.".to_owned(),
        n => story::capital(&format!("{} settings found.", story::count(n as u64))),
    }
}

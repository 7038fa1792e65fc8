//! An exercise's bench: the faults and settings that are unlocked, and the locked ones with the reason.
//!
//! The session's guard decides; the bench only hides what it would reject.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::controls::{Typed, icons};
use crate::faults::{FIRST, OTHERS, Rate, Script, words};
use crate::hooks::use_on_paper;
use crate::lane::state::form::{self, Setting};
use crate::lane::state::idle::idle;
use crate::lane::view::SettingRow;
use crate::learn::state::session::ExerciseSession;
use crate::state::{Action, FieldPath};
use ackground_core::experiment::part::Part;
use ackground_learn::exercise::Hidden;
use ackground_learn::text::{ui, ui_with};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct BenchProps {
    pub session: ExerciseSession,
    /// The overall progress, shown where one works, which may be far below the goals.
    pub told: AttrValue,
    pub on_over: Callback<()>,
}

#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let dispatch = use_dispatch();
    let BenchProps { session, .. } = props;
    let on_paper = use_on_paper();
    let page = &session.page;
    let free = |path: &str| session.exercise.free.iter().any(|free| free.allows(path));
    let lanes = (0..page.experiment.lanes.len()).map(|lane| settings(props, lane));
    let faults = faults(props);
    let tool = |word: &'static str,
                keys: &str,
                test: &'static str,
                act: Option<String>,
                action: Action| {
        let title = act.map_or_else(|| word.to_owned(), |act| format!("{word}: {act}"));
        let none = title == word;
        html! {
            <button type="button" class="button" data-test={test} title={format!("{title} ({keys})")} aria-disabled={none.then_some("true")}
                onclick={dispatch.to(action)}>{ word }</button>
        }
    };
    let over = props.on_over.reform(|_: MouseEvent| ());
    html! {
        <section class="bench" aria-labelledby="bench-title">
            <header class="bench-head">
                <h2 id="bench-title">{ if session.exercise.free.is_empty() { ui("bench.nothing") } else { ui("bench.title") } }</h2>
                if !session.exercise.free.is_empty() {
                    <span class="bench-told" aria-hidden="true">{ &props.told }</span>
                    <span class="learn-tools">
                        { tool(ui("bench.undo"), "Ctrl+Z", "bench-undo", page.undoes(), Action::Undo) }
                        { tool(ui("bench.redo"), "Ctrl+Shift+Z", "bench-redo", page.redoes(), Action::Redo) }
                        <button type="button" class="button" data-test="bench-over" onclick={over}>{ ui("bench.over") }</button>
                    </span>
                }
            </header>
            if free("faults.script") {
                <Script by_hand=true />
            }
            { faults }
            { for lanes }
            { locked(props, on_paper) }
        </section>
    }
}

/// The unlocked rates and numbers.
fn faults(props: &BenchProps) -> Html {
    let BenchProps { session, .. } = props;
    let (page, free) = (&session.page, |place: &FieldPath| allows(session, place));
    let tree = page.experiment.faults.write();
    let rates = FIRST.iter().chain(OTHERS).map(|path| FieldPath::fault(path));
    let rates = rates.filter(free).map(|place| {
        let (value, name) = (form::fault_value(&tree, &place), words(&place));
        let key = place.to_string();
        html! { <Rate {key} {place} {name} {value} /> }
    });
    let rates: Vec<Html> = rates.collect();
    let numbers = ["messages", "interval_ms", "seed"].map(FieldPath::top).into_iter();
    let numbers = numbers.filter(free).map(|place| {
        let (label, value) = (words(&place), form::value_of(&page.experiment, &place));
        let key = place.to_string();
        html! {
            <div class="named" {key}><span aria-hidden="true">{ label.clone() }</span>
                <Typed {place} {label} {value} /></div>
        }
    });
    let numbers: Vec<Html> = numbers.collect();
    if rates.is_empty() && numbers.is_empty() {
        return html! {};
    }
    html! { <div class="bench-rates">{ for rates }{ for numbers }</div> }
}

fn allows(session: &ExerciseSession, place: &FieldPath) -> bool {
    session.exercise.free.iter().any(|free| free.allows(place.as_str()))
}

/// The unlocked settings of a lane.
fn settings(props: &BenchProps, index: usize) -> Html {
    let experiment = &props.session.page.experiment;
    let group = |group: &'static form::Group| {
        let first = rows(props, index, &group.first);
        let folds = group.folds.iter().filter_map(|fold| {
            let rows = rows(props, index, &fold.settings);
            (!rows.is_empty()).then(|| {
                html! { <details key={fold.title} class="fold"><summary>{ icons::chevron() }<span>{ fold.title }</span></summary>{ for rows }</details> }
            })
        });
        let folds: Vec<Html> = folds.collect();
        if first.is_empty() && folds.is_empty() {
            return None;
        }
        let name = story::setting(group.name).map_or(group.name, |words| words.name);
        Some(html! {
            <fieldset key={group.name}><legend>{ name }</legend>{ for first }{ for folds }</fieldset>
        })
    };
    let groups: Vec<Html> = form::groups().iter().filter_map(group).collect();
    if groups.is_empty() {
        return html! {};
    }
    html! {
        <section class="bench-lane settings-panel" role="group" aria-label={experiment.lane_name(index)}>
            if experiment.lanes.len() > 1 { <h3>{ experiment.lane_name(index) }</h3> }
            <div class="bench-groups">{ for groups }</div>
        </section>
    }
}

fn rows(props: &BenchProps, index: usize, settings: &'static [Setting]) -> Vec<Html> {
    let page = &props.session.page;
    let Some(lane) = page.experiment.lanes.get(index) else {
        return Vec::new();
    };
    let row = |setting: &'static Setting| {
        let place = FieldPath::lane(index, &setting.path);
        let idle = idle(lane, &page.experiment.scenario, &setting.path);
        allows(&props.session, &place).then(|| {
            html! {
                <SettingRow key={setting.path.clone()} {setting} {place} value={setting.value(lane)} differs=false {idle} />
            }
        })
    };
    settings.iter().filter_map(row).collect()
}

/// The important settings that are locked, with their values and the reason.
fn locked(props: &BenchProps, on_paper: bool) -> Html {
    let session = &props.session;
    if session.hides(Hidden::Settings) {
        return html! { <p class="muted small">{ ui("bench.hidden") }</p> };
    }
    let lanes = session.page.experiment.lanes.iter().enumerate();
    let lanes = lanes.map(|(index, lane)| {
        let given = form::groups().iter().flat_map(|group| &group.first);
        let given =
            given.filter(|setting| !allows(session, &FieldPath::lane(index, &setting.path)));
        let given = given.map(|setting| {
            let name =
                story::setting(&setting.path).map_or(setting.path.as_str(), |words| words.name);
            let value = story::value_words(&setting.path, &setting.value(lane));
            html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
        });
        html! {
            <section>
                <h3>{ session.page.experiment.lane_name(index) }</h3>
                <dl>{ for given }</dl>
            </section>
        }
    });
    html! {
        <details class="bench-locked" open={on_paper || session.exercise.free.is_empty()} data-test="locked">
            <summary>{ ui("bench.locked") }</summary>
            <p class="muted small">{ ui_with("bench.why", &[("title", &session.exercise.title)]) }</p>
            <div class="bench-given">{ for lanes }</div>
        </details>
    }
}

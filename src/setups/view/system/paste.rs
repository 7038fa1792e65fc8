//! Importing a Kafka configuration: what is recognized, what it would change, and the buttons that apply it.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::hooks::focus_soon;
use crate::setups::comparison::{self, Row};
use crate::setups::state::setup::pasted_from;
use crate::state::Action;
use ackground_core::experiment::{Lanes, Product};
use ackground_words::story;
use ackground_words::systems::kafka::{self, Left, Read};

#[derive(Properties, PartialEq)]
pub struct PasteProps {
    /// The lane's index.
    pub lane: usize,
    /// The initial text.
    pub text: Rc<str>,
}

/// The field and its result.
#[component]
pub fn Paste(props: &PasteProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let dispatch = use_dispatch();
    let PasteProps { lane: index, text: first } = props;
    let text = use_state_eq(|| first.to_string());
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                text.set(field.value());
            }
        })
    };
    let index = *index;
    let Some(lane) = experiment.lanes.get(index) else {
        return html! {};
    };
    let read = (!text.trim().is_empty()).then(|| kafka::read(&text, lane));
    let pick = |read: &Read,
                place: usize,
                action: fn(usize, Box<ackground_core::experiment::Lane>) -> Action| {
        let (dispatch, setup) = (dispatch.clone(), pasted_from(Product::Kafka, &read.lane));
        Callback::from(move |_: MouseEvent| {
            dispatch.send(action(place, Box::new(setup.clone())));
            focus_soon(format!("#lane-{}", place + 1));
        })
    };
    let preview = |read: &Read| {
        let groups = comparison::groups(lane, &read.lane);
        let changes: Vec<&Row> =
            groups.iter().flat_map(|group| &group.rows).filter(|row| row.differs()).collect();
        let full = experiment.lanes.len() >= Lanes::MOST;
        html! {
            <>
                <p role="status" data-test="paste-summary"><strong>{ summary(read) }</strong></p>
                { list("Kafka would refuse this", "wrong", &read.wrong) }
                { list("Unknown keys, left out", "unknown", &read.unknown) }
                { changed(&changes) }
                { list("Without effect here", "nothing", &read.without_effect) }
                if !read.defaults.is_empty() {
                    <details><summary>{ "Not set, so Kafka\u{2019}s default applies" }</summary>
                        <ul>{ for read.defaults.iter().map(|(key, value)| html! { <li key={*key}><code>{ format!("{key}={value}") }</code></li> }) }</ul>
                    </details>
                }
                <div class="setup-tools">
                    <button type="button" class="button solid" disabled={changes.is_empty()} data-test="paste-use"
                        onclick={pick(read, index, Action::PutSetup)}>{ format!("Use in lane {}", index + 1) }</button>
                    <button type="button" class="button" disabled={full} data-test="paste-add"
                        title={full.then_some("There are already four lanes, the maximum")}
                        onclick={pick(read, experiment.lanes.len(), |_, setup| Action::AddSetup(setup))}>{ "Add as a new lane" }</button>
                </div>
            </>
        }
    };
    html! {
        <details class="paste" open={!first.is_empty()}>
            <summary data-test="paste">{ "Paste your own .properties" }</summary>
            <label for="paste-text">{ "The configuration of a producer, a consumer or a broker, or all of them; Spring\u{2019}s names work too. Nothing leaves this page." }</label>
            <textarea id="paste-text" rows="6" spellcheck="false" autocomplete="off" data-test="paste-text"
                placeholder={"acks=1\nretries=3\nmax.poll.records=50"} value={(*text).clone()} {oninput} />
            if let Some(read) = &read { { preview(read) } }
        </details>
    }
}

/// `6 lines taken; 2 not known, left out`
fn summary(read: &Read) -> String {
    let lines = |n: usize| if n == 1 { " line" } else { " lines" };
    let mut text = read.took.len().to_string();
    text.push_str(lines(read.took.len()));
    text.push_str(" taken");
    for (list, what) in [
        (&read.wrong, "refused"),
        (&read.unknown, "not known"),
        (&read.without_effect, "without effect"),
    ] {
        if !list.is_empty() {
            text.push_str("; ");
            text.push_str(&list.len().to_string());
            text.push(' ');
            text.push_str(what);
        }
    }
    text.push('.');
    text
}

fn list(title: &'static str, test: &'static str, left: &[Left]) -> Html {
    if left.is_empty() {
        return html! {};
    }
    html! {
        <div class={classes!("paste-left", test)} data-test={format!("paste-{test}")}>
            <h5>{ title }</h5>
            <ul>{ for left.iter().map(|left| html! { <li key={left.key.clone()}><code>{ &left.key }</code><span>{ &left.why }</span></li> }) }</ul>
        </div>
    }
}

/// What would change in the lane.
fn changed(rows: &[&Row]) -> Html {
    if rows.is_empty() {
        return html! { <p class="muted">{ "The lane already matches." }</p> };
    }
    let headline = match rows.len() {
        1 => "One setting would change".to_owned(),
        n => format!("{} settings would change", story::capital(&story::count(n as u64))),
    };
    html! {
        <div class="paste-left" data-test="paste-changes">
            <h5>{ headline }</h5>
            <ul>{ for rows.iter().map(|row| html! {
                <li key={row.setting.path.clone()}><strong>{ row.name }</strong>
                    <span><s>{ &row.left.words }</s>{ " " }<span aria-hidden="true">{ "→" }</span><span class="quiet">{ "becomes" }</span>{ " " }<b>{ &row.right.words }</b></span></li>
            }) }</ul>
        </div>
    }
}

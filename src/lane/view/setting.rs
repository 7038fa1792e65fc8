//! One setting: its name, its control, a sentence, and what others call it.

use yew::prelude::*;

use crate::controls::{Check, Choice, Reason, Typed};
use crate::glossary::term::Marked;
use crate::lane::state::form::{Kind, Setting};
use crate::state::{Action, Place, Refusal, Touch};
use ackground_words::story;

/// Which setting, and what it is.
#[derive(Properties, PartialEq)]
pub struct SettingRowProps {
    /// The setting.
    pub setting: &'static Setting,
    /// Where it is written.
    pub place: Place,
    /// What it is now.
    pub value: AttrValue,
    /// Whether another lane has it otherwise.
    pub differs: bool,
    /// Why it has no effect in this lane, if it has none.
    pub idle: Option<&'static str>,
    /// What was typed and could not be taken.
    pub refusal: Option<Refusal>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// A setting with everything that there is to say about it.
#[component]
pub fn SettingRow(props: &SettingRowProps) -> Html {
    let SettingRowProps { setting, place, differs, idle, refusal, .. } = props;
    let words = story::setting(&setting.path);
    let name = words.map_or(setting.path.as_str(), |words| words.name);
    let sentence = words
        .map(|words| words.value(&props.value).map_or(words.sentence(), |value| value.sentence));
    let typed = matches!(setting.kind, Kind::Number | Kind::Limit(_) | Kind::Optional(_));
    html! {
        <div class={classes!("setting", differs.then_some("differs"), idle.map(|_| "idle"))}>
            <div class="setting-line">
                <span class="setting-name" title={words.map(|words| words.sentence())}>
                    { name }
                    if *differs { <span class="quiet">{ " (differs between the lanes)" }</span> }
                </span>
                { control(props, name) }
            </div>
            if !typed { <Reason id={format!("{place}-reason")} refusal={refusal.clone()} /> }
            if let Some(why) = idle {
                <p class="setting-idle"><strong>{ "No effect here: " }</strong><Marked text={*why} /></p>
            }
            <p class="setting-says">if let Some(sentence) = sentence { <Marked text={sentence} /> }</p>
            if let Some(words) = words.filter(|words| !words.in_products().is_empty()) {
                <details class="terms">
                    <summary>{ "In Kafka, RabbitMQ, SQS …" }</summary>
                    <dl>
                        { for words.in_products().iter().map(|(product, theirs)| html! {
                            <div key={product.name()}><dt>{ product.name() }</dt><dd>{ theirs }</dd></div>
                        }) }
                    </dl>
                </details>
            }
        </div>
    }
}

fn control(props: &SettingRowProps, name: &'static str) -> Html {
    let SettingRowProps { setting, place, value, refusal, on_act, .. } = props;
    let words = |word: &str| AttrValue::from(story::value_words(&setting.path, word));
    let choice = |options: Vec<(AttrValue, AttrValue)>| {
        let (place, value, test) =
            (place.clone(), value.clone(), AttrValue::from(format!("all-{place}")));
        html! { <Choice {place} label={name} {value} {options} {test} on_act={on_act.clone()} /> }
    };
    match &setting.kind {
        Kind::Words(all) => choice(all.iter().map(|word| ((*word).into(), words(word))).collect()),
        Kind::Switch => {
            choice(["false", "true"].map(|word| (word.into(), words(word))).into_iter().collect())
        }
        Kind::Number => typed(props, name, value.clone()),
        Kind::Limit(start) | Kind::Optional(start) => {
            let none = if matches!(setting.kind, Kind::Limit(_)) { "unlimited" } else { "" };
            let is_none = *value == none;
            let word = words(if none.is_empty() { "null" } else { none });
            let on_check = without(place.clone(), none, start.clone(), on_act);
            html! {
                <span class="limit">
                    if !is_none || refusal.is_some() { { typed(props, name, value.clone()) } }
                    <Check name={format!("{name}: {word}")} on={is_none} {on_check} test={format!("all-{place}-none")}>{ word }</Check>
                </span>
            }
        }
    }
}

fn typed(props: &SettingRowProps, name: &'static str, value: AttrValue) -> Html {
    let SettingRowProps { place, refusal, on_act, .. } = props;
    html! {
        <Typed place={place.clone()} label={name} {value} refusal={refusal.clone()} on_act={on_act.clone()}
            test={format!("all-{place}")} />
    }
}

/// A check box that takes the limit away, or puts one there to start from.
fn without(
    place: Place,
    none: &'static str,
    start: String,
    on_act: &Callback<Action>,
) -> Callback<bool> {
    on_act.reform(move |checked| {
        let text = if checked { none.to_owned() } else { start.clone() };
        Action::Edit { place: place.clone(), text, touch: Touch::Done }
    })
}

//! A setting: its control, and where it stands alone also its description and its names in products.

use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_refusal};
use crate::controls::{Check, Choice, Reason, Typed};
use crate::glossary::term::Marked;
use crate::lane::state::form::{Kind, Setting};
use crate::state::{Action, FieldPath, Touch};
use ackground_words::story::{self, Product};

#[derive(Properties, PartialEq)]
pub struct SettingRowProps {
    pub setting: &'static Setting,
    pub place: FieldPath,
    pub value: AttrValue,
    /// Whether its value differs between lanes.
    pub differs: bool,
    /// Why it has no effect in this lane, if so.
    pub idle: Option<&'static str>,
}

#[component]
pub fn SettingRow(props: &SettingRowProps) -> Html {
    let SettingRowProps { setting, place, value, differs, idle } = props;
    let words = story::setting(&setting.path);
    let name = words.map_or(setting.path.as_str(), |words| words.name);
    let sentence = story::meaning(&setting.path, &props.value);
    html! {
        <div class={classes!("setting", differs.then_some("differs"), idle.map(|_| "idle"))}>
            <div class="setting-line">
                <span class="setting-name" title={story::sentence(&setting.path)}>
                    { name }
                    if *differs { <span class="quiet">{ " (differs between the lanes)" }</span> }
                </span>
                <SettingControl {setting} place={place.clone()} {name} {value} />
            </div>
            if let Some(why) = idle {
                <p class="setting-idle"><strong>{ "No effect here: " }</strong><Marked text={*why} /></p>
            }
            <p class="setting-says">if let Some(sentence) = sentence { <Marked text={sentence} /> }</p>
            <InProducts path={setting.path.as_str()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct InProductsProps {
    /// The setting's path.
    pub path: &'static str,
}

/// What products call a setting, folded.
#[component]
pub fn InProducts(props: &InProductsProps) -> Html {
    let in_products = story::in_products(props.path);
    if in_products.is_empty() {
        return html! {};
    }
    html! {
        <details class="terms">
            <summary>{ "In Kafka, RabbitMQ, SQS …" }</summary>
            { product_names(&in_products) }
        </details>
    }
}

/// The products and their names for a setting.
pub(super) fn product_names(in_products: &[(Product, &'static str)]) -> Html {
    html! {
        <dl>
            { for in_products.iter().map(|(product, theirs)| html! {
                <div key={product.name()}><dt>{ product.name() }</dt><dd>{ theirs }</dd></div>
            }) }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
pub struct SettingControlProps {
    pub setting: &'static Setting,
    pub place: FieldPath,
    /// The accessible name.
    pub name: AttrValue,
    pub value: AttrValue,
}

/// The control of a setting, and why its text or choice was rejected.
#[component]
pub fn SettingControl(props: &SettingControlProps) -> Html {
    let dispatch = use_dispatch();
    let SettingControlProps { setting, place, .. } = props;
    let refusal = use_refusal(place);
    let typed = matches!(setting.kind, Kind::Number | Kind::Limit(_) | Kind::Optional(_));
    html! {
        <>
            { control(props, refusal.is_some(), &dispatch) }
            if !typed { <Reason id={format!("{place}-reason")} {refusal} /> }
        </>
    }
}

fn control(props: &SettingControlProps, refused: bool, dispatch: &Dispatch) -> Html {
    let SettingControlProps { setting, place, name, value } = props;
    let words = |word: &str| AttrValue::from(story::value_words(&setting.path, word));
    let choice = |options: Vec<(AttrValue, AttrValue)>| {
        let (place, value, test) =
            (place.clone(), value.clone(), AttrValue::from(format!("all-{place}")));
        html! { <Choice {place} label={name.clone()} {value} {options} {test} /> }
    };
    match &setting.kind {
        Kind::Words(all) => choice(all.iter().map(|word| ((*word).into(), words(word))).collect()),
        Kind::Switch => {
            choice(["false", "true"].map(|word| (word.into(), words(word))).into_iter().collect())
        }
        Kind::Number => typed(place, name, value.clone()),
        Kind::Limit(start) | Kind::Optional(start) => {
            let none = if matches!(setting.kind, Kind::Limit(_)) { "unlimited" } else { "" };
            let is_none = *value == none;
            let word = words(if none.is_empty() { "null" } else { none });
            let on_check = without(place.clone(), none, start.clone(), dispatch);
            html! {
                <span class="limit">
                    if !is_none || refused { { typed(place, name, value.clone()) } }
                    <Check name={format!("{name}: {word}")} on={is_none} {on_check} test={format!("all-{place}-none")}>{ word }</Check>
                </span>
            }
        }
    }
}

fn typed(place: &FieldPath, name: &AttrValue, value: AttrValue) -> Html {
    html! { <Typed place={place.clone()} label={name.clone()} {value} test={format!("all-{place}")} /> }
}

/// A check box that removes the limit, or restores one to start from.
fn without(
    place: FieldPath,
    none: &'static str,
    start: String,
    dispatch: &Dispatch,
) -> Callback<bool> {
    dispatch.on(move |checked| {
        let text = if checked { none.to_owned() } else { start.clone() };
        Action::Edit { place: place.clone(), text, touch: Touch::Done }
    })
}

//! A value of the experiment that is one of some words.

use yew::prelude::*;

use super::{Among, Item, Select};
use crate::context::use_dispatch;
use crate::state::{Action, FieldPath, Touch};

/// Which value, and among which.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    pub place: FieldPath,
    pub label: AttrValue,
    /// What it is now, as the format writes it.
    pub value: AttrValue,
    /// What it may be: as the format writes it, and in words.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// What a test looks for, if not the place.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// A select without a label of its own.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let dispatch = use_dispatch();
    let ChoiceProps { place, label, value, options, test } = props;
    let on_choose = {
        let place = place.clone();
        dispatch.on(move |word: AttrValue| {
            let (place, text) = (place.clone(), word.to_string());
            Action::Edit { place, text, touch: Touch::Done }
        })
    };
    let items = options.iter().map(|(word, words)| Item::new(word.clone(), word, words));
    let among = Among::new(items, value.clone(), on_choose);
    let test = test.clone().unwrap_or_else(|| place.to_string().into());
    html! { <Select {label} heard=true {among} {test} /> }
}

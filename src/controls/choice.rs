//! A select for a field of the experiment with a fixed set of values.

use yew::prelude::*;

use super::{Among, Item, Select};
use crate::context::use_dispatch;
use crate::state::{Action, FieldPath, Touch};

#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    pub place: FieldPath,
    pub label: AttrValue,
    /// The current value, as the format writes it.
    pub value: AttrValue,
    /// The values as the format writes them, with their labels.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The test id, if it is not the field's path.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// A select without a visible label.
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

//! Which sheet lies over the page, if one does.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::compare::Compare;
use super::gallery::Gallery;
use super::guide::Guide;
use super::system::System;
use super::words::Words;
use crate::experiment::Experiment;
use crate::web::state::{Action, Place, Refusal, Sheet};

/// Which one.
#[derive(Properties, PartialEq)]
pub struct SheetsProps {
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What was written and could not be taken.
    pub refused: Rc<BTreeMap<Place, Refusal>>,
    /// The configuration that was pasted last.
    pub pasted: Rc<str>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The sheet that is open.
#[component]
pub fn Sheets(props: &SheetsProps) -> Html {
    let SheetsProps {
        sheet,
        experiment,
        refused,
        pasted,
        on_act,
    } = props;
    match *sheet {
        None => html! {},
        Some(Sheet::Gallery(open)) => html! {
            <Gallery {open} experiment={experiment.clone()} {on_act} />
        },
        Some(Sheet::System { lane, product }) => html! {
            <System experiment={experiment.clone()} {lane} {product} pasted={pasted.clone()} {on_act} />
        },
        Some(Sheet::Compare { left, right }) => html! {
            <Compare experiment={experiment.clone()} {left} {right} refused={refused.clone()} {on_act} />
        },
        Some(Sheet::Guide(path)) => html! {
            <Guide {path} experiment={experiment.clone()} {on_act} />
        },
        Some(Sheet::Words(at)) => html! {
            <Words {at} {on_act} />
        },
    }
}

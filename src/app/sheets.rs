//! Which sheet lies over the page, if one does.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::glossary::view::Words;
use crate::setups::view::compare::Compare;
use crate::setups::view::gallery::Gallery;
use crate::setups::view::guide::Guide;
use crate::setups::view::system::System;
use crate::share::view::Share;
use crate::state::{Action, LaneRun, Place, Refusal, Sheet, Views};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;

/// Which one.
#[derive(Properties, PartialEq)]
pub struct SheetsProps {
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What happens in each lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The moment that is shown.
    pub playhead: Time,
    /// The moment that an address names: none at the end of the run.
    pub moment: Option<Time>,
    /// The view that is shown, and what is chosen there.
    pub views: Views,
    /// The fragment of the address.
    pub link: AttrValue,
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
    let SheetsProps { sheet, experiment, refused, pasted, on_act, .. } = props;
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
        Some(Sheet::Share(part)) => html! {
            <Share {part} experiment={experiment.clone()} runs={props.runs.clone()} playhead={props.playhead} moment={props.moment}
                views={props.views.clone()} link={props.link.clone()} refused={refused.len()} {on_act} />
        },
    }
}

//! Renders the sheet over the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::glossary::view::Words;
use crate::lane::view::settings::Settings;
use crate::scenario::view::ScenarioForm;
use crate::search::view::Search;
use crate::setups::view::compare::Compare;
use crate::setups::view::gallery::Gallery;
use crate::setups::view::guide::Guide;
use crate::setups::view::system::System;
use crate::share::view::Share;
use crate::state::{Sheet, Views};
use ackground_core::sim::Time;

#[derive(Properties, PartialEq)]
pub struct SheetsProps {
    pub sheet: Option<Sheet>,
    /// The moment for the address; `None` at the end of the run.
    pub moment: Option<Time>,
    pub views: Views,
    pub link: AttrValue,
    /// The configuration that was pasted last.
    pub pasted: Rc<str>,
}

#[component]
pub fn Sheets(props: &SheetsProps) -> Html {
    let SheetsProps { sheet, moment, views, link, pasted } = props;
    match *sheet {
        None => html! {},
        Some(Sheet::Gallery(open)) => html! { <Gallery {open} /> },
        Some(Sheet::System { lane, product }) => html! {
            <System {lane} {product} pasted={pasted.clone()} />
        },
        Some(Sheet::Settings { lane }) => html! { <Settings {lane} /> },
        Some(Sheet::Compare { left, right }) => html! { <Compare {left} {right} /> },
        Some(Sheet::Guide(path)) => html! { <Guide {path} /> },
        Some(Sheet::Words(at)) => html! { <Words {at} /> },
        Some(Sheet::Search) => html! { <Search /> },
        Some(Sheet::Scenario) => html! { <ScenarioForm /> },
        Some(Sheet::Share(part)) => html! {
            <Share {part} moment={*moment} views={views.clone()} link={link.clone()} />
        },
    }
}

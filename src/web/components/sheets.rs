//! Which sheet lies over the page, if one does.

use std::rc::Rc;

use yew::prelude::*;

use super::gallery::Gallery;
use crate::experiment::Experiment;
use crate::web::state::{Action, Sheet};

/// Which one.
#[derive(Properties, PartialEq)]
pub struct SheetsProps {
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What is done.
    pub on_act: Callback<Action>,
}

/// The sheet that is open.
#[component]
pub fn Sheets(props: &SheetsProps) -> Html {
    let SheetsProps {
        sheet,
        experiment,
        on_act,
    } = props;
    match *sheet {
        None => html! {},
        Some(Sheet::Gallery(open)) => html! {
            <Gallery {open} lanes={experiment.lanes.clone()} {on_act} />
        },
        Some(Sheet::System { .. } | Sheet::Compare { .. }) => html! {},
    }
}

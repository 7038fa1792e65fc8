//! Under a figure: the run in words, and the way to the whole page.

use std::rc::Rc;

use yew::prelude::*;

use super::spoken::Spoken;
use crate::controls::icons;
use crate::embed::state::{Controls, Figure};
use crate::hooks::page_link;
use crate::state::{LaneRun, Views, address};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct FootProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The run of every lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// What of it is shown.
    pub views: Views,
    /// The moment, if one stands.
    pub moment: Option<Time>,
    /// How much can be touched.
    pub controls: Controls,
}

/// The foot. Its link leads to the same experiment at the same moment, as it is now.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let FootProps { experiment, runs, views, moment, controls } = props;
    let fragment = use_memo(experiment.clone(), |experiment| address::fragment(experiment));
    let whole = address::with_moment(address::with_view(&fragment, views), *moment);
    html! {
        <footer class="embed-foot">
            if Figure::of(views).plays() {
                <Spoken experiment={experiment.clone()} runs={runs.clone()} controls={*controls} />
            }
            <a class="embed-open" href={page_link(&whole)} target="_blank" rel="noopener" data-test="embed-open">
                { icons::logo() }<span>{ "Open in Ackground" }</span>
                <span class="quiet">{ " (in a new tab)" }</span>
            </a>
        </footer>
    }
}

//! The ready-made charts: a link to each, and what the shown one is made from.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::hooks::focus_soon;
use crate::measure::choices::MeasureChoices;
use crate::measure::model::picks::ChartId;
use crate::state::{Action, View, Views, address};
use ackground_core::experiment::Experiment;

#[derive(Properties, PartialEq)]
pub struct PicksProps {
    pub experiment: Rc<Experiment>,
    pub choices: MeasureChoices,
}

/// The links. None of them changes the experiment: a chart is of the experiment if that shows the effect, and of its
/// own setup otherwise.
#[component]
pub fn Picks(props: &PicksProps) -> Html {
    let PicksProps { experiment, choices } = props;
    html! {
        <nav class="picks" aria-label="Ready-made charts">
            <span class="muted small" aria-hidden="true">{ "Ready-made charts" }</span>
            <ul>{ for ChartId::ALL.iter().enumerate().map(|(index, chart)| html! {
                <li key={chart.word()}>{ link(index, *chart, experiment, choices) }</li>
            }) }</ul>
        </nav>
    }
}

fn link(index: usize, chart: ChartId, experiment: &Experiment, choices: &MeasureChoices) -> Html {
    let pick = chart.pick();
    let own = chart.suits(experiment);
    let measure = if own {
        MeasureChoices { x: pick.axis(), y: pick.y, chart: None, ..choices.clone() }
    } else {
        MeasureChoices { chart: Some(chart), ..choices.clone() }
    };
    let shown = measure == *choices;
    let views = Views { measure, ..Views::default().showing(View::Measure) };
    let fragment = address::with_view(&address::fragment(experiment), &views);
    let title =
        if own { pick.says.to_owned() } else { format!("{} It brings its own setup.", pick.says) };
    html! {
        <a class="button" href={format!("#{fragment}")} {title} aria-current={shown.then_some("true")}
            data-test={format!("pick-{}", index + 1)}>{ chart.label() }</a>
    }
}

#[derive(Properties, PartialEq)]
pub struct OwnSetupProps {
    pub chart: ChartId,
    pub choices: MeasureChoices,
}

/// What a chart with its own setup shows, and the ways on from it.
#[component]
pub fn OwnSetup(props: &OwnSetupProps) -> Html {
    let dispatch = use_dispatch();
    let OwnSetupProps { chart, choices } = props;
    let (chart, pick) = (*chart, chart.pick());
    let close = {
        let choices = choices.clone();
        dispatch.on(move |_: MouseEvent| {
            focus_soon("[data-test=sweep-x]".to_owned());
            Action::ChooseMeasure(MeasureChoices { chart: None, ..choices.clone() })
        })
    };
    let take = dispatch.on(move |_: MouseEvent| {
        focus_soon("[data-test=sweep-x]".to_owned());
        Action::UseChart(chart)
    });
    html! {
        <div class="own-setup" data-test="own-setup">
            <p><strong>{ pick.says }</strong></p>
            <p>
                { format!("This chart has its own setup: {} It does not change your experiment.", lower(pick.setup)) }
            </p>
            <div class="own-setup-tools">
                <button type="button" class="button" data-test="use-chart" onclick={take}>{ "Use it as my experiment" }</button>
                <button type="button" class="button" data-test="close-chart" onclick={close}>{ "Back to my experiment" }</button>
            </div>
        </div>
    }
}

/// With a small first letter.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

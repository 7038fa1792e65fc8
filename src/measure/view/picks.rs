//! The classic plots, each a link.

use std::rc::Rc;

use yew::prelude::*;

use crate::measure::choices::MeasureChoices;
use crate::measure::model::picks::{Pick, picks};
use crate::state::{View, Views, address};
use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::Axis;

#[derive(Properties, PartialEq)]
pub struct PicksProps {
    pub experiment: Rc<Experiment>,
    pub choices: MeasureChoices,
}

/// The links. A plot keeps the current experiment if that shows the effect.
#[component]
pub fn Picks(props: &PicksProps) -> Html {
    let picks = use_memo(props.experiment.clone(), |experiment| picks(experiment));
    html! {
        <nav class="picks" aria-label="Classical pictures">
            <span class="muted small" aria-hidden="true">{ "Classical pictures" }</span>
            <ul>{ for picks.iter().enumerate().map(|(index, pick)| html! {
                <li key={pick.name}>{ link(index, pick, &props.choices) }</li>
            }) }</ul>
        </nav>
    }
}

fn link(index: usize, pick: &Pick, choices: &MeasureChoices) -> Html {
    let Some(x) = Axis::of(pick.x) else {
        return Html::default();
    };
    let measure = MeasureChoices { x, y: pick.y, ..choices.clone() };
    let shown = pick.own && measure == *choices;
    let views = Views { measure, ..Views::default().showing(View::Measure) };
    let fragment = address::with_view(&address::fragment(&pick.experiment), &views);
    let title = if pick.own {
        pick.says.to_owned()
    } else {
        format!("{} With an experiment that shows it.", pick.says)
    };
    html! {
        <a class="button" href={format!("#{fragment}")} {title} aria-current={shown.then_some("true")}
            data-test={format!("pick-{}", index + 1)}>{ pick.name }</a>
    }
}

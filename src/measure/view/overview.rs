//! The measurement: number of messages, progress, table, file.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::course::{Course, Standing, busy};
use super::table::FiguresTable;
use crate::context::use_dispatch;
use crate::controls::save::Save;
use crate::controls::{Among, Item, Select};
use crate::measure::choices::MeasureChoices;
use crate::measure::hook::use_measurement;
use crate::measure::model::picks;
use crate::measure::model::plan;
use crate::measure::model::table::Table;
use crate::state::{Action, View, Views, address};
use ackground_core::experiment::Experiment;
use ackground_core::measure::{Chance, Figures, csv};
use ackground_words::story::money;
use ackground_worker::series::End;

#[derive(Properties, PartialEq)]
pub struct OverviewProps {
    /// As it is measured.
    pub experiment: Rc<Experiment>,
    /// As it is shown elsewhere: its runs may be shorter.
    pub own: Rc<Experiment>,
    /// How many messages to measure now.
    pub messages: u64,
    pub choices: MeasureChoices,
    pub on_messages: Callback<u64>,
}

/// Figures, with the experiment they belong to.
type Shown = (Rc<Experiment>, Rc<Figures>);

#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let dispatch = use_dispatch();
    let OverviewProps { experiment, own, messages, choices, on_messages } = props;
    let (tasks, figures) = use_measurement(experiment, *messages);
    // The previous figures stay visible, marked as stale, until there are new ones.
    let before = use_mut_ref(|| None::<Shown>);
    let shown = shown(&before, experiment, figures.clone());
    let complete = tasks.series.end() == Some(&End::Complete) && figures.is_some();
    let old = figures.is_none();
    let standing = if old { "before the change" } else { "partial" };
    let on_against = {
        let (choices, dispatch) = (choices.clone(), dispatch.clone());
        Callback::from(move |against| {
            let choices = choices.clone();
            dispatch.send(Action::ChooseMeasure(MeasureChoices { against, ..choices }));
        })
    };
    html! {
        <section class="panel overview" aria-labelledby="measure-title" aria-busy={busy(&tasks.series)}>
            <header class="panel-head">
                <h2 id="measure-title">
                    { "How often it happens, and what it costs" }
                    if shown.is_some() && !complete {
                        <span class="chip pending" data-test="measure-partial">{ standing }</span>
                    }
                </h2>
                { how_many(choices.messages, on_messages) }
                if choices.messages > *messages {
                    <button type="button" class="button solid" data-test="measure-all"
                        onclick={on_messages.reform({ let chosen = choices.messages; move |_| chosen })}>
                        { format!("Measure {} messages", money(choices.messages)) }
                    </button>
                }
            </header>
            { caution(own, choices) }
            if let Some(said) = plan::longer(own, experiment) {
                <p class="muted small" data-test="measure-longer">{ said }</p>
            }
            <Course series={Standing::of(&tasks.series)} total={plan::in_whole_runs(experiment, *messages)}
                done={done(experiment, &figures, *messages)} on_stop={tasks.on_stop} on_again={tasks.on_again} test="measure" />
            if let Some((of, figures)) = shown {
                <FiguresTable table={Table::of(&of, &figures, choices.against)} {old} {on_against}>
                    if complete {
                        <Save label="Save as CSV" kind="text/csv;charset=utf-8" test="save-measure-csv" name={csv_name(&of, &figures)}
                            text={Callback::from(move |()| csv::measurement(&of, &figures))} />
                    }
                </FiguresTable>
            } else {
                <p class="nothing-yet muted">{ "The first figures come in a moment." }</p>
            }
        </section>
    }
}

fn shown(
    before: &RefCell<Option<Shown>>,
    experiment: &Rc<Experiment>,
    figures: Option<Rc<Figures>>,
) -> Option<Shown> {
    if let Some(figures) = figures {
        *before.borrow_mut() = Some((experiment.clone(), figures));
    }
    before.borrow().clone()
}

/// What was measured, as a sentence.
fn done(experiment: &Experiment, figures: &Option<Rc<Figures>>, messages: u64) -> AttrValue {
    let runs = figures.as_ref().map_or(0, |figures| figures.runs);
    let all = plan::in_whole_runs(experiment, messages) / experiment.messages.get();
    let amount = plan::amount(experiment, runs);
    if runs < all { format!("Partial: {amount}").into() } else { amount.into() }
}

fn csv_name(experiment: &Experiment, figures: &Figures) -> AttrValue {
    let messages = format!("{} messages", figures.messages);
    let seed = format!("seed {}", experiment.seed);
    plan::file_name(&["measure", &messages, &seed], "csv").into()
}

fn how_many(chosen: u64, on_messages: &Callback<u64>) -> Html {
    let mut choices = plan::CHOICES.to_vec();
    if !choices.contains(&chosen) {
        choices.push(chosen);
        choices.sort_unstable();
    }
    let items = choices.into_iter().map(|number| Item::named(number, money(number)));
    html! {
        <Select class="field" label="Messages in each lane" among={Among::new(items, chosen, on_messages.clone())} test="measure-messages" />
    }
}

/// A warning to show before the figures, with a way out if nothing is left to chance.
fn caution(experiment: &Experiment, choices: &MeasureChoices) -> Html {
    let Some(said) = plan::caution(experiment) else {
        return Html::default();
    };
    let fragment = || {
        let views = Views { measure: choices.clone(), ..Views::default().showing(View::Measure) };
        address::with_view(&address::fragment(&picks::all_at_five_percent(experiment)), &views)
    };
    html! {
        <p class="caution" data-test="measure-caution">
            { said }
            if Chance::of(experiment) != Chance::Faults {
                { " " }
                <a href={format!("#{}", fragment())} data-test="all-at-five">{ "Try every loss, crash, failure and stall at 5 %" }</a>
            }
        </p>
    }
}

//! What many runs come to, in a few rows: a quick look that begins by itself.

use std::rc::Rc;

use yew::prelude::*;

use crate::embed::model::figure::in_short;
use crate::hooks::use_series;
use crate::measure::choices::MeasureChoices;
use crate::measure::model::plan;
use crate::measure::model::table::{Row, Section, Table};
use crate::measure::view::{Course, Standing, busy, figure, key};
use ackground_core::experiment::Experiment;
use ackground_core::measure::Tallies;
use ackground_worker::job::Measure;
use ackground_worker::{Answer, Ask, Job, Priority};

/// What is measured.
#[derive(Properties, PartialEq)]
pub struct MeasuredProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What is chosen.
    pub choices: MeasureChoices,
}

/// The figures of all lanes side by side.
#[component]
pub fn Measured(props: &MeasuredProps) -> Html {
    let MeasuredProps { experiment, choices } = props;
    // A reader has not asked for more.
    let messages = plan::measured(choices.messages, false);
    let asked = use_memo((experiment.clone(), messages), |(experiment, messages)| {
        let parts = Measure::parts(experiment, *messages);
        parts.into_iter().map(Ask::Measure).collect::<Vec<_>>()
    });
    let tasks = use_series::<Job>(Some(asked), Priority::Foreground);
    let tallies = tasks.series.answers().flatten().filter_map(|answer| match &**answer {
        Answer::Measure(tallies) => Some(tallies),
        _ => None,
    });
    let sum = tallies.fold(None::<Tallies>, |sum, tallies| match sum {
        None => Some(tallies.clone()),
        Some(mut sum) => {
            sum.merge(tallies);
            Some(sum)
        }
    });
    let figures = sum.map(|tallies| tallies.figures());
    let done =
        figures.as_ref().map_or_else(String::new, |figures| plan::amount(experiment, figures.runs));
    html! {
        <div class="measured" aria-busy={busy(&tasks.series)} data-test="measured">
            if let Some(said) = plan::caution(experiment) { <p class="embed-bounds">{ said }</p> }
            if let Some(figures) = figures {
                { table(&in_short(Table::of(experiment, &figures, choices.against))) }
            } else {
                <p class="nothing-yet muted">{ "The first figures come in a moment." }</p>
            }
            <Course series={Standing::of(&tasks.series)} total={plan::in_whole_runs(experiment, messages)} {done}
                on_stop={tasks.on_stop} on_again={tasks.on_again} test="measured" />
        </div>
    }
}

fn table(table: &Table) -> Html {
    html! {
        <div class="figures-box" tabindex="0" role="region" aria-label="Figures of all lanes">
            <table class="figures" role="table" style={format!("--lanes:{}", table.lanes.len())}>
                <caption class="quiet">{ "What was measured, lane by lane, each number with its 95 % interval" }</caption>
                <thead role="rowgroup"><tr role="row">
                    <td role="cell"></td>
                    { for table.lanes.iter().enumerate().map(|(lane, name)| html! {
                        <th scope="col" role="columnheader" key={lane}>
                            <span class={format!("key key-{}", lane + 1)} aria-hidden="true">{ key(lane) }</span>
                            <span>{ name.clone() }</span>
                        </th>
                    }) }
                </tr></thead>
                { for table.sections.iter().map(|section| body(section, table.lanes.len() + 1)) }
            </table>
        </div>
    }
}

fn body(section: &Section, columns: usize) -> Html {
    html! {
        <tbody role="rowgroup" key={section.title}>
            <tr class="section" role="row"><th scope="rowgroup" role="rowheader" colspan={columns.to_string()}>{ section.title }</th></tr>
            { for section.rows.iter().map(row) }
        </tbody>
    }
}

fn row(row: &Row) -> Html {
    html! {
        <tr key={row.quantity.id()} role="row">
            <th scope="row" role="rowheader" title={row.quantity.sentence()}>{ row.quantity.name() }</th>
            { for row.cells.iter().enumerate().map(|(lane, cell)| html! { <td key={lane} role="cell">{ figure(cell) }</td> }) }
        </tr>
    }
}

//! One quantity along an axis: what to plot against what, and progress.

use std::rc::Rc;

use yew::prelude::*;

use super::course::{Course, Standing, busy};
use super::picks::{OwnSetup, Picks};
use super::plotted::Plotted;
use crate::context::{Dispatch, use_dispatch};
use crate::controls::{Among, Item, Select};
use crate::hooks::use_series;
use crate::measure::choices::MeasureChoices;
use crate::measure::model::picks::ChartId;
use crate::measure::model::sweep::{self, Found};
use crate::measure::model::{axes, plan};
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_core::measure::Quantity;
use ackground_core::measure::sweep::{Axis, Point};
use ackground_words::story::money;
use ackground_worker::job::Measure;
use ackground_worker::series::Series;
use ackground_worker::{Answer, Ask, Job, Priority};

#[derive(Properties, PartialEq)]
pub struct SweepProps {
    pub experiment: Rc<Experiment>,
    /// How many messages to measure now.
    pub messages: u64,
    pub choices: MeasureChoices,
}

/// Results, with the question they answer.
type Shown = (Rc<Experiment>, Axis, Rc<Found>);

/// A sweep. Its points are measured one by one, at a lower priority than the measurement itself.
#[component]
pub fn Sweep(props: &SweepProps) -> Html {
    let dispatch = use_dispatch();
    let SweepProps { experiment: own, choices, .. } = props;
    let messages = plan::at_a_point(props.messages);
    // A ready-made chart has an experiment of its own.
    let drawn = use_memo((own.clone(), choices.clone()), |(own, choices)| Drawn::of(own, choices));
    let Drawn { from, experiment, axis, quantity } = (*drawn).clone();
    let experiment = &experiment;
    let planned =
        use_memo((experiment.clone(), axis.clone(), messages), |(experiment, axis, messages)| {
            plan_points(experiment, axis, *messages)
        });
    let asked = use_memo(planned.clone(), |planned| {
        let asks = planned.iter().map(|(_, ask)| Ask::Measure(ask.clone()));
        asks.collect::<Vec<_>>()
    });
    let tasks = use_series::<Job>(Some(asked), Priority::Background);
    let series = tasks.series.clone();
    let found =
        use_memo((planned.clone(), series.answered()), |(planned, _)| found(planned, &series));
    // As in the measurement, the previous chart stays visible until there is a new one.
    let before = use_mut_ref(|| None::<Shown>);
    let old = found.known().next().is_none();
    if !old {
        *before.borrow_mut() = Some((experiment.clone(), axis.clone(), found.clone()));
    }
    let shown = before.borrow().clone();
    let shown = shown.unwrap_or_else(|| (experiment.clone(), axis, found));
    let plot = use_memo((shown, quantity), |((experiment, axis, found), quantity)| {
        sweep::Sweep { experiment, axis, quantity: *quantity }.plot(found)
    });
    let total = messages * planned.len() as u64;
    let done = format!(
        "{} of {} points, {} messages in each lane at each",
        tasks.series.answered(),
        planned.len(),
        money(plan::in_whole_runs(experiment, messages))
    );
    html! {
        <section class="panel sweep" aria-labelledby="sweep-title" aria-busy={busy(&tasks.series)}>
            <header class="panel-head">
                <h2 id="sweep-title">{ "Sweep a setting" }</h2>
                { fields(own, choices, &drawn, &dispatch) }
            </header>
            <Picks experiment={own.clone()} choices={choices.clone()} />
            if let Some(chart) = choices.chart {
                <OwnSetup {chart} choices={choices.clone()} />
            } else if let Some(said) = plan::longer(&from, experiment) {
                <p class="muted small">{ said }</p>
            }
            <Course series={Standing::of(&tasks.series)} {total} {done} on_stop={tasks.on_stop} on_again={tasks.on_again} test="sweep" />
            <Plotted {plot} {old} />
        </section>
    }
}

/// What is drawn.
#[derive(Clone, PartialEq)]
struct Drawn {
    /// The experiment as it stands.
    from: Rc<Experiment>,
    /// The same as it is measured.
    experiment: Rc<Experiment>,
    axis: Axis,
    quantity: Quantity,
}

impl Drawn {
    fn of(own: &Rc<Experiment>, choices: &MeasureChoices) -> Drawn {
        let (from, axis, quantity) = match choices.chart.map(ChartId::pick) {
            Some(pick) => {
                let axis = pick.axis();
                (Rc::new(pick.experiment), axis, pick.y)
            }
            None => (own.clone(), choices.x.clone(), choices.y),
        };
        let experiment = Rc::new(plan::along(&from, &axis));
        Drawn { from, experiment, axis, quantity }
    }
}

/// The points of the axis, with the question for each.
fn plan_points(experiment: &Experiment, axis: &Axis, messages: u64) -> Vec<(Point, Measure)> {
    let points = axis.points(experiment).into_iter();
    points
        .filter_map(|point| {
            let there = axis.at(experiment, point).ok()?;
            Some((point, Measure::whole(&there, messages)))
        })
        .collect()
}

fn found(planned: &[(Point, Measure)], series: &Series<Answer>) -> Found {
    let points = planned.iter().zip(series.answers()).map(|((point, _), answer)| {
        let figures = answer.and_then(|answer| match &**answer {
            Answer::Measure(tallies) => Some(tallies.figures()),
            _ => None,
        });
        (*point, figures)
    });
    Found { points: points.collect() }
}

/// The choice of quantity, axis and lanes. Another choice than a ready-made chart's is one for the experiment.
fn fields(
    experiment: &Experiment,
    choices: &MeasureChoices,
    drawn: &Drawn,
    dispatch: &Dispatch,
) -> Html {
    let choices = &MeasureChoices {
        chart: None,
        x: drawn.axis.clone(),
        y: drawn.quantity,
        ..choices.clone()
    };
    let on_axis = {
        let (choices, dispatch) = (choices.clone(), dispatch.clone());
        Callback::from(move |path: String| {
            if let Some(x) = Axis::of(&path) {
                dispatch.send(Action::ChooseMeasure(MeasureChoices { x, ..choices.clone() }));
            }
        })
    };
    let on_quantity = {
        let choices = choices.clone();
        dispatch.on(move |y| Action::ChooseMeasure(MeasureChoices { y, ..choices.clone() }))
    };
    let quantities = Quantity::ALL.map(|one| Item::new(one, one.id(), one.name()));
    let axes = axes::groups().into_iter().flat_map(|group| {
        let axis = move |(path, name)| Item { group: Some(group.title), ..Item::named(path, name) };
        group.axes.into_iter().map(axis)
    });
    let everywhere = axes::for_lane(&choices.x, None);
    let every_lane = Item::named(everywhere.clone(), "every lane");
    let lanes = (0..experiment.lanes.len()).map(|lane| {
        Item::named(axes::for_lane(&choices.x, Some(lane)), experiment.lane_name(lane))
    });
    let lanes = std::iter::once(every_lane).chain(lanes);
    html! {
        <>
            <Select class="field" label="Show" among={Among::new(quantities, choices.y, on_quantity)} test="sweep-y" />
            <Select class="field" label="along" among={Among::new(axes, everywhere, on_axis.clone())} test="sweep-x" />
            if axes::is_of_lanes(&choices.x) && experiment.lanes.len() > 1 {
                <Select class="field" label="in" among={Among::new(lanes, choices.x.path(), on_axis)} test="sweep-lane" />
            }
        </>
    }
}

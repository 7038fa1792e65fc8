//! Taking over the setup of a ready-made chart.

use super::choices::MeasureChoices;
use super::model::picks::{ChartId, Pick};
use crate::state::{State, Views};

/// The state with a chart's own setup as the experiment, swept as in the chart; one undo step.
pub(crate) fn use_chart(state: &State, chart: ChartId) -> Option<State> {
    let pick = chart.pick();
    let (x, y) = (pick.axis(), pick.y);
    let Pick { experiment, .. } = pick;
    let measure = MeasureChoices { chart: None, x, y, ..state.views.measure.clone() };
    let views = Views { measure, ..state.views.clone() };
    match state.replaced(experiment) {
        Some(next) => Some(State { views, ..next }),
        None => (views != state.views).then(|| state.viewed(views)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, View, reduce};
    use ackground_core::experiment::Experiment;

    #[test]
    fn a_chart_leaves_the_experiment_alone_until_it_is_taken_over() {
        let state = State::open("view=measure&chart=dedup-window");
        assert_eq!(*state.experiment, Experiment::default());
        assert_eq!(state.views.measure.chart, Some(ChartId::DedupWindow));
        assert!(state.notice.is_none());
        let taken = reduce(&state, Action::UseChart(ChartId::DedupWindow)).expect("it is another");
        assert_eq!(*taken.experiment, ChartId::DedupWindow.pick().experiment);
        assert_eq!((taken.views.shown, taken.views.measure.chart), (View::Measure, None));
        assert_eq!(taken.views.measure.x.path(), "consumer.dedup_ttl_ms");
        let back = reduce(&taken, Action::Undo).expect("one step");
        assert_eq!(back.experiment, state.experiment);
        assert_eq!(back.views, state.views, "the chart is shown again");
    }
}

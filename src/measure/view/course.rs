//! The progress of a series: a bar, the time left, a stop button; then its result.

use std::time::Duration;

use yew::prelude::*;

use ackground_core::sim::Time;
use ackground_words::story::{duration, money};
use ackground_worker::RunsOn;
use ackground_worker::series::{End, Series};

/// The state of a series, without its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    share: f64,
    left: Option<Duration>,
    took: Duration,
    runs_on: RunsOn,
    end: Option<End>,
}

impl Standing {
    pub fn of<R>(series: &Series<R>) -> Standing {
        Standing {
            share: series.share(),
            left: series.left(),
            took: series.took(),
            runs_on: series.runs_on(),
            end: series.end().cloned(),
        }
    }
}

/// `aria-busy` for a series.
pub fn busy<R>(series: &Series<R>) -> &'static str {
    if series.end().is_none() { "true" } else { "false" }
}

#[derive(Properties, PartialEq)]
pub struct CourseProps {
    pub series: Standing,
    pub total: u64,
    /// What to say when it is done.
    pub done: AttrValue,
    pub on_stop: Callback<()>,
    pub on_again: Callback<()>,
    pub test: AttrValue,
}

/// A permanent line that shows progress, then the result.
#[component]
pub fn Course(props: &CourseProps) -> Html {
    let CourseProps { series, total, done, test, .. } = props;
    let percent = (series.share * 100.0).floor();
    let line = match &series.end {
        None => {
            let so_far = money((series.share * *total as f64) as u64);
            let left = series
                .left
                .map_or_else(String::new, |left| format!(", about {} left", words(left)));
            html! {
                <>
                    <progress max="100" value={percent.to_string()} aria-label="Progress" />
                    <span>{ format!("{so_far} of {} messages{left}", money(*total)) }</span>
                    <button type="button" class="button" data-test={format!("{test}-cancel")} onclick={props.on_stop.reform(|_| ())}>{ "Cancel" }</button>
                </>
            }
        }
        Some(End::Complete) => html! {
            <span data-test={format!("{test}-done")}>{ format!("{done}. Took {}.", words(series.took)) }</span>
        },
        Some(End::Stopped) => html! {
            <>
                <span data-test={format!("{test}-stopped")}>{ format!("Stopped. {done}.") }</span>
                { again(props, "Measure again") }
            </>
        },
        Some(End::Refused(why)) => html! {
            <>
                <span class="refused">{ why.clone() }</span>
                { again(props, "Try again") }
            </>
        },
    };
    let here = series.runs_on == RunsOn::Here;
    html! {
        <div class="course">
            <div class="course-line">{ line }</div>
            if here && series.end.is_none() {
                <p class="muted small">{ "This browser allows no workers here, so the page does the work itself. It takes longer." }</p>
            }
            <span class="quiet" role="status">
                { match &series.end {
                    None => AttrValue::default(),
                    Some(End::Complete) => done.clone(),
                    Some(End::Stopped) => format!("Stopped. {done}").into(),
                    Some(End::Refused(why)) => why.clone().into(),
                } }
            </span>
        </div>
    }
}

fn again(props: &CourseProps, label: &'static str) -> Html {
    html! {
        <button type="button" class="button" data-test={format!("{}-again", props.test)} onclick={props.on_again.reform(|_| ())}>{ label }</button>
    }
}

/// To a hundredth of a second below one second; thousandths mean nothing here.
fn words(time: Duration) -> String {
    let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let hundredth = 10_000;
    let micros = if micros < 1_000_000 { micros.div_ceil(hundredth) * hundredth } else { micros };
    duration(Time::from_micros(micros))
}

//! On a small screen one lane is seen at a time: this row keeps the comparison in sight.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::focus_lane;
use crate::lane::view::balance::standing;
use ackground_core::experiment::Experiment;
use ackground_timeline::Ledger;

/// Which lanes, and when.
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The ledger of every lane at the moment.
    pub ledgers: Rc<[Rc<Ledger>]>,
    /// Whether there is nothing to press.
    #[prop_or_default]
    pub still: bool,
}

/// Each lane's name, balance and difference; pressing one brings that lane into view.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let SummaryProps { experiment, ledgers, still } = props;
    let item = |(lane, ledger): (usize, &Rc<Ledger>)| {
        let standing = standing(ledger);
        let said = html! {
            <>
                <span class="summary-name">{ experiment.lane_name(lane) }</span>
                <strong>{ ledger.actual.clone() }</strong>
                <small>{ ledger.difference.clone() }</small>
            </>
        };
        if *still {
            return html! { <div key={lane} class={standing}>{ said }</div> };
        }
        html! {
            <button type="button" key={lane} class={standing} onclick={move |_| focus_lane(lane)} data-test={format!("summary-{}", lane + 1)}>
                { said }
            </button>
        }
    };
    if *still {
        return html! { <div class="summary">{ for ledgers.iter().enumerate().map(item) }</div> };
    }
    html! {
        <nav class="summary" aria-label="Lanes at a glance">{ for ledgers.iter().enumerate().map(item) }</nav>
    }
}

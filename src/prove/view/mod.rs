//! Prove: exhaustive search over the fault schedules of each lane, and the truth table of single faults.
//!
//! | file | shows |
//! |---|---|
//! | `bounds` | the bounds of the search, and its progress |
//! | `card` | the findings about a lane |
//! | `schedule` | a counterexample |
//! | `untried` | times that no fault of the search outlasts |
//! | `truth_table` | what each single fault does |

mod bounds;
mod card;
mod schedule;
mod truth_table;
mod untried;

use std::time::Duration;

use yew::prelude::*;

use self::bounds::BoundsBar;
pub use self::card::Card;
pub use self::schedule::{ScheduleTools, lines};
use self::truth_table::TruthTable;
use crate::context::{Shown, use_shown};
use crate::prove::choices::ProveChoices;
use crate::prove::hook::{Pace, use_proofs, use_questions};
use crate::prove::state::Proved;
use ackground_worker::Priority;

/// How long the bounds have to be unchanged before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 120;
/// Searches estimated to take longer start only on request; shorter ones run on, and can be stopped.
const MAY_TAKE: Duration = Duration::from_secs(60);

#[derive(Properties, PartialEq)]
pub struct ProveProps {
    pub choices: ProveChoices,
}

/// How much of the search a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Effort {
    /// What is quick.
    #[default]
    Quick,
    /// Everything, however long it takes.
    All,
    Stop,
}

/// Whether the search is no larger than the one Watch does for every lane anyway.
fn is_small(choices: ProveChoices) -> bool {
    let labels = ProveChoices::default();
    choices.faults() <= labels.faults()
        && choices.messages() <= labels.messages()
        && choices.kinds() == labels.kinds()
}

#[component]
pub fn Prove(props: &ProveProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let ProveProps { choices } = props;
    let bounds = choices.bounds();
    let asked = use_questions(experiment, bounds);
    // The effort applies only to the questions it was chosen for.
    let asked_effort = use_state(|| (asked.clone(), Effort::Quick));
    let effort = match &*asked_effort {
        (of, effort) if *of == asked => *effort,
        _ => Effort::Quick,
    };
    let on_effort = {
        let (asked_effort, asked) = (asked_effort.setter(), asked.clone());
        Callback::from(move |effort: Effort| asked_effort.set((asked.clone(), effort)))
    };
    let pace = Pace {
        priority: Priority::Foreground,
        debounce_ms: DEBOUNCE_MS,
        may_take: (effort != Effort::All && !is_small(*choices)).then_some(MAY_TAKE),
        stopped: effort == Effort::Stop,
    };
    let proved = use_proofs(&asked, pace);
    let proved = &proved[..experiment.lanes.len()];
    let card = |(index, proved): (usize, &Proved)| {
        html! {
            <Card key={index} {index} {bounds} proved={proved.clone()} />
        }
    };
    html! {
        <section class="prove" aria-labelledby="prove-title" data-test="prove">
            <h2 id="prove-title" class="quiet">{ "Prove" }</h2>
            <BoundsBar choices={*choices} proved={proved.to_vec()} {on_effort} />
            <div class="proof-cards">{ for proved.iter().enumerate().map(card) }</div>
            <TruthTable kinds={choices.kinds()} />
        </section>
    }
}

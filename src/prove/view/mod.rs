//! Prove: what every schedule of faults comes to, lane by lane, and what each single fault does.
//!
//! | file | shows |
//! |---|---|
//! | `bounds` | within what is searched, and how far the search is |
//! | `card` | what was found about a lane |
//! | `schedule` | a schedule that breaks something |
//! | `truth_table` | what each single fault does |

mod bounds;
mod card;
mod schedule;
mod truth_table;

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

/// How long the bounds have to stay as they are before the search begins, in milliseconds.
const DEBOUNCE_MS: u32 = 120;
/// What takes longer is only begun when someone asks for it.
const MAY_TAKE: Duration = Duration::from_secs(5);

#[derive(Properties, PartialEq)]
pub struct ProveProps {
    pub choices: ProveChoices,
}

/// What a person wants of the present questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Effort {
    /// What can be had quickly.
    #[default]
    Quick,
    /// All of it, however long it takes.
    All,
    /// No more.
    Stop,
}

/// Whether this is asked of every lane in Watch as well, or less than that.
fn is_small(choices: ProveChoices) -> bool {
    let labels = ProveChoices::default();
    choices.faults() <= labels.faults()
        && choices.messages() <= labels.messages()
        && choices.kinds() == labels.kinds()
}

/// The view of every schedule.
#[component]
pub fn Prove(props: &ProveProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let ProveProps { choices } = props;
    let bounds = choices.bounds();
    let asked = use_questions(experiment, bounds);
    // An effort is about the questions that were there when it was made.
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

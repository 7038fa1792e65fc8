//! What a proof leaves untried: times of the setup that are longer than every outage, with a way to try longer ones.

use yew::prelude::*;

use crate::context::{Shown, use_dispatch, use_shown};
use crate::hooks::focus_soon;
use crate::state::{Action, FieldPath, Touch};
use ackground_core::audit::Property;
use ackground_core::prove::Kinds;
use ackground_words::story::{self, Untried};

#[derive(Properties, PartialEq)]
pub struct WarningsProps {
    /// The lane's index.
    pub lane: usize,
    pub kinds: Kinds,
    /// The properties that hold as far as was searched: the others need no warning.
    pub kept: Vec<Property>,
}

#[component]
pub fn Warnings(props: &WarningsProps) -> Html {
    let Shown { experiment, density, .. } = &use_shown();
    let dispatch = use_dispatch();
    let WarningsProps { lane, kinds, kept } = props;
    let lane = *lane;
    let found = story::untried(experiment, lane, *kinds);
    let warning = |one: &Untried| {
        let outage = one.outage_ms;
        let onclick = dispatch.on(move |_: MouseEvent| {
            focus_soon(format!("#lane-{}", lane + 1));
            let place = FieldPath::fault("restart_ms");
            Action::Edit { place, text: format!("{outage} ms"), touch: Touch::Done }
        });
        html! {
            <p class="untried" key={one.property.word()} data-test={format!("untried-{}-{}", lane + 1, one.property.word())}>
                <span>{ one.sentence.clone() }</span>
                if density.is_page() {
                    <button type="button" class="button" {onclick} data-test={format!("try-outages-{}", lane + 1)}>
                        { one.invitation() }
                    </button>
                }
            </p>
        }
    };
    html! { <>{ for found.iter().filter(|one| kept.contains(&one.property)).map(warning) }</> }
}

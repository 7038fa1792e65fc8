//! The frame of a participant: its name, a word about it, and its hatching while it is down.

use yew::prelude::*;

use ackground_core::sim::Time;
use ackground_core::sim::held::Down;
use ackground_words::story;

/// Whose frame.
#[derive(Properties, PartialEq)]
pub struct NodeProps {
    /// What kind of participant it is.
    pub class: &'static str,
    pub name: AttrValue,
    #[prop_or_default]
    pub aside: Html,
    #[prop_or_default]
    pub down: Option<Down>,
    pub children: Html,
}

/// The frame.
#[component]
pub fn Node(props: &NodeProps) -> Html {
    let down = props.down.map(|_| "down");
    html! {
        <div class={classes!("node", props.class, down)} aria-hidden="true">
            <p class="node-head"><strong>{ props.name.clone() }</strong><span>{ props.aside.clone() }</span></p>
            { props.children.clone() }
        </div>
    }
}

/// Why nothing moves here, and when it will again.
pub fn down_until(down: Down, now: Time) -> Html {
    html! {
        <span class="down-until">{ format!("down until {}", story::clock(down.until)) }{ bar(down.from, down.until, now) }</span>
    }
}

/// How much of a stretch of time is over.
pub fn bar(from: Time, to: Time, now: Time) -> Html {
    let whole = (to - from).micros();
    let share = match whole {
        0 => 1.0,
        whole => ((now - from).micros() as f64 / whole as f64).min(1.0),
    };
    html! { <i class="bar"><i style={format!("transform:scaleX({share:.3})")} /></i> }
}

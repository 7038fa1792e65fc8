//! What a product cannot express, or expresses differently, with the settings concerned.

use yew::prelude::*;

use ackground_words::story;
use ackground_words::systems::{Gap, Reason};

#[derive(Properties, PartialEq)]
pub struct GapsProps {
    pub reason: Reason,
    pub product: &'static str,
    pub gaps: Vec<Gap>,
}

/// The list, or a note that there are no gaps.
#[component]
pub fn Gaps(props: &GapsProps) -> Html {
    let GapsProps { reason, product, gaps } = props;
    let cannot = *reason == Reason::Cannot;
    let headline = match (cannot, gaps.len()) {
        (true, 0) => format!("{product} can express every setting of this lane."),
        (true, 1) => format!("One thing cannot be expressed in {product}"),
        (true, n) => format!("{} things cannot be expressed in {product}", story::count(n as u64)),
        (false, 0) => return html! {},
        (false, _) => format!("What {product} decides itself, or leaves to your code"),
    };
    html! {
        <section class={classes!("gaps", (cannot && !gaps.is_empty()).then_some("cannot"))} data-test={if cannot { "cannot" } else { "own-way" }}>
            <h4>{ story::capital(&headline) }</h4>
            <ul>{ for gaps.iter().map(item) }</ul>
        </section>
    }
}

fn item(gap: &Gap) -> Html {
    let name = |path: &&'static str| story::setting(path).map_or(*path, |words| words.name);
    let names: Vec<&str> = gap.settings.iter().map(name).collect();
    html! {
        <li key={gap.sentence.clone()}><strong>{ names.join(", ") }</strong><span>{ &gap.sentence }</span></li>
    }
}

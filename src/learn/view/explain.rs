//! Why a run ended as it did: the chain of causes that its trace shows, and what there is to say beyond it.

use std::rc::Rc;

use yew::prelude::*;

use crate::controls::prose::Prose;
use crate::learn::hooks::inquiry::use_inquiry;
use ackground_core::experiment::Experiment;
use ackground_learn::lesson::Explanation;
use ackground_learn::text::ui_with;
use ackground_words::story::{self, Chain};

#[derive(Properties, PartialEq)]
pub struct ExplainProps {
    pub explanation: Rc<Explanation>,
    pub experiment: Rc<Experiment>,
}

/// The chains, and the text with its figures.
#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let ExplainProps { explanation, experiment } = props;
    let needs = use_memo(explanation.clone(), |explanation| explanation.needs());
    let found = use_inquiry(experiment, &needs);
    let chains =
        use_memo((explanation.clone(), experiment.clone()), |(explanation, experiment)| {
            explanation.chains(experiment)
        });
    let text = explanation.told(experiment, &found.known);
    let chain = |(lane, message, chain): &(usize, usize, Chain)| {
        let (no, lane) = ((message + 1).to_string(), experiment.lane_name(*lane));
        html! {
            <section class="learn-chain">
                <h3>{ ui_with("explain.chain", &[("n", &no), ("lane", &lane)]) }</h3>
                { causes(chain) }
            </section>
        }
    };
    html! {
        <div aria-busy={(!found.whole).to_string()}>
            { for chains.iter().map(chain) }
            <Prose {text} />
        </div>
    }
}

/// The causes of a chain in their order, and what they come to.
pub fn causes(chain: &Chain) -> Html {
    let link = |link: &story::Link| {
        html! {
            <li><strong>{ link.sentence.lead.clone() }</strong>{ " " }{ link.sentence.rest.clone() }{ " " }<small>{ story::clock(link.at) }</small></li>
        }
    };
    html! {
        <>
            <ol class="learn-causes">{ for chain.links.iter().map(link) }</ol>
            if let Some(verdict) = &chain.verdict {
                <p><strong>{ verdict.lead.clone() }</strong>{ " " }{ verdict.rest.clone() }</p>
            }
        </>
    }
}

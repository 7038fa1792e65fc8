//! Why a run ended the way it did: the chain of causes from its trace, with commentary.

use std::rc::Rc;

use yew::prelude::*;

use crate::context::{use_dispatch, use_shown};
use crate::controls::icons;
use crate::controls::prose::Prose;
use crate::hooks::focus_soon;
use crate::learn::hooks::inquiry::use_inquiry;
use crate::state::Action;
use crate::why::state::explained_message::ExplainedMessage;
use ackground_core::experiment::Experiment;
use ackground_learn::lesson::Explanation;
use ackground_learn::text::{ui, ui_with};
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
    let text = explanation.markup(experiment, &found.known);
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

/// The causes of a chain in order, and their effect.
pub fn causes(chain: &Chain) -> Html {
    let link = |link: &story::Link| {
        html! {
            <li><strong>{ link.sentence.lead.clone() }</strong>{ " " }{ link.sentence.rest.clone() }{ " " }{ link.more_words().unwrap_or_default() }{ " " }<small>{ story::clock(link.at) }</small></li>
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

#[derive(Properties, PartialEq)]
pub struct CauseProps {
    pub asked: ExplainedMessage,
}

/// The explanation of a message's outcome, below the picture in which it was asked for.
#[component]
pub fn Cause(props: &CauseProps) -> Html {
    let shown = use_shown();
    let dispatch = use_dispatch();
    let ExplainedMessage { lane, message, .. } = props.asked;
    let Some(run) = shown.runs.get(lane) else {
        return html! {};
    };
    let chain = story::why(&shown.experiment, lane, &run.trace, &run.report, message);
    let title = [("n", message.to_string()), ("lane", shown.experiment.lane_name(lane))];
    let title = title.each_ref().map(|(name, value)| (*name, value.as_str()));
    let close = dispatch.on(move |_: MouseEvent| {
        focus_soon(format!("#lane-{} .picture", lane + 1));
        Action::CloseWhy
    });
    html! {
        <section class="desk-cause" aria-labelledby="cause-title" data-test="cause">
            <header>
                <h3 id="cause-title">{ ui_with("explain.chain", &title) }</h3>
                <button type="button" class="button icon bare" aria-label={ui("explain.close")} onclick={close}>{ icons::cross() }</button>
            </header>
            { causes(&chain) }
        </section>
    }
}

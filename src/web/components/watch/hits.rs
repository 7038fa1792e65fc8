//! What can be pointed at: an invisible, generous target over every shape, with its sentence.

use std::rc::Rc;

use yew::prelude::*;

use super::{percent, px};
use crate::experiment::Experiment;
use crate::story;
use crate::web::state::LaneRun;
use crate::web::view_model::Diagram;
use crate::web::view_model::diagram::About;

/// Over which shapes.
#[derive(Properties, PartialEq)]
pub struct HitsProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// The lane's run.
    pub run: Rc<LaneRun>,
    /// The picture.
    pub diagram: Rc<Diagram>,
    /// What of it is drawn, in pixels.
    pub block: (i32, i32),
}

/// The targets of a picture. `data-at` holds the microsecond to which a click leads.
#[component]
pub fn Hits(props: &HitsProps) -> Html {
    let HitsProps {
        experiment,
        run,
        diagram,
        block,
    } = props;
    let drawn = |top: f64, bottom: f64| bottom >= f64::from(block.0) && top <= f64::from(block.1);
    let title = |about: &About| {
        let sentence = story::narrate(experiment, run.lane, &run.trace, about.step);
        html! { <title>{ format!("{} {}", sentence.lead, sentence.rest) }</title> }
    };
    let arrows = diagram.arrows.iter().filter(|arrow| drawn(arrow.start.y, arrow.end.y)).map(|arrow| {
        // A click on an arrow leads to where it ends: there its consequences begin.
        html! {
            <line class="hit" data-at={arrow.about.to.micros().to_string()}
                x1={percent(arrow.start.x)} y1={px(arrow.start.y)} x2={percent(arrow.end.x)} y2={px(arrow.end.y)}>
                { title(&arrow.about) }
            </line>
        }
    });
    let spans = diagram
        .spans
        .iter()
        .filter(|span| drawn(span.at.y, span.bottom))
        .map(|span| {
            let x = percent(span.at.x);
            html! {
                <line class="hit" data-at={span.about.from.micros().to_string()}
                    x1={x.clone()} y1={px(span.at.y)} x2={x} y2={px(span.bottom)}>
                    { title(&span.about) }
                </line>
            }
        });
    let marks = diagram.marks.iter().filter(|mark| drawn(mark.at.y, mark.at.y)).map(|mark| {
        let r = if mark.kind.is_round() { "12" } else { "8" };
        html! {
            <circle class="hit" data-at={mark.about.from.micros().to_string()} {r}
                cx={percent(mark.at.x)} cy={px(mark.at.y)} transform={format!("translate({} 0)", mark.shift)}>
                { title(&mark.about) }
            </circle>
        }
    });
    html! { <g class="hits">{ for spans }{ for arrows }{ for marks }</g> }
}

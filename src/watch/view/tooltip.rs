//! The tooltip beside the pointer, for the shape under it.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::state::LaneRun;
use ackground_core::sim::StepNo;
use ackground_words::story;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooltipTarget {
    /// The step to describe.
    pub step: StepNo,
    /// The pointer's x, in percent.
    pub x: i32,
    /// The pointer's y, in pixels.
    pub y: i32,
    /// Whether it is in the right half.
    pub right: bool,
    /// Whether it is in the lower half.
    pub low: bool,
}

impl TooltipTarget {
    pub fn at(step: StepNo, event: &PointerEvent, picture: &Element) -> TooltipTarget {
        let rect = picture.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let y = f64::from(event.client_y()) - rect.top();
        TooltipTarget {
            step,
            right: x > 0.5,
            low: y > rect.height() / 2.0,
            x: (x * 100.0) as i32,
            y: y as i32,
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct TooltipProps {
    pub run: Rc<LaneRun>,
    pub pointed: TooltipTarget,
}

/// Placed on the side of the pointer where there is room. Hidden from screen readers: the transcript has the
/// same text.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let TooltipProps { run, pointed } = props;
    let told =
        use_memo((experiment.clone(), run.clone(), pointed.step), |(experiment, run, step)| {
            story::narrate(experiment, run.lane, &run.trace, *step)
        });
    let across = if pointed.right {
        format!("right:{}%", 100 - pointed.x)
    } else {
        format!("left:{}%", pointed.x)
    };
    let down = if pointed.low {
        format!("bottom:calc(100% - {}px)", pointed.y - 12)
    } else {
        format!("top:{}px", pointed.y + 16)
    };
    html! {
        <p class="tip" style={format!("{across};{down}")} aria-hidden="true">
            <strong>{ told.lead.clone() }</strong>{ " " }{ told.rest.clone() }
        </p>
    }
}

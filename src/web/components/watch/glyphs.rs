//! What is not cut at the playhead but turns from pale to clear at its moment: tokens, numbers,
//! words.

use std::rc::Rc;

use yew::prelude::*;

use super::glyph::{cross, drawing, word};
use super::shapes::kind_class;
use super::{percent, px};
use crate::sim::Time;
use crate::web::view_model::Diagram;
use crate::web::view_model::diagram::{Arrow, Fall, Point, Span};

/// Which glyphs, and which of them have happened.
#[derive(Properties, PartialEq)]
pub struct GlyphsProps {
    /// The picture.
    pub diagram: Rc<Diagram>,
    /// What of it is drawn, in pixels.
    pub block: (i32, i32),
    /// The latest moment at which a glyph turns clear.
    pub turned: Time,
}

/// The glyphs of a picture.
#[component]
pub fn Glyphs(props: &GlyphsProps) -> Html {
    let GlyphsProps {
        diagram,
        block,
        turned,
    } = props;
    let drawn = |y: f64| f64::from(block.0) <= y && y <= f64::from(block.1);
    let turned = *turned;
    let labels = diagram
        .arrows
        .iter()
        .filter(|arrow| !arrow.label.is_empty() && drawn(arrow.label_at.y));
    let lost = diagram
        .arrows
        .iter()
        .filter(|arrow| arrow.fall == Fall::Lost && drawn(arrow.end.y));
    let words = diagram
        .spans
        .iter()
        .filter(|span| !span.label.is_empty() && drawn(span.at.y));
    let marks = diagram.marks.iter().filter(|mark| drawn(mark.at.y));
    html! {
        <g class="glyphs">
            { for labels.map(|arrow| label(arrow, turned)) }
            { for words.map(|span| span_word(span, turned)) }
            { for lost.map(|arrow| {
                let drawing = html! { <g class="token lost">{ cross(8.0) }</g> };
                at(arrow.end, 0.0, arrow.about.to <= turned, drawing)
            }) }
            { for marks.map(|mark| at(mark.at, mark.shift, mark.about.from <= turned, drawing(mark))) }
        </g>
    }
}

/// A drawing at its place.
fn at(point: Point, shift: f64, past: bool, drawing: Html) -> Html {
    html! {
        <svg class={classes!("glyph", past.then_some("past"))} x={percent(point.x)} y={px(point.y)}
            width="1" height="1" overflow="visible">
            if shift == 0.0 { { drawing } } else {
                <g transform={format!("translate({shift} 0)")}>{ drawing }</g>
            }
        </svg>
    }
}

fn label(arrow: &Arrow, turned: Time) -> Html {
    let past = arrow.about.from <= turned;
    let lost = (arrow.fall == Fall::Lost).then_some("lost");
    html! {
        <text class={classes!("glyph", "label", kind_class(arrow.kind), lost, past.then_some("past"))}
            x={percent(arrow.label_at.x)} y={px(arrow.label_at.y)}>{ arrow.label.clone() }</text>
    }
}

fn span_word(span: &Span, turned: Time) -> Html {
    let middle = Point {
        x: span.at.x,
        y: (span.at.y + span.bottom) / 2.0,
    };
    let drawing = html! { <g class="span-word">{ word(13.0, &span.label) }</g> };
    at(middle, 0.0, span.about.from <= turned, drawing)
}

//! What is not cut at the playhead but turns from pale to clear at its moment: tokens, numbers,
//! words.

use std::rc::Rc;

use yew::prelude::*;

use super::glyph::{all, piece};
use super::{of, percent, px};
use crate::sim::MessageNo;
use crate::web::view_model::Diagram;
use crate::web::view_model::diagram::{Arrow, Fall, Glyph, Point, SpanKind, Stamp};
use crate::web::view_model::glyph::{cross, drawing, word};
use crate::web::view_model::pens;

/// So many glyphs are drawn anew together when one of them turns.
pub const HANDFUL: usize = 16;

/// Which glyphs, and how many of them have turned.
#[derive(Properties, PartialEq)]
pub struct GlyphsProps {
    /// The picture.
    pub diagram: Rc<Diagram>,
    /// The first of them is at this place in the picture's list.
    pub first: usize,
    /// How many of them are clear.
    pub clear: usize,
}

/// A handful of glyphs.
#[component]
pub fn Glyphs(props: &GlyphsProps) -> Html {
    let GlyphsProps {
        diagram,
        first,
        clear,
    } = props;
    let glyphs = diagram.glyphs.iter().skip(*first).take(HANDFUL).enumerate();
    html! {
        <g>{ for glyphs.map(|(index, glyph)| stamp(diagram, glyph, index < *clear)) }</g>
    }
}

fn stamp(diagram: &Diagram, glyph: &Glyph, past: bool) -> Html {
    match glyph.what {
        Stamp::Label(index) => diagram
            .arrows
            .get(index)
            .map_or_else(Html::default, |arrow| label(arrow, past)),
        Stamp::Cross(index) => diagram
            .arrows
            .get(index)
            .map_or_else(Html::default, |arrow| {
                at(
                    arrow.end,
                    0.0,
                    past,
                    arrow.about.message,
                    html! { <g class="token lost">{ all(&cross(8.0)) }</g> },
                )
            }),
        Stamp::Word(index) => diagram.spans.get(index).map_or_else(Html::default, |span| {
            let middle = Point {
                x: span.at.x,
                y: glyph.y,
            };
            at(
                middle,
                span.shift,
                past,
                span.about.message,
                html! { <g class={classes!("span-word", (span.kind == SpanKind::Stall).then_some("stall"))}>{ piece(&word(pens::beside(span), &span.label)) }</g> },
            )
        }),
        Stamp::Mark(index) => diagram.marks.get(index).map_or_else(Html::default, |mark| {
            at(
                mark.at,
                mark.shift,
                past,
                mark.about.message,
                piece(&drawing(mark)),
            )
        }),
    }
}

/// A drawing at its place.
fn at(point: Point, shift: f64, past: bool, message: Option<MessageNo>, drawing: Html) -> Html {
    let transform = (shift != 0.0).then(|| format!("translate({shift} 0)"));
    html! {
        <svg class={classes!("glyph", past.then_some("past"), of(message))} x={percent(point.x)} y={px(point.y)} width="1" height="1">
            <g {transform}>{ drawing }</g>
        </svg>
    }
}

fn label(arrow: &Arrow, past: bool) -> Html {
    let lost = (arrow.fall == Fall::Lost).then_some("lost");
    html! {
        <text class={classes!("glyph", "label", pens::kind(arrow.kind), lost, past.then_some("past"), of(arrow.about.message))}
            x={percent(arrow.label_at.x)} y={px(arrow.label_at.y)}>{ arrow.label.clone() }</text>
    }
}

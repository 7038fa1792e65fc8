//! What is not cut at the playhead but is clear as a whole from its moment on: tokens, numbers, words.

use yew::prelude::*;

use super::glyph::piece;
use super::{MOST, of, percent, px};
use crate::sim::{MessageNo, Time};
use crate::web::view_model::diagram::{Arrow, Fall, Glyph, SpanKind, Stamp};
use crate::web::view_model::glyph::{Piece, cross, drawing, group, word};
use crate::web::view_model::pens;
use crate::web::view_model::{Block, Diagram};

/// The glyphs of a part of a picture that stand on the lifeline at so many percent of the width, or without it
/// those that stand on none; all of them, or those until a moment.
pub fn glyphs(diagram: &Diagram, block: Block, on: Option<f64>, until: Option<Time>) -> Html {
    let lifeline = |x: f64| diagram.lifelines.iter().any(|line| line.x == x);
    let glyphs = diagram
        .glyphs
        .iter()
        .take_while(|glyph| until.is_none_or(|until| glyph.at <= until))
        .filter(|glyph| block.holds(glyph.y, glyph.y))
        .filter_map(|glyph| Some((glyph, sign(diagram, glyph)?)));
    let drawn = glyphs.filter_map(|(glyph, sign)| match (sign, on) {
        (Sign::Stamp(stamp), Some(x)) => (stamp.x == x).then(|| stamp.drawn(glyph.y)),
        (Sign::Stamp(stamp), None) => (!lifeline(stamp.x)).then(|| stamp.placed(glyph.y)),
        (Sign::Label(arrow), on) => on.is_none().then(|| label(arrow)),
    });
    html! { <g>{ for drawn.take(MOST) }</g> }
}

/// A glyph by itself.
pub fn glyph(diagram: &Diagram, glyph: &Glyph) -> Html {
    match sign(diagram, glyph) {
        Some(Sign::Label(arrow)) => label(arrow),
        Some(Sign::Stamp(stamp)) => stamp.placed(glyph.y),
        None => Html::default(),
    }
}

/// How a glyph is drawn.
enum Sign<'a> {
    /// A number on an arrow.
    Label(&'a Arrow),
    /// Anything else.
    Stamp(Stamped),
}

/// A drawing at a place across.
struct Stamped {
    /// That, in percent of the width.
    x: f64,
    /// How far it stands aside of that, in pixels.
    shift: f64,
    /// The message that it is about.
    message: Option<MessageNo>,
    /// The drawing, around its own origin.
    piece: Piece,
}

impl Stamped {
    /// On a lifeline, which is at 0 across.
    fn drawn(&self, y: f64) -> Html {
        html! { <g class={classes!("glyph", of(self.message))}>{ piece(&self.piece, (self.shift, y)) }</g> }
    }

    /// In the picture.
    fn placed(&self, y: f64) -> Html {
        html! { <svg x={percent(self.x)} width="1" height="1">{ self.drawn(y) }</svg> }
    }
}

fn sign<'a>(diagram: &'a Diagram, glyph: &Glyph) -> Option<Sign<'a>> {
    let stamped = match glyph.what {
        Stamp::Label(index) => return diagram.arrows.get(index).map(Sign::Label),
        Stamp::Cross(index) => {
            let arrow = diagram.arrows.get(index)?;
            Stamped {
                x: arrow.end.x,
                shift: 0.0,
                message: arrow.about.message,
                piece: group("token lost", cross(8.0).to_vec()),
            }
        }
        Stamp::Word(index) => {
            let span = diagram.spans.get(index)?;
            let stalls = span.kind == SpanKind::Stall;
            let class = if stalls {
                "span-word stall"
            } else {
                "span-word"
            };
            Stamped {
                x: span.at.x,
                shift: span.shift,
                message: span.about.message,
                piece: group(class, vec![word(pens::beside(span), &span.label)]),
            }
        }
        Stamp::Mark(index) => {
            let mark = diagram.marks.get(index)?;
            Stamped {
                x: mark.at.x,
                shift: mark.shift,
                message: mark.about.message,
                piece: drawing(mark),
            }
        }
    };
    Some(Sign::Stamp(stamped))
}

fn label(arrow: &Arrow) -> Html {
    let lost = (arrow.fall == Fall::Lost).then_some("lost");
    html! {
        <text class={classes!("glyph", "label", pens::kind(arrow.kind), lost, of(arrow.about.message))}
            x={percent(arrow.label_at.x)} y={px(arrow.label_at.y)}>{ arrow.label.clone() }</text>
    }
}

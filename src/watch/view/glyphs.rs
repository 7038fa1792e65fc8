//! What is not cut at the playhead but is clear as a whole from its moment on: tokens, numbers, words.

use yew::prelude::*;

use super::glyph::piece;
use super::{MOST, of, percent, px};
use ackground_core::sim::{MessageNo, Time};
use ackground_timeline::diagram::{Arrow, Fall, Glyph, Stamp};
use ackground_timeline::glyph::{Piece, beside, drawing, lost};
use ackground_timeline::pens;
use ackground_timeline::{Block, Diagram};

/// The glyphs of a part of a picture that stand on the lifeline at so many percent of the width, or without it
/// those that stand on none; all of them, or those until a moment.
pub fn glyphs(diagram: &Diagram, block: Block, on: Option<f64>, until: Option<Time>) -> Html {
    let stands_on = |glyph: &Glyph| {
        let x = across(diagram, glyph)?;
        diagram.lifelines.iter().any(|line| line.x == x).then_some(x)
    };
    let glyphs = diagram
        .glyphs
        .iter()
        .take_while(|glyph| until.is_none_or(|until| glyph.at <= until))
        .filter(|glyph| block.holds(glyph.y, glyph.y) && stands_on(glyph) == on)
        .take(MOST);
    let drawn = glyphs.map(|one| match sign(diagram, one) {
        Some(Sign::Stamp(stamp)) if on.is_some() => stamp.drawn(one.y),
        _ => glyph(diagram, one),
    });
    html! { <g>{ for drawn }</g> }
}

/// Where across a glyph stands, in percent of the width; a number on an arrow stands nowhere else.
fn across(diagram: &Diagram, glyph: &Glyph) -> Option<f64> {
    match glyph.what {
        Stamp::Label(_) => None,
        Stamp::Cross(index) => diagram.arrows.get(index).map(|arrow| arrow.end.x),
        Stamp::Word(index) => diagram.spans.get(index).map(|span| span.at.x),
        Stamp::Mark(index) => diagram.marks.get(index).map(|mark| mark.at.x),
    }
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
    let (shift, message, piece) = match glyph.what {
        Stamp::Label(index) => return diagram.arrows.get(index).map(Sign::Label),
        Stamp::Cross(index) => {
            let arrow = diagram.arrows.get(index)?;
            (0.0, arrow.about.message, lost())
        }
        Stamp::Word(index) => {
            let span = diagram.spans.get(index)?;
            (span.shift, span.about.message, beside(span))
        }
        Stamp::Mark(index) => {
            let mark = diagram.marks.get(index)?;
            (mark.shift, mark.about.message, drawing(mark))
        }
    };
    Some(Sign::Stamp(Stamped { x: across(diagram, glyph)?, shift, message, piece }))
}

fn label(arrow: &Arrow) -> Html {
    let lost = (arrow.fall == Fall::Lost).then_some("lost");
    html! {
        <text class={classes!("glyph", "label", pens::kind(arrow.kind), lost, of(arrow.about.message))}
            x={percent(arrow.label_at.x)} y={px(arrow.label_at.y)}>{ arrow.label.clone() }</text>
    }
}

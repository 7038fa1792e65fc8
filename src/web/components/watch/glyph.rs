//! The pieces of a drawing as elements.

use yew::prelude::*;

use crate::web::view_model::glyph::Piece;

/// A piece, with all that it consists of.
pub fn piece(piece: &Piece) -> Html {
    match piece {
        Piece::Circle { class, r } => html! { <circle class={named(class)} r={r.to_string()} /> },
        Piece::Rect {
            class,
            sides,
            round,
        } => {
            let [x, y, width, height] = sides.map(|side| side.to_string());
            html! { <rect class={named(class)} {x} {y} {width} {height} rx={round.to_string()} /> }
        }
        Piece::Path { class, at, d } => {
            html! { <path class={named(class)} d={d.clone()} transform={translate(*at)} /> }
        }
        Piece::Text {
            class,
            at: (x, y),
            text,
        } => {
            let x = (*x != 0.0).then(|| x.to_string());
            html! { <text class={named(class)} {x} y={y.to_string()}>{ text.clone() }</text> }
        }
        Piece::Group { class, at, pieces } => {
            html! { <g class={named(class)} transform={translate(*at)}>{ all(pieces) }</g> }
        }
    }
}

/// Pieces, from the back to the front.
pub fn all(pieces: &[Piece]) -> Html {
    pieces.iter().map(piece).collect()
}

fn named(class: &'static str) -> Option<&'static str> {
    (!class.is_empty()).then_some(class)
}

/// Nothing where nothing is moved.
fn translate((x, y): (f64, f64)) -> Option<String> {
    ((x, y) != (0.0, 0.0)).then(|| format!("translate({x} {y})"))
}

//! The pieces of a drawing as elements.

use yew::prelude::*;

use ackground_timeline::glyph::Piece;

/// A piece, with all that it consists of, around a place in pixels. None is moved by a transform: the browser
/// keeps books on each of these in every frame.
pub fn piece(piece: &Piece, (x, y): (f64, f64)) -> Html {
    match piece {
        Piece::Circle { class, r } => {
            let [cx, cy] = [x, y].map(|to| (to != 0.0).then(|| short(to)));
            html! { <circle class={named(class)} {cx} {cy} r={short(*r)} /> }
        }
        Piece::Rect { class, sides: [left, top, width, height], round } => {
            html! { <rect class={named(class)} x={short(x + left)} y={short(y + top)} width={short(*width)} height={short(*height)} rx={short(*round)} /> }
        }
        Piece::Path { class, from, d } => {
            let (x, y) = (short(x + from.0), short(y + from.1));
            html! { <path class={named(class)} d={format!("M{x} {y}{d}")} /> }
        }
        Piece::Text { class, at, text } => {
            let x = (x + at.0 != 0.0).then(|| short(x + at.0));
            html! { <text class={named(class)} {x} y={short(y + at.1)}>{ text.clone() }</text> }
        }
        Piece::Group { class, at, pieces } => {
            html! { <g class={named(class)}>{ all(pieces, (x + at.0, y + at.1)) }</g> }
        }
    }
}

/// Pieces around a place, from the back to the front.
pub fn all(pieces: &[Piece], at: (f64, f64)) -> Html {
    pieces.iter().map(|one| piece(one, at)).collect()
}

fn named(class: &'static str) -> Option<&'static str> {
    (!class.is_empty()).then_some(class)
}

/// To a hundredth of a pixel.
fn short(n: f64) -> String {
    ((n * 100.0).round() / 100.0).to_string()
}

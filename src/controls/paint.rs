//! The SVG painter: shapes as elements.

use yew::prelude::*;

use ackground_timeline::shape::{Form, Position, Shape, coordinate};
use ackground_timeline::strokes::{HEADS, TIP};

/// A coordinate system, and its precision.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Whether x is in percent, as in a picture, rather than in pixels.
    percent: bool,
    /// The origin, in pixels.
    origin: (f64, f64),
    /// Formats a number as an attribute.
    number: fn(f64) -> String,
}

impl Frame {
    pub const PICTURE: Frame = Frame { percent: true, ..Frame::LIFELINE };
    /// Relative to a lifeline, at x = 0.
    pub const LIFELINE: Frame = Frame { percent: false, origin: (0.0, 0.0), number: px };
    pub const CHART: Frame = Frame { number: coordinate, ..Frame::LIFELINE };
    /// Relative to the origin of a sign.
    const SIGN: Frame = Frame { number: short, ..Frame::LIFELINE };

    fn x(self, at: Position) -> String {
        if self.percent { percent(at.percent) } else { (self.number)(self.origin.0 + at.x) }
    }

    fn y(self, at: Position) -> String {
        (self.number)(self.origin.1 + at.y)
    }

    /// The coordinate system within a sign or a group. It offsets coordinates instead of using a
    /// `transform`, since each of those costs the browser some bookkeeping in every frame.
    fn within(self, at: Position) -> Frame {
        if self.percent {
            return self;
        }
        Frame { origin: (self.origin.0 + at.x, self.origin.1 + at.y), ..Frame::SIGN }
    }
}

/// Paints shapes back to front. `id` is the prefix of the arrow heads' and hatching's ids.
pub fn paint(id: &str, frame: Frame, shapes: impl IntoIterator<Item = Shape>) -> Html {
    shapes.into_iter().map(|shape| one(id, frame, &shape)).collect()
}

/// A shape that uses no arrow heads or hatching.
pub fn plain(frame: Frame, shape: &Shape) -> Html {
    one("", frame, shape)
}

/// A sign around the origin, or a part of one.
pub fn sign(sign: &Shape) -> Html {
    plain(Frame::SIGN, sign)
}

fn one(id: &str, frame: Frame, shape: &Shape) -> Html {
    let class = class(shape);
    let at = shape.at;
    let (x, y) = (|| frame.x(at), || frame.y(at));
    let inside = |frame: Frame, shapes: &[Shape]| -> Html {
        shapes.iter().map(|shape| one(id, frame, shape)).collect()
    };
    match &shape.form {
        Form::Circle(r) => {
            html! { <circle {class} cx={some(x())} cy={some(y())} r={short(*r)} /> }
        }
        Form::Line(to, head) => {
            let head = head.map(|head| format!("url(#{id}-head-{head})"));
            html! { <line {class} x1={x()} y1={y()} x2={frame.x(*to)} y2={frame.y(*to)} marker-end={head} /> }
        }
        Form::Rect { size, round, hatched } => {
            let size_in = Frame { origin: (0.0, 0.0), ..frame };
            let fill = hatched.then(|| format!("url(#{id}-hatch)"));
            html! { <rect {class} x={x()} y={y()} width={size_in.x(*size)} height={size_in.y(*size)} rx={some(short(*round))} {fill} /> }
        }
        Form::Path(d) => html! { <path {class} d={format!("M{} {}{d}", x(), y())} /> },
        Form::Curve(d) => html! { <path {class} d={d.clone()} /> },
        Form::Text { says, more, anchor } => {
            let dx = if frame.percent { some(short(at.x)) } else { None };
            // The style sheet hides the rest of the text in a narrow picture.
            let says = match *more {
                "" => says.clone().into(),
                more => html! { <>{ says.clone() }<tspan class="from">{ more }</tspan></> },
            };
            html! { <text {class} x={some(x())} {dx} y={y()} text-anchor={anchor.map(|anchor| anchor.word())}>{ says }</text> }
        }
        Form::Sign(_) if frame.percent => {
            html! { <svg x={x()} width="1" height="1">{ one(id, Frame::LIFELINE, shape) }</svg> }
        }
        Form::Sign(sign) => html! { <g {class}>{ one(id, frame.within(at), sign) }</g> },
        Form::Around(shapes) => {
            let y = (at.y != 0.0).then(y);
            html! { <svg {class} x={x()} {y} width="1" height="1">{ inside(Frame::LIFELINE, shapes) }</svg> }
        }
        Form::Group(shapes) => html! { <g {class}>{ inside(frame.within(at), shapes) }</g> },
    }
}

/// The shape's kind and message, so that one message can be singled out.
fn class(shape: &Shape) -> Option<AttrValue> {
    let Some(about) = shape.about else {
        return (!shape.class.is_empty()).then(|| shape.class.clone().into());
    };
    let class = &shape.class;
    let class = match about.message {
        Some(message) => format!("{class} of m{message}"),
        None => format!("{class} of"),
    };
    Some(class.into())
}

/// The arrow heads and the hatching, with ids that have this prefix.
pub fn definitions(id: &str) -> Html {
    let heads = HEADS.iter().map(|(name, path)| {
        html! {
            <marker id={format!("{id}-head-{name}")} class={classes!("head", *name)}
                markerWidth="12" markerHeight="8" refX={TIP.0.to_string()} refY={TIP.1.to_string()} orient="auto" markerUnits="userSpaceOnUse">
                <path d={*path} />
            </marker>
        }
    });
    html! {
        <>
            { for heads }
            <pattern id={format!("{id}-hatch")} class="hatch" width="6" height="6"
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line y2="6" />
            </pattern>
        </>
    }
}

/// Omits attributes that are zero, the default.
fn some(number: String) -> Option<String> {
    (number != "0").then_some(number)
}

/// An x as an attribute.
pub fn percent(x: f64) -> String {
    format!("{x:.3}%")
}

/// A y or a length as an attribute.
pub fn px(y: f64) -> String {
    format!("{y:.1}")
}

/// To a hundredth of a pixel.
fn short(n: f64) -> String {
    ((n * 100.0).round() / 100.0).to_string()
}

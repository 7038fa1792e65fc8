//! The painter of the page: shapes as elements.

use yew::prelude::*;

use ackground_timeline::shape::{Form, Position, Shape, coordinate};
use ackground_timeline::strokes::{HEADS, TIP};

/// Where shapes stand, and how fine their places are.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Whether places across are percentages, as they are in a picture; else they are pixels.
    percent: bool,
    /// What is at 0, in pixels.
    origin: (f64, f64),
    /// A number as an attribute.
    number: fn(f64) -> String,
}

impl Frame {
    /// A picture.
    pub const PICTURE: Frame = Frame { percent: true, ..Frame::LIFELINE };
    /// Around a lifeline, which is at 0 across.
    pub const LIFELINE: Frame = Frame { percent: false, origin: (0.0, 0.0), number: px };
    /// A chart.
    pub const CHART: Frame = Frame { number: coordinate, ..Frame::LIFELINE };
    /// Around the origin of a sign.
    const SIGN: Frame = Frame { number: short, ..Frame::LIFELINE };

    fn x(self, at: Position) -> String {
        if self.percent { percent(at.percent) } else { (self.number)(self.origin.0 + at.x) }
    }

    fn y(self, at: Position) -> String {
        (self.number)(self.origin.1 + at.y)
    }

    /// The frame of what a sign or a group consists of. Nothing is moved by a transform: the browser keeps books on
    /// each of these in every frame.
    fn within(self, at: Position) -> Frame {
        if self.percent {
            return self;
        }
        Frame { origin: (self.origin.0 + at.x, self.origin.1 + at.y), ..Frame::SIGN }
    }
}

/// Shapes from the back to the front; heads and hatching are from the definitions of this name.
pub fn paint(id: &str, frame: Frame, shapes: impl IntoIterator<Item = Shape>) -> Html {
    shapes.into_iter().map(|shape| one(id, frame, &shape)).collect()
}

/// A shape that needs no definitions.
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
            // In a narrow picture the style leaves out what follows.
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

/// What a shape is, and whose: so that a message can be shown alone.
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

/// The arrow heads and the hatching of a picture, with names that begin so.
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

/// Nothing instead of a zero, which goes without saying.
fn some(number: String) -> Option<String> {
    (number != "0").then_some(number)
}

/// A place across, as an attribute.
pub fn percent(x: f64) -> String {
    format!("{x:.3}%")
}

/// A place downward or a length, as an attribute.
pub fn px(y: f64) -> String {
    format!("{y:.1}")
}

/// To a hundredth of a pixel.
fn short(n: f64) -> String {
    ((n * 100.0).round() / 100.0).to_string()
}

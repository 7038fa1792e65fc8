//! Glossary terms in running text, with popovers.
//!
//! A term is an inline button. Hover, focus or a press opens a popover with its definition and a link to the
//! glossary. It is a native popover: it is in the top layer, closes on Escape and on a press outside, and is
//! mounted only while open.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::hooks::use_rest;
use ackground_words::story::words::{self, Piece};

/// Opens the glossary at the term with this id. Provided by a `ContextProvider<OpenWord>`; without one, terms
/// are plain text.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenWord(pub Callback<&'static str>);

/// The hover delay for opening and closing, in milliseconds: long enough to cross the gap to the popover, and
/// to avoid flicker while reading.
const DEBOUNCE_MS: u32 = 250;

#[derive(Properties, PartialEq)]
pub struct MarkedProps {
    /// The text. Not for use inside a button or a link, as it contains buttons.
    pub text: AttrValue,
}

/// A text with popovers on its terms.
#[component]
pub fn Marked(props: &MarkedProps) -> Html {
    let rest = use_rest();
    let pieces = use_memo((props.text.clone(), rest), |(text, rest)| {
        if !*rest {
            return html! { { text.clone() } };
        }
        let piece = |piece: &Piece<'_>| match piece.term {
            Some(term) => html! { <Term id={term} text={piece.text.to_owned()} /> },
            None => html! { { piece.text.to_owned() } },
        };
        words::mark(text).iter().map(piece).collect::<Html>()
    });
    (*pieces).clone()
}

#[derive(Properties, PartialEq)]
pub struct TermProps {
    pub id: &'static str,
    pub text: AttrValue,
}

/// A term with its popover.
#[component]
pub fn Term(props: &TermProps) -> Html {
    let open_word = use_context::<OpenWord>();
    let open = use_state_eq(|| false);
    let later = use_mut_ref(|| None::<Timeout>);
    let (whole, button, popover) = (use_node_ref(), use_node_ref(), use_node_ref());
    use_effect_with(*open, {
        let (button, popover) = (button.clone(), popover.clone());
        move |_| position_popover(&button, &popover)
    });
    let Some(open_word) = open_word else {
        return html! { { props.text.clone() } };
    };
    let set = |to: bool| {
        let (open, later) = (open.setter(), later.clone());
        move || {
            later.take();
            open.set(to);
        }
    };
    let soon = |to: bool| {
        let (set, later) = (set(to), later.clone());
        Callback::from(move |event: PointerEvent| {
            // Touch has no hover; a tap opens it by itself.
            if event.pointer_type() != "touch" {
                let set = set.clone();
                later.replace(Some(Timeout::new(DEBOUNCE_MS, set)));
            }
        })
    };
    let onclick = {
        let set = set(true);
        Callback::from(move |_: MouseEvent| set())
    };
    let onfocus = {
        let (set, button) = (set(true), button.clone());
        Callback::from(move |_: FocusEvent| {
            let element = button.cast::<Element>();
            // Only for keyboard focus: a press opens it by itself.
            if element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false)) {
                set();
            }
        })
    };
    let onfocusout = {
        let (set, whole) = (set(false), whole.clone());
        Callback::from(move |event: FocusEvent| {
            let within = event.related_target().and_then(|next| {
                let next = next.dyn_into::<Element>().ok()?;
                Some(whole.cast::<Element>()?.contains(Some(&next)))
            });
            if !within.unwrap_or(false) {
                set();
            }
        })
    };
    let ontoggle = {
        let (set, popover) = (set(false), popover.clone());
        Callback::from(move |_: Event| {
            if !popover.cast::<Element>().is_some_and(|element| is_open(&element)) {
                set();
            }
        })
    };
    let term = props.id;
    let on_more = {
        let set = set(false);
        Callback::from(move |_: MouseEvent| {
            set();
            open_word.0.emit(term);
        })
    };
    // Only one popover is open at a time, so the id is unique.
    let id = AttrValue::from(format!("tip-{term}"));
    html! {
        <span class="term-place" ref={whole} {onfocusout} onpointerenter={soon(true)} onpointerleave={soon(false)}>
            <button type="button" class="term" ref={button} aria-expanded={open.to_string()}
                aria-describedby={open.then(|| id.clone())} {onclick} {onfocus}
                data-term={term}>{ props.text.clone() }</button>
            if *open {
                <TermPopover {id} {term} {popover} {ontoggle} {on_more} />
            }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct TermPopoverProps {
    /// The id of the definition's element.
    id: AttrValue,
    term: &'static str,
    /// The popover, which is opened by its parent.
    popover: NodeRef,
    ontoggle: Callback<Event>,
    on_more: Callback<MouseEvent>,
}

/// The popover of a term: its definition and a link to the glossary.
#[component]
fn TermPopover(props: &TermPopoverProps) -> Html {
    let Some(term) = words::term(props.term) else {
        return Html::default();
    };
    html! {
        <span class="term-tip" popover="auto" ref={props.popover.clone()} role="group" aria-label={term.name} ontoggle={props.ontoggle.clone()} data-test="term-tip">
            <span id={props.id.clone()}><strong>{ ackground_words::story::capital(term.name) }{ "." }</strong>{ " " }{ term.sentence }</span>
            <button type="button" class="link" onclick={props.on_more.clone()} data-test="term-more">{ "More" }<span class="quiet">{ format!(" about {}", term.name) }</span></button>
        </span>
    }
}

fn is_open(element: &Element) -> bool {
    element.matches(":popover-open").unwrap_or(false)
}

/// Opens the popover below its term, or above where there is no room, within the viewport.
fn position_popover(button: &NodeRef, popover: &NodeRef) {
    let (Some(button), Some(popover)) =
        (button.cast::<HtmlElement>(), popover.cast::<HtmlElement>())
    else {
        return;
    };
    // Fails if it is open already, and in browsers without popovers, where it is part of the text flow.
    if popover.show_popover().is_err() {
        return;
    }
    let Some(window) = web_sys::window() else {
        return;
    };
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let (at, tip) = (button.get_bounding_client_rect(), popover.get_bounding_client_rect());
    const GAP: f64 = 6.0;
    let left = at.left().min(width - tip.width() - GAP).max(GAP);
    let below = at.bottom() + GAP;
    let top = if below + tip.height() > height {
        (at.top() - GAP - tip.height()).max(GAP)
    } else {
        below
    };
    let style = format!("left:{left}px;top:{top}px");
    // Not known to fail; the popover would merely be centred.
    let _ = popover.set_attribute("style", &style);
}

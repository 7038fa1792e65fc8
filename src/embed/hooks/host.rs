//! Messages between a figure and its host page.
//!
//! Only the parent window is listened to, and only the origin that said hello is answered; before that, only
//! public messages are sent. What messages mean is up to [`message`](crate::embed::state::message).

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::prelude::*;

use crate::embed::state::message::{Outgoing, Request};

/// Any origin: for public messages, and for hosts with an opaque origin (a file, a sandboxed frame), which
/// cannot be named otherwise.
const ANYONE: &str = "*";

/// The host of a figure. Clones share one.
#[derive(Clone)]
pub struct Host(Rc<Inside>);

struct Inside {
    /// The parent window; `None` if the figure is not in a frame.
    window: Option<Window>,
    /// The origin that said hello.
    origin: RefCell<Option<String>>,
}

impl PartialEq for Host {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Host {
    fn of_page() -> Host {
        let own = web_sys::window();
        let parent = own.as_ref().and_then(|window| window.parent().ok().flatten());
        Host(Rc::new(Inside {
            window: parent.filter(|parent| own.as_ref() != Some(parent)),
            origin: RefCell::default(),
        }))
    }

    /// Sends a message; before the hello, only if it is public.
    pub fn tell(&self, message: &Outgoing) {
        let origin = self.0.origin.borrow();
        let to = match origin.as_deref() {
            None if !message.is_public() => return,
            None | Some("null") => ANYONE,
            Some(origin) => origin,
        };
        let (Some(window), Ok(message)) = (&self.0.window, JSON::parse(&message.write())) else {
            return;
        };
        // A host that is gone hears nothing, which is fine.
        let _ = window.post_message(&message, to);
    }

    /// The request in this event, if it comes from the host.
    fn heard(&self, event: &MessageEvent) -> Option<Result<Request, String>> {
        let window = self.0.window.as_ref()?;
        let source = event.source()?;
        let from_host = Object::is(source.as_ref(), window.as_ref());
        let text = text_of(&event.data()).filter(|_| from_host)?;
        let request = Request::read(&text).transpose()?;
        if request == Ok(Request::Hello) {
            self.0.origin.replace(Some(event.origin()));
        }
        let greeted = self.0.origin.borrow();
        (greeted.as_deref() == Some(&*event.origin())).then_some(request)
    }
}

/// A message as JSON, if it may be one of ours: other scripts post messages too.
fn text_of(data: &JsValue) -> Option<String> {
    let is_ours = data.is_object() && Reflect::has(data, &"ackground".into()).unwrap_or(false);
    if !is_ours {
        return None;
    }
    // What cannot be written as JSON (cycles, big integers) is not ours.
    JSON::stringify(data).ok()?.as_string()
}

/// The host, for as long as the figure is mounted.
#[hook]
pub fn use_host() -> Host {
    (*use_memo((), |()| Host::of_page())).clone()
}

/// Listens to requests; errors are answered with a sentence. Returns the number of hellos so far, since each
/// is answered with the full state.
#[hook]
pub fn use_requests(host: &Host, on_request: &Callback<Request>) -> u32 {
    let greetings = use_state_eq(|| 0u32);
    let count = use_mut_ref(|| 0u32);
    use_effect_with((host.clone(), on_request.clone()), {
        let greetings = greetings.setter();
        move |(host, on_request)| {
            let (host, on_request) = (host.clone(), on_request.clone());
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "message", move |event| {
                    let Some(event) = event.dyn_ref::<MessageEvent>() else {
                        return;
                    };
                    match host.heard(event) {
                        None => {}
                        Some(Err(message)) => host.tell(&Outgoing::Error { message }),
                        Some(Ok(request)) => {
                            if request == Request::Hello {
                                *count.borrow_mut() += 1;
                                greetings.set(*count.borrow());
                            }
                            on_request.emit(request);
                        }
                    }
                })
            });
            move || drop(listener)
        }
    });
    *greetings
}

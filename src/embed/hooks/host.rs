//! The page that a figure is embedded in: hearing what it asks for, telling it what happens.
//!
//! Only the window that holds the figure is listened to, and only the origin that it greeted from is answered;
//! before that only what is no secret is said. What messages mean is not known here
//! ([`message`](crate::embed::state::message)).

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::prelude::*;

use crate::embed::state::message::{Outgoing, Request};

/// Anyone: for what is no secret, and for hosts without an origin of their own (a file, a sandboxed frame), of
/// which there is no other name.
const ANYONE: &str = "*";

/// The host of a figure. Clones are the same host.
#[derive(Clone)]
pub struct Host(Rc<Inside>);

struct Inside {
    /// The window that holds the figure; none where the figure stands alone.
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

    /// Tells the host something; nothing that is not public before it has said hello.
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
        // A host that has gone away hears nothing, which is as well.
        let _ = window.post_message(&message, to);
    }

    /// What the host asks for in this event, if it is the host's.
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

/// A message as JSON, if it may be one of ours: other scripts have messages of their own.
fn text_of(data: &JsValue) -> Option<String> {
    let is_ours = data.is_object() && Reflect::has(data, &"ackground".into()).unwrap_or(false);
    if !is_ours {
        return None;
    }
    // What has no JSON (a cycle, a great number) is none of ours.
    JSON::stringify(data).ok()?.as_string()
}

/// The host, as long as the figure is there.
#[hook]
pub fn use_host() -> Host {
    (*use_memo((), |()| Host::of_page())).clone()
}

/// Hears what the host asks for; what is wrong is answered with a sentence. Gives how often it has said hello:
/// who greets again is told everything again.
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

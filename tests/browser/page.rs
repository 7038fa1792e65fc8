//! A page of its own for each test, and the hands of a person on it.

use std::time::Duration;

use ackground::app::{App, AppProps};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement};
use web_sys::{KeyboardEvent, KeyboardEventInit};
use yew::AppHandle;
use yew::platform::time::sleep;

/// The application in an element of its own; gone when dropped.
pub struct Page {
    root: Element,
    app: Option<AppHandle<App>>,
}

impl Page {
    /// The page as the address with this fragment shows it, without touching the address.
    pub async fn open(fragment: &'static str) -> Page {
        Page::with(AppProps { fragment: Some(fragment.into()), unproven: true }).await
    }

    /// The same, and its lanes are proven, on the thread of the page.
    pub async fn open_proving(fragment: &'static str) -> Page {
        Page::with(AppProps { fragment: Some(fragment.into()), unproven: false }).await
    }

    /// The page with the address of the test itself.
    pub async fn with_address() -> Page {
        Page::with(AppProps { fragment: None, unproven: true }).await
    }

    async fn with(props: AppProps) -> Page {
        let document = web_sys::window().and_then(|window| window.document()).expect("a browser");
        let root = document.create_element("div").expect("a div");
        document.body().expect("a body").append_child(&root).expect("room for it");
        let app = yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
        let page = Page { root, app: Some(app) };
        settle().await;
        for folded in ["[data-test=change-faults]", "[data-test=every-message] > summary"] {
            if page.has(folded) {
                page.click_on(page.find(folded)).await;
                settle().await;
            }
        }
        page
    }

    /// Changes a setting of a lane, counted from 0, in the sheet of settings.
    pub async fn set(&self, lane: usize, path: &str, word: &str) {
        self.click(&format!("settings-{}", lane + 1)).await;
        self.choose(&format!("all-lanes[{lane}].{path}"), word).await;
        self.click("all-settings-close").await;
    }

    /// The value of a setting of a lane, counted from 0, as the sheet of settings shows it.
    pub async fn setting(&self, lane: usize, path: &str) -> String {
        self.click(&format!("settings-{}", lane + 1)).await;
        let value = self.value(&format!("all-lanes[{lane}].{path}"));
        self.click("all-settings-close").await;
        value
    }

    /// The name of a lane, counted from 0.
    pub fn name(&self, lane: usize) -> String {
        self.all("[data-test=lane]")[lane].get_attribute("aria-label").unwrap_or_default()
    }

    /// The first element that a selector finds.
    pub fn find(&self, css: &str) -> Element {
        let found = self.root.query_selector(css).expect("a selector");
        found.unwrap_or_else(|| panic!("nothing is {css}"))
    }

    /// All elements that a selector finds.
    pub fn all(&self, css: &str) -> Vec<Element> {
        let list = self.root.query_selector_all(css).expect("a selector");
        (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
    }

    /// Whether a selector finds anything.
    pub fn has(&self, css: &str) -> bool {
        !self.all(css).is_empty()
    }

    /// The text of each element that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let text = |element: Element| element.text_content().unwrap_or_default().trim().to_owned();
        self.all(css).into_iter().map(text).collect()
    }

    /// The element with this `data-test`.
    pub fn test(&self, name: &str) -> Element {
        self.find(&format!("[data-test=\"{name}\"]"))
    }

    /// Presses the element with this `data-test`.
    pub async fn click(&self, name: &str) {
        self.click_on(self.test(name)).await;
    }

    /// Presses an element.
    pub async fn click_on(&self, element: Element) {
        element.unchecked_into::<HtmlElement>().click();
        settle().await;
    }

    /// Types a text over what stands in the field with this `data-test`, and leaves the field.
    pub async fn write(&self, name: &str, text: &str) {
        self.type_into(self.test(name), text).await;
    }

    /// Types a text over what stands in a field, and leaves the field.
    pub async fn type_into(&self, field: Element, text: &str) {
        let field: HtmlInputElement = field.unchecked_into();
        field.focus().expect("a field takes the focus");
        field.set_value(text);
        fire(&field, "input");
        settle().await;
        field.blur().expect("a field gives the focus away");
        settle().await;
    }

    /// Chooses a word in the select with this `data-test`.
    pub async fn choose(&self, name: &str, word: &str) {
        let select: HtmlSelectElement = self.test(name).unchecked_into();
        select.set_value(word);
        fire(&select, "change");
        settle().await;
    }

    /// What stands in the field or select with this `data-test`.
    pub fn value(&self, name: &str) -> String {
        let element = self.test(name);
        match element.dyn_into::<HtmlSelectElement>() {
            Ok(select) => select.value(),
            Err(field) => field.unchecked_into::<HtmlInputElement>().value(),
        }
    }

    /// An attribute of the element with this `data-test`; empty if it has none.
    pub fn value_of(&self, name: &str, attribute: &str) -> String {
        self.test(name).get_attribute(attribute).unwrap_or_default()
    }

    /// Presses a key with the focus on nothing in particular.
    pub async fn key(&self, key: &str) {
        let options = KeyboardEventInit::new();
        options.set_key(key);
        options.set_bubbles(true);
        options.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options);
        let event = event.expect("a key event");
        self.root.dispatch_event(&event).expect("an event can be sent");
        settle().await;
    }

    /// The balance of every lane.
    pub fn balances(&self) -> Vec<String> {
        self.texts(".ledger .actual")
    }

    /// The time that the play bar shows.
    pub fn clock(&self) -> String {
        self.texts(".playbar output").concat().split(" of ").next().unwrap_or_default().to_owned()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

fn fire(target: &Element, kind: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    let event = Event::new_with_event_init_dict(kind, &options).expect("an event");
    target.dispatch_event(&event).expect("an event can be sent");
}

/// Until everything that follows at once has followed: the page is given time, and on a busy machine more of
/// it, until its thread was free three times in a row.
pub async fn settle() {
    wait(100).await;
    let mut free = 0;
    for _ in 0..100 {
        let began = js_sys::Date::now();
        wait(10).await;
        let on_time = js_sys::Date::now() - began < 30.0;
        free = if on_time { free + 1 } else { 0 };
        if free == 3 {
            return;
        }
    }
}

/// So many milliseconds.
pub async fn wait(ms: u64) {
    sleep(Duration::from_millis(ms)).await;
}

//! The switch between the two pictures of a run, and the flow picture at the playhead.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::Page;

/// Steps to the next event.
async fn step(page: &Page) {
    page.key("ArrowRight").await;
}

#[wasm_bindgen_test]
async fn a_switch_and_a_key_change_the_picture_and_the_run_stays() {
    let page = Page::open("").await;
    let (clock, balances) = (page.clock(), page.balances());
    assert!(page.has(".diagram") && !page.has("[data-test=flow]"));
    page.choose("picture", "flow").await;
    assert_eq!(page.all("[data-test=flow]").len(), 3);
    assert!(!page.has(".lane .diagram"));
    assert_eq!((page.clock(), page.balances()), (clock, balances));
    page.key("f").await;
    assert!(page.has(".diagram") && !page.has("[data-test=flow]"));
}

#[wasm_bindgen_test]
async fn the_address_opens_the_flow_picture() {
    let page = Page::open("picture=flow").await;
    assert!(!page.has("[data-test=notice]"));
    assert_eq!(page.value("picture"), "flow");
    assert!(page.value_of("flow-says", "aria-label").contains("20,000 EUR"));
    assert_eq!(page.texts(".store .sum"), ["20,000", "40,000", "30,000"]);
    assert_eq!(page.texts("#lane-1 .ground li"), ["2"], "lost, and never sent again");
    assert!(page.texts("#lane-3 .store").concat().contains("IDs in the table"));
}

#[wasm_bindgen_test]
async fn an_envelope_is_on_the_wire_when_its_message_is_sent() {
    let page = Page::open("picture=flow").await;
    page.key("Home").await;
    for _ in 0..12 {
        if page.has("#lane-2 .envelope.there .message") {
            break;
        }
        step(&page).await;
    }
    assert_eq!(page.texts("#lane-2 .envelope.there"), ["1"]);
    let clock = page.clock();
    let envelope: HtmlElement = page.find("#lane-2 .envelope.there").unchecked_into();
    envelope.click();
    crate::page::settle().await;
    assert_ne!(page.clock(), clock, "a click leads to where it arrives");
    assert!(!page.has("#lane-2 .envelope.there"), "and there it is not on the wire any more");
}

#[wasm_bindgen_test]
async fn a_thousand_messages_are_a_few_elements() {
    let page = Page::open("picture=flow").await;
    let elements = |page: &Page| page.all("[data-test=flow] *").len();
    let few = elements(&page);
    page.click("more-faults").await;
    page.write("messages", "1000").await;
    assert!(elements(&page) < 3 * few, "{} after {few}", elements(&page));
}

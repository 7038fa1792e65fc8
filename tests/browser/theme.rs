//! Light, dark, and as the system has it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

fn shown() -> Option<String> {
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser");
    document.document_element().expect("a root").get_attribute("data-theme")
}

#[wasm_bindgen_test]
async fn goes_round_and_is_remembered() {
    let page = Page::open("").await;
    assert_eq!(shown(), None, "as the system has it");
    page.click("theme").await;
    let other = shown().expect("the other one comes first");
    drop(page);

    let page = Page::open("").await;
    assert_eq!(shown(), Some(other.clone()), "it is remembered");
    page.click("theme").await;
    assert!(shown().is_some_and(|theme| theme != other));
    page.click("theme").await;
    assert_eq!(shown(), None);
}

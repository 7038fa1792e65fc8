//! Play, step, scrub, and the keys for them.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, settle, wait};

#[wasm_bindgen_test]
async fn begins_at_the_start_moves_and_pauses() {
    let page = Page::open("").await;
    let end = page.clock();
    page.click_on(page.find("[aria-label=Play]")).await;
    // A busy machine may draw its first frame late.
    for _ in 0..100 {
        if page.clock() != end && page.clock() != "0.00 s" {
            break;
        }
        wait(50).await;
    }
    page.click_on(page.find("[aria-label=Pause]")).await;
    let paused = page.clock();
    assert_ne!(paused, end);
    assert_ne!(paused, "0.00 s", "frames have passed");
    wait(150).await;
    assert_eq!(page.clock(), paused, "it stands still");
}

#[wasm_bindgen_test]
async fn the_balance_is_that_of_the_moment() {
    let page = Page::open("").await;
    page.key("Home").await;
    assert_eq!(page.balances(), ["0", "0", "0"]);
    page.key("End").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000"]);
}

#[wasm_bindgen_test]
async fn keys_step_and_jump() {
    let page = Page::open("").await;
    let end = page.clock();
    page.key("Home").await;
    assert_eq!(page.clock(), "0.00 s");
    page.key("ArrowRight").await;
    let first = page.clock();
    assert_ne!(first, "0.00 s");
    page.key("ArrowRight").await;
    page.key("ArrowLeft").await;
    assert_eq!(page.clock(), first);
    page.key("End").await;
    assert_eq!(page.clock(), end);
}

#[wasm_bindgen_test]
async fn a_digit_takes_the_focus_to_its_lane() {
    let page = Page::open("").await;
    page.key("2").await;
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser");
    assert_eq!(document.active_element().map(|element| element.id()).as_deref(), Some("lane-2"));
}

#[wasm_bindgen_test]
async fn a_question_mark_lists_the_keys() {
    let page = Page::open("").await;
    page.key("?").await;
    assert!(page.has("dialog[open]"));
    page.click_on(page.find("dialog button")).await;
    settle().await;
    assert!(!page.has("dialog[open]"));
    page.key("?").await;
    assert!(page.has("dialog[open]"), "and once more");
}

//! Why a message fared as it did: asked, followed, tried, closed; and the transcript.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, wait};

/// Until a selector finds something: the search goes on in slices.
async fn until(page: &Page, css: &str) {
    for _ in 0..100 {
        if page.has(css) {
            return;
        }
        wait(50).await;
    }
    panic!("nothing became {css}");
}

#[wasm_bindgen_test]
async fn a_result_is_explained_in_the_picture_and_in_words() {
    let page = Page::open("").await;
    page.click("ask-2-3").await;
    assert_eq!(page.texts(".why h3"), ["Why message 3 is credited twice"]);
    let causes = page.all(".causes li").len();
    assert!(causes >= 2);
    assert_eq!(page.all("#lane-2 .trail .step-number").len(), causes);
    assert!(!page.has("#lane-1 .trail"), "the other lanes stay as they are");
    let end = page.clock();
    page.click("cause-1").await;
    assert_ne!(page.clock(), end, "the first cause has its moment");
    assert!(page.has(".why"), "it survives that");
    page.click("why-close-2").await;
    assert!(!page.has(".why") && !page.has(".trail"));
}

#[wasm_bindgen_test]
async fn escape_closes_and_gives_the_focus_back() {
    let page = Page::open("").await;
    let chip: HtmlElement = page.test("ask-1-2").unchecked_into();
    chip.focus().expect("a chip takes the focus");
    page.click("ask-1-2").await;
    assert_eq!(page.texts(".why h3"), ["Why message 2 is lost on the wire"]);
    page.key("Escape").await;
    assert!(!page.has(".why"));
    assert!(page.has("[data-test=ask-1-2]:focus"));
}

#[wasm_bindgen_test]
async fn a_remedy_is_tried_in_a_lane_beside() {
    let page = Page::open("").await;
    page.click("ask-2-3").await;
    until(&page, "[data-test=try-2-1]").await;
    page.click("try-2-1").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000", "30,000"]);
    assert_eq!(page.name(2), "At least once + atomic dedup");
    wait(500).await;
    let heard = page.texts("[data-test=heard]").concat();
    assert!(heard.contains("New lane: At least once + atomic dedup."), "{heard}");
}

#[wasm_bindgen_test]
async fn the_transcript_is_filtered_and_leads_to_its_moments() {
    let page = Page::open("").await;
    page.click_on(page.find("[data-test=transcript-2] summary")).await;
    let all = page.all(".told li").len();
    assert_eq!(page.all(".told li [aria-current]").len(), 1);
    page.click("told-faults-2").await;
    let faults = page.all(".told li").len();
    assert!(faults > 0 && faults < all, "{faults} of {all}");
    page.click("told-faults-2").await;
    page.write("told-words-2", "no such words at all").await;
    assert!(page.all(".told li").is_empty());
    page.write("told-words-2", "second time").await;
    page.click_on(page.find(".told li button")).await;
    assert!(page.clock().starts_with("3."), "{}", page.clock());
}

//! What is there without anybody having done anything.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn three_lanes_have_three_balances() {
    let page = Page::open("").await;
    assert_eq!(page.all("[data-test=lane]").len(), 3);
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000"]);
    assert_eq!(page.texts("[data-test=headline]"), ["Three people each send you 10,000"]);
    assert!(!page.has("[data-test=notice]"));
}

#[wasm_bindgen_test]
async fn each_lane_says_what_its_run_came_to() {
    let page = Page::open("").await;
    let said: Vec<String> = (1..=3)
        .map(|lane| page.texts(&format!("#lane-{lane} .head-balance small")).concat())
        .collect();
    assert!(said[0].contains("−10,000"), "{said:?}");
    assert!(said[1].contains("+10,000"), "{said:?}");
    assert!(said[2].contains("exact"), "{said:?}");
}

#[wasm_bindgen_test]
async fn every_control_has_a_name() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    for control in page.all("button, input, select, summary") {
        let labelled = control.has_attribute("aria-label")
            || control.closest("label").ok().flatten().is_some();
        let id = control.id();
        let pointed = !id.is_empty() && page.has(&format!("label[for=\"{id}\"]"));
        let text = control.text_content().unwrap_or_default();
        let named =
            labelled || pointed || (control.tag_name() != "SELECT" && !text.trim().is_empty());
        assert!(named, "no name: {}", control.outer_html());
    }
}

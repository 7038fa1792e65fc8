//! Lanes come, go and are renamed.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

fn names(page: &Page) -> Vec<String> {
    let lanes = page.all("[data-test=lane]").len();
    (0..lanes)
        .map(|lane| page.value(&format!("lanes[{lane}].name")))
        .collect()
}

#[wasm_bindgen_test]
async fn up_to_four_and_down_to_one() {
    let page = Page::open("").await;
    page.click("add-lane-effectively-once").await;
    assert_eq!(names(&page)[3], "Effectively once 2");
    assert!(!page.has("[data-test=add-lane]"), "four is the most");
    for _ in 0..3 {
        page.click("remove-1").await;
    }
    assert_eq!(names(&page), ["Effectively once 2"]);
    assert!(
        page.test("remove-1").has_attribute("disabled"),
        "one is the fewest"
    );
}

#[wasm_bindgen_test]
async fn a_duplicate_has_the_same_run_and_goes_its_own_way() {
    let page = Page::open("").await;
    page.click("duplicate-2").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "40,000", "30,000"]);
    page.choose("lanes[2].consumer.dedup", "atomic").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000", "30,000"]);
}

#[wasm_bindgen_test]
async fn a_preset_sets_everything() {
    let page = Page::open("").await;
    page.click("lane-menu-1-effectively-once").await;
    assert_eq!(page.balances()[0], "30,000");
    assert_eq!(page.value("lanes[0].consumer.dedup"), "atomic");
}

#[wasm_bindgen_test]
async fn a_name_is_typed_in_place() {
    let page = Page::open("").await;
    page.write("lanes[0].name", "Ours today").await;
    assert_eq!(names(&page)[0], "Ours today");
    assert_eq!(
        page.test("lane").get_attribute("aria-label").as_deref(),
        Some("Ours today")
    );
}

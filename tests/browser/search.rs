//! The search: what is found, and what opens.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn a_key_of_a_product_is_found_and_its_experiment_opens() {
    let page = Page::open("").await;
    page.key("/").await;
    assert!(page.has("dialog[open][data-test=search]"));
    assert!(page.all("[data-test=search-hit]").len() > 40, "there is a start");
    page.write("search-field", "auto.commit").await;
    assert_eq!(page.texts("[data-test=search-hit] .search-title")[0], "enable.auto.commit");
    assert_eq!(page.texts("[data-test=search-hit] .search-is")[0], "Kafka key");
    let chosen = page.find("[data-test=search-hit][aria-selected=true]");
    assert_eq!(page.value_of("search-field", "aria-activedescendant"), chosen.id());
    page.click_on(chosen).await;
    assert!(!page.has("[data-test=search]"));
    assert_eq!(page.name(0), "Commit after work");
}

#[wasm_bindgen_test]
async fn a_setting_is_unfolded_where_it_is() {
    let page = Page::open("").await;
    page.click("open-search").await;
    page.write("search-field", "the work takes").await;
    page.click_on(page.find("[data-test=search-hit]")).await;
    assert!(page.has("[data-test='all-lanes[0].consumer.processing_ms']"));
}

#[wasm_bindgen_test]
async fn what_is_not_there_leads_on() {
    let page = Page::open("").await;
    page.key("/").await;
    page.write("search-field", "qqqqq").await;
    assert!(page.texts("[data-test=search-nothing]")[0].contains("qqqqq"));
    assert_eq!(page.all("[data-test=search-hit]").len(), 3);
    page.click_on(page.find("[data-test=search-hit]")).await;
    assert!(page.has("dialog[open][data-test=guide]"));
}

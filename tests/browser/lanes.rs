//! Lanes come, go and are renamed.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

fn names(page: &Page) -> Vec<String> {
    let lanes = page.all("[data-test=lane]").len();
    (0..lanes).map(|lane| page.name(lane)).collect()
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
    assert!(page.test("remove-1").has_attribute("aria-disabled"), "one is the fewest");
}

#[wasm_bindgen_test]
async fn a_duplicate_has_the_same_run_and_goes_its_own_way() {
    let page = Page::open("").await;
    page.click("duplicate-2").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "40,000", "30,000"]);
    page.set(2, "consumer.dedup", "atomic").await;
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000", "30,000"]);
}

#[wasm_bindgen_test]
async fn a_preset_sets_everything() {
    let page = Page::open("").await;
    page.click("lane-menu-1-effectively-once").await;
    assert_eq!(page.balances()[0], "30,000");
    assert_eq!(page.setting(0, "consumer.dedup").await, "atomic");
}

#[wasm_bindgen_test]
async fn a_name_is_typed_in_place() {
    let page = Page::open("").await;
    page.click("rename-1").await;
    page.write("lanes[0].name", "Ours today").await;
    assert_eq!(names(&page)[0], "Ours today");
    assert_eq!(page.test("lane").get_attribute("aria-label").as_deref(), Some("Ours today"));
}

#[wasm_bindgen_test]
async fn a_setup_is_found_in_the_gallery_and_added() {
    let page = Page::open("").await;
    page.click("add-lane-more").await;
    assert!(page.has("dialog[open][data-test=gallery]"));
    assert_eq!(page.all(".setup").len(), 54);
    assert!(!page.has("[data-test=use-kafka-defaults]"), "no lane is meant");
    page.click("family-RabbitMQ").await;
    assert_eq!(page.texts("[data-test=gallery-count]"), ["4 setups"]);
    page.click("family-All").await;
    page.write("gallery-search", "rabbitmq recognises").await;
    assert_eq!(page.texts(".setup h4"), ["RabbitMQ: effectively once"]);
    page.click("add-rabbitmq-effectively-once").await;
    assert!(!page.has("[data-test=gallery]"));
    assert_eq!(names(&page)[3], "RabbitMQ: effectively once");
}

#[wasm_bindgen_test]
async fn a_source_opens_in_a_new_tab_that_knows_nothing_of_this_one() {
    let page = Page::open("").await;
    page.click("lane-menu-2-more").await;
    for link in page.all(".setup a") {
        assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
        let rel = link.get_attribute("rel").unwrap_or_default();
        assert!(rel.contains("noopener"), "{rel}");
    }
    page.click("use-sqs-fifo").await;
    assert_eq!(page.all("[data-test=lane]").len(), 3);
    assert_eq!(names(&page)[1], "SQS: FIFO queue");
}

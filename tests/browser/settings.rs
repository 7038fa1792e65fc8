//! Changing what is compared, and what is refused.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn a_tile_changes_the_picture_and_the_books_of_its_lane_alone() {
    let page = Page::open("").await;
    let books = |lane| page.texts(&format!("#messages-{lane} .outcomes"));
    let repeats = |lane| page.all(&format!("#lane-{lane} .picture .link.again")).len();
    let before = (books(1), books(3));
    assert!(repeats(2) > 0);
    page.set(1, "consumer.dedup", "atomic").await;
    assert_eq!(page.balances(), ["20,000", "30,000", "30,000"]);
    assert_eq!((books(1), books(3)), before);
    assert_eq!(repeats(2), 0);
}

#[wasm_bindgen_test]
async fn a_story_keeps_its_mishaps() {
    let page = Page::open("").await;
    page.choose("scenario", "order").await;
    assert_ne!(page.texts("[data-test=headline]"), ["Three people each send you 10,000"]);
    assert_eq!(page.balances(), ["2", "4", "3"]);
}

#[wasm_bindgen_test]
async fn the_sheet_has_all_settings_of_every_lane_and_answers_at_once() {
    let page = Page::open("").await;
    assert!(!page.has("[data-test=all-settings]"));
    page.click("settings-1").await;
    assert!(page.has("[data-test=all-settings]"));
    page.choose("all-lanes[0].producer.acks", "all").await;
    assert_eq!(page.value("all-lanes[0].producer.acks"), "all");
    page.write("all-lanes[0].producer.retries", "3").await;
    assert_eq!(page.balances()[0], "30,000");
    page.write("all-lanes[2].consumer.processing_ms", "40").await;
    let reason = page.texts("[id=\"lanes[2].consumer.processing_ms-reason\"]").concat();
    assert_eq!(reason, "40 what? Write 40 ms or 40 s.");
    page.write("all-lanes[2].consumer.processing_ms", "40 ms").await;
    assert_eq!(page.value("all-lanes[2].consumer.processing_ms"), "40 ms");
    page.write("all-faults.latency_ms", "6 s").await;
    assert_eq!(page.value("all-faults.latency_ms"), "6 s", "always");
}

#[wasm_bindgen_test]
async fn a_bad_value_stays_where_it_was_typed_with_the_reason() {
    let page = Page::open("").await;
    page.write("messages", "0").await;
    assert_eq!(page.value("messages"), "0");
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000"], "it did not reach the experiment");
    let reason = page.texts("[id=\"messages-reason\"]").concat();
    assert!(reason.contains("from 1 to 1000"), "{reason}");
    page.write("messages", "5").await;
    assert_eq!(page.texts("[id=\"messages-reason\"]"), [""]);
    assert_eq!(page.all("#messages-1 .outcomes li").len(), 5);
}

#[wasm_bindgen_test]
async fn a_script_line_is_added_refused_and_removed() {
    let page = Page::open("").await;
    assert_eq!(page.all("[data-test=script-line]").len(), 2);
    page.write("add-line", "dorp ack 1").await;
    page.click_on(page.find(".add-line button")).await;
    let reason = page.texts("#script-reason").concat();
    assert_eq!(reason, "Unknown fault “dorp”. Did you mean “drop ack 1”?");
    assert_eq!(page.value("add-line"), "dorp ack 1");
    page.click("meant").await;
    assert_eq!(
        page.texts("[data-test=script-line] code").last().map(String::as_str),
        Some("drop ack 1")
    );
    page.click_on(page.all("[data-test=script-line] .remove").pop().expect("three lines")).await;
    page.write("add-line", "drop publish 1").await;
    page.click_on(page.find(".add-line button")).await;
    assert_eq!(page.all("[data-test=script-line]").len(), 3);
    assert_eq!(page.value("add-line"), "");
    assert_eq!(page.balances()[0], "10,000");
    for _ in 0..3 {
        page.click_on(page.find("[data-test=script-line] .remove")).await;
    }
    assert_eq!(page.balances(), ["30,000", "30,000", "30,000"], "nothing goes wrong any more");
}

#[wasm_bindgen_test]
async fn a_share_that_is_typed_moves_its_slider() {
    let page = Page::open("").await;
    page.write("faults.loss.publish", "40").await;
    assert_eq!(page.value("faults.loss.publish"), "40 %");
    assert_eq!(page.value("faults.loss.publish-slider"), "40");
}

#[wasm_bindgen_test]
async fn a_script_line_is_changed_in_place() {
    let page = Page::open("").await;
    page.click_on(page.find("[data-test=script-line] .line-text")).await;
    page.type_into(page.find("[data-test=script-line] input[type=text]"), "drop publish 1").await;
    assert_eq!(page.texts("[data-test=script-line] code")[0], "drop publish 1");
    page.click_on(page.find("[data-test=script-line] .line-text")).await;
    page.type_into(page.find("[data-test=script-line] input[type=text]"), "drop it").await;
    let reason = page.texts("[data-test=script-line] .reason").concat();
    assert!(reason.contains("drop ack 1"), "{reason}");
    assert_eq!(page.balances()[0], "20,000");
}

#[wasm_bindgen_test]
async fn a_line_of_the_sheet_says_what_has_no_effect_and_the_search_finds_it() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    let interval = "[data-test=\"all-lanes[0].broker.flush_interval_ms\"]";
    assert!(page.has(interval));
    page.write("settings-search", "visibility").await;
    assert!(!page.has(interval));
    page.test("all-lanes[0].broker.redelivery_timeout_ms");
    page.write("settings-search", "flush").await;
    page.choose("all-lanes[0].broker.flush", "never").await;
    page.click("about-broker.flush_interval_ms").await;
    let idle = page.texts("[id=\"about-broker.flush_interval_ms\"] .setting-idle");
    let background = "it only matters when the disk is written in the background";
    assert!(idle.iter().any(|said| said.contains(background)), "{idle:?}");
    page.write("settings-search", "no such thing").await;
    page.test("settings-none");
}

#[wasm_bindgen_test]
async fn a_lane_goes_back_to_its_preset() {
    let page = Page::open("").await;
    page.click("settings-2").await;
    assert!(!page.has("[data-test=settings-reset-2]"));
    page.choose("all-lanes[1].consumer.dedup", "atomic").await;
    page.click("settings-reset-2").await;
    assert_eq!(page.value("all-lanes[1].consumer.dedup"), "none");
    assert!(!page.has("[data-test=settings-reset-2]"));
    page.click("all-settings-close").await;
    assert!(!page.has("[data-test=all-settings]"));
}

#[wasm_bindgen_test]
async fn a_choice_that_is_refused_says_why_and_was_never_made() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    let place = "all-lanes[1].producer.transactional";
    page.choose(place, "true").await;
    assert_eq!(page.value(place), "false");
    let reason = || page.texts("[id=\"lanes[1].producer.transactional-reason\"]").concat();
    assert!(reason().contains("numbered sends"), "{}", reason());
    page.choose("all-lanes[1].producer.idempotent", "true").await;
    assert_eq!(reason(), "");
    page.choose(place, "true").await;
    assert_eq!(page.value(place), "true");
}

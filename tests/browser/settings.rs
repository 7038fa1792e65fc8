//! Changing what is compared, and what is refused.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn a_tile_changes_the_picture_and_the_books_of_its_lane_alone() {
    let page = Page::open("").await;
    // Not its arrows: one that crosses from one block of the picture into the next is drawn in both,
    // and where the blocks begin depends on all lanes.
    let glyphs = |lane| page.all(&format!("#lane-{lane} .picture .glyph")).len();
    let repeats = |lane| page.all(&format!("#lane-{lane} .picture .link.again")).len();
    let before = (glyphs(1), glyphs(3));
    assert!(repeats(2) > 0);
    page.choose("lanes[1].consumer.dedup", "atomic").await;
    assert_eq!(page.balances(), ["20,000", "30,000", "30,000"]);
    assert_eq!((glyphs(1), glyphs(3)), before);
    assert_eq!(repeats(2), 0);
}

#[wasm_bindgen_test]
async fn a_story_keeps_its_mishaps() {
    let page = Page::open("").await;
    page.click("scenario-order").await;
    assert_ne!(page.texts("[data-test=headline]"), ["Three people each send you 10,000"]);
    assert_eq!(page.balances(), ["2", "4", "3"]);
}

#[wasm_bindgen_test]
async fn all_settings_open_in_every_lane_and_answer_at_once() {
    let page = Page::open("").await;
    assert!(!page.has("[data-test=settings-panel-1]"));
    page.click("settings-1").await;
    assert!(page.has("[data-test=settings-panel-1]") && page.has("[data-test=settings-panel-3]"));
    page.choose("all-lanes[0].producer.acks", "all").await;
    assert_eq!(page.value("lanes[0].producer.acks"), "all", "tile and panel are one");
    page.write("all-lanes[0].producer.retries", "3").await;
    assert_eq!(page.balances()[0], "30,000");
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
    assert_eq!(page.all("#lane-1 .ledger .outcomes li").len(), 5);
}

#[wasm_bindgen_test]
async fn a_script_line_is_added_refused_and_removed() {
    let page = Page::open("").await;
    assert_eq!(page.all("[data-test=script-line]").len(), 2);
    page.write("add-line", "dorp ack 1").await;
    page.click_on(page.find(".add-line button")).await;
    let reason = page.texts("#script-reason").concat();
    assert!(reason.contains("drop"), "{reason}");
    assert_eq!(page.value("add-line"), "dorp ack 1");
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
    assert!(reason.contains("it"), "{reason}");
    assert_eq!(page.balances()[0], "20,000");
}

#[wasm_bindgen_test]
async fn a_fold_opens_in_every_lane_and_says_what_has_no_effect() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    let interval = "all-lanes[0].broker.flush_interval_ms";
    assert!(!page.has(&format!("[data-test=\"{interval}\"]")));
    page.click("fold-2-Copies and disks").await;
    page.test(interval);
    assert_eq!(page.all("details.fold[open]").len(), 3);
    page.choose("all-lanes[0].broker.flush", "never").await;
    let idle = page.texts("[data-test=settings-panel-1] .setting.idle");
    let background = "only for what is written to disk in the background";
    assert!(idle.iter().any(|said| said.contains(background)), "{idle:?}");
}

#[wasm_bindgen_test]
async fn a_choice_that_is_refused_says_why_and_was_never_made() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    page.click("fold-1-Numbered sends and transactions").await;
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

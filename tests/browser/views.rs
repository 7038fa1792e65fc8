//! The views, the labels over the lanes, and the view of proofs. There is no built worker here: the page
//! does everything by itself.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, wait};

/// Waits until a text is there, for a while.
async fn wait_for(page: &Page, css: &str, text: &str) {
    for _ in 0..200 {
        if page.texts(css).iter().any(|found| found.contains(text)) {
            return;
        }
        wait(50).await;
    }
    panic!("{css} does not say {text}: {:?}", page.texts(css));
}

#[wasm_bindgen_test]
async fn keys_and_tabs_show_views() {
    let page = Page::open("").await;
    assert_eq!(page.texts("[aria-current=page]"), ["Watch"]);
    page.key("p").await;
    assert_eq!(page.texts("[aria-current=page]"), ["Prove"]);
    assert!(!page.has(".playbar") && !page.has("[data-test=lane]"));
    page.click("view-watch").await;
    assert!(page.has(".playbar"));
    page.key("m").await;
    assert!(page.has("[data-test=measure]"));
}

#[wasm_bindgen_test]
async fn a_label_is_there_before_it_is_known() {
    let page = Page::open_proving("").await;
    assert_eq!(page.all("[data-guarantee]").len(), 3);
    wait_for(&page, "[data-test=proof-2-no_loss]", "within 3 faults").await;
    page.click("proof-2-no_duplicates").await;
    assert!(page.texts("#proof-2-no_duplicates").concat().contains("drop publish-ack 1"));
}

#[wasm_bindgen_test]
async fn bounds_are_changed_and_lead_to_other_answers() {
    let page = Page::open_proving("view=prove&faults=1&messages=1").await;
    wait_for(&page, "[data-test=claim-3-no_loss]", "within 1 fault, outages of 1 s, stalls of 5 s")
        .await;
    page.click("kind-drop").await;
    wait_for(&page, "[data-test=claim-1-no_loss]", "fail 1").await;
    assert!(!page.has("[data-test='truth-1-drop publish 1']"));
    page.click("faults-less").await;
    wait_for(&page, "[data-test=claim-1-no_loss]", "within 0 faults").await;
    assert_eq!(page.value_of("faults-less", "aria-disabled"), "true");
}

#[wasm_bindgen_test]
async fn what_can_be_broken_is_a_button_that_shows_the_schedule() {
    let page = Page::open_proving("view=prove&faults=1&messages=1").await;
    wait_for(&page, "[data-test=claim-1-no_loss]", "drop publish 1").await;
    let button = "claim-1-no_loss-button";
    assert_eq!(page.value_of(button, "aria-expanded"), "true", "the first is unfolded");
    page.click(button).await;
    assert_eq!(page.value_of(button, "aria-expanded"), "false");
    assert!(!page.has("[data-test=watch-card-1-no_loss]"));
    page.click("claim-1-no_silent_loss-button").await;
    assert!(page.has("[data-test=watch-card-1-no_silent_loss]"));
}

#[wasm_bindgen_test]
async fn a_time_that_no_outage_outlasts_is_tried_at_a_press() {
    let page =
        Page::open_proving("payment/effectively-once+dedup-ttl=1m&view=prove&faults=1&messages=1")
            .await;
    wait_for(&page, "[data-test=untried-1-no_duplicates]", "Its IDs are kept for 1 min").await;
    page.click("try-outages-1").await;
    wait_for(&page, "[data-test=claim-1-no_duplicates]", "can duplicate").await;
    assert!(!page.has("[data-test=untried-1-no_duplicates]"));
}

#[wasm_bindgen_test]
async fn the_table_has_heads_for_rows_and_columns() {
    let page = Page::open("view=prove&faults=0").await;
    assert_eq!(page.all(".truth thead th[scope=col]").len(), 4);
    let rows = page.all(".truth tbody tr:not(.stage):not(.calm)").len();
    assert_eq!(page.all(".truth tbody tr:not(.stage):not(.calm) > th[scope=row]").len(), rows);
    page.click("truth-differing").await;
    let fewer = page.all(".truth tbody tr:not(.stage):not(.calm)").len();
    assert!(fewer > 0 && fewer < rows, "{fewer} of {rows}");
}

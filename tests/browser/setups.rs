//! A lane in its system, two lanes compared, a configuration pasted.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

use crate::page::{Page, settle};

#[wasm_bindgen_test]
async fn a_lane_is_shown_in_its_own_product_and_in_any_other() {
    let page = Page::open("").await;
    page.click("system-2").await;
    assert!(page.has("dialog[open][data-test=system]"));
    let file = "[data-test='snippet-producer.properties']";
    assert!(page.texts(file)[0].contains("acks=all"));
    page.click("system-Amazon SQS").await;
    assert!(!page.has(file));
    assert!(page.texts("[data-test='snippet-attributes.json']")[0].contains("VisibilityTimeout"));
    let cannot = page.texts("[data-test=cannot]");
    assert!(cannot[0].contains("SQS is a queue"), "{cannot:?}");
    page.click("system-close").await;
    assert!(!page.has("[data-test=system]"));
}

#[wasm_bindgen_test]
async fn a_pasted_configuration_is_looked_at_before_it_is_used() {
    let page = Page::open("").await;
    page.click("system-2").await;
    let field: HtmlTextAreaElement = page.test("paste-text").unchecked_into();
    field.set_value("acks=0\nretries=2\nlinger.ms=5\nakcs=1");
    let event = web_sys::Event::new_with_event_init_dict("input", &bubbling()).expect("an event");
    field.dispatch_event(&event).expect("it is heard");
    settle().await;
    let said = page.texts("[data-test=paste-summary]");
    assert_eq!(said, ["2 lines taken; 1 not known; 2 without effect."]);
    assert!(page.texts("[data-test=paste-unknown] code").contains(&"akcs".to_owned()));
    assert!(page.has("[data-test=system]"), "nothing yet");
    page.click("paste-use").await;
    assert!(!page.has("[data-test=system]"));
    assert_eq!(page.setting(1, "producer.acks").await, "none");
}

fn bubbling() -> web_sys::EventInit {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    init
}

#[wasm_bindgen_test]
async fn two_lanes_are_made_the_same_row_by_row() {
    let page = Page::open("").await;
    page.click("compare-1").await;
    assert_eq!(page.texts("[data-test=differences]").len(), 1);
    let rows = page.all("tr.differs").len();
    assert!(rows > 0);
    assert_eq!(page.all(".compare-body [data-test^=row-]").len(), rows, "only what differs");
    page.click("only-differences").await;
    assert!(page.all(".compare-body [data-test^=row-]").len() > rows);
    page.click("same-←-producer.acks").await;
    // Two lanes run anew, which takes a debug build its time.
    for _ in 0..20 {
        if page.all("tr.differs").len() < rows {
            break;
        }
        settle().await;
    }
    assert_eq!(page.all("tr.differs").len(), rows - 1);
    assert!(page.has("dialog[open][data-test=compare]"), "it stays open");
    assert_eq!(page.setting(0, "producer.acks").await, "all");
}

#[wasm_bindgen_test]
async fn a_search_without_a_match_says_so_and_leads_back() {
    let page = Page::open("").await;
    page.click("lane-menu-1-more").await;
    page.write("gallery-search", "no such thing").await;
    assert!(page.texts("[data-test=gallery-nothing] p")[0].contains("no such thing"));
    page.click_on(page.find("[data-test=gallery-nothing] button")).await;
    assert!(page.all(".setup").len() > 50);
    page.click("compare-with-kafka-defaults").await;
    assert!(page.has("dialog[open][data-test=compare]"));
    assert_eq!(page.all("[data-test=lane]").len(), 4);
}

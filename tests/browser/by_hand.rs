//! A run is broken by hand, and mended by undo.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, PointerEvent, PointerEventInit};

use crate::page::{Page, settle};

/// Clicks the middle of the first shape that a selector finds.
async fn pick(page: &Page, css: &str) {
    let shape: Element = page.find(css);
    let place = shape.get_bounding_client_rect();
    for kind in ["pointerdown", "pointerup"] {
        let options = PointerEventInit::new();
        options.set_bubbles(true);
        options.set_client_x((place.left() + place.width() / 2.0) as i32);
        options.set_client_y((place.top() + place.height() / 2.0) as i32);
        let event = PointerEvent::new_with_event_init_dict(kind, &options).expect("an event");
        shape.dispatch_event(&event).expect("an event can be sent");
    }
    settle().await;
}

fn lines(page: &Page) -> Vec<String> {
    page.texts("[data-test=script-line] code")
}

#[wasm_bindgen_test]
async fn a_packet_is_lost_by_a_click_and_undo_brings_it_back() {
    let page = Page::open("").await;
    let before = lines(&page);
    pick(&page, "#lane-2 line.arrow.m1").await;
    let acts = page.texts("[data-test=act] code");
    assert_eq!(acts[0], "drop publish 1");
    page.click_on(page.all("[data-test=act]")[0].clone()).await;
    assert!(!page.has("[data-test=inspector]"), "done is done");
    assert_eq!(lines(&page).last().map(String::as_str), Some("drop publish 1"));
    assert!(page.value_of("undo", "aria-label").ends_with("drop publish 1"));
    page.click("undo").await;
    assert_eq!(lines(&page), before);
    page.click("redo").await;
    assert_eq!(lines(&page).len(), before.len() + 1);
    assert!(page.value_of("redo", "aria-disabled") == "true");
}

#[wasm_bindgen_test]
async fn a_line_is_switched_off_and_on_and_moved() {
    let page = Page::open("").await;
    let (before, balances) = (lines(&page), page.balances());
    page.click("line-switch").await;
    assert_ne!(page.balances(), balances, "nothing is lost any more");
    assert_eq!(lines(&page), before, "the line stays");
    page.click("line-switch").await;
    assert_eq!(page.balances(), balances);
    page.click_on(page.find(".line:first-child .later")).await;
    assert_eq!(lines(&page), [before[1].clone(), before[0].clone()]);
}

#[wasm_bindgen_test]
async fn removing_a_lane_leaves_the_focus_with_its_neighbour() {
    let page = Page::open("").await;
    page.test("lane-menu-3").unchecked_into::<HtmlElement>().focus().expect("focus");
    page.click("remove-3").await;
    let document = page.test("lane-menu-2").owner_document().expect("a document");
    let focus = document.active_element().and_then(|at| at.get_attribute("data-test"));
    assert_eq!(focus.as_deref(), Some("lane-menu-2"));
}

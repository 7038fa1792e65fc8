//! The address holds the experiment.

use ackground::state::address;
use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::Label;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{History, Window};

use crate::page::{Page, wait};

fn window() -> Window {
    web_sys::window().expect("a browser")
}

fn history() -> History {
    window().history().expect("a history")
}

fn fragment() -> String {
    window().location().hash().expect("an address").trim_start_matches('#').to_owned()
}

/// The address with another fragment, as a link that was followed.
fn go_to(fragment: &str) {
    let link = format!("#{fragment}");
    history().push_state_with_url(&JsValue::NULL, "", Some(&link)).expect("a push");
}

#[wasm_bindgen_test]
async fn follows_every_act_and_goes_back() {
    go_to("");
    let page = Page::with_address().await;
    let entries = history().length().expect("a history");
    page.set(1, "consumer.dedup", "atomic").await;
    let shown = Experiment::from_link(&fragment()).expect("a link").expect("an experiment");
    assert_eq!(shown.lanes[1].consumer.dedup.word(), "atomic");
    assert_eq!(history().length(), Ok(entries + 1));

    history().back().expect("a way back");
    wait(150).await;
    assert_eq!(fragment(), "", "the first example has a bare address");
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000"]);
    history().forward().expect("a way forward");
    wait(150).await;
    assert_eq!(page.balances(), ["20,000", "30,000", "30,000"]);
    drop(page);
    go_to("");
}

#[wasm_bindgen_test]
async fn has_one_entry_for_a_text_that_is_typed() {
    go_to("");
    let page = Page::with_address().await;
    let entries = history().length().expect("a history");
    page.click("rename-1").await;
    page.write("lanes[0].name", "One").await;
    assert_eq!(history().length(), Ok(entries + 1));
    let shown = Experiment::from_link(&fragment()).expect("a link").expect("an experiment");
    assert_eq!(&*shown.lanes[0].name, "One");
    drop(page);
    go_to("");
}

#[wasm_bindgen_test]
async fn round_trips_through_a_reload() {
    let mut experiment = Experiment::default();
    experiment.lanes.remove(0);
    go_to(&address::fragment(&experiment));
    let page = Page::with_address().await;
    assert_eq!(page.balances(), ["40,000", "30,000"]);
    drop(page);
    go_to("");
}

/// What a browser gives back of a fragment is what was put there, character by character.
#[wasm_bindgen_test]
fn carries_every_link_that_was_given_out_unchanged() {
    let links = include_str!("../golden/links.txt").lines();
    let links = links.filter(|line| line.contains('/') && !line.starts_with(['#', '{', ' ']));
    for link in links {
        go_to(link);
        assert_eq!(fragment(), link);
    }
    let title =
        Label::cut("*_`~ \"<\u{fc}|\u{20ac}>\" (a) [b] {c} ^ \\ 'd' %41 #&=+,/?!:;@$ \u{1f600}");
    let link = Experiment { title, ..Experiment::default() }.to_link();
    go_to(&link);
    assert_eq!(fragment(), link);
    go_to("");
}

#[wasm_bindgen_test]
async fn that_is_broken_says_so_and_is_kept() {
    go_to("v1.broken");
    let page = Page::with_address().await;
    assert_eq!(page.balances(), ["20,000", "40,000", "30,000"]);
    assert_eq!(fragment(), "v1.broken");
    assert_eq!(page.texts("[data-test=broken-link]"), ["#v1.broken"]);
    page.click("start-over").await;
    assert!(!page.has("[data-test=notice]"));
    assert_eq!(fragment(), "");
    drop(page);
    go_to("");
}

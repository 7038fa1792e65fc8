//! The guide asks, ends and opens a lane; terms explain themselves and lead to the glossary.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, wait};

/// Answers the question that is shown.
async fn answer(page: &Page, number: usize) {
    page.click(&format!("guide-answer-{number}")).await;
    page.click("guide-next").await;
}

#[wasm_bindgen_test]
async fn answers_lead_to_a_setup_that_is_opened_beside_the_others() {
    let page = Page::open("").await;
    page.click("open-guide").await;
    assert_eq!(page.texts("[data-test=guide-progress]"), ["Question 1 of 3 to 7"]);
    assert!(page.test("guide-next").has_attribute("disabled"), "nothing is chosen");
    for number in [4, 2, 2, 2, 2, 4] {
        answer(&page, number).await;
    }
    assert!(page.has("[data-test=guide-ending]"));
    assert_eq!(page.all(".guide-path li").len(), 6);
    page.click("guide-beside").await;
    assert!(!page.has("[data-test=guide]"));
    assert_eq!(page.name(3), "Recommended");
    assert_eq!(page.setting(3, "consumer.dedup").await, "atomic");
    assert_eq!(page.balances()[3], "30,000");
}

#[wasm_bindgen_test]
async fn an_earlier_answer_is_changed_and_the_later_ones_stay() {
    let page = Page::open("guide=dbbbbd").await;
    assert!(page.has("[data-test=guide-ending]"), "the address brings it");
    page.click("guide-change-2").await;
    assert!(page.has("[data-test=guide-answer-2]:checked"), "as it was answered");
    answer(&page, 1).await;
    assert!(page.has("[data-test=guide-ending]"), "what still fits stays");
    page.click("guide-change-2").await;
    answer(&page, 3).await;
    assert_eq!(page.all(".guide-path li").len(), 3, "a call knows no table of ids");
    page.click("guide-back").await;
    assert_eq!(page.texts("#guide-head"), ["What if it does that twice for one message?"]);
}

#[wasm_bindgen_test]
async fn alone_it_withstands_its_fault() {
    let page = Page::open("guide=dbbbbd").await;
    page.click("guide-alone").await;
    assert_eq!(page.balances(), ["30,000"]);
    assert_eq!(page.texts("[data-test=script-line]").len(), 1);
}

#[wasm_bindgen_test]
async fn a_term_explains_itself_and_leads_to_the_glossary() {
    let page = Page::open("").await;
    page.click("settings-1").await;
    page.click("about-producer.idempotent").await;
    let term = page.find(".setting-about .term");
    let id = term.get_attribute("data-term").unwrap_or_default();
    assert_eq!(term.get_attribute("aria-expanded").as_deref(), Some("false"));
    page.click_on(term.clone()).await;
    assert_eq!(term.get_attribute("aria-expanded").as_deref(), Some("true"));
    page.click("term-more").await;
    wait(200).await;
    assert!(!page.has("[data-test=term-tip]"));
    assert!(page.has(&format!("[data-test=words] #word-{id}")));
}

#[wasm_bindgen_test]
async fn the_glossary_is_searched_and_goes_from_word_to_word() {
    let page = Page::open("word=outbox").await;
    let all = page.all(".word").len();
    assert!(all > 45, "{all}");
    page.write("words-search", "visibility").await;
    let found = page.all(".word").len();
    assert!((1..all).contains(&found), "{found}");
    assert!(page.has("#word-visibility-timeout"));
    page.click_on(page.find("#word-visibility-timeout .word-related .link")).await;
    assert_eq!(page.all(".word").len(), all, "all are there to go to");
}

//! The Measure view: it begins by itself, says how far it is, and can be read by keys alone. There is
//! no worker here, so the page counts by itself; the built worker is tested end to end.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, wait};

/// Waits until something is there, for a while.
async fn wait_for(page: &Page, css: &str) {
    for _ in 0..150 {
        if page.has(css) {
            return;
        }
        wait(100).await;
    }
    panic!("{css} does not come");
}

#[wasm_bindgen_test]
async fn it_begins_by_itself_and_says_what_it_measured() {
    let page = Page::open("view=measure&messages=300").await;
    wait_for(&page, "[data-test=measure-done]").await;
    let done = page.texts("[data-test=measure-done]").concat();
    assert!(done.starts_with("300 messages in each lane: 100 runs of 3, seed 1"), "{done}");
    let lost = page.texts("[data-test=figure-lost] td").concat();
    // The first example drops the second of three messages in every run.
    assert!(lost.starts_with("33.3 %"), "{lost}");
    assert!(lost.contains("1 of 3 in every run") && !lost.contains(" to "), "{lost}");
    assert!(lost.contains("points in every run"), "{lost}");
    assert_eq!(page.all("[data-test=figures] thead th[scope=col]").len(), 3);
    let caution = page.texts("[data-test=measure-caution]").concat();
    assert!(caution.contains("two exact faults"), "{caution}");
}

#[wasm_bindgen_test]
async fn random_faults_are_measured_in_long_runs_and_a_surprise_is_explained() {
    let page = Page::open("payment/at-least-once/loss-ack=0.01&view=measure&messages=1000").await;
    wait_for(&page, "[data-test=measure-done]").await;
    let done = page.texts("[data-test=measure-done]").concat();
    assert!(done.starts_with("1,000 messages in each lane: 5 runs of 200"), "{done}");
    let longer = page.texts("[data-test=measure-longer]").concat();
    assert!(longer.starts_with("Your experiment has three messages"), "{longer}");
    let duplicated = page.texts("[data-test=figure-duplicated] td").concat();
    assert!(duplicated.contains("A later commit covers a lost one"), "{duplicated}");
}

#[wasm_bindgen_test]
async fn the_lane_to_compare_with_is_chosen() {
    let page = Page::open("view=measure&messages=300").await;
    wait_for(&page, "[data-test=measure-done]").await;
    page.choose("measure-against", "2").await;
    let cells = page.texts("[data-test=figure-lost] td");
    assert!(cells[0].contains("+33.3 points"), "{cells:?}");
    assert!(cells[1].contains("same in every message"), "{cells:?}");
    assert!(!cells[2].contains("noise"), "{cells:?}");
}

#[wasm_bindgen_test]
async fn many_messages_wait_to_be_asked_for_and_can_be_stopped() {
    let page = Page::open("view=measure&messages=1000000").await;
    assert_eq!(page.value("measure-messages"), "1000000");
    wait_for(&page, "[data-test=measure-all]").await;
    page.click("measure-all").await;
    wait_for(&page, "[data-test=measure-cancel]").await;
    page.click("measure-cancel").await;
    assert!(page.has("[data-test=measure-stopped]"));
    assert!(page.has("[data-test=measure-again]"));
}

#[wasm_bindgen_test]
async fn a_sweep_is_a_chart_and_a_table() {
    let page = Page::open("view=measure&messages=30&x=faults.loss.publish&y=lost").await;
    wait_for(&page, "[data-test=sweep-done]").await;
    assert_eq!(page.all("[data-test=chart] .curve").len(), 3);
    let rows = page.all("[data-test=sweep-values] tbody tr").len();
    assert_eq!(rows, 11);
    let chart: HtmlElement = page.test("chart").unchecked_into();
    let says = || chart.get_attribute("aria-valuetext").unwrap_or_default();
    assert!(says().starts_with("At most once. Publish lost 0 %: lost "), "{}", says());
    chart.focus().expect("it takes the focus");
    wait_for(&page, ".chart-tip").await;
    let tip = page.texts(".chart-tip").concat();
    assert!(tip.contains("Publish lost: 0 %") && tip.contains("Effectively once"), "{tip}");
}

#[wasm_bindgen_test]
async fn a_setting_is_swept_in_one_lane_or_in_all() {
    let page = Page::open("view=measure&messages=30&x=producer.retries&y=lost").await;
    assert_eq!(page.value("sweep-lane"), "producer.retries");
    page.choose("sweep-lane", "lanes[1].producer.retries").await;
    assert_eq!(page.value("sweep-x"), "producer.retries");
    let title = page.texts("[data-test=chart] .axis-title").concat();
    assert!(title.contains("At least once only"), "{title}");
    page.choose("sweep-x", "faults.loss.ack").await;
    assert!(!page.has("[data-test=sweep-lane]"), "faults are of all lanes");
}

#[wasm_bindgen_test]
async fn ready_made_charts_are_links_that_leave_the_experiment_alone() {
    let page = Page::open("view=measure&messages=30").await;
    let link = |pick: u8| {
        let link = page.test(&format!("pick-{pick}"));
        link.get_attribute("href").unwrap_or_default()
    };
    for pick in 1..=4 {
        assert!(link(pick).contains("view=measure"), "{}", link(pick));
    }
    assert!(link(2).contains("chart=retries"), "the script would be in every run: {}", link(2));
}

#[wasm_bindgen_test]
async fn a_chart_with_its_own_setup_says_so_and_can_be_taken_over() {
    let page = Page::open("view=measure&messages=30&chart=dedup-window").await;
    wait_for(&page, "[data-test=sweep-done]").await;
    let said = page.texts("[data-test=own-setup]").concat();
    assert!(said.contains("This chart has its own setup"), "{said}");
    assert_eq!(page.value("sweep-x"), "consumer.dedup_ttl_ms");
    let lanes = || page.texts("[data-test=figures] thead").concat();
    assert!(lanes().contains("At most once"), "{}", lanes());
    page.click("use-chart").await;
    assert!(!page.has("[data-test=own-setup]"));
    page.key("w").await;
    assert!(page.texts("[data-test=lane]").concat().contains("Redelivers after 1 s"));
}

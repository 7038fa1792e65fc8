//! The worker, which has to be where the page says it is, whatever path the site is under; and the
//! page where there can be none.

use ackground_e2e::{Done, Page, Value, json, test};

use super::{open, start};

/// Starts the worker that the page names, as the page does, and keeps what it says.
const START: &str = "
    const file = document.querySelector('meta[name=ackground-worker]').content;
    window.worker = new Worker(file, { type: 'module' });
    window.heard = [];
    window.worker.onmessage = event => window.heard.push(JSON.parse(event.data));";

/// Sends the worker something.
async fn send(page: &Page, request: Value) -> Done {
    let send = "window.worker.postMessage(JSON.stringify(arguments[0]))";
    page.script(send, vec![request]).await.map(drop)
}

/// Waits until the worker has said this: a value inside of what it said last.
async fn wait_said(page: &Page, pointer: &str, said: Value) -> Done {
    page.until(&format!("the worker says {said}"), async || {
        let last = page.script("return window.heard.at(-1) ?? null", vec![]).await?;
        Ok(last.pointer(pointer) == Some(&said))
    })
    .await
}

/// What can a lane of this preset do with so many faults and messages?
fn prove(id: u32, preset: &str, faults: u8, messages: u16) -> Value {
    let experiment = json!({ "version": 1, "lanes": [{ "preset": preset }] });
    let drop_crash_fail_slow = 0b101_1001;
    let bounds = json!({
        "faults": faults, "messages": messages, "kinds": drop_crash_fail_slow, "most_runs": 20_000_000,
        "most_events": 1_000_000_000,
    });
    let ask = json!({ "prove": { "experiment": experiment, "bounds": bounds } });
    json!({ "start": { "id": id, "ask": ask } })
}

#[test]
fn the_worker_that_the_page_names_proves() {
    test(async |page| {
        open(page).await?;
        page.script(START, vec![]).await?;
        wait_said(page, "", json!("hello")).await?;
        send(page, prove(1, "at-most-once", 2, 2)).await?;
        let guarantee = "/done/answer/prove/guarantee";
        wait_said(page, guarantee, json!("AtMostOnce")).await?;
        send(page, prove(2, "at-least-once", 2, 2)).await?;
        wait_said(page, guarantee, json!("AtLeastOnce")).await
    });
}

#[test]
fn the_worker_hears_of_a_cancellation_while_it_works() {
    test(async |page| {
        open(page).await?;
        page.script(START, vec![]).await?;
        wait_said(page, "", json!("hello")).await?;
        // This would take minutes.
        send(page, prove(1, "at-least-once", 8, 20)).await?;
        wait_said(page, "/progress/id", json!(1)).await?;
        send(page, json!({ "cancel": { "id": 1 } })).await?;
        send(page, prove(2, "at-most-once", 1, 1)).await?;
        wait_said(page, "/done/id", json!(2)).await
    });
}

#[test]
fn the_page_works_where_workers_are_forbidden() {
    test(async |page| {
        page.forbid_workers().await?;
        start(page).await
    });
}

#[test]
fn workers_measure_the_parts_of_a_measurement() {
    test(async |page| {
        open(page).await?;
        page.script(START, vec![]).await?;
        wait_said(page, "", json!("hello")).await?;
        let experiment = json!({ "version": 1, "lanes": [{ "preset": "at-most-once" }] });
        let runs = json!({ "start": 100, "end": 200 });
        let ask = json!({ "measure": { "experiment": experiment, "runs": runs } });
        send(page, json!({ "start": { "id": 1, "ask": ask } })).await?;
        wait_said(page, "/done/answer/measure/runs", json!(100)).await
    });
}

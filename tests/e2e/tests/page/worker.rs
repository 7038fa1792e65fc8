//! The worker, which has to be where the page says it is, whatever path the site is under.

use ackground_e2e::{json, test};

use super::open;

#[test]
fn the_worker_that_the_page_names_starts_and_says_hello() {
    test(async |page| {
        open(page).await?;
        page.script(
            "const file = document.querySelector('meta[name=ackground-worker]').content;
             window.worker = new Worker(file, { type: 'module' });
             window.worker.onmessage = event => { window.heard = event.data };",
            vec![],
        )
        .await?;
        page.until("the worker says hello", async || {
            Ok(page.script("return window.heard ?? null", vec![]).await? == json!("\"hello\""))
        })
        .await
    });
}

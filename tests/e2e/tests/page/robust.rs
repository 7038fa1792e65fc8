//! What a browser may refuse, and what may go wrong: each has a clear sentence, and the page is never
//! blank.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::sleep;

use ackground_e2e::{Done, Page, Scheme, json, test};

use super::{BALANCE, CLOCK, LANE, open, set_dedup, start, wait_texts};

/// Loads the page where it cannot start, and waits for the sentence that says so.
async fn says(page: &Page, css: &str, sentence: &str) -> Done {
    page.visit("#v1.abc").await?;
    page.wait_text(css, sentence).await?;
    page.wait_text("#app-fallback", "nothing is lost").await?;
    // What could not start says so on the console as well.
    page.console_errors().await.map(drop)
}

#[test]
fn a_browser_without_wasm_is_told_so() {
    test(async |page| {
        page.before_load("delete self.WebAssembly").await?;
        says(page, "#app-refused", "does not have WebAssembly").await
    });
}

#[test]
fn a_site_that_may_not_run_wasm_is_told_so() {
    test(async |page| {
        let refuse = "for (const start of ['instantiate', 'instantiateStreaming', 'compile', 'compileStreaming'])
            WebAssembly[start] = () => Promise.reject(new WebAssembly.CompileError('refused by the policy'));";
        page.before_load(refuse).await?;
        says(page, "#app-refused", "does not permit it here").await
    });
}

#[test]
fn a_part_that_does_not_arrive_is_missed() {
    test(async |page| {
        let cut = "self.fetch = () => Promise.reject(new TypeError('the line is cut'));";
        page.before_load(cut).await?;
        says(page, "#app-missing", "did not arrive").await
    });
}

#[test]
fn without_javascript_there_is_a_sentence() {
    test(async |page| {
        let off = |value: bool| json!({ "value": value });
        page.chromium("Emulation.setScriptExecutionDisabled", off(true)).await?;
        page.visit("").await?;
        page.wait_text("#app-fallback", "needs JavaScript").await?;
        page.chromium("Emulation.setScriptExecutionDisabled", off(false)).await.map(drop)
    });
}

#[test]
fn a_crash_says_so_and_a_reload_comes_back_to_the_same_experiment() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.script(
            "const error = new WebAssembly.RuntimeError('unreachable');
             dispatchEvent(new ErrorEvent('error', { error }))",
            vec![],
        )
        .await?;
        page.wait_text("#app-failed", "mistake of its own").await?;
        page.click("#app-failed .app-reload").await?;
        page.wait_gone("#app-failed").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.console_errors().await.map(drop)
    });
}

#[test]
fn the_theme_changes_where_nothing_can_be_stored() {
    test(async |page| {
        let forbid = "Object.defineProperty(self, 'localStorage', {
            get() { throw new DOMException('denied', 'SecurityError') } });";
        page.before_load(forbid).await?;
        page.colour_scheme(Scheme::Light).await?;
        open(page).await?;
        page.click("[data-test=theme]").await?;
        page.wait("[data-theme=dark]").await.map(drop)
    });
}

#[test]
fn the_theme_changes_where_the_store_is_full() {
    test(async |page| {
        let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";
        page.before_load(full).await?;
        page.colour_scheme(Scheme::Light).await?;
        open(page).await?;
        page.click("[data-test=theme]").await?;
        page.wait("[data-theme=dark]").await.map(drop)
    });
}

#[test]
fn the_chosen_theme_is_there_before_the_application() {
    test(async |page| {
        page.colour_scheme(Scheme::Light).await?;
        open(page).await?;
        page.click("[data-test=theme]").await?;
        page.wait("[data-theme=dark]").await?;
        let browser = "return document.querySelector('meta#theme-dark').media";
        assert_eq!(page.script(browser, vec![]).await?, json!("all"));
        // The application never comes, so it is not what colours the page.
        page.before_load("self.fetch = () => new Promise(() => {})").await?;
        page.visit("").await?;
        page.wait("html[data-theme=dark] #app-fallback").await.map(drop)
    });
}

#[test]
fn dialogs_can_be_read_where_they_cannot_be_modal() {
    test(async |page| {
        page.before_load("delete HTMLDialogElement.prototype.showModal").await?;
        open(page).await?;
        page.press("?").await?;
        page.wait("[data-test=keys-dialog]").await?;
        page.click("[data-test=keys-close]").await?;
        page.wait_gone("[data-test=keys-dialog]").await
    });
}

#[test]
fn hostile_and_huge_links_are_answered() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        let huge = "A".repeat(1_000_000);
        for fragment in [
            format!("#v1.{huge}"),
            format!("#view=prove&faults={huge}"),
            "#at=99999999999999999999999ms&view=watch".to_owned(),
            "#view=measure&messages=1e999&x=lanes[99].producer.retries".to_owned(),
            "#%00%ff\u{202e}<script>alert(1)</script>".to_owned(),
        ] {
            let start = fragment.chars().take(60).collect::<String>();
            page.open("").await?;
            // As following a link does: an address of this length cannot be typed.
            page.follow(&fragment).await?;
            page.wait("[data-test=notice]").await.map_err(|error| format!("{start}: {error}"))?;
            assert!(!page.scrolls_sideways().await?, "{start}");
            let notice = page.text("[data-test=notice]").await?;
            assert!(notice.len() < 2000, "{start}: {} bytes", notice.len());
        }
        Ok(())
    });
}

#[test]
fn a_reload_comes_back_to_the_moment() {
    test(async |page| {
        open(page).await?;
        let end = page.text(CLOCK).await?;
        for _ in 0..6 {
            page.press("ArrowLeft").await?;
        }
        let there = page.text(CLOCK).await?;
        assert_ne!(there, end);
        // The address follows once the playhead stands: on a busy machine also between two keys.
        let last = Cell::new(String::new());
        page.until("the address names the moment and stays", async || {
            let before = last.replace(page.fragment().await?);
            sleep(Duration::from_millis(500)).await;
            Ok(before.contains("at=") && page.fragment().await? == before)
        })
        .await?;
        let fragment = page.fragment().await?;
        page.reload().await?;
        page.wait_text(CLOCK, &there).await?;
        assert_eq!(page.fragment().await?, fragment);
        page.press("End").await?;
        page.until("the bare address", async || Ok(page.fragment().await?.is_empty())).await?;
        assert_eq!(page.count(LANE).await?, 3);
        Ok(())
    });
}

#[test]
fn moving_the_playhead_makes_no_history() {
    test(async |page| {
        start(page).await?;
        let length = "return history.length";
        let before = page.script(length, vec![]).await?;
        for _ in 0..4 {
            page.press("ArrowLeft").await?;
        }
        page.until("the address names the moment", async || {
            Ok(page.fragment().await?.contains("at="))
        })
        .await?;
        assert_eq!(page.script(length, vec![]).await?, before);
        Ok(())
    });
}

//! A run is broken by hand, with the mouse and with the keyboard alone.

use ackground_e2e::{Done, Page, json, test};

use super::{open, unfold_faults, wait_texts};

/// The text of every line of the script.
const LINES: &str = "[data-test=script-line] code";
/// What is on the first screen.
const FIRST: [&str; 2] = ["drop publish 2", "crash consumer before ack 3"];

/// Clicks in the middle of the shape of a step, as a mouse does.
async fn pick(page: &Page, css: &str) -> Done {
    let click = "const shape = document.querySelector(arguments[0]), box = shape.getBoundingClientRect();
        const at = {bubbles: true, button: 0, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2};
        shape.dispatchEvent(new PointerEvent('pointerdown', at));
        shape.dispatchEvent(new PointerEvent('pointerup', at));";
    page.script(click, vec![json!(css)]).await.map(drop)
}

#[test]
fn a_click_on_an_arrow_loses_it_and_undo_brings_it_back() {
    test(async |page| {
        open(page).await?;
        unfold_faults(page).await?;
        pick(page, "#lane-2 line.arrow.m1").await?;
        page.wait("[data-test=inspector]").await?;
        page.click("[data-test=act]").await?;
        page.wait_gone("[data-test=inspector]").await?;
        wait_texts(page, LINES, &[FIRST[0], FIRST[1], "drop publish 1"]).await?;
        let fragment = page.fragment().await?;
        page.click("[data-test=undo]").await?;
        wait_texts(page, LINES, &FIRST).await?;
        assert!(page.has_focus("[data-test=undo]").await?, "who undoes can undo again");
        page.press("Control+Shift+z").await?;
        wait_texts(page, LINES, &[FIRST[0], FIRST[1], "drop publish 1"]).await?;
        page.until("the address follows", async || Ok(page.fragment().await? == fragment)).await?;
        page.back().await?;
        wait_texts(page, LINES, &FIRST).await
    });
}

#[test]
fn the_keyboard_alone_breaks_and_mends() {
    test(async |page| {
        open(page).await?;
        unfold_faults(page).await?;
        page.press("Home").await?;
        page.script("document.querySelector('#lane-2 .picture').focus()", vec![]).await?;
        page.press("ArrowRight").await?;
        page.press("Enter").await?;
        page.wait("[data-test=inspector]").await?;
        let sentence = page.text("#inspector-says").await?;
        page.press("ArrowDown").await?;
        page.until("another shape is looked at", async || {
            Ok(page.text("#inspector-says").await? != sentence)
        })
        .await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=inspector]").await?;
        page.until("the picture has the focus again", async || {
            page.has_focus("#lane-2 .picture").await
        })
        .await?;
        page.press("Enter").await?;
        page.wait("[data-test=inspector]").await?;
        page.script("document.querySelector('[data-test=act]').focus()", vec![]).await?;
        page.press("Enter").await?;
        page.until("a line more", async || Ok(page.count(LINES).await? == 3)).await?;
        page.until("the picture has the focus", async || page.has_focus("#lane-2 .picture").await)
            .await?;
        page.press("Control+z").await?;
        wait_texts(page, LINES, &FIRST).await
    });
}

//! Everything with the keyboard alone.

use ackground_e2e::{Done, Page, json, test};

use super::{CLOCK, PLAY, TIME, open, unfold_faults, unfold_messages};

/// What is wrong with where the focus is: each stop has to be in sight, under nothing, named and shown
/// as focused. Marks the stop as visited.
const STOP: &str = r"
    const at = document.activeElement;
    if (at === document.body) return 'nothing';
    at.dataset.visited = (window.visits = (window.visits ?? 0) + 1);
    const what = at.outerHTML.slice(0, 200);
    const box = at.getBoundingClientRect();
    const name = at.getAttribute('aria-label') || at.labels?.[0]?.innerText
        || (at.getAttribute('aria-labelledby') ? 'labelled' : '') || at.innerText || at.title;
    const outlined = e => e && (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none');
    const shown = outlined(at) || outlined(at.nextElementSibling) || outlined(at.closest('label, .scrubber, .tile'));
    if (!name?.trim()) return 'no name: ' + what;
    if (box.width < 1 || box.height < 1) return 'not to be seen: ' + what;
    if (!shown) return 'focus not shown: ' + what;
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
    const seen = points.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return top && (at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top));
    });
    if (!seen) return 'covered: ' + what;
    return ''";

/// Presses Tab once and checks where that leads to; false when it leaves the page.
async fn tab(page: &Page) -> Done<bool> {
    page.press("Tab").await?;
    let told = page.script(STOP, vec![]).await?;
    assert!(told == json!("") || told == json!("nothing"), "{told}");
    Ok(told == json!(""))
}

/// Presses Tab until an element has the focus.
async fn tab_to(page: &Page, css: &str) -> Done {
    for _ in 0..200 {
        tab(page).await?;
        if page.has_focus(css).await? {
            return Ok(());
        }
    }
    Err(format!("Tab does not reach {css}").into())
}

/// What can be operated and was not visited, without what is inside of a group with one stop.
const LEFT_OUT: &str = "
    return Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]'))
        .filter(e => e.tabIndex >= 0 && !e.disabled && !e.dataset.visited && e.checkVisibility({ visibilityProperty: true }))
        .filter(e => e.type !== 'radio' && !e.closest('[inert]'))
        .map(e => e.outerHTML.slice(0, 160))";

/// Stops whose place in the document comes before that of the stop before them.
const OUT_OF_ORDER: &str = "
    const stops = Array.from(document.querySelectorAll('[data-visited]'));
    const numbers = stops.map(stop => Number(stop.dataset.visited));
    return stops.slice(1).filter((_, at) => numbers[at + 1] < numbers[at]).map(stop => stop.outerHTML.slice(0, 160))";

/// Walks through the whole page with the Tab key alone.
async fn walk(page: &Page) -> Done {
    page.until("the page stands still", async || {
        let busy = "return document.querySelectorAll('[aria-busy=true]').length";
        Ok(page.script(busy, vec![]).await? == json!(0))
    })
    .await?;
    let mut stops = 0;
    while tab(page).await? {
        stops += 1;
        assert!(stops < 600, "a trap");
    }
    assert!(stops > 10, "{stops} stops");
    assert_eq!(page.script(LEFT_OUT, vec![]).await?, json!([]), "left out");
    assert_eq!(page.script(OUT_OF_ORDER, vec![]).await?, json!([]));
    Ok(())
}

#[test]
fn tab_goes_through_every_view_in_reading_order() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        for fragment in ["", "#view=prove", "#view=measure"] {
            page.open(fragment).await?;
            walk(page).await.map_err(|error| format!("{fragment}: {error}"))?;
        }
        Ok(())
    });
}

#[test]
fn tab_goes_through_the_page_on_a_phone_and_at_four_hundred_percent() {
    test(async |page| {
        for (width, height) in [(360, 740), (360, 256)] {
            page.viewport(width, height).await?;
            page.open("").await?;
            walk(page).await?;
        }
        Ok(())
    });
}

#[test]
fn many_messages_are_one_stop_and_the_arrow_keys_go_along_them() {
    test(async |page| {
        open(page).await?;
        unfold_messages(page).await?;
        unfold_faults(page).await?;
        page.click("[data-test=more-faults]").await?;
        page.fill("[data-test=messages]", "20").await?;
        page.press("Enter").await?;
        page.until("twenty messages", async || {
            Ok(page.count("#messages-1 .tokens button").await? == 20)
        })
        .await?;
        assert_eq!(page.count("#messages-1 .tokens button:not([tabindex])").await?, 1);
        page.script("document.querySelector('#messages-1 .tokens button').focus()", vec![]).await?;
        let clock = page.text(CLOCK).await?;
        for (key, place) in
            [("ArrowRight", 2), ("End", 20), ("ArrowRight", 20), ("ArrowUp", 19), ("Home", 1)]
        {
            page.press(key).await?;
            let there = format!("#messages-1 .tokens li:nth-child({place}) button:not([tabindex])");
            page.until(&format!("{key} leads to message {place}"), async || {
                page.has_focus(&there).await
            })
            .await?;
        }
        assert_eq!(page.text(CLOCK).await?, clock, "time stands still");
        Ok(())
    });
}

#[test]
fn tab_reaches_play_and_space_plays() {
    test(async |page| {
        open(page).await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        tab_to(page, PLAY).await?;
        page.press("Space").await?;
        page.wait(".playbar [aria-label=Pause]").await?;
        page.until("time passes", async || Ok(page.text(CLOCK).await? != "0.00 s")).await?;
        page.press("Space").await?;
        page.wait(".playbar [aria-label=Play]").await?;
        Ok(())
    });
}

#[test]
fn keys_step_jump_and_focus_a_lane() {
    test(async |page| {
        open(page).await?;
        let end = page.text(CLOCK).await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        for _ in 0..8 {
            page.press("ArrowRight").await?;
        }
        page.until("time has passed", async || Ok(page.text(CLOCK).await? != "0.00 s")).await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        page.press("Shift+ArrowRight").await?;
        page.until("the first fault", async || Ok(page.text(CLOCK).await?.starts_with("1.0")))
            .await?;
        page.press("End").await?;
        page.wait_text(CLOCK, &end).await?;
        page.press("2").await?;
        page.until("lane 2 has the focus", async || page.has_focus("#lane-2").await).await?;
        page.press("?").await?;
        page.wait("[data-test=keys-dialog]").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=keys-dialog]").await
    });
}

#[test]
fn a_slash_opens_the_search_and_its_hits_are_walked_with_the_arrows() {
    test(async |page| {
        open(page).await?;
        page.press("/").await?;
        page.until("the field has the focus", async || {
            page.has_focus("[data-test=search-field]").await
        })
        .await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=search]").await?;

        page.press("/").await?;
        page.wait("[data-test=search-field]").await?;
        page.type_into("[data-test=search-field]", "acks_late").await?;
        page.wait_text(".search-hit[aria-selected=true] .search-title", "acks_late").await?;
        page.press("ArrowDown").await?;
        page.until("another hit is chosen", async || {
            Ok(page.count("#search-hit-1[aria-selected=true]").await? == 1)
        })
        .await?;
        page.press("ArrowUp").await?;
        page.press("Enter").await?;
        page.wait_gone("[data-test=search]").await?;
        page.until("its two lanes", async || Ok(page.count("[data-test=lane]").await? == 2))
            .await?;
        page.until("the first has the focus", async || page.has_focus("#lane-1").await).await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn typing_into_a_field_is_no_command() {
    test(async |page| {
        open(page).await?;
        let clock = page.text(CLOCK).await?;
        unfold_faults(page).await?;
        page.click("[data-test=add-line]").await?;
        page.type_into("[data-test=add-line]", "drop ack 2 ?").await?;
        assert_eq!(page.text(CLOCK).await?, clock);
        assert_eq!(page.value("[data-test=add-line]").await?, "drop ack 2 ?");
        assert!(page.value(TIME).await?.parse::<u32>().is_ok());
        Ok(())
    });
}

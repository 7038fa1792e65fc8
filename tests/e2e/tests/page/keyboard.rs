//! Everything with the keyboard alone.

use ackground_e2e::{Done, Page, json, test};

use super::{CLOCK, PLAY, TIME, open};

/// Presses Tab until an element has the focus, and checks that each stop is visible, named and
/// shown as focused.
async fn tab_to(page: &Page, css: &str) -> Done {
    for _ in 0..200 {
        page.press("Tab").await?;
        let told = page
            .script(
                "const at = document.activeElement;
                 if (at === document.body) return 'nothing';
                 const box = at.getBoundingClientRect();
                 const name = at.getAttribute('aria-label') || at.labels?.[0]?.innerText
                     || (at.getAttribute('aria-labelledby') ? 'labelled' : '') || at.innerText || at.title;
                 const outlined = e => e && (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none');
                 const shown = outlined(at) || outlined(at.nextElementSibling) || outlined(at.closest('label, .scrubber'));
                 if (!name?.trim()) return 'no name: ' + at.outerHTML.slice(0, 200);
                 if (box.width < 1 || box.height < 1) return 'not to be seen: ' + at.outerHTML.slice(0, 200);
                 if (!shown) return 'focus not shown: ' + at.outerHTML.slice(0, 200);
                 const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
                 const seen = points.some(([x, y]) => {
                     const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
                     return top && (at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top));
                 });
                 if (!seen) return 'covered: ' + at.outerHTML.slice(0, 200);
                 return ''",
                vec![],
            )
            .await?;
        assert!(told == json!("") || told == json!("nothing"), "{told}");
        if page.has_focus(css).await? {
            return Ok(());
        }
    }
    Err(format!("Tab does not reach {css}").into())
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
        page.until("time passes", async || {
            Ok(page.text(CLOCK).await? != "0.00 s")
        })
        .await?;
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
        page.until("time has passed", async || {
            Ok(page.text(CLOCK).await? != "0.00 s")
        })
        .await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        page.press("Shift+ArrowRight").await?;
        page.until("the first fault", async || {
            Ok(page.text(CLOCK).await?.starts_with("1.0"))
        })
        .await?;
        page.press("End").await?;
        page.wait_text(CLOCK, &end).await?;
        page.press("2").await?;
        page.until("lane 2 has the focus", async || {
            page.has_focus("#lane-2").await
        })
        .await?;
        page.press("?").await?;
        page.wait("[data-test=keys-dialog]").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=keys-dialog]").await
    });
}

#[test]
fn typing_into_a_field_is_no_command() {
    test(async |page| {
        open(page).await?;
        let clock = page.text(CLOCK).await?;
        page.click("[data-test=add-line]").await?;
        page.type_into("[data-test=add-line]", "drop ack 2 ?")
            .await?;
        assert_eq!(page.text(CLOCK).await?, clock);
        assert_eq!(page.value("[data-test=add-line]").await?, "drop ack 2 ?");
        assert!(page.value(TIME).await?.parse::<u32>().is_ok());
        Ok(())
    });
}

//! Every width, light and dark.

use ackground_e2e::{Done, Page, Scheme, json, test};

use super::{LANE, open, start};

/// Small texts whose contrast is below what WCAG 2.2 asks of level AA.
const FAINT: &str = r"
    const number = text => text.match(/[\d.]+/g).map(Number);
    const part = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const [r, g, b, a = 1] = number(getComputedStyle(at).backgroundColor);
            if (a === 1) return [r, g, b];
            if (a > 0) return null;
        }
        return [255, 255, 255];
    };
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
        if (element.closest('[disabled], [aria-disabled=true], .unborn, option, script, style, svg')) continue;
        if (Number(getComputedStyle(element).opacity) < 1) continue;
        const [r, g, b, a = 1] = number(getComputedStyle(element).color);
        const ground = behind(element);
        if (a < 1 || !ground) continue;
        const [one, other] = [light([r, g, b]), light(ground)];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        const size = parseFloat(getComputedStyle(element).fontSize);
        const bold = Number(getComputedStyle(element).fontWeight) >= 700;
        const enough = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
        if (ratio < enough) faint.push(`${texts.currentNode.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return [...new Set(faint)];
";

/// Scrolls to an element, as a person does to one that the play bar covers, and clicks it.
async fn click_in_sight(page: &Page, css: &str) -> Done {
    page.script(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
        vec![json!(css)],
    )
    .await?;
    page.click(css).await
}

async fn fits(page: &Page, width: u32) -> Done {
    page.viewport(width, 900).await?;
    start(page).await?;
    assert!(!page.scrolls_sideways().await?, "at {width} px the page scrolls sideways");
    assert_eq!(page.count(LANE).await?, 3);
    page.wait(LANE).await?;
    let small = page
        .script(
            "return Array.from(document.querySelectorAll('main button, main select, main input, main summary'))
                 .filter(e => e.checkVisibility())
                 .map(e => [e, e.getBoundingClientRect()])
                 .filter(([e, box]) => box.width > 0 && (Math.round(box.width) < 24 || Math.round(box.height) < 24))
                 .filter(([e]) => !['radio', 'checkbox', 'range'].includes(e.type))
                 .map(([e, box]) => `${box.width} x ${box.height}: ${e.outerHTML.slice(0, 120)}`)",
            vec![],
        )
        .await?;
    assert_eq!(small, json!([]), "at {width} px these are too small to touch");
    Ok(())
}

#[test]
fn a_wide_screen_has_all_lanes_side_by_side() {
    test(async |page| {
        fits(page, 1440).await?;
        let tops = page
            .script(
                "return new Set(Array.from(document.querySelectorAll(arguments[0]), e => Math.round(e.getBoundingClientRect().top))).size",
                vec![json!(LANE)],
            )
            .await?;
        assert_eq!(tops, json!(1), "the lanes stand in one row");
        Ok(())
    });
}

#[test]
fn a_tablet_does_not_scroll_sideways() {
    test(async |page| fits(page, 768).await);
}

#[test]
fn a_phone_does_not_scroll_sideways_and_keeps_the_comparison_in_sight() {
    test(async |page| {
        fits(page, 360).await?;
        page.wait_text("[data-test=summary-1]", "20,000").await?;
        page.wait_text("[data-test=summary-2]", "40,000").await?;
        page.wait_text("[data-test=summary-3]", "30,000").await
    });
}

#[test]
fn the_narrowest_screen_does_not_scroll_sideways() {
    test(async |page| fits(page, 320).await);
}

#[test]
fn light_and_dark_have_enough_contrast() {
    test(async |page| {
        let ground = "return getComputedStyle(document.documentElement).backgroundColor";
        let mut grounds = Vec::new();
        for scheme in [Scheme::Light, Scheme::Dark] {
            page.colour_scheme(scheme).await?;
            open(page).await?;
            grounds.push(page.script(ground, vec![]).await?);
            let faint = page.script(FAINT, vec![]).await?;
            assert_eq!(faint, json!([]), "too little contrast");
        }
        assert_ne!(grounds[0], grounds[1], "dark is not light");
        page.click("[data-test=theme]").await?;
        page.until("the other colours", async || {
            Ok(page.script(ground, vec![]).await? != grounds[1])
        })
        .await
    });
}

#[test]
fn four_lanes_and_the_sheet_of_their_settings_fit_the_narrowest_screen() {
    test(async |page| {
        page.viewport(320, 700).await?;
        start(page).await?;
        click_in_sight(page, "[data-test=lane-menu-1]").await?;
        page.click("[data-test=duplicate-1]").await?;
        page.until("four lanes", async || Ok(page.count(LANE).await? == 4)).await?;
        click_in_sight(page, "[data-test=settings-1]").await?;
        page.wait("[data-test=all-settings]").await?;
        assert!(!page.scrolls_sideways().await?);
        page.press("Escape").await?;
        page.wait_gone("[data-test=all-settings]").await?;
        click_in_sight(page, "[data-test=change-faults]").await?;
        click_in_sight(page, "[data-test=more-faults]").await?;
        assert!(!page.scrolls_sideways().await?);
        click_in_sight(page, "[data-test=summary-4]").await?;
        page.until("lane 4 is in sight", async || {
            let place = page
                .script(
                    "const box = document.querySelector('#lane-4').getBoundingClientRect();
                     return box.left > -40 && box.left < innerWidth / 2",
                    vec![],
                )
                .await?;
            Ok(place == json!(true))
        })
        .await
    });
}

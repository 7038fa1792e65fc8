//! Small screens, and large ones at a high zoom, which are small screens too.

use ackground_e2e::{Done, Page, json, test};

use super::start;

/// What a person unfolds.
const FOLDS: [&str; 4] = [
    "[data-test=change-faults]",
    "[data-test=more-faults]",
    "[data-test=every-message] > summary",
    ".transcript summary",
];

/// Opens a view and unfolds what can be.
async fn unfold(page: &Page, fragment: &str) -> Done {
    page.open(fragment).await?;
    page.wait("h1").await?;
    for css in FOLDS {
        let click = "document.querySelector(arguments[0])?.click()";
        page.script(click, vec![json!(css)]).await?;
    }
    page.until("nothing is at work", async || {
        let busy = "return document.querySelectorAll('[aria-busy=true]').length";
        Ok(page.script(busy, vec![]).await? == json!(0))
    })
    .await
}

#[test]
fn no_view_scrolls_sideways_on_the_narrowest_screen() {
    test(async |page| {
        page.viewport(320, 640).await?;
        for fragment in ["", "#view=prove", "#view=measure", "#broken"] {
            unfold(page, fragment).await?;
            assert!(!page.scrolls_sideways().await?, "{fragment}");
        }
        Ok(())
    });
}

#[test]
fn every_target_is_large_enough_on_the_narrowest_screen() {
    test(async |page| {
        page.viewport(320, 3000).await?;
        for fragment in ["", "#view=prove", "#view=measure"] {
            unfold(page, fragment).await?;
            let small = page.small_targets().await?;
            let small: Vec<String> = small.iter().map(ToString::to_string).collect();
            assert!(small.is_empty(), "{fragment}:\n{}", small.join("\n"));
        }
        Ok(())
    });
}

#[test]
fn the_comparison_stays_in_sight_on_a_phone() {
    test(async |page| {
        page.viewport(320, 640).await?;
        start(page).await?;
        page.script(
            "document.querySelector('[data-test=every-message]').scrollIntoView({ block: 'center' })",
            vec![],
        )
        .await?;
        let seen = page
            .script(
                "return Array.from(document.querySelectorAll('.summary button'), button => {
                     const box = button.getBoundingClientRect();
                     const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                     return button.contains(top) && box.right <= innerWidth ? button.querySelector('strong').innerText : null;
                 })",
                vec![],
            )
            .await?;
        assert_eq!(seen, json!(["20,000", "40,000", "30,000"]));
        Ok(())
    });
}

#[test]
fn what_stays_in_sight_leaves_most_of_a_phone_to_the_picture() {
    test(async |page| {
        page.viewport(360, 740).await?;
        start(page).await?;
        page.script("document.querySelector('#lane-1 .picture').scrollIntoView()", vec![]).await?;
        let bars = page
            .script(
                "return ['.summary', '.playbar'].map(css => document.querySelector(css).getBoundingClientRect().height).reduce((a, b) => a + b)",
                vec![],
            )
            .await?;
        let bars = bars.as_f64().unwrap_or(f64::MAX);
        assert!(bars < 0.34 * 740.0, "{bars} px");
        Ok(())
    });
}

#[test]
fn at_four_hundred_percent_nothing_sticks_and_nothing_scrolls_sideways() {
    test(async |page| {
        // 1440 x 1024 at 400 %.
        page.viewport(360, 256).await?;
        for fragment in ["", "#view=prove", "#view=measure"] {
            unfold(page, fragment).await?;
            assert!(!page.scrolls_sideways().await?, "{fragment}");
            let stuck = page
                .script(
                    "return Array.from(document.querySelectorAll('body *'))
                         .filter(e => e.checkVisibility() && /sticky|fixed/.test(getComputedStyle(e).position))
                         .filter(e => e.getBoundingClientRect().height > 24 && !e.closest('table'))
                         .map(e => e.className)",
                    vec![],
                )
                .await?;
            assert_eq!(stuck, json!([]), "{fragment}");
        }
        page.open("").await?;
        page.wait(".summary strong").await?;
        page.click("[data-test=lane-menu-1]").await?;
        let fits =
            "const box = document.querySelector('.menu:popover-open').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth";
        assert_eq!(page.script(fits, vec![]).await?, json!(true));
        Ok(())
    });
}

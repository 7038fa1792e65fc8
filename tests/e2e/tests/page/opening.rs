//! The first screen shows the point without a click.

use ackground_e2e::{json, test};

use super::{BALANCE, DIFFERENCE, LANE, NARRATION, open, wait_texts};

#[test]
fn the_first_screen_has_three_lanes_with_three_different_balances() {
    test(async |page| {
        open(page).await?;
        assert_eq!(page.count(LANE).await?, 3);
        wait_texts(page, DIFFERENCE, &["−10,000 EUR", "+10,000 EUR", "exact"]).await?;
        assert_eq!(page.text("[data-test=headline]").await?, "Three people each send you 10,000");
        assert_eq!(page.fragment().await?, "", "the bare address is the first screen");
        for words in ["lost on the wire", "credited twice", "1 duplicate skipped"] {
            page.wait_text("main", words).await?;
        }
        Ok(())
    });
}

#[test]
fn the_first_picture_needs_only_the_first_part_of_the_program() {
    test(async |page| {
        // Who cannot wait for the later part asks for it so.
        page.before_load(
            "window.waited = 0;
            const open = XMLHttpRequest.prototype.open;
            XMLHttpRequest.prototype.open = function (...asked) { window.waited++; return open.apply(this, asked); };",
        )
        .await?;
        open(page).await?;
        page.wait("html:not([data-part])").await?;
        page.wait("main:not(:has([aria-busy=true]))").await?;
        let waited = page.script("return window.waited", vec![]).await?;
        assert_eq!(waited, json!(0), "later.txt names what the first picture calls");
        Ok(())
    });
}

#[test]
fn another_scenario_tells_another_story() {
    test(async |page| {
        open(page).await?;
        page.script("document.querySelector('[data-test=scenario-order]').click()", vec![]).await?;
        page.wait_text("[data-test=headline]", "order").await?;
        assert_eq!(page.count(LANE).await?, 3, "the lanes stay");
        let balances = page.texts(BALANCE).await?;
        assert_ne!(balances, ["20,000", "40,000", "30,000"], "an order counts in its own unit");
        assert!(page.fragment().await?.len() > 1, "the address holds the scenario");
        page.wait(NARRATION).await?;
        Ok(())
    });
}

#[test]
fn the_three_balances_are_in_sight_without_scrolling() {
    test(async |page| {
        open(page).await?;
        let seen = page
            .script(
                "const bar = document.querySelector('.playbar').getBoundingClientRect().top;
                 return Array.from(document.querySelectorAll('[data-test=head-balance]'))
                     .filter(e => e.getBoundingClientRect().bottom < bar)
                     .map(e => e.querySelector('strong').innerText)",
                vec![],
            )
            .await?;
        assert_eq!(seen, json!(["20,000", "40,000", "30,000"]));
        Ok(())
    });
}

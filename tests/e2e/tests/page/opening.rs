//! The first screen shows the point without a click.

use ackground_e2e::{json, test};

use super::{BALANCE, DIFFERENCE, LANE, open, start, unfold_messages, wait_texts};

#[test]
fn the_first_screen_has_three_lanes_with_three_different_balances() {
    test(async |page| {
        open(page).await?;
        assert_eq!(page.count(LANE).await?, 3);
        wait_texts(page, DIFFERENCE, &["−10,000 EUR", "+10,000 EUR", "exact"]).await?;
        assert_eq!(page.text("[data-test=headline]").await?, "Three people each send you 10,000");
        assert_eq!(page.fragment().await?, "", "the bare address is the first screen");
        unfold_messages(page).await?;
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
        page.select("[data-test=scenario]", "order").await?;
        page.wait_text("[data-test=headline]", "order").await?;
        assert_eq!(page.count(LANE).await?, 3, "the lanes stay");
        let balances = page.texts(BALANCE).await?;
        assert_ne!(balances, ["20,000", "40,000", "30,000"], "an order counts in its own unit");
        assert!(page.fragment().await?.len() > 1, "the address holds the scenario");
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

/// The share of each picture that can be seen, at least: nothing may lie over it.
const SEEN: &str = "
    return Math.min(...[...document.querySelectorAll('[data-test=lane] .picture')].slice(0, arguments[0]).map(picture => {
        const box = picture.getBoundingClientRect();
        const rows = [...Array(20).keys()].map(row => box.top + (row + 0.5) / 20 * box.height);
        const free = y => y < innerHeight && picture.contains(document.elementFromPoint(box.left + box.width / 2, y));
        return rows.filter(free).length / rows.length;
    }))";
/// What can be operated on the first screen.
const CONTROLS: &str = "
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.matches('.quiet'))
        .filter(e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().width > 4)
        .map(e => e.getAttribute('aria-label') || e.innerText || e.dataset.test || e.className)";

#[test]
fn every_picture_is_wholly_in_sight_without_a_scroll() {
    test(async |page| {
        let sizes = [
            (1366, 641, 3, 1.0),
            (1440, 789, 3, 1.0),
            (1536, 730, 3, 1.0),
            (1920, 969, 3, 1.0),
            (1024, 768, 3, 0.66),
            (390, 844, 1, 0.5),
        ];
        for (width, height, lanes, least) in sizes {
            page.viewport(width, height).await?;
            start(page).await?;
            let seen = page.script(SEEN, vec![json!(lanes)]).await?.as_f64().unwrap_or_default();
            assert!(seen >= least, "{width} x {height}: {seen} of the pictures");
        }
        let balances = "return [...document.querySelectorAll('.summary strong')]
            .filter(e => e.getBoundingClientRect().bottom < innerHeight).map(e => e.innerText)";
        assert_eq!(page.script(balances, vec![]).await?, json!(["20,000", "40,000", "30,000"]));
        Ok(())
    });
}

#[test]
fn the_first_screen_has_at_most_thirty_controls() {
    test(async |page| {
        for (width, height) in [(1366, 641), (1920, 969)] {
            page.viewport(width, height).await?;
            start(page).await?;
            let controls = page.script(CONTROLS, vec![]).await?;
            let many = controls.as_array().map_or(0, Vec::len);
            assert!((10..=30).contains(&many), "{many} at {width} x {height}: {controls}");
        }
        Ok(())
    });
}

#[test]
fn the_first_picture_is_there_before_the_program_and_does_not_move_when_it_comes() {
    test(async |page| {
        page.viewport(1366, 641).await?;
        // The place of a picture's end, in every frame from the first one on.
        page.before_load(
            "window.places = [];
            (function look() {
                const picture = document.querySelector('.lanes .picture');
                if (picture && document.readyState === 'complete') places.push(Math.round(picture.getBoundingClientRect().bottom));
                requestAnimationFrame(look);
            })();",
        )
        .await?;
        start(page).await?;
        page.wait_gone("#app-first").await?;
        let moved = "return Math.max(...places) - Math.min(...places)";
        let moved = page.script(moved, vec![]).await?.as_f64().unwrap_or(f64::MAX);
        assert!(moved <= 24.0, "it moved by {moved} px");
        Ok(())
    });
}

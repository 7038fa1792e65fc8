//! The address holds the experiment.

use ackground_e2e::test;

use super::{BALANCE, LANE, open, set_dedup, wait_texts};

#[test]
fn reload_keeps_the_state() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        let fragment = page.fragment().await?;
        page.reload().await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        assert_eq!(page.fragment().await?, fragment, "loading does not change the address");
        Ok(())
    });
}

#[test]
fn back_and_forward_undo_and_redo() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.click("[data-test=lane-menu-1]").await?;
        page.click("[data-test=remove-1]").await?;
        wait_texts(page, BALANCE, &["30,000", "30,000"]).await?;

        page.back().await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.back().await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
        page.script("history.forward()", vec![]).await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.script("history.forward()", vec![]).await?;
        wait_texts(page, BALANCE, &["30,000", "30,000"]).await
    });
}

#[test]
fn a_link_opens_in_a_fresh_page_and_in_an_open_one() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        let fragment = page.fragment().await?;

        page.open(&fragment).await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        page.open("").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
        page.follow(&fragment).await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await
    });
}

#[test]
fn a_broken_link_shows_the_first_screen_and_says_what_was_wrong() {
    test(async |page| {
        page.open("#this-is-no-experiment").await?;
        page.wait("[data-test=notice]").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
        assert_eq!(page.count(LANE).await?, 3);
        let said = page.text("[data-test=notice]").await?;
        assert!(said.contains("link"), "{said}");
        assert_eq!(page.fragment().await?, "#this-is-no-experiment", "the link is left as it came");

        page.click("[data-test=start-over]").await?;
        page.wait_gone("[data-test=notice]").await?;
        assert_eq!(page.fragment().await?, "");
        Ok(())
    });
}

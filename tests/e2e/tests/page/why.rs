//! Why a message fared as it did, and what would have prevented it, by keyboard alone.

use ackground_e2e::test;

use super::{BALANCE, CAPTION, open, unfold_messages, wait_texts};

#[test]
fn the_cause_is_followed_the_remedy_tried_and_the_answer_closed_by_keyboard() {
    test(async |page| {
        open(page).await?;
        unfold_messages(page).await?;
        page.script("document.querySelector('[data-test=ask-2-3]').focus()", vec![]).await?;
        page.press("Enter").await?;
        page.wait_text(".why h3", "Why message 3 is credited twice").await?;
        assert!(page.has_focus(".why").await?, "the answer has the focus");
        page.wait("#lane-2 .trail .step-number").await?;

        page.wait("[data-test=try-2-1]").await?;
        page.script("document.querySelector('[data-test=try-2-1]').focus()", vec![]).await?;
        page.press("Enter").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000", "30,000"]).await?;
        page.until("the new lane is spoken of", async || {
            Ok(page.texts("[data-test=heard]").await?.concat().contains("New lane"))
        })
        .await?;
        page.press("Escape").await?;
        page.until("the answer is closed", async || Ok(page.count(".why").await? == 0)).await?;
        assert!(page.has_focus("[data-test=ask-2-3]").await?, "what asked has the focus again");
        page.expect_quiet_console().await
    });
}

#[test]
fn the_play_bar_leads_to_where_the_lanes_part_and_says_why() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=legend]").await?;
        page.click("[data-test=to-parting]").await?;
        page.wait_text(CAPTION, "differ").await?;
        page.wait_text(CAPTION, "because").await
    });
}

//! From a question to a lane by keyboard, and from a word to its experiment.

use ackground_e2e::test;

use super::{BALANCE, LANE, open, wait_texts};

#[test]
fn a_recommendation_is_found_by_keyboard_and_opened_beside_the_lanes() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=open-guide]").await?;
        page.wait("[data-test=guide-answer-1]").await?;
        // The answers' places: none may be lost, a database and a call, harm, a table of ids, set aside.
        for number in [4, 2, 2, 2, 2, 4] {
            let answer = format!("[data-test=guide-answer-{number}]");
            page.click(&answer).await?;
            page.press("Enter").await?;
            page.until("the next question, or the end, has the focus", async || {
                page.has_focus("#guide-head").await
            })
            .await?;
        }
        page.wait("[data-test=guide-proof][aria-busy=false]").await?;
        let proven = page.text("[data-test=guide-proof]").await?;
        assert!(proven.starts_with("You said none may be lost"), "{proven}");
        assert!(proven.contains("so: Exactly once"), "{proven}");
        assert!(page.fragment().await?.contains("guide=dbbbbd"));
        page.click("[data-test=guide-beside]").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000", "30,000"]).await?;
        page.until("the new lane has the focus", async || page.has_focus("#lane-4").await).await?;
        page.back().await?;
        page.until("three lanes", async || Ok(page.count(LANE).await? == 3)).await
    });
}

#[test]
fn a_word_explains_itself_and_has_an_experiment() {
    test(async |page| {
        page.viewport(360, 800).await?;
        page.open("#word=outbox").await?;
        page.until("the word has the focus", async || page.has_focus("#word-outbox").await).await?;
        assert!(!page.scrolls_sideways().await?);
        page.click("[data-test=see-outbox]").await?;
        page.wait_gone("[data-test=words]").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000"]).await?;

        page.viewport(1440, 900).await?;
        page.click("[data-test=settings-1]").await?;
        page.click("[data-test='about-producer.idempotent']").await?;
        page.click(".setting-about .term").await?;
        page.wait("[data-test=term-tip]:popover-open").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=term-tip]").await?;
        page.expect_quiet_console().await
    });
}

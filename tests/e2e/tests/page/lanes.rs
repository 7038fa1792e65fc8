//! Setups and faults are changed where they are seen, and the lanes answer at once.

use ackground_e2e::test;

use super::{BALANCE, DIFFERENCE, LANE, open, set_dedup, unfold_faults, wait_texts};

#[test]
fn ids_in_the_same_transaction_make_the_second_lane_right() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await?;
        wait_texts(page, DIFFERENCE, &["−10,000 EUR", "exact", "exact"]).await?;
        assert!(page.fragment().await?.len() > 1, "the address holds the change");
        set_dedup(page, "none").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
    });
}

#[test]
fn a_lane_is_duplicated_added_and_removed() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=lane-menu-2]").await?;
        page.click("[data-test=duplicate-2]").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "40,000", "30,000"]).await?;
        assert_eq!(page.count("[data-test=add-lane]").await?, 0, "four lanes are the most");

        for rest in [3, 2, 1] {
            page.click("[data-test=lane-menu-1]").await?;
            page.click("[data-test=remove-1]").await?;
            page.until("one lane less", async || Ok(page.count(LANE).await? == rest)).await?;
        }
        wait_texts(page, BALANCE, &["30,000"]).await?;
        page.click("[data-test=lane-menu-1]").await?;
        let off = page.attribute("[data-test=remove-1]", "aria-disabled").await?;
        assert!(off.is_some(), "the last lane stays");
        page.press("Escape").await?;

        page.click("[data-test=add-lane]").await?;
        page.click("[data-test=add-lane-at-most-once]").await?;
        wait_texts(page, BALANCE, &["30,000", "20,000"]).await
    });
}

#[test]
fn a_fault_is_taken_back_and_another_one_added() {
    test(async |page| {
        open(page).await?;
        unfold_faults(page).await?;
        page.click("[data-test=script-line] .remove").await?;
        wait_texts(page, BALANCE, &["30,000", "40,000", "30,000"]).await?;

        page.type_into("[data-test=add-line]", "drop publish 1").await?;
        page.press("Enter").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;

        page.type_into("[data-test=add-line]", "drop publsh 1").await?;
        page.press("Enter").await?;
        page.wait_text("main", "Did you mean “drop publish 1”?").await?;
        assert_eq!(page.count("[data-test=script-line]").await?, 2, "what is wrong is not taken");
        Ok(())
    });
}

#[test]
fn every_setting_can_be_reached_and_has_its_name_in_the_products() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=settings-2]").await?;
        page.wait_text("[data-test=all-settings]", "Redelivers after").await?;
        page.click("[data-test='about-broker.redelivery_timeout_ms']").await?;
        page.wait_text("[id='about-broker.redelivery_timeout_ms']", "Kafka").await?;

        page.fill("[data-test='all-lanes[1].broker.redelivery_timeout_ms']", "0").await?;
        page.press("Tab").await?;
        page.wait_text("[data-test=all-settings]", "1 ms is the least").await?;
        page.fill("[data-test='all-lanes[1].broker.redelivery_timeout_ms']", "5").await?;
        page.press("Tab").await?;
        page.wait_text("[data-test=all-settings]", "5 what? Write 5 ms or 5 s.").await?;
        page.fill("[data-test='all-lanes[1].broker.redelivery_timeout_ms']", "5 seconds").await?;
        page.select("[data-test='all-lanes[1].broker.kind']", "queue").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=all-settings]").await?;
        let button = "[data-test=settings-2]";
        page.until("the button has the focus again", async || page.has_focus(button).await).await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
    });
}

#[test]
fn three_hundred_messages_are_no_trouble() {
    test(async |page| {
        open(page).await?;
        unfold_faults(page).await?;
        page.click("[data-test=more-faults]").await?;
        page.fill("[data-test=messages]", "300").await?;
        page.press("Enter").await?;
        page.wait_text("[data-test=headline]", "300 people").await?;
        page.fill("[data-test='faults.loss.publish']", "10").await?;
        page.press("Enter").await?;
        page.press("Escape").await?;
        page.script("document.activeElement.blur()", vec![]).await?;
        page.press("End").await?;
        page.until("the third lane is exact", async || {
            Ok(page.texts(BALANCE).await?.last().map(String::as_str) == Some("3,000,000"))
        })
        .await?;
        let differences = page.texts(DIFFERENCE).await?;
        assert!(differences[0].starts_with('−'), "one in ten is lost: {differences:?}");
        page.press("Escape").await?;
        page.click(".playbar [aria-label='Previous event']").await
    });
}

#[test]
fn a_setup_of_a_product_is_found_and_added_and_the_focus_goes_to_it() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=add-lane]").await?;
        page.click("[data-test=add-lane-more]").await?;
        page.wait("[data-test=gallery]").await?;
        page.until("the search has the focus", async || {
            page.has_focus("[data-test=gallery-search]").await
        })
        .await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=gallery]").await?;
        page.until("the focus is back", async || page.has_focus("[data-test=add-lane]").await)
            .await?;

        page.click("[data-test=add-lane]").await?;
        page.click("[data-test=add-lane-more]").await?;
        page.type_into("[data-test=gallery-search]", "quorum manual").await?;
        page.wait_text("[data-test=gallery-count]", "setup").await?;
        page.click("[data-test=add-rabbitmq-quorum]").await?;
        page.until("a fourth lane", async || Ok(page.count(LANE).await? == 4)).await?;
        page.until("the new lane has the focus", async || page.has_focus("#lane-4").await).await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn a_setup_that_was_changed_says_so_and_is_taken_back() {
    test(async |page| {
        open(page).await?;
        set_dedup(page, "atomic").await?;
        page.click("[data-test=settings-2]").await?;
        page.click("[data-test=settings-reset-2]").await?;
        page.wait_gone("[data-test=settings-reset-2]").await?;
        page.press("Escape").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
        assert_eq!(page.fragment().await?, "", "the first screen again");
        Ok(())
    });
}

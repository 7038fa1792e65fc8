//! A lane in its system, and a configuration of one's own.

use ackground_e2e::{json, test};

use super::{BALANCE, LANE, open, wait_texts};

/// What a browser does when somebody presses Ctrl+V.
const PASTE: &str = "const data = new DataTransfer();
    data.setData('text/plain', arguments[0]);
    document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));";

#[test]
fn a_configuration_pasted_anywhere_becomes_a_lane_and_is_taken_back() {
    test(async |page| {
        open(page).await?;
        page.script(PASTE, vec![json!("just a sentence")]).await?;
        page.script(PASTE, vec![json!("acks=0\nretries=0\n")]).await?;
        page.wait_text("[data-test=notice]", "Kafka configuration").await?;
        page.click("[data-test=pasted]").await?;
        page.wait_text("[data-test=paste-summary]", "2 lines taken").await?;
        page.click("[data-test=paste-add]").await?;
        page.until("a fourth lane", async || Ok(page.count(LANE).await? == 4)).await?;
        page.until("the new lane has the focus", async || page.has_focus("#lane-4").await).await?;
        page.back().await?;
        page.until("three lanes", async || Ok(page.count(LANE).await? == 3)).await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn a_lane_in_its_system_is_read_and_copied_by_keyboard_and_escape_gives_the_focus_back() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=lane-menu-3]").await?;
        page.click("[data-test=system-3]").await?;
        page.wait("[data-test='snippet-producer.properties']").await?;
        page.script(
            "document.querySelector(\"[data-test='copy-producer.properties']\").focus()",
            vec![],
        )
        .await?;
        page.allow("clipboardSanitizedWrite").await?;
        page.press("Enter").await?;
        page.wait_text("[data-test='copy-producer.properties']", "Copied").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=system]").await?;
        page.until("the focus is back", async || page.has_focus("[data-test=lane-menu-3]").await)
            .await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn a_setting_is_taken_over_in_the_comparison_and_the_run_follows() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=lane-menu-2]").await?;
        page.click("[data-test=compare-2]").await?;
        page.select("[data-test='Second lane']", "3").await?;
        page.click("[data-test='same-←-consumer.dedup']").await?;
        page.press("Escape").await?;
        wait_texts(page, BALANCE, &["20,000", "30,000", "30,000"]).await
    });
}

#[test]
fn a_product_of_the_first_screen_takes_the_place_of_the_lanes() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=start-products]").await?;
        page.type_into("[data-test=gallery-search]", "rabbitmq").await?;
        page.click("[data-test=start-rabbitmq-quorum]").await?;
        page.wait_gone("[data-test=gallery]").await?;
        assert_eq!(page.count(LANE).await?, 1);
        page.wait_text(LANE, "RabbitMQ").await?;
        page.back().await?;
        page.until("three lanes", async || Ok(page.count(LANE).await? == 3)).await?;
        page.click("[data-test=start-mistakes]").await?;
        page.click("[data-test=start-with]").await?;
        page.until("four lanes", async || Ok(page.count(LANE).await? == 4)).await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn a_scenario_of_ones_own_is_made_in_a_form_and_told_at_once() {
    test(async |page| {
        open(page).await?;
        page.select("[data-test=scenario]", "form").await?;
        page.wait("dialog.own-scenario").await?;
        page.type_into("[data-test='scenario.producer']", "Box office").await?;
        page.press("Tab").await?;
        page.wait_text("[data-test=own-told]", "Box office").await?;
        page.click("[data-test=step-add]").await?;
        page.wait("[data-test='scenario.steps[2].label']").await?;
        page.click("[data-test=step-earlier-3]").await?;
        page.click("[data-test=step-remove-1]").await?;
        page.until("two steps", async || Ok(page.count(".own-steps li").await? == 2)).await?;
        page.press("Escape").await?;
        page.wait_text("[data-test=headline]", "Box office").await?;
        page.expect_quiet_console().await
    });
}

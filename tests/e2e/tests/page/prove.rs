//! What is proven: over each lane in Watch, and in the view of its own.

use ackground_e2e::{Done, Page, Value, test};

use super::{open, set_dedup, start, unfold_faults, unfold_messages, wait_texts};

/// Waits until the chips of a lane, from 1, say this of loss and of repetition.
async fn wait_chips(page: &Page, lane: usize, loss: &str, repetition: &str) -> Done {
    let chip = |property: &str| format!("[data-test=proof-{lane}-{property}] strong");
    page.wait_text(&chip("no_loss"), loss).await?;
    page.wait_text(&chip("no_duplicates"), repetition).await
}

#[test]
fn the_labels_over_the_first_lanes_are_what_the_prover_found() {
    test(async |page| {
        open(page).await?;
        wait_chips(page, 1, "can lose", "never duplicates").await?;
        wait_chips(page, 2, "never loses", "can duplicate").await?;
        wait_chips(page, 3, "never loses", "never duplicates").await?;
        page.wait_text("[data-test=proof-2-no_loss]", "within 3 faults").await?;
        page.wait_text("[data-test=proof-2-no_duplicates]", "1 fault is enough").await
    });
}

#[test]
fn a_setting_changes_the_label_and_going_back_has_it_at_once() {
    test(async |page| {
        open(page).await?;
        wait_chips(page, 2, "never loses", "can duplicate").await?;
        set_dedup(page, "atomic").await?;
        wait_chips(page, 2, "never loses", "never duplicates").await?;
        page.back().await?;
        wait_chips(page, 2, "never loses", "can duplicate").await
    });
}

#[test]
fn a_chip_opens_the_schedule_behind_it_which_can_be_watched() {
    test(async |page| {
        open(page).await?;
        wait_chips(page, 2, "never loses", "can duplicate").await?;
        page.click("[data-test=proof-2-no_duplicates]").await?;
        page.wait_text("#proof-2-no_duplicates", "drop publish-ack 1").await?;
        page.click("[data-test=watch-chip-2-no_duplicates]").await?;
        unfold_faults(page).await?;
        page.wait_text("[data-test=script-line]", "drop publish-ack 1").await?;
        page.wait_text("[data-test=headline]", "Two people").await?;
        unfold_messages(page).await?;
        page.wait_text("#messages-2 .ledger", "credited twice").await
    });
}

#[test]
fn the_view_shows_a_counterexample_and_leads_to_its_run() {
    test(async |page| {
        open(page).await?;
        page.press("p").await?;
        page.wait("[data-test=prove]").await?;
        assert_eq!(page.fragment().await?, "#view=prove");
        wait_texts(
            page,
            "[data-test^=guarantee-]",
            &["at most once", "at least once", "exactly once"],
        )
        .await?;
        page.wait_text("[data-test=claim-1-no_loss]", "drop publish 1").await?;
        page.wait("[data-test=claim-1-no_loss] .still svg").await?;
        page.wait_text("[data-test=prove-status]", "schedules covered").await?;
        page.click("[data-test=watch-card-1-no_loss]").await?;
        page.until("the lane has the focus", async || page.has_focus("#lane-1").await).await?;
        unfold_faults(page).await?;
        page.wait_text("[data-test=script-line]", "drop publish 1").await?;
        page.back().await?;
        page.wait("[data-test=prove]").await?;
        page.reload().await?;
        page.wait("[data-test=prove]").await.map(drop)
    });
}

#[test]
fn longer_outages_are_tried_where_a_setup_has_a_longer_time() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#payment/effectively-once+dedup-ttl=1m&view=prove&faults=1&messages=1").await?;
        page.wait_text("[data-test=untried-1-no_duplicates]", "no outage tried is that long")
            .await?;
        page.click("[data-test=try-outages-1]").await?;
        page.wait_text("[data-test=claim-1-no_duplicates]", "can duplicate").await?;
        page.until("the card has the focus", async || page.has_focus("#lane-1").await).await?;
        page.back().await?;
        page.wait_text("[data-test=claim-1-no_duplicates]", "never duplicates").await
    });
}

#[test]
fn a_cell_of_the_table_is_watched() {
    test(async |page| {
        open(page).await?;
        page.click("[data-test=view-prove]").await?;
        // The cards above the table have grown by then.
        page.wait_text("[data-test=prove-status]", "covered").await?;
        page.click("label:has([data-test=truth-differing])").await?;
        page.click("[data-test='truth-1-drop publish 1']").await?;
        page.wait_text("[data-test=headline]", "Someone sends you").await?;
        unfold_messages(page).await?;
        page.wait_text("#messages-1 .ledger", "lost on the wire").await
    });
}

#[test]
fn a_long_search_is_cancelled_and_keeps_what_it_found() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#view=prove&faults=4&messages=4").await?;
        page.wait_text("[data-test=claim-1-no_loss]", "drop publish 1").await?;
        // It asks before it goes on to what takes long; then it is let go on, and stopped. To look and to press are
        // one step: between them it could stop, and be let go on again.
        page.until("it has stopped", async || {
            let press = "const stopped = document.querySelector('[data-test=prove-status]').textContent.includes('Stopped');
                if (!stopped) document.querySelector('[data-test=cancel], [data-test=go-on]')?.click();
                return stopped;";
            Ok(page.script(press, vec![]).await? == Value::Bool(true))
        })
        .await?;
        page.wait("[data-test=go-on]").await?;
        page.wait_text("[data-test=claim-1-no_loss]", "can lose").await
    });
}

#[test]
fn the_address_says_what_it_could_not_understand() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#view=prove&faults=9&messages=1").await?;
        page.wait_text("[data-test=notice]", "faults=9").await?;
        page.wait_text("[data-test=messages]", "1").await?;
        page.click("[data-test=dismiss]").await?;
        page.click("[data-test=faults-less]").await?;
        assert_eq!(page.fragment().await?, "#view=prove&faults=2&messages=1");
        Ok(())
    });
}

#[test]
fn labels_come_also_where_workers_are_forbidden() {
    test(async |page| {
        page.forbid_workers().await?;
        start(page).await?;
        wait_chips(page, 1, "can lose", "never duplicates").await?;
        wait_chips(page, 3, "never loses", "never duplicates").await
    });
}

#[test]
fn nothing_is_wider_than_a_phone() {
    test(async |page| {
        for width in [320, 360, 768] {
            page.viewport(width, 740).await?;
            page.open("#view=prove").await?;
            page.wait_text("[data-test=prove-status]", "covered").await?;
            assert!(!page.scrolls_sideways().await?, "at {width}");
        }
        Ok(())
    });
}

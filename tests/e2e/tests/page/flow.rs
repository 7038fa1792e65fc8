//! The flow picture: the same run at the same moment, kept by the address.

use ackground_e2e::{json, test};

use super::{CLOCK, open};

const FLOW: &str = "[data-test=flow]";

#[test]
fn the_flow_picture_is_switched_on_follows_the_playhead_and_stays_on_reload() {
    test(async |page| {
        open(page).await?;
        page.press("f").await?;
        page.wait(FLOW).await?;
        assert_eq!(page.texts(".store .sum").await?, ["20,000", "40,000", "30,000"]);
        assert!(page.fragment().await?.contains("picture=flow"));
        page.reload().await?;
        page.wait(FLOW).await?;

        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        page.until("an envelope leaves", async || {
            page.click(".playbar [aria-label='Next event']").await?;
            Ok(page.count("#lane-2 .envelope.there").await? > 0)
        })
        .await?;
        assert!(!page.scrolls_sideways().await?);
        page.expect_quiet_console().await
    });
}

#[test]
fn participants_stand_level_and_top_to_bottom_on_a_phone() {
    test(async |page| {
        open(page).await?;
        page.press("f").await?;
        page.wait(FLOW).await?;
        let tops = "return ['.broker', '.consumers', '.store'].map(part =>
            new Set([...document.querySelectorAll(part)].map(it => Math.round(it.getBoundingClientRect().top))).size)";
        assert_eq!(page.script(tops, vec![]).await?, json!([1, 1, 1]));
        page.viewport(320, 700).await?;
        let down = "const top = part => document.querySelector('#lane-1 ' + part).getBoundingClientRect().top;
            return top('.producer') < top('.broker') && top('.broker') < top('.store')";
        assert_eq!(page.script(down, vec![]).await?, json!(true));
        assert!(!page.scrolls_sideways().await?);
        Ok(())
    });
}

//! One playhead for all lanes: play, pause, step, scrub.

use ackground_e2e::{json, test};

use super::{BALANCE, CAPTION, CLOCK, PLAY, TIME, open, wait_texts};

#[test]
fn the_run_plays_from_the_start_to_its_end() {
    test(async |page| {
        open(page).await?;
        let end = page.text(CLOCK).await?;
        page.press("Home").await?;
        wait_texts(page, BALANCE, &["0", "0", "0"]).await?;
        page.wait_text(CLOCK, "0.00 s").await?;

        page.click(PLAY).await?;
        page.wait(".playbar [aria-label=Pause]").await?;
        page.until("the run has played to its end", async || Ok(page.text(CLOCK).await? == end))
            .await?;
        page.wait(".playbar [aria-label=Play]").await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
    });
}

#[test]
fn each_step_is_an_event_with_its_sentence() {
    test(async |page| {
        open(page).await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        let mut told = page.text(CAPTION).await?;
        for _ in 0..3 {
            page.click(".playbar [aria-label='To the next event']").await?;
            let before = told.clone();
            page.until("another sentence", async || Ok(page.text(CAPTION).await? != before))
                .await?;
            told = page.text(CAPTION).await?;
            assert!(told.contains("essage 1"), "the first events are about message 1: {told}");
        }
        page.click(".playbar [aria-label='To the event before']").await?;
        page.until("the sentence before", async || Ok(page.text(CAPTION).await? != told)).await
    });
}

#[test]
fn the_slider_goes_to_any_moment() {
    test(async |page| {
        open(page).await?;
        let drag = "const slider = document.querySelector(arguments[0]);
            slider.value = Number(slider.max) * arguments[1];
            slider.dispatchEvent(new Event('input', { bubbles: true }));";
        page.script(drag, vec![json!(TIME), json!(0)]).await?;
        wait_texts(page, BALANCE, &["0", "0", "0"]).await?;
        page.script(drag, vec![json!(TIME), json!(0.3)]).await?;
        wait_texts(page, BALANCE, &["10,000", "10,000", "10,000"]).await?;
        page.script(drag, vec![json!(TIME), json!(1)]).await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
    });
}

#[test]
fn nothing_moves_by_itself_and_playing_goes_in_steps_when_less_motion_is_preferred() {
    test(async |page| {
        page.reduced_motion(true).await?;
        open(page).await?;
        let clock = page.text(CLOCK).await?;
        page.wait(".playbar [aria-label=Play]").await?;
        assert_eq!(page.text(CLOCK).await?, clock, "the page does not play by itself");
        let moving = page
            .script(
                "return document.getAnimations().filter(a => a.playState === 'running').length",
                vec![],
            )
            .await?;
        assert_eq!(moving, json!(0), "nothing is animated");
        Ok(())
    });
}

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

        page.click("[data-test=legend]").await?;
        page.select("[data-test=speed]", "4×").await?;
        page.press("Escape").await?;
        page.click(PLAY).await?;
        page.wait(".playbar [aria-label=Pause]").await?;
        // It stands where there is something to read, so it takes a while.
        let played = async || {
            page.until("the run has played to its end", async || Ok(page.text(CLOCK).await? == end))
                .await
        };
        if played().await.is_err() {
            played().await?;
        }
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
        let mut told = String::new();
        for _ in 0..3 {
            page.click(".playbar [aria-label='Next event']").await?;
            page.wait(CAPTION).await?;
            let before = told.clone();
            page.until("another sentence", async || Ok(page.text(CAPTION).await? != before))
                .await?;
            told = page.text(CAPTION).await?;
            assert!(told.contains("essage 1"), "the first events are about message 1: {told}");
            assert_eq!(page.count(CAPTION).await?, 1, "one thing at a time");
        }
        page.click(".playbar [aria-label='Previous event']").await?;
        page.until("the sentence before", async || Ok(page.text(CAPTION).await? != told)).await
    });
}

#[test]
fn playing_stands_still_to_be_read_and_goes_on_with_the_space_bar() {
    test(async |page| {
        open(page).await?;
        page.press("Home").await?;
        page.press("Space").await?;
        page.wait(CAPTION).await?;
        let stood = page.text(CLOCK).await?;
        let told = page.text(CAPTION).await?;
        page.press("Space").await?;
        page.until("it goes on", async || Ok(page.text(CLOCK).await? != stood)).await?;
        page.wait(".playbar [aria-label=Pause]").await?;
        page.until("another caption", async || {
            Ok(page.count(CAPTION).await? == 1 && page.text(CAPTION).await? != told)
        })
        .await
    });
}

#[test]
fn a_caption_is_inside_of_its_picture() {
    test(async |page| {
        for (width, height) in [(1366, 641), (390, 844)] {
            page.viewport(width, height).await?;
            open(page).await?;
            page.press("Home").await?;
            for _ in 0..12 {
                page.press("ArrowRight").await?;
                page.wait(CAPTION).await?;
                let out = "const caption = document.querySelector(arguments[0]).getBoundingClientRect(),
                        picture = document.querySelector(arguments[0]).closest('.picture').getBoundingClientRect();
                    return Math.max(picture.left - caption.left, caption.right - picture.right,
                        picture.top - caption.top, caption.bottom - picture.bottom)";
                let out = page.script(out, vec![json!(CAPTION)]).await?;
                assert!(
                    out.as_f64().is_some_and(|out| out <= 2.0),
                    "{out} px outside at {width} by {height}"
                );
            }
        }
        Ok(())
    });
}

#[test]
fn a_long_run_opens_where_it_first_goes_wrong_with_the_whole_of_it_beside() {
    test(async |page| {
        open(page).await?;
        page.open(
            "#payment+messages=50/at-most-once,at-least-once,effectively-once/drop-publish-20",
        )
        .await?;
        page.wait("[data-test=minimap-1]").await?;
        page.wait(".picture .more.above").await?;
        let at = page.text(CLOCK).await?;
        page.click("[data-test=minimap-1]").await?;
        page.until("the middle of it", async || Ok(page.text(CLOCK).await? != at)).await
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

//! A lesson from its situation to its end, and an exercise from the task to the line that is handed in.

use ackground_e2e::{Done, Page, json, test};

/// How far a lesson is read.
const FAR: &str = "[data-test=lesson-far]";

/// What the browser keeps.
async fn kept(page: &Page) -> Done<String> {
    let kept = page.script("return localStorage.getItem('ackground-progress')", vec![]);
    Ok(kept.await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_lesson_is_read_to_its_end_and_shows_nothing_before_it_was_predicted() {
    test(async |page| {
        page.viewport(360, 800).await?;
        // A link to the end of a lesson leads no farther than to the first question.
        page.open("#lesson=two-generals&step=100").await?;
        page.wait("[data-test=keep]").await?;
        assert_eq!(page.count("[data-test=replay]").await?, 0);
        assert_eq!(page.count("[data-test=settled]").await?, 0);
        for _ in 0..40 {
            if page.count("[data-test=lesson-finish]").await? > 0 {
                break;
            }
            let far = page.text(FAR).await?;
            if page.count("[data-test=keep]").await? > 0 {
                page.click(".predict:not(.kept) .option").await?;
                page.click("[data-test=keep]").await?;
            } else if page.count("[data-test=lesson-on]").await? > 0 {
                page.click("[data-test=lesson-on]").await?;
            }
            page.until("the next step", async || {
                let on = page.text(FAR).await? != far;
                Ok(on || page.count("[data-test=lesson-finish]").await? > 0)
            })
            .await?;
            assert!(!page.scrolls_sideways().await?, "{far}");
        }
        page.wait("main:not(:has([data-test=settled][aria-busy=true]))")
            .await?;
        assert!(page.count("[data-test=settled] .yes").await? > 0);
        page.click("[data-test=lesson-finish]").await?;
        page.wait("[data-test=lesson-done]").await?;
        page.click("[data-test=learn-back]").await?;
        page.wait(".learn-card:has([data-test=lesson-two-generals]) .learn-mark.done")
            .await?;
        assert!(kept(page).await?.contains("two-generals"));
        page.expect_quiet_console().await
    });
}

#[test]
fn an_exercise_is_solved_and_handed_in() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#view=learn").await?;
        page.click("[data-test=exercise-lose-one]").await?;
        page.click("[data-test=question-1-1]").await?;
        page.click("[data-test=keep]").await?;
        page.wait("[data-test=goal-1].no").await?;
        // What is locked cannot be changed, what is free can.
        assert_eq!(page.count("[data-test=desk] .bench .setting").await?, 0);
        page.script("document.querySelector('[data-test=hint]').click()", vec![])
            .await?;
        page.wait_text("[data-test=hint-box]", "fault").await?;
        page.fill("[data-test=add-line]", "drop publish 1").await?;
        page.press("Enter").await?;
        page.click("[data-test=check]").await?;
        page.wait("[data-test=desk][data-solved=true]").await?;
        page.wait_text("[data-test=goals-told]", "Solved").await?;
        page.click("[data-test=hand-in]").await?;
        page.fill("[data-test=who]", "Ada").await?;
        let line = "return document.querySelector('[data-test=answer-line]').value";
        page.until("the line to paste", async || {
            let line = page.script(line, vec![]).await?;
            Ok(line
                .as_str()
                .is_some_and(|line| line.starts_with("ackground-answer.v1.")))
        })
        .await?;
        // After a reload it is as it was left.
        page.until("it is kept", async || {
            Ok(kept(page).await?.contains("\"solved\":true"))
        })
        .await?;
        page.script("location.reload()", vec![]).await?;
        page.wait("[data-test=exercise-done]").await?;
        page.wait("[data-test=desk][data-solved=true]").await?;
        assert_eq!(
            page.script("return localStorage.length", vec![]).await?,
            json!(1)
        );
        page.expect_quiet_console().await
    });
}

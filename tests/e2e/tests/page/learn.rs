//! A lesson from its situation to its end, and an exercise from the task to the line that is handed in.

use ackground_e2e::{Done, Page, json, test};

/// How far a lesson is read.
const FAR: &str = "[data-test=lesson-far]";

/// What the browser keeps.
async fn kept(page: &Page) -> Done<String> {
    let kept = page.script("return localStorage.getItem('ackground-progress')", vec![]);
    Ok(kept.await?.as_str().unwrap_or_default().to_owned())
}

/// Pastes a text onto the page, where nothing takes it.
const PASTE: &str = "const data = new DataTransfer();
    data.setData('text/plain', arguments[0]);
    document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));";
/// The ids that stand on the page more than once.
const TWICE: &str = "const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at)";
/// An exercise that is not built in.
const OWN: &str = r#"{"version": 1, "kind": "exercise", "id": "mine", "title": "One of my own",
    "experiment": {"version": 1, "messages": 2, "lanes": [{"preset": "at-least-once"}]},
    "free": ["lanes[0].consumer.dedup"], "goals": ["lane 1: keeps exactly-once within 1 fault"]}"#;

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
            page.until("the focus is at the step", async || page.has_focus(".lesson-step").await)
                .await?;
            assert!(!page.scrolls_sideways().await?, "{far}");
        }
        // A run that was seen before opens again, beside the one that is there: every id is its own.
        page.click("[data-test=run-again]").await?;
        page.wait("[data-test=replay] .picture").await?;
        assert_eq!(page.script(TWICE, vec![]).await?, json!([]));
        page.wait("main:not(:has([data-test=settled][aria-busy=true]))").await?;
        assert!(page.count("[data-test=settled] .yes").await? > 0);
        page.click("[data-test=lesson-finish]").await?;
        page.wait("[data-test=lesson-done]").await?;
        page.click("[data-test=learn-back]").await?;
        page.wait(".learn-card:has([data-test=lesson-two-generals]) .learn-mark.done").await?;
        page.until("the focus is where one came from", async || {
            page.has_focus("[data-test=lesson-two-generals]").await
        })
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
        page.wait("[data-test=hint]").await?;
        page.script("document.querySelector('[data-test=hint]').click()", vec![]).await?;
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
            Ok(line.as_str().is_some_and(|line| line.starts_with("ackground-answer.v1.")))
        })
        .await?;
        // After a reload it is as it was left.
        page.until("it is kept", async || Ok(kept(page).await?.contains("\"solved\":true")))
            .await?;
        page.script("location.reload()", vec![]).await?;
        page.wait("[data-test=exercise-done]").await?;
        page.wait("[data-test=desk][data-solved=true]").await?;
        assert_eq!(page.script("return localStorage.length", vec![]).await?, json!(1));
        page.expect_quiet_console().await
    });
}

#[test]
fn what_is_done_in_an_exercise_is_undone_by_keys_and_shared() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#exercise=repair-dedup-in-memory").await?;
        let dedup = "[data-test=\"all-lanes[0].consumer.dedup\"]";
        let is = async |what: &str, value: &str| {
            page.until(what, async || Ok(page.value(dedup).await? == value)).await
        };
        is("it is as it is given", "memory").await?;
        page.select(dedup, "atomic").await?;
        is("it is changed", "atomic").await?;
        page.wait("[data-test=bench-undo]:not([aria-disabled])").await?;
        // The field that was changed has the focus, and no typing of its own to undo.
        page.press("Control+z").await?;
        is("it is undone", "memory").await?;
        page.press("Control+Shift+z").await?;
        is("it is done again", "atomic").await?;
        page.click("[data-test=bench-undo]").await?;
        is("it is undone by the button", "memory").await?;
        page.click("[data-test=bench-redo]").await?;
        is("it is done again by the button", "atomic").await?;
        page.wait("[data-test=desk][data-solved=true]").await?;
        page.until("it is kept", async || Ok(kept(page).await?.contains("solved\":true"))).await?;
        page.click("[data-test=open-share]").await?;
        let link = page.value("[data-test=share-address]").await?;
        assert!(link.ends_with("#view=learn&exercise=repair-dedup-in-memory"), "{link}");
        let own = page.value("[data-test=share-own]").await?;
        assert!(!own.contains("exercise=") && own.contains('#'), "{own}");
        page.expect_quiet_console().await
    });
}

#[test]
fn an_exercise_opens_wherever_it_is_pasted_and_an_answer_goes_to_marking() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.open("#view=prove").await?;
        page.wait(".proof-card").await?;
        page.script(PASTE, vec![json!(OWN)]).await?;
        page.wait_text("h1", "One of my own").await?;
        page.wait("[data-test=desk]").await?;
        // The address is the exercise's: it is there after a reload.
        page.until("the address follows", async || {
            Ok(page.fragment().await?.contains("exercise=x1."))
        })
        .await?;
        page.reload().await?;
        page.wait_text("h1", "One of my own").await?;
        let answer = page
            .script(
                "document.querySelector('[data-test=hand-in]').click();
                 return new Promise(done => setTimeout(() => done(document.querySelector('[data-test=answer-line]').value), 300))",
                vec![],
            )
            .await?;
        assert!(answer.as_str().is_some_and(|line| line.starts_with("ackground-answer")));
        page.open("").await?;
        page.wait("[data-test=lane]").await?;
        page.script(PASTE, vec![answer]).await?;
        page.wait_text("[data-test=notice]", "answer to an exercise").await?;
        page.click("[data-test=go-to-marking]").await?;
        page.wait("[data-test=mark-paste]").await?;
        page.expect_quiet_console().await
    });
}

#[test]
fn without_workers_a_hint_never_holds_the_page_long() {
    test(async |page| {
        page.forbid_workers().await?;
        page.viewport(1440, 900).await?;
        page.open("#exercise=repair-dedup-in-memory").await?;
        page.wait("[data-test=goal-1].no").await?;
        page.script(
            "window.longest = 0; let before = performance.now();
             const look = () => { const now = performance.now();
                window.longest = Math.max(window.longest, now - before); before = now; setTimeout(look, 0); };
             look(); document.querySelector('[data-test=hint]').click();",
            vec![],
        )
        .await?;
        page.wait("[data-test=hint-more]").await?;
        let longest = page.script("return window.longest", vec![]).await?;
        // A search in one piece takes some tenths of a second on any machine.
        assert!(longest.as_f64().is_some_and(|ms| ms < 150.0), "{longest} ms");
        page.expect_quiet_console().await
    });
}

#[test]
fn a_lesson_and_an_exercise_are_printed_without_controls() {
    test(async |page| {
        for fragment in ["#lesson=messages", "#exercise=lose-one", "#exercise=repair-dual-write"] {
            page.open(fragment).await?;
            page.wait("#learn-title").await?;
            page.script("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
            page.on_paper(true).await?;
            if fragment.starts_with("#exercise") {
                page.wait(".goals").await?;
                page.wait(".bench-locked[open], .bench .setting").await?;
            }
            let seen = "return [...document.querySelectorAll('.learn button:not(.term), .learn a.button, .learn input[type=range], .foot')]
                .filter(one => one.checkVisibility()).map(one => one.outerHTML)";
            assert_eq!(page.script(seen, vec![]).await?, json!([]), "{fragment}");
            page.on_paper(false).await?;
            page.script("dispatchEvent(new Event('afterprint'))", vec![]).await?;
        }
        Ok(())
    });
}

//! For teachers: what was handed in is marked, an exercise is made and given away, a lesson is presented.

use ackground::experiment::json::Json;
use ackground::learn::exercise::{Attempt, Exercise, built_in};
use ackground::learn::submission::Submission;
use ackground::learn::text::ENGLISH;
use ackground_e2e::{Page, json, test};

use super::{saved, wait_texts};

/// Drops files, as their names and contents, on the page.
const DROP: &str = "const data = new DataTransfer();
    for (const [name, text] of arguments[0]) data.items.add(new File([text], name));
    const send = kind => document.querySelector('main').dispatchEvent(
        new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
    const taken = !send('dragover');
    send('drop');
    return taken;";

/// Lets the page do what it is asked at any width, without another's first screen.
async fn open(page: &Page, fragment: &str) -> ackground_e2e::Done {
    page.viewport(1440, 1000).await?;
    page.open(fragment).await?;
    page.wait("[data-test=class]").await.map(drop)
}

#[test]
fn three_submissions_are_marked_and_the_tampered_one_is_named() {
    test(async |page| {
        let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
        let given = Attempt::of(&exercise);
        let mended = exercise
            .experiment
            .with("lanes[0].consumer.dedup", Json::text("atomic"));
        let mended = Attempt {
            experiment: mended.expect("it can be set"),
            ..given.clone()
        };
        let of = |who, attempt| Submission::new(&exercise, None, who, attempt, 3);
        let mut tampered = of("Eve", mended.clone()).to_line();
        let middle = tampered.len() / 2;
        let letter = if &tampered[middle..=middle] == "A" {
            "B"
        } else {
            "A"
        };
        tampered.replace_range(middle..=middle, letter);

        open(page, "view=class&part=mark").await?;
        let files = json!([
            ["ada.json", of("Ada", mended).to_json()],
            ["bob.json", of("Bob", given).to_json()],
            ["eve.txt", tampered],
        ]);
        let taken = page.script(DROP, vec![files]).await?;
        assert_eq!(taken, true, "the browser would leave the page for it");
        page.wait_text("[data-test=mark-done]", "3 of 3 marked")
            .await?;
        let standing = ["✓ Solved", "✗ Not solved", "! Refused"];
        wait_texts(page, "[data-test=marks] .standing", &standing).await?;
        page.wait_text("[data-test=marks] .refused", "damaged")
            .await?;
        // By who, the other way round: what has no name comes last then.
        page.click("[data-test=marks] th:first-child button")
            .await?;
        page.click("[data-test=marks] th:first-child button")
            .await?;
        wait_texts(page, "[data-test=marks] tbody th", &["Bob", "Ada", "–"]).await?;
        let (name, text) = saved(page, "mark-csv").await?;
        assert_eq!(name, "ackground-marks.csv");
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 4, "{text}");
        assert!(
            rows[1].starts_with("bob.json,Bob,repair-dedup-in-memory,,not solved,0,"),
            "{text}"
        );
        assert!(
            rows[2].starts_with("ada.json,Ada,repair-dedup-in-memory,,solved,"),
            "{text}"
        );
        assert!(rows[3].starts_with("eve.txt,,,,refused,"), "{text}");
        Ok(())
    });
}

#[test]
fn an_exercise_is_built_and_its_key_is_found() {
    test(async |page| {
        open(page, "view=class&part=build").await?;
        page.wait_text("[data-test=class-wrong]", "goals").await?;
        page.fill("[data-test=build-title]", "Never twice").await?;
        page.select("[data-test=wish-lane]", "1").await?;
        page.click("[data-test=add-goal]").await?;
        page.click("[data-test='free-*']").await?;
        page.wait("[data-test=class-give]").await?;
        let (name, text) = saved(page, "give-save").await?;
        assert_eq!(name, "never-twice.json");
        let exercise = Exercise::from_json(&text)?;
        assert_eq!(
            exercise.goals[0].to_string(),
            "lane 2: keeps exactly-once within 2 faults, 2 messages"
        );
        let link = page.value("[data-test=give-link]").await?;
        assert_eq!(Exercise::from_link(&link), Some(Ok(exercise)));
        page.click("[data-test=key-find]").await?;
        page.wait("[data-test=key-found]").await.map(drop)
    });
}

#[test]
fn a_lesson_is_presented_with_keys_alone() {
    test(async |page| {
        open(page, "view=class&part=present&of=two-generals").await?;
        page.click("[data-test=present-begin]").await?;
        page.wait("[data-test=show]").await?;
        while page.count("[data-test=show-reveal]").await? == 0 {
            let before = page.text("[data-test=show-at]").await?;
            page.press("n").await?;
            page.until("the next slide", async || {
                Ok(page.text("[data-test=show-at]").await? != before)
            })
            .await?;
        }
        page.press("1").await?;
        page.press("2").await?;
        page.press("2").await?;
        page.wait_text("[data-test=hands-2]", "2").await?;
        page.press("r").await?;
        page.wait("[data-test=show] .right").await?;
        page.press("Escape").await?;
        page.wait_gone("[data-test=show]").await
    });
}

//! For teachers: what was handed in is marked, an exercise is made and given away, a lesson is presented.

use ackground_core::experiment::json::Json;
use ackground_e2e::{Page, Scheme, json, test};
use ackground_learn::exercise::{Attempt, Exercise, built_in};
use ackground_learn::marking::{csv, mark, name_repeats, papers};
use ackground_learn::submission::Submission;
use ackground_learn::text::ENGLISH;

use super::{saved, wait_texts};

/// Drops files, as their names and contents (a text, or bytes), on the page.
const DROP: &str = "const data = new DataTransfer();
    for (const [name, text] of arguments[0])
        data.items.add(new File([Array.isArray(text) ? new Uint8Array(text) : text], name));
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
        let mended = exercise.experiment.with("lanes[0].consumer.dedup", Json::text("atomic"));
        let mended = Attempt { experiment: mended.expect("it can be set"), ..given.clone() };
        let of = |who, attempt| Submission::new(&exercise, None, who, attempt, 3);
        let mut tampered = of("Eve", mended.clone()).to_line();
        let middle = tampered.len() / 2;
        let letter = if &tampered[middle..=middle] == "A" { "B" } else { "A" };
        tampered.replace_range(middle..=middle, letter);

        open(page, "#view=class&part=mark").await?;
        let files = json!([
            ["ada.json", of("Ada", mended).to_json()],
            ["bob.json", of("Bob", given).to_json()],
            ["eve.txt", tampered],
        ]);
        let taken = page.script(DROP, vec![files]).await?;
        assert_eq!(taken, true, "the browser would leave the page for it");
        page.wait_text("[data-test=mark-done]", "3 of 3 marked").await?;
        let standing = ["✓ Solved", "✗ Not solved", "! Refused"];
        wait_texts(page, "[data-test=marks] .standing", &standing).await?;
        page.wait_text("[data-test=marks] .refused", "damaged").await?;
        // By who, the other way round: what has no name comes last then.
        page.click("[data-test=marks] th:first-child button").await?;
        page.click("[data-test=marks] th:first-child button").await?;
        wait_texts(page, "[data-test=marks] tbody th", &["Bob", "Ada", "–"]).await?;
        let (name, text) = saved(page, "mark-csv").await?;
        assert_eq!(name, "ackground-marks.csv");
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 4, "{text}");
        assert!(
            rows[1].starts_with("bob.json,Bob,repair-dedup-in-memory,,not solved,0,"),
            "{text}"
        );
        assert!(rows[2].starts_with("ada.json,Ada,repair-dedup-in-memory,,solved,"), "{text}");
        assert!(rows[3].starts_with("eve.txt,,,,refused,"), "{text}");
        Ok(())
    });
}

#[test]
fn an_exercise_is_built_and_its_key_is_found() {
    test(async |page| {
        open(page, "#view=class&part=build").await?;
        page.wait_text("[data-test=class-wrong]", "No goal yet").await?;
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
        open(page, "#view=class&part=present&of=two-generals").await?;
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

/// Pastes a text where nothing takes text.
const PASTE: &str = "const data = new DataTransfer();
    data.setData('text/plain', arguments[0]);
    document.querySelector('main').dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));";

/// A class that handed in whatever classes hand in: names of files with what is in them.
fn a_class() -> Vec<(String, String)> {
    let solve = |id: &str, who: &str| {
        let exercise = built_in(id, &ENGLISH).expect("it is built in");
        let key = exercise.key(500).expect("it has a solution");
        Submission::new(&exercise, None, who, key.attempt, 2)
    };
    let idle = |id: &str, who: &str| {
        let exercise = built_in(id, &ENGLISH).expect("it is built in");
        Submission::new(&exercise, None, who, Attempt::of(&exercise), 1)
    };
    let mut files = Vec::new();
    let mut file = |name: &str, text: String| files.push((name.to_owned(), text));
    file("ada.json", solve("charge-twice", "Ada").to_json());
    file("again.txt", idle("charge-twice", "ada").to_line());
    file("bob.json", solve("lose-one", "Bob").to_json());
    let line = solve("charge-twice", "Cleo").to_line();
    file("cut.txt", line[..line.len() - 9].to_owned());
    let json = solve("charge-twice", "Dan").to_json();
    file("cut.json", json[..json.len() / 2].to_owned());
    file("forged.json", json.replacen("Dan", "Eve", 1).replacen("charge-twice", "lose-one", 1));
    file("empty.json", String::new());
    file("other.json", "{\"version\": 1, \"lanes\": [{}]}".to_owned());
    file("formula.json", idle("charge-twice", "=1+1").to_json());
    let lines: Vec<String> =
        (0..20).map(|n| idle("charge-twice", &format!("Student {n}")).to_line()).collect();
    file("class.txt", lines.join("\n"));
    files
}

#[test]
fn a_class_is_marked_as_the_core_marks_it() {
    test(async |page| {
        open(page, "#view=class&part=mark").await?;
        let class = a_class();
        let mut files = json!(class);
        let more = files.as_array_mut().expect("a list");
        more.push(json!(["picture.png", [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]]));
        more.push(json!(["huge.json", "x".repeat(3 << 20)]));
        page.script(DROP, vec![files]).await?;
        page.wait_text("[data-test=mark-done]", "31 of 31 marked").await?;
        let (_, text) = saved(page, "mark-csv").await?;
        // What the command line writes of the same files.
        let mut marks = Vec::new();
        for (name, text) in &class {
            let papers = papers(name, text).into_iter();
            marks.extend(papers.map(|(source, paper)| mark(&source, paper, None)));
        }
        name_repeats(&mut marks);
        let expected = csv(&marks);
        for line in expected.lines().skip(1) {
            let first = line.split(',').next().unwrap_or_default();
            let there = text.lines().any(|it| it.trim_start_matches('\u{feff}') == line);
            assert!(there, "{first}:\n{line}\nis not in\n{text}");
        }
        for told in ["It is a picture", "longer than any submission", "'=1+1", "more than once"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        for width in [1440, 768, 360] {
            page.viewport(width, 2000).await?;
            for scheme in [Scheme::Light, Scheme::Dark] {
                page.colour_scheme(scheme).await?;
                let found = page.violations().await?;
                let found: Vec<String> = found.iter().map(ToString::to_string).collect();
                assert!(found.is_empty(), "{width}: {}", found.join("\n"));
            }
            assert!(!page.scrolls_sideways().await?, "{width}");
        }
        page.expect_quiet_console().await
    });
}

#[test]
fn a_line_that_is_pasted_anywhere_lands_on_the_pile() {
    test(async |page| {
        open(page, "#view=class&part=mark").await?;
        let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
        let line = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 1).to_line();
        page.script(PASTE, vec![json!(line)]).await?;
        page.wait_text("[data-test=mark-done]", "1 of 1 marked").await?;
        wait_texts(page, "[data-test=marks] tbody th", &["Ada"]).await?;
        assert_eq!(page.count("[data-test=notice]").await?, 0);
        // Where everything is, it is named as none.
        page.script(PASTE, vec![json!("good morning")]).await?;
        page.wait_text("[data-test=marks] .refused", "not a submission").await
    });
}

#[test]
fn everybody_gets_a_variant_and_its_answer_is_marked_by_it() {
    test(async |page| {
        open(page, "#view=class&part=build").await?;
        page.select("[data-test=build-begin]", "repair-dedup-in-memory").await?;
        page.fill("[data-test=give-number]", "Ada\nBob\nCleo").await?;
        let (name, list) = saved(page, "give-save-links").await?;
        assert_eq!(name, "repair-dedup-in-memory-links.csv");
        let rows: Vec<Vec<&str>> =
            list.lines().skip(1).map(|row| row.split(',').collect()).collect();
        assert_eq!(rows.len(), 3);
        let lines = page.value("[data-test=give-links]").await?;
        let links: Vec<&str> = lines.lines().filter_map(|line| line.split('\t').nth(1)).collect();
        assert_eq!(links.len(), 3);
        for (row, link) in rows.iter().zip(&links) {
            assert_eq!(row[2], *link);
            assert!(link.ends_with(&format!("&variant={}", row[1])), "{link}");
        }
        assert_ne!(rows[0][1], rows[1][1]);
        let fragment = links[0].split_once('#').expect("a fragment").1;
        page.open(&format!("#{fragment}")).await?;
        page.wait("[data-test=learn] h1").await.map(drop)
    });
}

#[test]
fn share_leads_to_the_builder_and_a_letter_to_the_teachers() {
    test(async |page| {
        page.viewport(1440, 1000).await?;
        page.open("").await?;
        page.click("[data-test=open-share]").await?;
        page.click("[data-test=share-exercise]").await?;
        page.wait("[data-test=class-builder]").await?;
        page.until("the title has the focus", async || {
            page.has_focus("[data-test=build-title]").await
        })
        .await?;
        page.open("").await?;
        page.wait("#lane-1").await?;
        page.press("t").await?;
        page.wait("[data-test=class-guide]").await.map(drop)
    });
}

/// Whether all of the slide is seen at once.
const FITS: &str = "const slide = document.querySelector('[data-test=slide]');
    return slide.scrollHeight <= slide.clientHeight && slide.scrollWidth <= slide.clientWidth;";

#[test]
fn a_slide_fits_on_a_projector_and_keys_work_after_the_mouse() {
    test(async |page| {
        page.viewport(1280, 720).await?;
        page.open("#view=class&part=present&of=two-generals").await?;
        page.click("[data-test=present-begin]").await?;
        page.wait("[data-test=slide]").await?;
        let mut runs = 0;
        for slide in 1..=6 {
            page.wait_text("[data-test=show-at]", &format!("{slide} of")).await?;
            if page.count("[data-test=show-reveal]").await? > 0 {
                page.press("2").await?;
                page.wait_text("[data-test=hands-2]", "1").await?;
                page.click("[data-test=show-reveal]").await?;
                page.wait("[data-test=show] .right").await?;
            }
            runs += page.count("[data-test=replay]").await?;
            if page.count("[data-test=replay]").await? == 0 {
                page.until(&format!("slide {slide} fits"), async || {
                    Ok(page.script(FITS, vec![]).await? == json!(true))
                })
                .await?;
            }
            // The button that was pressed is gone: the keys are heard nevertheless.
            page.until("something in it has the focus", async || {
                page.has_focus("[data-test=show], [data-test=show] *").await
            })
            .await?;
            page.press("n").await?;
        }
        assert!(runs > 0, "a run is shown on its slide");
        Ok(())
    });
}

#[test]
fn a_handout_is_one_page_without_what_is_hidden() {
    test(async |page| {
        open(page, "#view=class&part=build").await?;
        page.select("[data-test=build-begin]", "name-three").await?;
        page.wait("[data-test=class-give]").await?;
        page.on_paper(true).await?;
        let seen = page.text("[data-test=handout]").await?;
        assert!(seen.contains("Three setups, three guarantees"), "{seen}");
        for secret in ["at-most-once", "effectively-once"] {
            assert!(!seen.contains(secret), "{seen}");
        }
        for gone in [".top", "[data-test=class-give]", ".class-form", ".foot"] {
            let display = page
                .script(
                    "return getComputedStyle(document.querySelector(arguments[0])).display",
                    vec![json!(gone)],
                )
                .await?;
            assert_eq!(display, "none", "{gone}");
        }
        page.on_paper(false).await
    });
}

#[test]
fn the_guide_finds_the_answers_when_it_is_asked() {
    test(async |page| {
        open(page, "#view=class").await?;
        page.click("details:has([data-test=answers-two-generals]) > summary").await?;
        page.click("[data-test=answers-two-generals]").await?;
        page.until("every question has an answer", async || {
            let questions = page.count("[data-test=lesson-answers] > li").await?;
            let answered = page.count("[data-test=lesson-answers] > li:has(.class-right)").await?;
            Ok(questions > 2 && questions == answered)
        })
        .await?;
        page.click("[data-test=exercise-charge-twice] > summary").await?;
        page.click("[data-test=exercise-charge-twice] [data-test=key-find]").await?;
        page.wait_text("[data-test=key-found]", "drop publish-ack 1").await
    });
}

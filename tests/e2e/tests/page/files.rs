//! Files: what is saved is what the core says, and what is opened is what the page then shows.

use ackground_core::experiment::Experiment;
use ackground_e2e::{Done, Page, json, test};
use ackground_timeline::picture::{PictureOptions, svg};

use super::{BALANCE, LANE, open, saved, wait_texts};

const NOTICE: &str = "[data-test=notice]";

/// Drops files, as their names and contents, or a text, on the page, with everything that comes before.
const DROP: &str = "const data = new DataTransfer();
    for (const [name, text] of arguments[0]) data.items.add(new File([text], name));
    if (arguments[1]) data.setData('text/plain', arguments[1]);
    const send = kind => document.querySelector('main').dispatchEvent(
        new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
    send('dragenter');
    return new Promise(done => setTimeout(() => {
        const seen = document.querySelector('[data-test=drop-zone]')?.innerText;
        const taken = !send('dragover');
        send('drop');
        done([seen, taken]);
    }, 200));";

const PASTE: &str = "const data = new DataTransfer();
    data.setData('text/plain', arguments[0]);
    document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));";

/// Another experiment, with one lane and two messages.
fn other() -> Experiment {
    let text = r#"{"version":1,"messages":2,"lanes":[{"preset":"at-least-once"}]}"#;
    Experiment::from_json(text).expect("an experiment")
}

async fn open_save(page: &Page) -> Done {
    page.click("[data-test=open-share]").await?;
    page.click("[data-test=share-save]").await?;
    page.wait("[data-test=save-json]").await.map(drop)
}

async fn lanes(page: &Page, number: usize) -> Done {
    page.until(&format!("{number} lanes"), async || Ok(page.count(LANE).await? == number)).await
}

#[test]
fn what_is_saved_is_what_is_shown() {
    test(async |page| {
        open(page).await?;
        open_save(page).await?;
        let experiment = Experiment::default();
        let (name, text) = saved(page, "save-json").await?;
        assert_eq!(name, "ackground-payment.json");
        assert_eq!(Experiment::from_json(&text), Ok(experiment.clone()));
        page.select("[data-test=picture-theme]", "light").await?;
        let (name, text) = saved(page, "save-svg").await?;
        assert_eq!(name, "ackground-payment.svg");
        assert_eq!(text, svg(&experiment, &PictureOptions::default()));
        let (name, text) = saved(page, "save-png").await?;
        assert_eq!(name, "ackground-payment.png");
        assert!(text.contains("PNG") && text.len() > 20_000, "{} letters", text.len());
        let (_, text) = saved(page, "save-text").await?;
        assert!(text.starts_with("At most once\nThree people each send you 10,000.\n"));
        let (name, text) = saved(page, "save-messages").await?;
        assert_eq!(name, "ackground-payment-messages.csv");
        assert!(text.contains("\r\n2,At least once,3,1,2,2,2,0,ok,duplicated,no\r\n"), "{text}");
        let (_, text) = saved(page, "save-lanes").await?;
        assert_eq!(text.lines().count(), 1 + 3);
        Ok(())
    });
}

#[test]
fn a_file_is_chosen_opened_and_taken_back() {
    test(async |page| {
        open(page).await?;
        let file = std::env::temp_dir().join(format!("ackground-{}.json", std::process::id()));
        std::fs::write(&file, other().to_json())?;
        open_save(page).await?;
        page.choose_file("[data-test=open-file]", &file).await?;
        page.wait_text(NOTICE, "is open").await?;
        lanes(page, 1).await?;
        page.until("the focus is where the sheet was opened", async || {
            page.has_focus("[data-test=open-share]").await
        })
        .await?;
        page.click("[data-test=undo-open]").await?;
        lanes(page, 3).await?;
        std::fs::remove_file(&file)?;
        Ok(())
    });
}

#[test]
fn what_is_dropped_is_opened_or_said_not_to_be() {
    test(async |page| {
        open(page).await?;
        let wrong = r#"{"version":1,"lanes":[{"producer":{"retries":2000}}]}"#;
        let files = json!([["bad.json", wrong]]);
        let answer = page.script(DROP, vec![files, json!(null)]).await?;
        assert_eq!(answer[1], true, "the browser would leave the page for it");
        assert!(answer[0].as_str().unwrap_or_default().contains("Drop the file to open it"));
        page.wait_text(NOTICE, "lanes[0].producer.retries: 2000 is not allowed").await?;
        lanes(page, 3).await?;
        let files = json!([["mine.json", other().to_json()]]);
        page.script(DROP, vec![files, json!(null)]).await?;
        page.wait_text(NOTICE, "\u{201c}mine.json\u{201d} is open").await?;
        lanes(page, 1).await?;
        let two = json!([["a.json", "{}"], ["b.json", "{}"]]);
        page.script(DROP, vec![two, json!(null)]).await?;
        page.wait_text(NOTICE, "drop a single file").await?;
        page.until("nothing lies over the page", async || {
            Ok(page.count("[data-test=drop-zone]").await? == 0)
        })
        .await
    });
}

#[test]
fn json_and_links_can_be_pasted_anywhere() {
    test(async |page| {
        open(page).await?;
        page.script(PASTE, vec![json!("just a sentence")]).await?;
        page.script(PASTE, vec![json!(other().to_json())]).await?;
        page.wait_text(NOTICE, "What you pasted is open").await?;
        wait_texts(page, BALANCE, &["20,000"]).await?;
        page.back().await?;
        lanes(page, 3).await?;
        let link = format!("https://example.org/#{}&view=prove", other().to_link());
        page.script(PASTE, vec![json!(link)]).await?;
        page.until("the view and the experiment of the link", async || {
            let fragment = page.fragment().await?;
            Ok(fragment.contains("view=prove") && fragment.contains(&other().to_link()))
        })
        .await
    });
}

//! What a person sees and does on the page, in the built site in a real browser.
//!
//! One module per concern. The selectors that they share are here: a control is found by
//! `data-test`, which is the path of its value in the experiment format where it has one.

mod access;
mod address;
mod by_hand;
mod class;
mod embed;
mod files;
mod flow;
mod guide;
mod host;
mod keyboard;
mod lanes;
mod learn;
mod looks;
mod measure;
mod opening;
mod paper;
mod playing;
mod prove;
mod robust;
mod senses;
mod setups;
mod share;
mod small;
mod why;
mod worker;

use ackground_e2e::{Done, Page, json};

/// A lane.
const LANE: &str = "[data-test=lane]";
/// What a lane's books hold.
const BALANCE: &str = "[data-test=lane] [data-test=head-balance] strong";
/// How far they are off.
const DIFFERENCE: &str = "[data-test=lane] [data-test=head-balance] small";
/// The button that plays or pauses.
const PLAY: &str = ".playbar .play";
/// The moment of the run.
const CLOCK: &str = ".playbar .clock";
/// The slider of the playbar.
const TIME: &str = ".playbar input[type=range]";
/// What is told of the present event, in the one picture that it is about.
const CAPTION: &str = "[data-test=caption]";

/// Keeps every file that the page saves, as its name and its text, in `window.saved`.
const KEEP_FILES: &str = "
    window.saved = [];
    const make = URL.createObjectURL;
    let text = null;
    URL.createObjectURL = blob => { text = blob.text(); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {
        const name = this.download;
        text.then(text => window.saved.push([name, text]));
    };";

/// Waits until elements have these texts, in document order.
async fn wait_texts(page: &Page, css: &str, texts: &[&str]) -> Done {
    page.until(&format!("{css} says {texts:?}"), async || Ok(page.texts(css).await? == texts)).await
}

/// Opens the first screen on a laptop.
async fn open(page: &Page) -> Done {
    page.viewport(1440, 900).await?;
    start(page).await
}

/// Opens the first screen at the size that the window has, and waits for all that comes after its first picture.
async fn start(page: &Page) -> Done {
    page.open("").await?;
    page.wait("html:not([data-part])").await?;
    wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
}

/// Unfolds what goes wrong.
async fn unfold_faults(page: &Page) -> Done {
    page.click("[data-test=change-faults]").await?;
    page.wait(".faults").await.map(drop)
}

/// Unfolds the ledgers and transcripts.
async fn unfold_messages(page: &Page) -> Done {
    page.script("document.querySelector('[data-test=every-message] > summary').click()", vec![])
        .await?;
    page.wait("#messages-1 .ledger").await.map(drop)
}

/// Changes where the second lane remembers ids, in the sheet of settings.
async fn set_dedup(page: &Page, word: &str) -> Done {
    page.click("[data-test=settings-2]").await?;
    page.select("[data-test='all-lanes[1].consumer.dedup']", word).await?;
    page.press("Escape").await?;
    page.wait_gone("dialog.settings").await
}

/// Presses a button that saves, and gives the name and the text of the file.
async fn saved(page: &Page, button: &str) -> Done<(String, String)> {
    page.script(KEEP_FILES, vec![]).await?;
    page.click(&format!("[data-test={button}]")).await?;
    page.until("a file is saved", async || {
        Ok(page.script("return window.saved.length", vec![]).await? == json!(1))
    })
    .await?;
    let file = page.script("return window.saved[0]", vec![]).await?;
    let part = |index: usize| file[index].as_str().unwrap_or_default().to_owned();
    Ok((part(0), part(1)))
}

//! What a person sees and does on the page, in the built site in a real browser.
//!
//! One module per concern. The selectors that they share are here: a control is found by
//! `data-test`, which is the path of its value in the experiment format where it has one.

mod access;
mod address;
mod by_hand;
mod flow;
mod guide;
mod host;
mod keyboard;
mod lanes;
mod looks;
mod measure;
mod opening;
mod paper;
mod playing;
mod prove;
mod robust;
mod senses;
mod setups;
mod small;
mod why;
mod worker;

use ackground_e2e::{Done, Page};

/// A lane.
const LANE: &str = "[data-test=lane]";
/// What a lane's books hold.
const BALANCE: &str = "[data-test=lane] .balance .actual";
/// How far they are off.
const DIFFERENCE: &str = "[data-test=lane] .balance .difference";
/// The button that plays or pauses.
const PLAY: &str = ".playbar .play";
/// The moment of the run.
const CLOCK: &str = ".playbar .clock";
/// The slider of the playbar.
const TIME: &str = ".playbar input[type=range]";
/// The sentences for the present event.
const NARRATION: &str = ".narration";

/// Waits until elements have these texts, in document order.
async fn wait_texts(page: &Page, css: &str, texts: &[&str]) -> Done {
    page.until(&format!("{css} says {texts:?}"), async || {
        Ok(page.texts(css).await? == texts)
    })
    .await
}

/// Opens the first screen on a laptop.
async fn open(page: &Page) -> Done {
    page.viewport(1440, 900).await?;
    start(page).await
}

/// Opens the first screen at the size that the window has.
async fn start(page: &Page) -> Done {
    page.open("").await?;
    wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await
}

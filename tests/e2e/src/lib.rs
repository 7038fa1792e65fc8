//! End-to-end tests: what a person sees and does, in the built release site, in real Chromium.
//!
//! `cargo xtask test --only e2e` builds the site, serves it under a sub-path, starts chromedriver
//! and runs the tests in `tests/`. (Alone, `cargo test -p ackground-e2e` has no site to visit and
//! says so.) A test is a script for one [`Page`]; every test has a browser of its own, so they run
//! at the same time and share nothing.
//!
//! ```no_run
//! use ackground_e2e::{Done, test};
//!
//! #[test]
//! fn the_run_can_be_paused() {
//!     test(async |page| {
//!         page.viewport(360, 740).await?;
//!         page.open("").await?;
//!         page.click("#play").await?;
//!         page.press("Space").await?;
//!         page.wait_text("#play", "Continue").await?;
//!         Ok(())
//!     });
//! }
//! ```
//!
//! Nothing sleeps: whatever a test looks for is awaited for up to [`PATIENCE`]. At the end the
//! console must hold no error ([`Page::console_errors`] hands over expected ones). When a test
//! fails, what the page looked like is in `target/e2e/<test>.png`.
//!
//! `ACKGROUND_SHOW=1` shows the browser while it works.

mod host;
mod page;
mod session;

use std::any::Any;
use std::error::Error;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

pub use host::{Host, site};
pub use page::{Node, Page, Scheme, Violation};
pub use serde_json::{Value, json};
pub use session::visit;

/// What every step of a script gives: a value, or what went wrong.
pub type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// How long something may take to appear.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Runs a script in a browser of its own.
///
/// # Panics
///
/// When the script fails, and when the page wrote an error to the console.
pub fn test(script: impl AsyncFnOnce(&Page) -> Done) {
    let visited = visit(async |page| {
        let mut end = caught(script(page)).await;
        if matches!(end, Ok(Ok(()))) {
            end = Ok(page.expect_quiet_console().await);
        }
        if !matches!(end, Ok(Ok(()))) {
            remember(page).await;
        }
        Ok(end)
    });
    match visited {
        Ok(Ok(Ok(()))) => {}
        Ok(Ok(Err(error))) | Err(error) => panic!("{error}"),
        Ok(Err(panic)) => resume_unwind(panic),
    }
}

/// Keeps what helps to understand a failure.
async fn remember(page: &Page) {
    let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let picture = target().join("e2e").join(format!("{name}.png"));
    match page.screenshot(&picture).await {
        Ok(()) => eprintln!("what the page looked like: {}", picture.display()),
        Err(error) => eprintln!("no picture of the page: {error}"),
    }
    for line in page.console_errors().await.unwrap_or_default() {
        eprintln!("console: {line}");
    }
}

/// A panic inside of the future becomes a value: the browser has to be closed either way.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// The build directory, for pictures.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from)
}

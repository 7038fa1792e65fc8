//! The page in a browser: where it is and what is there. Knows nothing about Ackground beyond where
//! it starts.
//!
//! | file | owns |
//! |---|---|
//! | `acts` | what a person does |
//! | `wishes` | what the page is asked for: its size, colours and motion, and what it is refused |
//! | `access` | what axe-core and the accessibility tree say of it |
//! | `chromium` | the browser's own commands, its console, pictures and prints |

mod access;
mod acts;
mod chromium;
mod wishes;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::{Done, PATIENCE};

pub use self::access::{Node, Violation};
pub use self::wishes::Scheme;

/// What the application has drawn itself into, once it runs.
const STARTED: &str = "#app > *, main#app";
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// One page in one browser. Selectors are CSS; whatever is looked for is awaited.
pub struct Page {
    client: Client,
    site: String,
    /// The emulated media features: Chromium takes them all at once.
    media: RefCell<BTreeMap<String, String>>,
    /// Console lines that were read but not yet asked for: Chromium gives each only once.
    console: RefCell<Vec<String>>,
}

impl Page {
    pub(crate) fn new(client: Client, site: String) -> Self {
        Self { client, site, media: RefCell::default(), console: RefCell::default() }
    }

    /// WebDriver itself, for what this layer does not offer.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The address of the site, ending with `/`.
    pub fn site(&self) -> &str {
        &self.site
    }

    // -- Where --------------------------------------------------------------------------------

    /// Loads the site afresh with this fragment (`""`, or `"#..."`) and waits until it runs.
    pub async fn open(&self, fragment: &str) -> Done {
        self.open_at(&format!("{}{fragment}", self.site)).await
    }

    /// Loads the page from any address and waits until it runs.
    pub async fn open_at(&self, address: &str) -> Done {
        self.visit_at(address).await?;
        self.until("the page starts", async || Ok(self.count(STARTED).await? > 0)).await
    }

    /// Loads the site where the application may not start: waits for the document alone.
    pub async fn visit(&self, fragment: &str) -> Done {
        self.visit_at(&format!("{}{fragment}", self.site)).await
    }

    /// Loads what is at any address: waits for the document alone.
    pub async fn visit_at(&self, address: &str) -> Done {
        // From another document: otherwise only the fragment would change, without a load.
        self.client.goto("about:blank").await?;
        Ok(self.client.goto(address).await?)
    }

    /// Changes the fragment in the loaded page, as following a link in it does.
    pub async fn follow(&self, fragment: &str) -> Done {
        self.script("location.hash = arguments[0]", vec![json!(fragment)]).await.map(drop)
    }

    /// Loads the same address again and waits until the page runs.
    pub async fn reload(&self) -> Done {
        self.client.refresh().await?;
        self.until("the page starts", async || Ok(self.count(STARTED).await? > 0)).await
    }

    /// The browser's back button.
    pub async fn back(&self) -> Done {
        Ok(self.client.back().await?)
    }

    /// The fragment of the address, with its `#`; empty without one.
    pub async fn fragment(&self) -> Done<String> {
        let url = self.client.current_url().await?;
        Ok(url.fragment().map_or_else(String::new, |fragment| format!("#{fragment}")))
    }

    // -- What is there ------------------------------------------------------------------------

    /// Waits until an element is there and visible.
    pub async fn wait(&self, css: &str) -> Done<Element> {
        let started = Instant::now();
        loop {
            for element in self.client.find_all(Locator::Css(css)).await? {
                // It may be gone again by the time we ask.
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            if started.elapsed() > PATIENCE {
                return Err(format!("no visible {css} within {PATIENCE:?}").into());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Waits until no such element is visible.
    pub async fn wait_gone(&self, css: &str) -> Done {
        self.until(&format!("{css} disappears"), async || {
            for element in self.client.find_all(Locator::Css(css)).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
        .await
    }

    /// Waits until the element's visible text contains `text`.
    pub async fn wait_text(&self, css: &str, text: &str) -> Done {
        self.until(&format!("{css} says \"{text}\""), async || {
            Ok(self.text(css).await?.contains(text))
        })
        .await
    }

    /// Waits until `holds` gives true; `what` completes "... within 10 s".
    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> Done<bool>) -> Done {
        let started = Instant::now();
        loop {
            if holds().await? {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                return Err(format!("waited in vain: {what} within {PATIENCE:?}").into());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// The visible text of an element. An element that is redrawn meanwhile is asked again.
    pub async fn text(&self, css: &str) -> Done<String> {
        let started = Instant::now();
        loop {
            match self.wait(css).await?.text().await {
                Err(error)
                    if error.is_stale_element_reference() && started.elapsed() < PATIENCE => {}
                text => return Ok(text?),
            }
        }
    }

    /// The visible texts of all such elements, in document order; none when there is none.
    pub async fn texts(&self, css: &str) -> Done<Vec<String>> {
        let texts = self
            .script(
                "return Array.from(document.querySelectorAll(arguments[0]), e => e.innerText)",
                vec![json!(css)],
            )
            .await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// How many such elements there are now, visible or not.
    pub async fn count(&self, css: &str) -> Done<usize> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// An attribute as written (`aria-pressed`, `href`).
    pub async fn attribute(&self, css: &str, name: &str) -> Done<Option<String>> {
        Ok(self.wait(css).await?.attr(name).await?)
    }

    /// The current value of a field.
    pub async fn value(&self, css: &str) -> Done<String> {
        Ok(self.wait(css).await?.prop("value").await?.unwrap_or_default())
    }

    /// Whether the element has the keyboard's focus.
    pub async fn has_focus(&self, css: &str) -> Done<bool> {
        let focused = self
            .script(
                "return document.activeElement?.matches(arguments[0]) ?? false",
                vec![json!(css)],
            )
            .await?;
        Ok(focused == json!(true))
    }

    /// Whether the page is wider than its window, so that a person would have to scroll sideways.
    pub async fn scrolls_sideways(&self) -> Done<bool> {
        let wider = self
            .script(
                "const page = document.documentElement; return page.scrollWidth > page.clientWidth",
                vec![],
            )
            .await?;
        Ok(wider == json!(true))
    }

    /// Runs JavaScript in the page; `arguments[0]` and so on are the arguments, `return` gives a
    /// value.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Done<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }
}

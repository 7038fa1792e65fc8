//! What a person sees and does on the page, and what tests may set: its size, the colours and the
//! motion it is asked for. Knows nothing about Ackground beyond where it starts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::{Done, PATIENCE};

/// What the application has drawn itself into, once it runs.
const STARTED: &str = "#app > *, main#app";
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The colours a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

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
        Self {
            client,
            site,
            media: RefCell::default(),
            console: RefCell::default(),
        }
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
        // From another document: otherwise only the fragment would change, without a load.
        self.client.goto("about:blank").await?;
        self.client
            .goto(&format!("{}{fragment}", self.site))
            .await?;
        self.until("the page starts", async || {
            Ok(self.count(STARTED).await? > 0)
        })
        .await
    }

    /// Changes the fragment in the loaded page, as following a link in it does.
    pub async fn follow(&self, fragment: &str) -> Done {
        self.script("location.hash = arguments[0]", vec![json!(fragment)])
            .await
            .map(drop)
    }

    /// Loads the same address again and waits until the page runs.
    pub async fn reload(&self) -> Done {
        self.client.refresh().await?;
        self.until("the page starts", async || {
            Ok(self.count(STARTED).await? > 0)
        })
        .await
    }

    /// The browser's back button.
    pub async fn back(&self) -> Done {
        Ok(self.client.back().await?)
    }

    /// The fragment of the address, with its `#`; empty without one.
    pub async fn fragment(&self) -> Done<String> {
        let url = self.client.current_url().await?;
        Ok(url
            .fragment()
            .map_or_else(String::new, |fragment| format!("#{fragment}")))
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
        Ok(self
            .wait(css)
            .await?
            .prop("value")
            .await?
            .unwrap_or_default())
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

    // -- What a person does -------------------------------------------------------------------

    /// Clicks an element (a tap, on a narrow page), scrolling to it first.
    pub async fn click(&self, css: &str) -> Done {
        self.again_when_redrawn(css, async |element| element.click().await)
            .await
    }

    /// Types text into a field, after what is in it.
    pub async fn type_into(&self, css: &str, text: &str) -> Done {
        self.again_when_redrawn(css, async |element| element.send_keys(text).await)
            .await
    }

    /// Replaces what is in a field.
    pub async fn fill(&self, css: &str, text: &str) -> Done {
        self.again_when_redrawn(css, async |element| {
            element.clear().await?;
            element.send_keys(text).await
        })
        .await
    }

    /// Chooses the option with this value in a `<select>`.
    pub async fn select(&self, css: &str, value: &str) -> Done {
        self.again_when_redrawn(css, async |element| element.select_by_value(value).await)
            .await
    }

    async fn again_when_redrawn(
        &self,
        css: &str,
        act: impl AsyncFn(&Element) -> Result<(), CmdError>,
    ) -> Done {
        let started = Instant::now();
        loop {
            match act(&self.wait(css).await?).await {
                // Redrawn, covered or still moving: a person would try again too.
                Err(error) if passing(&error) && started.elapsed() < PATIENCE => {
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
                done => return done.map_err(|error| format!("{css}: {error}").into()),
            }
        }
    }

    /// Presses a key, wherever the focus is: a character (`"a"`, `"?"`), a name (`"Enter"`,
    /// `"Escape"`, `"Space"`, `"Tab"`, `"ArrowLeft"`, `"Home"`, ...), either with modifiers
    /// (`"Shift+Tab"`, `"Control+z"`).
    pub async fn press(&self, keys: &str) -> Done {
        let codes = keys.split('+').map(key).collect::<Done<Vec<char>>>()?;
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in &codes {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in codes.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    // -- What the page is asked for -----------------------------------------------------------

    /// The size of the visible page in CSS pixels.
    pub async fn viewport(&self, width: u32, height: u32) -> Done {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", size)
            .await
            .map(drop)
    }

    /// The preferred colours.
    pub async fn colour_scheme(&self, scheme: Scheme) -> Done {
        let value = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        self.media("prefers-color-scheme", value).await
    }

    /// Whether less motion is preferred.
    pub async fn reduced_motion(&self, reduced: bool) -> Done {
        let value = if reduced { "reduce" } else { "no-preference" };
        self.media("prefers-reduced-motion", value).await
    }

    /// Any media feature (`"prefers-contrast"`, `"more"`). It stays until it is set again.
    pub async fn media(&self, feature: &str, value: &str) -> Done {
        self.media
            .borrow_mut()
            .insert(feature.to_owned(), value.to_owned());
        let features: Vec<Value> = self
            .media
            .borrow()
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.chromium(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await
        .map(drop)
    }

    /// Pages that are opened from now on can start no worker.
    pub async fn forbid_workers(&self) -> Done {
        let refuse = "self.Worker = class { constructor() { throw new Error('forbidden') } };";
        let ask = json!({ "source": refuse });
        self.chromium("Page.addScriptToEvaluateOnNewDocument", ask)
            .await
            .map(drop)
    }

    /// Allows something that would ask the person (`"clipboardReadWrite"`).
    pub async fn allow(&self, permission: &str) -> Done {
        let ask = json!({ "permissions": [permission] });
        self.chromium("Browser.grantPermissions", ask)
            .await
            .map(drop)
    }

    // -- What remains -------------------------------------------------------------------------

    /// The errors in the console since the last call.
    pub async fn console_errors(&self) -> Done<Vec<String>> {
        let entries = self.client.issue_cmd(ReadConsole).await?;
        let errors = entries
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(error_line);
        let mut console = self.console.borrow_mut();
        console.extend(errors);
        Ok(std::mem::take(&mut *console))
    }

    /// Fails when there is an error in the console.
    pub async fn expect_quiet_console(&self) -> Done {
        let errors = self.console_errors().await?;
        if errors.is_empty() {
            return Ok(());
        }
        let message = format!("errors in the console:\n  {}", errors.join("\n  "));
        *self.console.borrow_mut() = errors;
        Err(message.into())
    }

    /// A picture of what is visible.
    pub async fn screenshot(&self, file: &Path) -> Done {
        save(file, &self.client.screenshot().await?)
    }

    /// A picture of the whole page, from top to bottom.
    pub async fn full_page(&self, file: &Path) -> Done {
        let metrics = self.chromium("Page.getLayoutMetrics", json!({})).await?;
        let size = &metrics["cssContentSize"];
        let clip = json!({
            "x": 0, "y": 0, "scale": 1, "width": size["width"], "height": size["height"],
        });
        let ask = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.chromium("Page.captureScreenshot", ask).await?;
        let data = taken["data"].as_str().ok_or("Chromium gave no picture")?;
        save(file, &base64::prelude::BASE64_STANDARD.decode(data)?)
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn chromium(&self, command: &str, parameters: Value) -> Done<Value> {
        let command = DevTools(json!({ "cmd": command, "params": parameters }));
        Ok(self.client.issue_cmd(command).await?)
    }
}

/// WebDriver's code for a key.
fn key(name: &str) -> Done<char> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Ok(only);
    }
    let key = match name {
        "Space" => return Ok(' '),
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        _ => return Err(format!("there is no key {name:?}").into()),
    };
    key.chars()
        .next()
        .ok_or_else(|| format!("{name} has no code").into())
}

/// Whether an action failed because the page was about to look different.
fn passing(error: &CmdError) -> bool {
    use fantoccini::error::ErrorStatus::{
        ElementClickIntercepted, ElementNotInteractable, StaleElementReference,
    };
    matches!(error, CmdError::Standard(told) if matches!(
        told.error,
        ElementClickIntercepted | ElementNotInteractable | StaleElementReference
    ))
}

/// The line of a console entry that is an error.
fn error_line(entry: &Value) -> Option<String> {
    (entry["level"] == "SEVERE").then(|| entry["message"].as_str().unwrap_or("?").to_owned())
}

fn save(file: &Path, bytes: &[u8]) -> Done {
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Chromium's commands, which WebDriver does not have.
#[derive(Debug)]
struct DevTools(Value);

/// Chromium's console log, which WebDriver does not have either.
#[derive(Debug)]
struct ReadConsole;

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        endpoint(base, session, "goog/cdp/execute")
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

impl WebDriverCompatibleCommand for ReadConsole {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        endpoint(base, session, "se/log")
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({ "type": "browser" }).to_string()),
        )
    }
}

fn endpoint(
    base: &url::Url,
    session: Option<&str>,
    rest: &str,
) -> Result<url::Url, url::ParseError> {
    base.join(&format!("session/{}/{rest}", session.unwrap_or_default()))
}

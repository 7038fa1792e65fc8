//! Chromium's own commands, its console, and what it prints and pictures.

use std::fs;
use std::path::Path;

use base64::Engine;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Page;
use crate::Done;

impl Page {
    /// The errors in the console since the last call.
    pub async fn console_errors(&self) -> Done<Vec<String>> {
        let entries = self.client.issue_cmd(ReadConsole).await?;
        let errors = entries.as_array().into_iter().flatten().filter_map(error_line);
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

    /// The page as Chromium prints it: a PDF.
    pub async fn print(&self) -> Done<Vec<u8>> {
        let ask = json!({ "printBackground": false, "preferCSSPageSize": true });
        let printed = self.chromium("Page.printToPDF", ask).await?;
        let data = printed["data"].as_str().ok_or("Chromium printed nothing")?;
        Ok(base64::prelude::BASE64_STANDARD.decode(data)?)
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn chromium(&self, command: &str, parameters: Value) -> Done<Value> {
        let command = DevTools(json!({ "cmd": command, "params": parameters }));
        Ok(self.client.issue_cmd(command).await?)
    }
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
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

fn endpoint(
    base: &url::Url,
    session: Option<&str>,
    rest: &str,
) -> Result<url::Url, url::ParseError> {
    base.join(&format!("session/{}/{rest}", session.unwrap_or_default()))
}

//! One browser: started with the options of `webdriver.json`, closed at the end of the visit.

use std::env;
use std::path::Path;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use crate::{Done, Page};

/// Starts a browser, lets `script` use it and closes it, whatever the script's result.
///
/// # Errors
///
/// When the addresses of site and driver are not in the environment, when the browser does not
/// start, and the script's own.
pub fn visit<T>(script: impl AsyncFnOnce(&Page) -> Done<T>) -> Done<T> {
    let asked = |name: &str| {
        env::var(name).map_err(|_| {
            format!("{name} is not set: start these tests with `cargo xtask test --only e2e`")
        })
    };
    let (site, driver) = (asked("ACKGROUND_SITE")?, asked("ACKGROUND_WEBDRIVER")?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities()?)
            .connect(&driver)
            .await
            .map_err(|error| format!("the browser did not start: {error}"))?;
        let page = Page::new(client.clone(), site);
        let result = script(&page).await;
        let closed = client.close().await;
        let value = result?;
        closed?;
        Ok(value)
    })
}

/// The same options as for the tests in Wasm, with what this machine asks for.
fn capabilities() -> Done<Map<String, Value>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../webdriver.json");
    let text =
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut capabilities: Map<String, Value> = serde_json::from_str(&text)?;
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let chromium = &mut capabilities["goog:chromeOptions"];
    if let Some(args) = chromium["args"].as_array_mut() {
        if set("ACKGROUND_SHOW").is_some() {
            args.retain(|arg| arg != "--headless=new");
        }
        if set("ACKGROUND_NO_SANDBOX").is_some() {
            args.push(json!("--no-sandbox"));
        }
    }
    if let Some(binary) = set("ACKGROUND_CHROME") {
        chromium["binary"] = json!(binary);
    }
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    Ok(capabilities)
}

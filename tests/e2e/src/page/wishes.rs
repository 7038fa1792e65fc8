//! What the page is asked for, before or while it is there: its size, colours, motion, and what the
//! browser refuses it.

use serde_json::{Value, json};

use super::Page;
use crate::Done;

/// The colours a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Page {
    /// The size of the visible page in CSS pixels.
    pub async fn viewport(&self, width: u32, height: u32) -> Done {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", size).await.map(drop)
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

    /// Whether the system forces its own few colours on the page.
    pub async fn forced_colours(&self, forced: bool) -> Done {
        self.media("forced-colors", if forced { "active" } else { "none" }).await
    }

    /// Any media feature (`"prefers-contrast"`, `"more"`). It stays until it is set again.
    pub async fn media(&self, feature: &str, value: &str) -> Done {
        self.media.borrow_mut().insert(feature.to_owned(), value.to_owned());
        self.emulate("").await
    }

    /// The page as it is on paper (`print`), or as it is on screens again.
    pub async fn on_paper(&self, paper: bool) -> Done {
        self.emulate(if paper { "print" } else { "" }).await
    }

    async fn emulate(&self, medium: &str) -> Done {
        let features: Vec<Value> = self
            .media
            .borrow()
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        let ask = json!({ "media": medium, "features": features });
        self.chromium("Emulation.setEmulatedMedia", ask).await.map(drop)
    }

    /// Runs this script in every page that is opened from now on, before anything else does.
    pub async fn before_load(&self, script: &str) -> Done {
        let ask = json!({ "source": script });
        self.chromium("Page.addScriptToEvaluateOnNewDocument", ask).await.map(drop)
    }

    /// Pages that are opened from now on can start no worker.
    pub async fn forbid_workers(&self) -> Done {
        self.before_load("self.Worker = class { constructor() { throw new Error('forbidden') } };")
            .await
    }

    /// Allows something that would ask the person (`"clipboardReadWrite"`).
    pub async fn allow(&self, permission: &str) -> Done {
        let ask = json!({ "permissions": [permission] });
        self.chromium("Browser.grantPermissions", ask).await.map(drop)
    }
}

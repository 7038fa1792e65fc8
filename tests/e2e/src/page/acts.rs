//! What a person does: clicks, types, presses keys.

use std::path::Path;
use std::time::Instant;

use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;

use super::{LOOK_AGAIN, Page};
use crate::{Done, PATIENCE};

impl Page {
    /// Clicks an element (a tap, on a narrow page), scrolling to it first.
    pub async fn click(&self, css: &str) -> Done {
        self.again_when_redrawn(css, async |element| element.click().await).await
    }

    /// Types text into a field, after what is in it.
    pub async fn type_into(&self, css: &str, text: &str) -> Done {
        self.again_when_redrawn(css, async |element| element.send_keys(text).await).await
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
        self.again_when_redrawn(css, async |element| element.select_by_value(value).await).await
    }

    /// Chooses a file in a field for one, which may lie invisible on a button.
    pub async fn choose_file(&self, css: &str, file: &Path) -> Done {
        let path = file.to_str().ok_or("a path in Unicode")?;
        let field = self.client.find(Locator::Css(css)).await?;
        Ok(field.send_keys(path).await?)
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
    key.chars().next().ok_or_else(|| format!("{name} has no code").into())
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

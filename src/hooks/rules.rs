//! CSS rules generated at run time, applied as a constructed style sheet: the content security policy forbids
//! `<style>` elements.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Document};
use yew::prelude::*;

/// Applies these rules while mounted. Browsers without constructed style sheets go without.
#[hook]
pub fn use_rules(rules: Option<String>) {
    use_effect_with(rules, |rules| {
        let adopted = rules.as_deref().and_then(|rules| adopt(rules).ok());
        move || {
            if let Some((document, sheet)) = adopted {
                let gone: &JsValue = &sheet;
                let all = document.adopted_style_sheets();
                let kept: Array = all.iter().filter(|one| one != gone).collect();
                document.set_adopted_style_sheets(&kept);
            }
        }
    });
}

fn adopt(rules: &str) -> Result<(Document, CssStyleSheet), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or(JsValue::NULL)?;
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(rules)?;
    let all: Array = document.adopted_style_sheets().iter().collect();
    all.push(&sheet);
    document.set_adopted_style_sheets(&all);
    Ok((document, sheet))
}

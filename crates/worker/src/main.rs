//! Entry point of a web worker, spawned by the page.

use ackground_worker::{Job, scope};
use wasm_bindgen::JsValue;

fn main() -> Result<(), JsValue> {
    scope::serve::<Job>()
}

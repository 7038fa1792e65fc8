//! Starts a worker, which the page has asked the browser for.

use ackground_worker::{Job, scope};
use wasm_bindgen::JsValue;

fn main() -> Result<(), JsValue> {
    scope::serve::<Job>()
}

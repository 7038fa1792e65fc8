//! Starts the page; and in the page that comes in one file, where there is no other program, its workers.

use ackground::app::App;
use ackground::embed::view as figure;
use ackground::hooks::report_panics;
use ackground_worker::{Job, scope};

fn main() {
    if scope::is_here() {
        // Not returned: what the standard library does with an error would weigh on every page.
        return scope::serve::<Job>().unwrap_or_else(|error| wasm_bindgen::throw_val(error));
    }
    report_panics();
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    // A word in the address: whether it is a figure is looked at by the figures themselves, which come later.
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    let query = query.filter(|query| query.contains("embed"));
    if let (Some(root), Some(query)) = (&root, query)
        && figure::start(root.clone(), &query)
    {
        return;
    }
    match root {
        Some(root) => yew::Renderer::<App>::with_root(root).render(),
        None => yew::Renderer::<App>::new().render(),
    };
}

//! Starts the page. In the single-file build, the same program also runs as the worker.

use ackground::app::App;
use ackground::embed::view as figure;
use ackground::hooks::report_panics;
use ackground_worker::{Job, scope};

fn main() {
    if scope::is_here() {
        // Not returned as an error: the standard library's reporting would add to the size of every page.
        return scope::serve::<Job>().unwrap_or_else(|error| wasm_bindgen::throw_val(error));
    }
    report_panics();
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    // Only looks for the key: parsing the query is in the deferred part, with the figures.
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

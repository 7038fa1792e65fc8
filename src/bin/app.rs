//! Starts the page.
use yew::prelude::*;
#[component]
fn App() -> Html { html! { <main id="app">{ "Ackground" }</main> } }
fn main() { console_error_panic_hook::set_once(); yew::Renderer::<App>::new().render(); }

//! The list of keys, in a dialog.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::web::state::keys::KEYS;

/// Whether the list is shown.
#[derive(Properties, PartialEq)]
pub struct KeysProps {
    /// It is.
    pub open: bool,
    /// It has been closed.
    pub on_close: Callback<()>,
}

/// The list of keys.
#[component]
pub fn Keys(props: &KeysProps) -> Html {
    let dialog = use_node_ref();
    use_effect_with((props.open, dialog.clone()), |(open, dialog)| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            match (*open, dialog.open()) {
                // Fails only for a dialog that is open or gone.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    html! {
        <dialog class="keys" ref={dialog.clone()} aria-labelledby="keys-title" data-test="keys-dialog"
            onclose={props.on_close.reform(|_: Event| ())}>
            <h2 id="keys-title">{ "Keys" }</h2>
            <dl>
                { for KEYS.iter().map(|(key, what)| html! {
                    <div key={*key}><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></div>
                }) }
            </dl>
            <h3>{ "Measure" }</h3>
            <p>{ "Many runs of the same experiment, counted: how often each lane loses and repeats, at what price, and whether lanes differ by more than noise. In its chart the arrow keys go along the points and from lane to lane." }</p>
            <form method="dialog"><button class="button solid">{ "Close" }</button></form>
        </dialog>
    }
}

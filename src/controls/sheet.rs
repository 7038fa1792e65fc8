//! The frame of every sheet: a title, a close button, and a scrollable body.
//!
//! A native modal dialog, which traps the focus, closes on Escape and restores the focus. It knows nothing of
//! its content.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::hooks::{closing, focus_if_nowhere, use_modal};
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// The class and test id.
    pub name: &'static str,
    pub title: AttrValue,
    #[prop_or_default]
    pub tools: Html,
    /// A selector for what gets the focus on close if the browser cannot restore it, because the button was
    /// in a menu that has closed since.
    pub back: AttrValue,
    pub children: Html,
}

/// A sheet, open while mounted. An action that unmounts it decides where the focus goes.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { name, title, tools, back, children } = props;
    let (dialog, dispatch) = (use_node_ref(), use_dispatch());
    use_modal(&dialog);
    let onclose = {
        let back = back.clone();
        dispatch.on(move |event: Event| {
            // A nested dialog closes only itself.
            event.stop_propagation();
            focus_if_nowhere(back.to_string());
            Action::CloseSheet
        })
    };
    html! {
        <dialog class={classes!("sheet", *name)} ref={dialog.clone()} aria-labelledby="sheet-title" data-test={*name} {onclose}>
            <header role="none">
                <h2 id="sheet-title">{ title }</h2>
                { tools.clone() }
                <button type="button" class="button" onclick={closing(&dialog)} data-test={format!("{name}-close")}>{ "Close" }</button>
            </header>
            { children.clone() }
        </dialog>
    }
}

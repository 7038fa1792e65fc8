//! The frame of everything that lies over the page: a title, a way to close it, and room that scrolls.
//!
//! It is the browser's own modal dialog, which keeps the focus inside, closes on Escape and gives the
//! focus back. What stands in it is not known here.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::hooks::{closing, focus_if_nowhere, use_modal};
use crate::state::Action;

/// What it is called, and what closes it.
#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Its class, and its name in tests.
    pub name: &'static str,
    pub title: AttrValue,
    #[prop_or_default]
    pub tools: Html,
    /// What has the focus once it is closed, as a selector, where the browser finds nothing to give
    /// it back to: the button was in a menu that is closed by now.
    pub back: AttrValue,
    pub children: Html,
}

/// A sheet, open as long as it is there. Who takes it away after an act says where the focus goes.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { name, title, tools, back, children } = props;
    let (dialog, dispatch) = (use_node_ref(), use_dispatch());
    use_modal(&dialog);
    let onclose = {
        let back = back.clone();
        dispatch.on(move |event: Event| {
            // A dialog inside of this one closes by itself.
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

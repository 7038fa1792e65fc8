//! The help dialog: keys, what Prove and Measure mean, and what is kept.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::hooks::{closing, open_dialog};
use crate::state::keys::KEYS;
use crate::state::{Action, Sheet};

const PICTURES: &str = "The timeline shows everything that happens, with time running downward. Flow shows one \
    moment: what each part holds, and what is on its way. An envelope is a message, a disc a reply or an acknowledgment; a lost packet lies beside the wire with a cross. In a log, sunk records are committed; a thick foot means delivered \
    but not committed, a dashed frame not yet replicated, a dotted one an open transaction.";

const PROVE: &str = "The label over a lane is computed: every schedule of up to three faults over \
    two messages is run, and \u{201c}never\u{201d} appears only when all of them were covered. \u{201c}Can\u{201d} comes with the shortest script that does it, which you can watch or share. In Prove you set the bounds, and every property is checked. What happened \u{201c}in this run\u{201d} is another thing: one run, with the \
    faults that you chose.";

const MEASURE: &str = "Many runs of the same experiment, counted: how often each lane loses or duplicates \
    messages, what that costs, and whether the lanes differ by more than noise. In the chart, the arrow keys move along the points and from lane to lane.";

const WORDS: &str = "A word with a dotted line explains itself: point at it, or focus it and press Enter. A delivery \
    is a message handed to the consumer; an effect is what the consumer then does. The label over a lane is about the effect.";

const KEPT: &str = "The address holds the experiment, the view and the moment: reload, share and go back as you \
    like. Share also saves the experiment, its picture, its transcript and its results as files. Drop a file on \
    the page, or paste JSON or a link, to open it. Printing gives every lane with its verdicts, its whole picture \
    and its transcript.";

#[derive(Properties, PartialEq)]
pub struct KeysProps {
    pub open: bool,
    pub on_close: Callback<()>,
}

#[component]
pub fn Keys(props: &KeysProps) -> Html {
    let dispatch = use_dispatch();
    let dialog = use_node_ref();
    use_effect_with((props.open, dialog.clone()), |(open, dialog)| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            match (*open, dialog.open()) {
                (true, false) => open_dialog(&dialog),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let to_words = {
        let (close, dispatch) = (closing(&dialog), dispatch.clone());
        Callback::from(move |event: MouseEvent| {
            close.emit(event);
            dispatch.send(Action::OpenSheet(Sheet::Words(None)));
        })
    };
    html! {
        <dialog class="keys" ref={dialog.clone()} aria-labelledby="keys-title" data-test="keys-dialog"
            onclose={props.on_close.reform(|_: Event| ())}>
            <header class="keys-head">
                <h2 id="keys-title">{ "Keys" }</h2>
                <button type="button" class="button" data-test="keys-close" onclick={closing(&dialog)}>{ "Close" }</button>
            </header>
            <dl>
                { for KEYS.iter().map(|(key, what)| html! {
                    <div key={*key}><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></div>
                }) }
            </dl>
            <h2>{ "Two pictures" }</h2>
            <p class="keys-says">{ PICTURES }</p>
            <h2>{ "Prove" }</h2>
            <p class="keys-says">{ PROVE }</p>
            <h2>{ "Measure" }</h2>
            <p class="keys-says">{ MEASURE }</p>
            <h2>{ "Glossary" }</h2>
            <p class="keys-says">{ WORDS }</p>
            <h2>{ "Keep and print" }</h2>
            <p class="keys-says">{ KEPT }</p>
            <div class="guide-tools">
                <button type="button" class="button" data-test="keys-words" onclick={to_words}>{ "All terms" }</button>
            </div>
        </dialog>
    }
}

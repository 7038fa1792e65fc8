//! A file or a piece of code with a copy button.

use yew::prelude::*;

use crate::hooks::{Copied, use_clipboard};
use ackground_words::systems::Snippet;

#[derive(Properties, PartialEq)]
pub struct SnippetBoxProps {
    pub snippet: Snippet,
}

/// A snippet. If copying is refused, its text can still be selected.
#[component]
pub fn SnippetBox(props: &SnippetBoxProps) -> Html {
    let (copied, copy) = use_clipboard();
    let Snippet { title, file, language, text } = &props.snippet;
    let onclick = {
        let text = text.clone();
        copy.reform(move |_: MouseEvent| text.clone())
    };
    let (said, told) = match copied {
        Copied::Idle => ("Copy", ""),
        Copied::Done => ("Copied", "It is in the clipboard."),
        Copied::Refused => {
            ("Copy", "The browser does not let the page copy: select the text and copy it by hand.")
        }
    };
    html! {
        <figure class="snippet">
            <figcaption>
                <span><strong>{ *title }</strong><code>{ *file }</code></span>
                <button type="button" class="button" aria-label={format!("{said}: {title}")} data-test={format!("copy-{file}")} {onclick}>{ said }</button>
            </figcaption>
            <p class={if copied == Copied::Refused { "reason" } else { "quiet" }} role="status">{ told }</p>
            <pre tabindex="0" role="group" aria-label={format!("{title}, {language}")} data-test={format!("snippet-{file}")}><code>{ text }</code></pre>
        </figure>
    }
}

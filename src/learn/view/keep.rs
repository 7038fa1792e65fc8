//! Exporting, importing and deleting the progress.

use yew::prelude::*;

use crate::app::open_file::OpenFile;
use crate::controls::save::Save;
use crate::learn::hooks::progress::Kept;
use crate::learn::state::progress::{Note, Progress};
use crate::open::state::Given;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct KeepProps {
    pub kept: Kept,
    pub on_note: Callback<Note>,
}

/// Buttons to save, open and forget, with feedback.
#[component]
pub fn Keep(props: &KeepProps) -> Html {
    let KeepProps { kept, on_note } = props;
    let told = use_state_eq(|| None::<&'static str>);
    let sure = use_state_eq(|| false);
    let text = {
        let progress = kept.progress.clone();
        Callback::from(move |()| progress.write())
    };
    let on_open = {
        let (told, on_note) = (told.setter(), on_note.clone());
        Callback::from(move |given: Given| {
            let Given::File { content, .. } = given else {
                return;
            };
            let text = content.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let read = text.map_or(Err(ui("progress.unread")), |text| Progress::read(&text));
            told.set(Some(match read {
                Ok(progress) => {
                    on_note.emit(Note::Replace(Box::new(progress)));
                    ui("progress.brought")
                }
                Err(why) => why,
            }));
        })
    };
    let on_forget = {
        let (told, sure, on_note) = (told.setter(), sure.clone(), on_note.clone());
        Callback::from(move |_: MouseEvent| {
            if *sure {
                on_note.emit(Note::Replace(Box::default()));
                told.set(Some(ui("progress.forgotten")));
            }
            sure.set(!*sure);
        })
    };
    html! {
        <section class="learn-keep" aria-labelledby="learn-keep">
            <h2 id="learn-keep">{ ui("progress.title") }</h2>
            <p class="muted">{ ui("progress.lead") }</p>
            <div class="learn-tools">
                <Save label={ui("progress.save")} name="ackground-progress.json" kind="application/json" {text} test="progress-save" />
                <OpenFile class="button" label={ui("progress.bring")} test="progress-open" {on_open} />
                <button type="button" class="button" data-test="progress-forget" onclick={on_forget}>
                    { if *sure { ui("progress.forget-sure") } else { ui("progress.forget") } }
                </button>
            </div>
            <p role="status" data-test="progress-told">{ (*told).unwrap_or_default() }</p>
        </section>
    }
}

//! Reading many files at once, chosen or dropped.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use web_sys::FileList;
use yew::prelude::*;

use crate::class::state::Submissions;
use crate::open::hooks::dragging::hear_drags;
use crate::open::hooks::reading::settle;
use crate::open::state::{LONGEST_FILE, text_of};
use ackground_learn::text::ui;

/// File names, with their content or the reason why it could not be read.
pub type Collected = Vec<(String, Result<String, String>)>;

/// Reads the files and passes them on together, in order. Files beyond the limit for marking are passed on
/// unread.
pub fn collect_files(files: &FileList, on_files: &Callback<Collected>) {
    let files: Vec<_> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    let names = files.iter().map(|file| (file.name(), Err(String::new())));
    let collected: Rc<RefCell<Collected>> = Rc::new(RefCell::new(names.collect()));
    let reading = files.len().min(Submissions::MOST);
    let open = Rc::new(RefCell::new(reading));
    for (at, file) in files.iter().take(reading).enumerate() {
        let (collected, open, on_files) = (collected.clone(), open.clone(), on_files.clone());
        let done = move |text: Result<String, &'static str>| {
            collected.borrow_mut()[at].1 = text.map_err(str::to_owned);
            *open.borrow_mut() -= 1;
            if *open.borrow() == 0 {
                on_files.emit(collected.take());
            }
        };
        // `size` is an integer in a float.
        if file.size() as u64 > LONGEST_FILE {
            done(Err(ui("mark.too-long")));
            continue;
        }
        settle(&file.array_buffer(), move |content| {
            done(match content {
                Ok(buffer) => {
                    let bytes = Uint8Array::new(&buffer).to_vec();
                    // An empty file is reported by its mark, as with pasted text.
                    match bytes.trim_ascii().is_empty() {
                        true => Ok(String::new()),
                        false => text_of(&bytes),
                    }
                }
                Err(_) => Err(ui("mark.unreadable")),
            });
        });
    }
}

/// Accepts files dropped anywhere on the page while enabled; returns whether some are being dragged over it.
#[hook]
pub fn use_collecting(on_files: &Callback<Collected>) -> bool {
    let over = use_state_eq(|| false);
    use_effect_with(on_files.clone(), {
        let over = over.setter();
        move |on_files| {
            let on_files = on_files.clone();
            let kinds = ["dragover", "dragleave", "drop"];
            let listeners = hear_drags(&kinds, move |kind, event| {
                let Some(data) = event.data_transfer() else {
                    return;
                };
                if !data.types().includes(&"Files".into(), 0) {
                    return;
                }
                event.prevent_default();
                over.set(kind == "dragover");
                if let Some(files) = data.files().filter(|_| kind == "drop") {
                    collect_files(&files, &on_files);
                }
            });
            move || drop(listeners)
        }
    });
    *over
}

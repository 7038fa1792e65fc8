//! A reader's progress, kept in local storage if available.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::theme::storage;
use crate::learn::state::progress::{Note, Progress};

const KEY: &str = "ackground-progress";

#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub progress: Rc<Progress>,
    /// Why it is not saved, as a sentence.
    pub refused: Option<&'static str>,
}

impl Reducible for Kept {
    type Action = Note;

    fn reduce(self: Rc<Self>, note: Note) -> Rc<Self> {
        // Unreadable data is not overwritten until a person decides.
        let decided = matches!(note, Note::Replace(_));
        let next = self.progress.noted(note);
        if next == *self.progress && !decided {
            return self;
        }
        let refused = match self.refused.filter(|_| !decided) {
            Some(why) => Some(why),
            None => store(&next).err(),
        };
        Rc::new(Kept { progress: Rc::new(next), refused })
    }
}

/// The progress, and a callback to update it. Without storage it lasts as long as the page is open.
#[hook]
pub fn use_progress() -> (Kept, Callback<Note>) {
    let kept = use_reducer(remembered);
    let on_note = use_callback(kept.dispatcher(), |note, dispatcher| dispatcher.dispatch(note));
    ((*kept).clone(), on_note)
}

fn remembered() -> Kept {
    let refused = ackground_learn::text::ui("progress.refused");
    let (progress, refused) = match storage().map(|storage| storage.get_item(KEY)) {
        None | Some(Err(_)) => (Progress::default(), Some(refused)),
        Some(Ok(None)) => (Progress::default(), None),
        Some(Ok(Some(text))) => match Progress::read(&text) {
            Ok(progress) => (progress, None),
            Err(why) => (Progress::default(), Some(why)),
        },
    };
    let progress = Rc::new(progress);
    Kept { progress, refused }
}

fn store(progress: &Progress) -> Result<(), &'static str> {
    let stored = storage().map(|storage| storage.set_item(KEY, &progress.write()));
    match stored {
        Some(Ok(())) => Ok(()),
        _ => Err(ackground_learn::text::ui("progress.refused")),
    }
}

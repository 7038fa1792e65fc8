//! A reader's progress, kept by the browser where it permits that.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::theme::storage;
use crate::learn::state::progress::{Note, Progress};

const KEY: &str = "ackground-progress";

/// The progress, and whether it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What was read and solved.
    pub progress: Rc<Progress>,
    /// Why it is not kept beyond this visit, as a sentence.
    pub refused: Option<&'static str>,
}

impl Reducible for Kept {
    type Action = Note;

    fn reduce(self: Rc<Self>, note: Note) -> Rc<Self> {
        // What could not be read is left alone until a person decides.
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

/// The progress, and what notes something in it. Where the browser keeps nothing, it lasts as long as the page.
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

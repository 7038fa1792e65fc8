//! What the page has to say about itself, above everything else.

use std::borrow::Cow;

use ackground_learn::text::ui_with;

/// A sentence for the person, with what they can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The address names an experiment that cannot be shown; the default is shown instead.
    BrokenLink {
        /// The fragment as it came, so that nothing is lost.
        fragment: String,
        /// What is wrong with it, line by line.
        reasons: Vec<String>,
    },
    /// Some of what follows the experiment in the address was not understood.
    Unread {
        /// What was left out, a sentence each.
        parts: Vec<String>,
    },
    /// A text was pasted that is a Kafka configuration.
    Pasted {
        /// How many of its lines decide a setting.
        keys: usize,
    },
    /// Something has been opened.
    Opened {
        /// What, as the beginning of a sentence.
        what: String,
        /// Whether it is what was there already.
        same: bool,
    },
    /// A lesson or an exercise has been opened.
    Learning {
        /// What, as the beginning of a sentence.
        what: String,
        /// Whether it is what was there already.
        same: bool,
    },
    /// Somebody's answer to an exercise was given, the beginning of a sentence: it is for whoever marks it.
    Answer(String),
    /// Somebody's progress was given, the beginning of a sentence: it is for the list of lessons.
    Progress(String),
    /// Something could not be opened.
    NotOpened {
        /// What, as the beginning of a sentence.
        what: String,
        /// Why, a sentence each.
        reasons: Vec<String>,
    },
}

impl Notice {
    /// The message as one line.
    pub fn headline(&self) -> Cow<'static, str> {
        let said = match self {
            Notice::BrokenLink { .. } => {
                "This link could not be opened, so you see the first example instead."
            }
            Notice::Unread { .. } => {
                "A part of this link was not understood and is left out. The rest is as it says."
            }
            Notice::Pasted { .. } => "This is a Kafka configuration.",
            Notice::Learning { what, same: false } => {
                return ui_with("notice.learning", &[("what", what)]).into();
            }
            Notice::Answer(what) => return ui_with("notice.answer", &[("what", what)]).into(),
            Notice::Progress(what) => return ui_with("notice.progress", &[("what", what)]).into(),
            Notice::Opened { what, same: true } | Notice::Learning { what, same: true } => {
                return format!("{what} is what you see already.").into();
            }
            Notice::Opened { what, same: false } => {
                return format!("{what} is open. Undo brings back what was here before.").into();
            }
            Notice::NotOpened { what, .. } => {
                return format!("{what} was not opened. What you see is as it was.").into();
            }
        };
        said.into()
    }
}

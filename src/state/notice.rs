//! Notices above everything else: broken links, opened files, refused input.

use std::borrow::Cow;

use ackground_learn::text::ui_with;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The address names an experiment that cannot be read; the default is shown instead.
    BrokenLink {
        /// The fragment as it was, so that nothing is lost.
        fragment: String,
        /// One problem per line.
        reasons: Vec<String>,
    },
    /// Something after the experiment in the address was not understood.
    Unread {
        /// What was skipped, one sentence each.
        parts: Vec<String>,
    },
    /// The pasted text is a Kafka configuration.
    Pasted {
        /// How many of its lines set something.
        keys: usize,
    },
    Opened {
        /// A noun phrase that starts the sentence.
        what: String,
        /// Whether it was open already.
        same: bool,
    },
    Learning {
        /// A noun phrase that starts the sentence.
        what: String,
        /// Whether it was open already.
        same: bool,
    },
    /// Someone's exercise answer was opened as a file; it belongs in the marking queue. Starts the sentence.
    Answer(String),
    /// Someone's progress file was opened; it belongs in the list of lessons. Starts the sentence.
    Progress(String),
    NotOpened {
        /// A noun phrase that starts the sentence.
        what: String,
        /// The reasons, one sentence each.
        reasons: Vec<String>,
    },
}

impl Notice {
    pub fn headline(&self) -> Cow<'static, str> {
        let said = match self {
            Notice::BrokenLink { .. } => {
                "This link could not be opened, so you see the first example instead."
            }
            Notice::Unread { .. } => {
                "Part of this link was not understood and is left out. The rest was opened."
            }
            Notice::Pasted { .. } => "This is a Kafka configuration.",
            Notice::Learning { what, same: false } => {
                return ui_with("notice.learning", &[("what", what)]).into();
            }
            Notice::Answer(what) => return ui_with("notice.answer", &[("what", what)]).into(),
            Notice::Progress(what) => return ui_with("notice.progress", &[("what", what)]).into(),
            Notice::Opened { what, same: true } | Notice::Learning { what, same: true } => {
                return format!("{what} is what you already see.").into();
            }
            Notice::Opened { what, same: false } => {
                return format!("{what} is open. Undo brings back the previous experiment.").into();
            }
            Notice::NotOpened { what, .. } => {
                return format!("{what} was not opened. Nothing has changed.").into();
            }
        };
        said.into()
    }
}

//! Opening what a person gives the page: a chosen or dropped file, or dropped or pasted text.
//!
//! What can be opened replaces the experiment, as one undo step. Otherwise a notice gives the reason, and
//! nothing changes. `content` detects what something is.

mod content;

use std::rc::Rc;

pub use self::content::text_of;
use self::content::{Content, content_of};
use crate::class::state::{ClassAct, SubmissionsAct};
use crate::learn::choices::LearnChoices;
use crate::setups::state::setup;
use crate::state::address::{self, Entry};
use crate::state::notice::Notice;
use crate::state::{State, View, Views};
use ackground_core::experiment::LONGEST_DOCUMENT;

#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    File {
        name: String,
        content: Result<Rc<[u8]>, Unread>,
    },
    /// Dropped text.
    Text(String),
    /// Several things at once, which is refused; the number of them.
    Several(u32),
    /// Nothing usable.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Its size in bytes is above [`LONGEST_FILE`].
    TooLong(u64),
    /// The browser could not read it: it is gone, forbidden, or a folder.
    Refused,
}

/// The maximum size of a file, in bytes: the longest document in UTF-16, with a byte order mark.
pub const LONGEST_FILE: u64 = 2 * LONGEST_DOCUMENT as u64 + 2;

/// The maximum length of a displayed file name, in characters.
const SHOWN: usize = 60;

/// The state after something was opened.
pub(crate) fn open(state: &State, given: Given) -> Option<State> {
    match given {
        Given::File { name, content: Ok(bytes) }
            if state.views.collects() && text_of(&bytes).is_ok_and(is_paper) =>
        {
            let text = text_of(&bytes).map_err(str::to_owned);
            let files = vec![(name, text)];
            crate::class::state::reduce(state, ClassAct::Submissions(SubmissionsAct::Add(files)))
        }
        Given::File { name, content } => {
            let name = format!("\u{201c}{}\u{201d}", shown(&name));
            let text = match content {
                Ok(bytes) => text_of(&bytes).map_err(str::to_owned),
                Err(why) => Err(sentence(why)),
            };
            match text {
                Ok(text) => Some(opened(state, &name, &text)),
                Err(reason) => Some(not_opened(state, &name, vec![reason])),
            }
        }
        Given::Text(text) => Some(opened(state, "What you dropped", &text)),
        Given::Several(number) => Some(not_opened(
            state,
            &format!("What you dropped ({number} files)"),
            vec!["Only one experiment opens at a time: drop a single file.".to_owned()],
        )),
        Given::Nothing => Some(not_opened(state, "What you dropped", vec![WANTED.to_owned()])),
    }
}

/// The state after text was pasted outside of any text field. Unrelated text is ignored silently.
pub(crate) fn pasted(state: &State, text: &str) -> Option<State> {
    if state.views.collects() {
        // In the marking view, everything pasted is a submission, and reported if it is not.
        let act = SubmissionsAct::Paste(text.to_owned());
        return crate::class::state::reduce(state, ClassAct::Submissions(act));
    }
    let content = content_of(text);
    (content != Content::Other).then(|| with(state, "What you pasted", text, content))
}

/// Whether a text belongs to the marking view: a submission, or an exercise to assign.
fn is_paper(text: String) -> bool {
    matches!(content_of(&text), Content::Answer | Content::Exercise(_))
}

const WANTED: &str =
    "You can open an experiment or an exercise as JSON, a link to one, or a Kafka configuration.";

fn opened(state: &State, what: &str, text: &str) -> State {
    with(state, what, text, content_of(text))
}

fn with(state: &State, what: &str, text: &str, content: Content) -> State {
    let wanted = || not_opened(state, what, vec![WANTED.to_owned()]);
    match content {
        Content::Experiment(experiment) => {
            let next = state.replaced(*experiment);
            let same = next.is_none();
            let next = next.unwrap_or_else(|| state.clone());
            State {
                playhead: if same { state.playhead } else { next.axis.end() },
                playing: false,
                sheet: None,
                notice: Some(is_open(what, same)),
                ..next
            }
        }
        Content::Link(fragment) => linked(state, what, &fragment),
        Content::Exercise(exercise) => learned(state, what, LearnChoices::given(&exercise)),
        Content::Lesson(fragment) => {
            let asked = address::read(&fragment, &state.views);
            match asked.notice {
                Some(Notice::Unread { parts }) => not_opened(state, what, parts),
                _ => learned(state, what, asked.views.learn),
            }
        }
        Content::Answer => with_notice(state, Notice::Answer(what.to_owned())),
        Content::Progress => with_notice(state, Notice::Progress(what.to_owned())),
        Content::Configuration => setup::offer(state, text)
            .map(|offered| State { sheet: None, ..offered })
            .unwrap_or_else(wanted),
        Content::Wrong(reasons) => not_opened(state, what, reasons),
        Content::Other => wanted(),
    }
}

/// Opens a link, with its view and moment.
fn linked(state: &State, what: &str, fragment: &str) -> State {
    let asked = address::read(fragment, &state.views);
    if let Some(Notice::BrokenLink { reasons, .. }) = asked.notice {
        return not_opened(state, what, reasons);
    }
    let same = asked.experiment == *state.experiment && asked.views == state.views;
    let next = state.replaced(asked.experiment).unwrap_or_else(|| state.clone());
    let end = next.axis.end();
    State {
        views: asked.views,
        playhead: asked.at.map_or(end, |at| at.min(end)),
        playing: false,
        sheet: asked.sheet,
        inspected: None,
        entry: Entry { number: state.entry.number + 1, from_address: false },
        notice: Some(asked.notice.unwrap_or_else(|| is_open(what, same))),
        ..next
    }
}

/// Opens a lesson or an exercise in Learn. The page's experiment stays.
fn learned(state: &State, what: &str, learn: LearnChoices) -> State {
    let views = Views { shown: View::Learn, learn, ..state.views.clone() };
    let same = views == state.views;
    let next = if same { state.clone() } else { state.viewed(views) };
    let what = what.to_owned();
    with_notice(&next, Notice::Learning { what, same })
}

/// Shows a notice, and closes the sheet, which would cover it.
fn with_notice(state: &State, notice: Notice) -> State {
    State { sheet: None, notice: Some(notice), ..state.clone() }
}

fn is_open(what: &str, same: bool) -> Notice {
    Notice::Opened { what: what.to_owned(), same }
}

/// Changes nothing but the notice.
fn not_opened(state: &State, what: &str, reasons: Vec<String>) -> State {
    let what = what.to_owned();
    with_notice(state, Notice::NotOpened { what, reasons })
}

fn sentence(why: Unread) -> String {
    match why {
        Unread::TooLong(bytes) => format!(
            "It is {} KB long; an experiment is at most {}.",
            bytes.div_ceil(1024),
            LONGEST_DOCUMENT / 1024
        ),
        Unread::Refused => {
            "The browser could not read it. If it is a folder, open the file inside.".to_owned()
        }
    }
}

/// A file name on one line, without invisible characters, truncated.
fn shown(name: &str) -> String {
    let visible = name.chars().filter(|letter| !letter.is_control());
    let mut shown: String = visible.take(SHOWN).collect();
    if name.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::state::progress::Progress;
    use crate::share::state::SharePart;
    use crate::state::{Action, Sheet, reduce};
    use ackground_core::experiment::Experiment;
    use ackground_core::experiment::scenario::Label;
    use ackground_learn::exercise::{Attempt, Exercise, built_in};
    use ackground_learn::submission::Submission;
    use ackground_learn::text::ENGLISH;

    fn after(state: &State, action: Action) -> State {
        reduce(state, action).expect("the action does something")
    }

    #[test]
    fn where_submissions_are_collected_what_is_pasted_is_one() {
        use ackground_learn::submission::LINE_FORM;
        let line = format!("{LINE_FORM}AAAA");
        let start = State::open("view=class&part=mark");
        let text = after(&start, Action::Paste(format!("{line} and {line}")));
        assert_eq!(text.class.submissions.entries.len(), 2);
        assert_eq!((&text.notice, &text.experiment), (&None, &start.experiment));
        let file = |content: String| {
            Action::Open(Given::File {
                name: "a.txt".to_owned(),
                content: Ok(content.into_bytes().into()),
            })
        };
        let chosen = after(&text, file(line.clone()));
        assert_eq!(chosen.class.submissions.entries.len(), 3);
        // A file opened from the footer may be an experiment, in this view as in any other.
        let other = after(&chosen, file(other().to_json_compact()));
        assert_eq!(*other.experiment, super::tests::other());
        assert_eq!(other.class.submissions.entries.len(), 3);
        let guide = State::open("view=class");
        let elsewhere = reduce(&guide, Action::Paste(line));
        let untouched = |state: State| state.class.submissions.entries.is_empty();
        assert!(elsewhere.is_none_or(untouched), "only there");
    }

    fn file(name: &str, content: &str) -> Action {
        Action::Open(Given::File { name: name.to_owned(), content: Ok(content.as_bytes().into()) })
    }

    fn other() -> Experiment {
        let text = r#"{"version":1,"messages":5,"lanes":[{"preset":"at-least-once"}]}"#;
        Experiment::from_json(text).expect("an experiment")
    }

    fn reasons(state: &State) -> String {
        match &state.notice {
            Some(Notice::NotOpened { reasons, .. }) => reasons.join(" "),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_opened_in_one_act_that_can_be_undone() {
        let start = State::open("at=500ms");
        let open = after(&start, file("mine.json", &other().to_json()));
        assert_eq!(*open.experiment, other());
        assert!(open.at_end() && !open.entry.from_address);
        let opened = |same| Notice::Opened { what: "\u{201c}mine.json\u{201d}".to_owned(), same };
        assert_eq!(open.notice, Some(opened(false)));
        let back = after(&open, Action::Undo);
        assert_eq!((&back.experiment, &back.notice), (&start.experiment, &None));
        let again = after(&open, file("mine.json", &other().to_json()));
        assert_eq!((again.entry, again.notice), (open.entry, Some(opened(true))));
    }

    #[test]
    fn what_cannot_be_opened_is_said_and_changes_nothing_else() {
        let start = State::open("");
        let given = [
            (file("a.json", "{\"version\":1,\"lanes\":[{\"x\":1}]}"), "lanes[0].x"),
            (file("a.html", "<html>"), "web page"),
            (file("a.txt", "hello"), "You can open"),
            (Action::Open(Given::Several(2)), "one experiment opens"),
            (Action::Open(Given::Nothing), "You can open"),
            (Action::Open(Given::Text("https://example.org/".to_owned())), "You can open"),
        ];
        let unread = |why| Action::Open(Given::File { name: "x".to_owned(), content: Err(why) });
        let unread =
            [(unread(Unread::TooLong(10_000_000)), "9766 KB"), (unread(Unread::Refused), "folder")];
        for (action, reason) in given.into_iter().chain(unread) {
            let next = after(&start, action);
            assert!(reasons(&next).contains(reason), "{}", reasons(&next));
            assert_eq!((&next.experiment, next.entry), (&start.experiment, start.entry));
        }
    }

    #[test]
    fn a_link_brings_its_view_and_its_moment() {
        let start = State::open("");
        let link = format!("https://example.org/#{}", other().to_link());
        let prove = after(&start, Action::Paste(format!("{link}&view=prove")));
        assert_eq!((prove.views.shown, &*prove.experiment), (View::Prove, &other()));
        assert!(!prove.entry.from_address, "the address follows");
        let moment = after(&start, Action::Paste(format!("{link}&at=500ms")));
        assert_eq!(moment.playhead.millis(), 500);
        assert!(matches!(moment.notice, Some(Notice::Opened { same: false, .. })));
        let back = after(&moment, Action::Undo);
        assert_eq!(back.experiment, start.experiment);
        let partly = after(&start, Action::Paste(format!("{link}&colour=red")));
        assert!(matches!(partly.notice, Some(Notice::Unread { .. })));
    }

    #[test]
    fn a_pasted_text_about_something_else_is_not_remarked_upon() {
        let start = State::open("");
        for text in ["", "hello", "https://example.org/#top", "a: b\nc: d"] {
            assert_eq!(reduce(&start, Action::Paste(text.to_owned())), None, "{text}");
        }
        let json = after(&start, Action::Paste(other().to_json_compact()));
        assert_eq!(*json.experiment, other());
        let wrong = after(&start, Action::Paste("{\"version\":1}".to_owned()));
        assert!(reasons(&wrong).contains("lanes: is missing"));
    }

    #[test]
    fn a_notice_is_never_under_a_sheet() {
        let save = Action::OpenSheet(Sheet::Share(SharePart::Save));
        let start = after(&State::open(""), save);
        assert!(start.sheet.is_some());
        for text in ["<html>", "acks=1\nretries=3", &other().to_json()] {
            let next = after(&start, file("x", text));
            assert!(next.sheet.is_none() && next.notice.is_some(), "{text}");
        }
    }

    #[test]
    fn an_exercise_opens_in_learn_and_leaves_the_experiment_alone() {
        let start = after(&State::open(""), Action::Paste(other().to_json_compact()));
        let known = built_in("lose-one", &ENGLISH).expect("it is built in");
        let own = Exercise { title: Label::cut("Mine"), ..known.clone() };
        for (given, opens) in [
            (file("a.json", &own.to_json()), &own),
            (file("a.json", &known.to_json()), &known),
            (Action::Paste(own.to_json_compact()), &own),
            (Action::Paste(format!("https://example.org/a/#{}", own.to_link())), &own),
            (Action::Open(Given::Text("#view=learn&exercise=lose-one".to_owned())), &known),
        ] {
            let next = after(&start, given);
            assert_eq!(next.views.shown, View::Learn);
            assert_eq!(next.views.learn.opened().as_ref(), Some(opens));
            assert_eq!(next.experiment, start.experiment);
            assert!(matches!(next.notice, Some(Notice::Learning { .. })));
        }
        let cut = &own.to_link()[..60];
        let broken = after(&start, Action::Paste(cut.to_owned()));
        assert!(reasons(&broken).contains("exercise"), "{}", reasons(&broken));
        let wrong = file("a.json", "{\"version\":1,\"kind\":\"exercise\"}");
        assert!(reasons(&after(&start, wrong)).contains("goals: is missing"));
    }

    #[test]
    fn an_answer_and_a_progress_are_said_to_be_what_they_are() {
        let start = State::open("");
        let exercise = built_in("lose-one", &ENGLISH).expect("it is built in");
        let answer = Submission::new(&exercise, None, "Ada", Attempt::of(&exercise), 1);
        for given in [
            file("a.json", &answer.to_json()),
            Action::Paste(answer.to_line()),
            Action::Paste(format!("Here is mine:\n{}", answer.to_line())),
        ] {
            let next = after(&start, given);
            assert!(matches!(next.notice, Some(Notice::Answer(_))));
            assert_eq!(next.views, start.views);
        }
        let marking = State::open("view=class&part=mark");
        let taken = after(&marking, Action::Paste(answer.to_line()));
        assert_eq!((taken.class.submissions.entries.len(), taken.notice), (1, None));
        let progress = file("p.json", &Progress::default().write());
        let next = after(&start, progress);
        assert!(matches!(next.notice, Some(Notice::Progress(_))));
    }

    #[test]
    fn a_name_is_shown_on_one_short_line() {
        assert_eq!(shown("a\nb\u{1b}.json"), "ab.json");
        assert_eq!(shown(&"x".repeat(200)).chars().count(), SHOWN + 1);
    }
}

//! Keyboard shortcuts, given where the focus is.
//!
//! A focused control keeps the keys it needs itself: a field its letters, a slider its arrows, a button the
//! space bar.

use super::action::Action;
use super::playback::Direction;
use super::sheet::Sheet;
use super::views::View;
use ackground_core::experiment::Lanes;

/// The kind of element that has the focus, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that uses keys.
    Page,
    /// A button, a link or a disclosure's summary.
    Button,
    /// A check box or radio button.
    Choice,
    Slider,
    /// A text field or a select.
    Text,
}

/// What a key does.
#[derive(Clone, Debug, PartialEq)]
pub enum Shortcut {
    Act(Action),
    /// Move the focus to the lane at this index.
    FocusLane(usize),
    /// Open the list of keys.
    ListKeys,
}

/// The keys as the help dialog lists them.
pub const KEYS: &[(&str, &str)] = &[
    ("Space", "Play or pause; go on where it stops for you to read (in Watch)"),
    ("← →", "Previous event, next event (in Watch)"),
    ("Shift ← →", "Previous fault, next fault (in Watch)"),
    ("Home, End", "To the start, to the end (in Watch)"),
    ("F", "Timeline or flow (in Watch)"),
    ("1 to 4", "To that lane"),
    ("Enter", "On a picture: look closely at what happens, and break it (in Watch)"),
    ("Ctrl Z, Ctrl Y", "Undo, redo; on a Mac with Cmd"),
    ("Alt ↑ ↓", "On an exact fault: move it"),
    ("W, P, M, L, T", "Watch, Prove, Measure, Learn, For teachers"),
    ("/, Ctrl K", "Search; on a Mac with Cmd"),
    ("?", "This list"),
];

/// The shortcut for a key in a view; `None` if it is not ours or belongs to the focused control. Only Watch
/// has playback; elsewhere the browser scrolls.
pub fn shortcut(view: View, key: &str, shift: bool, focus: Focus) -> Option<Shortcut> {
    use Focus::{Button, Choice, Slider, Text};
    let free_of = |owners: &[Focus]| focus != Text && !owners.contains(&focus);
    let watch = view == View::Watch;
    let act = |action| Some(Shortcut::Act(action));
    let step = |direction| {
        if shift { Action::StepFault(direction) } else { Action::Step(direction) }
    };
    match key {
        " " if watch && free_of(&[Button, Choice]) => act(Action::GoOn),
        "ArrowRight" if watch && free_of(&[Choice, Slider]) => act(step(Direction::Forward)),
        "ArrowLeft" if watch && free_of(&[Choice, Slider]) => act(step(Direction::Back)),
        "Home" if watch && free_of(&[Slider]) => act(Action::Home),
        "End" if watch && free_of(&[Slider]) => act(Action::End),
        "/" if free_of(&[]) => act(Action::OpenSheet(Sheet::Search)),
        "?" if free_of(&[]) => Some(Shortcut::ListKeys),
        "f" | "F" if watch && free_of(&[]) => act(Action::DrawOther),
        "w" | "W" if free_of(&[]) => act(Action::Show(View::Watch)),
        "p" | "P" if free_of(&[]) => act(Action::Show(View::Prove)),
        "m" | "M" if free_of(&[]) => act(Action::Show(View::Measure)),
        "l" | "L" if free_of(&[]) => act(Action::Show(View::Learn)),
        "t" | "T" if free_of(&[]) => act(Action::Show(View::Class)),
        digit if free_of(&[]) && digit.len() == 1 => {
            let lane: usize = digit.parse().ok()?;
            (1..=Lanes::MOST).contains(&lane).then(|| Shortcut::FocusLane(lane - 1))
        }
        _ => None,
    }
}

/// The action for a key with Ctrl or Cmd that works in every view and from every field.
pub fn anywhere(key: &str, shift: bool) -> Option<Action> {
    (!shift && matches!(key, "k" | "K")).then_some(Action::OpenSheet(Sheet::Search))
}

/// The action for a key with Ctrl or Cmd. Text fields keep their native undo.
pub fn command(key: &str, shift: bool, focus: Focus) -> Option<Action> {
    match key {
        _ if focus == Focus::Text => None,
        "z" | "Z" if shift => Some(Action::Redo),
        "z" | "Z" => Some(Action::Undo),
        "y" | "Y" if !shift => Some(Action::Redo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortcut(key: &str, shift: bool, focus: Focus) -> Option<Shortcut> {
        super::shortcut(View::Watch, key, shift, focus)
    }

    #[test]
    fn letters_are_views_and_only_watch_plays() {
        for (key, view) in [
            ("w", View::Watch),
            ("P", View::Prove),
            ("m", View::Measure),
            ("l", View::Learn),
            ("t", View::Class),
        ] {
            let show = Some(Shortcut::Act(Action::Show(view)));
            assert_eq!(shortcut(key, false, Focus::Button), show);
            assert_eq!(shortcut(key, false, Focus::Text), None, "{key} is typed");
        }
        let draw = Some(Shortcut::Act(Action::DrawOther));
        assert_eq!(shortcut("f", false, Focus::Choice), draw);
        for key in [" ", "ArrowLeft", "ArrowRight", "Home", "End", "f"] {
            let elsewhere = super::shortcut(View::Prove, key, false, Focus::Page);
            assert_eq!(elsewhere, None, "{key} scrolls");
        }
    }

    #[test]
    fn a_control_keeps_its_own_keys() {
        let play = Some(Shortcut::Act(Action::GoOn));
        assert_eq!(shortcut(" ", false, Focus::Page), play);
        assert_eq!(shortcut(" ", false, Focus::Slider), play);
        assert_eq!(shortcut(" ", false, Focus::Button), None, "it presses the button");
        assert_eq!(shortcut("ArrowLeft", false, Focus::Choice), None, "it moves the choice");
        assert_eq!(shortcut("Home", false, Focus::Slider), None, "it moves the slider");
        for key in [" ", "ArrowLeft", "Home", "1", "?"] {
            assert_eq!(shortcut(key, false, Focus::Text), None, "{key} is typed");
        }
    }

    #[test]
    fn shift_steps_by_fault() {
        let step = |shift| shortcut("ArrowRight", shift, Focus::Page);
        assert_eq!(step(false), Some(Shortcut::Act(Action::Step(Direction::Forward))));
        assert_eq!(step(true), Some(Shortcut::Act(Action::StepFault(Direction::Forward))));
    }

    #[test]
    fn undo_is_left_to_a_field_in_which_one_types() {
        assert_eq!(command("z", false, Focus::Page), Some(Action::Undo));
        assert_eq!(command("Z", true, Focus::Slider), Some(Action::Redo));
        assert_eq!(command("y", false, Focus::Button), Some(Action::Redo));
        assert_eq!(command("z", false, Focus::Text), None);
        assert_eq!(command("x", false, Focus::Page), None);
    }

    #[test]
    fn the_search_opens_from_everywhere_but_a_slash_is_typed() {
        let search = || Some(Action::OpenSheet(Sheet::Search));
        for view in [View::Watch, View::Learn, View::Class] {
            let pressed = super::shortcut(view, "/", false, Focus::Button);
            assert_eq!(pressed, search().map(Shortcut::Act));
            assert_eq!(super::shortcut(view, "/", false, Focus::Text), None);
        }
        assert_eq!(anywhere("k", false), search());
        assert_eq!((anywhere("K", true), anywhere("z", false)), (None, None));
    }

    #[test]
    fn digits_are_lanes() {
        assert_eq!(shortcut("1", false, Focus::Button), Some(Shortcut::FocusLane(0)));
        assert_eq!(shortcut("4", false, Focus::Page), Some(Shortcut::FocusLane(3)));
        assert_eq!(shortcut("5", false, Focus::Page), None);
        assert_eq!(shortcut("0", false, Focus::Page), None);
    }
}

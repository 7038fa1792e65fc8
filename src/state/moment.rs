//! The moment in the address: `at=2600ms`, or `at=2600.125ms`.
//!
//! A reload, the back button or a link returns to the moment that was shown. The end of the run is not
//! written, since that is where the page opens anyway; nor is the moment during playback. Older links have
//! none.

use ackground_core::sim::Time;

pub const AT: &str = "at";
/// What the error message says is allowed.
pub const ALLOWED: &str = "a moment of the run such as 2600ms";

const UNIT: &str = "ms";
/// Microseconds per unit.
const MICROS: u64 = 1000;

pub fn write(at: Time) -> String {
    let (whole, part) = (at.micros() / MICROS, at.micros() % MICROS);
    if part == 0 {
        return format!("{whole}{UNIT}");
    }
    let part = format!("{part:03}");
    format!("{whole}.{}{UNIT}", part.trim_end_matches('0'))
}

/// Parses a moment, to the microsecond.
pub fn read(text: &str) -> Option<Time> {
    let number = text.strip_suffix(UNIT)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let micros = format!("{part:0<3}").parse::<u64>().ok()?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(MICROS)?;
    Some(Time::from_micros(whole.checked_add(micros)?))
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Direction, State, View, reduce};
    use super::*;

    fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
        let start = state.clone();
        actions.into_iter().fold(start, |state, action| reduce(&state, action).unwrap_or(state))
    }

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        for micros in [0, 1, 10, 999, 1000, 2_600_000, 2_600_120, u64::MAX / MICROS] {
            let at = Time::from_micros(micros);
            assert_eq!(read(&write(at)), Some(at), "{}", write(at));
        }
        assert_eq!(write(Time::from_micros(2_600_120)), "2600.12ms");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "ms",
            "5",
            "5s",
            "-1ms",
            "+1ms",
            "1.ms",
            ".5ms",
            "1.2345ms",
            "1e3ms",
            " 1ms",
            "é1ms",
            "99999999999999999999ms",
            "18446744073709551615ms",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_moment_is_named_when_it_stands_before_the_end() {
        let state = State::open("");
        assert_eq!(state.moment(), None, "a page opens at the end");
        let stepped = after(&state, [Action::Step(Direction::Back)]);
        assert_eq!(stepped.moment(), Some(stepped.playhead));
        assert!(!stepped.entry.from_address, "the address follows");
        assert_eq!(stepped.entry.number, state.entry.number, "as no new entry");
        let playing = after(&stepped, [Action::Play]);
        assert_eq!(playing.moment(), None, "a moment that passes is not written");
        let elsewhere = after(&stepped, [Action::Show(View::Prove)]);
        assert_eq!(elsewhere.moment(), None);
    }

    #[test]
    fn a_link_opens_at_its_moment_and_no_later_than_the_end() {
        let state = State::open("at=2200ms");
        assert_eq!(state.playhead, Time::from_millis(2200));
        assert_eq!(state.notice, None);
        assert!(State::open("at=99999999ms").at_end());
        let wrong = State::open("at=soon");
        assert!(wrong.at_end() && wrong.notice.is_some());
        assert!(State::open("view=prove&at=5ms").notice.is_some(), "no moment there");
    }

    #[test]
    fn back_comes_to_the_moment_of_that_address() {
        let state = State::open("at=2200ms");
        let end = after(&state, [Action::End]);
        assert!(end.at_end());
        let back = after(&end, [Action::Load("at=2200ms".to_owned())]);
        assert_eq!(back.playhead, state.playhead);
        assert_eq!(reduce(&back, Action::Load("at=2200ms".to_owned())), None);
        assert!(after(&back, [Action::Load(String::new())]).at_end());
        let playing = after(&back, [Action::Play]);
        let goes_on = after(&playing, [Action::Load(String::new())]);
        assert_eq!(goes_on, playing, "what plays is not thrown to the end");
    }

    #[test]
    fn a_link_that_was_not_understood_stays_as_it_came() {
        let state = State::open("view=watch&colour=red");
        let stepped = after(&state, [Action::Step(Direction::Back)]);
        assert!(stepped.entry.from_address);
    }
}

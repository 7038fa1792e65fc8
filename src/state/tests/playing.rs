//! The playhead, during playback and when moved.

use super::*;

#[test]
fn begins_anew_at_the_end_and_stops_there() {
    let mut state = after(&start(), [Action::Play]);
    assert_eq!(state.playhead, Time::ZERO);
    let mut ticks = 0;
    while state.playing {
        state = after(&state, [Action::Tick(16.0)]);
        ticks += 1;
        assert!(ticks < 10_000, "a run of a few messages is played in well under a minute");
    }
    assert!(state.at_end());
    assert_eq!(reduce(&state, Action::Tick(16.0)), None);
}

#[test]
fn without_motion_goes_from_event_to_event_and_stops_too() {
    let mut state = after(&start(), [Action::Play]);
    while state.playing {
        let event = state.axis.next_event(state.playhead);
        state = after(&state, [Action::Beat]);
        assert_eq!(state.playhead, event);
    }
    assert!(state.at_end());
    assert_eq!(reduce(&state, Action::Beat), None);
}

#[test]
fn goes_on_from_the_middle() {
    let at = Time::from_millis(1500);
    let state = after(&start(), [Action::Seek(at), Action::Play]);
    assert_eq!(state.playhead, at);
}

#[test]
fn is_four_times_as_far_at_four_times_the_speed() {
    let begin = after(&start(), [Action::Home, Action::Play]);
    let moved = |speed| {
        let state = match reduce(&begin, Action::Speed(speed)) {
            Some(state) => state,
            None => begin.clone(),
        };
        let state = after(&state, [Action::Tick(100.0)]);
        state.axis.y(state.playhead) - state.axis.y(Time::ZERO)
    };
    assert!((moved(Speed::Fourfold) / moved(Speed::Normal) - 4.0).abs() < 0.01);
}

#[test]
fn does_not_leap_when_the_tab_wakes() {
    let begin = after(&start(), [Action::Play]);
    let woken = after(&begin, [Action::Tick(60_000.0)]);
    assert!(!woken.at_end());
}

#[test]
fn steps_visit_the_events_and_pause() {
    let state = after(&start(), [Action::Play, Action::Step(Direction::Forward)]);
    assert!(!state.playing);
    assert_eq!(state.playhead, state.axis.next_event(Time::ZERO));
    let back = after(&state, [Action::Step(Direction::Back)]);
    assert_eq!(back.playhead, Time::ZERO);
    assert_eq!(reduce(&back, Action::Step(Direction::Back)), None);
    let fault = after(&back, [Action::StepFault(Direction::Forward)]);
    assert!(fault.playhead > Time::ZERO && !fault.at_end());
}

#[test]
fn seeking_stays_inside_the_run() {
    let state = start();
    assert_eq!(reduce(&state, Action::Seek(Time::from_millis(1_000_000_000))), None);
    let home = after(&state, [Action::Home]);
    assert_eq!(after(&home, [Action::End]).playhead, state.playhead);
}

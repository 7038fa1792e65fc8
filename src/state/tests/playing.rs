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
        assert!(ticks < 4_000, "a run of a few messages is played in about a minute");
    }
    assert!(ticks > 1_000, "nobody can read seven captions in less than 16 s");
    assert!(state.at_end());
    assert_eq!(reduce(&state, Action::Tick(16.0)), None);
}

#[test]
fn stands_at_every_stop_until_it_is_read() {
    let mut state = after(&start(), [Action::Play]);
    let beats = state.pace.beats().to_vec();
    assert!(beats.len() >= 5);
    let mut stood = vec![0.0; beats.len()];
    while state.playing {
        let before = state.playhead;
        state = after(&state, [Action::Tick(16.0)]);
        if let Some(at) = beats.iter().position(|beat| beat.at == before) {
            stood[at] += 16.0;
        }
    }
    for (beat, stood) in beats.iter().zip(stood) {
        assert!((stood - beat.dwell_ms).abs() < 40.0, "{stood} ms at {beat:?}");
    }
}

#[test]
fn goes_on_at_once_when_asked_to_and_pauses_where_nothing_is_to_be_read() {
    let state = start();
    let first = state.pace.beats()[0].at;
    let mut state = after(&state, [Action::Play]);
    while state.playhead < first {
        state = after(&state, [Action::Tick(16.0)]);
    }
    let on = after(&state, [Action::GoOn, Action::Tick(16.0)]);
    assert!(on.playing && on.playhead > first);
    assert!(!after(&on, [Action::GoOn]).playing);
    assert!(!after(&state, [Action::TogglePlay]).playing, "the button pauses even here");
}

#[test]
fn without_motion_goes_from_stop_to_stop_and_ends_too() {
    let mut state = after(&start(), [Action::Play]);
    let mut seen = vec![];
    while state.playing {
        state = after(&state, [Action::Beat(100.0)]);
        if seen.last() != Some(&state.playhead) {
            seen.push(state.playhead);
        }
    }
    let mut stops: Vec<Time> = state.pace.beats().iter().map(|beat| beat.at).collect();
    stops.push(state.axis.end());
    assert_eq!(seen, stops);
    assert_eq!(reduce(&state, Action::Beat(100.0)), None);
}

#[test]
fn a_long_run_opens_where_it_first_goes_wrong() {
    assert!(start().at_end(), "a short one is seen whole");
    let text =
        r#"{"version":1,"messages":50,"faults":{"script":["drop publish 20"]},"lanes":[{}]}"#;
    let long = Experiment::from_json(text).expect("the test's own experiment");
    let state = State::of(long.clone());
    assert_eq!(state.playhead, state.axis.next_fault(Time::ZERO));
    assert!(!state.at_end());
    assert_eq!(state.moment(), None, "it opens there anyway");
    let end = after(&state, [Action::End]);
    assert_eq!(end.moment(), Some(end.playhead));
    let opened = start().replaced(long).expect("another experiment");
    assert_eq!(opened.playhead, opened.axis.next_fault(Time::ZERO));
}

#[test]
fn goes_on_from_the_middle() {
    let at = Time::from_millis(1500);
    let state = after(&start(), [Action::Seek(at), Action::Play]);
    assert_eq!(state.playhead, at);
}

#[test]
fn is_four_times_as_far_at_four_times_the_speed() {
    let last = start().pace.beats().last().map_or(Time::ZERO, |beat| beat.at);
    let from = last + Time::from_micros(1);
    let begin = after(&start(), [Action::Seek(from), Action::Play]);
    let moved = |speed| {
        let state = match reduce(&begin, Action::Speed(speed)) {
            Some(state) => state,
            None => begin.clone(),
        };
        let state = after(&state, [Action::Tick(20.0)]);
        state.axis.y(state.playhead) - state.axis.y(from)
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

#[test]
fn sends_one_message_after_the_other_by_hand() {
    let mut state = after(&start(), [Action::SendNext]);
    assert!((state.playhead, state.playing) == (Time::ZERO, false), "first of all, it begins");
    let messages = state.experiment.messages.get();
    let created = |state: &State| {
        let steps = state.runs[0].trace.steps.iter().take_while(|step| step.at <= state.playhead);
        steps.filter(|step| step.what == ackground_core::sim::Event::Created).count() as u64
    };
    for sent in 1..=messages {
        state = after(&state, [Action::SendNext]);
        while state.playing {
            state = after(&state, [Action::Tick(250.0)]);
        }
        assert_eq!(created(&state), sent, "no message but those that were sent");
    }
    assert!(state.at_end() && state.sending.is_none());
}

//! The reducer.

use std::rc::Rc;

use super::action::Action;
use super::field_path::FieldPath;
use super::playback::{self, Direction, Playing};
use super::session::{State, Touch};
use super::{View, Views, address, edit, sheet, undo_history};
use crate::class::state as class;
use crate::measure::state as measure;
use crate::open::state as open;
use crate::scenario::model::with_steps;
use crate::search::state as search;
use crate::setups::state::{guide, setup};
use crate::watch::choices::Picture;
use crate::why::state::{explained_message, inspect};
use ackground_core::audit::Property;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::{Experiment, Lane, PresetId};
use ackground_core::prove::{Bounds, Counterexample};
use ackground_core::sim::Time;
use ackground_words::story;

/// The next state; `None` if the action changes nothing.
pub fn reduce(state: &State, action: Action) -> Option<State> {
    match action {
        Action::Undo => undo_history::undo(state),
        Action::Redo => undo_history::redo(state),
        action => Some(undo_history::remember(state, next(state, action)?)),
    }
}

/// All actions but undo and redo.
fn next(state: &State, action: Action) -> Option<State> {
    let experiment = &*state.experiment;
    match action {
        Action::Show(view) => look(state, state.views.showing(view)),
        Action::Draw(picture) => draw(state, picture),
        Action::DrawOther => draw(state, state.views.picture.other()),
        Action::ChooseProve(prove) => look(state, Views { prove, ..state.views.clone() }),
        Action::ChooseClass(class) => look(
            state,
            Views {
                shown: View::Class,
                class,
                // Also from other views: the "Share" sheet links to the builder.
                ..state.views.showing(View::Class)
            },
        ),
        Action::Class(did) => class::reduce(state, did),
        Action::ChooseMeasure(measure) => look(state, Views { measure, ..state.views.clone() }),
        Action::UseChart(chart) => measure::use_chart(state, chart),
        Action::Learn(learn) => {
            look(state, Views { shown: View::Learn, learn, ..state.views.clone() })
        }
        Action::WatchFaults { lines, messages, lane, property } => {
            Some(watch(state, lines, messages, lane, property))
        }
        Action::Scenario(story) => state.replaced(edit::tell(experiment, story).ok()?),
        Action::Steps(change) => state.replaced(with_steps(experiment, change)?),
        Action::Edit { place, text, touch } => typed(state, place, &text, touch),
        Action::Release => {
            state.stroke.as_ref()?;
            Some(State { stroke: None, ..state.clone() })
        }
        Action::Reroll => {
            let seed = another_seed(experiment.seed.get());
            typed(state, FieldPath::top("seed"), &seed.to_string(), Touch::Done)
        }
        Action::AddLine(text) => {
            let edited = edit::add_line(experiment, &text);
            state.entered(FieldPath::script(), &text, edited, Touch::Done)
        }
        Action::RemoveLine(index) => state.replaced(edit::remove_line(experiment, index).ok()?),
        Action::EditLine(index, text) => {
            let place = FieldPath::script_line(index);
            state.entered(place, &text, edit::edit_line(experiment, index, &text), Touch::Done)
        }
        Action::SwitchLine(index, on) => {
            state.replaced(edit::switch_line(experiment, index, on).ok()?)
        }
        Action::MoveLine(from, to) => state.replaced(edit::move_line(experiment, from, to).ok()?),
        Action::ClearLines => state.replaced(edit::clear_lines(experiment).ok()?),
        Action::Inspect(inspected) => inspect::inspect(state, inspected),
        Action::ByHand(change, at) => inspect::by_hand(state, &change, at),
        Action::Undo | Action::Redo => None,
        Action::Forget(place) => {
            state.refused.get(&place)?;
            let mut refused = state.refused.clone();
            Rc::make_mut(&mut refused).remove(&place);
            Some(State { refused, ..state.clone() })
        }
        Action::StartWith(setups) => setup::start_with(state, &setups),
        Action::AddLane(preset) => state.with_lanes(|lanes| {
            let mut lane = Lane::of_preset(preset);
            lane.name = edit::unused_name(lanes, &lane.name);
            lanes.push(lane);
        }),
        Action::RemoveLane(index) => state.with_lanes(|lanes| {
            if index < lanes.len() {
                lanes.remove(index);
            }
        }),
        Action::DuplicateLane(index) => state.with_lanes(|lanes| {
            if let Some(lane) = lanes.get(index) {
                let mut copy = lane.clone();
                copy.name = edit::unused_name(lanes, &lane.name);
                lanes.insert(index + 1, copy);
            }
        }),
        Action::Preset(index, preset) => state
            .with_lanes(|lanes| {
                if let Some(lane) = lanes.get_mut(index) {
                    set_preset(lane, preset);
                }
            })
            .or_else(|| sheet::show(state, None)),
        Action::Load(fragment) => load(state, &fragment),
        Action::StartOver => {
            // After a broken link the default experiment is shown already, but the address is still the
            // broken one.
            let stale = state.notice.is_some();
            state
                .replaced(Experiment::default())
                .or_else(|| stale.then(|| state.edited(Experiment::default(), None, false)))
        }
        Action::DismissNotice => {
            state.notice.as_ref()?;
            Some(State { notice: None, ..state.clone() })
        }
        Action::ToggleFaults => Some(State { faults_open: !state.faults_open, ..state.clone() }),
        Action::PutSetup(index, setup) => setup::put(state, index, *setup),
        Action::AddSetup(setup) => setup::add(state, *setup),
        Action::Paste(text) => open::pasted(state, &text),
        Action::Open(given) => open::open(state, given),
        Action::OpenSheet(sheet) => sheet::show(state, Some(sheet)),
        Action::OpenRecommended(path, how) => guide::open(state, &path, how),
        Action::CloseSheet => sheet::show(state, None),
        Action::Found(opens) => search::open(state, &opens),
        Action::AskWhy { lane, message } => explained_message::ask(state, lane, message),
        Action::CloseWhy => explained_message::show(state, None),
        Action::TryRemedy { lane, changes, short } => {
            let lanes = explained_message::with_remedy(experiment, lane, &changes, &short)?;
            state.with_lanes(|all| *all = lanes.to_vec())
        }
        Action::Play => play(state),
        Action::Pause => pause(state, state.playhead),
        Action::TogglePlay if state.playing => pause(state, state.playhead),
        Action::TogglePlay => play(state),
        Action::SendNext => Some(send(state)),
        Action::Seek(at) => {
            let playhead = at.min(state.axis.end());
            (playhead != state.playhead).then(|| State {
                playhead,
                sending: None,
                entry: state.following(),
                ..state.clone()
            })
        }
        Action::Step(Direction::Forward) => pause(state, state.axis.next_event(state.playhead)),
        Action::Step(Direction::Back) => pause(state, state.axis.prev_event(state.playhead)),
        Action::StepFault(Direction::Forward) => {
            pause(state, state.axis.next_fault(state.playhead))
        }
        Action::StepFault(Direction::Back) => pause(state, state.axis.prev_fault(state.playhead)),
        Action::Home => pause(state, Time::ZERO),
        Action::End => pause(state, state.axis.end()),
        Action::Speed(speed) => (speed != state.speed).then(|| State { speed, ..state.clone() }),
        Action::Fit(room) => state.fitted(room),
        Action::GoOn if state.playing && state.now().left_ms(&state.pace) > 0.0 => {
            Some(State { dwell: state.now().read(&state.pace).dwell, ..state.clone() })
        }
        Action::GoOn => next(state, Action::TogglePlay),
        Action::Tick(elapsed) => play_to(state, |state| {
            playback::played(&state.axis, &state.pace, state.now(), elapsed, state.speed)
        }),
        Action::Beat(elapsed) => play_to(state, |state| {
            playback::stepped(&state.axis, &state.pace, state.now(), elapsed, state.speed)
        }),
    }
}

fn look(state: &State, views: Views) -> Option<State> {
    (views != state.views).then(|| state.viewed(views))
}

/// Switches the picture without stopping playback.
fn draw(state: &State, picture: Picture) -> Option<State> {
    let views = Views { picture, ..state.views.clone() };
    Some(State { playing: state.playing, ..look(state, views)? })
}

/// Shows these faults in Watch, as one action, even if the experiment has them already.
fn watch(
    state: &State,
    lines: Vec<Line>,
    messages: u16,
    lane: usize,
    property: Option<Property>,
) -> State {
    let bounds = Bounds { messages, ..Bounds::default() };
    let experiment = Counterexample { lines }.experiment(&state.experiment, bounds);
    let next = state.replaced(experiment).unwrap_or_else(|| state.clone());
    let run = next.runs.get(lane);
    let decisive = property
        .and_then(|property| story::decisive(&next.experiment, lane, &run?.trace, property));
    let culprit = property.and_then(|property| explained_message::culprit(&run?.report, property));
    State {
        asked: culprit.map(|message| explained_message::ExplainedMessage {
            lane,
            message,
            by_hand: false,
        }),
        playhead: decisive.unwrap_or(next.axis.end()),
        entry: state.entry,
        ..next
    }
    .viewed(state.views.showing(View::Watch))
}

fn typed(state: &State, place: FieldPath, text: &str, touch: Touch) -> Option<State> {
    let edited = edit::edit(&state.experiment, &place, text).map_err(edit::Complaint::from);
    state.entered(place, text, edited, touch)
}

/// Applies a preset's settings. Keeps a name that a person has chosen.
fn set_preset(lane: &mut Lane, preset: PresetId) {
    let old = lane.preset.map_or("", |id| id.preset().name);
    let own_name = !lane.name.is_empty() && &*lane.name != old;
    let name = lane.name.clone();
    *lane = Lane::of_preset(preset);
    if own_name {
        lane.name = name;
    }
}

fn load(state: &State, fragment: &str) -> Option<State> {
    let address::AddressContent { experiment, views, at, sheet, notice } =
        address::read(fragment, &state.views);
    let same = experiment == *state.experiment;
    let next = if same { state.clone() } else { state.showing(Rc::new(experiment)) };
    let playhead = match at {
        Some(at) => at.min(next.axis.end()),
        None if next.playing || views.shown != View::Watch => next.playhead,
        None => playback::opening(&next.axis),
    };
    let there = same && playhead == state.playhead;
    let same_sheet = sheet == state.sheet;
    if there && same_sheet && views == state.views && notice == state.notice {
        return None;
    }
    let entry = address::Entry { number: state.entry.number + 1, from_address: true };
    Some(State {
        notice,
        entry,
        playing: next.playing && at.is_none() && views.shown == View::Watch,
        playhead,
        views,
        stroke: None,
        sheet,
        asked: next.asked.filter(|_| same),
        inspected: None,
        refused: Rc::default(),
        ..next
    })
}

fn play(state: &State) -> Option<State> {
    let playhead = if state.at_end() { Time::ZERO } else { state.playhead };
    let dwell = playback::Dwell::default();
    (!state.playing).then(|| State {
        playing: true,
        playhead,
        dwell,
        sending: None,
        ..state.clone()
    })
}

/// Sends the next message by hand; before the first one, the run goes back to its beginning.
fn send(state: &State) -> State {
    let here = State { dwell: playback::Dwell::default(), ..state.clone() };
    match state.sending {
        None => State { sending: Some(0), playing: false, playhead: Time::ZERO, ..here },
        Some(sent) => {
            let playhead = state.until().max(state.playhead);
            State { sending: Some(sent.saturating_add(1)), playing: true, playhead, ..here }
        }
    }
}

/// Advances playback, and stops it at the end.
fn play_to(state: &State, next: impl FnOnce(&State) -> Playing) -> Option<State> {
    if !state.playing {
        return None;
    }
    let Playing { at, dwell } = next(state);
    let playhead = at.min(state.until());
    let playing = playhead < state.until();
    let sending = state.sending.filter(|_| playhead < state.axis.end());
    let changes = playhead != state.playhead || dwell != state.dwell || !playing;
    changes.then(|| State {
        playhead,
        playing,
        dwell,
        sending,
        entry: state.following(),
        ..state.clone()
    })
}

fn pause(state: &State, playhead: Time) -> Option<State> {
    let changes = state.playing || playhead != state.playhead;
    changes.then(|| State {
        playing: false,
        playhead,
        sending: state.sending.filter(|_| playhead == state.playhead),
        entry: state.following(),
        ..state.clone()
    })
}

/// A new seed, short enough to say aloud: all numbers below 10,000 come up before one repeats.
fn another_seed(seed: u64) -> u64 {
    // A linear congruential generator with full period: 3420 is a multiple of 20, and 4567 of neither 2 nor
    // 5.
    (seed % 10_000 * 3421 + 4567) % 10_000
}

impl yew::Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        reduce(&self, action).map_or(self, Rc::new)
    }
}

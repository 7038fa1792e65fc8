//! Undo and redo as inverses over random actions, and the names of steps.

use proptest::prelude::*;

use super::super::{Action, FieldPath, Touch, View, address, reduce};
use super::*;
use crate::prove::choices::ProveChoices;
use ackground_core::experiment::PresetId;
use ackground_core::experiment::scenario::BuiltIn;

fn actions() -> impl Strategy<Value = Action> {
    let line = prop::sample::select(vec!["drop ack 1", "fail 2", "poison 3", "nonsense"]);
    let edit = |touch| {
        (0..3usize, prop::sample::select(vec!["1", "7", "25", "x"])).prop_map(
            move |(place, text)| {
                let places = [
                    FieldPath::top("seed"),
                    FieldPath::fault("loss.publish"),
                    FieldPath::lane(0, "producer.retries"),
                ];
                Action::Edit { place: places[place].clone(), text: text.to_owned(), touch }
            },
        )
    };
    prop_oneof![
        line.prop_map(|line| Action::AddLine(line.to_owned())),
        (0..4usize).prop_map(Action::RemoveLine),
        (0..4usize, any::<bool>()).prop_map(|(line, on)| Action::SwitchLine(line, on)),
        (0..4usize, 0..4usize).prop_map(|(from, to)| Action::MoveLine(from, to)),
        Just(Action::ClearLines),
        edit(Touch::Done),
        edit(Touch::Live),
        Just(Action::Release),
        (0..4usize).prop_map(Action::RemoveLane),
        (0..4usize).prop_map(Action::DuplicateLane),
        Just(Action::AddLane(PresetId::AtLeastOnce)),
        (0..4usize).prop_map(|lane| Action::Preset(lane, PresetId::EffectivelyOnce)),
        prop::sample::select(vec![BuiltIn::Payment, BuiltIn::Order]).prop_map(Action::Scenario),
        (0..4u8)
            .prop_map(|faults| Action::ChooseProve(ProveChoices::default().with_faults(faults))),
        prop::sample::select(View::ALL.to_vec()).prop_map(Action::Show),
        Just(Action::StartOver),
        Just(Action::Reroll),
        Just(Action::Undo),
        Just(Action::Redo),
    ]
}

fn shown(state: &State) -> Moment {
    Moment::of(state)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undo_takes_back_what_an_act_did_and_redo_does_it_again(path in prop::collection::vec(actions(), 1..24)) {
        let mut state = State::open("");
        for action in path {
            let Some(next) = reduce(&state, action.clone()) else { continue };
            let acted = !matches!(action, Action::Undo | Action::Redo);
            if acted && next.past.len() == state.past.len() + 1 {
                let back = reduce(&next, Action::Undo).expect("there is an act to take back");
                prop_assert!(shown(&back) == shown(&state), "undo after {action:?}");
                prop_assert!(back.entry.number > next.entry.number, "an entry of its own");
                let again = reduce(&back, Action::Redo).expect("there is an act to do again");
                prop_assert!(shown(&again) == shown(&next), "redo after {action:?}");
                prop_assert_eq!(&again.past, &next.past);
                prop_assert!(next.undoes().is_some_and(|said| !said.is_empty()));
            } else if acted {
                // It changed neither experiment nor choices, or continued a live edit.
                let goes_on = next.entry.number == state.entry.number;
                prop_assert!(goes_on || shown(&next).same(&shown(&state)), "{action:?} was forgotten");
            }
            state = next;
        }
        while let Some(before) = reduce(&state, Action::Undo) {
            state = before;
        }
        prop_assert!(state.past.is_empty());
    }
}

fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    let step = |state: State, action| reduce(&state, action).expect("it changes something");
    actions.into_iter().fold(state.clone(), step)
}

fn add(line: &str) -> Action {
    Action::AddLine(line.to_owned())
}

#[test]
fn an_act_is_called_by_what_it_changed() {
    let start = State::open("");
    let seed = FieldPath::top("seed");
    let edit = |place: &FieldPath, text: &str| Action::Edit {
        place: place.clone(),
        text: text.to_owned(),
        touch: Touch::Done,
    };
    let retries = FieldPath::lane(1, "producer.retries");
    for (action, said) in [
        (add("drop ack 1"), "drop ack 1"),
        (Action::RemoveLine(0), "remove drop publish 2"),
        (Action::SwitchLine(0, false), "switch off drop publish 2"),
        (Action::MoveLine(0, 1), "the order of the faults"),
        (Action::ClearLines, "remove all faults"),
        (Action::EditLine(0, "fail 1".to_owned()), "fail 1"),
        (edit(&seed, "9"), "Seed"),
        (edit(&FieldPath::fault("loss.ack"), "10"), "Ack lost"),
        (edit(&retries, "3"), "Resends (At least once)"),
        (Action::RemoveLane(1), "remove At least once"),
        (Action::AddLane(PresetId::AtMostOnce), "add At most once 2"),
        (Action::DuplicateLane(0), "add At most once 2"),
        (Action::Preset(0, PresetId::EffectivelyOnce), "the setup of Effectively once"),
        (Action::Scenario(BuiltIn::Order), "another story"),
        (Action::ChooseProve(ProveChoices::default().with_faults(1)), "what is chosen in Prove"),
    ] {
        assert_eq!(after(&start, [action.clone()]).undoes().as_deref(), Some(said), "{action:?}");
    }
    let back = after(&start, [add("drop ack 1"), Action::Undo]);
    assert_eq!((back.undoes(), back.redoes().as_deref()), (None, Some("drop ack 1")));
}

#[test]
fn a_drag_is_one_act_and_a_new_act_ends_redo() {
    let rate = |text: &str| Action::Edit {
        place: FieldPath::fault("loss.ack"),
        text: text.to_owned(),
        touch: Touch::Live,
    };
    let dragged = after(&State::open(""), [rate("5"), rate("6"), rate("7"), Action::Release]);
    assert_eq!(dragged.past.len(), 1);
    let back = after(&dragged, [Action::Undo]);
    assert_eq!(back.experiment, State::open("").experiment);
    assert_eq!(after(&back, [add("fail 1")]).redoes(), None);
}

#[test]
fn back_in_the_browser_is_undo_where_it_leads_to_the_same() {
    let start = State::open("");
    let acted = after(&start, [add("fail 1")]);
    let address =
        |state: &State| address::with_view(&address::fragment(&state.experiment), &state.views);
    let back = after(&acted, [Action::Load(address(&start))]);
    assert_eq!((back.undoes(), back.redoes().as_deref()), (None, Some("fail 1")));
    let forward = after(&back, [Action::Load(address(&acted))]);
    assert_eq!((forward.undoes().as_deref(), forward.redoes()), (Some("fail 1"), None));
    let elsewhere = after(&acted, [Action::Load(address(&after(&start, [add("poison 2")])))]);
    assert_eq!(elsewhere.past.len(), 2, "another link is an act");
}

#[test]
fn the_past_has_a_bound() {
    let seeds = (2..=MOST + 20).map(|seed| Action::Edit {
        place: FieldPath::top("seed"),
        text: seed.to_string(),
        touch: Touch::Done,
    });
    assert_eq!(after(&State::open(""), seeds).past.len(), MOST);
}

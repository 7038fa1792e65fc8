//! Puts a complete setup into a lane, or adds it as one: from a pasted configuration, the gallery, or
//! anywhere else.

use crate::state::edit::unused_name;
use crate::state::{Notice, State};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::{Lane, Lanes, PresetId, Product};
use ackground_words::systems::kafka;

/// Replaces the lane at this index with the setup.
pub(crate) fn put(state: &State, index: usize, setup: Lane) -> Option<State> {
    state.with_lanes(|lanes| {
        if index < lanes.len() {
            // Its own name is free again.
            let others: Vec<Lane> = lanes
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != index)
                .map(|(_, lane)| lane.clone())
                .collect();
            let name = unused_name(&others, &setup.name);
            lanes[index] = Lane { name, ..setup };
        }
    })
}

/// Adds the setup as a lane, under a unique name.
pub(crate) fn add(state: &State, setup: Lane) -> Option<State> {
    state.with_lanes(|lanes| {
        let name = unused_name(lanes, &setup.name);
        lanes.push(Lane { name, ..setup });
    })
}

/// Makes these setups the lanes, in place of those that are there; four at most.
pub(crate) fn start_with(state: &State, setups: &[PresetId]) -> Option<State> {
    state.with_lanes(|lanes| {
        *lanes = setups.iter().copied().take(Lanes::MOST).map(Lane::of_preset).collect();
    })
}

/// A setup read from a configuration of this product, named so: `Kafka, pasted`.
pub fn pasted_from(product: Product, setup: &Lane) -> Lane {
    Lane { name: Label::cut(&format!("{}, pasted", product.name())), ..setup.clone() }
}

/// Offers pasted text as a configuration; `None` if it is not one.
pub(crate) fn offer(state: &State, text: &str) -> Option<State> {
    if !kafka::looks_like(text) {
        return None;
    }
    let keys = kafka::read(text, state.experiment.lanes.first()?).took.len();
    Some(State { notice: Some(Notice::Pasted { keys }), pasted: text.into(), ..state.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, reduce};
    use ackground_core::experiment::settings::Acks;

    fn after(state: &State, action: Action) -> State {
        reduce(state, action).expect("the action does something")
    }

    #[test]
    fn a_setup_goes_into_a_lane_or_beside_it_and_is_one_act() {
        let start = State::open("");
        let setup = Lane::of_preset(PresetId::SqsFifo);
        let put = after(&start, Action::PutSetup(1, Box::new(setup.clone())));
        assert_eq!(put.experiment.lanes[1], setup);
        assert_eq!(put.entry.number, start.entry.number + 1);
        let same = reduce(&put, Action::PutSetup(1, Box::new(setup.clone())));
        assert_eq!(same, None, "it is so already");
        let mut state = put;
        while state.experiment.lanes.len() < Lanes::MOST {
            state = after(&state, Action::AddSetup(Box::new(setup.clone())));
        }
        let names: Vec<String> = (1..4).map(|lane| state.experiment.lane_name(lane)).collect();
        assert_eq!(names[0], names[2].trim_end_matches(" 2"), "{names:?}");
        assert_eq!(reduce(&state, Action::AddSetup(Box::new(setup))), None);
    }

    #[test]
    fn setups_take_the_place_of_all_lanes_and_one_undo_brings_them_back() {
        let start = State::open("");
        let all = PresetId::ALL.to_vec();
        let first = after(&start, Action::StartWith(all.clone()));
        assert_eq!(first.experiment.lanes.len(), Lanes::MOST);
        assert!(
            first
                .experiment
                .lanes
                .iter()
                .map(|lane| lane.preset)
                .eq(all[..4].iter().copied().map(Some))
        );
        assert_eq!(first.experiment.faults, start.experiment.faults);
        let one = after(&first, Action::StartWith(vec![PresetId::SqsFifo]));
        assert_eq!(one.experiment.lanes.len(), 1);
        assert_eq!(one.undoes().as_deref(), Some("other lanes"));
        assert_eq!(after(&after(&one, Action::Undo), Action::Undo).experiment, start.experiment);
        assert_eq!(reduce(&start, Action::StartWith(Vec::new())), None, "there is a lane at least");
    }

    #[test]
    fn a_pasted_configuration_is_offered_and_changes_nothing_yet() {
        let start = State::open("");
        let offered = after(&start, Action::Paste("acks=1\nretries=3".to_owned()));
        assert_eq!(offered.notice, Some(Notice::Pasted { keys: 2 }));
        assert_eq!(offered.experiment, start.experiment);
        assert_eq!(&*offered.pasted, "acks=1\nretries=3");
        for text in ["", "hello world", "a: b\nc: d"] {
            assert_eq!(reduce(&start, Action::Paste(text.to_owned())), None, "{text}");
        }
        let read = kafka::read(&offered.pasted, &offered.experiment.lanes[0]);
        let setup = pasted_from(Product::Kafka, &read.lane);
        let used = after(&offered, Action::PutSetup(0, Box::new(setup.clone())));
        assert_eq!(used.experiment.lane_name(0), "Kafka, pasted");
        let both = after(&used, Action::AddSetup(Box::new(setup)));
        assert_eq!(both.experiment.lane_name(3), "Kafka, pasted 2");
        assert_eq!(used.experiment.lanes[0].producer.acks, Acks::Leader);
        assert_eq!(used.notice, None);
    }
}

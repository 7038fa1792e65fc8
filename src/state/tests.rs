//! The rules of the page, one test each.

use std::rc::Rc;

use super::session::*;

use super::*;
use crate::lane::state::form;
use crate::prove::choices::ProveChoices;
use crate::setups::state::gallery::{self, Gallery};
use crate::watch::choices::Picture;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::{Experiment, PresetId};
use ackground_core::sim::Time;

mod playing;

fn start() -> State {
    State::open("")
}

/// Applies actions, each of which must change something.
fn after(state: &State, actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(state.clone(), |state, action| {
        let said = format!("{action:?}");
        reduce(&state, action).unwrap_or_else(|| panic!("{said} changed nothing"))
    })
}

fn edit(place: FieldPath, text: &str, touch: Touch) -> Action {
    Action::Edit { place, text: text.to_owned(), touch }
}

fn publish_lost(text: &str, touch: Touch) -> Action {
    edit(FieldPath::fault("loss.publish"), text, touch)
}

fn set(lane: usize, path: &str, text: &str) -> Action {
    edit(FieldPath::lane(lane, path), text, Touch::Done)
}

mod the_first_screen {
    use super::*;

    #[test]
    fn shows_three_balances_at_the_end_of_the_run() {
        let state = start();
        let balances: Vec<u64> = state.runs.iter().map(|run| run.report.ledger.actual).collect();
        assert_eq!(balances, [20_000, 40_000, 30_000]);
        assert!(state.at_end() && !state.playing);
        assert_eq!(address::fragment(&state.experiment), "", "its address stays bare");
    }
}

mod an_edit {
    use super::*;

    #[test]
    fn that_changes_nothing_changes_no_state() {
        let state = start();
        assert_eq!(reduce(&state, publish_lost("0", Touch::Done)), None);
        assert_eq!(reduce(&state, Action::Scenario(BuiltIn::Payment)), None);
        assert_eq!(reduce(&state, Action::Preset(0, PresetId::AtMostOnce)), None);
        assert_eq!(reduce(&state, Action::Release), None);
        assert_eq!(reduce(&state, Action::DismissNotice), None);
    }

    #[test]
    fn of_a_lane_runs_that_lane_alone() {
        let before = start();
        let after = after(&before, [set(1, "consumer.dedup", "atomic")]);
        assert!(Rc::ptr_eq(&before.runs[0], &after.runs[0]));
        assert!(!Rc::ptr_eq(&before.runs[1], &after.runs[1]));
        assert!(Rc::ptr_eq(&before.runs[2], &after.runs[2]));
        assert_eq!(after.runs[1].report.ledger.actual, 30_000);
    }

    #[test]
    fn of_a_name_runs_nothing() {
        let before = start();
        let after = after(&before, [set(1, "name", "Ours")]);
        assert_eq!(&*after.experiment.lanes[1].name, "Ours");
        assert!(before.runs.iter().zip(after.runs.iter()).all(|(a, b)| Rc::ptr_eq(a, b)));
        assert!(Rc::ptr_eq(&before.axis, &after.axis));
    }

    #[test]
    fn of_the_faults_runs_every_lane() {
        let before = start();
        let after = after(&before, [Action::RemoveLine(0)]);
        assert!(before.runs.iter().zip(after.runs.iter()).all(|(a, b)| !Rc::ptr_eq(a, b)));
        assert_eq!(after.runs[0].report.totals.lost, 0, "nothing drops message 2 any more");
    }

    #[test]
    fn keeps_the_playhead_where_it_was_but_opens_anew_at_the_end() {
        let state = start();
        let slower = after(&state, [edit(FieldPath::top("interval_ms"), "1200 ms", Touch::Done)]);
        assert!(slower.axis.end() > state.axis.end());
        assert!(slower.at_end());
        let long = after(&state, [edit(FieldPath::top("messages"), "50", Touch::Done)]);
        assert_eq!(long.playhead, long.axis.next_fault(Time::ZERO), "it opens like a long run");
        let end = after(&long, [Action::End]);
        let longer = after(&end, [edit(FieldPath::top("messages"), "60", Touch::Done)]);
        assert!(longer.at_end(), "who looks at its end goes on to");

        let half = Time::from_millis(1500);
        let longer =
            after(&state, [Action::Seek(half), edit(FieldPath::top("messages"), "5", Touch::Done)]);
        assert_eq!(longer.playhead, half);
    }

    #[test]
    fn out_of_range_is_refused_with_its_text_and_never_reaches_the_experiment() {
        let state = start();
        let place = FieldPath::lane(0, "producer.retries");
        let refused = after(&state, [set(0, "producer.retries", "2000")]);
        assert_eq!(refused.experiment, state.experiment);
        assert_eq!(refused.refused[&place].text, "2000");
        assert!(refused.refused[&place].message.contains("from 0 to 1000"));

        let mended = after(&refused, [set(0, "producer.retries", "3")]);
        assert!(mended.refused.is_empty());
        let back = after(&refused, [set(0, "producer.retries", "0")]);
        assert!(back.refused.is_empty(), "the old value, typed again, is no mistake");
    }

    #[test]
    fn of_a_lane_that_is_gone_is_refused() {
        let state = after(&start(), [set(3, "producer.acks", "all")]);
        assert_eq!(state.experiment, start().experiment);
    }
}

mod the_script {
    use super::*;

    #[test]
    fn takes_a_line_and_gives_it_back() {
        let added = after(&start(), [Action::AddLine("drop ack 1".into())]);
        assert_eq!(added.experiment.faults.script.lines().len(), 3);
        let removed = after(&added, [Action::RemoveLine(2)]);
        assert_eq!(removed.experiment, start().experiment);
        assert_eq!(reduce(&removed, Action::RemoveLine(9)), None);
    }

    #[test]
    fn keeps_a_bad_line_where_it_was_typed() {
        let state = after(&start(), [Action::AddLine("dorp publish 2".into())]);
        let refusal = &state.refused[&FieldPath::script()];
        assert_eq!(refusal.text, "dorp publish 2");
        assert!(refusal.message.contains("drop"), "{}", refusal.message);
        let added = after(&state, [Action::AddLine("drop publish 1".into())]);
        assert!(added.refused.is_empty());
    }

    #[test]
    fn understands_a_fault_in_plain_words_and_suggests_what_was_meant() {
        let last =
            |state: &State| state.experiment.faults.script.lines().last().map(ToString::to_string);
        let added = after(&start(), [Action::AddLine("lose the ack of message 3".into())]);
        assert_eq!(last(&added).as_deref(), Some("drop ack 3"));
        let refused = after(&start(), [Action::AddLine("kill the producer".into())]);
        let meant = refused.refused[&FieldPath::script()].meant.clone().expect("a suggestion");
        let taken = after(&refused, [Action::AddLine(meant)]);
        assert_eq!(last(&taken).as_deref(), Some("crash producer before publish 2"));
        assert!(taken.refused.is_empty());
    }

    #[test]
    fn changes_a_line_in_place() {
        let line = |state: &State| state.experiment.faults.script.lines()[0].to_string();
        let changed = after(&start(), [Action::EditLine(0, "drop publish 3".into())]);
        assert_eq!(line(&changed), "drop publish 3");
        let refused = after(&changed, [Action::EditLine(0, "drop it".into())]);
        assert_eq!(line(&refused), "drop publish 3");
        let place = FieldPath::script_line(0);
        assert_eq!(refused.refused[&place].text, "drop it");
        assert!(after(&refused, [Action::Forget(place.clone())]).refused.is_empty());
        assert!(after(&refused, [Action::RemoveLine(1)]).refused.is_empty(), "lines have moved");
        assert_eq!(reduce(&changed, Action::Forget(place)), None);
        let beyond = after(&start(), [Action::EditLine(7, "drop ack 1".into())]);
        assert_eq!(beyond.experiment, start().experiment);
    }

    #[test]
    fn brings_faults_of_its_own_with_another_story() {
        let state = after(&start(), [Action::Scenario(BuiltIn::Email)]);
        assert_eq!(state.experiment.faults.script, BuiltIn::Email.opening().faults.script);
        let back = after(&state, [Action::Undo]);
        assert_eq!(back.experiment, start().experiment, "in one step");
    }

    #[test]
    fn becomes_ones_own_word_by_word_and_its_link_opens_it() {
        let place = |name: &str| FieldPath::top(&format!("scenario.{name}"));
        let own = after(
            &start(),
            [
                edit(place("title"), "Concert tickets", Touch::Done),
                edit(place("producer"), "Box office", Touch::Done),
                edit(place("amount"), "45", Touch::Done),
                edit(place("steps[0].label"), "Print the ticket", Touch::Done),
            ],
        );
        assert_eq!(own.experiment.scenario.built_in(), None);
        let opened = State::open(&address::fragment(&own.experiment));
        assert_eq!(opened.experiment, own.experiment);
        let refused = after(&own, [edit(place("amount"), "a lot", Touch::Done)]);
        assert!(refused.refused[&place("amount")].message.contains("Write "));
    }

    #[test]
    fn tells_the_same_mishap_of_ones_own_in_another_story() {
        // A fault that does not strike: the script is no longer the scenario's.
        let own = after(&start(), [Action::AddLine("drop ack 3#9".to_owned())]);
        for story in form::stories().iter().filter(|story| **story != BuiltIn::Payment) {
            let state = after(&own, [Action::Scenario(*story)]);
            let run = |lane: usize| &state.runs[lane].report.totals;
            assert_eq!(run(0).lost, 1, "{story}: the dropped publish");
            assert_eq!(run(1).duplicated, 1, "{story}: the crash after the primary step");
        }
    }
}

mod lanes {
    use super::*;

    #[test]
    fn come_go_and_keep_their_runs() {
        let before = start();
        let removed = after(&before, [Action::RemoveLane(0)]);
        assert_eq!(removed.experiment.lanes.len(), 2);
        assert!(Rc::ptr_eq(&removed.runs[0].trace, &before.runs[1].trace));
        assert_eq!(removed.runs[0].lane, 0);

        let doubled = after(&before, [Action::DuplicateLane(1)]);
        assert_eq!(&*doubled.experiment.lanes[2].name, "At least once 2");
        assert!(Rc::ptr_eq(&doubled.runs[2].trace, &before.runs[1].trace));
        assert_eq!(
            reduce(&doubled, Action::AddLane(PresetId::AtMostOnce)),
            None,
            "four is the most"
        );
    }

    #[test]
    fn the_last_one_stays() {
        let one = after(&start(), [Action::RemoveLane(2), Action::RemoveLane(1)]);
        assert_eq!(reduce(&one, Action::RemoveLane(0)), None);
        assert_eq!(reduce(&one, Action::RemoveLane(7)), None);
    }

    #[test]
    fn take_a_preset_and_keep_a_name_that_was_given() {
        let preset = Action::Preset(0, PresetId::EffectivelyOnce);
        let state = after(&start(), [preset.clone()]);
        assert_eq!(&*state.experiment.lanes[0].name, "Effectively once");
        let state = after(&start(), [set(0, "name", "Ours"), preset]);
        assert_eq!(&*state.experiment.lanes[0].name, "Ours");
        assert_eq!(state.runs[0].report.totals.lost, 0);
    }

    #[test]
    fn forget_refused_texts_when_they_move() {
        let state = after(&start(), [set(2, "producer.retries", "x"), Action::RemoveLane(0)]);
        assert!(state.refused.is_empty());
    }
}

mod the_address {
    use super::*;

    #[test]
    fn gets_an_entry_per_act_and_one_for_a_whole_drag() {
        let state = start();
        let dragged = after(
            &state,
            [
                publish_lost("5", Touch::Live),
                publish_lost("9", Touch::Live),
                publish_lost("10", Touch::Done),
            ],
        );
        assert_eq!(dragged.entry.number, state.entry.number + 1);
        assert!(!dragged.editing());

        let again = after(
            &state,
            [
                publish_lost("5", Touch::Live),
                Action::Release,
                publish_lost("9", Touch::Live),
                edit(FieldPath::top("seed"), "7", Touch::Live),
            ],
        );
        assert_eq!(again.entry.number, state.entry.number + 3, "released, then another place");
    }

    #[test]
    fn round_trips_every_act() {
        let state = after(
            &start(),
            [
                Action::Scenario(BuiltIn::Email),
                publish_lost("12.5", Touch::Done),
                set(0, "name", "Mails & more, 100 %"),
                Action::DuplicateLane(0),
                Action::Reroll,
            ],
        );
        let fragment = address::fragment(&state.experiment);
        let opened = State::open(&fragment);
        assert_eq!(opened.experiment, state.experiment);
        assert_eq!(opened.runs, state.runs);
        assert!(opened.entry.from_address);
    }

    #[test]
    fn that_names_what_is_shown_changes_nothing() {
        let state = after(&start(), [Action::Reroll]);
        let fragment = address::fragment(&state.experiment);
        assert_eq!(reduce(&state, Action::Load(fragment)), None);
    }

    #[test]
    fn goes_back_with_the_old_runs() {
        let first = start();
        let second = after(&first, [set(0, "producer.retries", "3")]);
        let back = after(&second, [Action::Load(String::new())]);
        assert_eq!(back.experiment, first.experiment);
        assert!(back.entry.from_address, "the address is not written again");
        assert!(Rc::ptr_eq(&back.runs[1], &second.runs[1]));
    }

    #[test]
    fn that_is_broken_shows_the_first_example_and_says_why() {
        for broken in ["nonsense", "v1.AAAA", "v9.abc", "#v1."] {
            let state = State::open(broken);
            assert_eq!(state.experiment, start().experiment, "{broken}");
            let Some(Notice::BrokenLink { fragment, reasons }) = &state.notice else {
                panic!("no notice for {broken}");
            };
            assert_eq!(fragment, broken.trim_start_matches('#'));
            assert!(!reasons.is_empty());
            assert!(state.entry.from_address, "the broken text stays in the address");
        }
    }

    #[test]
    fn is_written_again_once_the_person_goes_on() {
        let broken = State::open("nonsense");
        let dismissed = after(&broken, [Action::DismissNotice]);
        assert!(dismissed.entry.from_address && dismissed.notice.is_none());
        let fresh = after(&broken, [Action::StartOver]);
        assert!(!fresh.entry.from_address && fresh.notice.is_none());
        let edited = after(&broken, [Action::Reroll]);
        assert!(!edited.entry.from_address && edited.notice.is_none());
    }
}

#[test]
fn a_new_seed_comes_back_only_after_all_others() {
    let mut state = start();
    let mut seeds = std::collections::BTreeSet::new();
    for _ in 0..50 {
        state = after(&state, [Action::Reroll]);
        assert!(seeds.insert(state.experiment.seed.get()));
        assert!(state.experiment.seed.get() < 10_000, "short enough to say aloud");
    }
}

mod the_gallery {
    use super::*;

    #[test]
    fn closes_with_what_is_picked_from_it() {
        let gallery = Sheet::Gallery(Gallery { lane: Some(1), family: None });
        let open = after(&start(), [Action::OpenSheet(gallery)]);
        assert_eq!(open.sheet, Some(gallery));
        let added = after(&open, [Action::AddLane(PresetId::KafkaDefaults)]);
        assert_eq!((added.sheet, added.experiment.lanes.len()), (None, 4));
        let used = after(&open, [Action::Preset(1, PresetId::SqsFifo)]);
        assert_eq!(used.sheet, None);
        assert_eq!(used.experiment.lanes[1].preset, Some(PresetId::SqsFifo));
        let same = after(&open, [Action::Preset(1, PresetId::AtLeastOnce)]);
        assert_eq!((same.sheet, same.entry), (None, open.entry), "it is one already");
        assert_eq!(after(&open, [Action::CloseSheet]), start());
    }

    #[test]
    fn gives_a_changed_lane_its_preset_back() {
        let changed = after(&start(), [set(1, "consumer.dedup", "memory")]);
        let id = PresetId::AtLeastOnce;
        assert!(gallery::origin(&changed.experiment.lanes[1]).is_some_and(|(.., changed)| changed));
        let back = after(&changed, [Action::Preset(1, id)]);
        assert_eq!(back.experiment, start().experiment);
    }
}

mod settings_that_depend_on_others {
    use super::*;

    fn reason(state: &State, place: &FieldPath) -> String {
        let refusal = state.refused.get(place);
        refusal.map(|refusal| refusal.message.clone()).unwrap_or_default()
    }

    #[test]
    fn say_what_to_do_first_where_they_are_chosen() {
        let place = FieldPath::lane(1, "producer.transactional");
        let refused = after(&start(), [set(1, "producer.transactional", "true")]);
        assert!(reason(&refused, &place).contains("numbered sends"));
        assert!(!refused.experiment.lanes[1].producer.transactional);
        let numbered = after(&refused, [set(1, "producer.idempotent", "true")]);
        assert_eq!(reason(&numbered, &place), "", "nothing is in its way any more");
        let both = after(&numbered, [set(1, "producer.transactional", "true")]);
        for (path, text) in [("producer.idempotent", "false"), ("producer.acks", "none")] {
            let refused = after(&both, [set(1, path, text)]);
            let said = reason(&refused, &FieldPath::lane(1, path));
            assert!(said.contains("transactions off first"), "{path}: {said}");
        }
        let refused = after(&numbered, [set(1, "producer.acks", "none")]);
        let said = reason(&refused, &FieldPath::lane(1, "producer.acks"));
        assert!(said.contains("numbered sends off first"), "{said}");
    }

    #[test]
    fn never_need_more_copies_than_there_are() {
        let three = after(&start(), [set(0, "broker.min_in_sync", "3")]);
        let refused = after(&three, [set(0, "broker.replicas", "2")]);
        let said = reason(&refused, &FieldPath::lane(0, "broker.replicas"));
        assert!(said.contains("Lower"), "{said}");
        let refused = after(&start(), [set(0, "broker.min_in_sync", "4")]);
        let said = reason(&refused, &FieldPath::lane(0, "broker.min_in_sync"));
        assert!(said.contains("3 replicas in all"), "{said}");
        let one = after(&start(), [set(0, "broker.replicas", "1")]);
        assert_eq!(one.experiment.lanes[0].broker.min_in_sync.get(), 1, "it follows");
    }
}

mod a_view {
    use super::*;
    use ackground_core::audit::Property;
    use ackground_core::sim::Time;

    #[test]
    fn is_shown_and_is_an_act_of_its_own() {
        let playing = after(&start(), [Action::Play]);
        let proving = after(&playing, [Action::Show(View::Prove)]);
        assert_eq!(proving.views.shown, View::Prove);
        assert!(!proving.playing, "nothing plays that is not seen");
        assert_eq!(proving.entry.number, playing.entry.number + 1);
        assert_eq!(reduce(&proving, Action::Show(View::Prove)), None);
        assert!(Rc::ptr_eq(&proving.experiment, &playing.experiment));
        let back = after(&proving, [Action::Load(String::new())]);
        assert_eq!(back.views.shown, View::Watch);
        let again = after(&back, [Action::Load("view=prove".to_owned())]);
        assert_eq!((again.views.shown, again.notice), (View::Prove, None));
    }

    #[test]
    fn draws_runs_in_either_way_and_plays_on() {
        let playing = after(&start(), [Action::Play]);
        let flow = after(&playing, [Action::Draw(Picture::Flow)]);
        assert_eq!(flow.views.picture, Picture::Flow);
        assert!(flow.playing, "it is the same run at the same moment");
        assert_eq!(flow.playhead, playing.playhead);
        assert_eq!(flow.entry.number, playing.entry.number + 1);
        assert_eq!(reduce(&flow, Action::Draw(Picture::Flow)), None);
        assert_eq!(after(&flow, [Action::DrawOther]).views, playing.views);
        let loaded = after(&flow, [Action::Load("picture=comic".to_owned())]);
        assert_eq!(loaded.views.picture, Picture::Timeline);
        assert!(matches!(loaded.notice, Some(Notice::Unread { .. })));
    }

    #[test]
    fn stays_while_the_experiment_changes() {
        let fewer = ProveChoices::default().with_faults(1);
        let state = after(
            &start(),
            [Action::Show(View::Prove), Action::ChooseProve(fewer), Action::RemoveLane(0)],
        );
        assert_eq!((state.views.shown, state.views.prove), (View::Prove, fewer));
        let text = address::with_view(&address::fragment(&state.experiment), &state.views);
        assert!(text.ends_with("&view=prove&faults=1"), "{text}");
        assert_eq!(State::open(&text).views, state.views);
    }

    #[test]
    fn of_faults_that_are_watched_begins_at_the_moment_that_decides() {
        let proving = after(&start(), [Action::Show(View::Prove)]);
        let line = "drop publish-ack 1".parse().expect("a line");
        let watch = Action::WatchFaults {
            lines: vec![line],
            messages: 2,
            lane: 1,
            property: Some(Property::NoDuplicates),
        };
        let state = after(&proving, [watch.clone()]);
        assert_eq!(state.views.shown, View::Watch);
        assert_eq!(state.experiment.messages.get(), 2);
        assert_eq!(state.experiment.faults.script.lines().len(), 1);
        assert_eq!(state.runs[1].report.totals.duplicated, 1);
        assert!(state.playhead > Time::ZERO && !state.at_end() && !state.playing);
        assert_eq!(state.entry.number, proving.entry.number + 1, "one way back");
        let elsewhere = after(&state, [Action::Home]);
        assert_eq!(after(&elsewhere, [watch]).playhead, state.playhead);
    }
}

//! The laws of the picture, over the first screen and over random experiments.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use ackground_core::sim::Event;
use ackground_testkit::fixtures::{experiment, experiments, runs};

/// The pictures of an experiment with their traces, on their common axis.
fn pictures(experiment: &Experiment) -> (Axis, Vec<(Trace, Diagram)>) {
    let traces = runs(experiment);
    let axis = Axis::of(&traces);
    let pictures = traces
        .into_iter()
        .enumerate()
        .map(|(lane, trace)| {
            let diagram = Diagram::of(experiment, lane, &trace, &axis);
            (trace, diagram)
        })
        .collect();
    (axis, pictures)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_packet_is_exactly_one_arrow(experiment in experiments()) {
        for (trace, diagram) in pictures(&experiment).1 {
            prop_assert_eq!(diagram.arrows.len(), trace.packets.len());
            let steps: BTreeSet<StepNo> = diagram.arrows.iter().map(|arrow| arrow.about.step).collect();
            prop_assert_eq!(steps.len(), trace.packets.len(), "each about a departure of its own");
        }
    }

    #[test]
    fn an_arrow_reaches_its_target_unless_it_is_lost_or_the_run_is_cut_off(experiment in experiments()) {
        for (trace, diagram) in pictures(&experiment).1 {
            for (arrow, packet) in diagram.arrows.iter().zip(&trace.packets) {
                let x = |node| {
                    let line = diagram.lifelines.iter().find(|line| line.place == LifelineId::Node(node));
                    line.map(|line| line.x).expect("every node that sends or receives has a lifeline")
                };
                let (from, to) = (x(packet.from), x(packet.to));
                prop_assert_eq!(arrow.start.x, from);
                match arrow.fall {
                    Fall::Arrives | Fall::Ignored => prop_assert_eq!(arrow.end.x, to),
                    Fall::Lost => {
                        let share = (arrow.end.x - from) / (to - from);
                        prop_assert!((0.3..0.8).contains(&share), "a lost packet ends part of the way");
                        prop_assert!(arrow.about.to <= packet.arrives);
                    }
                    Fall::UnderWay => prop_assert!(!trace.end.settled(), "all packets of a settled run end"),
                }
                prop_assert!(arrow.start.y <= arrow.end.y, "time runs downward");
                prop_assert_eq!(arrow.fall == Fall::Lost, packet.lost.is_some());
            }
        }
    }

    #[test]
    fn each_primary_effect_is_a_token_with_its_count(experiment in experiments()) {
        let primary = experiment.scenario.primary();
        for (trace, diagram) in pictures(&experiment).1 {
            let effects = trace.steps.iter().filter(
                |step| matches!(step.what, Event::Applied { step } if usize::from(step) == primary),
            );
            let told: Vec<(StepNo, Option<MessageNo>)> = effects.map(|step| (step.no, step.message)).collect();
            let tokens: Vec<&Mark> = diagram
                .marks
                .iter()
                .filter(|mark| matches!(mark.kind, MarkKind::Effect | MarkKind::Repeated(_)))
                .collect();
            let drawn: Vec<_> = tokens.iter().map(|mark| (mark.about.step, mark.about.message)).collect();
            prop_assert_eq!(&told, &drawn);
            for (index, mark) in tokens.iter().enumerate() {
                let times = 1 + told[..index].iter().filter(|(_, message)| *message == mark.about.message).count();
                let kind = if times == 1 { MarkKind::Effect } else { MarkKind::Repeated(times as u32) };
                prop_assert_eq!(mark.kind, kind);
                prop_assert!(mark.link.is_some(), "a line leads from the consumer to its effect");
            }
        }
    }

    #[test]
    fn every_crash_is_a_box_from_crash_to_restart(experiment in experiments()) {
        for (trace, diagram) in pictures(&experiment).1 {
            let crashes: Vec<(StepNo, Time)> = trace
                .steps
                .iter()
                .filter_map(|step| match step.what {
                    Event::Crashed { until, .. } => Some((step.no, until.min(trace.end.at()))),
                    _ => None,
                })
                .collect();
            let boxes = diagram.spans.iter().filter(|span| matches!(span.kind, SpanKind::Crash | SpanKind::FollowerCrash));
            let boxes: Vec<(StepNo, Time)> = boxes.map(|span| (span.about.step, span.about.to)).collect();
            prop_assert_eq!(crashes, boxes);
        }
    }

    #[test]
    fn every_handler_call_is_one_stretch(experiment in experiments()) {
        for (trace, diagram) in pictures(&experiment).1 {
            let calls = trace.steps.iter().filter(|step| matches!(step.what, Event::HandlerStarted { .. }));
            let stretches = diagram.spans.iter().filter(|span| span.kind == SpanKind::Handler);
            prop_assert_eq!(calls.count(), stretches.count());
        }
    }

    #[test]
    fn everything_is_inside_the_picture_and_in_order(experiment in experiments()) {
        let (axis, pictures) = pictures(&experiment);
        let inside = |point: &Point| (0.0..=100.0).contains(&point.x) && (0.0..=axis.height()).contains(&point.y);
        for (_, diagram) in pictures {
            prop_assert!(diagram.arrows.iter().all(|arrow| inside(&arrow.start) && inside(&arrow.end)));
            prop_assert!(diagram.arrows.iter().all(|arrow| inside(&arrow.label_at)));
            prop_assert!(diagram.marks.iter().all(|mark| inside(&mark.at)));
            prop_assert!(diagram.spans.iter().all(|span| inside(&span.at) && span.bottom >= span.at.y));
            prop_assert!(diagram.arrows.is_sorted_by_key(|arrow| arrow.about.from));
            prop_assert!(diagram.marks.is_sorted_by_key(|mark| mark.about.from));
            prop_assert!(diagram.spans.is_sorted_by_key(|span| span.about.from));
        }
    }

    #[test]
    fn a_packet_in_flight_is_where_the_playhead_cuts_its_arrow(experiment in experiments(), share in 0.0f64..1.0) {
        let (axis, pictures) = pictures(&experiment);
        let now = axis.time(share * axis.height());
        for (_, diagram) in pictures {
            let flights = diagram.flights(now, &axis);
            let cut = diagram.arrows.iter().filter(|arrow| arrow.about.from < now && now < arrow.about.to);
            prop_assert_eq!(flights.len(), cut.clone().count());
            for (flight, arrow) in flights.iter().zip(cut) {
                prop_assert_eq!(flight.at.y, axis.y(now));
                let (left, right) = (arrow.start.x.min(arrow.end.x), arrow.start.x.max(arrow.end.x));
                prop_assert!((left..=right).contains(&flight.at.x));
            }
        }
    }

    #[test]
    fn no_label_of_an_arrow_lies_on_one_nearby(experiment in experiments()) {
        for (_, diagram) in pictures(&experiment).1 {
            let labels: Vec<&Arrow> = diagram.arrows.iter().filter(|arrow| !arrow.label.is_empty()).collect();
            for (index, a) in labels.iter().enumerate() {
                for b in &labels[index.saturating_sub(24)..index] {
                    let near = (a.label_at.x - b.label_at.x).abs() < 6.0 && (a.label_at.y - b.label_at.y).abs() < 12.0;
                    prop_assert!(!near, "{} and {}", a.label, b.label);
                }
            }
        }
    }

    #[test]
    fn every_mark_label_cross_and_word_is_one_glyph_in_order(experiment in experiments()) {
        for (_, diagram) in pictures(&experiment).1 {
            let labels = diagram.arrows.iter().filter(|arrow| !arrow.label.is_empty()).count();
            let crosses = diagram.arrows.iter().filter(|arrow| arrow.fall == Fall::Lost).count();
            let words = diagram.spans.iter().filter(|span| !span.label.is_empty()).count();
            let stamps: BTreeSet<String> = diagram.glyphs.iter().map(|glyph| format!("{:?}", glyph.what)).collect();
            prop_assert_eq!(stamps.len(), labels + crosses + words + diagram.marks.len());
            prop_assert_eq!(stamps.len(), diagram.glyphs.len());
            prop_assert!(diagram.glyphs.is_sorted_by_key(|glyph| glyph.at));
        }
    }

    #[test]
    fn what_lasts_stands_on_a_lifeline(experiment in experiments()) {
        for (_, diagram) in pictures(&experiment).1 {
            for span in &diagram.spans {
                prop_assert!(diagram.lifelines.iter().any(|line| line.x == span.at.x), "{:?}", span);
            }
        }
    }

    #[test]
    fn every_glyph_stands_clear_at_its_moment_and_none_before(experiment in experiments()) {
        let (axis, pictures) = pictures(&experiment);
        for (_, diagram) in pictures {
            for (place, glyph) in diagram.glyphs.iter().enumerate() {
                let stands = |at| diagram.standing(at, axis.y(at)).any(|(standing, _)| standing == place);
                prop_assert!(stands(glyph.at), "{:?} is not wholly above its moment", glyph);
                if glyph.at > Time::ZERO {
                    prop_assert!(!stands(Time::from_micros(glyph.at.micros() - 1)));
                }
            }
        }
    }
}

#[test]
fn the_first_screen_fits_without_overlapping_labels() {
    let (axis, pictures) = pictures(&Experiment::default());
    let height = axis.height();
    assert!((380.0..=480.0).contains(&height), "the first screen's picture is {height} px high");
    for (_, diagram) in pictures {
        let labels: Vec<&Arrow> =
            diagram.arrows.iter().filter(|arrow| !arrow.label.is_empty()).collect();
        for (index, a) in labels.iter().enumerate() {
            for b in &labels[..index] {
                let near = (a.label_at.x - b.label_at.x).abs() < 6.0
                    && (a.label_at.y - b.label_at.y).abs() < 12.0;
                assert!(!near, "{} and {} lie on one another", a.label, b.label);
            }
        }
    }
}

#[test]
fn a_message_is_again_only_where_it_had_arrived() {
    let experiment = experiment(
        r#""messages":1,"faults":{"script":["drop publish 1","drop publish-ack 1"]},"lanes":[{}]"#,
    );
    let (_, pictures) = pictures(&experiment);
    let publishes: Vec<(ArrowKind, &str)> = pictures[0]
        .1
        .arrows
        .iter()
        .filter(|arrow| {
            matches!(arrow.kind, ArrowKind::Message | ArrowKind::Again) && arrow.start.x < 20.0
        })
        .map(|arrow| (arrow.kind, arrow.label.as_str()))
        .collect();
    let expected =
        [(ArrowKind::Message, "1"), (ArrowKind::Message, "1 again"), (ArrowKind::Again, "1 again")];
    assert_eq!(publishes, expected, "the second is the first to arrive, the third a real repeat");
}

/// The only picture of a lane under these script lines.
fn picture(script: &str, lane: &str) -> (Trace, Diagram) {
    let rest = format!(
        r#""messages":4,"interval_ms":300,"faults":{{"script":[{script}]}},"lanes":[{lane}]"#
    );
    let (_, mut pictures) = pictures(&experiment(&rest));
    pictures.remove(0)
}

fn labels(diagram: &Diagram, is: impl Fn(MarkKind) -> bool) -> Vec<&str> {
    let marks = diagram.marks.iter().filter(|mark| is(mark.kind));
    marks.map(|mark| mark.label.as_str()).collect()
}

fn boxes(diagram: &Diagram) -> Vec<&Span> {
    let down = |span: &&Span| matches!(span.kind, SpanKind::Crash | SpanKind::FollowerCrash);
    diagram.spans.iter().filter(down).collect()
}

#[test]
fn a_leader_that_crashes_is_told_from_a_follower_and_its_successor_is_named() {
    let (trace, diagram) =
        picture(r#""crash follower before replicate 1","crash broker after ack 3""#, "{}");
    let boxes = boxes(&diagram);
    let kinds: Vec<SpanKind> = boxes.iter().map(|span| span.kind).collect();
    assert_eq!(kinds, [SpanKind::FollowerCrash, SpanKind::Crash]);
    assert_eq!(boxes[1].label, "leader, node 1");
    assert!(boxes[0].label.starts_with("node "));
    let successor = trace.steps.iter().find_map(|step| match step.what {
        Event::Elected { node: Node::Broker(node), .. } => Some(node),
        _ => None,
    });
    let successor = successor.expect("two of three nodes are up");
    let elected = labels(&diagram, |kind| kind == MarkKind::Elected(true));
    assert_eq!(elected, [format!("node {} leads", successor + 1)]);
}

#[test]
fn nodes_that_are_down_together_stand_beside_one_another() {
    let (_, diagram) =
        picture(r#""crash follower before replicate 1","crash follower before replicate 2""#, "{}");
    let boxes = boxes(&diagram);
    assert_eq!(boxes.len(), 2);
    for (index, a) in boxes.iter().enumerate() {
        for b in &boxes[..index] {
            let together = a.about.from < b.about.to && b.about.from < a.about.to;
            assert!(!together || a.shift != b.shift, "one box hides the other");
            assert!((a.label_y - b.label_y).abs() >= 12.0, "one word hides the other");
        }
    }
}

#[test]
fn every_refusal_is_a_mark_and_its_answer_an_arrow_back() {
    let (trace, diagram) = picture(
        r#""crash follower before replicate 1","crash follower before replicate 1#2""#,
        r#"{"broker":{"min_in_sync":3}}"#,
    );
    let refusals = trace.steps.iter().filter(|step| matches!(step.what, Event::Refused(_))).count();
    assert!(refusals > 0, "the experiment was made for it to happen");
    assert_eq!(labels(&diagram, |kind| kind == MarkKind::Refused).len(), refusals);
    let back = diagram.arrows.iter().filter(|arrow| arrow.kind == ArrowKind::Nack);
    assert!(back.count() > 0);
}

#[test]
fn messages_that_the_broker_lost_are_named_where_it_happens() {
    let (trace, diagram) = picture(
        r#""crash broker after ack 1""#,
        r#"{"producer":{"acks":"leader"},"broker":{"replicas":1,"min_in_sync":1,"flush":"never"}}"#,
    );
    let lost = trace.steps.iter().any(|step| matches!(step.what, Event::CopyLost { .. }));
    assert!(lost, "the experiment was made for it to happen");
    assert_eq!(labels(&diagram, |kind| kind == MarkKind::CopyLost), ["1 gone"]);
}

#[test]
fn an_open_transaction_lasts_from_its_write_to_its_end() {
    let (trace, diagram) = picture("", r#"{"producer":{"idempotent":true,"transactional":true}}"#);
    let count = |is: fn(&Event) -> bool| trace.steps.iter().filter(|step| is(&step.what)).count();
    let committed = count(|what| matches!(what, Event::TransactionCommitted { .. }));
    assert_eq!(committed, 4);
    assert_eq!(labels(&diagram, |kind| kind == MarkKind::Committed).len(), committed);
    let open = diagram.spans.iter().filter(|span| span.kind == SpanKind::Transaction);
    assert_eq!(open.count(), committed);
}

#[test]
fn a_cut_network_is_a_band_for_as_long_as_it_lasts() {
    let (trace, diagram) =
        picture(r#""partition producer 200ms..700ms","partition consumer 1s..400s""#, "{}");
    let times: Vec<(Time, Time)> = diagram.bands.iter().map(|band| (band.from, band.to)).collect();
    let ms = Time::from_millis;
    assert_eq!(times[0], (ms(200), ms(700)));
    assert_eq!(times[1], (ms(1000), trace.end.at().min(ms(400_000))), "no longer than the run");
    let (producer, consumer) = (&diagram.bands[0], &diagram.bands[1]);
    assert_eq!(producer.right, consumer.left, "they meet at the broker");
}

#[test]
fn a_group_is_numbered_and_a_single_consumer_is_not() {
    let of = |lane: &str| {
        let (_, diagram) = picture("", lane);
        let members = diagram.lifelines.into_iter().filter_map(|line| line.member);
        members.collect::<Vec<u8>>()
    };
    assert!(of("{}").is_empty());
    assert_eq!(of(r#"{"consumer":{"instances":3}}"#), [1, 2, 3]);
}

#[test]
fn a_label_is_nearest_to_its_own_arrow() {
    let both = experiment(r#""messages":2,"interval_ms":25,"lanes":[{}]"#);
    let traces = runs(&both);
    let diagram = Diagram::of(&both, 0, &traces[0], &Axis::of(&traces));
    let at = |arrow: &Arrow, x: f64| {
        let share = (x - arrow.start.x) / (arrow.end.x - arrow.start.x);
        (0.0..=1.0)
            .contains(&share)
            .then_some(arrow.start.y + share * (arrow.end.y - arrow.start.y))
    };
    let labelled = diagram.arrows.iter().filter(|arrow| !arrow.label.is_empty());
    for arrow in labelled {
        let (x, middle) = (arrow.label_at.x, arrow.label_at.y - 4.0);
        let off = |other: &Arrow| at(other, x).map_or(f64::INFINITY, |y| (y - middle).abs());
        let own = off(arrow);
        assert!(diagram.arrows.iter().all(|other| off(other) >= own), "{arrow:?}");
    }
}

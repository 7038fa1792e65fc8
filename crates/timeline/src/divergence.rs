//! Divergence: the first thing that happens to a message in one lane and never in another.
//!
//! Lanes do the same things at different times all along, which is no difference. So this compares what
//! happens to each message and how often, and only then asks when. It looks at what can be observed, not at
//! acknowledgments: those differ from the start, and their consequences show.

use std::collections::BTreeMap;

use ackground_core::sim::{Leg, MessageNo, Milestone, Node, PacketNo, Step, Time, Told, Trace};

/// Something done to a message, without when and by which of several alike; of a packet where it travels,
/// and whether it is lost.
type Observed = (Milestone, Option<(Leg, bool)>);

/// The moment from which the lanes differ in what happens to the messages, if they ever do.
///
/// It is the earliest observation that one lane makes this many times and another never does. Linear in the steps
/// of all lanes.
pub fn divergence<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Option<Time> {
    let mut lanes = 0usize;
    let mut when: BTreeMap<(MessageNo, Observed, u32), (usize, Time)> = BTreeMap::new();
    for trace in traces {
        lanes += 1;
        let mut times: BTreeMap<(MessageNo, Observed), u32> = BTreeMap::new();
        for step in &trace.steps {
            let (Some(message), Some(observed)) = (step.message, observed(trace, step)) else {
                continue;
            };
            let nth = times.entry((message, observed)).or_default();
            *nth += 1;
            let (doing, first) = when.entry((message, observed, *nth)).or_insert((0, step.at));
            *doing += 1;
            *first = (*first).min(step.at);
        }
    }
    when.into_values().filter(|(doing, _)| *doing < lanes).map(|(_, first)| first).min()
}

fn observed(trace: &Trace, step: &Step) -> Option<Observed> {
    let milestone = step.what.milestone()?;
    let alike = match milestone {
        Milestone::Sent(no) => {
            let packet = trace.packet(no);
            let delivers = matches!(packet.leg, Leg::Publish | Leg::Deliver);
            let observed =
                (Milestone::Sent(PacketNo(0)), Some((packet.leg, packet.lost.is_some())));
            return delivers.then_some(observed);
        }
        Milestone::Stored(_) => Milestone::Stored(0),
        Milestone::Lost(_) => Milestone::Lost(0),
        Milestone::Aborted(_) => Milestone::Aborted(0),
        Milestone::Parked(_) => Milestone::Parked(0),
        Milestone::Discarded(_) => Milestone::Discarded(0),
        Milestone::Crashed(Node::Broker(_)) => Milestone::Crashed(Node::Broker(0)),
        Milestone::Crashed(Node::Consumer(_)) => Milestone::Crashed(Node::Consumer(0)),
        Milestone::Told(Told::Error)
        | Milestone::Dropped
        | Milestone::Refused
        | Milestone::Failed
        | Milestone::Recognised
        | Milestone::Applied(_)
        | Milestone::Crashed(Node::Producer) => milestone,
        Milestone::Created | Milestone::Told(Told::Ok | Told::Nothing) => return None,
        Milestone::Settled(_) | Milestone::Begun => return None,
    };
    Some((alike, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::Experiment;
    use ackground_core::sim::Event;
    use ackground_testkit::fixtures::{experiment, experiments, runs};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_lane_never_parts_from_its_like(experiment in experiments()) {
            for trace in &runs(&experiment) {
                prop_assert_eq!(divergence([trace]), None);
                prop_assert_eq!(divergence([trace, trace, trace]), None);
            }
        }

        #[test]
        fn the_order_of_the_lanes_does_not_matter(experiment in experiments()) {
            let traces = runs(&experiment);
            prop_assert_eq!(divergence(&traces), divergence(traces.iter().rev()));
        }

        #[test]
        fn lanes_part_where_one_of_them_does_something(experiment in experiments()) {
            let traces = runs(&experiment);
            if let Some(at) = divergence(&traces) {
                let does = |trace: &Trace| trace.steps.iter().any(|step| step.at == at && observed(trace, step).is_some());
                prop_assert!(traces.iter().any(does));
            }
        }
    }

    #[test]
    fn the_first_screen_parts_where_one_producer_sends_again() {
        let traces = runs(&Experiment::default());
        let at = divergence(&traces).expect("three lanes, three balances");
        let again = |step: &&Step| matches!(step.what, Event::Sent(no) if traces[1].packet(no).leg == Leg::Publish && traces[1].packet(no).nth == 2);
        let again = traces[1].steps.iter().find(again).map(|step| step.at);
        assert_eq!(Some(at), again, "until then every lane did the same to every message");
    }

    #[test]
    fn doing_the_same_later_is_no_difference() {
        let experiment = experiment(
            r#""lanes":[{"consumer":{"processing_ms":100}},{"consumer":{"processing_ms":900}}]"#,
        );
        assert_eq!(divergence(&runs(&experiment)), None);
    }

    #[test]
    fn lanes_that_only_acknowledge_differently_do_the_same_to_the_messages() {
        let experiment = experiment(
            r#""lanes":[{"producer":{"acks":"none","retries":0}},{"producer":{"acks":"all"}}]"#,
        );
        assert_eq!(divergence(&runs(&experiment)), None);
    }
}

//! How long the faults of a search last. A proof says nothing of longer ones.

use serde::{Deserialize, Serialize};

use super::kind::Kinds;
use super::lane;
use crate::experiment::Experiment;
use crate::experiment::script::Kind;
use crate::sim::Time;
use crate::sim::setup::NEVER_STANDS_FOR;

/// How long each kind of fault lasts in a search; `None` for kinds that are not searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    /// How long a node that crashed is down.
    pub outage: Option<Time>,
    /// How long the work stalls.
    pub stall: Option<Time>,
    /// How late a packet is.
    pub delay: Option<Time>,
    /// How long a side is cut off.
    pub cut: Option<Time>,
    /// The shortest and the longest travel time of a packet.
    pub travel: (Time, Time),
}

impl Spans {
    /// Those of a lane, counted from 0, for faults of these kinds.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    /// use ackground_core::prove::{Kinds, Spans};
    /// use ackground_core::sim::Time;
    ///
    /// let spans = Spans::of(&Experiment::default(), 1, Kinds::default());
    /// assert_eq!(spans.outage, Some(Time::from_millis(1000)));
    /// assert_eq!(spans.longest(), Some(Time::from_millis(5000)), "a stall");
    /// assert_eq!(spans.cut, None, "no network is cut");
    /// ```
    ///
    /// # Panics
    ///
    /// If the experiment has no such lane.
    pub fn of(experiment: &Experiment, lane: usize, kinds: Kinds) -> Spans {
        let (faults, broker) = (&experiment.faults, &experiment.lanes[lane].broker);
        let span = |kind: Kind, millis: u64| kinds.has(kind).then(|| Time::from_millis(millis));
        let outlast = lane::outlast(experiment, lane).millis();
        Spans {
            outage: span(Kind::Crash, faults.restart_ms.get()),
            stall: span(
                Kind::Slow,
                broker.redelivery_timeout_ms.limit().unwrap_or(NEVER_STANDS_FOR),
            ),
            delay: span(Kind::Delay, outlast),
            cut: span(Kind::Partition, lane::cut_lasts(experiment, lane)),
            travel: (
                Time::from_millis(faults.latency_ms.min()),
                Time::from_millis(faults.latency_ms.max()),
            ),
        }
    }

    /// The longest time that anything is out of action or on its way; `None` if no kind that lasts is searched.
    pub fn longest(self) -> Option<Time> {
        [self.outage, self.stall, self.delay, self.cut].into_iter().flatten().max()
    }
}

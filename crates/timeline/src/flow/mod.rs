//! The flow picture of a run: what producer, broker, consumers and store hold at a moment, and what is
//! on its way between them.
//!
//! It is a function of experiment, trace and moment. What everyone holds is asked of the simulated world
//! itself: at a moment it runs on from the nearest checkpoint, under the same fate and so through the very
//! steps of the trace. A packet's place follows from its send and receive time alone.
//!
//! | file | owns |
//! |---|---|
//! | `told` | what the trace tells of the past |
//! | `travel` | packets under way |
//! | `panel` | what of all that is shown, few things of many |
//! | `summary` | the same in a sentence |

mod panel;
mod summary;
#[cfg(test)]
mod tests;
mod told;
mod travel;

pub use panel::{
    BrokerPanel, Cell, Copy, GroupPanel, Kept, LogRow, MemberPanel, Panels, ProducerPanel,
    QueuePanel, Shelf, Slip, Stock, StorePanel, Tally, Total, Window,
};
pub use summary::under_way;
pub use told::{Call, Told};
pub use travel::{MOST, TRACKS, Travel, Wire};

use std::cell::RefCell;
use std::rc::Rc;

use self::travel::Travels;
use super::diagram::packet_fates;
use ackground_core::audit::{Audit, Report};
use ackground_core::experiment::script::{Cut, Line};
use ackground_core::experiment::{Experiment, Lane};
use ackground_core::sim::held::Held;
use ackground_core::sim::{Course, Event, Guard, Moment, Observer, PacketNo, Time, Trace};

/// A checkpoint is kept for every so many steps, which the world takes in about a tenth of a millisecond,
const STRIDE: usize = 512;
/// unless there would be more than this of them: a world with a thousand messages takes half a megabyte.
const CHECKPOINTS: usize = 16;

/// The participants of a lane at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// What they hold.
    pub held: Held,
    /// What the trace tells of the past.
    pub told: Told,
    /// What has become of the messages.
    pub report: Report,
    /// Packets that were lost on the way and have not been sent again, the latest last.
    pub fallen: Vec<PacketNo>,
}

/// The flow picture of a lane's run, at any moment.
#[derive(Debug)]
pub struct Flow {
    experiment: Experiment,
    lane: usize,
    trace: Rc<Trace>,
    /// When the picture changes, in order.
    changes: Vec<Time>,
    /// In order of time.
    checkpoints: Vec<Stop>,
    /// Where it was looked at last: the next moment is often soon after.
    latest: RefCell<Stop>,
    travels: Travels,
    /// When which wire is cut.
    cuts: Vec<(Wire, Time, Time)>,
}

impl Flow {
    /// The flow of a lane's run; `None` if the experiment has no such lane. Takes as long as the run.
    pub fn of(experiment: &Experiment, lane: usize, trace: &Rc<Trace>) -> Option<Flow> {
        let settings = experiment.lanes.get(lane)?;
        let travels = Travels::of(trace, &packet_fates(trace));
        let lines = experiment.faults.script.lines().iter();
        let cuts = lines.filter_map(|line| match line {
            Line::Partition(cut, (from, to)) => Some((
                match cut {
                    Cut::Producer => Wire::Publish,
                    Cut::Consumer => Wire::Deliver,
                },
                Time::from_millis(from.get()),
                Time::from_millis(to.get()),
            )),
            _ => None,
        });
        let stride = STRIDE.max(trace.steps.len().div_ceil(CHECKPOINTS));
        let checkpoints = Stop::every(stride, experiment, lane, trace);
        Some(Flow {
            changes: changes(settings, trace, &travels),
            latest: RefCell::new(checkpoints[0].clone()),
            checkpoints,
            cuts: cuts.collect(),
            travels,
            experiment: experiment.clone(),
            lane,
            trace: trace.clone(),
        })
    }

    /// When the picture has changed last at a moment, that moment included: from then on nothing but
    /// packets moves.
    pub fn changed(&self, at: Time) -> Time {
        let changes = self.changes.partition_point(|change| *change <= at);
        changes.checked_sub(1).map_or(Time::ZERO, |latest| self.changes[latest])
    }

    /// Everything at a moment. Takes the time of running on from the checkpoint before it.
    pub fn scene(&self, at: Time) -> Scene {
        let course = Course::new(&self.experiment, self.lane);
        let before = self.checkpoints.partition_point(|stop| stop.at <= at).max(1) - 1;
        let mut stop = self.latest.borrow_mut();
        if stop.at > at || stop.at < self.checkpoints[before].at {
            stop.clone_from(&self.checkpoints[before]);
        }
        let end = self.trace.end;
        stop.go_on_until(&course, &self.trace, at.min(end.at()));
        Scene {
            held: stop.moment.held(&course, at.min(end.at())),
            told: stop.told.clone(),
            report: stop.audit.report((at >= end.at()).then_some(end)),
            fallen: self.travels.fallen(at),
        }
    }

    /// The packets under way at a moment, in order of departure.
    pub fn travels(&self, at: Time) -> Vec<Travel> {
        self.travels.at(at)
    }

    /// The way of a packet, as long as the run lasts.
    pub fn travel(&self, no: PacketNo) -> Option<&Travel> {
        self.travels.find(no)
    }

    /// Whether a network partition cuts a wire at a moment.
    pub fn is_cut(&self, wire: Wire, at: Time) -> bool {
        let cuts = self.cuts.iter().filter(|(cut, ..)| *cut == wire);
        cuts.into_iter().any(|(_, from, to)| *from <= at && at < *to)
    }
}

/// A run that stands still at a moment at which everything up to it has happened.
#[derive(Debug, Clone)]
struct Stop {
    at: Time,
    moment: Moment,
    told: Told,
    audit: Audit,
}

impl Stop {
    /// The start of a run, and moments of it that are about so many steps apart.
    fn every(stride: usize, experiment: &Experiment, lane: usize, trace: &Trace) -> Vec<Stop> {
        let course = Course::new(experiment, lane);
        let messages = experiment.messages.get() as usize;
        let source = experiment.lanes[lane].producer.source;
        let mut stop = Stop {
            at: Time::ZERO,
            moment: Moment::first(&course),
            told: Told::nothing(messages, source),
            audit: Audit::new(&experiment.scenario, messages),
        };
        let mut stops = vec![stop.clone()];
        for step in trace.steps.iter().step_by(stride).skip(1) {
            stop.go_on_until(&course, trace, step.at);
            stops.push(stop.clone());
        }
        stops
    }

    fn go_on_until(&mut self, course: &Course<'_>, trace: &Trace, at: Time) {
        let (steps, _) = self.moment.go_on_until(course, at);
        for step in &steps {
            self.told.see(trace, step);
            let packet = match step.what {
                Event::Sent(no) => Some(trace.packet(no)),
                _ => None,
            };
            self.audit.see(step, packet);
        }
        self.at = at;
    }
}

/// When the picture changes: at every step, when a packet is lost on its way, when an id that was kept for
/// a while is too old, and when the run is over.
fn changes(lane: &Lane, trace: &Trace, travels: &Travels) -> Vec<Time> {
    let window = Time::from_millis(lane.broker.dedup_window_ms.get());
    let window = (window > Time::ZERO).then_some(window);
    let lifetime = lane.consumer.dedup_ttl_ms.limit().map(Time::from_millis);
    let end = trace.end.at();
    let expiries = trace.steps.iter().filter_map(|step| match step.what {
        Event::Stored { .. } => Some(step.at + window?),
        Event::Recorded(Guard::Memory | Guard::Table | Guard::Transaction) => {
            Some(step.at + lifetime?)
        }
        _ => None,
    });
    let steps = trace.steps.iter().map(|step| step.at);
    let mut changes: Vec<Time> = steps
        .chain(travels.losses())
        .chain(expiries.filter(|at| *at <= end))
        .chain([end])
        .collect();
    changes.sort_unstable();
    changes.dedup();
    changes
}

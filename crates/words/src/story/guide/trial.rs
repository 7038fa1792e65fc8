//! The experiment that opens with a recommended setup: its story, and one fault that it survives.

use super::advice::Ending;
use super::question::Answer;
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::script::{
    ConsumerPoint, Crash, Line, Ordinal, Packet, Script, Side, Spot,
};
use ackground_core::experiment::{Experiment, Lanes};

impl Ending {
    /// Three messages, the second of which meets the fault the setup is made for: a crash after the effect where
    /// nothing may happen twice, otherwise a lost send.
    pub fn trial(&self) -> Experiment {
        let lanes = Lanes::new(vec![self.lane.clone()]).unwrap_or_default();
        let mut trial = Experiment::of_lanes(lanes);
        trial.scenario = self.scenario.scenario();
        trial.title = Label::cut(&trial.scenario.title);
        trial.faults.script = Script::new(self.fault().into_iter().collect()).unwrap_or_default();
        trial
    }

    fn fault(&self) -> Option<Line> {
        let second = Spot::first(Ordinal::of(2));
        if self.wants.no_duplicates || self.path.has(Answer::ByTransaction) {
            let scenario = self.scenario.scenario();
            let primary = scenario.steps.iter().find(|step| step.primary)?;
            let point = ConsumerPoint::Step(primary.id.clone());
            Some(Line::Crash(Crash::Consumer(Side::After, point), second))
        } else {
            Some(Line::Drop(Packet::Publish, second))
        }
    }
}

//! How each built-in scenario opens: the faults, and where needed a setting, that make its point with the three
//! default lanes.
//!
//! | scenario | its point |
//! |---|---|
//! | payment | one payment lost, one credited twice, and neither where ids share the transaction |
//! | notification | a lost answer is enough for a repeat, and at most once is good enough |
//! | email | a mail cannot be unsent: ids in a table do not help, because the call is outside the transaction |
//! | order | a crash between two writes leaves an order without stock, and a repeat packs it twice |
//! | metrics | where a write sets a value instead of adding to it, a repeat changes nothing |
//! | clicks | both mistakes on one counter: a click lost and a click counted twice, of ten |
//! | transfer | a crash between debit and credit tears the transfer, and a retry debits twice |
//! | pipeline | ids in a table do not cover the output log: the record is written twice |

use super::BuiltIn;
use crate::experiment::faults::Faults;
use crate::experiment::script::Script;
use crate::experiment::settings::Write;
use crate::experiment::value::Bounded;
use crate::experiment::{Experiment, Interval, Lane, Messages};

/// What a scenario opens with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Business messages in one run.
    pub messages: Messages,
    /// Gap between them, in milliseconds.
    pub interval_ms: Interval,
    /// What goes wrong.
    pub faults: Faults,
    /// What a write to the database does, in lanes that leave it as it is by default.
    pub write: Write,
}

impl BuiltIn {
    /// What the scenario opens with.
    pub fn opening(self) -> Opening {
        let (lines, messages, interval): (&[&str], u64, u64) = match self {
            BuiltIn::Payment => (&["drop publish 2", "crash consumer before ack 3"], 3, 1000),
            BuiltIn::Notification => (&["drop publish-ack 2"], 3, 1000),
            BuiltIn::Email => (&["drop publish 2", "crash consumer after send 3"], 3, 1000),
            BuiltIn::Order => (&["drop publish 2", "crash consumer after insert 3"], 3, 1000),
            BuiltIn::Metrics => (&["drop publish 2", "crash consumer before ack 3"], 3, 1000),
            BuiltIn::Clicks => {
                (&["crash consumer before count 4", "crash consumer before ack 8"], 10, 500)
            }
            BuiltIn::Transfer => (&["crash consumer after debit 2"], 3, 1000),
            BuiltIn::Pipeline => (&["drop publish 2", "crash consumer after write 3"], 3, 1000),
        };
        let script = lines.iter().map(|line| line.parse().expect("the lines are written right"));
        let script = Script::new(script.collect()).expect("a few lines are not too many");
        Opening {
            messages: Bounded::clamp(messages),
            interval_ms: Bounded::clamp(interval),
            faults: Faults { script, ..Faults::default() },
            write: if self == BuiltIn::Metrics { Write::Upsert } else { Write::Apply },
        }
    }
}

impl Experiment {
    /// Whether its faults are those with which a scenario opens, so that no one has chosen them.
    pub fn faults_of_an_opening(&self) -> bool {
        BuiltIn::ALL.iter().any(|built_in| built_in.opening().faults == self.faults)
    }

    /// The experiment with this scenario as it opens. What differs from every opening stays: a number of messages,
    /// a gap between them, or what a lane's writes do.
    pub fn opened(&self, story: BuiltIn) -> Experiment {
        let opening = story.opening();
        let openings = || BuiltIn::ALL.iter().map(|built_in| built_in.opening());
        let mut opened = self.clone();
        opened.scenario = story.scenario();
        opened.faults = opening.faults;
        if openings().any(|it| (it.messages, it.interval_ms) == (self.messages, self.interval_ms)) {
            (opened.messages, opened.interval_ms) = (opening.messages, opening.interval_ms);
        }
        let was = self.scenario.built_in().map_or(Write::Apply, |before| before.opening().write);
        for index in 0..opened.lanes.len() {
            let lane = &mut opened.lanes[index];
            let own = lane.preset.map_or_else(Lane::default, Lane::of_preset).consumer.write;
            if was != Write::Apply && lane.consumer.write == was {
                lane.consumer.write = own;
            }
            if opening.write != Write::Apply && lane.consumer.write == Write::Apply {
                lane.consumer.write = opening.write;
            }
        }
        opened
    }
}

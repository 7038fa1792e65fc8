//! The flow picture in words: what a screen reader hears in place of it.

use super::Travel;
use super::panel::{Panels, Shelf};
use crate::diagram::ArrowKind;
use ackground_core::experiment::Experiment;

impl Panels {
    /// What everyone holds, in a few sentences.
    pub fn summary(&self, experiment: &Experiment, lane: usize) -> String {
        let scenario = &experiment.scenario;
        let mut said = format!("Flow picture of {}.", experiment.lane_name(lane));
        let mut say = |who: &str, parts: Vec<String>| {
            said.push(' ');
            said.push_str(who);
            said.push_str(": ");
            said.push_str(&if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") });
            said.push('.');
        };
        say(&scenario.producer, self.of_producer());
        say("Broker", self.of_broker());
        say(&scenario.consumer, self.of_group());
        let store = &self.store;
        let mut held = vec![format!("{} {}", store.balance, scenario.unit)];
        counted(&mut held, store.absorbed as usize, "repeat recognised", "repeats recognised");
        if let Some(table) = &store.table {
            counted(&mut held, table.len(), "ID in the table", "IDs in the table");
        }
        say(&scenario.store, held);
        said
    }

    fn of_producer(&self) -> Vec<String> {
        let mut parts = Vec::new();
        if self.producer.down.is_some() {
            parts.push("down".to_owned());
        }
        let tally = self.producer.tally;
        let kinds = [
            (tally.waiting, "waiting"),
            (tally.sent, "sent and unconfirmed"),
            (tally.ok, "told ok"),
            (tally.error, "given up"),
            (tally.forgotten, "forgotten"),
        ];
        for (number, what) in kinds.into_iter().filter(|(number, _)| *number > 0) {
            parts.push(format!("{number} {what}"));
        }
        parts
    }

    fn of_broker(&self) -> Vec<String> {
        let broker = &self.broker;
        let mut parts = Vec::new();
        let down = broker.nodes.iter().flatten().count();
        counted(&mut parts, down, "node down", "nodes down");
        match &broker.shelf {
            Shelf::Log(rows) => {
                let records: usize = rows.iter().map(|row| row.cells.len()).sum();
                let committed: usize = rows.iter().map(|row| row.committed).sum();
                counted(&mut parts, records, "message in the log", "messages in the log");
                if records > 0 {
                    parts.push(format!("{committed} of them committed"));
                }
            }
            Shelf::Queue(queue) => {
                let waiting = queue.waiting.len();
                counted(&mut parts, waiting, "message waiting", "messages waiting");
                let out = queue.out.len();
                counted(
                    &mut parts,
                    out,
                    "delivered and unacknowledged",
                    "delivered and unacknowledged",
                );
            }
        }
        let parked = broker.parked.as_ref().map_or(0, |parked| parked.len());
        counted(&mut parts, parked, "dead letter", "dead letters");
        parts
    }

    fn of_group(&self) -> Vec<String> {
        let members = &self.group.members;
        let several = members.len() > 1;
        let mut parts = Vec::new();
        for (member, number) in members.iter().zip(1..) {
            let who = if several { format!("{number} ") } else { String::new() };
            if member.down.is_some() {
                parts.push(format!("{who}down"));
            } else if let Some(call) = member.call {
                parts.push(format!("{who}handles message {}", call.message));
            }
        }
        if parts.is_empty() {
            parts.push("idle".to_owned());
        }
        parts
    }
}

/// How many messages and answers are under way, in words.
pub fn under_way(travels: &[Travel]) -> String {
    let messages = |travel: &&Travel| matches!(travel.kind, ArrowKind::Message | ArrowKind::Again);
    let messages = travels.iter().filter(messages).count();
    let answers = travels.len() - messages;
    let mut parts = Vec::new();
    counted(&mut parts, messages, "message", "messages");
    counted(&mut parts, answers, "answer", "answers");
    if parts.is_empty() { String::new() } else { format!(" On the wires: {}.", parts.join(", ")) }
}

/// Adds a count and what is counted, unless there is none.
fn counted(parts: &mut Vec<String>, number: usize, one: &str, many: &str) {
    if number > 0 {
        parts.push(format!("{number} {}", if number == 1 { one } else { many }));
    }
}

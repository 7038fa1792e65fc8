//! Any bytes as an experiment or an exercise: the bytes choose among what the format itself says is allowed, so
//! that a field that is added is fuzzed as well.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::part::{FieldInfo, Shape};
use ackground_learn::exercise::Exercise;
use serde_json::{Map, Value, json};

/// The experiment that these bytes stand for, unless a rule between fields forbids it.
pub fn experiment(bytes: &[u8]) -> Option<Experiment> {
    let mut bytes = Bytes(bytes);
    let document = bytes.record(Experiment::FIELDS, &["version", "lanes"]);
    Experiment::from_json(&document.to_string()).ok()
}

/// The exercise that these bytes stand for, unless its experiment does not have what it asks for.
pub fn exercise(bytes: &[u8]) -> Option<Exercise> {
    let mut bytes = Bytes(bytes);
    let goals: Vec<String> = (0..1 + bytes.below(3)).map(|_| bytes.goal()).collect();
    let asked: Vec<Value> = (0..bytes.below(3)).map(|_| bytes.question()).collect();
    let free: Vec<&str> = (0..bytes.below(4)).map(|_| FREE[bytes.below(FREE.len())]).collect();
    let (level, changes) = (1 + bytes.below(5), bytes.below(4));
    let variants = bytes.byte() % 2 == 1;
    let document = json!({
        "version": 1, "kind": "exercise", "id": "fuzzed", "level": level, "free": free, "goals": goals,
        "changes": changes.checked_sub(1), "predictions": asked, "variants": variants,
        "experiment": bytes.record(Experiment::FIELDS, &["version", "lanes"]),
    });
    Exercise::from_json(&document.to_string()).ok()
}

/// The choices still to come; zeroes when they have run out.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((&first, rest)) => {
                self.0 = rest;
                first
            }
            None => 0,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end.max(1)
    }

    /// Fields that are not needed may be left out.
    fn record(&mut self, fields: &[FieldInfo], needed: &[&str]) -> Value {
        let mut object = Map::new();
        for field in fields {
            if needed.contains(&field.name) || self.byte() % 2 == 1 {
                let value = match (field.name, (field.shape)()) {
                    // Long runs end too, but take the time of many short ones.
                    ("messages", _) => json!(1 + self.below(6)),
                    (_, shape) => self.value(&shape),
                };
                object.insert(field.name.to_owned(), value);
            }
        }
        Value::Object(object)
    }

    /// The least, a little more, the greatest, or anything: limits are where mistakes are.
    fn whole(&mut self, min: u64, max: u64) -> u64 {
        match self.byte() % 4 {
            0 => min,
            1 => (min + u64::from(self.byte())).min(max),
            2 => max,
            _ => {
                let any = (0..4).fold(0, |all, _| all << 8 | u64::from(self.byte()));
                min + any % (max - min + 1)
            }
        }
    }

    fn value(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Flag => json!(self.byte() % 2 == 1),
            Shape::Whole { min, max } => json!(self.whole(*min, *max)),
            Shape::Limit { min, max } => match self.byte() % 4 {
                0 => json!("unlimited"),
                _ => json!(self.whole(*min, *max)),
            },
            Shape::Number { min, max } => {
                let thousandths = self.whole(min * 1000, max * 1000);
                json!(thousandths as f64 / 1000.0)
            }
            Shape::Range { max } => {
                let (one, other) = (self.whole(0, *max), self.whole(0, *max));
                json!([one.min(other), one.max(other)])
            }
            Shape::Words(words) => json!(words[self.below(words.len())].word),
            Shape::Text { .. } => json!("x"),
            Shape::Id => json!(["a", "b", "c", "d"][self.below(4)]),
            Shape::Lines { .. } => {
                let lines: Vec<String> = (0..self.below(6)).map(|_| self.line()).collect();
                json!(lines)
            }
            Shape::List { min, max, of } => {
                let length = min + self.below(max.min(&4) + 1 - min);
                (0..length).map(|_| self.value(of)).collect()
            }
            Shape::OrNull(shape) => match self.byte() % 3 {
                0 => Value::Null,
                _ => self.value(shape),
            },
            Shape::Or(one, other) => match self.byte() % 4 {
                0 => self.value(other),
                _ => self.value(one),
            },
            Shape::Record(fields) => self.record(fields, &["id", "kind", "steps"]),
            // What a later release adds.
            _ => Value::Null,
        }
    }

    /// Something to be reached.
    fn goal(&mut self) -> String {
        let goal = GOALS[self.below(GOALS.len())];
        self.filled(goal)
    }

    /// A question with two or three options.
    fn question(&mut self) -> Value {
        let options: Vec<Value> = (0..2 + self.below(2))
            .map(|_| {
                let claim = CLAIMS[self.below(CLAIMS.len())];
                json!({"text": "So.", "claim": self.filled(claim)})
            })
            .collect();
        json!({"question": "What?", "options": options})
    }

    /// `L` is a lane, `M` a message, `K` a number of faults, and `X` a number.
    fn filled(&mut self, line: &str) -> String {
        let lane = ["1", "1", "2", "4"][self.below(4)];
        let message = ["1", "2", "3"][self.below(3)];
        let faults = ["1 fault", "2 faults", "4 faults"][self.below(3)];
        let number = ["0", "1.5", "250", "0.001"][self.below(4)];
        line.replace('L', lane).replace('M', message).replace('K', faults).replace('X', number)
    }

    /// A line of the script about one of the first messages.
    fn line(&mut self) -> String {
        let line = LINES[self.below(LINES.len())];
        let message = (1 + self.below(4)).to_string();
        let nth = ["1", "2", "3", "*"][self.below(4)];
        line.replace('M', &message).replace('N', nth)
    }
}

/// Each kind of line: `M` is the message, `N` the occurrence.
const LINES: &[&str] = &[
    "drop publish M#N",
    "drop publish-ack M#N",
    "drop deliver M#N",
    "drop ack M#N",
    "duplicate publish M#N",
    "duplicate deliver M#N",
    "delay publish M#N by 3s",
    "delay deliver M#N by 30s",
    "delay ack M#N by 60m",
    "crash producer before publish M#N",
    "crash producer after publish M#N",
    "crash broker before write M#N",
    "crash broker after write M#N",
    "crash broker after replicate M#N",
    "crash broker before ack M#N",
    "crash follower before replicate M#N",
    "crash consumer after receive M#N",
    "crash consumer before record M#N",
    "crash consumer before ack M#N",
    "fail M#N",
    "poison M",
    "slow M#N by 10s",
    "partition producer 1s..9s",
    "partition consumer 2s..4s",
];

/// Each kind of goal.
const GOALS: &[&str] = &[
    "lane L: keeps exactly-once within K",
    "lane L: no_loss holds within K, 2 messages",
    "lane L: no_duplicates breaks within K",
    "lane L: sends_per_message at most X",
    "lane L: latency_p99_ms at least X",
    "lane L: break no_duplicates within K",
    "lane L: name guarantee within K",
];

/// Each kind of claim.
const CLAIMS: &[&str] = &[
    "lane L: message M ends lost",
    "lane L: message M is told ok",
    "lane L: ledger is short",
    "lane L: no_loss holds",
    "lane L: guarantee is at-least-once within K",
    "lane L: sends_per_message more than lane 1",
];

/// What may be free.
const FREE: &[&str] =
    &["*", "faults.script", "lanes[0].consumer", "lanes[0].consumer.dedup", "lanes[1]", "seed"];

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::claim::Claim;
    use ackground_learn::exercise::Goal;

    #[test]
    fn every_kind_of_goal_and_claim_is_understood() {
        let mut bytes = Bytes(&[]);
        for goal in GOALS {
            let goal = bytes.filled(goal);
            assert!(goal.parse::<Goal>().is_ok(), "{goal}");
        }
        for claim in CLAIMS {
            let claim = bytes.filled(claim);
            assert!(claim.parse::<Claim>().is_ok(), "{claim}");
        }
    }

    #[test]
    fn every_kind_of_line_is_understood() {
        for line in LINES {
            let line = line.replace('M', "1").replace('N', "*");
            let read = line.parse::<ackground_core::experiment::script::Line>();
            assert!(read.is_ok(), "{line}: {read:?}");
        }
    }

    #[test]
    fn no_bytes_and_many_bytes_are_experiments() {
        assert!(experiment(&[]).is_some());
        assert!(exercise(&[]).is_some());
    }
}

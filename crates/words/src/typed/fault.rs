//! A fault in a person's words, as a line of the script: `lose the ack of message 2` is `drop ack 2`.
//!
//! What is only probably meant is suggested, never added.

use ackground_core::experiment::mistake::short;
use ackground_core::experiment::scenario::Scenario;
use ackground_core::experiment::script::{ConsumerPoint, Crash, Line};

use super::synonyms::{Sense, sense};
use super::times;

/// Why a text is no fault, and the line that was probably meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Unclear {
    /// What is missing or unknown, with the suggestion.
    pub said: String,
    /// The nearest line.
    pub meant: Line,
}

const KINDS: &[&str] =
    &["drop", "duplicate", "delay", "crash", "fail", "poison", "slow", "partition"];
const NODES: &[&str] = &["producer", "broker", "follower", "consumer"];

/// The line that the text means.
///
/// ```
/// use ackground_core::experiment::scenario::Scenario;
/// use ackground_words::typed::fault::understand;
///
/// let scenario = Scenario::default();
/// let line = understand("lose the ack of message 2", &scenario).expect("it is clear");
/// assert_eq!(line.to_string(), "drop ack 2");
/// let unclear = understand("loose", &scenario).expect_err("it is not");
/// assert_eq!(unclear.said, "Unknown fault “loose”. Did you mean “drop ack 1”?");
/// ```
///
/// # Errors
///
/// The text says too little, or something that cannot be read.
pub fn understand(text: &str, scenario: &Scenario) -> Result<Line, Unclear> {
    if let Ok(line) = text.trim().parse::<Line>()
        && stands(&line, scenario)
    {
        return Ok(line);
    }
    let words = Words::of(text, scenario);
    let (line, missing) = words.line(scenario);
    // Of a broker a process can be killed while its machine stays up.
    let line = match is_killed(text) {
        true => line.replacen("crash broker", "kill broker", 1),
        false => line,
    };
    let meant: Line = line.parse().map_err(|_| example())?;
    let said = match (&words.unknown, missing) {
        (Some(word), _) if words.kind().is_none() => {
            format!(
                "Unknown fault \u{201c}{}\u{201d}. Did you mean \u{201c}{meant}\u{201d}?",
                short(word)
            )
        }
        (Some(word), None) => {
            format!(
                "Unknown word \u{201c}{}\u{201d}. Did you mean \u{201c}{meant}\u{201d}?",
                short(word)
            )
        }
        (_, Some(missing)) => format!("Add {missing}, e.g. \u{201c}{meant}\u{201d}."),
        (None, None) => return Ok(meant),
    };
    Err(Unclear { said, meant })
}

fn is_killed(text: &str) -> bool {
    let text = text.to_lowercase();
    let killed = |word: &str| matches!(word, "kill" | "kills" | "killed" | "sigkill");
    text.split(|c: char| !c.is_alphanumeric()).any(killed)
}

/// Whether a line names nothing that the scenario does not have.
fn stands(line: &Line, scenario: &Scenario) -> bool {
    match line {
        Line::Crash(Crash::Consumer(_, ConsumerPoint::Step(id)), _) => {
            scenario.steps.find(id).is_some()
        }
        _ => true,
    }
}

/// For text that gives no hint at all.
fn example() -> Unclear {
    let meant: Line = "drop ack 1".parse().expect("the line is written right");
    Unclear { said: format!("Write a fault such as \u{201c}{meant}\u{201d}."), meant }
}

/// What the words of a text say, each in the terms of a line.
#[derive(Default)]
struct Words {
    known: Vec<String>,
    /// The first word that says nothing, or only probably something.
    unknown: Option<String>,
    /// That word stood for the kind of fault.
    kind_guessed: bool,
    message: Option<u64>,
    /// Which time: `3` or `*`.
    nth: Option<String>,
    ms: Option<u64>,
    /// From when to when, in milliseconds.
    range: Option<(u64, u64)>,
}

impl Words {
    fn of(text: &str, scenario: &Scenario) -> Words {
        let text = text.to_lowercase().replace("publish ack", "publish-ack");
        let trim = |c: char| !c.is_alphanumeric() && !matches!(c, '#' | '*');
        let tokens: Vec<&str> =
            text.split_whitespace().map(|word| word.trim_matches(trim)).collect();
        let mut words = Words { range: range(&tokens), ..Words::default() };
        let mut at = 0;
        while at < tokens.len() {
            at +=
                words.take(&tokens[at..], at.checked_sub(1).map(|before| tokens[before]), scenario);
        }
        words
    }

    /// Takes in the first of these tokens; returns how many belonged to it.
    fn take(&mut self, tokens: &[&str], before: Option<&str>, scenario: &Scenario) -> usize {
        let (word, next) = (tokens[0], tokens.get(1).copied());
        let is_message = matches!(before, Some("message" | "msg" | "#"));
        let ordinal = ordinal(word);
        if word.is_empty() {
            return 1;
        }
        if self.range.is_some() && word.starts_with(|c: char| c.is_ascii_digit()) {
            return tokens.len(); // The range is all that is left.
        }
        if let (false, Some(unit)) = (is_message, next)
            && let Ok(ms) = times::time(&format!("{word} {unit}"))
            && word.starts_with(|c: char| c.is_ascii_digit())
            && unit.chars().all(char::is_alphabetic)
        {
            self.ms = Some(ms);
            return 2;
        }
        if let Some((message, nth)) = spot(word) {
            self.message = self.message.or(Some(message));
            self.nth = self.nth.take().or(nth);
        } else if let Some(n) = ordinal {
            match next {
                Some("message" | "msg") => self.message = Some(n),
                _ => self.nth = Some(n.to_string()),
            }
        } else if let Ok(ms) = times::time(word) {
            self.ms = Some(ms);
        } else {
            match sense(word, &scenario.steps) {
                Sense::Filler => {}
                Sense::Known(known) if known == "always" => self.nth = Some("*".to_owned()),
                Sense::Known(known) => self.known.push(known),
                near => {
                    self.unknown.get_or_insert_with(|| word.to_owned());
                    if let Sense::Near(known) = near {
                        self.kind_guessed |= self.kind().is_none() && KINDS.contains(&&*known);
                        self.known.push(known);
                    }
                }
            }
        }
        1
    }

    /// The kind of fault, unless it was only guessed.
    fn kind(&self) -> Option<&str> {
        self.guessed_kind().filter(|_| !self.kind_guessed)
    }

    fn guessed_kind(&self) -> Option<&str> {
        self.first(KINDS)
    }

    fn first(&self, among: &[&str]) -> Option<&str> {
        self.known.iter().map(String::as_str).find(|word| among.contains(word))
    }

    /// The first of these words after the side, where a crash is told.
    fn point(&self, among: &[&str]) -> Option<&str> {
        let side = self.known.iter().position(|word| word == "before" || word == "after")?;
        let after = self.known[side + 1..].iter().map(String::as_str);
        after.into_iter().find(|word| among.contains(word))
    }

    /// The line, with whatever is missing made up; and the first thing that is missing.
    fn line(&self, scenario: &Scenario) -> (String, Option<&'static str>) {
        let mut missing = None;
        let mut lacks = |what: &'static str| {
            missing.get_or_insert(what);
        };
        let kind = self.guessed_kind().unwrap_or(if self.first(NODES).is_some() {
            "crash"
        } else {
            "drop"
        });
        let node = self.first(NODES);
        // A handler fails; any other node that fails crashes.
        let kind = match (kind, node) {
            ("fail", Some("producer" | "broker" | "follower")) => "crash",
            (kind, _) => kind,
        };
        let packet = |all: &[&'static str], usual: &'static str| {
            let said = self.known.iter().find_map(|word| all.iter().find(|packet| *packet == word));
            (said.copied().unwrap_or(usual), said.is_some())
        };
        let about = match kind {
            "drop" | "delay" => {
                let (packet, told) = packet(&["publish-ack", "publish", "deliver", "ack"], "ack");
                let guess = if told || self.message.is_none() { packet } else { "publish" };
                if !told {
                    lacks(if kind == "drop" { "what is lost" } else { "what is late" });
                }
                guess.to_owned()
            }
            "duplicate" => {
                let (packet, told) = packet(&["publish", "deliver"], "deliver");
                if !told {
                    lacks("which packet arrives twice");
                }
                packet.to_owned()
            }
            "crash" => {
                if node.is_none() {
                    lacks("what crashes");
                }
                self.crash(node.unwrap_or("consumer"), scenario, &mut lacks)
            }
            "partition" => {
                let cut = self.first(&["producer", "consumer"]);
                if cut.is_none() {
                    lacks("who is cut off");
                }
                if self.range.is_none() {
                    lacks("from when to when");
                }
                let (from, to) = self.range.unwrap_or((1000, 4000));
                return (
                    format!("partition {} {from}ms..{to}ms", cut.unwrap_or("consumer")),
                    missing,
                );
            }
            _ => String::new(),
        };
        if self.message.is_none() {
            lacks("which message");
        }
        let usual = if kind == "crash" { 2 } else { 1 };
        let mut spot = self.message.unwrap_or(usual).to_string();
        if let Some(nth) = self.nth.as_ref().filter(|nth| *nth != "1" && kind != "poison") {
            spot = format!("{spot}#{nth}");
        }
        let by = match (kind, self.ms) {
            ("delay" | "slow", Some(ms)) => format!(" by {ms}ms"),
            ("delay", None) => {
                lacks("how much later it arrives");
                " by 2s".to_owned()
            }
            ("slow", None) => {
                lacks("how long it takes");
                " by 6s".to_owned()
            }
            _ => String::new(),
        };
        let about = if about.is_empty() { about } else { format!(" {about}") };
        (format!("{kind}{about} {spot}{by}"), missing)
    }

    /// The node, and when it crashes.
    fn crash(
        &self,
        node: &str,
        scenario: &Scenario,
        lacks: &mut dyn FnMut(&'static str),
    ) -> String {
        let side = self.first(&["before", "after"]);
        let point = match node {
            "producer" => self.point(&["publish"]).map(str::to_owned),
            "broker" => {
                let point = self.point(&["write", "replicate", "ack", "publish-ack"]);
                point.map(|point| point.trim_start_matches("publish-").to_owned())
            }
            "follower" => self.point(&["replicate", "write"]).map(|_| "replicate".to_owned()),
            _ => {
                let mut points = vec!["receive", "record", "ack", "deliver", "work"];
                points.extend(scenario.steps.iter().map(|step| &*step.id));
                self.point(&points).map(|point| match point {
                    "deliver" => "receive".to_owned(),
                    "work" => scenario.steps[scenario.steps.primary()].id.to_string(),
                    point => point.to_owned(),
                })
            }
        };
        if side.is_none() || point.is_none() {
            lacks("when it crashes");
        }
        let usual = match node {
            "producer" => "publish",
            "broker" | "follower" => "replicate",
            _ => "ack",
        };
        let side = if node == "follower" { "before" } else { side.unwrap_or("before") };
        format!("{node} {side} {}", point.as_deref().unwrap_or(usual))
    }
}

/// The stretch of time that these tokens say, from the first digit on.
fn range(tokens: &[&str]) -> Option<(u64, u64)> {
    let digit = |token: &&str| token.starts_with(|c: char| c.is_ascii_digit());
    let first = tokens.iter().position(digit)?;
    // Only times and what can stand between them: a message number is no time.
    let (from, to) = times::range(&tokens[first..].join(" ")).ok()?;
    (from < to).then_some((from, to))
}

/// `2`, `#2`, `2#3`, `2#*`, `two`.
fn spot(word: &str) -> Option<(u64, Option<String>)> {
    const NUMBERS: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let Some(at) = NUMBERS.iter().position(|number| *number == word) {
        return Some((at as u64 + 1, None));
    }
    let word = word.strip_prefix('#').unwrap_or(word);
    let (message, nth) = match word.split_once('#') {
        Some((message, nth)) => (message, Some(nth)),
        None => (word, None),
    };
    let whole = |text: &str| text.parse::<u64>().ok().filter(|n| *n > 0 && !text.starts_with('+'));
    let nth = match nth {
        None => None,
        Some("*") => Some("*".to_owned()),
        Some(nth) => Some(whole(nth)?.to_string()),
    };
    Some((whole(message)?, nth))
}

/// `2nd`, `second`.
fn ordinal(word: &str) -> Option<u64> {
    const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "fifth"];
    let named = ORDINALS.iter().position(|ordinal| *ordinal == word).map(|at| at as u64 + 1);
    let ends = ["st", "nd", "rd", "th"];
    named.or_else(|| ends.iter().find_map(|end| word.strip_suffix(end)?.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::scenario::BuiltIn;

    fn payment() -> Scenario {
        BuiltIn::Payment.scenario()
    }

    #[test]
    fn what_people_write_becomes_the_right_line() {
        for (typed, line) in [
            ("drop ack 1", "drop ack 1"),
            ("Drop the ACK of message 2.", "drop ack 2"),
            ("lose ack of 3", "drop ack 3"),
            ("lost publish 2", "drop publish 2"),
            ("ack 2 lost", "drop ack 2"),
            ("ack of message 2 gets lost", "drop ack 2"),
            ("drop publish ack 2", "drop publish-ack 2"),
            ("lose the confirmation of message 1", "drop publish-ack 1"),
            ("drop the second ack of message 3", "drop ack 3#2"),
            ("drop ack 2#3", "drop ack 2#3"),
            ("drop every ack of message 2", "drop ack 2#*"),
            ("lose the delivery of the second message", "drop deliver 2"),
            ("kill consumer before ack 3", "crash consumer before ack 3"),
            ("kill the consumer before the ack of 3", "crash consumer before ack 3"),
            ("consumer dies after the credit of message 2", "crash consumer after credit 2"),
            ("consumer stops working after credit 2", "crash consumer after credit 2"),
            ("crash consumer after crediting 2", "crash consumer after credit 2"),
            ("crash worker after processing message 2", "crash consumer after credit 2"),
            ("crash consumer after delivery 1", "crash consumer after receive 1"),
            ("kill the producer before sending message 2", "crash producer before publish 2"),
            ("broker fails after storing message 1", "crash broker after write 1"),
            ("leader crashes before replication of 1", "crash broker before replicate 1"),
            ("kill a replica before it copies 2", "crash follower before replicate 2"),
            ("kill the broker before writing 2", "kill broker before write 2"),
            ("crash the broker before writing 2", "crash broker before write 2"),
            ("dup deliver 1", "duplicate deliver 1"),
            ("repeat publish 2", "duplicate publish 2"),
            ("delivery 2 twice", "duplicate deliver 2"),
            ("delay ack 1 by 2 seconds", "delay ack 1 by 2s"),
            ("ack 1 late by 1.5 s", "delay ack 1 by 1500ms"),
            ("delay the ack of message 1 for 2s", "delay ack 1 by 2s"),
            ("hang 1 for 6 s", "slow 1 by 6s"),
            ("message 3 stalls for 6 seconds", "slow 3 by 6s"),
            ("error 2", "fail 2"),
            ("the handler throws on message 2", "fail 2"),
            ("message 2 is poisoned", "poison 2"),
            ("disconnect consumer 1s..4s", "partition consumer 1s..4s"),
            ("cut off the producer from 1 s to 4 s", "partition producer 1s..4s"),
            ("partition producer 1-4 s", "partition producer 1s..4s"),
        ] {
            let understood = understand(typed, &payment()).map(|line| line.to_string());
            assert_eq!(understood.as_deref(), Ok(line), "{typed}");
        }
    }

    #[test]
    fn what_is_unclear_is_suggested_with_a_line_that_is_right() {
        for (typed, said) in [
            ("loose", "Unknown fault “loose”. Did you mean “drop ack 1”?"),
            ("dorp publish 2", "Unknown fault “dorp”. Did you mean “drop publish 2”?"),
            ("crash producer", "Add when it crashes, e.g. “crash producer before publish 2”."),
            ("kill the consumer", "Add when it crashes, e.g. “crash consumer before ack 2”."),
            ("crash", "Add what crashes, e.g. “crash consumer before ack 2”."),
            (
                "crash consumer after credit",
                "Add which message, e.g. “crash consumer after credit 2”.",
            ),
            (
                "crash consumer after credt 3",
                "Unknown word “credt”. Did you mean “crash consumer after credit 3”?",
            ),
            ("drop", "Add what is lost, e.g. “drop ack 1”."),
            ("lose message 2", "Add what is lost, e.g. “drop publish 2”."),
            ("drop ack", "Add which message, e.g. “drop ack 1”."),
            ("duplicate 2", "Add which packet arrives twice, e.g. “duplicate deliver 2”."),
            ("delay ack 2", "Add how much later it arrives, e.g. “delay ack 2 by 2s”."),
            ("slow 2", "Add how long it takes, e.g. “slow 2 by 6s”."),
            ("partition consumer", "Add from when to when, e.g. “partition consumer 1s..4s”."),
            ("drop ack 2 please", "Unknown word “please”. Did you mean “drop ack 2”?"),
            ("hello", "Unknown fault “hello”. Did you mean “drop ack 1”?"),
        ] {
            let unclear = understand(typed, &payment()).expect_err(typed);
            assert_eq!(unclear.said, said, "{typed}");
            assert_eq!(understand(&unclear.meant.to_string(), &payment()), Ok(unclear.meant));
        }
        for typed in [
            "",
            "…",
            "99999999999999999999",
            "drop ack 99999999999",
            "💥",
            "0",
            "crash consumer after 1",
        ] {
            let unclear = understand(typed, &payment()).expect_err(typed);
            assert!(unclear.said.contains(&unclear.meant.to_string()), "{typed}: {}", unclear.said);
        }
    }

    #[test]
    fn a_line_of_the_format_is_itself_in_every_scenario() {
        for built_in in BuiltIn::ALL {
            let scenario = built_in.scenario();
            for step in scenario.steps.iter() {
                let line = format!("crash consumer after {} 1", step.id);
                let understood = understand(&line, &scenario).map(|line| line.to_string());
                assert_eq!(understood, Ok(line));
            }
        }
    }
}

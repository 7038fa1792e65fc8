//! Parses the text file of a lesson, and reports what is wrong with it.
//!
//! ```text
//! title: The Two Generals
//! minutes: 6
//! aim: You can say why no number of answers makes both sides sure.
//! about: two-generals, no-third-option
//!
//! == situation
//! Text, in the marks of `learn::markup`.
//!
//! == experiment lost-answer
//! {"version": 1, "lanes": [{"preset": "at-least-once"}], "faults": {"script": ["drop publish-ack 2"]}}
//!
//! == predict
//! What does the account hold?
//! - The second payment is missing.
//!   = lane 1: message 2 ends lost
//! - It was credited twice.
//!   = lane 1: message 2 ends duplicated
//!
//! == run
//! at: lane 1 breaks
//!
//! == explain
//! why: lane 1 message 2
//!
//! {lane 1} was sent message 2 {lane 1: message 2 sent}.
//!
//! == try
//! goal: lane 1: ledger is exact
//! changes: 1
//! way: lanes[0].consumer.dedup = "atomic"
//!
//! Text.
//! ```
//!
//! A "try" step is an [`Exercise`]: its goals, what is free (by default every setting of every lane), and how
//! many settings may be changed.
//!
//! An experiment is JSON or a share link. Every block except the situation is about the experiment before it.
//! `== predict 2` has two right options. Text in braces is a [`Value`]; situations and questions may only name
//! lanes, since nothing else is known yet. Each `=` under an option is a claim that makes it right.

use super::{Choice, Explanation, Lesson, Moment, Prediction, Round, Step, Try, Value};
use crate::claim::Claim;
use crate::exercise::{Exercise, Free, Goal, Task};
use crate::markup::{Markup, Span, spans};
use crate::text::{Block, Sheet};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::mistake::Found;
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::value::{Bounded, Id};
use ackground_core::experiment::{Experiment, Mistake, Mistakes};
use ackground_core::sim::Time;

/// The most options of a prediction.
const MOST_OPTIONS: usize = 6;

pub(super) fn lesson(id: &str, text: &str) -> Result<Lesson, Mistakes> {
    let name = format!("lessons/{id}.txt");
    let sheet = Sheet::parse(&name, text)
        .map_err(|mistake| Mistakes::one(mistake.path, mistake.message))?;
    let mut reader = Reader { id, sheet: &sheet, found: Found::default(), rounds: Vec::new() };
    for field in &sheet.fields {
        if !matches!(field.name, "title" | "minutes" | "aim" | "about") {
            reader.wrong(field.line, "is not a field here; title, minutes, aim or about");
        }
    }
    let minutes = reader.field("minutes").parse().unwrap_or_else(|_| {
        reader.wrong(1, "minutes is a whole number");
        0
    });
    let [title, aim] = ["title", "aim"].map(|name| reader.field(name).to_owned());
    let about = reader.field("about").split(',');
    let about = about.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    let steps = sheet.blocks.iter().filter_map(|block| reader.step(block)).collect();
    let Reader { found, rounds, .. } = reader;
    found.give(Lesson { id: id.to_owned(), title, minutes, aim, about, rounds, steps })
}

struct Reader<'a> {
    id: &'a str,
    sheet: &'a Sheet<'a>,
    found: Found,
    rounds: Vec<Round>,
}

/// A line of a block with its line number.
type Numbered<'a> = (usize, &'a str);

impl<'a> Reader<'a> {
    fn wrong(&mut self, line: usize, message: impl Into<String>) {
        let mistake: Mistake = self.sheet.mistake(line, message);
        self.found.push(mistake);
    }

    fn field(&mut self, name: &str) -> &'a str {
        match self.sheet.field(name) {
            Some(value) if !value.is_empty() => value,
            _ => {
                self.wrong(1, format!("{name} is missing"));
                ""
            }
        }
    }

    /// Parses a block into a step, if it is one.
    fn step(&mut self, block: &Block<'_>) -> Option<Step> {
        let round = self.rounds.len().checked_sub(1);
        match (block.name, round) {
            ("situation", _) => Some(Step::Situation(self.text(block.body_line, block.body, None))),
            ("experiment", _) => {
                self.experiment(block);
                None
            }
            ("predict", Some(round)) => self.prediction(block, round).map(Step::Predict),
            ("run", Some(round)) => self.run(block, round),
            ("explain", Some(round)) => Some(Step::Explain(self.explanation(block, round))),
            ("try", Some(round)) => Some(Step::Try(Box::new(self.task(block, round)))),
            ("predict" | "run" | "explain" | "try", None) => {
                self.wrong(block.line, "there is no experiment before it");
                None
            }
            _ => {
                let known = "is no block; situation, experiment, predict, run, explain or try";
                self.wrong(block.line, format!("\"{}\" {known}", block.name));
                None
            }
        }
    }

    fn experiment(&mut self, block: &Block<'_>) {
        let name = block.rest;
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if name.is_empty() || !name.bytes().all(fits) {
            self.wrong(
                block.line,
                "an experiment has a name of small letters: == experiment lost-answer",
            );
        }
        if self.rounds.iter().any(|round| round.name == name) {
            self.wrong(block.line, format!("there is an experiment \"{name}\" before"));
        }
        let experiment = match block.body.starts_with('{') {
            true => Experiment::from_json(block.body).map_err(|mistakes| mistakes.to_string()),
            false => match Experiment::from_link(block.body) {
                Ok(Some(experiment)) => Ok(experiment),
                Ok(None) => Err("there is no experiment".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        };
        match experiment {
            Ok(experiment) => self.rounds.push(Round { name: name.to_owned(), experiment }),
            Err(wrong) => {
                for line in wrong.lines() {
                    self.wrong(block.body_line, line);
                }
            }
        }
    }

    /// Parses text and checks every value in it against the experiment of a round; before anything is known only
    /// names may be filled in.
    fn text(&mut self, line: usize, text: &str, round: Option<usize>) -> Markup {
        if text.trim().is_empty() {
            self.wrong(line, "there is no text");
        }
        let text = Markup::parse(text);
        let in_code = |span: &Span| matches!(span, Span::Code(code) if code.contains("{lane "));
        if text.lines().flatten().any(in_code) {
            self.wrong(line, "a value stands outside of code");
        }
        for name in text.values() {
            let value = name.parse::<Value>();
            let why = match (value, round) {
                (Err(error), _) => Some(error.to_string()),
                (Ok(_), None) => Some(format!("{{{name}}}: there is no experiment to read it off")),
                (Ok(value), Some(round)) => value.misfit(&self.rounds[round].experiment),
            };
            if let Some(why) = why {
                self.wrong(line, why);
            }
        }
        text
    }

    fn prediction(&mut self, block: &Block<'_>, round: usize) -> Option<Prediction> {
        let right = match block.rest {
            "" => 1,
            number => number.parse().unwrap_or(0),
        };
        let lines = numbered(block.body_line, block.body);
        let first = lines.iter().position(|(_, line)| line.starts_with("- "));
        let (asks, options) = lines.split_at(first.unwrap_or(lines.len()));
        let asks = self.text(block.body_line, &joined(asks), Some(round));
        let reveals = |name: &str| name.contains(':');
        if asks.values().any(reveals) {
            self.wrong(block.line, "a question tells no figure of the run");
        }
        let starts: Vec<usize> =
            (0..options.len()).filter(|at| options[*at].1.starts_with("- ")).collect();
        let ends = starts.iter().skip(1).copied().chain([options.len()]);
        let options: Vec<Choice> = starts
            .iter()
            .zip(ends)
            .map(|(from, to)| self.choice(&options[*from..to], round))
            .collect();
        if options.len() < 2 || options.len() > MOST_OPTIONS || right == 0 || right >= options.len()
        {
            let rule = "a prediction has two to six options, and not all of them are right";
            self.wrong(block.line, rule);
            return None;
        }
        Some(Prediction { round, asks, options, right })
    }

    fn choice(&mut self, lines: &[Numbered<'_>], round: usize) -> Choice {
        let (mut says, mut claims) = (Vec::new(), Vec::new());
        for (line, text) in lines {
            let text = text.trim();
            match text.strip_prefix("= ") {
                Some(claim) => claims.extend(self.claim(*line, claim, round)),
                None => says.push(text.strip_prefix("- ").unwrap_or(text)),
            }
        }
        let line = lines.first().map_or(0, |(line, _)| *line);
        if claims.is_empty() {
            self.wrong(line, "an option says with \"= \" what makes it right");
        }
        let says = spans(says.join(" ").trim());
        Choice { says, claims }
    }

    fn claim(&mut self, line: usize, text: &str, round: usize) -> Option<Claim> {
        let claim = match text.parse::<Claim>() {
            Ok(claim) => claim,
            Err(error) => {
                self.wrong(line, error.to_string());
                return None;
            }
        };
        if let Err(why) = claim.fits(&self.rounds[round].experiment) {
            self.wrong(line, why);
        }
        Some(claim)
    }

    fn run(&mut self, block: &Block<'_>, round: usize) -> Option<Step> {
        let (fields, text) = self.fields(block, &["at"]);
        if !text.is_empty() {
            self.wrong(block.line, "a run says \"at: \" and nothing else");
        }
        let (line, at) = *fields.first().unwrap_or(&(block.line, ("at", "")));
        let lanes = self.rounds[round].experiment.lanes.len();
        match moment(at.1, lanes) {
            Some(at) => Some(Step::Run { round, at }),
            None => {
                self.wrong(line, "at: start, end, lane 1 breaks, or 2500ms");
                None
            }
        }
    }

    fn explanation(&mut self, block: &Block<'_>, round: usize) -> Explanation {
        let (fields, text) = self.fields(block, &["why"]);
        let mut why = Vec::new();
        for (line, (_, value)) in fields {
            let experiment = &self.rounds[round].experiment;
            match lane_and_message(value) {
                Some((lane, message))
                    if lane < experiment.lanes.len()
                        && (message as u64) < experiment.messages.get() =>
                {
                    why.push((lane, message));
                }
                _ => self.wrong(line, "why: lane 1 message 2, both of which there are"),
            }
        }
        let text = self.text(block.body_line, &text, Some(round));
        Explanation { round, why, text }
    }

    fn task(&mut self, block: &Block<'_>, round: usize) -> Try {
        let (fields, text) = self.fields(block, &["goal", "changes", "free", "way"]);
        let experiment = self.rounds[round].experiment.clone();
        let (mut goals, mut free, mut changes, mut way) = (vec![], vec![], None, vec![]);
        for (line, (name, value)) in fields {
            let wrong = match name {
                "goal" => match value.parse::<Goal>() {
                    Ok(goal) => {
                        goals.push(goal);
                        goal.fits(&experiment).err()
                    }
                    Err(error) => Some(error.to_string()),
                },
                "free" => {
                    let place = Free::new(value, &experiment);
                    let missing =
                        place.is_none().then(|| "free: * or the path of a setting".to_owned());
                    free.extend(place);
                    missing
                }
                "changes" => {
                    changes = value.parse().ok().and_then(Bounded::new);
                    let none = changes.is_none();
                    none.then(|| "changes: a whole number up to 100".to_owned())
                }
                _ => match assignment(value) {
                    Some(step) => {
                        way.push(step);
                        None
                    }
                    None => Some("way: lanes[0].consumer.dedup = \"atomic\"".to_owned()),
                },
            };
            if let Some(wrong) = wrong {
                self.wrong(line, wrong);
            }
        }
        if goals.is_empty() || way.is_empty() {
            self.wrong(block.line, "a thing to try has a goal and a way that leads there");
        }
        if free.is_empty() {
            free.extend(Free::new("*", &experiment));
        }
        self.text(block.body_line, &text, Some(round));
        let text = named(&text, &experiment);
        let id = format!("lesson-{}", self.id);
        let exercise = Exercise {
            id: Id::new(&id).unwrap_or_else(|| {
                self.wrong(1, "the file's name is too long for an ID");
                Id::of("lesson")
            }),
            title: Label::cut(self.sheet.field("title").unwrap_or_default()),
            level: Bounded::of(1),
            text: Task::new(text).unwrap_or_else(|| {
                self.wrong(block.line, "the text is too long");
                Task::default()
            }),
            experiment,
            free,
            hidden: Vec::new(),
            changes,
            goals,
            predictions: Vec::new(),
            variants: false,
        };
        Try { round, exercise, way }
    }

    /// Splits a block into the fields at its start, with their line numbers, and the text after them.
    #[expect(clippy::type_complexity, reason = "a list of lines and fields, and a text")]
    fn fields<'b>(
        &self,
        block: &Block<'b>,
        known: &[&str],
    ) -> (Vec<(usize, (&'b str, &'b str))>, String) {
        let lines = numbered(block.body_line, block.body);
        let field = |(line, text): &Numbered<'b>| {
            let (name, value) = text.split_once(':')?;
            known.contains(&name).then(|| (*line, (name, value.trim())))
        };
        let fields: Vec<_> = lines.iter().map_while(field).collect();
        let rest = joined(&lines[fields.len()..]);
        (fields, rest.trim().to_owned())
    }
}

fn numbered(first: usize, text: &str) -> Vec<Numbered<'_>> {
    let lines = text.lines().enumerate();
    lines.map(|(index, line)| (first + index, line)).collect()
}

fn joined(lines: &[Numbered<'_>]) -> String {
    let lines: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    lines.join("\n")
}

/// `lanes[0].consumer.dedup = "atomic"`.
fn assignment(text: &str) -> Option<(String, Json)> {
    let (path, value) = text.split_once('=')?;
    let value = serde_json::from_str(value).ok()?;
    Some((path.trim().to_owned(), value))
}

/// A text with `{lane 1}` replaced by the lane's name, so that it can be read on its own.
fn named(text: &str, experiment: &Experiment) -> String {
    let mut text = text.to_owned();
    for lane in 0..experiment.lanes.len() {
        let name = format!("**{}**", experiment.lane_name(lane));
        text = text.replace(&format!("{{lane {}}}", lane + 1), &name);
    }
    text
}

/// `lane 1 message 2`, counted from 0.
fn lane_and_message(text: &str) -> Option<(usize, usize)> {
    let (lane, message) = text.strip_prefix("lane ")?.split_once(" message ")?;
    let from_zero = |number: &str| number.trim().parse::<usize>().ok()?.checked_sub(1);
    Some((from_zero(lane)?, from_zero(message)?))
}

fn moment(text: &str, lanes: usize) -> Option<Moment> {
    match text {
        "start" => return Some(Moment::Start),
        "end" => return Some(Moment::End),
        _ => {}
    }
    if let Some(millis) = text.strip_suffix("ms") {
        let millis: u32 = millis.parse().ok()?;
        return Some(Moment::At(Time::from_millis(millis.into())));
    }
    let lane = text.strip_prefix("lane ")?.strip_suffix(" breaks")?;
    let lane = lane.parse::<usize>().ok()?.checked_sub(1)?;
    (lane < lanes).then_some(Moment::Breaks(lane))
}

#[cfg(test)]
mod tests;

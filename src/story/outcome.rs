//! A message's result in a few words, and the chain of causes behind it.
//!
//! The audit says what became of a message; this file says how it came to that. It looks no further
//! into the run than the report did.

use crate::audit::{Learnt, MessageRecord, Outcome, Report};
use crate::experiment::Experiment;
use crate::sim::{Happening, Ignored, Leg, MessageNo, Node, Step, StepNo, Told, Trace};

use super::number::{capital, count_of};
use super::telling::{Sentence, Telling};

/// What became of a message so far, in a few words for the ledger: `waiting`, `once`,
/// `once · 1 duplicate skipped`, `credited twice`, `lost on the wire`, `parked`.
pub fn outcome(experiment: &Experiment, lane: usize, trace: &Trace, report: &Report, message: MessageNo) -> String {
    let Some(record) = report.messages.get(message.index()) else { return String::new() };
    let telling = Telling::new(experiment, lane, trace);
    match record.end {
        Outcome::Pending if never_settles(experiment, trace, record, message) => "not settled".to_owned(),
        Outcome::Pending if record.created => "under way".to_owned(),
        Outcome::Pending => "waiting".to_owned(),
        Outcome::Once => telling.once(record, report.settled.is_some()),
        Outcome::Lost => telling.loss(message).0.words().to_owned(),
        Outcome::Duplicated => {
            let primary = telling.primary();
            telling.deed(primary).so_often(record.applied[primary as usize])
        }
        Outcome::Parked => "parked".to_owned(),
    }
}

/// How a message came to its result: the causes in their order, each with its consequence, then
/// what that means for people. Empty for a message of which nothing is to be told yet.
pub fn why(experiment: &Experiment, lane: usize, trace: &Trace, report: &Report, message: MessageNo) -> Vec<Sentence> {
    let Some(record) = report.messages.get(message.index()) else { return Vec::new() };
    let telling = Telling::new(experiment, lane, trace);
    let steps = telling.seen(record, message, report.settled.is_some());
    let decisive = match record.end {
        Outcome::Lost => telling.loss(message).1,
        _ => None,
    };
    let end = match record.end {
        Outcome::Lost => decisive,
        Outcome::Duplicated => telling.last_effect(steps, message),
        _ => None,
    };
    let mut links: Vec<&Step> = Vec::new();
    for step in steps.iter().take_while(|step| end.is_none_or(|end| step.no <= end)) {
        let about = step.message == Some(message) && telling.weight(step) > 0;
        if about || Some(step.no) == decisive {
            links.push(step);
        }
    }
    telling.shorten(&mut links, decisive);
    let mut chain: Vec<Sentence> = Vec::new();
    for link in links {
        let sentence = telling.tell(link.no);
        if !chain.contains(&sentence) {
            chain.push(sentence);
        }
    }
    chain.extend(telling.verdict(record, message));
    chain
}

/// Sentences in a chain at most, the verdict included.
const MOST: usize = 6;

/// Whether this is a message that the whole run left open, and the report goes to its end.
fn never_settles(experiment: &Experiment, trace: &Trace, record: &MessageRecord, message: MessageNo) -> bool {
    !trace.end.settled()
        && crate::audit::judge(experiment, trace).messages.get(message.index()) == Some(record)
}

/// How a message was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    Forgotten,
    GivenUp,
    Wire,
    ConsumerDown,
    Crash,
    MarkedDone,
    Failure,
    ThrownAway,
    Unknown,
}

impl Loss {
    fn words(self) -> &'static str {
        match self {
            Loss::Forgotten => "forgotten by the sender",
            Loss::GivenUp => "given up by the sender",
            Loss::Wire => "lost on the wire",
            Loss::ConsumerDown => "came while it was down",
            Loss::Crash => "lost in the crash",
            Loss::MarkedDone => "marked done, never done",
            Loss::Failure => "failed, not tried again",
            Loss::ThrownAway => "thrown away",
            Loss::Unknown => "lost",
        }
    }
}

impl<'a> Telling<'a> {
    fn once(&self, record: &MessageRecord, settled: bool) -> String {
        let mut parts = vec!["once".to_owned()];
        if record.recognised > 0 {
            let what = if record.recognised == 1 { "duplicate" } else { "duplicates" };
            parts.push(format!("{} {what} skipped", record.recognised));
        }
        for (step, &times) in record.applied.iter().enumerate() {
            let deed = self.deed(step as u8);
            match times {
                0 if settled => parts.push(deed.not_done()),
                0 | 1 => {}
                times => parts.push(deed.so_often(times)),
            }
        }
        parts.join(" · ")
    }

    /// How a lost message was lost, and the step that decided it.
    fn loss(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let about = || self.trace.steps.iter().rev().filter(move |step| step.message == Some(message));
        let last = |is: fn(&Happening) -> bool| about().find(|step| is(&step.what)).map(|step| step.no);
        if last(|what| matches!(what, Happening::Stored { .. })).is_none() {
            return self.loss_before_the_broker(message);
        }
        if let Some(no) = last(|what| matches!(what, Happening::Discarded { .. })) {
            return (Loss::ThrownAway, Some(no));
        }
        if let Some(no) = last(|what| matches!(what, Happening::Skipped(_))) {
            return (Loss::MarkedDone, Some(no));
        }
        let decisive = about().find_map(|step| match step.what {
            Happening::HandlerFailed { .. } => Some((Loss::Failure, step.no)),
            Happening::Crashed { node: Node::Consumer(_), .. } => Some((Loss::Crash, step.no)),
            Happening::Sent(no) => {
                let packet = self.trace.packet(no);
                let lost = packet.leg == Leg::Deliver && packet.lost.is_some();
                lost.then_some((Loss::Wire, step.no))
            }
            Happening::Disregarded(no, Ignored::NodeDown) => {
                let packet = self.trace.packet(no);
                let delivery = packet.leg == Leg::Deliver && packet.repeats.is_none();
                delivery.then_some((Loss::ConsumerDown, step.no))
            }
            Happening::Arrived(no) if self.trace.packet(no).leg == Leg::Deliver && self.trace.packet(no).repeats.is_none() => {
                self.next_consumer_crash(step.no).map(|crash| (Loss::Crash, crash))
            }
            _ => None,
        });
        decisive.map_or((Loss::Unknown, None), |(loss, no)| (loss, Some(no)))
    }

    fn loss_before_the_broker(&self, message: MessageNo) -> (Loss, Option<StepNo>) {
        let about = || self.trace.steps.iter().rev().filter(move |step| step.message == Some(message));
        let told = about().find_map(|step| match step.what {
            Happening::Told(told) => Some((told, step.no)),
            _ => None,
        });
        let lost = about().find(|step| self.sent_by(step).is_some_and(|packet| packet.lost.is_some()));
        let crash = about().find(|step| matches!(step.what, Happening::Crashed { node: Node::Producer, .. }));
        match (told, lost, crash) {
            (Some((Told::Error, no)), _, _) => (Loss::GivenUp, Some(no)),
            (Some((Told::Ok, _)), Some(lost), _) => (Loss::Wire, Some(lost.no)),
            (None, _, crash) => (Loss::Forgotten, crash.or_else(|| self.any_producer_crash(message)).map(|step| step.no)),
            (Some((Told::Ok, _)), None, _) => (Loss::Unknown, None),
        }
    }

    /// The producer's crash around another message that made it forget this one.
    fn any_producer_crash(&self, message: MessageNo) -> Option<&'a Step> {
        let created = self.trace.steps.iter().find(|s| s.message == Some(message) && s.what == Happening::Created)?;
        self.after(created.no).find(|step| matches!(step.what, Happening::Crashed { node: Node::Producer, .. }))
    }

    fn next_consumer_crash(&self, no: StepNo) -> Option<StepNo> {
        self.after(no)
            .find(|step| matches!(step.what, Happening::Crashed { node: Node::Consumer(_), .. }))
            .map(|step| step.no)
    }

    /// The part of the run that the report has seen of a message.
    fn seen(&self, record: &MessageRecord, message: MessageNo, whole: bool) -> &'a [Step] {
        let steps = &self.trace.steps;
        if whole {
            return steps;
        }
        let (mut sent, mut delivered, mut effects, mut recognised) = (0, 0, 0, 0);
        let most_effects: u32 = record.applied.iter().sum();
        let end = steps.iter().position(|step| {
            if step.message == Some(message) {
                match step.what {
                    Happening::Created => return !record.created,
                    Happening::Sent(no) => {
                        let packet = self.trace.packet(no);
                        sent += u32::from(packet.leg == Leg::Publish && packet.repeats.is_none());
                    }
                    Happening::HandlerStarted { .. } => delivered += 1,
                    Happening::Applied { .. } => effects += 1,
                    Happening::RepeatDropped(_) | Happening::Skipped(_) | Happening::Absorbed { .. } => recognised += 1,
                    _ => {}
                }
            }
            sent > record.sent || delivered > record.delivered || effects > most_effects || recognised > record.recognised
        });
        &steps[..end.unwrap_or(steps.len())]
    }

    /// The last primary effect of a message among these steps.
    fn last_effect(&self, steps: &[Step], message: MessageNo) -> Option<StepNo> {
        let effect = Happening::Applied { step: self.primary() };
        steps.iter().rev().find(|step| step.message == Some(message) && step.what == effect).map(|step| step.no)
    }

    /// How much a step has to say in a chain of causes: 0 for nothing, 3 for the result itself.
    fn weight(&self, step: &Step) -> u8 {
        match step.what {
            Happening::Sent(no) => {
                let packet = self.trace.packet(no);
                let again = packet.nth > 1 && packet.leg == Leg::Publish;
                match packet.lost {
                    Some(_) => 2,
                    None => u8::from(again || packet.repeats.is_some() || packet.delayed.is_some()),
                }
            }
            Happening::Disregarded(no, why) => {
                u8::from(why == Ignored::NodeDown && self.trace.packet(no).repeats.is_none())
            }
            Happening::Applied { step } | Happening::Absorbed { step, .. } if step == self.primary() => 3,
            Happening::Told(Told::Error)
            | Happening::RepeatDropped(_)
            | Happening::Skipped(_)
            | Happening::Parked { .. }
            | Happening::Discarded { .. } => 3,
            Happening::Crashed { .. } | Happening::HandlerFailed { .. } => 2,
            Happening::Stalled { .. } | Happening::LateAck { .. } => 1,
            _ => 0,
        }
    }

    /// Drops the links with the least to say, from the middle, until the chain is short enough.
    fn shorten(&self, links: &mut Vec<&Step>, decisive: Option<StepNo>) {
        while links.len() >= MOST {
            let middle = links.len() / 2;
            let least = links
                .iter()
                .enumerate()
                .filter(|(_, step)| Some(step.no) != decisive)
                .min_by_key(|(place, step)| (self.weight(step), place.abs_diff(middle)))
                .map(|(place, _)| place);
            match least {
                Some(place) => drop(links.remove(place)),
                None => return,
            }
        }
    }

    /// What the result means for people.
    fn verdict(&self, record: &MessageRecord, message: MessageNo) -> Option<Sentence> {
        let producer = self.producer();
        let harm = &self.experiment.scenario.harm;
        match record.end {
            Outcome::Lost => {
                let knows = match record.told {
                    Learnt::Ok => format!("{producer} believes that all is well."),
                    Learnt::Error => format!("{producer} knows, since it gave up with an error."),
                    Learnt::Nothing => format!("{producer} never learnt what became of message {message}."),
                };
                Some(Sentence::new(full_stop(&harm.lost, "the message is lost"), knows))
            }
            Outcome::Duplicated => {
                let times = record.applied[self.primary() as usize];
                let so_often = format!("message {message}: {}.", self.deed(self.primary()).so_often(times));
                Some(match times {
                    2 => Sentence::new(full_stop(&harm.duplicated, "it happened twice"), so_often),
                    _ => Sentence::new(so_often, ""),
                })
            }
            Outcome::Parked => {
                let tries = count_of(u64::from(record.delivered), "handler call", "handler calls");
                Some(Sentence::new("Nothing is lost and nothing is done.", format!("after {tries} it is for people to decide.")))
            }
            Outcome::Once | Outcome::Pending => None,
        }
    }
}

fn full_stop(text: &str, otherwise: &str) -> String {
    let text = match text.trim() {
        "" => otherwise,
        text => text,
    };
    let text = capital(text);
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

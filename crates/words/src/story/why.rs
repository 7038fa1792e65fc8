//! The chain of causes behind a message's outcome.
//!
//! It selects the events that explain the outcome and lets `narrate` put them into words. It looks no further
//! into the run than the report did.

use ackground_core::audit::{Learnt, MessageRecord, Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::settings::BrokerKind;
use ackground_core::sim::{
    End, Event, Leg, MessageNo, Milestone, Step, StepNo, Time, Trace, partition_of,
};

use super::telling::{Sentence, Telling};
use ackground_core::number::{capital, count_of, times};

/// A link of the chain: one cause, with its consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The event of the trace.
    pub step: StepNo,
    /// When it happens.
    pub at: Time,
    /// What happens, and why or what follows.
    pub sentence: Sentence,
    /// How many times more the same happens for the same reason.
    pub more: usize,
}

impl Link {
    /// That the same happens again: `Twice more.`, `Twenty times more.`
    pub fn more_words(&self) -> Option<String> {
        (self.more > 0).then(|| format!("{} more.", capital(&times(self.more as u64))))
    }
}

/// How a message came to its outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The causes in order; at most five. Empty while there is nothing to tell about the message.
    pub links: Vec<Link>,
    /// What the outcome means for people, or what an open message waits for; `None` where all is well.
    pub verdict: Option<Sentence>,
}

impl Chain {
    /// Every sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        let links = self.links.iter().map(|link| &link.sentence);
        links.chain(&self.verdict)
    }
}

/// How a message came to its outcome: the causes in order, each with its consequence, then what that means
/// for people.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::sim::{self, MessageNo};
/// use ackground_core::audit;
/// use ackground_words::story;
///
/// let experiment = Experiment::default();
/// let trace = sim::simulate(&experiment, 0);
/// let report = audit::judge(&experiment, &trace);
/// let chain = story::why(&experiment, 0, &trace, &report, MessageNo::from_index(1));
/// assert!(chain.links[0].sentence.lead.contains("lost"));
/// assert!(chain.verdict.is_some());
/// ```
pub fn why(
    experiment: &Experiment,
    lane: usize,
    trace: &Trace,
    report: &Report,
    message: MessageNo,
) -> Chain {
    let Some(record) = report.messages.get(message.index()) else {
        return Chain::default();
    };
    let telling = Telling::new(experiment, lane, trace);
    let steps = telling.seen(record, message, report.settled.is_some());
    let (decisive, end) = match record.end {
        Outcome::Lost => {
            let decisive = telling.loss(message).1;
            (decisive, decisive)
        }
        Outcome::Duplicated => (None, telling.last_effect(steps, message)),
        Outcome::Once | Outcome::Parked | Outcome::Pending => (None, None),
    };
    let behind = telling.node_behind(decisive);
    let mut causes: Vec<&Step> = Vec::new();
    for step in steps.iter().take_while(|step| end.is_none_or(|end| step.no <= end)) {
        let about = step.message == Some(message) && telling.says(step) > 0;
        if about || Some(step.no) == decisive || behind.contains(&step.no) {
            causes.push(step);
        }
    }
    let mut links: Vec<Link> = Vec::new();
    for cause in causes {
        let sentence = telling.tell(cause.no);
        // Copies that go down together are told only once.
        if links.iter().any(|link| link.sentence == sentence) {
            continue;
        }
        // What happens again for the same reason is counted.
        let kind = std::mem::discriminant(&cause.what);
        let same = links.iter_mut().find(|link| {
            std::mem::discriminant(&telling.step(link.step).what) == kind
                && !sentence.rest.is_empty()
                && link.sentence.rest == sentence.rest
        });
        match same {
            Some(link) if Some(cause.no) != decisive => link.more += 1,
            _ => links.push(Link { step: cause.no, at: cause.at, sentence, more: 0 }),
        }
    }
    telling.shorten(&mut links, decisive);
    let verdict = telling.verdict(record, message);
    Chain { links, verdict: verdict.or_else(|| telling.still_open(report, record, message)) }
}

/// The most sentences in a chain, the verdict included.
const MOST: usize = 6;

impl<'a> Telling<'a> {
    /// The steps about a message that the report has covered.
    fn seen(&self, record: &MessageRecord, message: MessageNo, whole: bool) -> &'a [Step] {
        let steps = &self.trace.steps;
        if whole {
            return steps;
        }
        let (mut sent, mut delivered, mut effects, mut recognised) = (0, 0, 0, 0);
        let most_effects: u32 = record.applied.iter().sum();
        let end = steps.iter().position(|step| {
            if step.message == Some(message) {
                match step.what.milestone() {
                    Some(Milestone::Created) => return !record.created,
                    Some(Milestone::Sent(no)) => {
                        let packet = self.trace.packet(no);
                        sent += u32::from(packet.leg == Leg::Publish && packet.repeats.is_none());
                    }
                    Some(Milestone::Begun) => delivered += 1,
                    Some(Milestone::Applied(_)) => effects += 1,
                    Some(Milestone::Dropped | Milestone::Recognised) => recognised += 1,
                    _ => {}
                }
            }
            sent > record.sent
                || delivered > record.delivered
                || effects > most_effects
                || recognised > record.recognised
        });
        &steps[..end.unwrap_or(steps.len())]
    }

    /// The crash and the election, about whichever message, that cost a copy.
    fn node_behind(&self, decisive: Option<StepNo>) -> Vec<StepNo> {
        let Some(decisive) = decisive else {
            return Vec::new();
        };
        if !matches!(self.step(decisive).what, Event::CopyLost { .. }) {
            return Vec::new();
        }
        let of_a_node = |step: &&Step| {
            matches!(
                step.what,
                Event::CopyLost { .. }
                    | Event::Elected { .. }
                    | Event::Restarted { .. }
                    | Event::Unavailable { .. }
                    | Event::Crashed { .. }
            )
        };
        let chain = self.trace.causes(decisive).take_while(of_a_node);
        chain
            .filter(|step| matches!(step.what, Event::Crashed { .. } | Event::Elected { .. }))
            .map(|step| step.no)
            .collect()
    }

    /// The last primary effect of a message among these steps.
    fn last_effect(&self, steps: &[Step], message: MessageNo) -> Option<StepNo> {
        let effect = Event::Applied { step: self.primary() };
        steps
            .iter()
            .rev()
            .find(|step| step.message == Some(message) && step.what == effect)
            .map(|step| step.no)
    }

    /// Drops the least telling links from the middle until the chain is short enough.
    fn shorten(&self, links: &mut Vec<Link>, decisive: Option<StepNo>) {
        while links.len() >= MOST {
            let middle = links.len() / 2;
            let least = links
                .iter()
                .enumerate()
                .filter(|(_, link)| Some(link.step) != decisive)
                .min_by_key(|(place, link)| {
                    (self.says(self.step(link.step)), place.abs_diff(middle))
                })
                .map(|(place, _)| place);
            match least {
                Some(place) => drop(links.remove(place)),
                None => return,
            }
        }
    }

    /// Why a message is open although the run is over: what it waits for.
    fn still_open(
        &self,
        report: &Report,
        record: &MessageRecord,
        message: MessageNo,
    ) -> Option<Sentence> {
        if record.end != Outcome::Pending || !report.over || !record.created {
            return None;
        }
        let (scenario, broker) = (&self.experiment.scenario, &self.lane.broker);
        let partition = |message| partition_of(scenario, broker, message);
        let before = report.messages[..message.index()].iter().enumerate();
        let blocks =
            before.filter(|(_, other)| other.end == Outcome::Pending && other.delivered > 1);
        let ahead = blocks
            .map(|(index, _)| MessageNo::from_index(index))
            .find(|&other| partition(other) == partition(message));
        if let Some(ahead) = ahead.filter(|_| record.delivered == 0) {
            return Some(Sentence::new(
                format!("message {message} waits behind message {ahead}."),
                format!(
                    "the broker redelivers message {ahead} again and again, and nothing passes it."
                ),
            ));
        }
        let for_ever = matches!(self.trace.end, End::Stuck(_));
        for_ever.then(|| {
            let held = match self.lane.broker.kind {
                BrokerKind::Queue => "the redelivery timeout never runs out",
                BrokerKind::Log => "the redelivery timeout of its reader never runs out",
            };
            Sentence::new(
                format!("message {message} stays open forever."),
                format!("{held}, so the broker never redelivers it."),
            )
        })
    }

    /// What the outcome means for people.
    fn verdict(&self, record: &MessageRecord, message: MessageNo) -> Option<Sentence> {
        let producer = self.producer();
        let harm = &self.experiment.scenario.harm;
        match record.end {
            Outcome::Lost => {
                let knows = match record.told {
                    Learnt::Ok => format!("{producer} thinks it succeeded."),
                    Learnt::Error => format!("{producer} knows, because it gave up with an error."),
                    Learnt::Nothing => {
                        format!("{producer} never learned what happened to message {message}.")
                    }
                };
                Some(Sentence::new(full_stop(&harm.lost, "the message is lost"), knows))
            }
            Outcome::Duplicated => {
                let times = record.applied[self.primary() as usize];
                let so_often =
                    format!("message {message}: {}.", self.verb(self.primary()).so_often(times));
                Some(match times {
                    2 => Sentence::new(full_stop(&harm.duplicated, "it happened twice"), so_often),
                    _ => Sentence::new(so_often, ""),
                })
            }
            Outcome::Parked => {
                let tries = count_of(u64::from(record.delivered), "handler call", "handler calls");
                Some(Sentence::new(
                    "Nothing is lost, but nothing is done either.",
                    format!("after {tries}, people have to decide."),
                ))
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

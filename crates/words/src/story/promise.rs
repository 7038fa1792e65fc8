//! The prover's findings in words: guarantees, properties, and the bounds of the search.

use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::prove::{Bounds, Guarantee};

use super::mishap::kind;
use super::verb::{StepVerb, primary};
use ackground_core::number::{money, times};

/// A property in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PropertyWords {
    /// When it holds: `never loses`.
    pub holds: &'static str,
    /// When it is broken: `can lose`.
    pub broken: &'static str,
    /// What it means.
    pub sentence: &'static str,
}

/// A property in words.
pub const fn property(property: Property) -> PropertyWords {
    let (holds, broken, sentence) = match property {
        Property::NoLoss => (
            "never loses",
            "can lose",
            "Every message takes effect in the end, or is parked in the dead letter queue.",
        ),
        Property::NoSilentLoss => {
            ("never loses silently", "can lose silently", "If a message is lost, its sender knows.")
        }
        Property::NoDuplicates => {
            ("never duplicates", "can duplicate", "No message takes effect twice.")
        }
        Property::NoTorn => {
            ("never half done", "can be half done", "Every step of the work happens, or none does.")
        }
        Property::InOrder => (
            "keeps the order",
            "can lose the order",
            "Messages of one key take effect in the order in which they were sent.",
        ),
        Property::Settles => (
            "settles",
            "may not settle",
            "Every message ends up done, parked or reported as failed.",
        ),
    };
    PropertyWords { holds, broken, sentence }
}

/// A guarantee as a label: `at least once`, `no guarantee`.
pub const fn guarantee(guarantee: Guarantee) -> &'static str {
    match guarantee {
        Guarantee::ExactlyOnce => "exactly once",
        Guarantee::AtLeastOnce => "at least once",
        Guarantee::AtMostOnce => "at most once",
        Guarantee::None => "no guarantee",
    }
}

/// What a guarantee means for this experiment's messages, in the story's words.
///
/// ```
/// use ackground_core::experiment::Experiment;
/// use ackground_core::prove::Guarantee;
/// use ackground_words::story;
///
/// assert_eq!(
///     story::promise(&Experiment::default(), Guarantee::AtLeastOnce),
///     "Every message is credited; one can be credited twice."
/// );
/// ```
pub fn promise(experiment: &Experiment, guarantee: Guarantee) -> String {
    let verb = StepVerb::of(experiment, primary(experiment));
    let (done, twice) = (verb.done(), verb.so_often(2));
    match guarantee {
        Guarantee::ExactlyOnce => {
            format!("Every message is {done}, and none is {twice}.")
        }
        Guarantee::AtLeastOnce => format!("Every message is {done}; one can be {twice}."),
        Guarantee::AtMostOnce => format!("No message is {twice}; one can be lost."),
        Guarantee::None => format!("A message can be lost, and one can be {twice}."),
    }
}

/// The bounds of a search: `up to 3 faults over 2 messages (lost packets, crashes)`.
pub fn bounds(bounds: &Bounds) -> String {
    let kinds: Vec<String> =
        bounds.kinds.iter().map(|one| kind(one).name.to_ascii_lowercase()).collect();
    let kinds = match kinds.len() {
        0 => "no kind of fault".to_owned(),
        _ => kinds.join(", "),
    };
    format!(
        "up to {} over {} ({kinds})",
        faults(bounds.faults),
        counted(bounds.messages.into(), "message")
    )
}

/// `1 fault`, `3 faults`.
pub fn faults(number: u8) -> String {
    counted(number.into(), "fault")
}

/// `1 schedule`, `25,114 schedules`.
pub fn counted(number: u64, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {what}{ending}", money(number))
}

impl StepVerb {
    /// `credited`; `applied` if the verb is unknown.
    fn done(&self) -> String {
        let once = self.so_often(1);
        let so_often = format!(" {}", times(1));
        once.strip_suffix(&so_often).unwrap_or(&once).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::prove::Kinds;

    #[test]
    fn bounds_are_said_in_one_breath() {
        let all = Bounds { faults: 3, ..Bounds::default() };
        assert_eq!(
            bounds(&all),
            "up to 3 faults over 2 messages (lost packets, crashes, failures, slow work)"
        );
        let few = Bounds { faults: 1, messages: 1, kinds: Kinds::NONE, ..all };
        assert_eq!(bounds(&few), "up to 1 fault over 1 message (no kind of fault)");
        assert_eq!(counted(25_114, "schedule"), "25,114 schedules");
    }

    #[test]
    fn every_guarantee_and_property_has_words_of_its_own() {
        let experiment = Experiment::default();
        let mut said: Vec<String> =
            Guarantee::ALL.into_iter().map(|guarantee| promise(&experiment, guarantee)).collect();
        said.extend(Property::ALL.map(|which| property(which).holds.to_owned()));
        said.extend(Property::ALL.map(|which| property(which).broken.to_owned()));
        let count = said.len();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), count);
    }
}

//! A step of the scenario in the grammatical forms that sentences need: "credit the account", "the account is
//! credited", "credited twice".
//!
//! It knows the usual leading verbs of labels and their participles, so that a user's own scenario reads like a
//! built-in one. Other labels are quoted.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::scenario::Scenario;

use ackground_core::number::times;
use ackground_core::sim::MessageNo;

/// A step in its grammatical forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StepVerb {
    /// The label as it goes after "to": `credit the account`.
    label: String,
    /// `credited`, if the label begins with a known verb.
    participle: Option<&'static str>,
    /// What follows the verb: `the account`.
    object: String,
}

/// The verbs that labels may begin with, and their participles.
const VERBS: &[(&str, &str)] = &[
    ("add", "added"),
    ("append", "appended"),
    ("archive", "archived"),
    ("assign", "assigned"),
    ("bill", "billed"),
    ("book", "booked"),
    ("call", "called"),
    ("cancel", "cancelled"),
    ("charge", "charged"),
    ("confirm", "confirmed"),
    ("count", "counted"),
    ("create", "created"),
    ("credit", "credited"),
    ("debit", "debited"),
    ("delete", "deleted"),
    ("deliver", "delivered"),
    ("email", "emailed"),
    ("emit", "emitted"),
    ("enqueue", "enqueued"),
    ("enter", "entered"),
    ("forward", "forwarded"),
    ("grant", "granted"),
    ("increment", "incremented"),
    ("index", "indexed"),
    ("insert", "inserted"),
    ("invoice", "invoiced"),
    ("issue", "issued"),
    ("log", "logged"),
    ("mail", "mailed"),
    ("mark", "marked"),
    ("move", "moved"),
    ("notify", "notified"),
    ("open", "opened"),
    ("pay", "paid"),
    ("place", "placed"),
    ("post", "posted"),
    ("print", "printed"),
    ("process", "processed"),
    ("produce", "produced"),
    ("publish", "published"),
    ("push", "pushed"),
    ("put", "put"),
    ("record", "recorded"),
    ("refund", "refunded"),
    ("register", "registered"),
    ("release", "released"),
    ("remove", "removed"),
    ("reserve", "reserved"),
    ("ring", "rung"),
    ("save", "saved"),
    ("sell", "sold"),
    ("send", "sent"),
    ("set", "set"),
    ("ship", "shipped"),
    ("show", "shown"),
    ("store", "stored"),
    ("submit", "submitted"),
    ("text", "texted"),
    ("transfer", "transferred"),
    ("update", "updated"),
    ("upload", "uploaded"),
    ("write", "written"),
];

impl StepVerb {
    /// The scenario's step with this index.
    pub(super) fn of(experiment: &Experiment, step: u8) -> StepVerb {
        scenario(experiment)
            .steps
            .get(step as usize)
            .map_or_else(StepVerb::unnamed, |step| StepVerb::from_label(step.name()))
    }

    fn unnamed() -> StepVerb {
        StepVerb { label: "take the step".to_owned(), participle: None, object: String::new() }
    }

    fn from_label(label: &str) -> StepVerb {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = label.as_str();
        let (verb, object) = label.split_once(' ').unwrap_or((label, ""));
        // Known verbs are plain ASCII.
        let verb = verb.to_ascii_lowercase();
        let participle =
            VERBS.iter().find(|(known, _)| *known == verb).map(|(_, participle)| *participle);
        StepVerb {
            label: match participle {
                Some(_) if object.is_empty() => verb,
                Some(_) => format!("{verb} {object}"),
                None => label.to_owned(),
            },
            participle,
            object: object.trim().to_owned(),
        }
    }

    /// A present-tense clause: `the account is credited`, `"Ring twice" takes effect`.
    pub(super) fn happens(&self) -> String {
        self.clause("is", "are", "takes effect")
    }

    /// A present-tense clause that names the message: `the account is credited for message 3`,
    /// `message 3 is added to the series`.
    pub(super) fn happens_for(&self, message: MessageNo) -> String {
        self.about(self.happens(), message)
    }

    /// The same in the past tense: `the account was credited for message 3`.
    pub(super) fn happened_for(&self, message: MessageNo) -> String {
        self.about(self.happened(), message)
    }

    fn about(&self, clause: String, message: MessageNo) -> String {
        match (clause.strip_prefix("it "), self.participle) {
            (Some(rest), Some(_)) => format!("message {message} {rest}"),
            _ => format!("{clause} for message {message}"),
        }
    }

    /// A past-tense clause: `the account was credited`, `"Ring twice" took effect`.
    pub(super) fn happened(&self) -> String {
        self.clause("was", "were", "took effect")
    }

    /// A negative clause: `the account was not credited`.
    pub(super) fn did_not_happen(&self) -> String {
        self.clause("was not", "were not", "did not take effect")
    }

    fn clause(&self, one: &str, many: &str, else_say: &str) -> String {
        let Some(participle) = self.participle else {
            return format!("\"{}\" {else_say}", self.label);
        };
        let object = self.object.as_str();
        let first = object.split(' ').next().unwrap_or_default();
        if object.is_empty() {
            format!("it {one} {participle}")
        } else if PREPOSITIONS.contains(&first) {
            format!("it {one} {participle} {object}")
        } else if is_plural(object) {
            format!("{object} {many} {participle}")
        } else {
            format!("{object} {one} {participle}")
        }
    }

    /// How often it took effect: `credited twice`, `applied 3 times` if the verb is unknown.
    pub(super) fn so_often(&self, n: u32) -> String {
        format!("{} {}", self.participle.unwrap_or("applied"), times(u64::from(n)))
    }

    /// `credited more than once`.
    pub(super) fn more_than_once(&self) -> String {
        format!("{} more than once", self.participle.unwrap_or("applied"))
    }

    /// `never credited`, `never applied`.
    pub(super) fn never_done(&self) -> String {
        format!("never {}", self.participle.unwrap_or("applied"))
    }

    /// `not notified`, `not applied`.
    pub(super) fn not_done(&self) -> String {
        format!("not {}", self.participle.unwrap_or("applied"))
    }
}

const PREPOSITIONS: &[&str] = &["at", "for", "from", "in", "into", "on", "to", "with"];

/// Whether the object takes a plural verb: `receipts` are, `stock` is; two things joined by "and" are.
fn is_plural(object: &str) -> bool {
    // Only the head of the phrase decides: "rows of the table" are, "the table of rows" is.
    let head = object.split([',', '(']).next().unwrap_or(object);
    let words: Vec<&str> = head.split_whitespace().collect();
    let end = words
        .iter()
        .position(|word| *word == "of" || PREPOSITIONS.contains(word))
        .unwrap_or(words.len());
    let noun = words[..end].last().copied().unwrap_or_default();
    let one = matches!(words.first(), Some(&"a" | &"an" | &"one"));
    !one && (words.contains(&"and")
        || (noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us")))
}

/// The index of the primary step, whose effects are counted.
pub(super) fn primary(experiment: &Experiment) -> u8 {
    scenario(experiment).steps.primary() as u8
}

fn scenario(experiment: &Experiment) -> &Scenario {
    &experiment.scenario
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_taken_apart_at_its_verb() {
        let cases = [
            ("Credit the account", "the account is credited", "credited twice"),
            ("Notify the customer", "the customer is notified", "notified twice"),
            ("Send a push", "a push is sent", "sent twice"),
            ("Add to the time series", "it is added to the time series", "added twice"),
            ("Reserve stock", "stock is reserved", "reserved twice"),
            ("Print labels", "labels are printed", "printed twice"),
            ("Check the address", "\"Check the address\" takes effect", "applied twice"),
            ("Ship", "it is shipped", "shipped twice"),
            ("ring-the-bell", "\"ring-the-bell\" takes effect", "applied twice"),
        ];
        for (label, happens, twice) in cases {
            let verb = StepVerb::from_label(label);
            assert_eq!(verb.happens(), happens);
            assert_eq!(verb.so_often(2), twice);
        }
    }

    #[test]
    fn a_step_without_an_object_is_about_the_message() {
        let message = MessageNo::from_index(2);
        let series = StepVerb::from_label("Add to the series");
        assert_eq!(series.happens_for(message), "message 3 is added to the series");
        let credit = StepVerb::from_label("Credit the account");
        assert_eq!(credit.happened_for(message), "the account was credited for message 3");
    }

    #[test]
    fn the_other_forms_agree() {
        let verb = StepVerb::from_label("Credit the account");
        assert_eq!(verb.happened(), "the account was credited");
        assert_eq!(verb.did_not_happen(), "the account was not credited");
        assert_eq!(verb.not_done(), "not credited");
        assert_eq!(verb.so_often(3), "credited three times");
    }
}

//! Claims in words.

use super::{Books, Claim, Occurrence, Order, Says, Side, Within};
use ackground_core::audit::{Learnt, Outcome, Property};
use ackground_core::experiment::Experiment;
use ackground_words::story;

impl Claim {
    /// The claim as a sentence: `"At least once": never loses, within 3 faults over 2 messages.`
    /// The lane is named if there are several.
    ///
    /// ```
    /// use ackground_core::experiment::Experiment;
    /// use ackground_learn::claim::Claim;
    ///
    /// let claim: Claim = "lane 2: sends_per_message at most 1.5".parse()?;
    /// assert_eq!(
    ///     claim.sentence(&Experiment::default()),
    ///     "At least once: sends per message are at most 1.5."
    /// );
    /// # Ok::<(), ackground_learn::claim::ClaimError>(())
    /// ```
    pub fn sentence(&self, experiment: &Experiment) -> String {
        let said = match self.says {
            Says::Ends(message, end) => format!("message {message} {}", ends(end)),
            Says::Told(message, told) => format!("{} of message {message}", learns(told)),
            Says::Times(message, occurrence, times) => {
                let times = story::times(times.into());
                let occurrence = match occurrence {
                    Occurrence::Sent => "is sent",
                    Occurrence::Delivered => "reaches the handler",
                    Occurrence::Applied => "takes effect",
                };
                format!("message {message} {occurrence} {times}")
            }
            Says::Ledger(books) => match books {
                Books::Short => "the store holds too little".to_owned(),
                Books::Over => "the store holds too much".to_owned(),
                Books::Exact => "the store holds what it should".to_owned(),
            },
            Says::InRun(property, holds) => match holds {
                true => format!("{} in this run", story::property(property).holds),
                false => format!("{} in this run", broke(property)),
            },
            Says::Always(property, holds, within) => {
                let words = story::property(property);
                let words = if holds { words.holds } else { words.broken };
                format!("{words}, {}", of_bounds(within))
            }
            Says::Is(guarantee, within) => {
                format!("{}, {}", story::guarantee(guarantee), of_bounds(within))
            }
            Says::Keeps(guarantee, within) => {
                let guarantee = story::guarantee(guarantee);
                format!("keeps {guarantee}, {}", of_bounds(within))
            }
            Says::Figure(quantity, side, amount) => {
                let side = match side {
                    Side::AtMost => "at most",
                    Side::AtLeast => "at least",
                };
                let number = quantity.unit().words(amount.value());
                format!("{} {side} {number}", is(quantity.name()))
            }
            Says::Than(quantity, order, other) => {
                let order = match order {
                    Order::More => "more",
                    Order::Less => "less",
                };
                let other = experiment.lane_name(other);
                format!("{} {order} than in {other}", is(quantity.name()))
            }
        };
        in_lane(experiment, self.lane, &said)
    }
}

/// A statement about a lane as a sentence, naming the lane if there are several.
pub(crate) fn in_lane(experiment: &Experiment, lane: usize, said: &str) -> String {
    match experiment.lanes.len() {
        1 => format!("{}.", story::capital(said)),
        _ => format!("{}: {said}.", experiment.lane_name(lane)),
    }
}

/// `within 3 faults over 2 messages`; kinds are named unless they are the usual ones.
pub(crate) fn of_bounds(within: Within) -> String {
    let bounds = within.bounds();
    let mut said = format!(
        "within {} over {}",
        story::faults(bounds.faults),
        story::counted(bounds.messages.into(), "message")
    );
    if bounds.kinds != Default::default() {
        let kinds: Vec<&str> = bounds.kinds.iter().map(|kind| kind.word()).collect();
        said = format!("{said} (only {})", kinds.join(", "));
    }
    said
}

/// What a run did that broke a property.
fn broke(property: Property) -> &'static str {
    match property {
        Property::NoLoss => "loses a message",
        Property::NoSilentLoss => "loses a message silently",
        Property::NoDuplicates => "duplicates a message",
        Property::NoTorn => "leaves work half done",
        Property::InOrder => "breaks the order",
        Property::Settles => "does not settle",
    }
}

/// `Sends per message` → `sends per message are`; `Latency, p99` → `latency, p99, is`.
fn is(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    let name = match letters.as_str() {
        // "IDs" stays as it is.
        rest if rest.starts_with(char::is_uppercase) => name.to_owned(),
        rest => first.unwrap_or_default() + rest,
    };
    if name.contains(',') {
        format!("{name}, is")
    } else if name.contains(" per message") || name.starts_with("IDs") {
        format!("{name} are")
    } else {
        format!("{name} is")
    }
}

const fn ends(end: Outcome) -> &'static str {
    match end {
        Outcome::Once => "takes effect once",
        Outcome::Lost => "is lost",
        Outcome::Duplicated => "takes effect more than once",
        Outcome::Parked => "is parked among the dead letters",
        Outcome::Pending => "is still pending at the end",
    }
}

const fn learns(told: Learnt) -> &'static str {
    match told {
        Learnt::Ok => "the producer thinks it succeeded",
        Learnt::Error => "the producer learns of the failure",
        Learnt::Nothing => "the producer learns nothing",
    }
}

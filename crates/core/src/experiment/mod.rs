//! The experiment: the one public format, version 1.
//!
//! An [`Experiment`] is everything that decides what happens: the business story, one to four
//! setups side by side ([`Lane`]), what goes wrong ([`faults::Faults`]) and a seed. It is a plain
//! value. The page's address, a saved file, an embed, an exercise and the command line all carry
//! this same value, as JSON ([`Experiment::from_json`]) or packed into a link
//! ([`Experiment::from_link`]).
//!
//! Any value that exists is valid in itself: the leaf types carry their ranges, so only the rules
//! between fields remain to be checked. An invalid document yields every mistake at once, each with
//! its path. This module does not know how an experiment is simulated or shown.
//!
//! | file | owns |
//! |---|---|
//! | `document` | reading and writing an experiment as JSON |
//! | [`settings`], [`faults`], [`scenario`], [`script`], `lane` | the parts of an experiment |
//! | `preset` | named setups |
//! | [`change`] | changing one value, by its path |
//! | [`label`] | the name of every setting, and its values in words |
//! | [`fidelity`] | what real brokers do that the format cannot express |
//! | [`link`] | the share link |
//! | [`schema`] | the JSON Schema of the format |
//! | [`value`], [`part`], `record`, [`json`], [`mistake`] | the building blocks of all these |

pub mod change;
mod document;
pub mod faults;
pub mod fidelity;
pub mod json;
pub mod label;
mod lane;
pub mod link;
pub mod mistake;
pub mod part;
mod preset;
mod record;
pub mod scenario;
pub mod schema;
pub mod script;
pub mod settings;
pub mod value;

pub use document::{LONGEST_DOCUMENT, VERSION};
pub use document::{other_version, tree};
pub use lane::{Lane, Lanes};
pub use link::LinkError;
pub use mistake::{Mistake, Mistakes};
pub use preset::{Family, Preset, PresetId, Product};

use faults::Faults;
use mistake::{At, Found};
use part::{FieldInfo, Part, Shape};
use scenario::{BuiltIn, Label, Scenario};
use script::Script;
use value::Bounded;

/// The greatest seed, 2^53 - 1: the greatest integer that every JSON reader keeps exact.
pub const GREATEST_SEED: u64 = (1 << 53) - 1;

/// The number of business messages in a run.
pub type Messages = Bounded<1, 1000>;
/// The gap between messages, in milliseconds, up to ten minutes.
pub type Interval = Bounded<0, 600_000>;
/// The seed of every random choice.
pub type Seed = Bounded<0, GREATEST_SEED>;

/// Everything that decides what happens.
///
/// The default is the first screen of the page: three payments, three setups, three balances.
///
/// ```
/// use ackground_core::experiment::Experiment;
///
/// let experiment = Experiment::from_json(
///     r#"{"version": 1, "lanes": [{"preset": "at-least-once", "consumer": {"dedup": "atomic"}}]}"#,
/// )?;
/// assert_eq!(experiment.messages.get(), 3, "the default");
/// assert_eq!(&*experiment.lanes[0].name, "At least once", "from the preset");
///
/// let error = Experiment::from_json(
///     r#"{"version": 1, "lanes": [{}, {"producer": {"retries": 2000}}], "sed": 7}"#,
/// ).unwrap_err();
/// assert_eq!(error.to_string(), "\
/// lanes[1].producer.retries: 2000 is not allowed; a whole number from 0 to 1000 or \"unlimited\"
/// sed: is not a field here; did you mean \"seed\"?");
/// # Ok::<(), ackground_core::experiment::Mistakes>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Experiment {
    /// Shown above the lanes.
    pub title: Label,
    /// The business story.
    pub scenario: Scenario,
    /// Business messages in one run; 3 by default.
    pub messages: Messages,
    /// Gap between them, in milliseconds; 1000 by default.
    pub interval_ms: Interval,
    /// Decides every random choice; 1 by default.
    pub seed: Seed,
    /// What goes wrong, the same for all lanes; nothing by default.
    pub faults: Faults,
    /// The setups compared side by side.
    pub lanes: Lanes,
}

impl Experiment {
    /// The fields in the order of the document, with what is allowed in each.
    pub const FIELDS: &'static [FieldInfo] = &[
        FieldInfo::new("version", "The version of the format.", || Shape::Whole {
            min: VERSION,
            max: VERSION,
        }),
        FieldInfo::new("title", "Shown above the lanes.", <Label as Part>::shape)
            .label("Title")
            .link("title"),
        FieldInfo::new("scenario", "The business story.", Scenario::named).label("Scenario"),
        FieldInfo::new("messages", "Business messages in one run.", <Messages as Part>::shape)
            .label("Messages")
            .link("messages"),
        FieldInfo::new(
            "interval_ms",
            "Gap between them, in milliseconds.",
            <Interval as Part>::shape,
        )
        .label("One message every")
        .link("interval"),
        FieldInfo::new("seed", "Decides every random choice.", <Seed as Part>::shape)
            .label("Seed")
            .link("seed"),
        FieldInfo::new(
            "faults",
            "What goes wrong, the same for all lanes.",
            <Faults as Part>::shape,
        )
        .label("What goes wrong"),
        FieldInfo::new("lanes", "The setups compared side by side.", <Lanes as Part>::shape),
    ];

    /// The experiment of a document that states only its version and its lanes.
    pub fn of_lanes(lanes: Lanes) -> Self {
        Experiment {
            title: Label::default(),
            scenario: BuiltIn::Payment.scenario(),
            messages: Bounded::of(3),
            interval_ms: Bounded::of(1000),
            seed: Bounded::of(1),
            faults: Faults::default(),
            lanes,
        }
    }

    /// What the page calls the lane with this index, from 0: its name, or "Lane 2".
    pub fn lane_name(&self, index: usize) -> String {
        match self.lanes.get(index) {
            Some(lane) if !lane.name.is_empty() => lane.name.to_string(),
            _ => format!("Lane {}", index + 1),
        }
    }

    /// Checks the rules between fields, which a program may have violated; an experiment that was
    /// read has passed this check.
    ///
    /// # Errors
    ///
    /// Every mistake with its path.
    pub fn check(&self) -> Result<(), Mistakes> {
        let mut found = Found::default();
        self.check_rules(&mut found);
        found.give(())
    }

    fn check_rules(&self, found: &mut Found) {
        let lanes = At::Root.field("lanes");
        for (i, lane) in self.lanes.iter().enumerate() {
            lane.check(&lanes.index(i), found);
        }
    }
}

/// The first screen: the same three payments and the same two mishaps in three setups, which end up
/// with three different balances.
impl Default for Experiment {
    fn default() -> Self {
        let lanes = [PresetId::AtMostOnce, PresetId::AtLeastOnce, PresetId::EffectivelyOnce];
        let lanes = lanes.into_iter().map(Lane::of_preset).collect();
        let script = ["drop publish 2", "crash consumer before ack 3"];
        let script = script.map(|line| line.parse().expect("the lines are written right"));
        let mut experiment =
            Experiment::of_lanes(Lanes::new(lanes).expect("three lanes are neither 0 nor above 4"));
        experiment.faults.script =
            Script::new(script.to_vec()).expect("two lines are not too many");
        experiment
    }
}

//! What a hit opens.

use super::demo;
use crate::learn::choices::LearnChoices;
use crate::state::{Sheet, View};
use ackground_core::experiment::scenario::Label;
use ackground_core::experiment::{Experiment, Family, PresetId};
use ackground_words::story::{Symptom, capital, words};
use ackground_words::systems::keys::Key;

#[derive(Clone, Debug, PartialEq)]
pub enum Opens {
    /// The setups of a family side by side.
    Family(Family),
    /// A setup beside another one, and a fault that tells them apart.
    Setup(PresetId),
    Key(&'static Key),
    Symptom(&'static Symptom),
    /// The experiment of the term with this id.
    See(&'static str),
    /// The setting with this path, without a lane.
    Setting(&'static str),
    /// Adds this line to the fault script.
    Fault(String),
    Learn(LearnChoices),
    /// A sheet over the page: the guide, the gallery, the glossary, one's own scenario.
    Sheet(Sheet),
    View(View),
}

impl Opens {
    /// What opening it does, in a few words.
    pub fn act(&self) -> &'static str {
        match self {
            Opens::Family(_) => "Opens its setups side by side",
            Opens::Setup(_) | Opens::Key(_) | Opens::Symptom(_) | Opens::See(_) => {
                "Opens an experiment"
            }
            Opens::Sheet(Sheet::Words(_)) => "Opens the glossary",
            Opens::Setting(_) => "Goes to the setting",
            Opens::Fault(_) => "Adds this fault",
            Opens::Learn(_) => "Opens in Learn",
            Opens::Sheet(Sheet::Guide(_)) => "Asks a few questions",
            Opens::Sheet(Sheet::Gallery(_)) => "Opens the gallery",
            Opens::Sheet(_) | Opens::View(_) => "Opens it",
        }
    }

    /// The experiment that it opens, if it is one.
    pub fn experiment(&self) -> Option<Experiment> {
        let (experiment, title) = match self {
            Opens::Family(family) => (demo::of_family(*family), family.name()),
            Opens::Setup(id) => (demo::of_preset(*id), id.preset().name),
            Opens::Key(key) => (key.experiment(), *key.names.first()?),
            Opens::Symptom(symptom) => (symptom.experiment(), symptom.name),
            Opens::See(id) => {
                let term = words::term(id)?;
                (term.see?.experiment(), term.name)
            }
            Opens::Setting(_) | Opens::Fault(_) | Opens::Learn(_) => return None,
            Opens::Sheet(_) | Opens::View(_) => return None,
        };
        // The headline then says that this is what was searched for.
        Some(Experiment { title: Label::cut(&capital(title)), ..experiment })
    }

    /// A selector for what gets the focus when it is open; `None` if what opens takes the focus itself.
    pub fn place(&self) -> Option<String> {
        match self {
            Opens::Setting(path) if is_of_lane(path) => Some(format!(
                "[data-test=\"all-lanes[0].{path}\"], [data-test=\"all-lanes[0].{path}-none\"]"
            )),
            Opens::Setting(path) => Some(format!("[data-test=\"{path}\"]")),
            Opens::Learn(_) | Opens::Sheet(_) | Opens::View(_) => None,
            _ => Some("#lane-1".to_owned()),
        }
    }
}

/// Whether a path is that of a setting of a lane, and not of the faults or the run.
pub(super) fn is_of_lane(path: &str) -> bool {
    path.contains('.') && !path.starts_with("faults.")
}
